"""Sort a study's patients into its cohorts."""

from casebook.commands import perform
from casebook.prepare.cohorts import cohorts

if __name__ == "__main__":
    perform(cohorts)
