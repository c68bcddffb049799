"""What is measured at several visits: in a column for each, or all visits in one cell."""

import re
from collections.abc import Iterator, Mapping, Sequence

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.drafting.columns import Column, Guess
from casebook.drafting.compound import two_numbers
from casebook.drafting.headers import Heading
from casebook.drafting.numbers import number
from casebook.drafting.parts import AtVisit, Names, Outcome
from casebook.drafting.visits import Series, both_visits, series_among

_HIGHER = re.compile(
    r"mmt|fi\b|functional index|strength|kraft|dlco|fvc|fev|walk|6mwd|h(?:ae)?moglobin|\bhb\b"
    r"|platelet|albumin|sf-?(?:36|12)|quality of life|qol|karno|fugl|box and block|pegboard|gfr"
    r"|acuity|function|weight|\bwt\b|independence|barthel|sleep"
)


def at_visits(
    columns: Sequence[Column],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    title: str,
    names: Names,
) -> Iterator[Outcome]:
    """The measurements that have a column for each of several visits."""
    by_label = {headings[each.header].label: each for each in columns}
    for series in series_among(list(by_label)):
        there = [by_label[label] for label in series.columns]
        guesses = [number(each, headings[each.header], numerals) for each in there]
        numbers = [each for each in guesses if each is not None]
        if len(numbers) < len(guesses):
            continue
        stem = series.stem or title
        yield _outcome(stem, series, dict(zip(series.columns, there, strict=True)), numbers, names)


def _outcome(
    label: str,
    series: Series,
    columns: Mapping[str, Column],
    guesses: Sequence[Guess],
    names: Names,
) -> Outcome:
    placed = {series.columns[name].name: name for name in series.columns}
    at = [AtVisit(when, columns[placed[when.name]].header) for when in series.visits]
    first = next(iter(columns.values()))
    told = ", ".join(repr(each.column) for each in at)
    name = names.give(label, first.number, (each.when.name for each in at))
    better, why = better_way(label)
    return Outcome(
        name, label, f"headers name visits: {told}", at, joined(guesses), better, why
    )  # fmt: skip


def in_cells(
    columns: Sequence[Column],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    names: Names,
) -> Iterator[Outcome]:
    """The measurements of which each cell has two visits, as 57/61 below "before/after"."""
    for column in columns:
        said = both_visits(headings[column.header].label)
        parts = two_numbers(column, numerals) if said else None
        if not said or not parts:
            continue
        label, whens = said[0] or column.header, said[1]
        sign, sides = parts
        guesses = [number(each, headings[column.header], numerals) for each in sides]
        between = re.escape(sign)
        patterns = f"(.+?) *{between} *.+", f".+? *{between} *(.+)"
        at = [AtVisit(*each) for each in zip(whens, [column.header] * 2, patterns, strict=True)]
        name = names.give(label, column.number, (each.when.name for each in at))
        better, why = better_way(label)
        reason = f"cells hold two visits, as in {column.filled[0]!r}"
        known = [each for each in guesses if each is not None]
        yield Outcome(name, label, reason, at, joined(known), better, why)


def joined(guesses: Sequence[Guess]) -> Guess:
    """What is guessed of a measurement from its columns at all visits."""
    ranges = [each.range for each in guesses if each.range]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    widest = next(each for each in guesses if each.range and each.range[1] == high)
    united = next((each for each in guesses if each.unit), widest)
    missing = dict.fromkeys(text for each in guesses for text in each.missing)
    pattern = next((each.pattern for each in guesses if each.pattern), "")
    stripped = next((each.strip_unit for each in guesses if each.strip_unit), "")
    return Guess(
        "number",
        widest.reason,
        range=(low, high),
        range_reason=widest.range_reason,
        unit=united.unit,
        unit_reason=united.unit_reason,
        pattern=pattern,
        strip_unit="" if pattern else stripped,
        missing=list(missing),
        missing_reason=next((each.missing_reason for each in guesses if each.missing), ""),
    )


def better_way(label: str) -> tuple[str, str]:
    """Which direction of a measurement is probably an improvement, and what that rests on."""
    if found := _HIGHER.search(folded(label)):
        return "higher", f"more is usually better where a header has {found[0]!r}"
    return "lower", "nothing in the header tells which way is better; most scores fall"
