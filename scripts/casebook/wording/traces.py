"""Numbers in texts that remember what they show: a result, a patient's own value, or a claim.

A traced number stands between marks, so that sentences and cells can be put together as texts, and
a page of them. There `links` makes links of them; `plain` leaves the text alone. Where a text must
be plain, as in the file of a figure, `spots` says beside it where its numbers stand.
"""

import hashlib
import re
from collections.abc import Callable, Iterator

from casebook.data.patients import token
from casebook.data.results import Key, Result
from casebook.wording.numbers import NOT_COMPUTED, number_text

# Characters for private use, which mean nothing in a text.
_OPEN, _MIDDLE, _CLOSE, _BACK = "\ue000", "\ue001", "\ue002", "\ue003"
# A name has no tags, so that marks in two cells of a table are not taken for those of one number.
_MARKED = re.compile(f"{_OPEN}([^{_MIDDLE}<>]*){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
_BACK_FROM = re.compile(rf"{_BACK}([\w-]+){_CLOSE}")
_NAME = re.compile(r"(?:r|p|claim)-\w+")
# It can stand within an id, and no name has it.
_BETWEEN = "__"


def anchor(result: Result) -> str:
    """What the row of a result is called on a page."""
    return anchor_of_key(result.key)


def anchor_of_key(key: Key) -> str:
    """What the row of the result with that key is called."""
    return f"r-{hashlib.sha256(chr(31).join(key).encode()).hexdigest()[:10]}"


def anchor_of_patient(patient: str) -> str:
    """What a patient's row of the raw table is called on a page."""
    return f"p-{token(patient)}"


def anchor_of_claim(claim: str) -> str:
    """What the row of a claim of the paper is called on a page."""
    return f"claim-{token(claim)}"


def traced(text: str, result: Result) -> str:
    """The text of a number, with the result that it shows."""
    return _marked(text, anchor(result))


def traced_number(result: Result, decimals: int = 2) -> str:
    """The number of a result, traced to it, or what stands for a missing one."""
    if result.error:
        return NOT_COMPUTED
    return traced(number_text(result.number, decimals), result)


def traced_value(value: float, patient: str) -> str:
    """A number that stands in a cell of the raw table, traced to the row of its patient."""
    return _marked(number_text(value), anchor_of_patient(patient))


def traced_print(text: str, claim: str) -> str:
    """What a paper prints, traced to the claim that lists it."""
    return _marked(text, anchor_of_claim(claim))


def places_of(name: str) -> str:
    """Stands for the places where a page shows the row of that name, until all are known."""
    return f"{_BACK}{name}{_CLOSE}"


def filled_in(text: str, told: Callable[[str], str]) -> str:
    """The text with what is told of a row in the place of its `places_of`."""
    return _BACK_FROM.sub(lambda match: told(match[1]), text)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text in turn, each with the name of the row that it shows, or no name."""
    end = 0
    for match in _MARKED.finditer(text):
        yield "", text[end : match.start()]
        yield match[1], match[2]
        end = match.end()
    yield "", text[end:]


def plain(text: str) -> str:
    """A text without its traces."""
    return "".join(part for _, part in pieces(text))


def spots(text: str) -> str:
    """Where in the plain text its traced numbers stand: r-0123456789.6.2 is two characters from 6.

    Several are joined by two underscores. Nothing is said of a text without traced numbers.
    """
    found, start = [], 0
    for name, part in pieces(text):
        if _NAME.fullmatch(name):
            found.append(f"{name}.{start}.{len(part)}")
        start += len(part)
    return _BETWEEN.join(found)


def with_traces(text: str, places: str) -> str:
    """The text that `plain` and `spots` took apart."""
    parts, end = [], 0
    for place in filter(None, places.split(_BETWEEN)):
        name, start, length = place.rsplit(".", 2)
        stop = int(start) + int(length)
        parts += [text[end : int(start)], _marked(text[int(start) : stop], name)]
        end = stop
    return "".join([*parts, text[end:]])


def _marked(text: str, name: str) -> str:
    return f"{_OPEN}{name}{_MIDDLE}{text}{_CLOSE}"
