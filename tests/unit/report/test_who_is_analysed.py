"""Whether the main findings say who is behind the numbers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.findings import read_findings
from casebook.data.patients import read_roster
from casebook.prepare.cohorts import find_memberships
from casebook.report.who_is_analysed import who_is_analysed
from casebook.study.load import load_study

Told = Callable[..., list[str]]
TableOf = Callable[..., str]

WITHOUT_EVERYONE = ("  everyone:\n    label: Everyone\n", "")
MEN = ("  everyone:\n    label: Everyone\n", '  men:\n    label: Men\n    select: sex == "M"\n')


@pytest.fixture
def told(clean_study: Callable[..., object]) -> Told:
    """The sentences of a small study."""

    def run(*edits: tuple[str, str], **files: str) -> list[str]:
        clean_study(*edits, **files)
        study = load_study(Path("study/study.yaml"))
        patients = read_roster(Path("out/patients.csv"), study.kinds)
        memberships = list(find_memberships(study, patients))
        findings = read_findings(Path("out/findings.csv"))
        return [*who_is_analysed(study, patients.ids, memberships, findings)]

    return run


def test_nothing_is_told_where_everyone_is_in_a_cohort(told: Told, table_of: TableOf) -> None:
    assert told(table=table_of({}, {"Age": "40"})) == []


def test_patients_in_no_cohort_are_told(told: Told, table_of: TableOf) -> None:
    table = table_of({"Age": "50"}, {"Age": "70"}, {"Age": "60"})

    assert told(WITHOUT_EVERYONE, table=table) == [
        "2 of 3 patients belong to no cohort, and no result rests on them: p1, p3."
    ]


def test_patients_in_no_cohort_for_want_of_a_value_are_told_apart(
    told: Told, table_of: TableOf
) -> None:
    """As where a merged cell leaves all but the first row of a group without its name."""
    table = table_of({"Age": "NA"}, {"Age": "70"}, {"Age": "60"})

    assert told(WITHOUT_EVERYONE, table=table) == [
        "1 of 3 patients belongs to no cohort, because values that decide it are missing, and no"
        " result"
        " rests on them: p1.",
        "1 of 3 patients belongs to no cohort, and no result rests on them: p3.",
    ]


def test_patients_who_may_belong_to_a_further_cohort_are_told(
    told: Told, table_of: TableOf
) -> None:
    table = table_of({"Age": "NA", "Sex": "M"}, {"Age": "70"}, {"Age": "80", "Sex": "NA"})

    assert told(MEN, table=table) == [
        "Missing values leave open who else belongs to a cohort; not counted: 65 or older (p1);"
        " Men (p3)."
    ]


def test_a_row_that_may_be_no_patient_is_told(told: Told, table_of: TableOf) -> None:
    table = table_of({"Age": "70"}, {"Age": "71"}, {"ID": "Total", "Age": "72"})

    assert told(table=table) == [
        "1 of 3 rows that are analysed may not be a separate patient (the section Data of this"
        " report says why): row 4"
        " (Total)."
    ]


def test_a_row_that_is_kept_or_left_out_is_not_told(told: Told, table_of: TableOf) -> None:
    table = table_of({"Age": "70"}, {"Age": "71"}, {"ID": "Total", "Age": "72"})

    for key in ("keep", "leave_out"):
        edit = ("  licence: CC0", f"  licence: CC0\n  {key}: {{ 4: asked for }}")
        assert told(edit, table=table) == []


def test_of_many_patients_the_first_are_named(told: Told, table_of: TableOf) -> None:
    table = table_of(*({"Age": str(20 + i)} for i in range(30)), {"Age": "70"})

    (found,) = told(WITHOUT_EVERYONE, table=table)

    assert found.startswith("30 of 31 patients belong to no cohort, ")
    assert found.endswith(
        ": p1, p2, p3, p4, p5, and 25 more, who are in patients.csv and not in membership.csv."
    )
