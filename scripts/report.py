"""Put a study's report together."""

from casebook.commands import perform
from casebook.report.page import report

if __name__ == "__main__":
    perform(report)
