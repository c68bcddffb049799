"""What was read, what was written, and whether that still holds."""
