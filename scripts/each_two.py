"""Write the table of how far each two of several cohorts are apart."""

from casebook.commands import perform
from casebook.report.export import each_two

if __name__ == "__main__":
    perform(each_two)
