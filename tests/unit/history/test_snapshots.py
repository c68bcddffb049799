"""Files of a run, read as the state of a study at some time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.history.earlier import files_in
from casebook.history.snapshots import SnapshotError, read_snapshot

ResultsOf = Callable[..., Path]


def test_a_snapshot_has_the_cells_as_corrected(results_of: ResultsOf) -> None:
    corrections = "patient\tcolumn\told\tnew\treason\na\tAfter\t3\t4\tmisread\n"

    table = read_snapshot(files_in(results_of(corrections=corrections))).table

    assert table is not None
    assert (table.numbers, table.patients) == ([2, 3, 4], ["a", "b", "c"])
    assert table.texts["After"] == ["4", "25", "NA"]
    assert table.corrections == {(0, "After"): "corrected from '3' to '4': misread"}


def test_a_correction_is_known_by_its_columns_and_not_by_its_words(results_of: ResultsOf) -> None:
    out = results_of(corrections="patient\tcolumn\told\tnew\treason\na\tAfter\t3\t4\tmisread\n")
    findings = (out / "findings.csv").read_text(encoding="utf-8")
    reworded = findings.replace("corrected from '3' to '4'", "4 was meant")
    (out / "findings.csv").write_text(reworded, encoding="utf-8")

    table = read_snapshot(files_in(out)).table

    assert table is not None
    assert table.corrections == {(0, "After"): "4 was meant: misread"}


def test_columns_of_the_same_header_are_told_apart(results_of: ResultsOf) -> None:
    table = "ID,Age,Sex,Drugs,Start,Remark,Before,After,Note,,Note\na,70,F,,,,1,2,x,y,z\n"

    read = read_snapshot(files_in(results_of(table=table))).table

    assert read is not None
    assert [*read.columns][-3:] == ["Note", "(column 10)", "Note (column 11)"]
    assert read.texts["Note (column 11)"] == ["z"]


def test_what_is_not_there_is_not_known(results_of: ResultsOf) -> None:
    out = results_of()
    (out / "patients.csv").unlink()

    snapshot = read_snapshot(files_in(out))

    assert snapshot.results
    assert (snapshot.table, snapshot.verdicts, snapshot.settings) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("results.csv", "group1,", "group,", "has the columns group, group1_level"),
        ("results.csv", ",n,Patients,1,", ",n,Patients,one,", "cannot be read: could not convert"),
        ("results.csv", ",n,Patients,1,", ",n,Patients,1", "record 2 has not as many cells"),
        ("cells.csv", "\n1,1,", "\n1,A,", "cannot be read: not every row of it has the same"),
        ("patients.csv", "patient,row", "row,patient", "has the columns row, patient"),
        ("findings.csv", ",2,After,", ",two,After,", "cannot be read: invalid literal for int"),
    ],
)
def test_a_file_that_is_not_as_a_run_leaves_it_is_told_by_its_name(
    results_of: ResultsOf, name: str, old: str, new: str, told: str
) -> None:
    out = results_of(corrections="patient\tcolumn\told\tnew\treason\na\tAfter\t3\t4\tmisread\n")
    text = (out / name).read_text(encoding="utf-8")
    assert old in text
    (out / name).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(SnapshotError) as error:
        read_snapshot(files_in(out))

    assert str(error.value).startswith(f"out/{name}: {told}")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"row,column,text\n"])
def test_a_file_without_cells_is_refused(results_of: ResultsOf, content: bytes) -> None:
    out = results_of()
    (out / "cells.csv").write_bytes(content)

    with pytest.raises(SnapshotError, match=r"^out/cells\.csv: "):
        read_snapshot(files_in(out))


def test_a_level_that_is_none_is_told_by_its_key(results_of: ResultsOf) -> None:
    out = results_of()
    (out / "study.yaml").write_text("analysis: { alpha: high }\n")

    with pytest.raises(ModelFileError, match=r"out/study\.yaml, line 1: alpha: "):
        read_snapshot(files_in(out))
