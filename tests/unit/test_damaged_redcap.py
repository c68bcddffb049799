"""Whatever becomes of an export of REDCap, its dictionary or its study.yaml is told, or is read.

The cases stand in tests/cases/damaged-redcap; while one works, one in nine is tried.
"""

import json
import shutil
from pathlib import Path

import pytest

from casebook.cli.check import checked, in_words
from casebook.mistakes import wrong_with
from workflow import ROOT

CASES = ROOT / "tests/cases/damaged-redcap"
FILES = ("export.csv", "dictionary.csv", "study.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sound files."""
    monkeypatch.chdir(tmp_path)
    made = Path("damaged")
    made.mkdir()
    for name in FILES:
        shutil.copy(CASES / name, made)
    return made


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            json.loads(line), id=json.loads(line)[0], marks=[pytest.mark.slow] * bool(i % 9)
        )
        for i, line in enumerate((CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines())
    ],
)
def test_what_is_damaged_is_told_or_read(case: list[str], folder: Path) -> None:
    _, name, old, new, expected = case
    text = (folder / name).read_text(encoding="utf-8")
    assert old == "*" or old in text
    damaged = new if old == "*" else text.replace(old, new, 1)
    (folder / name).write_text(damaged, encoding="utf-8")
    severity, _, parts = expected.partition(": ")

    found = checked(folder)

    told = in_words([found])
    if severity == "read":
        assert told.startswith("damaged: no mistakes found\n")
        assert _drugs(folder) == parts
        return
    assert bool(found.wrong) == (severity == "error"), told
    for part in parts.split(" … "):
        assert part in told


def _drugs(folder: Path) -> str:
    """The sets of the patients in words."""
    read = wrong_with(folder / "study.yaml").read
    assert read is not None
    sets = zip(read.roster.ids, read.roster.sets("drugs"), strict=True)
    texts = (
        (who, "?" if members is None else " ".join(each.name for each in members) or "none")
        for who, members in sets
    )
    return ", ".join(f"{who} {text}" for who, text in texts)
