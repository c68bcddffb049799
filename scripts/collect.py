"""Put the results of all cohorts into one table."""

import argparse
from pathlib import Path

from casebook.analysis.family import collect
from casebook.errors import user_errors

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument(
        "--summaries", type=Path, nargs="+", required=True, help="results of each cohort"
    )
    parser.add_argument("--results", type=Path, required=True, help="results to write")
    with user_errors():
        collect(**vars(parser.parse_args()))
