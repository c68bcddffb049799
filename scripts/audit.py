"""Recompute every claim of a study's paper, and judge it."""

from casebook.audit.step import audit
from casebook.commands import perform

if __name__ == "__main__":
    perform(audit)
