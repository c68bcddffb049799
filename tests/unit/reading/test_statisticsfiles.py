"""Data files of Stata, SPSS and SAS."""

import csv
import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from casebook.data.findings import DataError
from casebook.prepare.raw import RawTable, read_table

pyreadstat = pytest.importorskip("pyreadstat")

CASES = Path(__file__).parents[2] / "cases"
IRIS = CASES / "sas" / "iris.sas7bdat.gz"
PATIENTS = pd.DataFrame(
    {
        "id": ["P1", "P2", "P3"],
        "sex": [1, 2, 2],
        "age": [61.0, 99.0, None],
        "crp": [1.1, 2.5, 3.0],
        "begun": [dt.date(2024, 2, 29), None, dt.date(2024, 3, 1)],
    }
)
SEXES = {"sex": {1: "Female", 2: "Male"}}


def texts(raw: RawTable) -> dict[str, list[str]]:
    return {name: [*rest] for name, *rest in raw.grid.columns.values()}


def refused(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(DataError) as error:
        read_table(path, sheet)
    return str(error.value.findings[0]).replace(str(path), path.name)


@pytest.mark.parametrize("name", ["t.dta", "t.sav"])
def test_codes_labels_numbers_and_dates_are_read(tmp_path: Path, name: str) -> None:
    write = pyreadstat.write_dta if name == "t.dta" else pyreadstat.write_sav
    write(PATIENTS, tmp_path / name, variable_value_labels=SEXES)

    raw = read_table(tmp_path / name)

    assert texts(raw) == {
        "id": ["P1", "P2", "P3"],
        "sex": ["1", "2", "2"],
        "age": ["61", "99", ""],
        "crp": ["1.1", "2.5", "3"],
        "begun": ["2024-02-29", "", "2024-03-01"],
        "sex (label)": ["Female", "Male", "Male"],
    }
    assert [(each.severity, each.row, each.column, each.hint) for each in raw.remarks] == [
        (
            "note",
            1,
            2,
            "its values have labels (1 is 'Female', 2 is 'Male'); the column 'sex (label)' has"
            " these instead",
        )
    ]


def test_numbers_of_single_precision_have_the_digits_that_were_typed(tmp_path: Path) -> None:
    frame = PATIENTS[["id", "crp"]].astype({"crp": "float32"})
    frame.to_stata(tmp_path / "t.dta", write_index=False)

    assert texts(read_table(tmp_path / "t.dta"))["crp"] == ["1.1", "2.5", "3"]


def test_what_spss_declares_to_be_missing_is_told_at_its_cell(tmp_path: Path) -> None:
    labels = {"age": {99: "refused"}}
    pyreadstat.write_sav(
        PATIENTS, tmp_path / "t.sav", variable_value_labels=labels, missing_ranges={"age": [99]}
    )

    raw = read_table(tmp_path / "t.sav")

    errors = [each for each in raw.remarks if each.severity == "error"]
    assert texts(raw)["age (label)"] == ["61", "refused", ""]
    assert [(each.row, each.column, each.value) for each in errors] == [
        (3, 3, "99"),
        (3, 6, "refused"),
    ]
    assert errors[0].hint == (
        "the file says that it means no value, with the label 'refused': list it under missing"
        " beside the column in study.yaml"
    )


def test_the_letters_of_missing_values_in_stata_are_told(tmp_path: Path) -> None:
    frame = pd.DataFrame({"id": ["P1", "P2"], "age": [61, "a"]})
    pyreadstat.write_dta(frame, tmp_path / "t.dta", missing_user_values={"age": ["a"]})

    raw = read_table(tmp_path / "t.dta")

    assert texts(raw)["age"] == ["61", ".a"]
    assert [(each.severity, each.row, each.value) for each in raw.remarks] == [("error", 3, ".a")]


def test_the_letters_of_missing_values_in_sas_are_told(tmp_path: Path) -> None:
    packed = IRIS.with_name("letters.sas7bdat.gz").read_bytes()
    (tmp_path / "t.sas7bdat").write_bytes(gzip.decompress(packed))

    raw = read_table(tmp_path / "t.sas7bdat")

    assert texts(raw)["age"] == ["61", ".A", "._"]
    errors = [("error", 3, ".A"), ("error", 4, "._")]
    assert [(each.severity, each.row, each.value) for each in raw.remarks] == errors


def test_a_data_file_of_sas_has_what_r_has_of_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "t.sas7bdat").write_bytes(gzip.decompress(IRIS.read_bytes()))
    with IRIS.with_name("iris.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)

    read = texts(read_table(tmp_path / "t.sas7bdat"))

    assert [*read] == [name.replace(".", "_") for name in header]
    # The file keeps six letters of a species.
    expected = [[*numbers, species[:6]] for *numbers, species in rows]
    assert list(map(list, zip(*read.values(), strict=True))) == expected


def test_data_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    for name, write in (("t.dta", pyreadstat.write_dta), ("t.sav", pyreadstat.write_sav)):
        write(PATIENTS, tmp_path / name)
        whole = (tmp_path / name).read_bytes()
        (tmp_path / f"cut{name}").write_bytes(whole[: len(whole) // 2])
        told = refused(tmp_path / f"cut{name}")
        assert told.startswith(f"cut{name}: allowed: a data file of S")
        assert "Traceback" not in told
        assert "; it is cut off or damaged: open it in S" in told
    pyreadstat.write_xport(PATIENTS[["id"]], tmp_path / "t.xpt")
    (tmp_path / "cut.xpt").write_bytes((tmp_path / "t.xpt").read_bytes()[:-20])
    assert "it is cut off or damaged, as it does not end with" in refused(tmp_path / "cut.xpt")
    (tmp_path / "t.dta").rename(tmp_path / "called.sav")

    assert refused(tmp_path / "called.sav") == (
        "called.sav: found 'a data file of Stata'; allowed: a file that is what its ending says:"
        " .sav; give it the ending .dta"
    )
    assert refused(tmp_path / "t.sav", "Data").endswith(
        "allowed: no sheet: such a file has one table; remove the key source.sheet from study.yaml"
    )


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("t.xpt", pyreadstat.write_xport),
        ("t.dta", pyreadstat.write_dta),
        ("t.sav", pyreadstat.write_sav),
    ],
)
def test_texts_in_the_encoding_of_windows_are_not_told_as_damage_alone(
    tmp_path: Path, name: str, write: Callable[..., object]
) -> None:
    path = tmp_path / name
    write(pd.DataFrame({"id": ["P1", "P2"], "note": ["mXde", "x"]}), path)
    path.write_bytes(path.read_bytes().replace(b"mXde", "müde".encode("cp1252")))

    told = refused(path)

    assert told.startswith(f"{name}: allowed: texts in UTF-8")
    assert "as .csv, and name the encoding of that under source.encoding" in told


def test_a_file_that_ends_the_reader_is_told() -> None:
    assert refused(CASES / "damaged-sav" / "table.sav") == (
        "table.sav: allowed: a data file of SPSS that can be read; it is cut off or damaged: open"
        " it in SPSS, and save it anew; if that is not possible, take an earlier copy, or have it"
        " sent again"
    )


def test_a_variable_without_a_name_does_no_harm() -> None:
    assert texts(read_table(CASES / "nameless-sav" / "table.sav"))


@pytest.mark.parametrize("write", [pyreadstat.write_xport, pyreadstat.write_por])
def test_a_wide_file_that_does_not_say_how_many_rows_it_has_is_refused(
    tmp_path: Path, write: Callable[..., None]
) -> None:
    path = tmp_path / ("t.xpt" if write is pyreadstat.write_xport else "t.por")
    write(pd.DataFrame({f"V{number}": [1.0] for number in range(700)}), path)

    assert refused(path).startswith(f"{path.name}: found '700 columns, 560 MB'; allowed: a table")


def edited(path: Path, *changes: tuple[str, str]) -> Path:
    """A portable file with other text, in lines of 80 letters as before."""
    text = path.read_bytes().decode("ascii").replace("\r\n", "")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    lines = [text[start : start + 80] for start in range(0, len(text), 80)]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
    return path


def test_a_portable_file_of_spss_has_its_labels_and_what_it_declares_to_be_missing(
    tmp_path: Path,
) -> None:
    pyreadstat.write_por(PATIENTS, tmp_path / "t.por")
    # In base 30, 39 is 99; 8 is a missing value of the variable above it, D are labels.
    missing = ("3/AGE5/8/2/5/8/2/", "3/AGE5/8/2/5/8/2/839/")
    labels = ("F2/P1", "D1/3/SEX2/1/6/Female2/4/MaleF2/P1")

    raw = read_table(edited(tmp_path / "t.por", missing, labels))

    assert texts(raw) == {
        "ID": ["P1", "P2", "P3"],
        "SEX": ["1", "2", "2"],
        "AGE": ["61", "99", ""],
        "CRP": ["1.1", "2.5", "3"],
        "BEGUN": ["2024-02-29", "", "2024-03-01"],
        "SEX (label)": ["Female", "Male", "Male"],
    }
    errors = [each for each in raw.remarks if each.severity == "error"]
    assert [(each.row, each.column, each.value) for each in errors] == [(3, 3, "99")]


@pytest.mark.parametrize("version", [5, 8])
def test_a_transport_file_of_sas_keeps_the_letters_of_missing_values(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "t.xpt"
    pyreadstat.write_xport(PATIENTS, path, file_format_version=version)
    # SAS writes a missing value as its letter with seven zeros behind it (TS-140).
    for number, letter in ((b"\x42\x63", b"_"), (b"\x41\x28", b"B")):
        content = path.read_bytes()
        assert content.count(number + bytes(6)) == 1
        path.write_bytes(content.replace(number + bytes(6), letter + bytes(7)))

    raw = read_table(path)

    assert texts(raw) == {
        "id": ["P1", "P2", "P3"],
        "sex": ["1", "2", "2"],
        "age": ["61", "._", ""],
        "crp": ["1.1", ".B", "3"],
        "begun": ["2024-02-29", "", "2024-03-01"],
    }
    assert [(e.severity, e.row, e.column, e.value) for e in raw.remarks] == [
        ("error", 3, 3, "._"),
        ("error", 3, 4, ".B"),
    ]


def test_files_of_statistics_programs_that_cannot_be_read_say_what_helps(tmp_path: Path) -> None:
    pyreadstat.write_xport(PATIENTS, tmp_path / "t.xpt")
    content = (tmp_path / "t.xpt").read_bytes()
    (tmp_path / "two.xpt").write_bytes(content + content[240:])
    (tmp_path / "cport.xpt").write_bytes(b"**COMPRESSED** **COMPRESSED** " * 9)
    (tmp_path / "formats.sas7bcat").write_bytes(b"catalogue")
    pyreadstat.write_por(PATIENTS, tmp_path / "called.sav")

    assert refused(tmp_path / "two.xpt").startswith(
        "two.xpt: found '2 tables'; allowed: a transport file with one table; write each table to a"
    )
    assert refused(tmp_path / "cport.xpt").endswith("PROC EXPORT, as .csv or .sav")
    assert refused(tmp_path / "formats.sas7bcat").endswith(
        "it has labels of codes and no table: name the table (.sas7bdat), and this file under"
        " source.catalogue of study.yaml or by --catalogue"
    )
    assert refused(tmp_path / "called.sav").endswith("give it the ending .por")


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_UNPACKED"])
def test_a_data_file_with_more_than_any_table_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(f"casebook.reading.statisticsfiles.{limit}", 14)
    pyreadstat.write_sav(PATIENTS, tmp_path / "t.sav")

    assert refused(tmp_path / "t.sav").startswith("t.sav: found '3 rows and 5 columns, ")


def test_of_a_data_file_that_does_not_say_how_many_rows_it_has_no_more_is_read_than_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyreadstat.write_sav(PATIENTS, tmp_path / "t.sav")
    data = bytearray((tmp_path / "t.sav").read_bytes())
    data[80:84] = b"\xff" * 4
    (tmp_path / "t.sav").write_bytes(data)
    monkeypatch.setattr("casebook.reading.statisticsfiles.MOST_CELLS", 9)

    assert refused(tmp_path / "t.sav").startswith("t.sav: found '2 rows and 5 columns, ")


def test_two_codes_with_one_label_are_told_where_the_labels_are_read(tmp_path: Path) -> None:
    labels = {"sex": {1: "Female", 2: "female", 3: "Male", 4: "Male"}}
    pyreadstat.write_sav(PATIENTS, tmp_path / "t.sav", variable_value_labels=labels)

    raw = read_table(tmp_path / "t.sav")

    (told,) = [each for each in raw.remarks if each.severity == "warning"]
    of_labels = next(n for n, header in raw.grid.headers.items() if header == "sex (label)")
    assert (told.row, told.column) == (0, of_labels)
    assert told.hint.startswith("the codes 1 and 2 of 'sex' have this one label: read the codes")
