"""What the bundled report says, word by word, as far as the list of all results."""

import difflib
import re
from html.parser import HTMLParser
from pathlib import Path

STORED = Path(__file__).with_name("report.txt")
BLOCKS = {"h1", "h2", "h3", "p", "li", "tr", "caption", "figcaption", "dt", "dd", "svg", "summary"}
UNSEEN = {"style", "script", "title", "desc", "text"}


class Text(HTMLParser):
    """The text of a page, a line a block; cells stand between bars."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.parts += ["\n"] * (tag in BLOCKS) + [" | "] * (tag in ("td", "th"))

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        self.parts += ["\n"] * (tag in BLOCKS)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(page: str) -> str:
    parser = Text()
    parser.feed(page)
    lines = (re.sub(" +", " ", line).strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines)) + "\n"


def test_the_report_says_what_it_said(bundled: Path, tmp_path: Path) -> None:
    page = (bundled / "report.html").read_text(encoding="utf-8")
    found, stored = text_of(page.partition('id="results"')[0]), STORED.read_text(encoding="utf-8")

    (tmp_path / "report.txt").write_text(found, encoding="utf-8")

    changes = difflib.unified_diff(stored.splitlines(), found.splitlines(), lineterm="", n=0)
    renewal = f"if this is meant: cp {tmp_path / 'report.txt'} {STORED}"
    assert found == stored, "\n".join([renewal, *changes])
