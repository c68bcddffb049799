"""A table with several rows for each patient is read, and every value stays at its cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError
from casebook.data.places import read_places
from casebook.mistakes import mistakes

Clean = Callable[..., Any]
Make = Callable[..., Path]

STUDY = """\
title: Long
source:
  table: table.csv
  patient: ID
  visit: Visit
visits:
  baseline: { label: Before, value: pre }
  week4: Week 4
variables:
  age: { label: Age, column: Age, type: number, range: [0, 120] }
  mood0: { label: Mood, column: Mood, visit: baseline, type: category, levels: { g: Good, b: Bad } }
  mood4: { label: Mood, column: Mood, visit: week4, type: category, levels: { g: Good, b: Bad } }
outcomes:
  score: { label: Score, column: Score, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""
TABLE = """\
ID,Visit,Age,Mood,Score
a,pre,70,b,20
a,Week 4,,g,10
b,pre,60,b,30
c,Week 4,50,b,12
c,PRE,50,g,14
"""


def told(clean_study: Clean, table: str, *edits: tuple[str, str], **files: str) -> list[str]:
    with pytest.raises(DataError) as error:
        clean_study(*edits, table=table, text=STUDY, **files)
    return [str(each) for each in error.value.findings]


@pytest.mark.parametrize(("other", "is_told"), [("5.3.61", False), ("5.4.61", True)])
def test_a_day_in_two_forms_is_the_same_in_all_rows_of_a_patient(
    make_study: Make, other: str, is_told: bool
) -> None:
    age = "age: { label: Age, column: Age, type: number, range: [0, 120] }"
    born = "age: { label: Born, column: Age, type: date, format: ['%d.%m.%Y', '%d.%m.%y'],"
    edit = (age, f"{born} two_digit_years_from: 1920 }}")
    table = f"ID,Visit,Age,Mood,Score\na,pre,5.3.1961,b,20\na,Week 4,{other},g,10\n"

    found = mistakes(make_study(edit, text=STUDY, table=table))

    assert ("one text in all rows of a patient" in found) == is_told


def test_a_row_for_each_visit_becomes_one_for_each_patient(clean_study: Clean) -> None:
    cleaned = clean_study(table=TABLE, text=STUDY)

    values = {each.id: each.values for each in cleaned.patients}
    assert {name: each["age"] for name, each in values.items()} == {"a": 70, "b": 60, "c": 50}
    assert [(v["score_baseline"], v["score_week4"]) for v in values.values()] == [
        (20, 10),
        (30, None),
        (14, 12),
    ]
    assert [(v["mood0"], v["mood4"]) for v in values.values()] == [
        ("b", "g"),
        ("b", None),
        ("g", "b"),
    ]


def test_an_empty_cell_can_say_that_there_are_none_but_not_a_visit_that_was_missed(
    clean_study: Clean,
) -> None:
    signs = "type: set, levels: { g: Good, b: Bad }, none: [''] }"
    mood = ("visit: week4, type: category, levels: { g: Good, b: Bad } }", f"visit: week4, {signs}")
    correction = "patient\tcolumn\tvisit\told\tnew\treason\nb\tMood\tweek4\t\tg\tby phone\n"

    cleaned = clean_study(mood, table=TABLE.replace("Week 4,,g", "Week 4,,"), text=STUDY)
    corrected = clean_study(mood, table=TABLE, text=STUDY, corrections=correction)

    found = {each.id: each.values["mood4"] for each in cleaned.patients}
    assert (found["a"], found["b"]) == ((), None)
    assert [each.name for each in corrected.patients[1].values["mood4"]] == ["g"]


def test_no_row_is_of_a_visit_that_follows_from_others(clean_study: Clean) -> None:
    last = "  week4: Week 4\n  last: { label: Last, last_of: [baseline, week4] }\n"
    edit = ("  week4: Week 4\n", last)

    cleaned = clean_study(edit, table=TABLE, text=STUDY)

    assert [each.number("score_last") for each in cleaned.patients] == [10, 30, 12]
    assert not [each for each in cleaned.findings if "last" in each.hint]
    (finding,) = told(clean_study, TABLE.replace("Week 4,,", "last,,"), edit)
    assert "found 'last'; allowed: a visit of the study: pre, week4" in finding


def test_each_text_keeps_its_cell(clean_study: Clean) -> None:
    cleaned = clean_study(table=TABLE, text=STUDY)

    lines = (cleaned.folder / "places.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "row of the patient,ID,Age,Mood at baseline,Mood at week4,Score at baseline,Score at week4",
        "2,A2,C2,D2,D3,E2,E3",
        "4,A4,C4,D4,,E4,",
        "5,A5,C5,D6,D5,E6,E5",
    ]
    places = read_places(cleaned.folder / "places.csv")
    assert places is not None
    assert places.of(5, "Score at week4") == (5, 5)
    assert places.of(4, "Score at week4") is None


def test_a_bad_cell_is_told_where_the_file_has_it(clean_study: Clean) -> None:
    found = told(clean_study, TABLE.replace("g,10", "g,1O").replace("b,12", "x,12"))

    told_of = {each.partition("; allowed: ")[0] for each in found}
    assert told_of == {
        "study/table.csv, row 3, column 'Score': found '1O'",
        "study/table.csv, row 5, column 'Mood': found 'x'",
    }


def test_rows_of_one_patient_that_contradict_each_other_are_told_with_both_cells(
    clean_study: Clean,
) -> None:
    found = told(clean_study, TABLE.replace("c,Week 4,50", "c,Week 4,51"))

    assert found == [
        "study/table.csv, row 5, column 'Age': found '51'; allowed: one text in all rows of a"
        " patient; row 6 has '50'; correct the one that is wrong by a line of corrections.tsv,"
        " without a visit; or, if it changes from visit to visit, name the visit beside the column"
        " in study.yaml, as in visit: baseline"
    ]


def test_a_visit_that_a_patient_has_twice_is_told_with_both_rows(clean_study: Clean) -> None:
    found = told(clean_study, TABLE + "a,pre,70,b,21\n")

    assert len(found) == 1
    assert "row 7, column 'ID': found 'a'; allowed: one row for each patient and visit;" in found[0]
    assert "rows 2 and 7 are of baseline; if a row was entered twice, leave one out" in found[0]


@pytest.mark.parametrize(
    ("days", "row", "hint"),
    [
        (("2021-05-09", "2021-08-04", "2021-06-31"), 4, "the date of week24, which the study do"),
        (("2021-05-09", "2012-08-04", "2021-10-20"), 3, "week12 of a is before before in row 2 "),
        (("2023-05-09", "2021-08-04", "2021-10-20"), 2, "before of a is after week12 in row 3 by"),
        (("2021-05-09", "2021-08-04", "2022-10-20"), 4, "about 1 year after when week24 of a was"),
        (
            ("2012-05-09", "2021-08-04", "2021-10-20"),
            2,
            "about 9 years before when before of a was",
        ),
        (("2021-05-09", "NA", "2022-04-20"), 0, ""),
        (("2021-05-09", "2021-08-04", "2021-12-20"), 0, ""),
    ],
)
def test_dates_of_visits_that_the_study_does_not_use_are_looked_at(
    clean_study: Clean, days: tuple[str, ...], row: int, hint: str
) -> None:
    times = (
        "before: Before\n  week12: { label: W12, months: 2.8 }\n  week24: { label: W24, months: 5.5"
    )
    start = "start: { label: Start, column: Day, visit: before, type: date }"
    edits = (
        ("baseline: { label: Before, value: pre }\n  week4: Week 4", times + " }"),
        (STUDY[STUDY.index("  mood0") : STUDY.index("outcomes")], f"  {start}\n"),
    )
    visits = zip(("before", "week12", "week24"), days, strict=True)
    table = "".join(f"a,{visit},70,{day},20\n" for visit, day in visits)

    found = clean_study(*edits, table=f"ID,Visit,Age,Day,Score\n{table}", text=STUDY).findings

    told = [(each.row, each.hint[: len(hint)]) for each in found if each.column == "Day"]
    assert told == [(row, hint)] * bool(row)


def test_visits_in_another_order_than_their_dates_are_told_once(clean_study: Clean) -> None:
    start = "start: { label: Start, column: Day, visit: baseline, type: date }"
    edits = ((STUDY[STUDY.index("  mood0") : STUDY.index("outcomes")], f"  {start}\n"),)
    rows = (f"p{i},pre,70,2021-05-0{i},20\np{i},Week 4,70,2021-04-0{i},9\n" for i in range(1, 6))

    found = clean_study(
        *edits, table=f"ID,Visit,Age,Day,Score\n{''.join(rows)}", text=STUDY
    ).findings

    ((row, hint),) = [(each.row, each.hint) for each in found if each.column == "Day"]
    assert row == 0
    assert hint.startswith("of 5 of 5 patients dates do not fit their visits, in rows 3, 5, 7, 9")


def test_a_text_that_is_no_visit_is_told_with_the_visit_it_is_like(clean_study: Clean) -> None:
    found = told(clean_study, TABLE.replace("b,pre", "b,per") + "d,Screening,9,g,1\n")

    assert found[0] == (
        "study/table.csv, row 4, column 'Visit': found 'per'; allowed: a visit of the study: pre,"
        " week4; did you mean 'pre'?; if it is baseline, list it under visits.baseline.value; if"
        " the study does not use this visit, list it under source.unused_visits"
    )
    assert found[1].startswith("study/table.csv, row 7, column 'Visit': found 'Screening'")


def test_a_visit_that_the_study_does_not_use_is_passed_over_and_noted(clean_study: Clean) -> None:
    unused = ("  visit: Visit\n", "  visit: Visit\n  unused_visits: screening\n")

    cleaned = clean_study(unused, table=TABLE + "d,Screening,9,g,1\n", text=STUDY)

    assert [each.id for each in cleaned.patients] == ["a", "b", "c"]
    notes = [str(each) for each in cleaned.findings if each.value == "Screening"]
    assert notes == [
        "study/table.csv, column 'Visit': found 'Screening'; the study does not use it: 1 row"
    ]


def test_a_cell_is_corrected_by_patient_column_and_visit(clean_study: Clean) -> None:
    corrections = (
        "patient\tcolumn\tvisit\told\tnew\treason\n"
        "c\tScore\tweek 4\t12\t13\ttypo\n"
        "c\tAge\t\t50\t55\trecord\n"
    )

    cleaned = clean_study(
        table=TABLE.replace("c,PRE,50", "c,PRE,55"), text=STUDY, corrections=corrections
    )

    values = cleaned.patients[-1].values
    assert (values["score_baseline"], values["score_week4"], values["age"]) == (14, 13, 55)
    noted = [each for each in cleaned.findings if each.about == "correction"]
    assert [(each.row, each.column, each.new) for each in noted] == [
        (5, "Age", "55"),
        (5, "Score", "13"),
    ]


BY_ROW = "table\trow\tpatient\tcolumn\told\tnew\treason\n"


@pytest.mark.parametrize(
    ("typed", "line", "row", "column"),
    [
        ("c,PRE,5O", "\t\tc\tAge\t5O\t50", 6, "Age"),
        ("C,PRE,50", "\t6\tC\tID\tC\tc", 6, "ID"),
        ("c,PER,50", "table.csv\t6\tc\tVisit\tPER\tPRE", 6, "Visit"),
        ("c,PRE,5O", "\t6\tc\tAge\t5O\t50", 6, "Age"),
    ],
)
def test_a_slip_in_any_row_of_a_patient_is_corrected_and_noted_there(
    clean_study: Clean, typed: str, line: str, row: int, column: str
) -> None:
    table = TABLE.replace("c,PRE,50", typed)

    cleaned = clean_study(table=table, text=STUDY, corrections=f"{BY_ROW}{line}\tslip\n")

    values = {each.id: each.values for each in cleaned.patients}
    assert (values["c"]["score_baseline"], values["c"]["age"]) == (14, 50)
    (noted,) = [each for each in cleaned.findings if each.about == "correction"]
    assert (noted.row, noted.column) == (row, column)


def test_a_correction_is_of_each_row_of_a_patient_that_says_what_is_wrong(
    clean_study: Clean,
) -> None:
    table = TABLE.replace("c,Week 4,50", "c,Week 4,51")
    lines = "\t\tc\tAge\t51\t55\tslip\n\t\tc\tAge\t49\t55\tslip\n"

    found = told(clean_study, table, corrections=BY_ROW + lines)

    assert found[0].startswith(
        "study/corrections.tsv, row 2, column 'new': found '55'; allowed: one text in all rows of a"
        " patient; row 6 has '50'"
    )
    assert found[1] == (
        "study/corrections.tsv, row 3: found '49'; allowed: the text of a cell of the patient: '55'"
        " in row 5, '50' in row 6; row 2 of this file has already corrected the cell"
    )


def test_a_correction_of_a_row_that_is_there_no_more_tells_to_look_for_it(
    clean_study: Clean,
) -> None:
    of_visit = "patient\tcolumn\tvisit\told\tnew\treason\nc\tScore\tpre\t14\t15\tslip\n"
    without = TABLE.replace("c,PRE,50,g,14\n", "")
    of_row = f"{BY_ROW}\t6\tc\tScore\t12\t13\tslip\n"

    (of_lost,) = told(clean_study, without, corrections=of_visit)
    (of_moved,) = told(clean_study, TABLE, corrections=of_row)

    assert of_lost.endswith(
        "look whether 'c' has a row of 'pre', and whether the cell has been emptied"
    )
    assert of_moved.endswith("since, and its rows have moved: '12' stands in row 5")


def test_a_correction_of_a_later_row_is_shown_where_the_patient_has_the_text(
    report_of: Callable[..., str],
) -> None:
    lines = "b\tScore\tpre\t30\t31\tslip\nc\tScore\tpre\t14\t15\tslip\n"
    corrections = f"patient\tcolumn\tvisit\told\tnew\treason\n{lines}"

    page = report_of(table=TABLE, text=STUDY, corrections=corrections)

    assert "row 6, column &#39;Score&#39;: found &#39;14&#39;; corrected from" in page
    assert (
        "14 <small>E6</small><br><em>corrected from &#39;14&#39; to &#39;15&#39;: slip</em>" in page
    )


def test_what_keeps_a_correction_of_a_long_table_from_being_made_is_told(
    clean_study: Clean,
) -> None:
    lines = ["patient\tcolumn\told\tnew\treason", "c\tScore\t12\t13\ttypo", "c\tID\tc\td\ttypo"]

    found = told(clean_study, TABLE, corrections="\n".join(lines))

    assert found == [
        "study/corrections.tsv, row 2: found 'Score'; allowed: a visit beside the column: baseline,"
        " week4; name one under a column 'visit' of this file, between column and old",
        "study/corrections.tsv, row 3: found 'ID'; allowed: a row beside this column, by"
        " which the rows of a patient are found; give the row, in the columns table and row before"
        " patient",
    ]


def test_a_row_without_identifier_is_told_at_its_row(clean_study: Clean) -> None:
    found = told(clean_study, TABLE.replace("c,PRE", ",PRE"))

    assert len(found) == 1
    assert "row 6, column 'ID': allowed: the patient's identifier" in found[0]


def test_a_private_text_that_contradicts_another_is_not_shown(clean_study: Clean) -> None:
    private = ("age: { label: Age,", "age: { private: true, label: Age,")

    found = told(clean_study, TABLE.replace("c,Week 4,50", "c,Week 4,51"), private)

    assert "row 6 has another text" in found[0]
    assert "50" not in found[0] and "51" not in found[0]


@pytest.mark.parametrize("again", ["Mean", ""])
def test_all_rows_to_leave_out_of_what_may_be_no_patient_are_told_at_once(
    clean_study: Clean, again: str
) -> None:
    filled = STUDY.replace("visit: Visit", "visit: Visit\n  fill_down: ID")
    table = TABLE + f"Mean,pre,61,,20.7\n{again},Week 4,,,11.3\n"

    (doubt,) = (e for e in clean_study(table=table, text=filled).findings if e.about == "patients")

    assert doubt.row == 7
    assert "if none of rows 7 to 8, which have its identifier, is a patient's, name" in doubt.hint
    without = filled.replace("visit: Visit", "visit: Visit\n  leave_out: { 7: mean, 8: mean }")
    assert len(clean_study(table=table, text=without).patients) == len("abc")


def test_all_mistakes_of_a_long_table_are_told_in_one_round(make_study: Make) -> None:
    table = TABLE.replace("b,pre", "b,per").replace("g,10", "g,1O") + "e,pre,9\n"

    found = mistakes(make_study(table=table, text=STUDY))

    for part in ("row 4, column 'Visit'", "row 3, column 'Score'", "row 7: found '3 cells'"):
        assert part in found


def test_keys_of_a_long_table_need_the_column_that_tells_its_rows_apart(make_study: Make) -> None:
    found = mistakes(make_study(("  visit: Visit\n", ""), table=TABLE, text=STUDY))

    assert "visits.baseline.value: needs source.visit" in found
    assert "variables.mood0.visit: needs source.visit" in found
    assert "in a table with a row for each visit write source.visit" in found


MEASURES = """\
title: Measures
source: { table: table.csv, patient: ID, visit: When, measure: Test, value: Result }
visits: { baseline: Pre, followup: { label: Post, value: [post, after] } }
outcomes:
  walk: { label: Walk, measure: Walking, range: [0, 100], better: higher }
  grip: { label: Grip, measure: Grip strength, range: [0, 100], better: higher }
cohorts: { everyone: { label: Everyone } }
"""
RESULTS = """\
ID,When,Test,Result
1,baseline,Walking,5
1,baseline,grip strength,6
1,after,Walking,7
1,post,Grip strength,8
1,post,Weight,80
"""


def test_a_row_for_each_measure_is_read_too(clean_study: Clean) -> None:
    cleaned = clean_study(table=RESULTS, text=MEASURES)

    values = cleaned.patients[0].values
    assert [values[f"{n}_{v}"] for n in ("walk", "grip") for v in ("baseline", "followup")] == [
        *(5, 7),
        *(6, 8),
    ]
    assert any("found 'Weight'; the study does not use it" in str(e) for e in cleaned.findings)


def test_a_measure_that_the_table_has_not_is_told_with_those_it_has(clean_study: Clean) -> None:
    with pytest.raises(DataError, match=r"found 'Grip'; allowed: a text of this column: Walking"):
        clean_study(("measure: Grip strength", "measure: Grip"), table=RESULTS, text=MEASURES)


def test_a_measure_may_have_a_column_for_each_visit(clean_study: Clean) -> None:
    text = MEASURES.replace(", visit: When", "").replace(", value: Result", "")
    text = text.replace("{ label: Post, value: [post, after] }", "Post")
    columns = "columns: { baseline: Pre, followup: Post }, range"
    table = "ID,Test,Pre,Post\n1,Walking,5,7\n1,Grip strength,6,8\n2,Walking,1,2\n"

    cleaned = clean_study(table=table, text=text.replace("range", columns))

    assert cleaned.patients[0].values["grip_followup"] == 8
    assert cleaned.patients[1].values["grip_followup"] is None


@pytest.mark.parametrize("slip", ["grip-strength", "Grip strenght", ""])
def test_a_measure_that_is_perhaps_misspelt_is_told_at_its_row(
    clean_study: Clean, slip: str
) -> None:
    table = RESULTS.replace("post,Grip strength", f"post,{slip}")

    found = clean_study(table=table, text=MEASURES).findings

    assert [(e.row, e.column, e.value) for e in found if e.severity == "warning"] == [
        (5, "Test", slip)
    ]


def test_two_names_of_one_patient_are_told_without_a_hint_that_loses_a_visit(
    clean_study: Clean,
) -> None:
    found = clean_study(table=TABLE.replace("a,Week", "A,Week"), text=STUDY).findings

    (told,) = [each for each in found if each.about == "patients"]
    assert "'A' looks like 'a' in row 2; if it is the same patient, write one" in told.hint
    assert "leave_out" not in told.hint


@pytest.mark.parametrize(("header", "written"), [("ID", "ID"), ("Patient #", '"Patient #"')])
def test_a_row_without_identifier_may_be_of_the_patient_above(
    clean_study: Clean, header: str, written: str
) -> None:
    table = TABLE.replace("a,Week", ",Week").replace("ID,", f"{header},")

    (told_,) = told(clean_study, table, ("patient: ID", f"patient: '{header}'"))

    assert f"if it is of the patient above, write fill_down: {written} under source" in told_


@pytest.mark.parametrize("text", ["Week -4", "Week \N{MINUS SIGN}4", "-4", "Week 0.4", "Week 1-4"])
def test_a_sign_that_makes_another_number_makes_another_visit(
    clean_study: Clean, text: str
) -> None:
    table = TABLE.replace("a,Week 4", f"a,{text}")

    assert f"row 3, column 'Visit': found '{text}'" in told(clean_study, table)[0]


@pytest.mark.parametrize("text", ["week4", "WEEK_4", "Week-4", "Week  4."])
def test_a_visit_is_found_however_it_is_spaced(clean_study: Clean, text: str) -> None:
    cleaned = clean_study(table=TABLE.replace("a,Week 4", f"a,{text}"), text=STUDY)

    assert cleaned.patients[0].values["score_week4"] == 10


def test_identifiers_that_also_say_the_visit_are_told(clean_study: Clean) -> None:
    rows = "a1,pre,70,b,20\na2,Week 4,,g,10\nb1,pre,60,b,30\nb2,Week 4,,g,12\n"
    header = TABLE.splitlines()[0]

    cleaned = clean_study(text=STUDY, table=f"{header}\n{rows}")

    (told,) = [each for each in cleaned.findings if "one visit only" in each.hint]
    assert told.severity == "warning"
    assert told.hint.startswith("each of the 4 patients has rows of one visit only")


def test_an_outcome_that_nobody_has_at_a_visit_is_told(clean_study: Clean) -> None:
    second = "  score: { label: Score, column: Score, range: [0, 100], better: lower }\n"
    study = STUDY.replace(
        second, f"{second}{second.replace('score', 'pain').replace('Score', 'Pain')}"
    )
    head, *rows = f"{TABLE}b,Week 4,60,b,11".splitlines()
    table = "\n".join([f"{head},Pain", *(f"{r},{'' if 'Week' in r else 7}" for r in rows), ""])

    (found,) = [e for e in clean_study(table=table, text=study).findings if "nobody" in e.hint]

    assert (found.severity, found.column) == ("warning", "Pain")
    assert found.hint.startswith("nobody has a value of 'Pain' at Week 4: if it was not measured")
    columns = "columns: { baseline: Pain }"
    followed = clean_study(table=table, text=study.replace("column: Pain", columns))
    assert not [each for each in followed.findings if "nobody" in each.hint]


def test_a_patient_without_a_row_of_the_first_visit_is_told(clean_study: Clean) -> None:
    cleaned = clean_study(table=TABLE.replace("c,PRE,50,g,14\n", ""), text=STUDY)

    (found,) = [each for each in cleaned.findings if "no value of any outcome" in each.hint]
    assert (found.severity, found.column, found.value) == ("warning", "Visit", "c")
