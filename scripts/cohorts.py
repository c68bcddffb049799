"""Sort a study's patients into its cohorts."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.prepare.cohorts import cohorts

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--patients", type=Path, required=True, help="all patients")
    parser.add_argument(
        "--slices", type=Path, required=True, help="folder to write, a file a cohort"
    )
    parser.add_argument(
        "--membership", type=Path, required=True, help="who is in which cohort, to write"
    )
    perform(parser, cohorts)
