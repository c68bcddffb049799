"""Draw each patient's dose before and on the treatment."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.figures.doses import doses

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--dose", required=True, help="name of the dose")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument("--results", type=Path, required=True, help="results of all patients")
    parser.add_argument("--figure", type=Path, required=True, help="SVG file; also as PDF and PNG")
    perform(parser, doses)
