"""Compare results with their manifests."""

from casebook.commands import perform
from casebook.provenance.verify import verify

if __name__ == "__main__":
    perform(verify)
