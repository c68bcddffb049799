"""Catalogues of SAS have the labels of codes in its tables."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import sas
from casebook.data.findings import DataError
from casebook.prepare.raw import RawTable, read_table
from casebook.reading.catalogues import catalogue_beside, read_catalogue
from casebook.reading.sasformats import Catalogue, format_name, is_made_by_user

pyreadstat = pytest.importorskip("pyreadstat")

SAME = pd.DataFrame(
    {
        "id": ["P1", "P2", "P3", "P4", "P5", "P6"],
        "sex": ["f", "m", "m", "f", "", "m"],
        "arm": [1, 2, 1, 2, 2, 1],
        "severity": [0, 1, 2.5, -9, None, None],
        "age": [61, 44, 70, 38, 52, 66],
        "begun": [dt.date(2024, month, day) for month, day in
                  ((2, 29), (3, 5), (3, 6), (3, 15), (3, 16), (3, 25))],
        "itch_before": [7, 6, 8, 5, 9, 7],
        "itch_after": [4, 6, 3, 5, 2, 6],
    }
)  # fmt: skip
LABELS = {
    "sex": {"f": "Female", "m": "Male"},
    "arm": {1: "Placebo", 2: "Verum"},
    "severity": {0: "none", 1: "mild", 2.5: "mäßig", -9: "not asked"},
}


def texts(raw: RawTable) -> dict[str, list[str]]:
    return {name: [*rest] for name, *rest in raw.grid.columns.values()}


def told(raw: RawTable, severity: str) -> list[tuple[int, str, str]]:
    return [(each.row, each.value, each.hint) for each in raw.remarks if each.severity == severity]


@pytest.mark.parametrize("name", sas.CATALOGUES)
def test_a_table_with_its_catalogue_is_as_the_same_table_of_spss(tmp_path: Path, name: str) -> None:
    table = sas.lay(tmp_path, name)
    pyreadstat.write_sav(SAME, tmp_path / "same.sav", variable_value_labels=LABELS)

    found = read_table(table, catalogue=read_catalogue(tmp_path / name))

    same = read_table(tmp_path / "same.sav")
    expected = texts(same)
    # SPSS has no letters of missing values.
    expected["severity"][4], expected["severity (label)"][4] = ".A", "refused"
    assert texts(found) == expected
    assert told(found, "note")[:2] == told(same, "note")[:2]
    hint = "the file says that it means no value{}: list it under missing beside the column in"
    hint += " study.yaml"
    assert told(found, "error") == [
        (6, ".A", hint.format(", with the label 'refused'")),
        (6, "refused", hint.format("")),
    ]


def test_a_transport_file_has_the_labels_of_a_catalogue_too(tmp_path: Path) -> None:
    found = read_catalogue(sas.lay(tmp_path, sas.CATALOGUE).with_name(sas.CATALOGUE))
    table = tmp_path / "t.xpt"
    pyreadstat.write_xport(SAME[["id", "arm"]], table, variable_format={"arm": "ARM8."})

    read = texts(read_table(table, catalogue=found))

    assert read["arm (label)"] == ["Placebo", "Verum", "Placebo", "Verum", "Verum", "Placebo"]


@pytest.mark.parametrize(
    ("shown_as", "name", "made"),
    [
        ("$SEX8", "$SEX", True),
        ("$sex", "$SEX", True),
        ("ARM8", "ARM", True),
        ("F17ROLE", "F17ROLE", True),
        ("PAIN8.2", "PAIN", True),
        ("$YEAR4", "$YEAR", True),
        ("8.1", "", False),
        ("$4", "$", False),
        ("$CHAR200", "$CHAR", False),
        ("BEST12", "BEST", False),
        ("DATETIME22.3", "DATETIME", False),
        ("E8601DA10", "E8601DA", False),
        ("YYMMDDN8", "YYMMDDN", False),
    ],
)
def test_a_format_has_its_name_before_its_width_and_may_be_one_of_sas(
    shown_as: str, name: str, made: bool
) -> None:
    assert (format_name(shown_as), is_made_by_user(name)) == (name, made)


def test_formats_whose_labels_are_not_known_are_told(tmp_path: Path) -> None:
    table = sas.lay(tmp_path)
    of_sex = Catalogue(Path("formats.sas7bcat"), {"$SEX": {"f": "Female", "m": "Male"}})

    without, with_one = read_table(table), read_table(table, catalogue=of_sex)

    formats = "ARM of 'arm', SEVERITY_AT_START of 'severity'"
    ((_, value, hint),) = told(without, "note")
    assert value == f"$SEX of 'sex', {formats}"
    assert hint.endswith("lay it beside the table and name it under source.catalogue of study.yaml")
    ((_, value, hint),) = told(with_one, "warning")
    assert value == formats
    assert hint.startswith("not in the catalogue formats.sas7bcat, so that these columns have no")


def test_values_for_which_a_format_has_no_label_are_told(tmp_path: Path) -> None:
    found = read_catalogue(sas.lay(tmp_path, sas.CATALOGUE).with_name(sas.CATALOGUE))
    some = Catalogue(found.path, {**found.formats, "ARM": {1.0: "Placebo"}})

    raw = read_table(tmp_path / sas.TABLE, catalogue=some)

    hint = "3 of 6 rows have a value of 'arm' for which the format ARM has no label; a range, as"
    hint += " 18-HIGH, has its label at one end at most, and OTHER has none"
    assert told(raw, "warning") == [(3, "2", hint)]
    assert texts(raw)["arm (label)"] == ["Placebo", "2", "Placebo", "2", "2", "Placebo"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"id,sex\n1,f\n",
            "found 'a text file'; allowed: a catalogue of SAS's formats (.sas7bcat)",
        ),
        (b"", "found 'a text file'; allowed: a catalogue"),
        (sas.content(sas.TABLE), "found 'a data file of SAS'; allowed: a catalogue"),
        (sas.content(sas.CATALOGUE)[:5000], "allowed: a catalogue that can be read; it is cut off"),
    ],
)
def test_a_catalogue_that_is_none_or_is_damaged_is_told(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    path = tmp_path / "formats.sas7bcat"
    path.write_bytes(content)

    with pytest.raises(DataError) as error:
        read_catalogue(path)

    assert str(error.value.findings[0]).startswith(f"{path}: {expected}")


def test_a_catalogue_is_found_beside_a_table_by_its_name(tmp_path: Path) -> None:
    table = sas.lay(tmp_path)
    assert catalogue_beside(table) == (None, [])

    for name in ("other.sas7bcat", "FORMATS.sas7bcat", "labelled.sas7bcat"):
        (tmp_path / name).write_bytes(sas.content(sas.CATALOGUE))
    of_its_name, _ = catalogue_beside(table)
    (tmp_path / "labelled.sas7bcat").write_bytes(b"damaged")
    usual, (unread,) = catalogue_beside(table)

    assert of_its_name and of_its_name.path.name == "labelled.sas7bcat"
    assert usual and usual.path.name == "FORMATS.sas7bcat"
    assert (unread.file, unread.value) == (str(tmp_path / "labelled.sas7bcat"), "a text file")
