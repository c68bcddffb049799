"""An HTML page as tests read it: its words, and its elements and addresses."""

import re
from html.parser import HTMLParser

BLOCKS = {"h1", "h2", "h3", "p", "li", "tr", "caption", "figcaption", "dt", "dd", "svg", "summary"}
UNSEEN = {"style", "script", "title", "desc", "text"}


class _Text(HTMLParser):
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
    """What a reader reads, a line a block."""
    parser = _Text()
    parser.feed(page)
    lines = (re.sub("[ \xa0]+", " ", line).strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines)) + "\n"


class Addresses(HTMLParser):
    """The elements of a page, what it loads, and where it leads within itself."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data") or (name == "href" and tag == "link"):
                self.loaded.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if name == "href" and (value or "").startswith("#"):
                self.anchors.append((value or "")[1:])


def parsed(page: str) -> Addresses:
    """The page's elements and addresses."""
    parser = Addresses()
    parser.feed(page)
    return parser
