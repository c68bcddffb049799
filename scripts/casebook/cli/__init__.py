"""The command `casebook`: what helps to write a study. No rule calls it, and it makes no result."""
