"""Draw the figures of one outcome: SVG files, each with PDF and PNG beside it."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.figures.outcome import figures

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--outcome", required=True, help="name of the outcome")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--paired", type=Path, required=True, help="each patient's line, as SVG")
    parser.add_argument("--waterfall", type=Path, required=True, help="percent changes, as SVG")
    perform(parser, figures)
