"""What tells the rows of a patient apart: visits, dates, measures, or two of these."""

import pytest

from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.identifier import identifier
from casebook.drafting.told_apart import nearly_tells_apart

DAYS = ["2024-01-01", "2024-02-01", "2024-01-05", "2024-02-07"]


def columns(**texts: list[str]) -> list[Column]:
    headers = {name: name.replace("_", " ") for name in texts}
    return [Column(n, headers[name], cells) for n, (name, cells) in enumerate(texts.items(), 1)]


def told(**texts: list[str]) -> Identifier:
    return identifier(columns(ID=["a", "a", "b", "b"], **texts))


def test_a_column_of_dates_tells_rows_apart_and_the_first_of_each_patient_is_the_start() -> None:
    found = told(Seen=DAYS, Score=["1", "2", "3", "4"])

    assert (found.of_visits, found.start, found.measure) == ("Seen", "Seen", "")
    assert found.start_reason == "its first date of each patient, as no column has that of a start"


def test_a_date_of_the_start_is_known_by_its_header_if_each_patient_has_one() -> None:
    start = ["2024-01-02", "2024-01-02", "2024-01-05", ""]

    assert told(Seen=DAYS, First_dose=start).start == "First dose"
    assert told(Seen=DAYS, Born=start).start == "Seen"
    assert told(Seen=DAYS, First_dose=["2024-01-02", "2024-01-03", "", ""]).start == "Seen"


def test_a_date_of_the_start_may_have_a_cell_with_a_slip() -> None:
    start = ["2024-13-02", "2024-01-02", "2024-01-05", "2024-01-05"]

    found = told(Seen=DAYS, First_dose=start)

    assert found.start == "First dose"
    assert found.start_reason.endswith("one date of each patient, but for 1 cell that is no day")


def test_both_dates_are_read_in_one_way() -> None:
    found = told(Seen=["13.01.2024", "02.02.2024", "03.01.2024", "04.02.2024"],
                 Start=["05.01.2024", "05.01.2024", "01.01.2024", "01.01.2024"])  # fmt: skip

    assert [*found.formats] == ["%d.%m.%Y"]


@pytest.mark.parametrize(
    ("texts", "measure", "value"),
    [
        ({"Test": ["CRP", "ESR", "CRP", "ESR"], "Result": ["1", "2", "3", "4"]}, "Test", "Result"),
        ({"Test": ["CRP", "C3", "CRP", "C3"], "Value": ["1", "x", "3", "y"]}, "Test", "Value"),
        ({"Side": ["left", "right"] * 2, "Grip": list("1234"), "Pinch": list("5678")}, "Side", ""),
        ({"What": ["CRP", "ESR"] * 2, "Before": list("1234"), "After": list("5678")}, "What", ""),
        ({"Tooth": ["16", "26"] * 2, "Depth": ["5", "6", "4", "5"]}, "Tooth", "Depth"),
        ({"X": ["iron", "sodium"] * 2, "Y": ["3", "140", "4", "138"]}, "X", "Y"),
    ],
)
def test_measures_tell_rows_apart_by_their_header_or_by_numbers_of_other_sizes(
    texts: dict[str, list[str]], measure: str, value: str
) -> None:
    found = told(**texts)

    assert (found.of_visits, found.measure, found.value) == ("", measure, value)


@pytest.mark.parametrize("texts", [["before", "after"], ["placebo", "drug"], ["1", "2"]])
def test_other_texts_are_visits(texts: list[str]) -> None:
    found = told(X=texts * 2, Y=["3", "5", "4", "6"])

    assert (found.of_visits, found.measure) == ("X", "")


def test_dates_and_measures_tell_rows_apart_together() -> None:
    found = identifier(
        columns(
            ID=[*"aaaabbbb"],
            Day=[day for day in DAYS for _ in range(2)],
            Test=["CRP", "ESR"] * 4,
            Result=[*"12345678"],
        )
    )

    assert (found.of_visits, found.start) == ("Day", "Day")
    assert (found.measure, found.value) == ("Test", "Result")


def test_two_rows_of_a_day_are_told_where_dates_would_tell_all_others_apart() -> None:
    rows = columns(ID=[*"aaabbb"], Day=[*DAYS[:2], "2024-02-01", *DAYS[2:], "2024-03-01"],
                   Score=[*"123456"])  # fmt: skip

    assert not identifier(rows).is_told
    assert nearly_tells_apart(rows, "ID") == ("Day", [(1, 2)])


@pytest.mark.parametrize(("header", "is_told"), [("Visit", True), ("Pain", False)])
def test_numbers_are_no_visits_that_nearly_tell_rows_apart_unless_they_are_called_so(
    header: str, is_told: bool
) -> None:
    numbers = [*"123" * 4, "3"]
    rows = columns(ID=[*"aaabbbcccdddd"], **{header: numbers})

    assert (nearly_tells_apart(rows, "ID") is not None) == is_told


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("MRN", ["a", "b", "a", "b"]),
        ("N° patient", ["a", "a", "b", "b"]),
        ("Mouse", ["K1", "K1", "K2", "K2"]),
        ("Infant", ["7", "7", "9", "9"]),
    ],
)
def test_patients_are_known_by_their_rows_whatever_the_column_is_called(
    header: str, texts: list[str]
) -> None:
    days = DAYS if texts[0] == texts[1] else sorted(DAYS)
    found = identifier([Column(1, header, texts), *columns(Seen=days, Score=[*"1234"])])

    assert (found.column, found.rows, found.of_visits) == (header, 2, "Seen")


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("Week", ["0", "0", "4", "4"]),
        ("When", ["V1", "V1", "V2", "V2"]),
        ("Mouse", ["K1", "K2", "K1", "K2"]),
        ("Arm", ["drug", "drug", "sham", "sham"]),
    ],
)
def test_no_other_column_of_repeated_texts_is_taken_for_that_of_patients(
    header: str, texts: list[str]
) -> None:
    found = identifier([Column(1, header, texts), *columns(Seen=DAYS, Score=[*"1234"])])

    assert found.column == ""
