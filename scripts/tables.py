"""Make the tables for a manuscript from the results."""

from casebook.commands import perform
from casebook.report.export import tables

if __name__ == "__main__":
    perform(tables)
