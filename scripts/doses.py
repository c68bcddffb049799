"""Draw each patient's dose before and on the treatment."""

from casebook.commands import perform
from casebook.figures.doses import doses

if __name__ == "__main__":
    perform(doses)
