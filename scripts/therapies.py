"""Draw which patient had which therapy."""

from casebook.commands import perform
from casebook.figures.therapies import therapies

if __name__ == "__main__":
    perform(therapies)
