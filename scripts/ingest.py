"""Read a study's raw table into cells of text, and remark what its file says beside them."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.prepare.ingest import ingest

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--table", type=Path, required=True, help="the raw table")
    parser.add_argument("--cells", type=Path, required=True, help="cells to write")
    parser.add_argument("--remarks", type=Path, required=True, help="remarks on them to write")
    perform(parser, ingest)
