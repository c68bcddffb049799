"""What knows nothing of studies: files, errors, YAML with line numbers, printed numbers."""
