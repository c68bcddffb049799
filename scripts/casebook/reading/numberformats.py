"""What the number format of a cell in a workbook makes of its number, in Excel's letters.

A format can say what a number is: 80%, 001, P7, <21. What else it shows in place of the number, or
that it shows nothing, is told. How a number is rounded or grouped is not asked, nor are days.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from casebook.data.cells import TableError

_LONGEST = 255
"""What Excel allows."""
_TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|General|.', re.DOTALL | re.IGNORECASE)
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[-() ]')
# What is between the literals of a format that fills up with zeros, as 000 or "P"000 does.
_ZEROS = re.compile(r"0{2,}|#+0+")
_PLACES = ("0", "#", "?", "@", "general")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_NAMING = re.compile(r"[^\W\d_]|[<>≤≥~]")
"""What makes a name of a number before which it stands, or a limit."""
_OTHER_NUMBER = re.compile(r"\s*[.,]?\d|.*[<>≤≥±~+*?!#†‡=]")
_OF_UNIT = re.compile(r"[^\W\d_]|[%‰°]")
_MINUS = re.compile(r"[-−–(]")
_SCALED = re.compile(r"[0#?](,+)(?:\.|$)|(,+)$")


def checked_format(code: str) -> str:
    """A number format as a file has it.

    Raises:
        TableError: it is longer than any that a spreadsheet keeps.
    """
    if len(code) > _LONGEST:
        allowed = f"number formats of up to {_LONGEST} characters"
        raise TableError(allowed, "give its cells another number format", value=code)
    return code


def stored_number(text: str) -> float:
    """The number that a workbook has stored as a text.

    Raises:
        ValueError: it is none, or larger than any that a spreadsheet computes with.
    """
    if re.fullmatch(r"-?\d{1,17}", text, re.ASCII):
        return int(text)
    if "_" in text:
        raise ValueError(text)
    return finite(float(text))


def finite(number: float) -> float:
    """The same number.

    Raises:
        ValueError: it is infinite, or no number.
    """
    if not math.isfinite(number):
        raise ValueError(number)
    return number


def shows_day(shown_as: str) -> bool:
    """Whether a number format shows the day of a moment, and not its time alone."""
    return re.search(r"[dy]", _LITERALS.sub("", shown_as), re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class _Section:
    """What a number format says of the numbers for which one of its sections holds.

    Attributes:
        code: The section.
        condition: For which numbers it holds, if it says so itself.
        places: The kinds of its places for digits, and for texts.
        alone: What is shown where no digits are.
        before: What is shown before the digits, but for currencies.
        after: What is shown behind them.
        fills: Whether numbers are filled up with zeros.
        percents: How many percent signs there are.
        scale: By what numbers are divided.
    """

    code: str
    condition: re.Match[str] | None
    places: frozenset[str]
    alone: str
    before: str
    after: str
    fills: bool
    percents: int
    scale: int

    @property
    def name(self) -> str:
        """What is shown before the digits if it makes a name or a limit of them."""
        return self.before if _NAMING.search(self.before) else ""

    @property
    def unit(self) -> str:
        """What is shown behind the digits if it can be a unit."""
        unit = self.after.strip(" ()[]")
        return unit if _OF_UNIT.search(unit) else ""

    def holds(self, value: float) -> bool:
        """Whether its condition, if it has one, is true of a number."""
        met = self.condition
        return met is None or bool(_COMPARED[met[1]](value, float(met[2])))


def number_text(value: float, shown_as: str, decimal: str) -> str:
    """A number of a workbook as a text.

    All its digits are given, whatever is shown of them, but for formats that say what a number is:
    0.8 shown as 80% is "80%", 1 shown as 001 or P1 is a name, and 21 shown as <21 is a limit.

    Args:
        value: The number.
        shown_as: Its number format.
        decimal: What its decimals begin with.
    """
    return _number_text(value, _section(value, shown_as)).replace(".", decimal)


def _number_text(value: float, section: _Section) -> str:
    digits = _digits(value)
    if section.fills and value >= 0 and digits.isdigit():
        return _filled(digits, section.code)
    if section.percents:
        percent = Decimal(digits).scaleb(2 * section.percents).normalize()
        digits = f"{percent:f}{'%' * section.percents}"
    return section.name + digits


def shown_instead(value: float | str, shown_as: str) -> str | None:
    """What a format shows where a reader would take it for another value, or for none.

    Args:
        value: A number, or a text.
        shown_as: Its number format.
    """
    if isinstance(value, str):
        of_texts = _sections(shown_as)[3:]
        return of_texts[0].alone if of_texts and "@" not in of_texts[0].places else None
    section = _section(value, shown_as)
    before, after = section.before, section.after
    if not section.places or (value == 0 and section.places <= {"#", "?"}):
        return section.alone.strip()
    if value < 0 and _has_own_sign(shown_as) and not _MINUS.search(before + after):
        return None if section.name else before + _number_text(-value, section) + after
    if section.fills:
        return None
    if section.scale > 1:
        return before + _digits(value / section.scale) + after
    misled = before.strip("-(" if value < 0 else "+")
    if (misled and not _NAMING.search(misled)) or _OTHER_NUMBER.match(after):
        return before + _digits(value) + after
    return None


def shown_unit(value: float, shown_as: str) -> str:
    """The unit that a format shows behind a number, as "mg" of `0.0" mg"`; empty if it has none."""
    return _section(value, shown_as).unit


def _digits(value: float) -> str:
    # A workbook keeps 0.3 in binary; 15 digits are what it shows.
    return str(value) if isinstance(value, int) else format(value, ".15g")


@lru_cache(maxsize=256)
def _sections(shown_as: str) -> tuple[_Section, ...]:
    """What holds for numbers above, below and of 0, and for texts."""
    sections: list[list[str]] = [[]]
    for part in _TOKEN.findall(shown_as):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return tuple(map(_read_section, sections))


def _read_section(tokens: Sequence[str]) -> _Section:
    code = "".join(tokens)
    bare = _LITERALS.sub("", code)
    before, after = _around(tokens)
    scaled = _SCALED.search(bare)
    return _Section(
        code,
        _CONDITION.search(code),
        frozenset({token.lower() for token in tokens} & set(_PLACES)),
        _literal([part for part in tokens if part not in "#?,."]),
        before,
        after,
        fills=_ZEROS.fullmatch(bare) is not None,
        percents=bare.count("%"),
        scale=1000 ** len(scaled[1] or scaled[2]) if scaled else 1,
    )


def _has_own_sign(shown_as: str) -> bool:
    """Whether numbers below 0 have a section of their own, and no sign but what stands in it."""
    sections = _sections(shown_as)[:3]
    return len(sections) > 1 and not any(section.condition for section in sections)


def _section(value: float, shown_as: str) -> _Section:
    """What holds for a number."""
    sections = _sections(shown_as)[:3]
    if any(section.condition for section in sections):
        return next((each for each in sections if each.holds(value)), sections[-1])
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _around(tokens: Sequence[str]) -> tuple[str, str]:
    """What is shown before and behind the digits of a number, but for currencies."""
    places = [i for i, token in enumerate(tokens) if token.lower() in _PLACES]
    if not places:
        return "", ""
    before, after = _literal(tokens[: places[0]]), _literal(tokens[places[-1] + 1 :])
    return before.strip(), after.rstrip(" ,.")


def _literal(tokens: Sequence[str]) -> str:
    shown = ""
    for token in tokens:
        if token[0] == '"':
            shown += token.strip('"')
        elif token[0] == "\\":
            shown += token[1:]
        elif token[0] == "_":
            shown += " "
        elif token[0] not in "*[%":
            shown += token
    return "".join(c for c in shown if unicodedata.category(c) != "Sc")


def _filled(digits: str, shown_as: str) -> str:
    """Digits in the places of the zeros of a format, with its literals between."""
    parts = re.findall(rf"{_LITERALS.pattern}|0", shown_as)
    left = digits.zfill(parts.count("0"))
    first = len(left) - parts.count("0") + 1
    text = ""
    for part in parts:
        if part == "0":
            text, left, first = text + left[:first], left[first:], 1
        elif part[0] in '"\\-() ':
            text += part.strip('"').removeprefix("\\")
    return text
