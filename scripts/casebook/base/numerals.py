"""How numbers are written in a raw table: the sign before decimals, and between thousands.

A text is read in the one way that a study says and in no other; in which other ways it could be
read is known as well, for the message. Whether a number can be true is for cleaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

SIGNS = {".": "point", ",": "comma"}
DECIMALS = tuple(SIGNS)
THOUSANDS = (",", ".", " ", "'")
Limits = tuple[float, float]
"""The least and the largest number that there can be."""
_ANY: Limits = (-inf, inf)
GROUP = 1000
"""What the number before a sign between thousands counts."""

UNSIGNED = r"[.,]?[0-9](?:[0-9., '\N{RIGHT SINGLE QUOTATION MARK}]*[0-9])?"
SEEMING = r"[-+\N{MINUS SIGN}]?" + UNSIGNED
"""A pattern of what seems to be a number, whichever way its signs are meant: 1,250 and 1 250.5."""
LIMIT_SIGN = r"(?:[<>]=?|[≤≥])"
"""A pattern of what stands before a number that is above or below the one that is written."""

_SAME = str.maketrans({"\N{MINUS SIGN}": "-", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})
_ONE_GROUP = {
    sign: re.compile(rf"[+-]?[1-9][0-9]{{0,2}}{re.escape(sign)}[0-9]{{3}}") for sign in DECIMALS
}
_GROUPED_BY_COMMAS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_LIMIT = re.compile(rf"({LIMIT_SIGN})\s*([+-]?[.,]?[0-9][0-9., ']*)")
BELOW = ("<", "<=", "≤")
"""Signs before a limit that a number is below."""
_DECIMALS = re.compile(r"[+-]?[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Numerals:
    """A way to write numbers; without `leading_zero` .5 is one, as 0.5 is in every way."""

    decimal: str = "."
    thousands: str = ""
    leading_zero: bool = True

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        sign, decimals = re.escape(self.thousands), f"{re.escape(self.decimal)}[0-9]+"
        whole = f"(?:[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+|[0-9]+)" if sign else "[0-9]+"
        number = f"{whole}(?:{decimals})?"
        if not self.leading_zero:
            number = f"(?:{number}|{decimals})"
        return re.compile(rf"[+-]?{number}(?:[eE][+-]?[0-9]+)?")

    def number(self, text: str) -> float | None:
        """The number that a text writes, or None if it does not write one in this way."""
        plain = text if text.isascii() else text.translate(_SAME)
        if not self._pattern.fullmatch(plain):
            return None
        return float(plain.replace(self.thousands, "").replace(self.decimal, "."))

    def text(self, number: float) -> str:
        """A number as it is written in this way, without a sign between thousands."""
        return f"{number:.15g}".replace(".", self.decimal)

    def prevail(self, texts: Mapping[str, int]) -> bool:
        """Whether more texts have decimals written in this way than are numbers of another way.

        Args:
            texts: How often each text stands in the table.
        """
        own = {text: count for text, count in texts.items() if self.number(text) is not None}
        other = sum(texts[text] for text in texts.keys() - own.keys() if readings(text))
        return other < sum(count for text, count in own.items() if self.decimal in text)

    def __str__(self) -> str:
        groups = f' and thousands: "{self.thousands}"' if self.thousands else ""
        zeros = "" if self.leading_zero else " and leading_zero: false"
        return f'decimal: "{self.decimal}"{groups}{zeros}'


_WAYS = (
    *(Numerals(decimal) for decimal in DECIMALS),
    *(Numerals(d, sign) for d in DECIMALS for sign in THOUSANDS if sign != d),
    *(Numerals(decimal, leading_zero=False) for decimal in DECIMALS),
)
"""Every way to write numbers, those that say less first."""


def is_ambiguous(text: str, sign: str = ".") -> bool:
    """Whether a point stands before three digits, so that it may group thousands: 1.250.

    Args:
        text: The text of a number.
        sign: The point, or the comma of 1,250.
    """
    if text[-4:-3] != sign:
        return False
    return _ONE_GROUP[sign].fullmatch(text.translate(_SAME)) is not None


def limit_in(text: str) -> tuple[str, str]:
    """The sign and the limit of a text that says that a number is below or above one: <1.5.

    Both are empty if the text does not say that.
    """
    found = _LIMIT.fullmatch(text)
    return (found[1], found[2]) if found else ("", "")


def has_decimal_point(text: str) -> bool:
    """Whether a point can only stand before decimals: 12.5, 0.125."""
    return _DECIMALS.fullmatch(text.translate(_SAME)) is not None and not is_ambiguous(text)


def readings(text: str, limits: Limits = _ANY) -> dict[float, Numerals]:
    """The numbers that a text can write, each with the way that says least.

    Where some are within limits, the others are not meant.
    """
    ways: dict[float, Numerals] = {}
    for way in _WAYS:
        number = way.number(text)
        if number is not None:
            ways.setdefault(number, way)
    low, high = limits
    return {number: way for number, way in ways.items() if low <= number <= high} or ways


def other_readings(text: str, limits: Limits = _ANY) -> str:
    """What source.decimal and source.thousands would make of a text, in words, if anything.

    The number is told only where there are several: texts of one kind are then told together.
    Where commas can group thousands, as in 1,250, nobody is led to take it for 1.25, unless only
    that is within the limits of the column.
    """
    ways = readings(text, limits)
    if _GROUPED_BY_COMMAS.fullmatch(text.translate(_SAME)):
        ways = {number: way for number, way in ways.items() if way.thousands} or ways
    numbers = (f"{number:.15g}" if len(ways) > 1 else "a number" for number in ways)
    told = ", and ".join(
        f"{number} with {way}" for number, way in zip(numbers, ways.values(), strict=True)
    )
    return f"it is {told}, under source in study.yaml" if told else ""
