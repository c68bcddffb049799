"""Read typed values out of a study's cells, and report all findings."""

from casebook.commands import perform
from casebook.prepare.clean import clean

if __name__ == "__main__":
    perform(clean)
