"""Say what moved since earlier results."""

from pathlib import Path

from casebook.changes.compare import changes
from casebook.commands import command, perform

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--present", type=Path, nargs="+", required=True, help="what is compared")
    parser.add_argument(
        "--earlier", type=Path, required=True, help="folder with what the last reports were made of"
    )
    parser.add_argument(
        "--named", type=Path, nargs="*", default=[], help="files to compare with instead, if any"
    )
    parser.add_argument("--changes", type=Path, required=True, help="differences to write")
    perform(parser, changes)
