"""The claims of a paper: what is printed, and what in the data it corresponds to."""
