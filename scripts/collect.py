"""Put the results of all cohorts into one table."""

from pathlib import Path

from casebook.analysis.family import collect
from casebook.commands import command, perform

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument(
        "--slices", type=Path, nargs="+", required=True, help="patients of each cohort"
    )
    parser.add_argument(
        "--summaries", type=Path, nargs="+", required=True, help="results of each cohort"
    )
    parser.add_argument(
        "--together", type=Path, required=True, help="results of all patients to write"
    )
    parser.add_argument("--results", type=Path, required=True, help="all results to write")
    perform(parser, collect)
