"""Sets with a column for each member: not ticked, never asked and not known stay apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.base.modelfile import ModelFileError
from casebook.data.findings import DataError
from casebook.study.columns import columns_of
from casebook.study.load import load_study

Clean = Callable[..., Any]
Make = Callable[..., Path]

STUDY = """\
title: Boxes
source:
  table: table.csv
  patient: ID
variables:
  drugs:
    label: Drugs
    columns: { mtx: rx___1, hcq: rx___2 }
    type: set
    levels: { mtx: Methotrexate, hcq: Hydroxychloroquine }
outcomes:
  score:
    { label: Score, columns: { baseline: Before, followup: After }, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""
HEADER = "ID,Before,After,rx___1,rx___2,rx___99,form_complete\n"
ASKED = ("    type: set", "    asked: form_complete\n    type: set")
NOT_BEGUN = ("    type: set", "    asked: form_complete\n    not_asked: ['0']\n    type: set")
UNKNOWN = ("    type: set", "    unknown: rx___99\n    type: set")


def row(boxes: str, patient: str = "a") -> str:
    return f"{patient},20,10,{boxes}\n"


def members(clean_study: Clean, boxes: str, *edits: tuple[str, str]) -> list[str] | None:
    """The set of a patient with these cells."""
    cleaned = clean_study(*edits, table=HEADER + row(boxes) + row("1,0,0,2", "b"), text=STUDY)
    found = cleaned.patients[0].values["drugs"]
    return None if found is None else [each.name for each in found]


@pytest.mark.parametrize(
    ("boxes", "found"),
    [
        ("1,1,0,2", ["mtx", "hcq"]),
        ("0,1,0,2", ["hcq"]),
        ("Unchecked,Checked,,Complete", ["hcq"]),
        ("0,0,0,2", []),
        (",,,", None),
        ("NA,NA,,", None),
    ],
)
def test_boxes_are_a_set_that_is_missing_only_where_no_box_has_a_text(
    clean_study: Clean, boxes: str, found: list[str] | None
) -> None:
    assert members(clean_study, boxes) == found


@pytest.mark.parametrize(
    ("boxes", "edit", "found"),
    [
        ("0,0,0,", ASKED, None),
        ("0,0,0,0", ASKED, []),
        ("0,0,0,0", NOT_BEGUN, None),
        ("0,1,0,0", NOT_BEGUN, ["hcq"]),
        ("0,0,0,2", NOT_BEGUN, []),
        ("0,0,1,2", UNKNOWN, None),
        ("1,0,0,2", UNKNOWN, ["mtx"]),
    ],
)
def test_a_form_that_was_not_begun_says_nothing_of_its_boxes(
    clean_study: Clean, boxes: str, edit: tuple[str, str], found: list[str] | None
) -> None:
    assert members(clean_study, boxes, edit) == found


def test_a_box_with_another_text_or_none_is_told_at_its_cell(clean_study: Clean) -> None:
    table = HEADER + row("2,0,0,2") + row("1,,0,2", "b")

    with pytest.raises(DataError) as error:
        clean_study(table=table, text=STUDY)

    wrong, empty = map(str, error.value.findings)
    assert "row 2, column 'rx___1': found '2'; allowed: a box that is ticked or not: '1'" in wrong
    assert "row 3, column 'rx___2': allowed: a box" in empty
    assert 'add "" to no beside the columns in study.yaml' in empty


def test_an_empty_box_can_be_one_that_is_not_ticked_and_a_box_can_be_corrected(
    clean_study: Clean,
) -> None:
    signs = ("    type: set", "    yes: [x]\n    no: ['']\n    type: set")
    corrections = "patient\tcolumn\told\tnew\treason\na\trx___2\t\tx\tby phone\n"

    cleaned = clean_study(
        signs, table=HEADER + row("x,,,") + row(",,,", "b"), text=STUDY, corrections=corrections
    )

    found = [[each.name for each in p.values["drugs"]] for p in cleaned.patients]
    assert found == [["mtx", "hcq"], []]


def test_boxes_of_a_visit_that_was_missed_are_missing(clean_study: Clean) -> None:
    long = STUDY.replace("patient: ID", "patient: ID\n  visit: Visit")
    long = long.replace("columns: { baseline: Before, followup: After }", "column: Score")
    long = long.replace("    type: set", "    visit: followup\n    no: ['0', '']\n    type: set")
    table = "ID,Visit,Score,rx___1,rx___2\na,baseline,3,,\na,followup,2,1,\nb,baseline,3,,\n"

    cleaned = clean_study(table=table, text=long)

    first, second = (patient.values["drugs"] for patient in cleaned.patients)
    assert ([each.name for each in first], second) == (["mtx"], None)


def test_a_set_rests_on_the_columns_of_its_boxes(make_study: Make) -> None:
    study = load_study(make_study(ASKED, table=HEADER, text=STUDY))

    assert [*columns_of(study, "drugs")] == ["rx___1", "rx___2", "form_complete"]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("{ mtx: rx___1, hcq: rx___2 }", "{ mtx: rx___1 }"), "no box for the level 'hcq'"),
        (("    type: set", "    column: rx\n    type: set"), "needs either a column, or columns"),
        (("    type: set", "    separator: ;\n    type: set"), "separator: only a set with column"),
        (("hcq: rx___2", "hcq: rx___2, x: y"), "'x' is not a level"),
        (("    type: set", "    not_asked: ['0']\n    type: set"), "not_asked needs asked"),
    ],
)
def test_a_set_with_boxes_that_cannot_be_meant_is_refused(
    make_study: Make, edit: tuple[str, str], told: str
) -> None:
    with pytest.raises(ModelFileError, match=told):
        load_study(make_study(edit, table=HEADER, text=STUDY))
