"""Draw the figures of one outcome."""

import argparse
from pathlib import Path

from casebook.errors import user_errors
from casebook.figures.paired import paired

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--outcome", required=True, help="name of the outcome")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--figure", type=Path, required=True, help="figure to write")
    with user_errors():
        paired(**vars(parser.parse_args()))
