"""Compute all results of one cohort."""

from casebook.analysis.cohort import summarise
from casebook.commands import perform

if __name__ == "__main__":
    perform(summarise)
