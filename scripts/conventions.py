"""Draw what each convention gives for the p-values and quartiles that a paper prints."""

from casebook.commands import perform
from casebook.figures.convention_table import conventions

if __name__ == "__main__":
    perform(conventions)
