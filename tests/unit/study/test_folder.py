"""Files of a study's folder that are read, that seem to be meant, and that are not used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.provenance.study_digest import study_digest
from casebook.study.config import study_names
from casebook.study.load import load_study

Make = Callable[..., Path]
TO_TABS = "save it as corrections.tsv, a text file with tabs between the columns"
TAKE_OUT = "move its contents into corrections.tsv, and remove"


def told(study: Path) -> str:
    with pytest.raises(ModelFileError) as error:
        load_study(study)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "meant", "advice"),
    [
        ("Corrections.tsv", "corrections.tsv", "rename it to corrections.tsv"),
        ("correction.tsv", "corrections.tsv", "rename it to corrections.tsv"),
        ("corections.tsv", "corrections.tsv", "rename it to corrections.tsv"),
        ("corrections.tsv.txt", "corrections.tsv", "rename it to corrections.tsv"),
        ("corrections (1).tsv", "corrections.tsv", "rename it to corrections.tsv"),
        ("corrections", "corrections.tsv", "rename it to corrections.tsv"),
        ("corrections.csv", "corrections.tsv", TO_TABS),
        ("CORRECTIONS.XLSX", "corrections.tsv", TO_TABS),
        ("claims.csv", "claims.tsv", TO_TABS.replace("corrections", "claims")),
        ("Claims.tsv", "claims.tsv", "rename it to claims.tsv"),
        ("study.yml", "study.yaml", "move its contents into study.yaml, and remove study.yml from"
         " the folder"),
        ("Study.yaml", "study.yaml", "move its contents into study.yaml, and remove Study.yaml"
         " from the folder"),
    ],
)  # fmt: skip
def test_a_file_that_seems_to_be_meant_is_an_error_with_what_to_do(
    make_study: Make, name: str, meant: str, advice: str
) -> None:
    study = make_study()
    (study.parent / name).write_text("patient\n")

    assert told(study) == f"study: {name!r} is not read, only {meant!r} is: {advice}"


def test_two_files_of_corrections_are_an_error_though_one_is_read(make_study: Make) -> None:
    study = make_study()
    for name in ("corrections.tsv", "corrections.csv"):
        (study.parent / name).write_text("patient\n")

    assert told(study).endswith(f"{TAKE_OUT} corrections.csv from the folder")


@pytest.mark.parametrize("name", ["corrections.tsv", "Claims.tsv"])
def test_a_folder_of_such_a_name_is_an_error(make_study: Make, name: str) -> None:
    study = make_study()
    (study.parent / name).mkdir()

    assert told(study).endswith(f"it is a folder, but {name.lower()} must be a file")


def test_a_study_whose_description_has_another_name_is_told(make_study: Make) -> None:
    make_study().rename("study/study.yml")

    with pytest.raises(ModelFileError) as error:
        study_names({"studies": ["study"]}, Path())

    assert str(error.value) == (
        "study: 'study.yml' is not read, only 'study.yaml' is: rename it to study.yaml"
    )


def test_what_is_not_used_is_noted_and_what_is_about_the_folder_is_not(make_study: Make) -> None:
    study = make_study()
    (study.parent / "scans").mkdir()
    for name in ("old table.xlsx", "claims.pdf", "aims.tsv", "corrections_old.tsv"):
        (study.parent / name).write_text("")
    for name in ("LICENSE", "draw.py", "fit.R", "~$table.xlsx", ".~lock.table.csv#", ".DS_Store"):
        (study.parent / name).write_text("")
    (study.parent / "corrections.tsv").write_text("")

    assert load_study(study).unused_files == (
        "aims.tsv", "claims.pdf", "corrections_old.tsv", "old table.xlsx", "scans",
    )  # fmt: skip


def test_a_table_of_any_name_is_used(make_study: Make) -> None:
    study = make_study(("table.csv", "claims.csv"), name="claims.csv")

    assert load_study(study).unused_files == ()


def test_an_unused_file_is_a_note_among_the_findings(
    clean_study: Callable[..., object], make_study: Make
) -> None:
    (make_study().parent / "table2.csv").write_text("")

    (note,) = [each for each in clean_study().findings if each.file == "study/table2.csv"]

    assert (note.severity, str(note)) == (
        "note",
        "study/table2.csv: not used: nothing in study.yaml names it",
    )


def test_cleaning_alone_runs_again_when_an_unused_file_comes_or_goes(make_study: Make) -> None:
    study = make_study()
    before = load_study(study)
    (study.parent / "table2.csv").write_text("")
    after = load_study(study)

    changed = [
        command
        for command in ("ingest", "clean", "cohorts", "summarise", "collect", "report")
        if study_digest(before, command) != study_digest(after, command)
    ]

    assert changed == ["clean"]
