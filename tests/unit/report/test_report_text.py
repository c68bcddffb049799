"""What the bundled report says, word by word, as far as the list of all results."""

import difflib
from pathlib import Path

from markup import text_of

STORED = Path(__file__).with_name("report.txt")


def test_the_report_says_what_it_said(bundled: Path, tmp_path: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")
    found, stored = text_of(page.partition('id="results"')[0]), STORED.read_text(encoding="utf-8")

    (tmp_path / "report.txt").write_text(found, encoding="utf-8")

    changes = difflib.unified_diff(stored.splitlines(), found.splitlines(), lineterm="", n=0)
    renewal = f"if this is meant: cp {tmp_path / 'report.txt'} {STORED}"
    assert found == stored, "\n".join([renewal, *changes])
