"""Files that are written whole or not at all."""

from pathlib import Path

import pytest

from casebook.files import PERMISSION, WriteError, remove, write_text, written


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


def test_a_job_of_an_earlier_run_writes_and_removes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "results" / "file.txt"
    write_text(path, "of the later run")
    monkeypatch.setenv(PERMISSION, str(tmp_path / "taken-away"))

    with pytest.raises(WriteError, match=r"this job's run has ended and another one has begun"):
        write_text(path, "of the earlier run")

    with pytest.raises(WriteError, match=r"this job's run has ended and another one has begun"):
        remove(path)

    assert path.read_text(encoding="utf-8") == "of the later run"
    assert list(path.parent.iterdir()) == [path]
