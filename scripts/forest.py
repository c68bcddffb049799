"""Draw how much each outcome changed in each cohort, with its interval."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.figures.forest import forest

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--figure", type=Path, required=True, help="SVG file; also as PDF and PNG")
    perform(parser, forest)
