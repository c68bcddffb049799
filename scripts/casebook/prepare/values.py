"""What a cell's text says as a value, by what a study says of its column.

A text is read in one way or told as one that does not fit, with what would. Where a cell stands,
and what becomes of it, is not known here.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from casebook.base.cellpattern import CellPattern, EndlessMatchError
from casebook.base.errors import suggestion
from casebook.base.numerals import Numerals
from casebook.base.texts import quoted
from casebook.data.cells import folded
from casebook.data.patients import Member, Value, measurement
from casebook.data.remarks import Remark
from casebook.doubts.identifiers import lookalikes
from casebook.doubts.turned import hint_at_turned
from casebook.prepare.day_hints import OF_COLUMN
from casebook.prepare.days import read_day
from casebook.prepare.numbers import number_reader
from casebook.prepare.units import split_unit, without_marks
from casebook.prepare.unreadable import UnreadableError
from casebook.study.inexact import NumberInCell
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
_SEPARATORS = (",", ";", "+", "/", "|", "&", "，", "、")
_QUOTES = "\"'“”„‘’‚«»´`"
_ENDLESS = (
    "the pattern can fit this cell in too many ways to try them all, and no cell after it was"
    " tried; write it without a repetition inside a repetition, such as (a+)+"
)


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
    marks: Sequence[str] = ()
    is_day: bool = False

    def part(self, text: str) -> str | None:
        """What is read of a cell's text; None where it says that there is nothing.

        Raises:
            UnreadableError: the text does not fit the pattern.
        """
        part = self._taken_apart(text)[0]
        return None if part is None or part.casefold() in self.missing else part

    def unit(self, text: str) -> str:
        """The unit that is left out of a cell's text; empty if it has none.

        Raises:
            UnreadableError: the text does not fit the pattern.
        """
        return self._taken_apart(text)[1]

    def has_mark(self, text: str) -> bool:
        """Whether a mark is left out of a cell's text.

        Raises:
            UnreadableError: the text does not fit the pattern.
        """
        return self._taken_apart(text)[2]

    def _taken_apart(self, text: str) -> tuple[str | None, str, bool]:
        """What is meant of a cell's text, if anything, its unit, and whether it has a mark."""
        if (written := self._written(text)) is None:
            return None, "", False
        # A mark can stand before the unit or behind it.
        with_unit = without_marks(written, self.marks)
        bare, unit = split_unit(with_unit, self.units)
        part = without_marks(bare, self.marks)
        return part, unit, with_unit != written or part != bare

    def _written(self, text: str) -> str | None:
        """What is meant of a cell's text, with its unit; None where it says that there is none."""
        if text.casefold() in self.missing:
            return None
        if self.pattern is None:
            return text
        if self.pattern.given_up not in (None, text):
            return None
        allowed = f"a text that fits the pattern of {self.name} in study.yaml"
        try:
            part = self.pattern.part(text)
        except EndlessMatchError:
            raise UnreadableError(allowed, _ENDLESS) from None
        if part is None:
            raise UnreadableError(allowed, "" if self.is_day else hint_at_turned(text))
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
            read = number_reader(study.source.numerals, study.source.missing, outcome)
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
    missing -= {*kind.values} if isinstance(kind, NumberInCell) else set()
    units, marks = (kind.strip_unit, kind.marks) if isinstance(kind, NumberInCell) else ((), ())
    is_day = isinstance(kind, DateVariable)
    return Source(name, column, frozenset(missing), pattern, read, units, marks, is_day)


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
            return number_reader(numerals, missing, variable)
        case CategoryVariable():
            return lambda text: _level(variable, text)
        case SetVariable():
            return lambda text: _members(variable, text)
        case DateVariable():
            return partial(read_day, variable.forms, OF_COLUMN)
        case TextVariable():
            return lambda text: text


def _level(variable: LevelledVariable, text: str) -> str:
    for level, label in variable.levels.items():
        if level.casefold() == text.casefold():
            return next(first for first, other in variable.told_apart.items() if other == label)
    none = (each or "an empty cell" for each in getattr(variable, "none", ()))
    allowed = ", ".join([*variable.levels, *none])
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
    if turned := hint_at_turned(text, [*variable.levels]):
        return turned
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
                f" separator: {quoted(sign)} beside the column in study.yaml; otherwise write"
                f" {variable.separator!r} in its place by corrections.tsv"
            )
    if len(text.split()) > 1 and levels.issuperset(text.casefold().split()):
        return f"write {variable.separator!r} between its members by corrections.tsv"
    return ""
