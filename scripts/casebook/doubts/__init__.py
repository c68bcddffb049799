"""What in a raw table may not be what it seems; each doubt is a finding."""
