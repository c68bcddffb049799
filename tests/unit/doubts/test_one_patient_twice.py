"""Two identifiers that may be of one patient."""

from collections.abc import Callable
from typing import Any

import pytest

Clean = Callable[..., Any]
LONG = """\
title: Long
source: { table: table.csv, patient: ID, visit: Visit }
visits: { before: Before, week4: Week 4, week8: Week 8 }
variables:
  born: { label: Date of birth, column: Born, type: date, private: true }
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
outcomes:
  score: { label: Score, column: Score, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""
OTHERS = "P13,Before,1970-05-02,F,20\nP13,Week 8,1970-05-02,F,10\nP22,Before,1981-07-04,F,30\n"


def told(found: Any) -> list[tuple[int, str, str]]:
    same = [each for each in found.findings if "perhaps the same patient as" in each.hint]
    return [(each.row, each.value, each.hint.split(";")[0]) for each in same]


@pytest.mark.parametrize(
    ("row", "of"),
    [
        ("P31,Week 4,1970-05-02,F,15", "'Born' and 'Sex'"),
        ("P99,Week 4,1970-05-02,F,15", "'Born' and 'Sex'"),
        ("P31,Week 4,,F,15", "'Sex'"),
        ("P31,Week 4,1970-05-03,F,15", ""),
        ("P31,Week 4,,M,15", ""),
        ("P99,Week 4,,F,15", ""),
        ("P31,Before,,F,15", ""),
    ],
)
def test_a_row_with_another_identifier_is_told_if_it_is_what_a_patient_lacks(
    clean_study: Clean, row: str, of: str
) -> None:
    found = clean_study(table=f"ID,Visit,Born,Sex,Score\n{OTHERS}{row}\n", text=LONG)

    hint = (
        f"perhaps the same patient as P13: both have the same in {of}, and {row[:3]} has values at"
        " week4 alone, P13 at before and week8"
    )
    assert told(found) == [(5, row[:3], hint)] * bool(of)


@pytest.mark.parametrize(("others", "is_told"), [(20, True), (60, False)])
def test_of_many_patients_two_can_be_born_on_one_day(
    clean_study: Clean, others: int, is_told: bool
) -> None:
    born = ("    label: Start", "    label: Date of birth")
    days = ["1970-05-02", "1970-05-02", *(f"{1940 + i}-03-0{i % 7 + 2}" for i in range(others))]
    rows = (f"p{i},60,{'FM'[i % 2]},none,{day},,{i},2\n" for i, day in enumerate(days))

    found = clean_study(born, table=f"ID,Age,Sex,Drugs,Start,Remark,Before,After\n{''.join(rows)}")

    # They differ in sex.
    assert told(found) == []

    same = (f"p{i},{50 + i % 9},F,none,{day},,{i},2\n" for i, day in enumerate(days))
    found = clean_study(born, table=f"ID,Age,Sex,Drugs,Start,Remark,Before,After\n{''.join(same)}")

    assert [value for _, value, _ in told(found)] == ["p1"] * is_told
