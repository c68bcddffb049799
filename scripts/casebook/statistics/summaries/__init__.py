"""Whether printed summary numbers can come from any data at all, without the data."""
