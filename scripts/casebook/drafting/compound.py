"""Cells that hold two values: an age and a sex, as in "50, F", or a value before and after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading, is_unit
from casebook.drafting.numbers import number
from casebook.drafting.words import words

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_NUMBER_WORD = re.compile(rf"({_NUMBER}) ?([,;/]| ) ?([A-Za-z]\w{{0,11}})")
_WORD_NUMBER = re.compile(rf"([A-Za-z]\w{{0,11}}) ?([,;/]| ) ?({_NUMBER})")
_FEWEST = 3
_OLDEST = 110
_ARROWS = ("/", "→", "->", "–", ";", "|", ", ")


def number_and_word(column: Column, numerals: Numerals) -> tuple[Guess, Guess] | None:
    """The guesses of a number and a level in each cell, in their order; None if some lack one."""
    for form, first in ((_NUMBER_WORD, True), (_WORD_NUMBER, False)):
        found = [form.fullmatch(text) for text in column.filled]
        parts = [each.groups() for each in found if each]
        signs = {sign for _, sign, _ in parts}
        if len(parts) < _FEWEST or len(parts) < len(found) or len(signs) != 1:
            continue
        numbers = [one if first else other for one, _, other in parts]
        levels = [other if first else one for one, _, other in parts]
        if len(set(map(folded, levels))) == 1 or len(set(map(folded, levels))) > len(levels) / 2:
            continue
        if all(map(is_unit, levels)):
            continue
        (sign,) = signs
        between = f" *{re.escape(sign.strip())} *" if sign.strip() else " +"
        return _both(column, numerals, (numbers, levels), between, first=first)
    return None


def _both(
    column: Column,
    numerals: Numerals,
    parts: tuple[Sequence[str], Sequence[str]],
    between: str,
    *,
    first: bool,
) -> tuple[Guess, Guess] | None:
    numbers, levels = (Column(column.number, column.header, texts) for texts in parts)
    of_number = number(numbers, Heading(column.header), numerals)
    of_level = words(levels)
    if of_number is None or of_number.missing or of_number.slips or of_level.type != "category":
        return None
    shown = "" if column.private else f", as in {column.filled[0]!r}"
    reason = f"each cell has a number and a word{shown}"
    patterns = rf"(.+?){between}\w+", rf".+?{between}(\w+)"
    if not first:
        patterns = rf"\w+{between}(.+)", rf"(\w+){between}.+"
    told = replace(of_number, reason=reason, pattern=patterns[0], suffix="number")
    level = replace(of_level, reason=reason, pattern=patterns[1], suffix=_named(of_level))
    return (told, level) if first else (level, told)


def behind_code(patient: Column, numerals: Numerals) -> Iterator[Guess]:
    """The guesses of what stands behind the codes of patients, as in Pat. 3, F, 62."""
    cells = [[part.strip() for part in text.split(",")] for text in patient.different.values()]
    count = len(cells[0]) if cells else 0
    if len(cells) < _FEWEST or count < 2 or any(len(each) != count for each in cells):
        return
    shown = "" if patient.private else f", as in {next(iter(patient.different.values()))!r}"
    for place, texts in enumerate(zip(*cells, strict=True)):
        own = Column(patient.number, patient.header, texts, patient.missing)
        found = number(own, Heading(patient.header), numerals) or words(own)
        if place == 0 or found.type not in ("number", "category") or found.slips:
            continue
        pattern = "[^,]*," * place + " *([^,]*)" + (",.*" if place < count - 1 else "")
        are_ages = all(_OLDEST >= number >= 0 for _, number in found.seen)
        suffix = ("age" if are_ages else "number") if found.type == "number" else _named(found)
        reason = f"each has it behind the code{shown}"
        yield replace(found, reason=reason, pattern=pattern, suffix=suffix)


def _named(guess: Guess) -> str:
    return "sex" if {*guess.levels.values()} <= {"Female", "Male"} else "level"


def numbers_in_cells(
    column: Column, numerals: Numerals, count: int
) -> tuple[str, list[Column]] | None:
    """The sign between so many numbers in each cell, and a column of each; None if there is none.

    Any of the numbers may be missing.
    """
    for sign in _ARROWS:
        parts = [[each.strip() for each in text.split(sign)] for text in column.filled]
        if not parts or any(len(each) != count for each in parts):
            continue
        sides = list(zip(*parts, strict=True))
        columns = [Column(column.number, column.header, side, column.missing) for side in sides]
        read = [numerals.number(text) for each in columns for text in each.filled]
        if read and None not in read and all(each.filled for each in columns):
            return sign, columns
    return None
