"""Derived values that cannot be true, as where two dates have changed places."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from casebook.data.findings import DataError, Finding

Clean = Callable[..., Any]
TableOf = Callable[..., str]
STOP = ("therapies:", "  stop: { label: Stop, column: Remark, type: date }\ntherapies:")
YEARS = ("count(drugs)", "(stop - start) / 365.25")
SWAPPED = {"Start": "2024-01-31", "Remark": "1947-01-31"}
RIGHT = {"Start": "1947-01-31", "Remark": "2024-01-31"}
EXPRESSION = "drug_count is (stop - start) / 365.25, from 'Start' and 'Remark'"


def with_range(limits: str) -> tuple[str, str]:
    return ("  drug_count:\n", f"  drug_count:\n    unit: years\n    range: {limits}\n")


def warnings(clean_study: Clean, *edits: tuple[str, str], table: str) -> list[Finding]:
    findings = clean_study(STOP, *edits, table=table).findings
    return [each for each in findings if each.severity == "warning" and each.value]


def test_a_derived_value_outside_its_range_is_an_error(
    clean_study: Clean, table_of: TableOf
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(STOP, YEARS, with_range("[0, 120]"), table=table_of(RIGHT, SWAPPED))

    assert [str(each) for each in error.value.findings] == [
        "study/table.csv, row 3: found 'drug_count = -76.9993, from start = 2024-01-31, stop ="
        f" 1947-01-31'; allowed: a number from 0 to 120 years; {EXPRESSION}; correct a cell in"
        " corrections.tsv, or widen the range in study.yaml"
    ]


@pytest.mark.parametrize("limits", ["[76.9, 77]", "[-1, 80]"])
def test_a_derived_value_within_its_range_is_no_finding(
    clean_study: Clean, table_of: TableOf, limits: str
) -> None:
    assert warnings(clean_study, YEARS, with_range(limits), table=table_of(RIGHT)) == []


@pytest.mark.parametrize(
    ("drugs", "out_of_range"),
    [("none", True), ("HCQ", False), ("HCQ, MTX", False), ("HCQ, MTX, AZA", True)],
)
def test_the_ends_of_a_range_belong_to_it(
    clean_study: Clean, table_of: TableOf, drugs: str, out_of_range: bool
) -> None:
    edits = (("MTX: Methotrexate", "MTX: Methotrexate, AZA: Azathioprine"), with_range("[1, 2]"))
    table = table_of({"Drugs": drugs})

    with pytest.raises(DataError, match="drug_count = ") if out_of_range else nullcontext():
        clean_study(*edits, table=table)


def test_two_dates_on_one_day_are_no_negative_time(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of({"Start": "2024-01-31", "Remark": "2024-01-31"})

    assert warnings(clean_study, YEARS, table=table) == []


def test_a_range_answers_for_a_negative_time(clean_study: Clean, table_of: TableOf) -> None:
    assert warnings(clean_study, YEARS, with_range("[-100, 0]"), table=table_of(SWAPPED)) == []


def test_a_negative_time_between_two_dates_is_a_warning(
    clean_study: Clean, table_of: TableOf
) -> None:
    (warning,) = warnings(clean_study, YEARS, table=table_of(RIGHT, SWAPPED))

    assert str(warning) == (
        "study/table.csv, row 3: found 'drug_count = -76.9993, from start = 2024-01-31, stop ="
        f" 1947-01-31'; {EXPRESSION}; were two dates swapped? Correct them in"
        " corrections.tsv, or give the range that can be true: derived.drug_count.range in"
        " study.yaml"
    )


def test_no_range_is_advised_of_the_time_on_treatment_which_study_yaml_does_not_have(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("derived:\n", "treatment: { label: T, start: start, end: stop }\nderived:\n")

    (warning,) = warnings(clean_study, edit, table=table_of(SWAPPED))

    assert warning.hint.endswith("were two dates swapped? Correct them in corrections.tsv")


def test_a_negative_number_that_is_no_time_is_no_finding(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("count(drugs)", "score_followup - score_baseline")

    assert warnings(clean_study, edit, table=table_of({}, {"Age": "50"})) == []


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("0222-01-01", 1),
        ("1849-12-31", 1),
        ("1850-01-01", 0),
        ("1999-01-01", 0),
        ("2100-12-31", 0),
        ("2101-01-01", 1),
        ("2202-03-01", 1),
    ],
)
def test_a_date_far_from_our_time_is_told(
    clean_study: Clean, table_of: TableOf, day: str, count: int
) -> None:
    findings = clean_study(table=table_of({}, {"Start": day})).findings

    told = [each for each in findings if each.severity == "warning"]
    assert [(each.row, each.column, each.value) for each in told] == [(3, "Start", day)] * count
    assert all(f"a day of the year {int(day[:4])};" in each.hint for each in told)
