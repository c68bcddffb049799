"""Say whether results are as they were made."""

from casebook.commands import perform
from casebook.provenance.verify import verify

if __name__ == "__main__":
    perform(verify)
