"""Of which patients a reading is: all of its cohort, or those of whom a condition is true."""

from casebook.study.expressions import parse

EVERYONE = parse("True")
"""The condition of a reading that is of all patients of its cohort."""
