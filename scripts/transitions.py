"""Draw who went from which grade to which."""

from casebook.commands import perform
from casebook.figures.transitions import transitions

if __name__ == "__main__":
    perform(transitions)
