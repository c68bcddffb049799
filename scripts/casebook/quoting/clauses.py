"""Where the clause ends that follows a number, and which names in it belong together.

What the names are, and what is counted by them, is not asked here.
"""

import re
from collections.abc import Iterator, Sequence

from casebook.quoting.names import Named

_NEXT = (
    r"\s(?:and|while|but|who|which)\s+(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
)


def clause(text: str) -> str:
    """What follows a count, a percentage in brackets included, to the end of the clause."""
    share = re.match(r"\s*\([^)]*%[^)]*\)", text)
    start = share.end() if share else 0
    end = re.search(rf"[,;:(]|\bincluding\b|{_NEXT}", text[start:])
    return text[: start + end.start()] if end else text


def joined(text: str, named: Sequence[Named]) -> Iterator[int]:
    """Where names begin that follow one another directly, as in anti-MDA5 classic DM."""
    end = None
    for each in named:
        if end is not None and each.start >= end and text[end : each.start].strip():
            return
        if end is None or each.start >= end:
            yield each.start
            end = each.end
