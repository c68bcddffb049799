"""Dates of birth after another date of the patient."""

from collections.abc import Callable
from typing import Any

import pytest

Clean = Callable[..., Any]
BORN = """\
  remark:
    label: Born
    column: Remark
    type: date
    format: '%d.%m.%y'
    two_digit_years_from: {}{}
"""
PRIVATE = "\n    private: true"
REMARK = "  remark:\n    label: Remark\n    column: Remark\n    type: text\n"


@pytest.mark.parametrize(
    ("first_year", "private", "start", "expected"),
    [
        (1924, "", "", []),
        (1950, "", "", [("Remark", "2043-03-05", "a birth after the patient's date in 'Start'")]),
        # Of a private column nothing would be shown.
        (
            1950,
            PRIVATE,
            "",
            [("Start", "", "before the patient's birth by the column Remark")],
        ),
        (
            1950,
            PRIVATE,
            PRIVATE,
            [("", "", "Start is before the patient's birth by the column Remark")],
        ),
    ],
)
def test_a_birth_after_another_date_of_the_patient_is_told_with_its_century(
    clean_study: Clean,
    table_of: Callable[..., str],
    first_year: int,
    private: str,
    start: str,
    expected: list[tuple[str, str, str]],
) -> None:
    rows = [{"Remark": "5.3.43", "Start": "2023-04-01"}, {"Remark": "1.2.61", "Start": ""}]

    edits = (
        (REMARK, BORN.format(first_year, private)),
        ("column: Start", f"column: Start{start}"),
    )
    found = clean_study(*edits, table=table_of(*rows)).findings

    told = [(e.row, e.column, e.value, e.hint) for e in found if "birth" in e.hint and e.row > 1]
    way_out = (
        "by two_digit_years_from: 1950, years are 1950 to 2049; write an earlier first year if"
        " another century is meant, or correct a slip in corrections.tsv"
    )
    assert told == [(2, at, value, f"{hint}: {way_out}") for at, value, hint in expected]
