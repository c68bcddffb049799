"""What is measured at several visits: in a column for each, or all visits in one cell."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.base.lists import enumerated
from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.doubts.direction import better_way
from casebook.drafting.columns import Column, Guess
from casebook.drafting.compound import numbers_in_cells
from casebook.drafting.grades import answers
from casebook.drafting.headers import Heading, heading
from casebook.drafting.numbers import number
from casebook.drafting.parts import AtVisit, Names, Outcome
from casebook.drafting.placed import Placed
from casebook.drafting.ranges import outside, range_of
from casebook.drafting.visitnames import When
from casebook.drafting.visits import visits_in_cells

_MOST_ODD = 0.4
"""What share of the cells of a visit may be no numbers, if most other visits have numbers."""


def at_visits(
    placed: Sequence[Placed],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    title: str,
    names: Names,
) -> Iterator[Outcome]:
    """The measurements of columns at several visits that are numbers.

    Args:
        placed: The columns.
        headings: What the headers say.
        numerals: How numbers are written.
        title: What a measurement is called whose columns name visits alone.
        names: Where names are from.
    """
    for each in placed:
        if answers(each.columns.values()):
            continue
        if found := measured(each.stem or title, each.columns, headings, numerals, names):
            yield found


def measured(
    label: str,
    columns: Mapping[When, Column],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    names: Names,
) -> Outcome | None:
    """A measurement with a column of numbers at each of its visits; None if some are no numbers."""
    guesses = [number(each, headings[each.header], numerals) for each in columns.values()]
    if guesses.count(None) * 2 < len(guesses):
        # Where most visits have numbers, a visit with more slips than usual is of the same.
        pairs = zip(guesses, columns.values(), strict=True)
        guesses = [g or number(c, headings[c.header], numerals, _MOST_ODD) for g, c in pairs]
    if plain := _plain_numbers(guesses):
        # Where all are below a limit at a visit, those at others tell that these are numbers.
        pairs = zip(guesses, columns.values(), strict=True)
        guesses = [g or _beside(c, plain, headings[c.header], numerals) for g, c in pairs]
    numbers = [each for each in guesses if each is not None]
    if len(numbers) < len(guesses):
        return None
    there = [*columns.values()]
    told = [guess.without_declared(c) for guess, c in zip(numbers, there, strict=True)]
    of_stem = heading(label)
    guess = joined(told, [*(headings[each.header] for each in there), of_stem])
    label = of_stem.label if of_stem.unit == guess.unit else label
    at = [AtVisit(when, column.header) for when, column in columns.items()]
    name = names.give(label, min(each.number for each in there), (when.name for when in columns))
    return Outcome(name, label, _reason(label, there), at, guess, better_way(label))


def _plain_numbers(guesses: Iterable[Guess | None]) -> list[str]:
    """The texts of a column that are a number each, and no more or less, if there is one."""
    for guess in filter(None, guesses):
        others = {text for texts in guess.inexact.values() for text in texts}
        return [text for text, _ in guess.seen if text not in others]
    return []


def _beside(
    column: Column, plain: Sequence[str], told: Heading, numerals: Numerals
) -> Guess | None:
    """The guess that a column without a plain number has numbers as another visit has."""
    return number(replace(column, texts=[*column.texts, *plain]), told, numerals)


def _reason(label: str, columns: Sequence[Column]) -> str:
    """Why columns seem to be one measurement, and which of them do not name it."""
    where = "labels or headers" if any(each.label for each in columns) else "headers"
    headers = [each.header for each in columns]
    reason = f"{where} name visits: {', '.join(map(repr, headers))}"
    without = [each for each in headers if folded(label) not in folded(each)]
    if not 0 < len(without) < len(headers) or where != "headers":
        return reason
    are = "are" if without[1:] else "is"
    return f"{reason}; {enumerated([*map(repr, without)])} {are} taken for what stands before"


def in_cells(
    columns: Sequence[Column],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    names: Names,
) -> Iterator[Outcome]:
    """The measurements of which each cell has several visits, as 57/61 below "before/after"."""
    for column in columns:
        told = headings[column.header]
        said = visits_in_cells(told.label)
        parts = numbers_in_cells(column, numerals, len(said[1])) if said else None
        if not said or not parts:
            continue
        label, whens = said[0] or column.header, said[1]
        sign, sides = parts
        guesses = [number(each, told, numerals) for each in sides]
        between = f" *{re.escape(sign)} *"
        patterns = (between.join(_one_of(len(whens), place)) for place in range(len(whens)))
        pairs = zip(whens, patterns, strict=True)
        at = [AtVisit(when, column.header, pattern) for when, pattern in pairs]
        name = names.give(label, column.number, (each.when.name for each in at))
        count = "two" if len(whens) == 2 else f"{len(whens)}"
        reason = f"cells hold {count} visits, as in {column.filled[0]!r}"
        guess = joined([each for each in guesses if each is not None], [told])
        if absent := _absent_beside_others(sides, column):
            told_why = "they stand in place of one of the numbers"
            guess = replace(guess, missing=[*guess.missing, *absent], missing_reason=told_why)
        yield Outcome(name, label, reason, at, guess, better_way(label))


def _absent_beside_others(sides: Sequence[Column], whole: Column) -> list[str]:
    """The texts for a missing value that no whole cell has, as the hyphen of 5/-."""
    alone = {"", *map(folded, whole.texts)}
    texts = {folded(text): text for each in sides for text in each.texts}
    return [text for key, text in texts.items() if key in whole.missing and key not in alone]


def _one_of(count: int, place: int) -> Iterator[str]:
    """Patterns of so many numbers in a cell, of which that at a place is read."""
    for each in range(count):
        any_number = ".+" if each == count - 1 else ".+?"
        yield f"({any_number})" if each == place else any_number


def joined(guesses: Sequence[Guess], headings: Sequence[Heading]) -> Guess:
    """What is guessed of a measurement from its columns at all visits, and from their headers."""
    seen = [cell for each in guesses for cell in each.seen]
    limited = next((each for each in headings if each.limits), headings[0])
    units = Counter(each.unit for each in guesses if each.unit)
    in_header = [each.unit for each in headings if each.unit]
    unit = next(iter(in_header), "") or next((name for name, _ in units.most_common(1)), "")
    where = next((each.unit_reason for each in guesses if each.unit == unit), "in the header")
    low, high, why = range_of(limited, [value for _, value in seen], unit)
    # Which numbers are outside the range of all visits is not known from one of them.
    slips = [t for each in guesses for t in each.slips if t not in {text for text, _ in each.seen}]
    pattern = next((each.pattern for each in guesses if each.pattern), "")
    endings = dict.fromkeys(text for each in guesses for text in each.strip_unit)
    values = {word: number for each in guesses for word, number in each.values.items()}
    return Guess(
        "number",
        guesses[0].reason,
        range=(low, high),
        range_reason=why,
        unit=unit,
        unit_reason=where if unit else "",
        pattern=pattern,
        strip_unit=[] if pattern else [*endings],
        strip_reason=next((each.strip_reason for each in guesses if each.strip_unit), ""),
        marks=[*dict.fromkeys(mark for each in guesses for mark in each.marks)],
        marked=[text for each in guesses for text in each.marked],
        values=values,
        inexact={
            form: [text for each in guesses for text in each.inexact.get(form, ())]
            for form in dict.fromkeys(form for each in guesses for form in each.inexact)
        },
        missing=[
            *dict.fromkeys(text for each in guesses for text in each.missing if text not in values)
        ],
        missing_reason=next((each.missing_reason for each in guesses if each.missing), ""),
        seen=seen,
        slips=[*dict.fromkeys([*slips, *outside(seen, low, high)])],
    )
