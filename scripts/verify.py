"""Compare results with their manifests."""

from pathlib import Path

from casebook.commands import command, perform
from casebook.provenance.verify import verify

if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument(
        "--manifests", type=Path, nargs="+", required=True, help="a manifest for each study"
    )
    parser.add_argument(
        "--changed", nargs="*", default=[], help="files that were others when jobs read them"
    )
    parser.add_argument("--code", type=Path, required=True, help="casebook's own folder")
    perform(parser, verify)
