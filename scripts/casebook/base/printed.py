"""Numbers as a paper prints them, and whether a recomputed value is what was printed.

The decimals of a printed number say how it was rounded: 10.5 stands for everything that rounds to
10.5. All that prints a number is read here, by one grammar; what the number is of is not known.

    printed   = ["p" | "n"] ["="] [relation | about] amount | amount ("to" | dash) amount
              | "between" amount "and" amount
    relation  = "<" | "≤" | ">" | "≥" | "below" | "at least" | ... (all are in `_RELATIONS`)
    about     = "~" | "≈" | "about" | "nearly" | ... (all are in `_ABOUT` and `_ALMOST`)
    amount    = number [unit]
    unit      = "mg" | "years" | "mg/day" | ... (of the words in `_UNITS`)
    number    = word | [sign] digits [percent] | [sign] digits ("×" | "x" | "*") "10" power
    word      = "three" | "twenty-one" | "two hundred and five" | "one and a half" | "none" | share
    share     = "all" | "half" | "a third" | "two-thirds" | ..., a percentage
    digits    = whole ["." decimals] | "." decimals, with "e-4" after it or without
    whole     = 1234 | 1,234 | 1 234, in groups of three that do not begin with a zero
    power     = "^-4" | "⁻⁴" | "−4", as the superscript is often lost
    percent   = "%" | "percent" | "per cent"

Any hyphen, dash or Unicode minus is the sign of minus, and any dash may stand in a range. The point
may be a middle dot, and every kind of space counts. What could be two numbers is refused: 0,014, as
1,014 may be a decimal or a thousand, and 3·10−4, a power of ten or a range. About 50 is everything
from 45 to 55, a tenth of it either way, and never less than what rounds to what is printed; nearly
50 is the lower half of that.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Literal

Relation = Literal["=", "<", "<=", ">", ">=", "from-to"]
Fit = Literal["exact", "rounded", "half up", "half to even", "in binary", "cut off", "within"]

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = (
    *("zero", *_ONES, *_TEENS),
    *(f"{ten}-{one}".rstrip("-") for ten in _TENS for one in ("", *_ONES)),
)
_NUMBERS = {word: str(number) for number, word in enumerate(_WORDS)}
_NUMBERS |= {word.replace("-", " "): number for word, number in _NUMBERS.items()}
_NUMBERS |= {"no": "0", "none": "0", "single": "1", "once": "1", "another": "1"}
_NUMBERS |= {"both": "2", "twice": "2"}
_NUMBERS |= {
    f"{one} hundred{joined}": str(100 * count + rest)
    for count, one in [(1, "a"), *enumerate(_ONES, start=1)]
    for joined, rest in [("", 0), *((f" and {word}", i) for i, word in enumerate(_WORDS) if i)]
}
_NUMBERS |= {f"{word} and a half": f"{number}.5" for number, word in enumerate(_WORDS) if number}
_NUMBERS |= {"a dozen": "12", "half a dozen": "6", "one dozen": "12", "two dozen": "24"}
# Words for a share are printed in place of a percentage.
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SHARES = dict.fromkeys(("half", "a half", "one half", "one-half"), Decimal(50))
_SHARES |= {"all": Decimal(100)} | {
    f"{one}{space}{part}{'s' if count > 1 else ''}": Decimal(100 * count) / of
    for part, of in _PARTS.items()
    for count, one in [(1, "a"), *enumerate(_ONES, start=1)]
    for space in " -"
    if count < of
}
_NUMBERS |= {words: str(round(share)) for words, share in _SHARES.items()}
_ABOUT = (
    *("~", "∼", "≈", "about", "approximately", "approx.", "around", "circa", "ca.", "c. "),
    "roughly",
)
_ALMOST = ("almost", "nearly")
_UNITS = (
    *("%", "percent", "per cent", "years", "year", "months", "month", "weeks", "week", "days"),
    *("day", "hours", "hour", "minutes", "patients", "patient", "points", "point", "kg", "mg"),
    *("yr", "yrs", "wk", "wks", "g", "µg", "μg", "mcg", "ng", "l", "dl", "ml", "mm", "cm", "m2"),
    *("u", "iu", "ku"),
    *("mmol", "µmol", "μmol"),
)
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_RELATIONS: dict[str, Relation] = {
    "<": "<",
    "<=": "<=",
    "≤": "<=",
    "⩽": "<=",
    "≦": "<=",
    ">": ">",
    ">=": ">=",
    "≥": ">=",
    "⩾": ">=",
    "≧": ">=",
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
_RELATION = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(_RELATIONS, key=len, reverse=True)))})(?![a-z])"
)
_HYPHENS = "\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SMALL HYPHEN-MINUS}"
_HYPHENS += "\N{FULLWIDTH HYPHEN-MINUS}"
_DASHES = "\N{EN DASH}\N{FIGURE DASH}\N{EM DASH}\N{HORIZONTAL BAR}"
_POINTS = "·∙⋅"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_DASHES, "\N{EN DASH}"),
        **dict.fromkeys(_POINTS, "."),
        "\N{FULLWIDTH PERCENT SIGN}": "%",
    }
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺"
_RAISED = str.maketrans(_SUPERSCRIPTS, "0123456789-+")
# A power of ten, or a range that begins with a decimal: 3·10−4.
_EITHER = re.compile(rf"\d\s?[{_POINTS}]\s?10\s?[-{_HYPHENS}]\s?\d+\s*$")
_WHOLE = r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+"
_NUMBER = rf"[+-]?(?:(?:{_WHOLE})(?:\.\d+)?|\.\d+)(?:e[+-]?\d{{1,3}})?"
# Three digits behind a comma may be thousands.
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,(?!\d{3}(?!\d))\d+(?![\d.,])")
_UNLIMITED = Context(prec=400)
_LONGEST, _LARGEST_EXPONENT, _FINEST = 40, 30, 30


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number: between `low` and `high`, which are equal unless it is a range.

    `in_words` tells "three" from 3: a word is never a number that was cut off. `about` tells a
    number that is said to be rough from a range. `share` is what words for a share say: of a third
    a value is 33 that rounds to it, and another one that is as near to 33 1/3.
    """

    relation: Relation
    low: Decimal
    high: Decimal
    in_words: bool = field(default=False, compare=False)
    about: bool = field(default=False, compare=False)
    share: Decimal | None = field(default=None, compare=False)

    @property
    def decimals(self) -> int:
        """How many decimals are printed."""
        return max(0, *(-_exponent(end) for end in (self.low, self.high)))

    @property
    def unit(self) -> Decimal:
        """One unit of the last digit that is printed: 0.1 of 10.5, and 100 of 3 × 10^2."""
        return Decimal(1).scaleb(min(_exponent(self.low), _exponent(self.high)))

    def fit(self, value: float) -> Fit | None:
        """How the value gives what is printed; None if it does not.

        "half up" and "half to even" are told apart only where they differ. "in binary" is how
        programs print a half that is a little less in binary, as 1.15 is; "cut off" is a value that
        was not rounded at all.
        """
        exact = significant(value)
        match self.relation:
            case "=":
                return self._rounding(value)
            case "from-to":
                return "within" if self.low <= exact <= self.high else None
            case relation:
                limit = self.high if self.share is None else self.share
                return "within" if _COMPARISONS[relation](exact, limit) else None

    def gives(self, value: float) -> bool:
        """Whether the value, properly rounded, is what is printed."""
        return self.fit(value) not in (None, "cut off")

    def alike(self, value: float) -> list[Decimal]:
        """The value as printed to the same digit: rounded half up, half to even, and cut off."""
        modes = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
        exact, unit = significant(value), self.unit
        return [exact.quantize(unit, mode, _UNLIMITED) for mode in modes]

    def _rounding(self, value: float) -> Fit | None:
        exact, unit = significant(value), self.unit
        if exact == self.low:
            return "exact"
        if not exact.is_finite() or abs(exact - self.low) > unit:
            return None  # However it is rounded, which takes long, and most values are far off.
        up, even, cut = (number == self.low for number in self.alike(value))
        if (up and even) or (self.share is not None and abs(exact - self.share) < unit / 2):
            return "rounded"
        if up or even:
            return "half up" if up else "half to even"
        if unit <= 1 and Decimal(f"{float(exact):.{self.decimals}f}") == self.low:
            return "in binary"
        return "cut off" if cut else None

    def may_equal(self, other: "Printed") -> bool:
        """Whether one value, rounded in one way, can have been printed as both."""
        (low, high), (least, most) = self._ends, other._ends
        start, end = max(low, least), min(high, most)
        return start < end or (start == end and {self.relation, other.relation} == {"<=", ">="})

    @property
    def _ends(self) -> tuple[Decimal, Decimal]:
        """The smallest and largest value that can have been printed so."""
        half = self.unit / 2
        match self.relation:
            case "=" | "from-to":
                return self.low - half, self.high + half
            case "<" | "<=":
                return Decimal("-Infinity"), self.high
            case ">" | ">=":
                return self.low, Decimal("Infinity")

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


@lru_cache(maxsize=4096)
def read_printed(text: str) -> Printed | None:
    """The number that a text prints; None if it prints none."""
    if _EITHER.search(text):
        return None
    plain = _plain(text)
    relation: Relation = "="
    if beginning := _RELATION.match(plain):
        relation, plain = _RELATIONS[beginning[0]], plain[beginning.end() :].strip()
    single = _amount(plain)
    if single is not None:
        in_words = not any(character.isdigit() for character in plain)
        share = _SHARES.get(_without_unit(plain))
        return Printed(relation, single, single, in_words, share=share)
    if relation != "=":
        return None
    return _about(plain) or next(_ranges(plain), None)


def is_percentage(text: str) -> bool:
    """Whether a text prints a percentage, by its sign or in words for a share: 30%, over half."""
    plain = _plain(text)
    beginning = _RELATION.match(plain)
    said = beginning[0] if beginning else _said_to_be_rough(plain)
    rest = plain.removeprefix(said).strip()
    return _without_unit(rest) in _SHARES or bool(re.search("(?:%|per ?cent)$", rest))


def is_share_in_words(text: str) -> bool:
    """Whether a text prints a percentage as words for a share: half, two-thirds, all patients."""
    return _without_unit(_plain(text)) in _SHARES


def per_one(percentage: Printed) -> Printed:
    """What is printed in percent, as a ratio: 0.20 for 20% and for a fifth."""
    return replace(
        percentage,
        low=percentage.low.scaleb(-2, _UNLIMITED),
        high=percentage.high.scaleb(-2, _UNLIMITED),
        share=percentage.share and percentage.share.scaleb(-2, _UNLIMITED),
    )


def whole(number: int) -> Printed:
    """A whole number as it is printed."""
    return Printed("=", Decimal(number), Decimal(number))


def _plain(text: str) -> str:
    """The text with one sign for each thing, and without what it says of which number it is."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip()
    plain = re.sub(f"[{_SUPERSCRIPTS}]+", lambda raised: f"^{raised[0].translate(_RAISED)}", plain)
    plain = re.sub(rf" ?[{_POINTS}] ?10(?= ?\^)", "×10", plain).translate(_PLAIN)
    plain = re.sub(r"^(?:(?:p(?:[- ]?values?)?|n) ?(?=[<>=≤≥⩽≦⩾≧]))?(?:= ?)?", "", plain)
    plain = re.sub(r" ?[×x*] ?10 ?\^? ?([+-]? ?\d+)", lambda power: f"e{power[1]}", plain)
    # Without a minus it may be a note's number: 10².
    return re.sub(r"^(|\D+)10\^ ?(-\d+)$", r"\g<1>1e\2", plain)


def _about(plain: str) -> Printed | None:
    """A number that is said to be rough: a tenth of it either way, and all that rounds to it."""
    word = _said_to_be_rough(plain)
    near = _amount(plain.removeprefix(word).strip()) if word else None
    if near is None:
        return None
    either_way = max(abs(near) / 10, Printed("=", near, near).unit / 2)
    low, high = near - either_way, near + either_way
    if word in _ALMOST:
        low, high = (low, near) if near > 0 else (near, high)
    return Printed("from-to", low, high, about=True)


def _said_to_be_rough(plain: str) -> str:
    """The word before a number that says that it is rough, or nothing."""
    return next((word for word in (*_ABOUT, *_ALMOST) if plain.startswith(word)), "")


def _ranges(plain: str) -> Iterator[Printed]:
    """Every way to read a range, as a dash can also be a minus."""
    between = plain.startswith("between ")
    ends = " and " if between else r" ?(?:\N{EN DASH}|-) ?| to "
    plain = plain.removeprefix("between ")
    for dash in re.finditer(ends, plain):
        low, high = _amount(plain[: dash.start()]), _amount(plain[dash.end() :])
        if low is not None and high is not None and low <= high:
            yield Printed("from-to", low, high)


def _amount(text: str) -> Decimal | None:
    """A number, with a unit after it or without."""
    bare = re.sub(rf"(?<=\d) ?(?:{_UNIT})(?:/(?:{_UNIT}))*$", "", text)
    return _number(_without_unit(bare))


def _without_unit(words: str) -> str:
    """A number in words without the unit after it."""
    return re.sub(rf"(?: (?:{_UNIT})|%)$", "", words)


def _number(text: str) -> Decimal | None:
    text = re.sub(r"^\N{EN DASH}(?=[\d.])", "-", _NUMBERS.get(text, text))
    text = re.sub(r"^([+-]) ", r"\1", text)
    if len(text) > _LONGEST or not re.fullmatch(_NUMBER, text, re.ASCII):
        return None
    number = Decimal(text.replace(",", "").replace(" ", ""))
    within = number.adjusted() <= _LARGEST_EXPONENT and _exponent(number) >= -_FINEST
    return number if within else None


def has_decimal_comma(text: str) -> bool:
    """Whether a text would print a number, were its comma a point, or has such a number in it."""
    if "," not in text or read_printed(text):
        return False
    is_alone = read_printed(text.replace(".", "").replace(",", ".")) is not None
    return is_alone or _DECIMAL_COMMA.search(text) is not None


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def significant(value: float) -> Decimal:
    """A computed value without the noise of its last digits: 17.249999999999996 is 17.25."""
    return Decimal(f"{value:.14g}")


def to_decimals(value: float, decimals: int) -> Decimal:
    """A computed value with so many decimals, rounded as people round: half away from zero."""
    return significant(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _UNLIMITED)
