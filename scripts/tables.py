"""Make the tables for a manuscript from the results."""

import argparse
from pathlib import Path

from casebook.errors import user_errors
from casebook.publish import tables

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--results", type=Path, required=True, help="all results")
    parser.add_argument(
        "--folder", type=Path, required=True, help="folder to write the tables into"
    )
    with user_errors():
        tables(**vars(parser.parse_args()))
