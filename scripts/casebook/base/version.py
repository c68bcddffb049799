"""The version of casebook, as results and reports name it."""

VERSION = "0.1.0"
