"""Draw each patient's dose before and on the treatment."""

import argparse
from pathlib import Path

from casebook.errors import user_errors
from casebook.figures.doses import doses

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--dose", required=True, help="name of the dose")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument("--figure", type=Path, required=True, help="SVG file; also as PDF and PNG")
    with user_errors():
        doses(**vars(parser.parse_args()))
