"""Compute all results of one cohort."""

from pathlib import Path

from casebook.analysis.cohort import summarise
from casebook.commands import command, perform

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--cohort", required=True, help="name of the cohort")
    parser.add_argument("--patients", type=Path, required=True, help="the patients of the cohort")
    parser.add_argument("--results", type=Path, required=True, help="results to write")
    perform(parser, summarise)
