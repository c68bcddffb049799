"""Write down from what, by which code and with which versions a study's results were made."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.provenance.manifest import manifest

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument(
        "--sources", type=Path, nargs="+", required=True, help="what the results are made of"
    )
    parser.add_argument(
        "--kept", type=Path, nargs="+", required=True, help="records of all jobs of the study"
    )
    parser.add_argument("--command", required=True, help="the call that makes the results")
    parser.add_argument("--page", type=Path, required=True, help="manifest to write")
    parser.add_argument("--code", type=Path, required=True, help="casebook's own folder")
    perform(parser, manifest)
