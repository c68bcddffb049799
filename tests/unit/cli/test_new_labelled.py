"""Drafts of data files that have labels, and say which values are none."""

from pathlib import Path

import pandas as pd
import pytest

import sas
from casebook.cli.main import main
from casebook.mistakes import mistakes
from casebook.study.load import load_study
from casebook.study.variables import CategoryVariable, NumberVariable

pyreadstat = pytest.importorskip("pyreadstat")

PATIENTS = pd.DataFrame(
    {
        "pat": ["P1", "P2", "P3", "P4", "P5", "P6"],
        "sex": [1, 2, 2, 1, 2, 1],
        "smoker": [1, 0, 9, 0, 1, 0],
        "age": [61.0, 99.0, 55.0, 47.0, 50.0, 38.0],
        "v7": [21.0, 12.5, 30.0, 14.0, 99.0, 17.0],
        "v8": [11.0, 2.5, 9.0, 7.0, 5.0, 6.0],
        "pain0": [6, 7, 5, 8, 4, 7],
        "pain1": [2, 3, 1, 4, 2, 2],
    }
)
WRITTEN = {
    "column_labels": {"sex": "Sex at birth", "v7": "CRP before (mg/l)", "v8": "CRP after (mg/l)",
                      "pain0": "Pain", "pain1": "Pain"},
    "variable_value_labels": {"sex": {1: "male", 2: "female"},
                              "smoker": {0: "never", 1: "current", 9: "refused"}},
    "missing_ranges": {"smoker": [9], "v7": [99], "age": [99]},
}  # fmt: skip


def test_labels_and_declared_missing_values_are_in_the_draft() -> None:
    pyreadstat.write_sav(PATIENTS, "t.sav", **WRITTEN)

    code = main(["new", "t.sav"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, mistakes(Path("resources/t/study.yaml"))) == (0, "")
    assert [*study.variables] == ["sex", "smoker", "age"]
    sex, smoker, age = study.variables.values()
    assert isinstance(sex, CategoryVariable) and isinstance(smoker, CategoryVariable)
    assert (sex.label, sex.levels) == ("Sex at birth", {"1": "Male", "2": "Female"})
    assert (smoker.levels, smoker.missing) == ({"0": "Never", "1": "Current"}, ("9",))
    assert isinstance(age, NumberVariable) and age.missing == ("99",)
    assert {name: each.label for name, each in study.outcomes.items()} == {
        "crp": "CRP", "pain": "pain",
    }  # fmt: skip
    assert (study.outcomes["crp"].unit, study.outcomes["crp"].missing) == ("mg/l", ("99",))
    assert [each.label for each in study.cohorts.values()] == ["Everyone", "Male", "Female"]


_VISITS = {1: "Baseline", 2: "Week 4", 3: "Week 12"}
_ANSWERS = {0: "No", 1: "Yes", 9: "Not assessed"}
_WIDE = {
    "pat": ["P1", "P2", "P3"],
    "relapse0": [0, 1, 9],
    "relapse1": [0, 9, 1],
    "relapse2": [9, 0, 1],
}
_LONG = {
    "pat": ["P1", "P1", "P1", "P2", "P2", "P2", "P3", "P3", "P3"],
    "visit": [1, 2, 3] * 3,
    "relapse": [9, 0, 1, 9, 1, 0, 9, 0, 0],
    "crp": [1.5, 20.0, 3.0, 4.5, 11.0, 7.0, 5.0, 9.0, 2.0],
}


@pytest.mark.parametrize(
    ("table", "answered_at"),
    [(_WIDE, ["visit0", "visit1", "visit2"]), (_LONG, ["week_4", "week_12"])],
)
def test_answers_that_are_declared_missing_are_in_the_draft_of_visits_with_others(
    table: dict[str, list[object]], answered_at: list[str]
) -> None:
    asked = [name for name in table if name.startswith("relapse")]
    pyreadstat.write_sav(
        pd.DataFrame(table),
        "t.sav",
        variable_value_labels={"visit": _VISITS, **dict.fromkeys(asked, _ANSWERS)},
        missing_ranges={name: [9] for name in asked},
    )

    code = main(["new", "t.sav"])

    study = load_study(Path("resources/t/study.yaml"))
    assert (code, mistakes(Path("resources/t/study.yaml"))) == (0, "")
    (grade,) = study.grades.values()
    assert [*grade.at] == answered_at
    answers = [study.variables[name] for name in grade.at.values()]
    assert all(isinstance(e, CategoryVariable) and e.missing == ("9",) for e in answers)


def test_a_code_whose_label_says_that_it_is_not_known_is_missing_in_the_draft() -> None:
    labels = {"smoker": {0: "never", 1: "current", 9: "unknown"}}
    pyreadstat.write_sav(PATIENTS, "t.sav", variable_value_labels=labels)

    main(["new", "t.sav"])

    smoker = load_study(Path("resources/t/study.yaml")).variables["smoker"]
    assert isinstance(smoker, CategoryVariable)
    assert (smoker.levels, smoker.missing) == ({"0": "Never", "1": "Current"}, ("9",))


def test_codes_with_one_label_stay_apart_in_the_draft() -> None:
    labels = {"sex": {1: "male", 2: "Male"}}
    pyreadstat.write_sav(PATIENTS, "t.sav", variable_value_labels=labels)

    main(["new", "t.sav"])

    sex = load_study(Path("resources/t/study.yaml")).variables["sex"]
    assert isinstance(sex, CategoryVariable)
    assert sex.levels == {"1": "Male (1)", "2": "Male (2)"}
    assert "whether the codes of male mean the same" in Path("resources/t/study.yaml").read_text()


@pytest.mark.parametrize("beside", [True, False])
def test_a_catalogue_beside_a_table_of_sas_is_in_the_draft(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    beside: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    table = sas.lay(tmp_path, sas.CATALOGUE)
    other = Path(sas.CATALOGUE).rename("other.sas7bcat") if not beside else Path(sas.CATALOGUE)

    code = main(["new", table.name, *([] if beside else ["--catalogue", other.name])])

    assert f"{other} has labels of its codes, and was copied with it." in capsys.readouterr().out
    study = load_study(Path("resources/labelled/study.yaml"))
    assert (code, mistakes(Path("resources/labelled/study.yaml"))) == (0, "")
    assert study.source.catalogue == other.name
    sex, arm, severity, *_ = study.variables.values()
    assert isinstance(sex, CategoryVariable) and isinstance(arm, CategoryVariable)
    assert isinstance(severity, CategoryVariable)
    assert sex.levels == {"f": "Female", "m": "Male"}
    assert arm.levels == {"1": "Placebo", "2": "Verum"}
    assert [*severity.levels] == ["0", "1", "2.5"]
    assert severity.missing == (".A", "-9")


def test_a_damaged_catalogue_beside_a_table_of_sas_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    table = sas.lay(tmp_path)
    Path(sas.CATALOGUE).write_bytes(sas.content(sas.CATALOGUE)[:5000])

    assert main(["new", table.name]) == 0

    told = capsys.readouterr().out
    assert "It has the formats $SEX of 'sex'" in told
    assert f"{sas.CATALOGUE}: allowed: a catalogue that can be read; it is cut off" in told


def test_a_catalogue_that_cannot_be_of_the_table_is_not_in_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    sas.lay(tmp_path, sas.CATALOGUE)
    Path("t.csv").write_text("id,arm\nP1,1\nP2,2\n", encoding="utf-8")
    content = sas.content(sas.CATALOGUE)
    for name in (b"$SEX", b"ARM ", b"SEVERITY"):
        content = content.replace(name, b"X" + name[1:])
    Path(sas.CATALOGUE).write_bytes(content)

    assert main(["new", "t.csv", "--catalogue", sas.CATALOGUE]) == 2
    assert main(["new", sas.TABLE, "--catalogue", "not_there.sas7bcat"]) == 2
    told = capsys.readouterr().err
    assert main(["new", sas.TABLE]) == 0
    of_draft = capsys.readouterr().out

    assert "It has the formats $SEX of 'sex', ARM of 'arm', " in of_draft
    assert "--catalogue is for tables of SAS (.sas7bdat, .xpt), and none of these is one" in told
    assert "not_there.sas7bcat: no such file" in told
    assert load_study(Path("resources/labelled/study.yaml")).source.catalogue is None


def test_each_table_of_sas_is_drafted_by_its_own_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tables = [sas.lay(tmp_path, sas.CATALOGUE), sas.lay_second(tmp_path)]

    code = main(["new", *(each.name for each in tables)])

    file = Path("resources/labelled/study.yaml")
    study = load_study(file)
    arm, group = study.variables["arm"], study.variables["grp"]
    assert (code, mistakes(file)) == (0, "")
    found = [each.catalogue for each in study.source.tables.values()]
    assert found == [sas.CATALOGUE, sas.OF_SECOND]
    assert isinstance(arm, CategoryVariable) and isinstance(group, CategoryVariable)
    assert [arm.levels["1"], group.levels["1"]] == ["Placebo", "Control"]


def test_two_files_of_one_name_are_not_laid_one_over_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").mkdir()
    Path("b").mkdir()
    tables = [sas.lay(Path("a"), sas.CATALOGUE), sas.lay_second(Path("b"))]
    Path("b", sas.OF_SECOND).rename(Path("b", sas.CATALOGUE))

    code = main(["new", *map(str, tables)])

    told = capsys.readouterr().err
    assert (code, Path("resources").exists()) == (2, False)
    assert "a/formats.sas7bcat and b/formats.sas7bcat would both be formats.sas7bcat in" in told
