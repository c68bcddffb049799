"""Numbers as a paper prints them, and whether a recomputed value is what was printed.

The decimals of a printed number say how it was rounded: 10.5 stands for everything that rounds to
10.5. Words ("Three"), bounds ("<0.05", "over 18") and ranges ("3–4") are numbers too. What the
number is of is not known here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Literal

Relation = Literal["=", "<", "<=", ">", ">=", "from-to"]
Fit = Literal["exact", "rounded", "half up", "half to even", "in binary", "cut off", "within"]

_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_WORDS)}
_NUMBERS |= {"no": "0", "none": "0", "single": "1", "once": "1", "both": "2", "twice": "2"}
# Words for a share are printed in place of a percentage.
_NUMBERS |= {"half": "50", "a quarter": "25", "a third": "33", "two thirds": "67"}
_RELATIONS: dict[str, Relation] = {
    "<": "<",
    "<=": "<=",
    "≤": "<=",
    ">": ">",
    ">=": ">=",
    "≥": ">=",
    "below": "<",
    "under": "<",
    "less than": "<",
    "fewer than": "<",
    "over": ">",
    "above": ">",
    "more than": ">",
    "at most": "<=",
    "up to": "<=",
    "no more than": "<=",
    "at least": ">=",
}
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d{1,3})?|[+-]?\.\d+"
_UNLIMITED = Context(prec=400)
_LONGEST, _LARGEST_EXPONENT, _FINEST = 40, 30, 30


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: between `low` and `high`, which are equal unless it is a range."""

    relation: Relation
    low: Decimal
    high: Decimal

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return max(0, *(-int(end.as_tuple().exponent) for end in (self.low, self.high)))

    def fit(self, value: float) -> Fit | None:
        """How the value gives what is printed; None if it does not.

        "half up" and "half to even" are told apart only where they differ. "in binary" is how
        programs print a half that is a little less in binary, as 1.15 is; "cut off" is a value that
        was not rounded at all.
        """
        exact = significant(value)
        match self.relation:
            case "=":
                return self._rounding(exact)
            case "from-to":
                return "within" if self.low <= exact <= self.high else None
            case relation:
                return "within" if _COMPARISONS[relation](exact, self.high) else None

    def gives(self, value: float) -> bool:
        """Whether the value, properly rounded, is what is printed."""
        return self.fit(value) not in (None, "cut off")

    def _rounding(self, exact: Decimal) -> Fit | None:
        if exact == self.low:
            return "exact"
        up, even, cut = (
            rounded(exact, self.decimals, mode) == self.low
            for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
        )
        if up and even:
            return "rounded"
        if up or even:
            return "half up" if up else "half to even"
        if Decimal(f"{float(exact):.{self.decimals}f}") == self.low:
            return "in binary"
        return "cut off" if cut else None

    def distance(self, value: float) -> float:
        """How far the value is from what is printed, with the sign of printed minus value."""
        exact = significant(value)
        if self.gives(value) or self.low <= exact <= self.high:
            return 0.0
        return float(min((self.low - exact, self.high - exact), key=abs))


_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}


def read_printed(text: str) -> Printed | None:
    """The number that a text prints; None if it prints none."""
    plain = re.sub("[\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", "-", text.casefold())
    plain = re.sub(r"^\N{EN DASH}(?=[\d.])", "-", plain.strip())
    plain = re.sub(r"^\s*(?:p\s*(?=[<>=≤≥]))?=?\s*", "", plain).replace("·", ".").strip()
    plain = re.sub(r"\s*[×x]\s*10\^?\s*(-?\d+)", r"e\1", plain)
    relation: Relation = "="
    for words in sorted(_RELATIONS, key=len, reverse=True):
        if plain.startswith(words):
            relation, plain = _RELATIONS[words], plain.removeprefix(words).strip()
            break
    single = _number(plain)
    if single is not None:
        return Printed(relation, single, single)
    ends = re.fullmatch(r"(.+?)\s*(?:–|—|-|\bto\b)\s*(.+)", plain)
    if ends is None or relation != "=":
        return None
    low, high = _number(ends[1]), _number(ends[2])
    if low is None or high is None or low > high:
        return None
    return Printed("from-to", low, high)


def _number(text: str) -> Decimal | None:
    text = text.removesuffix("%").strip()
    text = _NUMBERS.get(text, text)
    if len(text) > _LONGEST or not re.fullmatch(_NUMBER, text):
        return None
    number = Decimal(text.replace(",", ""))
    within = number.adjusted() <= _LARGEST_EXPONENT and int(number.as_tuple().exponent) >= -_FINEST
    return number if within else None


def significant(value: float) -> Decimal:
    """A computed value without the noise of its last digits: 17.249999999999996 is 17.25."""
    return Decimal(f"{value:.14g}")


def rounded(value: Decimal, decimals: int, mode: str = ROUND_HALF_UP) -> Decimal:
    """The value with so many decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), mode, _UNLIMITED)
