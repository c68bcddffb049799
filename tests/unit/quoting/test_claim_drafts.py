"""How often the drafts of claims are right, of papers whose claims were written by hand."""

from pathlib import Path

import paper_drafts
import pytest

from workflow import ROOT


@pytest.mark.slow
def test_most_numbers_are_found_and_most_readings_right(tmp_path: Path) -> None:
    every = dict(paper_drafts.every_paper(tmp_path))

    rows = [paper_drafts.row(name, drafted) for name, drafted in every.items()]
    page = paper_drafts.INTRODUCTION + "".join(f"{row}\n" for row in rows)
    assert page == (ROOT / "docs/claim-drafts.md").read_text(encoding="utf-8"), (
        "run `make claim-drafts`"
    )
    for drafted in every.values():
        kinds = [each.kind for each in drafted.compared]
        assert kinds.count("missed") / len(kinds) <= 0.05
        assert kinds.count("right") / len(kinds) >= 0.6
        assert drafted.judgements <= 0.85 * drafted.numbers
