"""A table can have rows of several forms: those of visits, and others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.base.modelfile import ModelFileError
from casebook.data.findings import DataError
from casebook.mistakes import remarkable_in, wrong_with
from casebook.prepare.events import raw_events
from casebook.study.load import load_study

Clean = Callable[..., Any]
Make = Callable[..., Path]

STUDY = """\
title: Forms
source:
  table: table.csv
  patient: record_id
  visit: event
  rows_with: { form: "" }
visits:
  baseline: { label: Before, value: baseline_arm_1 }
  month6: { label: Month 6, value: month_6_arm_1 }
variables:
  age: { label: Age, column: age, type: number, range: [0, 120] }
harms:
  table:
    table: table.csv
    rows_with: { form: adverse_events }
    columns: { patient: record_id, term: ae_term, grade: ae_grade }
outcomes:
  score: { label: Score, column: score, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""
TABLE = """\
record_id,event,form,instance,age,score,ae_term,ae_grade
1,baseline_arm_1,,,60,20,,
1,month_6_arm_1,,,,10,,
1,month_6_arm_1,adverse_events,1,,,Headache,2
1,month_6_arm_1,adverse_events,2,,,Rash,3
2,baseline_arm_1,,,50,30,,
2,month_6_arm_1,,,,12,,
"""
SPREAD = (
    TABLE.replace("1,month_6_arm_1,,,,10,,\n", "1,month_6_arm_1,labs,1,,10,,\n")
    .replace("1,baseline_arm_1,,,60,20,,\n", "1,baseline_arm_1,,,60,,,\n1,,labs,1,,20,,\n")
    .replace("1,,labs", "1,baseline_arm_1,labs")
)
TWO_FORMS = ('rows_with: { form: "" }', 'rows_with: { form: ["", labs] }')


def clean(clean_study: Clean, *edits: tuple[str, str], table: str = TABLE) -> Any:
    # The events stand in the same table.
    edits = (*edits, ("    table: table.csv", "    table: harms.csv"))
    return clean_study(*edits, table=table, text=STUDY, harms=table)


def test_rows_of_a_repeating_form_are_no_visits_and_can_be_adverse_events(
    clean_study: Clean,
) -> None:
    cleaned = clean(clean_study)

    scores = [
        (p.values["score_baseline"], p.values["score_month6"], p.values["age"])
        for p in cleaned.patients
    ]
    assert scores == [(20, 10, 60), (30, 12, 50)]
    assert [[m.name for m in p.values["harms"]] for p in cleaned.patients] == [
        ["Headache", "Rash"],
        [],
    ]
    told = [f"{each.column}: {each.value}: {each.hint}" for each in cleaned.findings]
    assert (
        "form: adverse_events: not used here: 2 rows, as source.rows_with of study.yaml does not"
        " name this text" in told
    )


def test_one_table_can_have_patients_and_events_and_no_column_of_either_is_unused(
    make_study: Make,
) -> None:
    study = make_study(table=TABLE, text=STUDY)

    assert not wrong_with(study)
    unused = {each.column for each in remarkable_in(wrong_with(study)) if each.hint == "not used"}
    assert unused == {"instance"}


def test_what_follows_from_a_form_that_no_row_has_is_not_told(make_study: Make) -> None:
    study = make_study(
        ('rows_with: { form: "" }', "rows_with: { form: [demography] }"), table=TABLE, text=STUDY
    )
    corrections = "patient\tcolumn\told\tnew\treason\n1\tage\t60\t61\tA slip\n"
    study.with_name("corrections.tsv").write_text(corrections, encoding="utf-8")

    (told,) = wrong_with(study).findings

    assert (told.column, told.value) == ("form", "demography")
    assert told.hint == "source.rows_with of study.yaml names it, and no row has it"


def test_a_visit_can_be_spread_over_rows_of_several_forms(clean_study: Clean) -> None:
    cleaned = clean(clean_study, TWO_FORMS, table=SPREAD)

    first = cleaned.patients[0].values
    assert (first["score_baseline"], first["score_month6"], first["age"]) == (20, 10, 60)


def test_rows_of_one_form_at_one_visit_are_refused(clean_study: Clean) -> None:
    table = SPREAD.replace("2,month_6", "1,month_6_arm_1,labs,2,,11,,\n2,month_6")

    with pytest.raises(DataError) as error:
        clean(clean_study, TWO_FORMS, table=table)

    assert "one row for each patient and visit and form; rows 4 and 8 are of month6" in str(
        error.value
    )


def test_a_row_without_a_visit_has_what_is_the_same_at_each_where_visits_have_a_form_of_their_own(
    clean_study: Clean,
) -> None:
    table = "record_id,event,form,age,score,ae_term,ae_grade\n1,,,60,,,\n1,1,labs,,20,,\n"
    table += "1,2,labs,,10,,\n1,1,adverse_events,,,Rash,1\n"
    visits = [("value: baseline_arm_1", "value: '1'"), ("value: month_6_arm_1", "value: '2'")]

    cleaned = clean(clean_study, TWO_FORMS, *visits, table=table)

    found = cleaned.patients[0].values
    assert (found["age"], found["score_baseline"], found["score_month6"]) == (60, 20, 10)


def test_a_form_that_no_row_has_and_a_column_that_is_not_there_are_told(
    clean_study: Clean,
) -> None:
    with pytest.raises(DataError) as error:
        clean(
            clean_study,
            ("form: adverse_events", "form: adverse_event"),
            ('rows_with: { form: "" }', 'rows_with: { forms: "" }'),
        )

    told = str(error.value)
    assert "found 'adverse_event'; allowed: a text of this column" in told
    assert "found 'forms'; allowed: a column of" in told


def test_events_can_stand_in_some_rows_of_visits(
    clean_study: Clean, report_of: Callable[..., str]
) -> None:
    table = TABLE.replace(",10,,", ",10,Rash,2").replace(",12,,", ",12,none,")
    table = "".join(line for line in table.splitlines(True) if "adverse_events" not in line)
    edits = (
        ('  rows_with: { form: "" }\n', ""),
        ("rows_with: { form: adverse_events }", "rows_without: { ae_term: ['', None] }"),
        ("    table: table.csv", "    table: harms.csv"),
    )

    cleaned = clean_study(*edits, table=table, text=STUDY, harms=table)
    page = report_of(*edits, table=table, text=STUDY, harms=table)

    found = [(p.values["score_month6"], p.values["harms"]) for p in cleaned.patients]
    assert [(score, [each.name for each in harms]) for score, harms in found] == [
        (10, ["Rash"]),
        (12, []),
    ]
    assert 'id="event-3-' in page
    assert 'id="event-2-' not in page


def test_events_in_rows_of_visits_need_no_choice_of_rows_of_patients(make_study: Make) -> None:
    edits = (
        ('  rows_with: { form: "" }\n', ""),
        ("rows_with: { form: adverse_events }", "rows_without: { ae_term: '' }"),
    )

    study = load_study(make_study(*edits, table=TABLE, text=STUDY))

    assert study.is_one_table


def test_one_table_without_rows_with_is_refused(make_study: Make) -> None:
    with pytest.raises(ModelFileError, match=r"write rows_without: \{ 'ae_term': "):
        load_study(make_study(('  rows_with: { form: "" }\n', ""), table=TABLE, text=STUDY))


def test_rows_of_several_forms_that_no_one_chose_come_with_what_to_write(
    make_study: Make,
) -> None:
    text = STUDY.replace('  rows_with: { form: "" }\n', "").replace(
        "    rows_with: { form: adverse_events }\n", ""
    )
    text = text.replace("    table: table.csv", "    table: harms.csv")
    study = make_study(table=TABLE.replace("form", "redcap_repeat_instrument"), text=text)
    study.with_name("harms.csv").write_text("record_id,ae_term,ae_grade\n", encoding="utf-8")

    told = str(wrong_with(study))

    assert "rows 3, 4 and 5 are of month6; they are of several forms" in told
    assert "rows_with: { redcap_repeat_instrument: '' }" in told


def test_the_header_that_source_tells_is_that_of_events_in_the_same_table(make_study: Make) -> None:
    form = ("  visit: event", "  visit: event\n  header: 3\n  names: { A: record_id }")
    table = "An export\n\n" + TABLE.replace("record_id,", ",", 1)

    study = make_study(form, table=table, text=STUDY)

    assert not wrong_with(study)
    events = raw_events(load_study(study), study.with_name("table.csv"))
    assert events.headers == {*TABLE.splitlines()[0].split(",")}
