"""What a cell's text says as a value, by what a study says of its column.

A text is read in one way or told as one that does not fit, with what would. Where a cell stands,
and what becomes of it, is not known here.
"""

import contextlib
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from casebook.base.cellpattern import CellPattern, EndlessMatchError
from casebook.base.errors import suggestion
from casebook.base.numerals import Numerals, limit_in, other_readings, readings
from casebook.data.cells import folded
from casebook.data.patients import Member, Value, measurement
from casebook.data.remarks import Remark
from casebook.doubts.identifiers import lookalikes
from casebook.prepare.day_hints import hint_at_day
from casebook.prepare.number_hints import hint_at_limit, hint_at_more
from casebook.prepare.units import split_unit
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import (
    AnyVariable,
    CategoryVariable,
    DateVariable,
    LevelledVariable,
    NumberVariable,
    SetVariable,
    TextVariable,
    Variable,
)

SLIP = "correct a slip in corrections.tsv"
_HALF_OF_NEGATIVE = (
    "half of a negative limit is above it: in study.yaml, write censored: { below: limit }, or"
    " below: missing"
)
# A single letter that follows at once is rather a slip: 7O for 70.
_WITH_UNIT = re.compile(r"[-+−]?\d[\d.,]*(?: +|(?=\D\D))([^\W\d_%]\D{0,19})")
_SEPARATORS = (",", ";", "+", "/", "|", "&", "，", "、")
_QUOTES = "\"'“”„‘’‚«»´`"
_JOINED = re.compile(r"%[dmyYj]%[dmyYj]")
"""Numbers with nothing between them in a date, which digits left out would shift."""

_ENDLESS = (
    "the pattern can fit this cell in too many ways to try them all, and no cell after it was"
    " tried; write it without a repetition inside a repetition, such as (a+)+"
)


class UnreadableError(ValueError):
    """A text that does not fit its column; `number` is what it writes, if it is out of range."""

    def __init__(self, allowed: str, hint: str = "", number: float | None = None) -> None:
        super().__init__(allowed)
        self.allowed, self.hint, self.number = allowed, hint, number


class LimitError(UnreadableError):
    """A limit, as in <5, of which the study does not say what number to use for it."""


class OtherWayError(UnreadableError):
    """A `text` that writes a number, if in another way than the study says."""

    def __init__(self, allowed: str, text: str) -> None:
        super().__init__(allowed, other_readings(text))
        self.text = text

    def way_out(self, numerals: Numerals, *, agreed: bool, corrected: bool) -> str:
        """What to do about it.

        Args:
            numerals: The way in which the study writes numbers.
            agreed: Whether the numbers of the table are mostly written in this way.
            corrected: Whether corrections.tsv has put the text there.
        """
        ways = readings(self.text)
        if corrected:
            return f"write {' or '.join(map(numerals.text, ways))}, as the study writes numbers"
        if agreed and any(way.decimal != numerals.decimal for way in ways.values()):
            sign = repr(numerals.decimal)
            return f"other numbers have {sign} before their decimals: correct it in corrections.tsv"
        return self.hint


Part = str | UnreadableError | None
"""What is read of a cell; None where it says that there is nothing; or why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """How one value of a patient is read: from which column, and by which reader."""

    name: str
    column: str
    missing: frozenset[str]
    pattern: CellPattern | None
    read: Callable[[str], Value]
    units: Sequence[str] = ()

    def part(self, text: str) -> str | None:
        """What is read of a cell's text; None where it says that there is nothing.

        Raises:
            UnreadableError: the text does not fit the pattern.
        """
        if (written := self._written(text)) is None:
            return None
        part, _ = split_unit(written, self.units)
        return None if part.casefold() in self.missing else part

    def unit(self, text: str) -> str:
        """The unit that is left out of a cell's text; empty if it has none.

        Raises:
            UnreadableError: the text does not fit the pattern.
        """
        return split_unit(self._written(text) or "", self.units)[1]

    def _written(self, text: str) -> str | None:
        """What is meant of a cell's text, with its unit; None where it says that there is none."""
        if text.casefold() in self.missing:
            return None
        if self.pattern is None:
            return text
        if self.pattern.given_up not in (None, text):
            return None
        allowed = f"a text that fits the pattern {self.pattern.source}"
        try:
            part = self.pattern.part(text)
        except EndlessMatchError:
            raise UnreadableError(allowed, _ENDLESS) from None
        if part is None:
            raise UnreadableError(allowed)
        return part.strip()

    def value(self, part: Part, text: str, error: Remark | None) -> Value:
        """The value of a cell; None where it says that there is none.

        Args:
            part: What `part` makes of its text, or why it makes nothing of it.
            text: Its text.
            error: Why the text is not the value of the cell, if it is not.

        Raises:
            UnreadableError: the text does not fit the column.
        """
        if error and text.casefold() not in self.missing:
            raise UnreadableError(error.allowed, error.hint)
        if isinstance(part, UnreadableError):
            raise part
        return None if part is None else self.read(part)


def sources_of(study: Study) -> Iterator[Source]:
    """How each value that stands in the table is read, in the order of the study, but for boxes."""
    headings = study.headings
    for name, variable in study.variables.items():
        if name not in headings:
            continue
        yield _source(
            study,
            name,
            headings[name].name,
            variable,
            reader(study.source.numerals, study.source.missing, variable),
        )
    for name, outcome in study.outcomes.items():
        for visit in filter(outcome.columns.__contains__, study.visits_of(name)):
            at_visit = outcome.columns[visit]
            read = _number_reader(study.source.numerals, study.source.missing, outcome)
            value = measurement(name, visit)
            source = _source(study, value, headings[value].name, outcome, read)
            pattern = at_visit.pattern and CellPattern(at_visit.pattern)
            yield replace(source, pattern=pattern) if pattern else source


def _source(
    study: Study, name: str, column: str, kind: Variable | Outcome, read: Callable[[str], Value]
) -> Source:
    pattern = CellPattern(kind.pattern) if kind.pattern else None
    missing = {folded(text) for text in ("", *study.source.missing, *kind.missing)}
    missing -= {folded(text) for text in getattr(kind, "none", ())}
    return Source(name, column, frozenset(missing), pattern, read, getattr(kind, "strip_unit", ()))


def reader(
    numerals: Numerals, missing: Collection[str], variable: AnyVariable
) -> Callable[[str], Value]:
    """How the text of a cell is read as the value of a variable.

    Args:
        numerals: How numbers are written.
        missing: The texts that mean "not available", beside those of the variable.
        variable: The variable.
    """
    match variable:
        case NumberVariable():
            return _number_reader(numerals, missing, variable)
        case CategoryVariable():
            return lambda text: _level(variable, text)
        case SetVariable():
            return lambda text: _members(variable, text)
        case DateVariable():
            return lambda text: _date(variable, text)
        case TextVariable():
            return lambda text: text


def _number_reader(
    numerals: Numerals, missing: Collection[str], allowed: NumberVariable | Outcome
) -> Callable[[str], Value]:
    # 999.0 is the code 999 as well, which some programs write with decimals.
    codes = {numerals.number(text) for text in (*missing, *allowed.missing)}
    low, high = allowed.range
    unit = f" {allowed.unit}" if allowed.unit else ""
    expected = f"a number from {low:.15g} to {high:.15g}{unit}"
    return lambda text: _number(allowed, numerals, codes, expected, text)


def without_percent(text: str) -> str:
    """What a text writes before a percent sign at its end; the text itself without one."""
    return text.removesuffix("%").rstrip()


def without_sign_of_zero(number: float) -> float:
    """The same number, but 0 for -0."""
    return number + 0.0


def _number(
    allowed: NumberVariable | Outcome,
    numerals: Numerals,
    codes: Container[float | None],
    expected: str,
    text: str,
) -> float | None:
    # 80% is 80 where percentages are counted, and 0.8 where they are not: the unit tells.
    digits = without_percent(text)
    sign, limit = limit_in(digits)
    rule = allowed.censored.rule(sign) if sign and allowed.censored else ""
    number = numerals.number(limit.strip() if rule else digits)
    if number is None:
        if readings(limit if rule else digits):
            raise OtherWayError(expected, limit if rule else digits)
        if sign:
            raise LimitError(expected, hint_at_limit(sign))
        hint = "" if allowed.pattern else hint_at_more(digits) or _unit_after(digits, allowed)
        raise UnreadableError(expected, hint)
    if digits != text and "%" not in (allowed.unit or ""):
        hint = (
            'if the unit contains a %, as in unit: "%", this is read as the number before the sign'
        )
        raise UnreadableError(expected, hint)
    if number in codes or rule == "missing":
        return None
    if rule == "half":
        if number < 0:
            raise LimitError(expected, _HALF_OF_NEGATIVE)
        number /= 2
    low, high = allowed.range
    if not (math.isfinite(number) and low <= number <= high):
        hint = "correct it in corrections.tsv, or widen the range in study.yaml"
        raise UnreadableError(expected, hint, number if math.isfinite(number) else None)
    return without_sign_of_zero(number)


def _unit_after(text: str, column: NumberVariable | Outcome) -> str:
    """How a number with a unit after it is read, if a text is one; another unit is told as such."""
    found = _WITH_UNIT.fullmatch(text)
    if not found:
        return ""
    unit = found[1].strip()
    listed = ", ".join(map(_in_yaml, (*column.strip_unit, unit)))
    key = f"strip_unit: [{listed}]" if column.strip_unit else f"strip_unit: {listed}"
    for other in column.strip_unit:
        if other.casefold() == unit.casefold():
            return (
                f"strip_unit has {other!r}, and the case of letters can tell units apart, as mM and"
                f" mm: if {unit!r} is the same unit, write {key} beside the column in study.yaml;"
                " if it is not, convert the number in corrections.tsv"
            )
    way = "write" if column.strip_unit else "add"
    hint = f"to read the number before {unit!r}, {way} {key} beside the column in study.yaml"
    if not column.unit or column.unit.casefold().startswith(unit.casefold()):
        return hint
    return (
        f"the unit of the column is {column.unit}: convert the number in corrections.tsv if"
        f" {unit!r} is another unit; if it is not, {hint}"
    )


def _in_yaml(unit: str) -> str:
    return unit if re.fullmatch(r"[^\W\d_][\w /.^-]*", unit) else _quoted(unit)


def _quoted(text: str) -> str:
    """A text as YAML takes it literally."""
    return "'" + text.replace("'", "''") + "'"


def _level(variable: LevelledVariable, text: str) -> str:
    for level, label in variable.levels.items():
        if level.casefold() == text.casefold():
            return next(first for first, other in variable.told_apart.items() if other == label)
    allowed = ", ".join([*variable.levels, *getattr(variable, "none", ())])
    raise UnreadableError(f"one of {allowed}", _hint_at_level(variable, text))


def _hint_at_level(variable: LevelledVariable, text: str) -> str:
    """Which level may be meant by a text that is none."""
    for level, label in variable.told_apart.items():
        if label.casefold() == text.casefold():
            return f"it is the label of {level!r}: add '{text}: {label}' to levels in study.yaml"
    for level, label in variable.levels.items():
        foreign = [letter for letter in text if not letter.isascii() and letter not in level]
        if foreign and lookalikes(dict(enumerate([level, text]))):
            named = f"U+{ord(foreign[0]):04X}, {unicodedata.name(foreign[0], 'without a name')}"
            return f"it only looks like {level!r} and has {named}; {SLIP}"
        # Programs write whole numbers with decimals once a cell of their column is empty.
        if level.isdecimal() and re.fullmatch(rf"{level}[.,]0+", text):
            return f'it is {level!r} with decimals: add "{text}": {label} to levels in study.yaml'
    close = suggestion(text.strip(_QUOTES), list(variable.levels))
    return close or "add it to levels in study.yaml if it is one"


def _members(variable: SetVariable, text: str) -> tuple[Member, ...]:
    if text.casefold() in map(folded, variable.none):
        return ()
    members = []
    for part in text.split(variable.separator):
        name, marked = part.strip(), False
        if not name:
            raise UnreadableError(
                f"members separated by {variable.separator!r}, none of them empty"
            )
        if variable.mark and name.endswith(variable.mark):
            name, marked = name.removesuffix(variable.mark).strip(), True
        try:
            members.append(Member(_level(variable, name), marked))
        except UnreadableError as error:
            hint = _hint_at_separator(variable, text) or error.hint
            raise UnreadableError(error.allowed, hint) from None
    if len({member.name for member in members}) < len(members):
        raise UnreadableError("each member once")
    return tuple(members)


def _hint_at_separator(variable: SetVariable, text: str) -> str:
    """Which sign stands between the members in a text, if they are levels between such signs."""
    levels = {level.casefold() for level in variable.levels}
    for sign in _SEPARATORS:
        names = (part.strip().removesuffix(variable.mark or "") for part in text.split(sign))
        parts = [name.strip().casefold() for name in names]
        if sign != variable.separator and len(parts) > 1 and levels.issuperset(parts):
            return (
                f"its members are separated by {sign!r}: if they are so in all cells, add"
                f" separator: {_quoted(sign)} beside the column in study.yaml; otherwise write"
                f" {variable.separator!r} in its place by corrections.tsv"
            )
    if len(text.split()) > 1 and levels.issuperset(text.casefold().split()):
        return f"write {variable.separator!r} between its members by corrections.tsv"
    return ""


def _date(variable: DateVariable, text: str) -> Value:
    days: dict[date, str] = {}
    # A workbook's own dates arrive in ISO form, however they are shown in it.
    for pattern in (*variable.format, "%Y-%m-%d"):
        with contextlib.suppress(ValueError):
            day = datetime.strptime(text, pattern).date()
            if not _JOINED.search(pattern) or day.strftime(pattern) == text:
                days.setdefault(day, pattern)
    if len(days) == 1:
        return next(iter(days))
    if days:
        ways = " and ".join(f"{day} by {pattern}" for day, pattern in days.items())
        hint = f"it is {ways}: write which in corrections.tsv, in the form 2024-02-29"
        raise UnreadableError("a day that all formats read alike", hint)
    written = " or ".join(f"{each}, as in {date(2024, 2, 29):{each}}" for each in variable.format)
    hint = hint_at_day(text, variable.format)
    if not hint and any(map(_JOINED.search, variable.format)):
        hint = "without signs between them, day and month need two digits each, as in 05"
    raise UnreadableError(f"a day of the calendar, written as {written}", hint) from None
