"""A study names a catalogue of SAS's formats, which is held against its tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sas
from casebook.mistakes import remarkable_in, wrong_with
from casebook.prepare.events import raw_events
from casebook.study.load import load_study

pytest.importorskip("pyreadstat")

STUDY = """\
title: By catalogue
source:
  table: labelled.sas7bdat
  catalogue: formats.sas7bcat
  patient: id
variables:
  sex: { label: Sex, column: sex (label), type: category, levels: { Female: Female, Male: Male } }
  arm: { label: Arm, column: arm, type: category, levels: { 1: Placebo, 2: Verum } }
cohorts:
  everyone: { label: Everyone }
"""


@pytest.fixture
def of_sas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A study.yaml beside a table of SAS and its catalogue; its text can be another one."""
    monkeypatch.chdir(tmp_path)

    def make(old: str = "", new: str = "") -> Path:
        folder = Path("study")
        folder.mkdir()
        sas.lay(folder, sas.CATALOGUE)
        assert old in STUDY
        (folder / "study.yaml").write_text(STUDY.replace(old, new, 1), encoding="utf-8")
        return folder / "study.yaml"

    return make


def test_levels_are_read_by_their_labels(of_sas: Callable[..., Path]) -> None:
    file = of_sas()

    found = wrong_with(file)

    assert (str(found), load_study(file).tables) == ("", (sas.TABLE, sas.CATALOGUE))
    assert found.read is not None
    assert [*found.read.roster.texts("sex")] == ["Female", "Male", "Male", "Female", "", "Male"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "catalogue: formats.sas7bcat",
            "catalogue: format.sas7bcat",
            "line 4: source.catalogue: no file 'format.sas7bcat' in study; files there: formats.",
        ),
        (
            "catalogue: formats.sas7bcat",
            "catalogue: ../formats.sas7bcat",
            "line 4: source.catalogue: ",
        ),
        (
            "catalogue: formats.sas7bcat",
            "catalogue: labelled.sas7bdat",
            "study/labelled.sas7bdat: found 'a data file of SAS'; allowed: a catalogue of SAS's",
        ),
        (
            "table: labelled.sas7bdat",
            "table: table.csv",
            "source.catalogue: only tables of SAS (.sas7bdat, .xpt) have a catalogue, and the",
        ),
        (
            "table: labelled.sas7bdat\n  catalogue: formats.sas7bcat",
            "table: formats.sas7bcat",
            "it has labels of codes and no table: name the table (.sas7bdat), and this file under",
        ),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_the_one_thing_that_is_told(
    of_sas: Callable[..., Path], old: str, new: str, expected: str
) -> None:
    file = of_sas(old, new)
    file.with_name("table.csv").write_text("id,sex (label),arm\nP1,Male,1\n", encoding="utf-8")

    told = str(wrong_with(file)).splitlines()

    assert [each for each in told if expected in each], told
    assert not any("column 'sex (label)'" in each or "found 'sex (label)'" in each for each in told)


def test_a_catalogue_without_the_formats_of_the_table_is_told_with_the_columns(
    of_sas: Callable[..., Path],
) -> None:
    file = of_sas()
    other = sas.content(sas.CATALOGUE).replace(b"$SEX", b"$SXX")
    file.with_name(sas.CATALOGUE).write_bytes(other)

    found = wrong_with(file)

    assert "found 'sex (label)'" in str(found)
    (warning,) = [each for each in remarkable_in(found) if each.value == "$SEX of 'sex'"]
    assert warning.hint.startswith("not in the catalogue formats.sas7bcat")


def test_a_table_of_adverse_events_has_the_labels_of_the_catalogue_too(
    of_sas: Callable[..., Path],
) -> None:
    columns = "columns: { patient: id, term: arm (label) }"
    harms = f"harms: {{ table: {{ table: labelled.sas7bdat, {columns} }} }}"
    file = of_sas("table: labelled.sas7bdat", "table: table.csv")
    text = file.read_text(encoding="utf-8").replace("cohorts:", f"{harms}\ncohorts:")
    file.write_text(text, encoding="utf-8")
    patients = "".join(f"P{number},Male,1\n" for number in range(1, 7))
    file.with_name("table.csv").write_text(f"id,sex (label),arm\n{patients}", encoding="utf-8")

    raw = raw_events(load_study(file), file.with_name(sas.TABLE))

    assert str(wrong_with(file)) == ""
    terms = next(rest for name, *rest in raw.grid.columns.values() if name == "arm (label)")
    assert terms == ["Placebo", "Verum", "Placebo", "Verum", "Verum", "Placebo"]
