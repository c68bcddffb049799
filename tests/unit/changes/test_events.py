"""What differs between two states of a table of adverse events."""

from casebook.data.differences import EVENT, EVENT_CELL, EVENT_COLUMN, Difference
from states import Moved, State

OF_EVENTS = (
    "cohorts:",
    """treatment: { label: Drug, duration: age, start: start }
harms:
  table:
    table: harms.csv
    columns: { patient: ID, term: Event, grade: Grade, start: From, serious: SAE }
cohorts:""",
)
EVENTS = """ID,Event,Grade,From,SAE,Note
a,Rash,2,2024-03-01,no,x
a,Fever,3,2024-03-05,yes,x
b,Cough,1,2024-02-02,no,x
"""
CORRECTION = "table\trow\tpatient\tcolumn\told\tnew\treason\nharms.csv\t2\ta\tGrade\t2\t1\tmild\n"


def of(events: str, *edits: tuple[str, str], corrections: str | None = None) -> State:
    return State((OF_EVENTS, *edits), harms=events, corrections=corrections)


def told(found: list[Difference]) -> list[tuple[str, ...]]:
    """What is said of events: patient, row, column, what became of it, before, now, and why."""
    return [
        (each.patient, each.row, each.column, each.what, each.before, each.after, each.remark)
        for each in found
        if each.kind in (EVENT, EVENT_CELL)
    ]


def test_a_cell_that_was_edited_is_told_with_its_row(moved: Moved) -> None:
    found = moved(of(EVENTS), of(EVENTS.replace("Fever,3", "Fever,2")))

    assert told(found) == [("a", "3", "Grade", "edited", "3", "2", "")]


def test_events_that_came_or_went_are_told_with_what_they_say(moved: Moved) -> None:
    now = EVENTS.replace("b,Cough,1,2024-02-02,no,x\n", "c,Zoster,3,2024-04-01,yes,x\n")

    found = moved(of(EVENTS), of(now))

    assert told(found) == [
        ("c", "4", "", "added", "", "Zoster, 3, 2024-04-01, yes", ""),
        ("b", "4", "", "removed", "Cough, 1, 2024-02-02, no", "", ""),
    ]


def test_an_event_below_the_first_of_a_patient_is_still_that_patients(moved: Moved) -> None:
    filled = ("    table: harms.csv\n", "    table: harms.csv\n    fill_down: ID\n")
    once = EVENTS.replace("a,Fever", ",Fever")

    written_out = moved(of(once, filled), of(EVENTS))
    without = moved(of(once, filled), of(once.replace(",Fever,3,2024-03-05,yes,x\n", ""), filled))

    assert told(written_out) == []
    assert told(without) == [("a", "3", "", "removed", "Fever, 3, 2024-03-05, yes", "", "")]


def test_another_order_of_rows_and_columns_is_no_change(moved: Moved) -> None:
    header, *rows = EVENTS.splitlines()
    turned = "\n".join([header, *reversed(rows)]) + "\n"
    columns = "\n".join(",".join(reversed(line.split(","))) for line in EVENTS.splitlines()) + "\n"

    assert moved(of(EVENTS), of(turned)) == []
    assert moved(of(EVENTS), of(columns)) == []


def test_of_two_events_of_a_patient_with_the_same_term_the_likelier_one_was_edited(
    moved: Moved,
) -> None:
    twice = EVENTS + "a,Rash,1,2024-05-01,no,x\n"

    found = moved(of(twice), of(twice.replace("a,Rash,1,2024-05-01", "a,Rash,1,2024-05-07")))

    assert told(found) == [("a", "5", "From", "edited", "2024-05-01", "2024-05-07", "")]


def test_an_event_of_another_patient_is_an_edited_identifier_only_if_all_else_is_the_same(
    moved: Moved,
) -> None:
    same = moved(of(EVENTS), of(EVENTS.replace("b,Cough", "c,Cough")))
    other = moved(of(EVENTS), of(EVENTS.replace("b,Cough,1", "c,Cough,2")))

    assert told(same) == [("c", "4", "ID", "edited", "b", "c", "")]
    assert [each[3] for each in told(other)] == ["added", "removed"]


def test_a_correction_is_told_with_its_reason_and_a_row_that_is_left_out_is_gone(
    moved: Moved,
) -> None:
    columns = "    columns: { patient: ID"
    left_out = (columns, f"    leave_out: {{ 4: double }}\n{columns}")

    corrected = moved(of(EVENTS), of(EVENTS, corrections=CORRECTION))
    without = moved(of(EVENTS), of(EVENTS, left_out))

    ((*cell, why),) = told(corrected)
    assert cell == ["a", "2", "Grade", "correction added", "2", "1"]
    assert "mild" in why
    assert told(without) == [("b", "4", "", "removed", "Cough, 1, 2024-02-02, no", "", "")]


def test_a_column_that_the_study_does_not_read_is_told_as_such(moved: Moved) -> None:
    found = moved(of(EVENTS), of(EVENTS.replace("2024-03-01,no,x", "2024-03-01,no,y")))

    assert told(found) == [
        ("a", "2", "Note", "edited", "x", "y", "the study does not read this column")
    ]


def test_events_of_a_study_that_had_no_table_of_them_are_a_setting_alone(moved: Moved) -> None:
    found = moved(State(), of(EVENTS))

    assert told(found) == []
    assert "harms" in {each.what for each in found if each.kind == "setting"}


def test_columns_that_came_or_went_are_told_with_what_they_say(moved: Moved) -> None:
    header, *lines = EVENTS.splitlines()
    without = "\n".join([header.removesuffix(",SAE,Note"), *(x.rsplit(",", 2)[0] for x in lines)])
    unread = (", serious: SAE }", " }")
    renamed = (", serious: SAE }", ", serious: Severe }")

    came = moved(of(without + "\n", unread), of(EVENTS))
    went = moved(of(EVENTS), of(without + "\n", unread))
    other = moved(of(EVENTS), of(EVENTS.replace("SAE", "Severe"), renamed))

    assert columns(came) == [("SAE", "added", "", "", "serious"), ("Note", "added", "", "", "")]
    assert columns(went) == [("SAE", "removed", "", "", "serious"), ("Note", "removed", "", "", "")]
    assert columns(other) == [
        ("Severe", "added", "SAE", "", "serious"),
        ("SAE", "removed", "", "Severe", "serious"),
    ]
    assert told(came) == told(went) == told(other) == []


def columns(found: list[Difference]) -> list[tuple[str, ...]]:
    return [
        (each.column, each.what, each.before, each.after, each.remark)
        for each in found
        if each.kind == EVENT_COLUMN
    ]
