"""What a job says of the files that it wrote."""

import json
import os
import platform
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from casebook.base import files
from casebook.base.files import sha256, write_text
from casebook.provenance.inputs import Inputs
from casebook.provenance.records import dated_ahead, misfits, read_record, records, write_record

READ = Inputs("clean", "", {"cells.csv": "12ab"})


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a job that wrote two files."""
    monkeypatch.setattr(files, "_written", {})
    write_text(tmp_path / "one.csv", "one\n")
    write_text(tmp_path / "figures/two.svg", "two\n")
    path = tmp_path / "records/job.json"
    write_record(path, READ)
    return path


def test_a_record_has_the_digests_of_what_was_written_and_the_versions_in_use(
    record: Path, tmp_path: Path
) -> None:
    found = read_record(record)

    assert found.inputs == READ
    assert found.outputs == {
        "one.csv": sha256(tmp_path / "one.csv"),
        "figures/two.svg": sha256(tmp_path / "figures/two.svg"),
    }
    assert found.versions["python"] == platform.python_version()
    assert found.versions["numpy"] == version("numpy") == np.__version__


def test_untouched_files_fit_their_record(record: Path, tmp_path: Path) -> None:
    assert misfits(tmp_path) == {}


def test_a_job_whose_files_are_dated_later_than_now_is_told(record: Path, tmp_path: Path) -> None:
    os.utime(record, (1000, 1000))
    for name, date in (("one.csv", 1000), ("figures/two.svg", 1001)):
        os.utime(tmp_path / name, (date, date))

    assert dated_ahead(tmp_path, now=1001) == []
    assert dated_ahead(tmp_path, now=1000) == [record]


def test_edited_truncated_and_removed_files_are_blamed(record: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "figures/two.svg"

    one.write_text("on", encoding="utf-8")
    two.unlink()

    assert misfits(tmp_path) == {record: [two, one]}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"inputs": 3}', json.dumps({"outputs": {}, "other": 1})]
)
def test_a_record_that_cannot_be_read_is_blamed_itself(
    record: Path, tmp_path: Path, text: str
) -> None:
    record.write_text(text, encoding="utf-8")

    assert records(tmp_path) == {record: None}
    assert misfits(tmp_path) == {record: [record]}


def test_records_of_a_study_that_was_never_made_are_none(tmp_path: Path) -> None:
    assert records(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("name", ["/dev/zero", "../other/table.csv"])
def test_a_record_that_names_a_file_elsewhere_is_blamed_itself(
    record: Path, tmp_path: Path, name: str
) -> None:
    told = json.loads(record.read_text())
    record.write_text(json.dumps(told | {"outputs": {name: "12ab"}}))

    assert misfits(tmp_path) == {record: [record]}


def test_a_record_that_is_no_regular_file_is_none(record: Path, tmp_path: Path) -> None:
    record.with_name("other.json").symlink_to("/dev/zero")

    assert list(records(tmp_path)) == [record]
