"""Say what moved since earlier results."""

from casebook.changes.compare import changes
from casebook.commands import perform

if __name__ == "__main__":
    perform(changes)
