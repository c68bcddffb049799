"""What a job read, and whether it would read the same now."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from shutil import copytree

import pytest

from casebook.base import files
from casebook.base.files import sha256, write_text
from casebook.commands import perform
from casebook.provenance.inputs import ChangedError, Inputs, find_inputs, finished_inputs
from casebook.provenance.misreaders import misreaders
from casebook.provenance.records import Record, read_record
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


def test_a_job_says_what_it_read_and_which_code_it_had_loaded(record: Path) -> None:
    found = read_record(record).inputs

    assert found.command == "summarise"
    assert found.study == study_digest(load_study(STUDY), "summarise")
    assert found.files == {"out/patients.csv": sha256(DATA)}
    assert {"scripts/summarise.py", "scripts/casebook/study/model.py"} <= found.code.keys()
    assert all(name.startswith("scripts/") for name in found.code)


def test_a_job_that_would_read_the_same_is_not_told(record: Path) -> None:
    write_text(STUDY, f"# a comment\n{STUDY.read_text()}")

    assert misreaders(load_study(STUDY), Path("out"), Path()) == {}


def test_another_table_is_noticed_whatever_its_date(record: Path) -> None:
    write_text(DATA, "patient\np2\n")

    assert misreaders(load_study(STUDY), Path("out"), Path()) == {record: ["out/patients.csv"]}


def test_a_result_that_was_changed_by_hand_is_made_again_before_it_is_read(record: Path) -> None:
    clean = Record(Inputs("clean", "", {}), {"patients.csv": sha256(DATA)}, {})
    write_text(Path("out/records/clean.json"), json.dumps(asdict(clean)))
    write_text(DATA, "patient\np2\n")

    assert record not in misreaders(load_study(STUDY), Path("out"), Path())


def test_a_link_to_another_version_of_casebook_is_noticed(record: Path) -> None:
    copytree(SCRIPTS, "other")
    write_text(Path("other/casebook/study/model.py"), "")
    Path("scripts").unlink()
    Path("scripts").symlink_to("other")

    assert misreaders(load_study(STUDY), Path("out"), Path()) == {
        record: ["scripts/casebook/study/model.py"]
    }


def test_a_part_of_the_study_that_the_job_uses_is_noticed(record: Path) -> None:
    text = STUDY.read_text()
    assert "select: age >= 65" in text
    write_text(STUDY, text.replace("range: [18, 120]", "range: [17, 120]"))

    assert misreaders(load_study(STUDY), Path("out"), Path()) == {
        record: ["resources/out/study.yaml"]
    }


def test_a_table_that_changes_while_it_is_read_ends_the_job(record: Path) -> None:
    table = Path("table.csv")
    table.write_text("ID\n")
    before = find_inputs("ingest", {"table": table})
    table.write_text("ID\n1\n")

    with pytest.raises(ChangedError, match=r"changed while it was read: .*table\.csv"):
        finished_inputs(before, {"table": table})
