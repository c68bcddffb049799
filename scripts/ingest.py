"""Read a study's raw table into cells of text, and remark what its file says beside them."""

from casebook.commands import perform
from casebook.prepare.ingest import ingest

if __name__ == "__main__":
    perform(ingest)
