"""Draw each patient's values over all visits: all in one panel, and a panel each."""

from casebook.commands import perform
from casebook.figures.over_visits import over_visits

if __name__ == "__main__":
    perform(over_visits)
