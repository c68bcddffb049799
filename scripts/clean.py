"""Read typed values out of a study's cells, and report all findings."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.prepare.clean import clean

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--cells", type=Path, required=True, help="cells of the raw table")
    parser.add_argument("--remarks", type=Path, required=True, help="remarks on the raw table")
    parser.add_argument("--corrections", type=Path, nargs="*", help="corrections, if there are any")
    parser.add_argument("--patients", type=Path, required=True, help="patients to write")
    parser.add_argument("--measurements", type=Path, required=True, help="measurements to write")
    parser.add_argument("--therapies", type=Path, required=True, help="therapies to write")
    parser.add_argument("--findings", type=Path, required=True, help="findings to write")
    perform(parser, clean)
