"""Write down from what, by which code and with which versions a study's results were made."""

from casebook.commands import perform
from casebook.provenance.manifest import manifest

if __name__ == "__main__":
    perform(manifest)
