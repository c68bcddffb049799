"""casebook: from a clinic's raw table to a checked, publishable case series."""
