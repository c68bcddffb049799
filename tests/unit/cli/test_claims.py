"""The draft that `casebook claims` writes."""

from pathlib import Path

import pytest

from casebook.claims.listed import read_claims
from casebook.cli.main import main
from casebook.study.load import load_study

STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  age: { label: Age, column: Age, type: number, unit: years, range: [0, 120] }
cohorts: { everyone: { label: Everyone } }
"""


@pytest.fixture
def study() -> Path:
    folder = Path("resources/itch")
    folder.mkdir(parents=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    (folder / "table.csv").write_text("ID,Age\n1,61\n2,54\n", encoding="utf-8")
    Path("paper.txt").write_text("RESULTS\n\nThe mean age was 57.5 years.\n", encoding="utf-8")
    return folder


def test_a_draft_is_a_list_of_claims_that_waits_for_review(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", "paper.txt", "itch"]) == 0
    told = capsys.readouterr().out
    assert "1 number of the paper, on 1 line:" in told
    assert "No value is known" in told
    assert "No label has" not in told

    (claim,) = read_claims(study / "claims.tsv", load_study(study / "study.yaml"))
    assert (claim.place, claim.printed, claim.source) == (
        "Results",
        "57.5",
        "mean(age) in everyone",
    )
    assert claim.review == "the words around it"


def test_of_a_paper_without_a_table_the_sizes_of_cohorts_are_known(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cohorts = "cohorts: { light: { label: Light, n: 16 }, placebo: { label: Placebo, n: 15 } }"
    text = STUDY.replace("table: table.csv, patient: ID", "table: none")
    text = text.replace("cohorts: { everyone: { label: Everyone } }", cohorts)
    (study / "study.yaml").write_text(text, encoding="utf-8")
    words = "RESULTS\n\nPatients had light (n = 16) or placebo (n = 15). With light (n = 16)\n"
    Path("paper.txt").write_text(words, encoding="utf-8")

    assert main(["claims", "paper.txt", "itch"]) == 0

    found = read_claims(study / "claims.tsv", load_study(study / "study.yaml"))
    sizes = [f"n(patient) in {cohort}" for cohort in ("light", "placebo", "light")]
    assert [claim.source for claim in found] == sizes
    rests_on = "the words around it, and its value"
    assert [claim.review for claim in found] == [rests_on, rests_on, f"as C001: {rests_on}"]
    told = capsys.readouterr().out
    assert "No value is known" not in told
    assert "1 of the lines prints again what another one does" in told
    assert "with that one. 2 are to be looked at." in told


def test_abbreviations_that_no_label_has_are_told(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The quality of life index (QLI) was rated. The mean age was 57 years, and the QLI 8.4."
    Path("paper.txt").write_text(f"RESULTS\n\n{said}\n", encoding="utf-8")

    main(["claims", "paper.txt", "itch"])

    told = capsys.readouterr().out
    assert "label outcomes, visits, units and cohorts as the paper prints them" in told
    assert "No label has these abbreviations of the paper: QLI." in told


def test_the_decimal_sign_of_a_paper_can_be_told(study: Path) -> None:
    Path("paper.txt").write_text("RESULTS\n\nThe mean age was 57,500 years.\n", encoding="utf-8")

    assert main(["claims", "paper.txt", "itch", "--decimal", ","]) == 0

    (claim,) = read_claims(study / "claims.tsv", load_study(study / "study.yaml"))
    assert claim.printed == "57.500"
    assert claim.review == "the words around it; printed as 57,500"


def test_claims_that_are_there_are_not_overwritten(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (study / "claims.tsv").write_text("mine", encoding="utf-8")

    assert main(["claims", "paper.txt", "itch"]) == 2
    assert "is there already; name another file with --into FILE" in capsys.readouterr().err
    assert (study / "claims.tsv").read_text(encoding="utf-8") == "mine"


def test_a_paper_that_is_not_there_is_told(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "other.txt", "itch"]) == 2
    assert "other.txt: No such file" in capsys.readouterr().err


def test_results_of_another_study_yaml_are_not_used(study: Path) -> None:
    """Results without records, or of a study.yaml that has changed, say nothing of this one."""
    cohorts = Path("results/itch/cohorts")
    cohorts.mkdir(parents=True)
    for file in (cohorts / "everyone.csv", Path("results/itch/results.csv")):
        file.write_text("in cohort,other\n", encoding="utf-8")

    assert main(["claims", "paper.txt", "itch"]) == 0
    assert "the words around it" in (study / "claims.tsv").read_text(encoding="utf-8")
