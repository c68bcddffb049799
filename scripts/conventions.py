"""Draw what each convention gives for the p-values and quartiles that a paper prints."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.figures.convention_table import conventions

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--verdicts", type=Path, required=True, help="the audit's verdicts")
    parser.add_argument("--tried", type=Path, required=True, help="values by every convention")
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--figure", type=Path, required=True, help="SVG file; also as PDF and PNG")
    perform(parser, conventions)
