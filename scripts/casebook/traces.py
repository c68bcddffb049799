"""Numbers in texts that remember which result they come from.

A traced number stands between marks, so that sentences and cells can be put together as texts. On a
page `Links` makes links of them, each to the row of its result; `plain` leaves the text alone.
"""

import hashlib
import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from casebook.display import NOT_COMPUTED, number_text
from casebook.results import Result

# Characters for private use, which mean nothing in a text.
_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_OPEN}([^{_MIDDLE}]*){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")


def anchor(result: Result) -> str:
    """What the row of a result is called on a page."""
    return f"r-{hashlib.sha256(chr(31).join(result.key).encode()).hexdigest()[:10]}"


def traced(text: str, result: Result) -> str:
    """The text of a number, with the result that it shows."""
    return f"{_OPEN}{anchor(result)}{_MIDDLE}{text}{_CLOSE}"


def traced_number(result: Result, decimals: int = 2) -> str:
    """The number of a result, traced to it, or what stands for a missing one."""
    if result.error:
        return NOT_COMPUTED
    return traced(number_text(result.number, decimals), result)


def plain(text: str) -> str:
    """A text without its traces."""
    return _MARKED.sub(r"\2", text)


class Links:
    """Makes links of the traces on a page, and keeps which results it has linked to, and where."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._by_anchor = {anchor(result): result for result in results}
        self.places: dict[str, list[str]] = {}

    @property
    def used(self) -> list[Result]:
        """The results that have been linked to, in the order of the results."""
        return [result for name, result in self._by_anchor.items() if name in self.places]

    def linked(self, text: str) -> Markup:
        """A text as HTML, its traced numbers as links to the rows of their results."""
        parts, end = [], 0
        for match in _MARKED.finditer(text):
            parts += [escape(text[end : match.start()]), self._link(match[1], match[2])]
            end = match.end()
        return Markup("").join([*parts, escape(text[end:])])

    def to(self, result: Result, text: str) -> Markup:
        """A link to the row of a result."""
        return self._link(anchor(result), text)

    def _link(self, name: str, text: str) -> Markup:
        if name not in self._by_anchor:
            return escape(text)
        places = self.places.setdefault(name, [])
        places.append(f"n-{name}-{len(places) + 1}")
        link = Markup('<a class="number" id="{}" href="#{}">{}</a>')
        return link.format(places[-1], name, text)
