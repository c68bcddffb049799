"""Adverse events read from a table of their own, from sets and from columns."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest

from casebook.base.errors import listed
from casebook.data.findings import DataError, Finding
from casebook.data.harms import Harm, read_harms
from casebook.data.patients import Member
from casebook.prepare import harm_answers

Clean = Callable[..., Any]
TableOf = Callable[..., str]

TABLE = """harms:
  table:
    table: harms.csv
    columns:
      { patient: ID, term: Event, grade: Grade, start: From, end: To, serious: SAE, outcome: End }
cohorts:"""
WITH_TABLE = ("cohorts:", TABLE)
HEADER = "ID,Event,Grade,From,To,SAE,End\n"


def harms(clean_study: Clean, rows: str, *edits: tuple[str, str], **files: str) -> list[Harm]:
    folder: Path = clean_study(WITH_TABLE, *edits, harms=HEADER + rows, **files).folder
    return read_harms(folder / "harms.csv")


def errors(clean_study: Clean, rows: str, *edits: tuple[str, str]) -> list[Finding]:
    with pytest.raises(DataError) as error:
        harms(clean_study, rows, *edits)
    return list(error.value.findings)


def warnings(clean_study: Clean, rows: str, *edits: tuple[str, str]) -> list[Finding]:
    found = clean_study(WITH_TABLE, *edits, harms=HEADER + rows).findings
    return [each for each in found if each.severity == "warning" and "harms.csv" in each.file]


def test_a_row_becomes_a_typed_event(clean_study: Clean) -> None:
    found = harms(clean_study, "a,Rash,Grade 2,2024-03-01,2024-03-09,No,resolved\n")

    assert found == [
        Harm("a", "Rash", "yes", "2", "no", "", "2024-03-01", "2024-03-09", "", "resolved", 2)
    ]


def test_a_cell_can_have_several_events_and_a_grade_can_be_a_word(clean_study: Clean) -> None:
    keys = "    separator: ','\n    grades: { leicht: 1, schwer: 3 }\n    columns:\n"
    rows = 'a,"Rash, fever",Schwer,2024-03-01,,No,\na,"Cough,",1,2024-03-04,,No,\n'

    found = harms(clean_study, rows, ("    columns:\n      { patient", f"{keys}      {{ patient"))

    assert [(each.term, each.grade, each.start, each.row) for each in found] == [
        ("Rash", "3", "2024-03-01", 2),
        ("fever", "3", "2024-03-01", 2),
        ("Cough", "1", "2024-03-04", 3),
    ]


@pytest.mark.parametrize(
    ("patient", "told"),
    [
        (
            "PA-8",
            "did you mean 'PA-08'? if so, correct it in corrections.tsv (table harms.csv,"
            " row 2, patient PA-8, column ID, old PA-8, new PA-08)",
        ),
        ("pa 18", "did you mean 'PA-18'?"),
        ("PAA-18", "did you mean 'PA-18'?"),
        ("PA-28", "no row of the table has it"),
        ("XY-18", "no row of the table has it"),
        (
            "PA-17",
            "row 3 of the table has it, which source.leave_out of study.yaml leaves out (twi",
        ),
    ],
)
def test_of_an_event_of_nobody_no_other_patient_is_proposed(
    clean_study: Clean, table_of: TableOf, patient: str, told: str
) -> None:
    """Only one whose number is the same, written otherwise."""
    patients = table_of(*({"ID": each} for each in ("PA-08", "PA-17", "PA-18")))
    left_out = ("  table: table.csv\n", "  table: table.csv\n  leave_out: { 3: twice }\n")

    with pytest.raises(DataError) as error:
        harms(clean_study, f"{patient},Rash,1,,,,\n", left_out, table=patients)

    (found,) = error.value.findings
    assert found.allowed == "a patient of table.csv: PA-08, PA-18"
    assert found.hint.startswith(told)


@pytest.mark.parametrize("term", ["none", "-", "Keine", "n/a", "0"])
def test_a_row_that_says_that_there_was_no_event_is_not_counted_as_one(
    clean_study: Clean, term: str
) -> None:
    (found,) = errors(clean_study, f"a,{term},,,,,\n")

    assert (found.row, found.column, found.value) == (2, "Event", term)
    assert found.hint.startswith("a patient without an event needs no row")


@pytest.mark.parametrize(
    ("written", "grade"),
    [("3", "3"), ("3.0", "3"), ("G3", "3"), ("grade 3", "3"), ("CTCAE grade III", "3"),
     ("iv", "4"), ("V", "5"), ("NA", ""), ("", "")],
)  # fmt: skip
def test_a_grade_is_read_however_it_is_written(
    clean_study: Clean, written: str, grade: str
) -> None:
    (found,) = harms(clean_study, f"a,Rash,{written},,,,\n")

    assert found.grade == grade


def test_every_cell_that_cannot_be_is_an_error_at_its_place(clean_study: Clean) -> None:
    rows = (
        "d,Rash,1,,,,\n"
        "a,Rash,6,,,,\n"
        "a,Rash,1,2024-03-09,2024-03-01,,\n"
        "a,Rash,1,31.12.2024,,,\n"
        "a,Rash,1,,,perhaps,\n"
        "a,,1,,,,\n"
        "a,Rash; fever,1,,,,\n"
    )

    found = errors(clean_study, rows)

    assert [(each.row, each.column, each.value) for each in found] == [
        (2, "ID", "d"),
        (7, "Event", ""),
        (8, "Event", "Rash; fever"),
        (3, "Grade", "6"),
        (5, "From", "31.12.2024"),
        (4, "To", "2024-03-01"),
        (6, "SAE", "perhaps"),
    ]
    assert all(each.allowed and each.hint for each in found)
    assert all("under missing in harms.table" in found[at].hint for at in (3, 6))
    assert all(each.file == "study/harms.csv" for each in found)


def test_a_patient_may_be_named_in_the_first_of_several_events_alone(clean_study: Clean) -> None:
    rows = "a,Rash,2,,,,\n,Cough,1,,,,\nb,Rash,1,,,,\nNA,Fever,1,,,,\n"
    filled = ("    table: harms.csv", "    table: harms.csv\n    fill_down: ID")

    found = harms(clean_study, rows.replace("NA", ""), filled)
    (wrong,) = errors(clean_study, rows, filled)
    unfilled, _ = errors(clean_study, rows)

    assert [(each.patient, each.term) for each in found] == [
        ("a", "Rash"),
        ("a", "Cough"),
        ("b", "Rash"),
        ("b", "Fever"),
    ]
    assert (wrong.row, wrong.allowed) == (5, "the patient of the event")
    assert unfilled.row == 3
    assert "write fill_down: ID under harms.table in study.yaml" in unfilled.hint


def test_a_row_of_totals_that_is_left_out_names_no_patient_for_the_rows_below(
    clean_study: Clean,
) -> None:
    rows = "a,Rash,2,,,,\nTotal,1,,,,,\n,Cough,1,,,,\nb,Rash,1,,,,\n,Fever,1,,,,\n"
    filled = (
        "    table: harms.csv",
        "    table: harms.csv\n    fill_down: ID\n    leave_out: { 3: a total }",
    )

    (found,) = errors(clean_study, rows, filled)
    named = harms(clean_study, rows.replace(",Cough", "b,Cough"), filled)

    assert (found.row, found.column, found.value) == (4, "ID", "")
    assert found.hint.startswith(
        "row 3, which is left out, has 'Total' there, which is not a patient"
    )
    assert [(each.patient, each.term) for each in named] == [
        ("a", "Rash"),
        ("b", "Cough"),
        ("b", "Rash"),
        ("b", "Fever"),
    ]


def test_grade_0_is_refused_with_what_to_do(clean_study: Clean) -> None:
    (found,) = errors(clean_study, "a,Rash,0,,,,\n")

    assert "leave out the row" in found.hint


def test_a_column_that_is_not_there_is_named_with_those_that_are(clean_study: Clean) -> None:
    with pytest.raises(DataError) as error:
        clean_study(WITH_TABLE, harms=HEADER.replace("Grade", "Grad") + "a,Rash,1,,,,\n")

    (found,) = error.value.findings
    assert (found.value, found.row) == ("Grade", 1)
    assert "'Event', 'Grad'" in found.allowed
    assert "did you mean 'Grad'?" in found.hint


def test_upper_and_lower_case_make_no_two_terms(clean_study: Clean) -> None:
    rows = ["a,rash,1,,,,\n", "a,Rash,2,,,,\n", "b,rash,1,,,,\n"]

    there = harms(clean_study, "".join(rows))
    back = harms(clean_study, "".join(rows[::-1]))

    assert {each.term for each in there} == {each.term for each in back} == {"rash"}


def test_named_terms_refuse_others_and_tell_which_is_meant(clean_study: Clean) -> None:
    named = ("    table: harms.csv\n", "    table: harms.csv\n    levels: { Rash: Skin rash }\n")

    (found,) = errors(clean_study, "a,rash,1,,,,\na,Rahs,1,,,,\n", named)

    assert (found.row, found.value) == (3, "Rahs")
    assert "did you mean 'Rash'?" in found.hint


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ("a,Infection,1,,,,\nb,Infecton,1,,,,\nc,Infection,1,,,,\n", 3, "is this 'Infection'"),
        ("a,Rash,1,,,,\nb,Rahs,1,,,,\nc,Rash,1,,,,\n", 3, "is this 'Rash', which stands there 2"),
        ("a,Fevers,1,,,,\nb,Fever,1,,,,\n", 3, "is this the same as 'Fevers', which stands there as"
         " often? if so, look up which is meant, and correct the other in corrections.tsv (table"
         " harms.csv, row 3, patient b, column Event, old Fever, new Fevers; or table harms.csv,"
         " row 2, patient a, column Event, old Fevers, new Fever), or name both under levels"),
        ("a,Rash,1,,,,\nb,Rash,1,,,,\na,rash,1,,,,\n", 4, "the same as row 2"),
        ("a,Death,5,,,no,\n", 2, "grade 5 is a death"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_a_warning_at_its_row(
    clean_study: Clean, rows: str, row: int, words: str
) -> None:
    (found,) = warnings(clean_study, rows)

    assert found.row == row
    assert words in found.hint


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("Rash, fever", "these may be several events, as 'Rash' stands there"),
        ("Chills, fever", "as 'Fever' stands there by itself, too: if they are, say what stands"),
        ("Fever and chills", "these may be several events, as 'Fever' stands there"),
        ("Rash/Fever", "these may be several events, as 'Rash' stands there"),
        ("Rash x2", "counted apart from 'Rash'"),
        ("Rash (2)", "counted apart from 'Rash'"),
        ("Rash grade III", "counted apart from 'Rash'"),
        ("mild rash", "counted apart from 'Rash'"),
        ("Fever (ongoing)", "counted apart from 'Fever'"),
        ("No fever", "seems to say that there was none"),
    ],
)
def test_a_term_that_says_more_than_one_is_a_warning(
    clean_study: Clean, term: str, words: str
) -> None:
    (found,) = warnings(clean_study, f'a,Rash,1,,,,\nb,Fever,1,,,,\nc,"{term}",1,,,,\n')

    assert (found.row, found.value) == (4, term)
    assert words in found.hint


def test_a_term_with_a_comma_or_an_adjective_of_its_own_is_one_term(clean_study: Clean) -> None:
    rows = 'a,Pain,1,,,,\nb,"Pain, abdominal",1,,,,\nb,Severe cough,1,,,,\nc,Pain in arm,1,,,,\n'

    assert warnings(clean_study, rows) == []


@pytest.mark.parametrize("term", ["as above", '""""', "Ditto", '",,"'])
def test_a_sign_for_the_row_above_is_no_term(clean_study: Clean, term: str) -> None:
    (found,) = errors(clean_study, f"a,Rash,1,,,,\nb,{term},1,,,,\n")

    assert (found.row, found.column) == (3, "Event")
    assert found.hint.startswith("write the term itself")


def test_days_that_a_spreadsheet_may_have_turned_round_are_warnings(clean_study: Clean) -> None:
    form = ("    table: harms.csv\n", "    table: harms.csv\n    format: '%d/%m/%Y'\n")
    rows = "a,Rash,1,14/02/2024,,,\nb,Fever,1,2024-05-03,,,\nc,Cough,1,25/02/2024,,,\n"

    (found,) = warnings(clean_study, rows, form)

    assert (found.row, found.value) == (3, "2024-05-03")
    assert "taken the day for the month" in found.hint
    assert warnings(clean_study, rows.replace("05-03", "05-13"), form) == []


def test_a_term_that_stands_often_is_no_slip(clean_study: Clean) -> None:
    rows = "".join(f"a,{term},{n % 5 + 1},,,,{n}\n" for term in ("Rash", "Rahs") for n in range(4))

    assert warnings(clean_study, rows) == []


def test_a_slip_in_a_term_is_told_with_the_line_that_corrects_it(clean_study: Clean) -> None:
    events = HEADER + "a,Rash,1,,,,\nb,Rahs,1,,,,\nc,Rash,1,,,,\n"
    (found,) = warnings(clean_study, events.removeprefix(HEADER))
    line = "table harms.csv, row 3, patient b, column Event, old Rahs, new Rash"
    values = [each.rpartition(" ")[2] for each in line.split(", ")]
    corrections = "table\trow\tpatient\tcolumn\told\tnew\treason\n" + "\t".join([*values, "slip"])

    cleaned = clean_study(WITH_TABLE, harms=events, corrections=corrections + "\n")

    assert line in found.hint
    assert {each.term for each in read_harms(cleaned.folder / "harms.csv")} == {"Rash"}


NEAR = "a,Rash,1,2024-02-05,,,\nb,Fever,1,2024-03-05,,,\nc,Cough,1,2024-06-05,,,\n"


@pytest.mark.parametrize(
    ("row", "column", "value", "hint"),
    [
        ("a,Pain,1,2023-02-14,,,\n", "From", "2023-02-14",
         "351 days before the first date of a in the tables of patients, 2024-01-31; other dates of"
         " events are from 2024-02-05 to 2024-06-05: correct a slip in corrections.tsv"),
        ("a,Pain,1,2024-02-14,2042-02-15,,\n", "To", "2042-02-15",
         "6,464 days after all other dates of the study, the last of which is 2024-06-05; other"
         " dates of events are from 2024-02-05 to 2024-06-05: correct a slip in corrections.tsv"),
    ],
)  # fmt: skip
def test_a_day_far_from_all_others_is_told_with_what_is_usual(
    clean_study: Clean, row: str, column: str, value: str, hint: str
) -> None:
    kept = ("    table: harms.csv\n", "    table: harms.csv\n    keep: { 5: it is so }\n")

    (found,) = warnings(clean_study, NEAR + row)

    assert (found.row, found.column, found.value) == (5, column, value)
    assert found.hint.startswith(hint)
    assert warnings(clean_study, NEAR + row, kept) == []


def test_a_day_of_many_that_is_years_after_all_others_is_far(clean_study: Clean) -> None:
    rows = "".join(f"a,Rash,1,2024-0{month}-05,,,\n" for month in range(1, 10))

    (found,) = warnings(clean_study, f"{rows}b,Fever,1,2033-05-05,,,\n")

    assert (found.row, found.value) == (11, "2033-05-05")


SEEN = ("    label: Start\n", "    label: Last contact\n")
OF_2023 = "a,Rash,1,2023-02-05,,,\nb,Fever,1,2023-02-09,,,\nc,Cough,1,2024-01-05,,,\n"


@pytest.mark.parametrize(
    ("rows", "edits"),
    [
        # All dates of patients are of the beginning of 2024: last contacts, and then starts.
        (OF_2023, [SEEN]),
        (NEAR + "a,Pain,1,2025-12-14,,,\n", []),
    ],
)
def test_days_that_do_not_say_when_the_study_began_or_ended_make_no_other_day_far(
    clean_study: Clean, rows: str, edits: list[tuple[str, str]]
) -> None:
    assert warnings(clean_study, rows, *edits) == []


def test_a_last_contact_beside_a_start_says_when_the_study_ended(
    clean_study: Clean, table_of: Callable[..., str]
) -> None:
    seen = ("  remark:\n    label: Remark\n    column: Remark\n    type: text\n",
            "  seen: { label: Seen, column: Remark, type: date }\n")  # fmt: skip
    cells = ({"ID": each, "Remark": "2024-07-01"} for each in "abc")
    rows = HEADER + NEAR + "a,Pain,1,2025-12-14,,,\n"

    found = clean_study(WITH_TABLE, seen, table=table_of(*cells), harms=rows).findings

    (told,) = [each for each in found if "after all other dates" in each.hint]
    assert (told.row, told.value) == (5, "2025-12-14")
    assert told.hint.startswith("531 days after all other dates of the study, the last of which is")


@pytest.mark.parametrize("label", ["Date of birth", "Known"])
def test_a_day_of_birth_says_nothing_of_when_the_study_began(
    clean_study: Clean, table_of: Callable[..., str], label: str
) -> None:
    born = ("  remark:\n    label: Remark\n    column: Remark\n    type: text\n",
            f"  born: {{ label: {label}, column: Remark, type: date }}\n")  # fmt: skip
    table = table_of(*({"ID": each, "Remark": "1960-07-01"} for each in "abc"))
    rows = HEADER + NEAR + "a,Pain,1,2014-02-14,,,\n"

    found = clean_study(WITH_TABLE, born, table=table, harms=rows).findings

    assert [each.row for each in found if "before the first date of a" in each.hint] == [5]


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("a,Pain,1,2023-02-14,,,\n", "far before the first date of a in the tables of patients"),
        ("a,Pain,1,2024-02-14,2042-02-15,,\n", "far after all other dates of the study"),
    ],
)
def test_a_private_day_is_not_told_with_one_that_is_far_from_it(
    clean_study: Clean, row: str, hint: str
) -> None:
    private = ("    column: Start\n", "    column: Start\n    private: true\n")

    (found,) = warnings(clean_study, NEAR + row, private)

    assert found.hint.startswith(
        f"{hint} (how far is not shown, as a column of dates is private); other dates of events are"
    )


def test_days_of_a_year_with_more_events_are_not_far(clean_study: Clean) -> None:
    later = "a,Pain,1,2025-02-14,,,\nb,Pain,1,2025-03-14,,,\n"

    assert warnings(clean_study, NEAR + later) == []


def test_the_user_answers_a_doubt(clean_study: Clean) -> None:
    rows = "a,Rash,1,,,,\na,Rash,1,,,,\na,Rash,1,,,,\n"
    answered = (
        "    table: harms.csv\n",
        "    table: harms.csv\n    keep: { 3: twice }\n    leave_out: { 4: doubled }\n",
    )

    assert warnings(clean_study, rows, answered) == []
    assert [each.row for each in harms(clean_study, rows, answered)] == [2, 3]


def test_texts_that_tell_who_a_patient_is_are_a_warning(clean_study: Clean) -> None:
    (found,) = warnings(clean_study, "a,Rash,1,,,,call 0171 123 4567\n")

    assert (found.about, found.column) == ("identity", "End")
    assert "row 2" in found.hint


def test_days_count_from_the_beginning_of_the_treatment(clean_study: Clean) -> None:
    treated = ("harms:", TREATED[1].replace("drug_count", "age"))
    weeks = ("    unit: years\n", "    unit: weeks\n")

    first, second, unknown = harms(
        clean_study,
        "a,Rash,1,2024-02-14,,,\nb,Rash,2,2024-02-01,,,\nc,Rash,1,2024-02-14,,,\n",
        treated,
        weeks,
    )

    assert [each.onset for each in (first, second, unknown)] == ["2", "0", ""]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hypotension", "Hypertension"), ("Hyperkalaemia", "Hypokalaemia"),
     ("ALT increased", "AST increased"), ("Weight increased", "Weight decreased"),
     ("Upper respiratory infection", "Lower respiratory infection"),
     ("Diabetes type 1", "Diabetes type 2"), ("Dysphagia", "Dysphasia"),
     ("Arthritis", "Arteritis infective"), ("Arthritis", "Arteritis"),
     ("Hyperkalemia", "Hypercalcemia"), ("Pharyngitis", "Laryngitis"), ("Otitis", "Osteitis"),
     ("Ureteral obstruction", "Urethral obstruction"), ("Atrial injury", "Arterial injury"),
     ("Hyperthyroidism", "Hyperparathyroidism"), ("Febrile neutropenia", "Afebrile neutropenia")],
)  # fmt: skip
def test_terms_that_differ_in_sense_are_not_suspected(
    clean_study: Clean, one: str, other: str
) -> None:
    assert warnings(clean_study, f"a,{one},1,,,,\nb,{other},1,,,,\nb,{one},2,,,,\n") == []


@pytest.mark.parametrize(
    "rows",
    [
        "a,Infection,1,,,,\nb,Infecton,1,,,,\nc,Infection,1,,,,\n",
        "a,Rash,1,,,,\na,Rash,1,,,,\n",
        "c,Rash,1,,,,\na,Death,5,,,no,\n",
        "b,Rash,1,,,,\na,Rash,1,2024-01-01,,,\n",
        "c,Rash,1,,,,\na,Rash,1,2025-01-01,,,\n",
    ],
)
def test_keep_answers_every_doubt(clean_study: Clean, rows: str) -> None:
    kept = ("    table: harms.csv\n", "    table: harms.csv\n    keep: { 3: so it is }\n")

    assert [each.row for each in warnings(clean_study, rows, TREATED, WEEKS)] == [3]
    assert warnings(clean_study, rows, TREATED, WEEKS, kept) == []


TREATED = ("harms:", "treatment: { label: T, duration: drug_count, start: start }\nharms:")
WEEKS = (
    "    label: Number of drugs\n", "    label: Number of drugs\n    unit: weeks\n"
)  # fmt: skip


def test_an_event_before_the_treatment_is_not_counted(clean_study: Clean) -> None:
    rows = "b,Rash,1,,,,\na,Rash,1,2024-01-01,,,\n"
    kept = ("    table: harms.csv\n", "    table: harms.csv\n    keep: { 3: became worse }\n")

    (found,) = warnings(clean_study, rows, TREATED, WEEKS)
    without = harms(clean_study, rows, TREATED, WEEKS)
    (_, counted) = harms(clean_study, rows, TREATED, WEEKS, kept)

    assert (found.row, found.value) == (3, "2024-01-01")
    assert "not counted" in found.hint
    assert [each.patient for each in without] == ["b"]
    assert (counted.patient, counted.onset, counted.on_treatment) == ("a", "", "yes")


def test_an_event_after_the_time_on_treatment_is_marked(clean_study: Clean) -> None:
    rows = "a,Rash,1,2024-02-14,,,\na,Fever,1,2024-02-15,,,\nc,Rash,1,2024-03-01,,,\n"
    kept = ("    table: harms.csv\n", "    table: harms.csv\n    keep: { 3: next dose }\n")

    (found,) = warnings(clean_study, rows, TREATED, WEEKS)
    marks = [each.on_treatment for each in harms(clean_study, rows, TREATED, WEEKS)]
    answered = [each.on_treatment for each in harms(clean_study, rows, TREATED, WEEKS, kept)]

    assert (found.row, found.value) == (3, "2024-02-15")
    assert "not in the rate" in found.hint
    assert marks == ["yes", "no", ""]
    assert answered == ["yes", "yes", ""]


def test_times_since_the_start_are_advised_nothing_that_a_table_of_events_cannot_say(
    clean_study: Clean,
) -> None:
    since = ("    table: harms.csv\n", "    table: harms.csv\n    times: since start\n")
    rows = 'a,Rash,1,2,,,\na,Cough,1,10 weeks,,,\na,Fever,1,<5,,,\na,Pain,1,"5,5",,,\n'

    unit, limit, comma = errors(clean_study, rows, TREATED, WEEKS, since)

    assert (unit.row, limit.row, comma.row) == (3, 4, 5)
    assert unit.hint == limit.hint
    assert unit.hint.startswith("correct a slip in corrections.tsv, naming the table")
    assert "decimal" in comma.hint


def test_an_event_of_nobody_is_not_told_to_be_a_missing_value(clean_study: Clean) -> None:
    (found,) = errors(clean_study, ",Rash,1,,,,\n")

    assert "leave_out" in found.hint
    assert "missing" not in found.hint


def test_the_patients_are_listed_once_for_many_events_of_strangers(
    clean_study: Clean, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = create_autospec(listed, side_effect=listed)
    monkeypatch.setattr(harm_answers, "listed", asked)

    found = errors(clean_study, "z,Rash,1,,,,\n" * 50)

    assert len(found) == 50
    assert asked.call_count == 1


def test_values_of_patients_follow_from_their_events(clean_study: Clean) -> None:
    rows = "a,Rash,1,,,no,\na,Fever,3,,,yes,\nb,Rash,NA,,,no,\n"

    a, b, c = clean_study(WITH_TABLE, harms=HEADER + rows).patients

    assert a.values["harms"] == (Member("Fever"), Member("Rash"))
    assert (a.values["harms_serious"], a.values["harms_grade"]) == ((Member("Fever"),), 3.0)
    assert (b.values["harms_serious"], b.values["harms_grade"]) == ((), None)
    assert (c.values["harms"], c.values["harms_grade"]) == ((), 0.0)
    assert "harms_related" not in a.values


def test_a_death_is_the_worst_grade_whatever_else_is_not_graded(clean_study: Clean) -> None:
    rows = "a,Rash,NA,,,yes,\na,Fever,5,,,yes,\n"

    a, *_ = clean_study(WITH_TABLE, harms=HEADER + rows).patients

    assert a.values["harms_grade"] == 5.0


def test_members_of_a_set_are_events_and_a_missing_set_leaves_all_open(clean_study: Clean) -> None:
    cleaned = clean_study(("cohorts:", "harms: { sets: [drugs] }\ncohorts:"))

    a, b, c = cleaned.patients
    assert a.values["harms"] == (Member("HCQ"), Member("MTX"))
    assert b.values["harms"] == ()
    assert c.values["harms"] is None
    unknown = [each for each in read_harms(cleaned.folder / "harms.csv") if not each.happened]
    assert [(each.patient, each.term) for each in unknown] == [("c", "HCQ"), ("c", "MTX")]


OF_COLUMNS = """harms:
  terms:
    old: { label: Old age, condition: age > 60, grade: drug_count, serious: sex == "F" }
cohorts:"""


def test_columns_describe_an_event(clean_study: Clean) -> None:
    cleaned = clean_study(("cohorts:", OF_COLUMNS))

    assert read_harms(cleaned.folder / "harms.csv") == [
        Harm("a", "old", "yes", "2", "yes"),
        Harm("b", "old", "", "", "no"),
    ]


def test_a_grade_that_cannot_be_is_told_with_the_expression(clean_study: Clean) -> None:
    wrong = ("cohorts:", OF_COLUMNS.replace("grade: drug_count", "grade: age"))

    with pytest.raises(DataError) as error:
        clean_study(wrong)

    (found,) = error.value.findings
    assert (found.row, found.value) == (2, "70")
    assert "harms.terms.old.grade" in found.hint


def test_a_study_without_harms_has_no_values_of_them(clean_study: Clean) -> None:
    cleaned = clean_study()

    assert read_harms(cleaned.folder / "harms.csv") == []
    assert not [name for name in cleaned.patients[0].values if name.startswith("harms")]


def test_a_table_with_a_header_alone_says_that_nobody_was_harmed(clean_study: Clean) -> None:
    cleaned = clean_study(WITH_TABLE, harms=HEADER)

    assert [patient.values["harms"] for patient in cleaned.patients] == [(), (), ()]


def test_a_title_above_the_table_can_be_left_out(clean_study: Clean) -> None:
    titled = f"Adverse events of the clinic,,,,,,\n{HEADER}a,Rash,1,,,,\n"
    left_out = ("    table: harms.csv\n", "    table: harms.csv\n    leave_out: { 1: a title }\n")

    cleaned = clean_study(WITH_TABLE, left_out, harms=titled)

    assert [each.term for each in read_harms(cleaned.folder / "harms.csv")] == ["Rash"]
    assert "left out: a title" in [each.hint for each in cleaned.findings if each.row == 1]


GROUPED = ("cohorts:", """harms:
  table:
    table: harms.csv
    header: [2, 3]
    names: { A: ID }
    columns: { patient: ID, term: What Event, grade: What Grade, start: When From }
cohorts:""")  # fmt: skip


def test_the_header_of_the_table_can_be_two_rows_below_a_title(clean_study: Clean) -> None:
    rows = "Adverse events,,,\n,What,,When\n,Event,Grade,From\na,Rash,2,2024-03-01\na,Pain,{},\n"

    found = read_harms(clean_study(GROUPED, harms=rows.format(3)).folder / "harms.csv")
    with pytest.raises(DataError) as error:
        clean_study(GROUPED, harms=rows.format(9))

    events = [(each.term, each.grade, each.start, each.row) for each in found]
    assert events == [("Rash", "2", "2024-03-01", 4), ("Pain", "3", "", 5)]
    told = [(each.row, each.column, each.value) for each in error.value.findings]
    assert told == [(5, "What Grade", "9")]


def test_two_rows_of_header_are_told_with_the_key_of_the_harms(clean_study: Clean) -> None:
    rows = ",What,What,When,,,\nID,Event,Grade,From,To,SAE,End\n" + 3 * "a,Rash,2,2024-03-01,,,\n"

    with pytest.raises(DataError) as error:
        clean_study(WITH_TABLE, harms=rows)

    assert "write header: [1, 2] under harms.table in study.yaml" in error.value.findings[0].hint


def test_a_file_that_is_no_table_is_told_with_the_keys_of_the_harms(clean_study: Clean) -> None:
    sheet = ("    table: harms.csv\n", "    table: harms.csv\n    sheet: Events\n")

    (found,) = errors(clean_study, "a,Rash,1,,,,\n", sheet)

    assert "harms.table.sheet" in found.hint


def test_a_time_on_treatment_without_its_column_is_told_like_any_other(clean_study: Clean) -> None:
    treated = ("harms:", TREATED[1].replace("drug_count", "age"))

    found = errors(
        clean_study, "a,Rash,1,,,,\n", treated, ("    column: Age\n", "    column: Ag\n")
    )

    assert [each.value for each in found] == ["Ag"]


def test_days_in_another_form_are_told_with_the_line_to_write(clean_study: Clean) -> None:
    slip = "a,Fever,1,2024/03/05,,,\n"
    rows = "".join(
        f"{each},Rash,1,{day}.03.2024,NA,,\n"
        for each, day in (("a", "01"), ("b", "13"), ("c", "20"))
    )

    told = {each.value: each.hint for each in errors(clean_study, rows + slip)}

    assert {text: told[text] for text in ("13.03.2024", "2024/03/05")} == {
        text: f"to read it as a day, write format: '{form}' in harms.table of study.yaml"
        for text, form in (("13.03.2024", "%d.%m.%Y"), ("2024/03/05", "%Y/%m/%d"))
    }


def test_days_of_events_may_be_written_in_several_forms(clean_study: Clean) -> None:
    lines = "    format: ['%d.%m.%Y', '%d.%m.%y']\n    two_digit_years_from: 1930\n"
    form = ("    table: harms.csv\n", f"    table: harms.csv\n{lines}")
    rows = "a,Rash,1,09.03.24,11.03.2024,,\n"

    (harm,) = harms(clean_study, rows, form)

    assert (harm.start, harm.end) == ("2024-03-09", "2024-03-11")


def test_findings_quote_a_day_as_its_cell_has_it(clean_study: Clean) -> None:
    form = ("    table: harms.csv\n", "    table: harms.csv\n    format: '%d.%m.%Y'\n")

    (found,) = errors(clean_study, "a,Rash,1,09.03.2024,01.03.2024,,\n", form)

    assert (found.value, found.allowed) == ("01.03.2024", "not before the start, 09.03.2024")
