"""Read the cells of a study's table of adverse events."""

from casebook.commands import perform
from casebook.prepare.events import events

if __name__ == "__main__":
    perform(events)
