"""Dates of patients that are far from the others of their column, as with a slip in the year."""

from collections.abc import Callable
from typing import Any

import pytest

Clean = Callable[..., Any]
TableOf = Callable[..., str]
STARTS = ["2023-11-02", "2024-01-31", "2024-02-29", "2024-04-01", "2024-06-15"]


def told(clean_study: Clean, table: str, *edits: tuple[str, str]) -> list[tuple[int, str, str]]:
    found = clean_study(*edits, table=table).findings
    return [(e.row, e.value, e.hint) for e in found if "all others of this column" in e.hint]


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("2042-03-01", "6,468 days after 2024-06-15, the last of all others of this column"),
        ("2014-03-01", "3,533 days before 2023-11-02, the first of all others of this column"),
        # Whom no other year brings among the others came later.
        ("2025-08-20", ""),
        ("2024-12-01", ""),
    ],
)
def test_a_date_that_another_year_would_bring_among_the_others_is_told(
    clean_study: Clean, table_of: TableOf, day: str, hint: str
) -> None:
    found = told(clean_study, table_of(*({"Start": each} for each in [*STARTS, day])))

    assert [(row, value) for row, value, _ in found] == [(7, day)] * bool(hint)
    assert all(each.startswith(f"{hint}: correct it in corrections.tsv") for *_, each in found)


@pytest.mark.parametrize("label", ["Date of birth", "Onset of symptoms"])
def test_births_and_illnesses_may_be_of_any_year(
    clean_study: Clean, table_of: TableOf, label: str
) -> None:
    table = table_of(*({"Start": each} for each in [*STARTS, "1964-03-01"]))

    assert told(clean_study, table, ("    label: Start", f"    label: {label}")) == []


def test_a_private_date_is_told_without_it(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of(*({"Start": each} for each in [*STARTS, "2042-03-01"]))
    private = ("    column: Start\n", "    column: Start\n    private: true\n")

    ((_, value, hint),) = told(clean_study, table, private)

    assert value == ""
    assert hint.startswith("far from all others of this column: correct it")
