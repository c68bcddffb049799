"""Count the adverse events of every cohort."""

from casebook.analysis.harms import harms
from casebook.commands import perform

if __name__ == "__main__":
    perform(harms)
