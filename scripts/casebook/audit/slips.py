"""Slips of the pen in a number: what one of them makes of it, and whether a printed number is one.

A slip is one digit in the place of another, two neighbouring digits exchanged, one more or less, or
the decimal point moved by a place. Whether a slip is likely is not known here.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from casebook.base.printed import Printed, to_decimals

_DIGITS = "0123456789"
_ZERO_FIRST = re.compile(r"-?0\d")
CHANGED = " with one digit changed"
EXCHANGED = " with two digits exchanged"
ONE_OFF = ", off by one"
LAST_OFF = ", off by one in the last digit"
MOVED = " with its decimal point moved"
_TWICE = f"{LAST_OFF}, as if rounded twice"


def slips(number: Decimal) -> dict[Printed, str]:
    """Every number that a single slip makes of this one, and which slip it is.

    What may be several slips is said to be the simplest: 12 for 11 is one digit changed.
    """
    text = f"{abs(number):f}"
    found = dict.fromkeys(_exchanged(text), EXCHANGED) | dict.fromkeys(_changed(text), CHANGED)
    last = Decimal(1).scaleb(int(number.as_tuple().exponent))
    for step, off in ((Decimal(1), ONE_OFF), (last, LAST_OFF)):
        for other in (abs(number) + step, abs(number) - step):
            if other >= 0:
                found.setdefault(f"{other:f}", off)
    for places in (1, -1):
        found.setdefault(f"{abs(number).scaleb(places):f}", MOVED)
    found.pop(text, None)
    return {
        Printed("=", signed, signed): slip
        for other, slip in found.items()
        if not _ZERO_FIRST.match(other)
        for signed in [Decimal(other).copy_sign(number)]
    }


def _changed(text: str) -> Iterator[str]:
    for place in _places(text):
        for digit in _DIGITS:
            yield text[:place] + digit + text[place + 1 :]


def _exchanged(text: str) -> Iterator[str]:
    """The text with two digits exchanged that stand side by side, or beside the point."""
    for first, second in pairwise(_places(text)):
        letters = list(text)
        letters[first], letters[second] = letters[second], letters[first]
        yield "".join(letters)


def _places(text: str) -> list[int]:
    return [place for place, letter in enumerate(text) if letter in _DIGITS]


def misprint(printed: Printed, value: float) -> str:
    """The right number and the slip that makes the printed one of it, or nothing.

    A value may have been rounded twice: 366.947 to 366.95, and that to 367.0. Of a single digit
    only the decimal point is ever said to be wrong, as of a p-value of 0.003, since other slips
    would explain anything. Words for a share have none.
    """
    if printed.share is not None or printed.relation != "=":
        return ""
    has_slips, may_move = has_two_digits(printed.low), printed.decimals > 1
    # What comes of the right number by a slip gives it back by the same sort of slip.
    for right, slip in slips(printed.low).items():
        if (has_slips or (may_move and slip == MOVED)) and right.gives(value):
            once = float(to_decimals(value, printed.decimals + 1))
            is_twice = to_decimals(once, printed.decimals) == printed.low
            return f"{right.low:f}{_TWICE if is_twice else slip}"
    return ""


def has_two_digits(number: Decimal) -> bool:
    """Whether a number has two significant digits or more."""
    return len(number.as_tuple().digits) > 1
