"""Printed tables with a row for each patient."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.quoting.draft import guesses
from casebook.reading.papers import Paper, PrintedTable
from casebook.study.load import load_study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
  weeks: { label: Time to response, column: Weeks, type: number, unit: weeks, range: [0, 99] }
outcomes:
  itch:
    label: Itch
    columns: { baseline: Itch before, followup: Itch after }
    range: [0, 10]
    better: lower
cohorts: { everyone: { label: Everyone } }
"""
VALUES = {
    "age": (34, 51, 28),
    "weeks": (6, 11, 4),
    "itch_baseline": (9, 10, 8),
    "itch_followup": (3, 9, 2),
}
Drafted = Callable[..., Sequence[Sequence[str]]]


@pytest.fixture
def drafted(tmp_path: Path) -> Drafted:
    """The readings for each row of a table, of patients whose values are known or not."""

    def draft(*rows: Sequence[str], known: bool = True) -> Sequence[Sequence[str]]:
        path = tmp_path / "study.yaml"
        path.write_text(STUDY, encoding="utf-8")
        (tmp_path / "table.csv").touch()
        values = {
            f'value({column}, "{patient}") in everyone': float(value)
            for column, of_patients in VALUES.items()
            for patient, value in enumerate(of_patients, start=1)
        }
        paper = Paper([PrintedTable("Table 1", "Patients", rows)])
        found = list(guesses(paper, load_study(path), values.get if known else {}.get))
        words = [" ".join(" ".join(row).split()) for row in rows[1:]]
        return [[each.reading for each in found if each.words == own] for own in words]

    return draft


def _of(patient: int, *columns: str) -> list[str]:
    return [f'value({column}, "{patient}") in everyone' for column in columns]


@pytest.mark.parametrize("known", [True, False])
def test_a_row_of_a_patient_has_the_values_of_that_patient(drafted: Drafted, known: bool) -> None:
    header = ["Patient", "Age/sex", "Itch before", "Itch after", "Itch improved"]
    found = drafted(
        header, ["1", "34/F", "9", "3", "Yes"], ["2", "51 / M", "10", "–", "No"], known=known
    )

    assert found == [
        _of(1, "age", "itch_baseline", "itch_followup"),
        _of(2, "age", "itch_baseline"),
    ]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Itch before/after", ["9/3", "10/9", "8/2"]),
        ("Itch", ["9 → 3", "10 → 9", "8 → 2"]),
    ],
)
def test_a_cell_may_have_an_outcome_at_each_visit(
    drafted: Drafted, header: str, cells: list[str]
) -> None:
    found = drafted(["No.", header], *([f"{n}", cell] for n, cell in enumerate(cells, start=1)))

    assert found == [_of(n, "itch_baseline", "itch_followup") for n in (1, 2, 3)]


def test_the_cells_of_a_column_tell_the_visit_or_what_it_is(drafted: Drafted) -> None:
    # Given a column of an outcome whose header names no visit, with a misprint in its second row,
    # and one whose header names nothing
    rows = [["1", "3", "6"], ["2", "8", "11"], ["3", "2", "4"]]
    # When they are drafted
    found = drafted(["Case", "Itch, day 90", "Response"], *rows)
    # Then both are what nearly all of their cells are
    assert found == [_of(n, "itch_followup", "weeks") for n in (1, 2, 3)]


def test_numbers_that_fit_no_patient_are_left_open_and_other_tables_list_none(
    drafted: Drafted,
) -> None:
    rows = [["1", "7"], ["2", "7"], ["3", "7"]]

    for corner in ("Patient", "Week"):
        readings = [each for row in drafted([corner, "Dose"], *rows) for each in row]
        assert all(each.startswith("none(") for each in readings)
        assert len(readings) == len(rows)
