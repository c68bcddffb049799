"""Earlier results, read so that they can be held against the present ones."""
