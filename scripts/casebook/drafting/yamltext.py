"""Lines of YAML as a draft has them: texts quoted where they must be, and marks for review.

What the lines say is for `page` and `guessed`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casebook.base.texts import quoted
from casebook.data.cells import folded
from casebook.study.unreviewed import REVIEW

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()+<>=-]*[\w)+])?|\d+(?:\.\d+)?")
_NOTHING = ("null", "~", "")
_OUTSIDE_BRACES = re.compile(r"[,\[\]{}]")
_WIDEST = 100


def part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines below a heading and an empty one behind them; nothing if there are no lines."""
    if inner := [*below(heading, lines)]:
        yield from inner
        yield ""


def below(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading with lines that belong to it; nothing if there are none."""
    inner = [f"  {line}" for line in lines]
    if inner:
        yield heading
        yield from inner


def rows_of_header(rows: Sequence[int]) -> str:
    """The rows of a header, as study.yaml takes them; empty where nothing is to be said."""
    return f"[{', '.join(map(str, rows))}]" if rows else ""


def line(key: str, value: str, reason: str = "") -> Iterator[str]:
    """A key with its value, marked for review if it is guessed; nothing if there is no value."""
    if value:
        yield f"{key}: {value}{mark(reason)}"


def mark(reason: str) -> str:
    """The mark for review with what a guess rests on; nothing if it is no guess."""
    return f" {REVIEW} {reason}" if reason else ""


def pairs(key: str, texts: Mapping[str, str], reason: str = "") -> Iterator[str]:
    """A key with pairs of texts, in one line if they fit; nothing if there are none."""
    told = ", ".join(f"{inner(name)}: {inner(value)}" for name, value in texts.items())
    brief = f"{key}: {{ {told} }}"
    if texts and len(brief) <= _WIDEST - 4:
        yield brief + mark(reason)
    else:
        longer = (f"{plain(name)}: {plain(value)}" for name, value in texts.items())
        yield from below(f"{key}:{mark(reason)}", longer)


def plain(text: str) -> str:
    """A text as YAML takes it for itself, where nothing else is on the line."""
    if _PLAIN.fullmatch(text) and folded(text) not in _NOTHING:
        return text
    return quoted(text)


def inner(text: str) -> str:
    """The same within brackets."""
    return quoted(text) if _OUTSIDE_BRACES.search(text) else plain(text)


def listed(texts: Sequence[str]) -> str:
    """Texts as a list; nothing if there are none."""
    return f"[{', '.join(map(inner, texts))}]" if texts else ""


def one_or_more(texts: Sequence[str]) -> str:
    """A text alone, or several as a list; nothing if there are none."""
    return listed(texts) if texts[1:] else "".join(map(plain, texts))
