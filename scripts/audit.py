"""Recompute every claim of a study's paper, and judge it."""

from pathlib import Path

from casebook.audit.step import audit
from casebook.commands import command, perform

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--claims", type=Path, required=True, help="the claims.tsv")
    parser.add_argument("--patients", type=Path, required=True, help="patients and their rows")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument("--verdicts", type=Path, required=True, help="verdicts to write")
    parser.add_argument(
        "--tried", type=Path, required=True, help="values by every convention to write"
    )
    parser.add_argument(
        "--followed", type=Path, required=True, help="conventions of the paper to write"
    )
    perform(parser, audit)
