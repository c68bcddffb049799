"""Draw each patient's time on treatment."""

from casebook.commands import perform
from casebook.figures.swimmer import swimmer

if __name__ == "__main__":
    perform(swimmer)
