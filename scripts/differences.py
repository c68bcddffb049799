"""Draw how far apart the cohorts of comparisons are, with the intervals."""

from casebook.commands import perform
from casebook.figures.differences import differences

if __name__ == "__main__":
    perform(differences)
