"""Make the page that lists several studies."""

from casebook.commands import perform
from casebook.report.overview import overview

if __name__ == "__main__":
    perform(overview)
