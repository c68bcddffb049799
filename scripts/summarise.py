"""Compute all results of one cohort."""

import argparse
from pathlib import Path

from casebook.analysis.cohort import summarise
from casebook.errors import user_errors

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--cohort", required=True, help="name of the cohort")
    parser.add_argument("--patients", type=Path, required=True, help="the patients of the cohort")
    parser.add_argument("--results", type=Path, required=True, help="results to write")
    with user_errors():
        summarise(**vars(parser.parse_args()))
