"""Draw who is still on the treatment, as a function of time."""

from casebook.commands import perform
from casebook.figures.retention import retention

if __name__ == "__main__":
    perform(retention)
