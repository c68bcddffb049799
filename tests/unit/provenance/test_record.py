"""What a job says of the files that it read and wrote."""

import json
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from casebook.base import files
from casebook.base.files import sha256, write_text
from casebook.commands import perform
from casebook.provenance.record import (
    ChangedError,
    Record,
    begin,
    finish,
    read_record,
    read_records,
    write_record,
)
from casebook.provenance.study_digest import study_digest
from casebook.study.load import load_study

SCRIPTS = Path(__file__).parents[3] / "scripts"
STUDY = Path("study/study.yaml")
DATA, OUT = Path("out/patients.csv"), Path("out/summaries/older.csv")
RECORD = Path("out/records/summarise-older.json")


@pytest.fixture
def record(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record of a job that has read a table and written another."""
    make_study()
    Path("scripts").symlink_to(SCRIPTS)
    write_text(DATA, "patient\np1\n")
    write_text(OUT, "of the run before")
    monkeypatch.setattr(files, "_written", {})
    call = ["scripts/summarise.py", "--study", str(STUDY), "--patients", str(DATA)]
    monkeypatch.setattr(sys, "argv", [*call, "--results", str(OUT), "--record", str(RECORD)])
    perform(_copy)

    return RECORD


def _copy(study: Path, patients: Path, results: Path) -> None:
    write_text(results, patients.read_text())


def test_a_job_says_what_it_read_and_wrote_and_which_code_and_packages_it_had_loaded(
    record: Path,
) -> None:
    found = read_record(record)

    assert found.command == "summarise"
    assert found.study == study_digest(load_study(STUDY), "summarise")
    assert found.files == {"out/patients.csv": sha256(DATA)}
    assert {"scripts/summarise.py", "scripts/casebook/study/model.py"} <= found.code.keys()
    assert all(name.startswith("scripts/") for name in found.code)
    assert found.outputs == {"summaries/older.csv": sha256(OUT)}
    assert found.versions["python"] == platform.python_version()
    assert found.versions["numpy"] == version("numpy") == np.__version__


def test_the_last_job_vouches_for_all_of_casebook_loaded_or_not(tmp_path: Path) -> None:
    for name in ("Snakefile", "envs/clean.yaml", "scripts/clean.py", "README.md"):
        write_text(tmp_path / name, name)

    found = begin("manifest", {"code": tmp_path})

    assert list(found.code) == ["Snakefile", "envs/clean.yaml", "scripts/clean.py"]


def test_a_table_that_changes_while_it_is_read_ends_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(SCRIPTS / "ingest.py")])
    table = Path("table.csv")
    table.write_text("ID\n")
    before = begin("ingest", {"table": table})
    table.write_text("ID\n1\n")

    with pytest.raises(ChangedError, match=r"changed while it was read: .*table\.csv"):
        finish(before, {"table": table}, Path("results"))


def test_a_module_that_changes_while_a_job_runs_counts_as_it_was_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = copytree(SCRIPTS, tmp_path / "scripts")
    monkeypatch.setattr(files, "_written", {})
    monkeypatch.setattr(sys, "argv", [str(scripts / "clean.py")])
    module = scripts / "casebook/base/files.py"
    loaded = sha256(module)
    before = begin("clean", {})
    module.write_text("# edited meanwhile\n")

    found = finish(before, {}, Path())

    assert found.code["scripts/casebook/base/files.py"] == loaded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"command": 3, "files": 3}',
        '{"command": "clean", "files": {"a": 1}}',
        json.dumps({"command": "clean", "other": 1}),
        json.dumps({"command": "clean", "outputs": {"/dev/zero": "12ab"}}),
        json.dumps({"command": "clean", "outputs": {"../other/table.csv": "12ab"}}),
    ],
)
def test_a_record_that_cannot_be_read_or_names_a_file_elsewhere_is_none(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "records/clean.json"
    write_text(path, text)

    assert read_records(tmp_path) == {path: None}


def test_records_of_a_study_that_was_never_made_are_none(tmp_path: Path) -> None:
    assert read_records(tmp_path / "nowhere") == {}


def test_a_record_that_is_no_regular_file_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "records/clean.json"
    write_record(path, Record("clean"))
    path.with_name("other.json").symlink_to("/dev/zero")

    assert list(read_records(tmp_path)) == [path]
