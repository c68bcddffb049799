"""Put the results of all cohorts into one table."""

from casebook.analysis.family import collect
from casebook.commands import perform

if __name__ == "__main__":
    perform(collect)
