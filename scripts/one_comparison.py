"""Write the table of a comparison of cohorts."""

from casebook.commands import perform
from casebook.report.export import one_comparison

if __name__ == "__main__":
    perform(one_comparison)
