"""Read a study's raw table into cells of text."""

import argparse
from pathlib import Path

from casebook.errors import user_errors
from casebook.tables import ingest

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, required=True, help="the study.yaml")
    parser.add_argument("--cells", type=Path, required=True, help="cells to write")
    with user_errors():
        ingest(**vars(parser.parse_args()))
