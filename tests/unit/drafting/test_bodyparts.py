"""Rows that are each of a part of a patient, as a tooth or an eye: what a draft makes of them."""

import pytest

from casebook.drafting.bodyparts import drafted_parts, parts_of
from casebook.drafting.columns import Column


@pytest.mark.parametrize(
    ("header", "texts", "is_so"),
    [
        ("Tooth", ["16", "26"], True),
        ("Zahn (FDI)", ["16", "26"], True),
        ("Target lesion no.", ["1", "2"], True),
        ("Eye", ["OD", "OS"], True),
        ("Where", ["links", "rechts"], True),
        ("Donde", ["izquierdo", "Derecho"], True),
        ("Ojo", ["1", "2"], True),
        ("Lesión", ["1", "2"], True),
        ("Which", ["OD", "OS", "OU"], True),
        ("Where", ["left", "right", "both"], True),
        ("Test", ["CRP", "ESR"], False),
        ("Parameter", ["left ventricle", "right ventricle"], False),
    ],
)
def test_parts_are_known_by_what_they_are_called_and_sides_by_their_texts(
    header: str, texts: list[str], is_so: bool
) -> None:
    assert parts_of(Column(1, header, texts)) == (texts if is_so else ())


@pytest.mark.parametrize(
    ("rows", "drafted"),
    [
        ({"a": ["1", "2"], "b": ["1", "2", "3"]}, ["1", "2", "3"]),
        ({"a": [*"12345"], "b": [*"12345"]}, [*"12345"]),
        ({"a": [*"12345"], "b": [*"1234"], "c": [*"123"], "d": [*"123"]}, [*"123"]),
        (
            {"a": [*"12"], "b": [*"12"], "c": [*"12"], "d": [*"12"], "e": [*"34"], "f": [*"15"]},
            [*"13"],
        ),
        ({"a": [*"ABCDEFGHIJKLM"], "b": [*"ABCDEFGHIJKLM"]}, ["A"]),
        ({"a": ["1", "2", "3"], "b": ["3", "4"], "c": ["5"], "d": ["5", "6"]}, ["3", "5"]),
    ],
)
def test_of_many_parts_some_are_drafted_that_leave_out_no_patient(
    rows: dict[str, list[str]], drafted: list[str]
) -> None:
    pairs = [(who, part) for who, parts in rows.items() for part in parts]
    patients, parts = zip(*pairs, strict=True)

    assert drafted_parts(Column(2, "Tooth", parts), Column(1, "ID", patients)) == drafted
