import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.data.patients import (
    Kind,
    Member,
    Patient,
    Roster,
    Value,
    element_id,
    in_order,
    measurement,
    place_in_order,
    read_rows,
    read_value,
    token,
    told_text,
    value_text,
    write_patients,
    write_roster,
)
from read_back import read_patients


def roster_of(patients: Sequence[Patient], names: Iterable[str]) -> Roster:
    columns = {name: [patient.values[name] for patient in patients] for name in names}
    return Roster([patient.id for patient in patients], columns)


WRITTEN: list[tuple[Kind, Value, str]] = [
    ("number", 12.0, "12"),
    ("number", 0.3, "0.3"),
    ("number", -2.5, "-2.5"),
    ("number", 1e22, "1e+22"),
    ("number", None, ""),
    ("boolean", True, "yes"),
    ("boolean", False, "no"),
    ("boolean", None, ""),
    ("date", date(2024, 1, 31), "2024-01-31"),
    ("date", None, ""),
    ("category", "East Asian", "East Asian"),
    ("text", "10 mg; as needed", "10 mg; as needed"),
    ("set", (Member("HCQ", marked=True), Member("intravenous IG")), "HCQ*; intravenous IG"),
    ("set", (), "(none)"),
    ("set", None, ""),
]


@pytest.mark.parametrize(("kind", "value", "text"), WRITTEN)
def test_a_value_is_written_as_text_and_read_back(kind: Kind, value: Value, text: str) -> None:
    assert value_text(value) == text
    assert read_value(kind, text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back_to_the_last_bit(number: float) -> None:
    assert read_value("number", value_text(number)) == number


def test_patients_are_a_row_each_in_the_order_of_the_kinds(tmp_path: Path) -> None:
    path, kinds = tmp_path / "patients.csv", {kind: kind for kind, _, _ in WRITTEN}
    patients = [
        Patient("a, b", dict.fromkeys(kinds)),
        Patient("c", {kind: value for kind, value, _ in WRITTEN if value is not None}),
    ]

    write_patients(path, kinds, roster_of(patients, kinds))

    assert path.read_bytes() == (
        b"patient,number,boolean,date,category,text,set\n"
        b'"a, b",,,,,,\n'
        b"c,1e+22,no,2024-01-31,East Asian,10 mg; as needed,(none)\n"
    )
    assert read_patients(path, kinds) == patients


def test_a_value_is_asked_for_by_the_kind_it_has() -> None:
    patient = Patient("a", {"age": 70.0, "drugs": (Member("HCQ"),), "gap": None})

    assert patient.number("age") == 70
    assert patient.members("drugs") == (Member("HCQ"),)
    assert patient.number("gap") is patient.members("gap") is None
    with pytest.raises(TypeError, match="and not a number"):
        patient.number("drugs")
    with pytest.raises(TypeError, match=r"age is 70\.0, and not a set"):
        patient.members("age")


def test_a_measurement_is_named_after_outcome_and_visit() -> None:
    assert measurement("cdasi", "baseline") == "cdasi_baseline"


@given(st.lists(st.text()))
def test_patients_have_one_order_however_they_come(names: list[str]) -> None:
    patients = [Patient(name, {}) for name in dict.fromkeys(names)]

    assert in_order(patients) == in_order(reversed(patients))


def test_a_roster_tells_where_each_patient_stands(tmp_path: Path) -> None:
    roster = Roster(["a", "b"], {"age": [70.0, None]})

    write_roster(tmp_path / "patients.csv", {"age": "number"}, [4, 2], roster)

    assert read_rows(tmp_path / "patients.csv") == {"a": 4, "b": 2}
    assert read_patients(tmp_path / "patients.csv", {"age": "number"}) == [
        Patient("a", {"age": 70.0}),
        Patient("b", {"age": None}),
    ]


@given(st.text(), st.text())
def test_tokens_are_safe_for_ids_and_tell_patients_apart(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]*", token(one), re.ASCII)
    assert (token(one) == token(other)) == (one == other)


def test_an_element_is_called_after_its_patient() -> None:
    assert element_id("P01", 3) == "patient-P01-3"
    assert element_id('a "b"_é', 1) == "patient-a_20_22b_22_5f_c3_a9-1"


def test_numbers_in_identifiers_are_ordered_as_numbers_however_long() -> None:
    identifiers = ["P10", "P9", f"P{'9' * 5000}", f"P1{'0' * 5000}", "P09"]

    ordered = sorted(identifiers, key=place_in_order)

    assert ordered == ["P09", "P9", "P10", f"P{'9' * 5000}", f"P1{'0' * 5000}"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (41.93018480492813, "41.93"),
        (0.03285420944558522, "0.0329"),
        (-12.5, "-12.5"),
        (123456.0, "123456"),
        (0.0, "0"),
    ],
)
def test_a_message_tells_a_number_with_the_digits_that_anyone_would_look_at(
    number: float, expected: str
) -> None:
    assert told_text(number) == expected
