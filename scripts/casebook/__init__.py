"""casebook: from a clinic's raw table to a checked, publishable case series."""

__version__ = "0.1.0"
