"""The tutorial that starts from a paper's table shows what its files are, and what they give."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.claims.listed import COLUMNS
from casebook.cli.main import main
from casebook.data.verdicts import OTHER_CONVENTION, REPRODUCED, Verdict
from casebook.study.load import load_study
from casebook.wording.programs import Programs
from pages import ROOT, tables, text_of

PAGE = "docs/tutorial-paper.md"
TABLE = ROOT / "docs/tutorial/itch.csv"
STUDY = ROOT / "docs/tutorial/itch/study.yaml"
CLAIMS = ROOT / "docs/tutorial/itch/claims.tsv"
SAID = {"title", "description", "source", "cohorts"}


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.fixture
def judged(audited: Callable[..., dict[str, Verdict]]) -> Callable[..., dict[str, Verdict]]:
    """Judges claims of the tutorial, with other texts in some of their cells."""
    text = STUDY.read_text(encoding="utf-8").replace("table: itch.csv", "table: table.csv")

    def run(claims: list[dict[str, str]], **others: str) -> dict[str, Verdict]:
        lines = ["\t".join({**each, **others}.get(c, "") for c in COLUMNS) for each in claims]
        return audited(*lines, table=TABLE.read_text(encoding="utf-8"), text=text)

    return run


def test_the_table_and_the_claims_are_those_that_are_shown() -> None:
    printed, listed, _ = tables(text_of(PAGE))

    assert rows(TABLE) == printed
    claims = rows(CLAIMS, "\t")
    assert {each.pop("place") for each in claims} == {"Text"}
    assert claims == listed


def test_the_finished_study_is_the_draft_with_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    main(["new", str(TABLE)])

    folder = Path("resources/itch")
    draft = load_study(folder / "study.yaml")
    shutil.copy(STUDY, folder)
    finished = load_study(folder / "study.yaml")
    assert list(draft.cohorts) == ["everyone", "female", "male"]
    assert list(finished.cohorts) == ["everyone"]
    assert draft.source == finished.source.model_copy(update={"citation": None})
    assert draft.model_dump(exclude=SAID) == finished.model_dump(exclude=SAID)


def test_the_verdicts_are_those_that_are_shown(judged: Callable[..., dict[str, Verdict]]) -> None:
    *_, shown = tables(text_of(PAGE))

    verdicts = judged(rows(CLAIMS, "\t"))

    for each in shown:
        found = verdicts.pop(each["claim"])
        assert (found.printed, found.verdict) == (each["printed"], each["verdict"])
        told = found.misprint or found.reason or ", ".join(found.reproduced_by)
        assert told == each["what the audit adds"]
    assert len(shown) == 5
    assert {each.verdict for each in verdicts.values()} == {REPRODUCED}


def test_one_program_gives_what_the_page_says_of_it(
    judged: Callable[..., dict[str, Verdict]], programs: Callable[[], Programs | None]
) -> None:
    judged(rows(CLAIMS, "\t"))

    told = programs()

    assert told
    assert "SPSS gives all of these" in " ".join(told.sentences)
    assert [each.program for each in told.speakers if each.gives == 3] == ["SPSS"]


def test_without_its_program_the_p_value_is_another_one(
    judged: Callable[..., dict[str, Verdict]],
) -> None:
    (of_the_test,) = (each for each in rows(CLAIMS, "\t") if each["convention"])

    (found,) = judged([of_the_test], convention="").values()

    assert found.verdict == OTHER_CONVENTION
    # Eight patients changed, all in one direction.
    assert float(found.recomputed) == 2 / 2**8
