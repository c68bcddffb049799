"""A study names a catalogue of SAS's formats for a table, which is held against that."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sas
from casebook.data.cells import Grid, read_grid
from casebook.data.stacked import unstacked
from casebook.mistakes import remarkable_in, wrong_with
from casebook.prepare.events import raw_events
from casebook.prepare.ingest import ingest
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

SECOND = f"{{ table: {sas.SECOND}, patient: id, catalogue: {sas.OF_SECOND} }}"
JOINED = f"  joined: {{ second: {SECOND} }}\n"
GROUP = "variables:\n  grp: { label: Group, column: grp (label), type: text }\n"


def texts(grid: Grid, header: str) -> list[str]:
    """The texts of a column."""
    return next(rest for name, *rest in grid.columns.values() if name == header)


@pytest.fixture
def of_sas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A study.yaml beside two tables of SAS, each with a catalogue; its text can be another one."""
    monkeypatch.chdir(tmp_path)

    def make(old: str = "", new: str = "") -> Path:
        folder = Path("study")
        folder.mkdir()
        sas.lay(folder, sas.CATALOGUE)
        sas.lay_second(folder)
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
            "source.catalogue: only a table of SAS (.sas7bdat, .xpt) has a catalogue; remove the",
        ),
        (
            "variables:\n",
            JOINED.replace(sas.OF_SECOND, "others.sas7bcat") + GROUP,
            "line 6: source.joined.second.catalogue: no file 'others.sas7bcat' in study; files",
        ),
        (
            "variables:\n",
            JOINED.replace(sas.OF_SECOND, sas.SECOND) + GROUP,
            "study/second.sas7bdat: found 'a data file of SAS'; allowed: a catalogue of SAS's",
        ),
        (
            "variables:\n",
            JOINED.replace(sas.SECOND, "table.csv") + GROUP,
            "source.joined.second.catalogue: only a table of SAS (.sas7bdat, .xpt) has a catalogue",
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


def test_each_table_has_the_labels_of_its_own_catalogue(of_sas: Callable[..., Path]) -> None:
    file = of_sas("variables:\n", JOINED + GROUP)
    study, found = load_study(file), wrong_with(file)
    cells, remarks = file.with_name("cells.csv"), file.with_name("remarks.csv")

    first, second, *catalogues = (file.with_name(each) for each in study.tables)
    ingest(file, first, cells, remarks, joined=[second], catalogues=catalogues)

    assert str(found) == ""
    assert [each.name for each in catalogues] == [sas.CATALOGUE, sas.OF_SECOND]
    of_first, of_second = unstacked(read_grid(cells))
    assert {*texts(of_first, "arm (label)")} == {"Placebo", "Verum"}
    assert {*texts(of_second, "grp (label)")} == {"Control", "Verum"}


def test_a_joined_table_without_a_catalogue_has_no_labels(of_sas: Callable[..., Path]) -> None:
    file = of_sas("variables:\n", JOINED.replace(f", catalogue: {sas.OF_SECOND}", "") + GROUP)

    found = wrong_with(file)

    assert "found 'grp (label)'" in str(found)
    (note,) = [each for each in remarkable_in(found) if each.value.startswith("$SEX of 'gen'")]
    assert note.hint.endswith("name it under source.joined.second.catalogue of study.yaml")


def test_a_table_of_adverse_events_has_the_labels_of_its_own_catalogue(
    of_sas: Callable[..., Path],
) -> None:
    columns = "columns: { patient: id, term: arm (label) }"
    table = f"table: labelled.sas7bdat, catalogue: {sas.OF_SECOND}"
    harms = f"harms: {{ table: {{ {table}, {columns} }} }}"
    file = of_sas("table: labelled.sas7bdat\n  catalogue: formats.sas7bcat", "table: table.csv")
    text = file.read_text(encoding="utf-8").replace("cohorts:", f"{harms}\ncohorts:")
    file.write_text(text, encoding="utf-8")
    patients = "".join(f"P{number},Male,1\n" for number in range(1, 7))
    file.with_name("table.csv").write_text(f"id,sex (label),arm\n{patients}", encoding="utf-8")

    raw = raw_events(load_study(file), file.with_name(sas.TABLE))

    assert str(wrong_with(file)) == ""
    terms = ["Control", "Verum", "Control", "Verum", "Verum", "Control"]
    assert texts(raw.grid, "arm (label)") == terms


def test_events_in_the_table_of_patients_have_the_labels_of_its_catalogue(
    of_sas: Callable[..., Path],
) -> None:
    columns = "columns: { patient: id, term: arm (label) }"
    harms = f"harms: {{ table: {{ table: {sas.TABLE}, rows_with: {{ sex: m }}, {columns} }} }}\n"
    file = of_sas("variables:\n", f"  rows_with: {{ sex: f }}\n{harms}variables:\n")

    raw = raw_events(load_study(file), file.with_name(sas.TABLE))

    assert {*texts(raw.grid, "arm (label)")} == {"Placebo", "Verum"}
