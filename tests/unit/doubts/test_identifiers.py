"""What identifies patients: missing, twice, hardly told apart; and tables that are long."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.data.findings import DataError, Finding
from casebook.doubts.identifiers import lookalikes
from casebook.mistakes import mistakes

Clean = Callable[..., Any]
TableOf = Callable[..., str]
CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture
def told(clean_study: Clean, table_of: TableOf) -> Callable[..., list[str]]:
    """The errors in a table of patients with these identifiers, who differ in age."""

    def run(*identifiers: str) -> list[str]:
        rows = [{"ID": text, "Age": str(20 + i)} for i, text in enumerate(identifiers)]
        with pytest.raises(DataError) as error:
            clean_study(table=table_of(*rows))
        return [str(each) for each in error.value.findings]

    return run


def test_a_patient_twice_is_told_once_with_all_rows(told: Callable[..., list[str]]) -> None:
    assert told("a", "b", " a", "c", "a") == [
        "study/table.csv, row 4, column 'ID': found 'a'; allowed: one row per patient; rows 2, 4"
        " and"
        " 6 have this identifier; they differ in 'Age': if they are one patient's visits, this is"
        " a long table: name under source, as visit or as measure, the column that tells the rows"
        " of a patient apart, as docs/study.md describes under Long tables; if they are two"
        " patients, give one another identifier by a line of corrections.tsv that names the row;"
        " a row can be left out (source.leave_out) only if nothing is lost with it"
    ]


@pytest.mark.parametrize(
    "again", ["a\N{ZERO WIDTH SPACE}", "\ufeffa", "a\N{WORD JOINER}", "a\N{SOFT HYPHEN}", "\u3000a"]
)
def test_characters_that_no_one_sees_make_no_other_patient(
    told: Callable[..., list[str]], again: str
) -> None:
    (found,) = told("a", "b", again, "c")

    assert "found 'a'; allowed: one row per patient; rows 2 and 4 have this identifier" in found


def test_a_patient_without_an_identifier_is_an_error(told: Callable[..., list[str]]) -> None:
    assert told("a", "", "b") == [
        "study/table.csv, row 3, column 'ID': allowed: the patient's identifier; a row that is"
        " not a patient can be left out, with the reason: source.leave_out in study.yaml"
    ]


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        (("a", "a", "b", "b"), "row 3, column 'ID': found 'a'; allowed: one row per patient; 2 of 2"
         " patients have several rows, such as rows 2 and 3"),
        (("1", "2", "3", "4", "1", "2", "3"), "row 6, column 'ID': found '1'; allowed: one row"
         " per patient; 3 of 4 patients have several rows, such as rows 2 and 6"),
        (("a", "", "", "b", "", "", "c"), "row 3, column 'ID': allowed: the patient's identifier;"
         " 4 rows have none"),
        (("a", "a", "b", "b", "c", "d"), "row 3, column 'ID': found 'a'; allowed: one row per"
         " patient; 2 of 4 patients have several rows, such as rows 2 and 3"),
        (("a", "", "b", "", "c", "d"), "row 3, column 'ID': allowed: the patient's identifier;"
         " 2 rows have none"),
    ],
)  # fmt: skip
def test_of_a_long_table_it_is_said_once_and_no_row_is_to_be_left_out(
    told: Callable[..., list[str]], identifiers: Sequence[str], expected: str
) -> None:
    (found,) = told(*identifiers)

    assert found.startswith(f"study/table.csv, {expected}")
    assert "this looks like a long table, with several rows for each patient" in found
    assert "do not leave rows out" in found
    assert "source.leave_out" not in found
    assert ("write 'fill_down: ID' under source" in found) == ("" in identifiers)


def test_a_row_that_is_there_twice_can_be_left_out(clean_study: Clean, table_of: TableOf) -> None:
    rows = [{"ID": name, "Age": "40"} for name in ("a", "a", "b", "c")]

    with pytest.raises(DataError, match="they are the same in every column: a row that was enter"):
        clean_study(table=table_of(*rows))


def test_of_a_long_table_the_lines_to_write_are_told(make_study: Callable[..., Path]) -> None:
    table = "record_id,redcap_event_name,score\n"
    for patient in (1, 2):
        table += f"{patient},baseline_arm_1,{patient}0\n{patient},month_6_arm_1,1{patient}\n"
    text = (
        "title: Long\nsource: { table: table.csv, patient: record_id }\nvisits: { one: One }\n"
        "outcomes: { s: { label: S, column: score, range: [0, 99], better: lower } }\n"
        "cohorts: { all: { label: All } }\n"
    )

    found = mistakes(make_study(table=table, text=text))

    assert (
        "write under source 'visit: redcap_event_name', and 'visits: { baseline_arm_1: { label:"
        " baseline_arm_1, value: baseline_arm_1 }, month_6_arm_1: { label: month_6_arm_1, value:"
        " month_6_arm_1 } }', in order; do not leave rows out"
    ) in found


@pytest.mark.parametrize(
    ("identifiers", "count"),
    [
        (("a", "a"), 1),
        (("a", "a", "b", "b", "c", "d", "e"), 2),
        (("a", "", "b", "", "c", "d", "e"), 2),
    ],
)
def test_where_most_have_one_row_each_mistake_is_told(
    told: Callable[..., list[str]], identifiers: Sequence[str], count: int
) -> None:
    found = told(*identifiers)

    assert len(found) == count
    assert all("source.leave_out" in each for each in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("S2", "s2"),
        ("S2", "S 2"),
        ("S2", "S-2"),
        ("P1", "P01"),
        ("1", "001"),
        ("S2", "S2\N{LEFT-TO-RIGHT MARK}"),
        ("S2", "S2\N{HANGUL FILLER}"),
        ("S2", "\N{FULLWIDTH LATIN CAPITAL LETTER S}2"),
        ("C2", "\N{CYRILLIC CAPITAL LETTER ES}2"),
        ("Müller", "MÜLLER"),
        ("S-1", "S\N{NON-BREAKING HYPHEN}1"),
        ("S-1", "S\N{EN DASH}1"),
        ("1-2", "1\N{MINUS SIGN}2"),
        ("S1", "S1\N{VARIATION SELECTOR-16}"),
        ("S2", "S2\N{COMBINING GRAPHEME JOINER}"),
        ("S5", "S5\N{MONGOLIAN FREE VARIATION SELECTOR ONE}"),
        ("SO3", "S03"),
        ("Pl", "P1"),
        ("O1", "01"),
        ("I5", "15"),
        ("S5", "S5."),
        ("5", "#5"),
        ("5", "No. 5"),
        ("5", "Nr 05"),
        ("5", "№ 5"),
        ("5", "Nº5"),
        ("#5", "Patient 5"),
        ("5", "Pat.-Nr. 5"),
        ("5", "lfd. Nr. 5"),
        ("5", "ID_5"),
        ("5", "5)"),
        ("5", "5.0"),
        ("#S5", "S5"),
    ],
)
def test_an_identifier_that_looks_like_an_earlier_one_is_told(one: str, other: str) -> None:
    assert lookalikes({2: one, 3: "x", 5: other}) == {5: f"{other!r} looks like {one!r} in row 2"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1-12", "11-2"),
        ("1 12", "112"),
        ("1.2", "12"),
        ("P1", "P10"),
        ("P1", "P100"),
        ("A-B", "AB"),
        ("a", "á"),
        ("S2", "S2"),
        ("10", "1"),
        ("P0", "P"),
        ("Al", "AI"),
        ("PL", "P1"),
        ("S5", "55"),
        ("O1", "11"),
        ("5", "Case 5"),
        ("5", "P5"),
        ("5.1", "5"),
        ("Patient 5", "Patient A"),
        ("No", "Nr"),
    ],
)
def test_identifiers_that_differ_to_the_eye_are_two_patients(one: str, other: str) -> None:
    assert lookalikes({2: one, 3: other}) == {}


def test_identifiers_that_differ_in_case_are_a_warning(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"ID": "s2", "Age": "50"}, {"ID": "S2", "Age": "60"}, {"ID": "S3"})

    findings: list[Finding] = clean_study(table=table).findings

    (warning,) = findings
    assert (warning.severity, warning.row, warning.about) == ("warning", 3, "patients")
    assert "perhaps not a separate patient: 'S2' looks like 's2' in row 2; " in warning.hint


def test_rows_that_agree_in_all_but_the_identifier_are_a_warning(
    clean_study: Clean, table_of: TableOf
) -> None:
    other = {"Age": "50", "Before": "20", "After": "8"}

    (warning,) = clean_study(table=table_of({}, other, {"Age": " 70"})).findings

    assert (warning.severity, warning.about) == ("warning", "patients")
    assert str(warning).startswith(
        "study/table.csv, row 4, column 'ID': found 'p3'; perhaps not a separate patient: it is"
        " the same as row 2 in every column that is read; "
    )


@pytest.mark.parametrize(
    ("patients", "same", "told"),
    [(12, 3, ["warning"] * 3), (16, 4, ["note"]), (17, 4, ["warning"] * 4)],
)
def test_each_row_that_is_the_same_as_another_is_told_unless_it_is_a_quarter_of_all(
    clean_study: Clean, table_of: TableOf, patients: int, same: int, told: list[str]
) -> None:
    """The note is for more than three rows."""
    once = [{"Age": f"{20 + 3 * i}", "Before": f"{50 + i}", "After": f"{i * i}"} for i in range(9)]
    once += [{"Age": f"{90 + i}", "Before": f"{70 + i}", "After": "5"} for i in range(patients - 9)]

    rows = [*once[: patients - same], *once[:same]]
    findings: list[Finding] = clean_study(table=table_of(*rows)).findings

    alike = [each for each in findings if "the same as" in each.hint]
    assert [each.severity for each in alike] == told


def test_rows_that_often_agree_are_noted_once(clean_study: Clean, table_of: TableOf) -> None:
    patients = [{"Age": f"{i}0", "Before": f"2{i}", "After": f"{i}"} for i in (5, 6, 7)] * 3

    (note,) = clean_study(table=table_of(*patients)).findings

    assert (note.severity, str(note)) == (
        "note",
        "study/table.csv: 6 rows are each the same as one above in every column that is read",
    )


@given(st.lists(st.from_regex(r"(?:No|ID|PT|p|x|O|l|)0{0,2}[0-9OoIl]{0,3}[a-z]?", fullmatch=True)))
def test_plain_identifiers_look_alike_as_they_do_beside_one_that_is_not(texts: list[str]) -> None:
    beside = [*texts, "é, and no other"]

    assert lookalikes(dict(enumerate(texts))) == lookalikes(dict(enumerate(beside)))
