"""Write the table of adverse events."""

from casebook.commands import perform
from casebook.report.export import harm_table

if __name__ == "__main__":
    perform(harm_table)
