"""Make the tables for a manuscript from the results."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.report.export import tables

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument(
        "--folder", type=Path, required=True, help="folder to write the tables into"
    )
    perform(parser, tables)
