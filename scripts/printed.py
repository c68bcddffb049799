"""Put the report of a paper that prints summaries alone together."""

from casebook.commands import perform
from casebook.report.printed import printed

if __name__ == "__main__":
    perform(printed)
