"""Draw how much each outcome changed in each cohort, with its interval."""

from casebook.commands import perform
from casebook.figures.forest import forest

if __name__ == "__main__":
    perform(forest)
