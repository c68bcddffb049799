"""Files that are written whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.files import (
    RUN,
    WriteError,
    known_sha256,
    remove,
    sha256,
    stays_within,
    take_over,
    write_text,
    written,
)


def test_a_file_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"

    with written(path) as unfinished:
        unfinished.write_text("half", encoding="utf-8")
        assert not path.exists()
        unfinished.write_text("whole", encoding="utf-8")

    assert path.read_text(encoding="utf-8") == "whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_text(path, "old")

    with pytest.raises(RuntimeError), written(path) as unfinished:
        unfinished.write_text("half", encoding="utf-8")
        raise RuntimeError

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_machine_that_does_not_let_write_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file", encoding="utf-8")

    with pytest.raises(WriteError, match=r"folder/file\.txt cannot be written: File exists"):
        write_text(tmp_path / "folder" / "file.txt", "text")


@pytest.fixture
def job_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has this process be a job of a run, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return lambda run: monkeypatch.setenv(RUN, run)


def test_a_job_of_an_earlier_run_writes_and_removes_nothing(job_of: Callable[[str], None]) -> None:
    path = Path("results/one/logs/file.txt")
    write_text(path, "of the later run")
    take_over(Path("results/one"), "later")
    job_of("earlier")

    with pytest.raises(WriteError, match=r"this job's run has ended and another one has begun"):
        write_text(path, "of the earlier run")

    with pytest.raises(WriteError, match=r"this job's run has ended and another one has begun"):
        remove(path)

    assert path.read_text(encoding="utf-8") == "of the later run"
    assert list(path.parent.iterdir()) == [path]


def test_a_job_goes_on_when_a_run_on_another_study_begins(job_of: Callable[[str], None]) -> None:
    take_over(Path("results/one"), "earlier")
    take_over(Path("results/other"), "later")
    job_of("earlier")

    write_text(Path("results/one/file.txt"), "whole")

    assert Path("results/one/file.txt").read_text(encoding="utf-8") == "whole"


def test_no_run_begins_with_what_another_one_is_making(job_of: Callable[[str], None]) -> None:
    take_over(Path("results/one"), "earlier")
    job_of("earlier")

    with pytest.raises(WriteError, match="another run is making results/one"):
        take_over(Path("results/one"), "later")

    write_text(Path("results/one/file.txt"), "whole")


def test_only_regular_files_have_a_digest(tmp_path: Path) -> None:
    write_text(tmp_path / "a.csv", "a")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")

    assert known_sha256(tmp_path / "a.csv") == sha256(tmp_path / "a.csv")
    for name in ("pipe", "link", "none", ".", "/dev/zero"):
        assert known_sha256(tmp_path / name) == ""


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("report.html", True),
        ("figures/a..b.svg", True),
        ("/dev/zero", False),
        ("../other/report.html", False),
        ("figures/../../../study.yaml", False),
    ],
)
def test_a_path_that_leads_out_of_its_folder_is_known(name: str, within: bool) -> None:
    assert stays_within(name) == within
