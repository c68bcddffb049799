"""Each recipe of the documentation, applied to the study that it is for, does what it says."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.base.yamlfile import read_yaml
from casebook.data.results import PAIRED_TEST, Result, read_results
from casebook.study.load import load_study
from pages import ROOT, blocks, commands, sections, text_of

Make = Callable[..., Path]

RECIPES = sections("docs/recipes.md")
STUDY = text_of("docs/tutorial/itch/study.yaml")
TABLE = text_of("docs/tutorial/itch.csv")


def applied(title: str, text: str = STUDY, language: str = "diff") -> str:
    """A text with all that a recipe changes in it."""
    for change in blocks(RECIPES[title], language):
        lines = change.splitlines()
        old, new = (
            "\n".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +")
        )
        assert f"\n{text}\n".count(f"\n{old}\n") == 1, f"{old}\nis not once in\n{text}"
        text = f"\n{text}\n".replace(f"\n{old}\n", f"\n{new}\n")[1:-1]
    assert text != STUDY
    return text


@pytest.fixture
def results(results_of: Make) -> Callable[..., list[Result]]:
    """The results of the study after a recipe."""

    def run(title: str, table: str = TABLE) -> list[Result]:
        text = applied(title).replace("table: itch.csv", "table: table.csv")
        return read_results(results_of(text=text, table=table) / "results.csv")

    return run


Recipe = Callable[..., list[Result]]


def one(results: list[Result], **where: str) -> Result:
    (found,) = (each for each in results if all(getattr(each, k) == v for k, v in where.items()))
    return found


def number_of_patients(results: list[Result], cohort: str) -> float:
    return one(results, group1_level=cohort, variable="patient", stat_name="n").number


def test_another_test(results: Recipe) -> None:
    found = one(results("Another test"), variable="itch", context=PAIRED_TEST, stat_name="p_value")

    # As R says with exact = FALSE and correct = FALSE.
    assert found.number == pytest.approx(0.0109095, abs=5e-8)


def test_another_cohort(results: Recipe) -> None:
    found = results("Another cohort")

    sizes = {name: number_of_patients(found, name) for name in ("everyone", "eczema", "uraemia")}
    assert sizes == {"everyone": 9, "eczema": 4, "uraemia": 5}
    assert [each for each in found if each.group1_level == "causes"]


def test_an_added_visit(results: Recipe) -> None:
    header, *rows = TABLE.splitlines()
    table = "\n".join(
        [f"{header},Itch month 6", *(f"{row},2" for row in rows[:-1]), f"{rows[-1]},"]
    )

    found = results("An added visit", table)

    pairs = {
        contrast: one(
            found, variable="itch", contrast=contrast, context=PAIRED_TEST, stat_name="n_pairs"
        ).number
        for contrast in ("change", "late")
    }
    assert pairs == {"change": 9, "late": 8}


def test_leaving_a_patient_out(results: Recipe) -> None:
    found = results("Leaving a patient out")

    assert number_of_patients(found, "everyone") == 8


def test_leaving_patients_out_of_one_analysis(results: Recipe) -> None:
    found = results("Leaving patients out of one analysis")

    assert number_of_patients(found, "everyone") == 9
    assert number_of_patients(found, "complete") == 8


def test_correcting_a_cell(clean_study: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "resources/itch"
    folder.mkdir(parents=True)
    write, _ = commands(RECIPES["Correcting a cell"])
    subprocess.run(["bash", "-c", write], cwd=tmp_path, check=True)
    corrections = (folder / "corrections.tsv").read_text(encoding="utf-8")

    text = STUDY.replace("table: itch.csv", "table: table.csv")
    cleaned = clean_study(text=text, table=TABLE, corrections=corrections)

    assert cleaned.patients[-1].values["dlqi_after"] == 12


def test_a_new_version_of_the_table(make_study: Make) -> None:
    text = applied("A new version of the table")

    study = load_study(make_study(text=text, table=TABLE, name="itch-2025.csv"))

    assert study.source.table == "itch-2025.csv"


def test_an_outcome_where_less_is_better(results: Recipe) -> None:
    found = results("An outcome where less is better")

    def of_change(statistic: str) -> float:
        return one(
            found,
            variable="itch", context="outcome", contrast="change", group2_level="change",
            method="", group1_level="everyone", stat_name=statistic,
        ).number  # fmt: skip

    assert of_change("mean") == pytest.approx(32 / 9)
    assert of_change("n_improved") == 8


def test_two_studies(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    before = (ROOT / "config.yaml").read_text(encoding="utf-8")
    config.write_text(applied("Two studies", before, "diff config.yaml"), encoding="utf-8")

    assert [*read_yaml(config)["studies"]] == ["upadacitinib-myositis", "itch"]


def test_every_recipe_that_changes_a_file_is_tried() -> None:
    changing = [title for title, text in RECIPES.items() if "```diff" in text]

    tried = [name.removeprefix("test_") for name in globals() if name.startswith("test_")]
    assert {title.lower().replace(" ", "_") for title in changing} <= set(tried)
