"""How often the drafts are right, of tables that were described by hand."""

import drafts
import pytest

from casebook.base.yamlfile import read_yaml
from casebook.drafting.page import Title, page
from casebook.study.unreviewed import REVIEW
from workflow import ROOT


@pytest.fixture(scope="module")
def compared() -> list[drafts.Compared]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return drafts.compare()


def test_most_types_and_visits_are_right(compared: list[drafts.Compared]) -> None:
    (types, of_types), (pairs, of_pairs), (ways, of_ways), (patients, tables) = drafts.shares(
        compared
    )

    assert tables >= 15
    assert types / of_types >= 0.8
    assert pairs / of_pairs >= 0.9
    assert ways / of_ways >= 0.8
    assert patients / tables >= 0.9
    assert all(each.is_read for each in compared)
    assert not any(each.far for each in compared)


def test_the_page_of_the_drafts_is_up_to_date(compared: list[drafts.Compared]) -> None:
    assert drafts.page(compared) == (ROOT / "docs/drafts.md").read_text(encoding="utf-8"), (
        "run `make drafts`"
    )


def test_no_guess_is_without_its_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    guessed = ("title:", "type:", "range:", "unit:", "better:", "columns:", "patient:", "visit:",
               "decimal:", "leading_zero:")  # fmt: skip

    for expected in read_yaml(drafts.EXPECTED).values():
        table, found = drafts.drafted(expected)
        assert table
        text = page(found, Title("A title", "made up"), table.reading)
        # What ends in a colon is a name, such as that of a variable that is called type.
        told = [line.strip() for line in text.splitlines() if not line.endswith(":")]
        lines = [line for line in told if line.startswith(guessed)]
        assert len(lines) > 1
        assert all(REVIEW in line for line in lines), table.name
