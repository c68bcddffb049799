"""The kinds of field that a study is described with: names, texts, numbers, patterns, limits.

Each says what it takes and, in words, why it takes something else not. Which fields a study has,
and whether they fit each other, is not known here.
"""

import contextlib
import keyword
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    Strict,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from casebook.base.characters import unprintable
from casebook.base.days import SERIAL
from casebook.data.cells import folded, normalised
from casebook.data.patients import MARK, NO_MEMBERS, SEPARATOR
from casebook.statistics.terms import Convention, RankSumConvention

_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
"""What YAML 1.2 takes for true and false: yes, on and 1 are texts and a number."""
LARGEST, _SMALLEST = 1e15, 1e-9
"""The largest number, which no column exceeds either, and the smallest one above 0."""
_DAYS = (date(2024, 2, 29), date(1999, 12, 31))
_LETTERS = {"d": "%d", "t": "%d", "m": "%m", "y": "%y", "j": "%y"}
_NAME, _IDENTIFIER = "^[a-z][a-z0-9_-]{0,63}$", "^[a-z][a-z0-9_]{0,63}$"
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o"})


def name_for(text: str) -> str:
    """The name most like a text: small letters a to z, digits and underscores; perhaps empty."""
    spelled = unicodedata.normalize("NFC", text).lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    name = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:60]
    name = f"x{name}" if name[:1].isdigit() else name
    return f"{name}_1" if _reason_against(name) else name


def _reason_against(name: str) -> str:
    """Why an expression or a table cannot have a value of this name; empty if it can."""
    if keyword.iskeyword(name):
        return "expressions follow the rules of Python, in which it has a meaning of its own"
    if name in ("patient", "row"):
        return "the tables of results already have a column of this name"
    return ""


def _named(pattern: str, signs: str) -> BeforeValidator:
    def check(name: object) -> object:
        if not isinstance(name, str) or re.fullmatch(pattern, name):
            return name
        advice = f"write {found}" if (found := name_for(name)) else "choose another name"
        advice = f"give each name a line of its own, or {advice}" if "," in name else advice
        shown = repr(name if len(name) <= 60 else f"{name[:57]}...")
        rule = f"a name begins with a letter, and has small letters from a to z, digits and {signs}"
        raise ValueError(f"{shown} cannot be a name; {advice} ({rule}, 64 at most)")

    return BeforeValidator(check)


def _identifier(name: str) -> str:
    if reason := _reason_against(name):
        raise ValueError(f"{name!r} cannot be a name, as {reason}; write {name_for(name)}")
    return name


def _printable(text: str) -> str:
    if found := unprintable(text):
        raise ValueError(f"holds {found}, which cannot be printed; remove it")
    return text


def _text(text: str) -> str:
    return _printable(normalised(text))


def _without_address(doi: object) -> object:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi) if isinstance(doi, str) else doi


def _doi(doi: str) -> str:
    if not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        raise ValueError(f"{doi[:60]!r} is not a DOI, as in 10.1136/rmdopen-2024-004258")
    return doi


def _separator(separator: str) -> str:
    if not separator.strip():
        raise ValueError("must contain something other than white space, such as ',' or ';'")
    return separator


def _positive(number: float) -> float:
    if not _SMALLEST <= number <= LARGEST:
        raise ValueError(f"must be between {_SMALLEST:g} and {LARGEST:g}")
    return number


def _step(text: str) -> str:
    try:
        step = Fraction(text)
    except (ValueError, ZeroDivisionError):
        step = Fraction(0)
    if not Fraction(_SMALLEST) <= step <= LARGEST or len(text) > 20:
        raise ValueError(f"{text[:20]!r} must be a number above 0, or a part of one, as in 1/3")
    return text


def _flag(found: object) -> object:
    return _FLAGS.get(found, found) if isinstance(found, str) else found


def _digit(found: object) -> object:
    return int(found) if isinstance(found, str) and re.fullmatch("[0-9]", found) else found


def _two_numbers(limits: object) -> object:
    if not isinstance(limits, Sequence) or isinstance(limits, str) or len(limits) != 2:
        raise ValueError("must be the smallest and the largest number, as in [0, 100]")
    return limits


def _range(limits: tuple[float, float]) -> tuple[float, float]:
    if not all(math.isfinite(limit) and abs(limit) <= LARGEST for limit in limits):
        raise ValueError(f"both limits must be numbers between -{LARGEST:g} and {LARGEST:g}")
    if limits[0] > limits[1]:
        raise ValueError(f"the lower limit {limits[0]:g} is above the upper limit {limits[1]:g}")
    return limits


def _pattern(pattern: str) -> str:
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    except (OverflowError, RecursionError, MemoryError):
        raise ValueError("not a regular expression: a number in it is too large, or it is nested"
                         " too deeply") from None  # fmt: skip
    if not groups:
        raise ValueError("needs a group in parentheses around the part of the cell to keep")
    return pattern


def _levels(levels: dict[str, str]) -> dict[str, str]:
    twins: dict[str, str] = {}
    for level in levels:
        if SEPARATOR.strip() in level or level.endswith(MARK) or level == NO_MEMBERS:
            raise ValueError(
                f"the level {level!r} must not contain ';', end with '*', or be {NO_MEMBERS!r}"
            )
        twin = twins.setdefault(folded(level), level)
        if twin != level:
            raise ValueError(f"{twin!r} and {level!r} differ only in upper and lower case")
    return levels


def _none_lost(found: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """Keep keys that are told apart in the file from becoming one."""
    values = validate(found)
    if isinstance(found, Mapping) and len(found) > len(values):
        raise ValueError("two keys differ only in white space or leading zeros; remove one")
    return values


def _date_format(pattern: str) -> str:
    if pattern == SERIAL:
        return pattern
    found = pattern
    if not _gives_a_day(pattern):
        # What spreadsheets write: DD/MM/YYYY, in German TT.MM.JJJJ.
        found = re.sub("[dt]{1,2}|m{1,4}|[yj]{4}|[yj]{2}", _letter, pattern.lower())
    if not _gives_a_day(found):
        raise ValueError(f"{pattern[:60]!r} must give day, month and year, as in '%d.%m.%Y'")
    if _exchanges_day_and_month(found):
        raise ValueError(
            f"{pattern[:60]!r} would read 2024-03-04, which is 4 March in a workbook, as 3 April:"
            " write '%Y-%m-%d' if the month comes before the day; if the day comes first, write"
            " the dates with slashes, as in 2024/04/03, and '%Y/%d/%m' here"
        )
    if found != pattern:
        raise ValueError(f"write {found!r} for {pattern!r}")
    return pattern


def _date_formats(patterns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_date_format, patterns))


def _letter(part: re.Match[str]) -> str:
    """What stands here for a part of a format of spreadsheets."""
    long = len(part[0]) > 2
    return {"m": "%b", "y": "%Y", "j": "%Y"}[part[0][0]] if long else _LETTERS[part[0][0]]


def _gives_a_day(pattern: str) -> bool:
    """Whether dates in this format can be read, and mean one day only."""
    # Any other letter could ask for a million of spaces.
    letters = re.findall("%(.?)", pattern, re.DOTALL)
    years = sum(letter in ("Y", "y") for letter in letters)
    if years != 1 or set(letters) - set("YmdBbjyHIMSp%"):
        return False
    try:
        days = {day: datetime.strptime(day.strftime(pattern), pattern).date() for day in _DAYS}
    except (ValueError, re.error):
        return False
    return all(day == read for day, read in days.items())


def _exchanges_day_and_month(pattern: str) -> bool:
    """Whether a date as workbooks give it would be read as another day in this format."""
    day = datetime(2024, 3, 4)
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m-%d %H:%M:%S}"):
        with contextlib.suppress(ValueError):
            if datetime.strptime(text, pattern).date() != day.date():
                return True
    return False


def _of_one_version(convention: object) -> object:
    if convention == "r-default":
        raise ValueError(
            "'r-default' does not say which version of R: its default changed in 4.6; write r-4.5"
            " for what 'r-default' was, or r-4.6"
        )
    return convention


def _encoding(name: str) -> str:
    try:
        # Of no bytes Python makes text without a look at the name; some codecs make none of any.
        bytes(4).decode(name)
    except (LookupError, ValueError):
        known = "cp1252 (Windows), mac-roman, cp437 (DOS), utf-16-le, cp1250, cp1251 or shift_jis"
        raise ValueError(f"{name[:60]!r} is not an encoding, such as {known}") from None
    return name


def _unit_behind(unit: str) -> str:
    if re.match(r"[eE][-+]?\d", unit):
        raise ValueError(f"{unit[:60]!r} is not a unit: 2e3 is the number 2000")
    return unit


def _mark(sign: str) -> str:
    if found := re.search(r"[\d<>≤≥=%±+\N{MINUS SIGN}–—-]|^[.,' ]+$", sign):
        raise ValueError(f"{sign[:60]!r} is not a mark: {found[0]!r} can be part of a number")
    return sign


def _file_name(name: str) -> str:
    if len(name) > 200 or set(name) & set("/\\{}"):
        raise ValueError(f"{name[:60]!r} must be the name of a file in the study's folder")
    return name


Name = Annotated[str, StringConstraints(pattern=_NAME), _named(_NAME, "_ or -")]
"""Name of a study or a cohort: it becomes the name of a file."""
Identifier = Annotated[
    str,
    StringConstraints(pattern=_IDENTIFIER),
    _named(_IDENTIFIER, "_"),
    AfterValidator(_identifier),
]
"""Name of a variable or an outcome: expressions use it, so it has no hyphen."""
Text = Annotated[str, AfterValidator(_text), StringConstraints(min_length=1, max_length=2000)]
UnitBehind = Annotated[Text, AfterValidator(_unit_behind)]
"""A unit that stands behind numbers in cells, of which it is told apart."""
Mark = Annotated[Text, AfterValidator(_mark)]
"""A sign that stands beside numbers in cells, of which it is told apart."""
WORDING = "wording"
Wording = Annotated[Text, WORDING]
"""What readers are told, on which no result depends."""
CellText = Annotated[str, AfterValidator(_printable)]
"""What a cell may hold; nothing, too."""
PathText = Annotated[str, AfterValidator(_printable), StringConstraints(min_length=1)]
"""A path, in which white space counts."""
FileName = Annotated[PathText, AfterValidator(_file_name)]
Encoding = Annotated[PathText, AfterValidator(_encoding)]
Doi = Annotated[str, BeforeValidator(_without_address), AfterValidator(_doi)]
Separator = Annotated[str, AfterValidator(_printable), AfterValidator(_separator)]
Flag = Annotated[bool, Strict(), BeforeValidator(_flag)]
Number = Annotated[float, Field(allow_inf_nan=False)]
PositiveNumber = Annotated[Number, Field(gt=0), AfterValidator(_positive)]
QuantileType = Annotated[Literal[1, 2, 3, 4, 5, 6, 7, 8, 9], BeforeValidator(_digit)]
SignedRank = Annotated[Convention, BeforeValidator(_of_one_version)]
RankSum = Annotated[RankSumConvention, BeforeValidator(_of_one_version)]
Step = Annotated[str, AfterValidator(_step)]
"""What values are multiples of: a number, or a part of one, as in 1/3."""
Range = Annotated[tuple[float, float], AfterValidator(_range), BeforeValidator(_two_numbers)]
Pattern = Annotated[
    str, AfterValidator(_printable), AfterValidator(_pattern), StringConstraints(max_length=500)
]
FirstYear = Annotated[int, Field(ge=1850, le=2000)]
"""The first of the hundred years that two digits are taken for."""
DateFormats = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_date_formats)]
"""A mistake in one is told at the key, as one alone need not be a list."""
Levels = Annotated[
    dict[Text, Text],
    Field(min_length=1, examples=[{"F": "Female", "M": "Male"}]),
    AfterValidator(_levels),
    WrapValidator(_none_lost),
]
Rows = Annotated[
    dict[Annotated[int, Field(le=10_000_000)], Text],
    Field(examples=[{10: "the totals"}]),
    WrapValidator(_none_lost),
]
"""Numbers of rows as in a spreadsheet, each with a reason."""
