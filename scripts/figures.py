"""Draw the figures of one outcome: SVG files, each with PDF and PNG beside it."""

from casebook.commands import perform
from casebook.figures.outcome import figures

if __name__ == "__main__":
    perform(figures)
