"""Dates of patients that are far from the others of their column, as with a slip in the year."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from casebook.data.patients import Roster
from casebook.doubts.far_dates import far_dates
from casebook.study.load import load_study

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
        ("2014-10-10", "3,310 days before 2023-11-02, the first of all others of this column"),
        ("2042-12-24", "6,766 days after 2024-06-15, the last of all others of this column"),
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


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("Onset of symptoms", "2042-03-01"),
        ("Beginn Therapie", "2042-03-01"),
        ("Beginn Therapie", "2014-03-01"),
    ],
)
def test_no_illness_begins_in_the_future_and_no_treatment_long_ago(
    clean_study: Clean, table_of: TableOf, label: str, day: str
) -> None:
    table = table_of(*({"Start": each} for each in [*STARTS, day]))

    ((row, value, _),) = told(clean_study, table, ("    label: Start", f"    label: {label}"))

    assert (row, value) == (7, day)


def test_an_event_is_not_told_as_far_from_a_date_that_is_itself(
    clean_study: Clean, table_of: TableOf
) -> None:
    starts = [*STARTS, "2042-03-01"]
    table = table_of(*({"Start": each} for each in starts))
    events = "ID,Event,From\n" + "".join(f"p{i},Rash,2024-08-0{i}\n" for i in range(1, 7))
    of_events = (
        "cohorts:",
        "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event, start: From } } }"
        "\ncohorts:",
    )

    found = clean_study(of_events, table=table, harms=events).findings

    days = [each for each in found if each.severity == "warning" and "days" in each.hint]
    assert [(each.row, each.column) for each in days] == [(7, "Start")]


def test_a_private_date_is_told_without_it(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of(*({"Start": each} for each in [*STARTS, "2042-03-01"]))
    private = ("    column: Start\n", "    column: Start\n    private: true\n")

    ((_, value, hint),) = told(clean_study, table, private)

    assert value == ""
    assert hint.startswith("far from all others of this column: correct it")


def test_a_slip_among_a_hundred_thousand_dates_is_told_within_four_seconds(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study())
    starts = [date(2015, 1, 1) + timedelta(days=place % 2000) for place in range(100_000)]
    roster = Roster([*map(str, range(100_001))], {"start": [*starts, date(2042, 3, 1)]})
    began = process_time()

    (found,) = far_dates(study, "table.tsv", range(2, 100_003), roster)

    assert (found.row, found.value) == (100_002, "2042-03-01")
    assert process_time() - began < 4
