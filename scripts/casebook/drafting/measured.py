"""What is measured at several visits: in a column for each, or all visits in one cell."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.drafting.columns import Column, Guess
from casebook.drafting.compound import two_numbers
from casebook.drafting.headers import Heading
from casebook.drafting.numbers import number, range_of
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
    by_header = {each.header: each for each in columns}
    taken: set[str] = set()
    # Where labels tell no visits the names of variables may, as pain0 and pain1 do.
    for named in (by_label, by_header if any(each.label for each in columns) else {}):
        left = [name for name, each in named.items() if each.header not in taken]
        for series in series_among(left):
            there = [named[name] for name in series.columns]
            guesses = [number(each, headings[each.header], numerals) for each in there]
            numbers = [each for each in guesses if each is not None]
            if len(numbers) < len(guesses):
                continue
            taken |= {each.header for each in there}
            told = [guess.without_declared(c) for guess, c in zip(numbers, there, strict=True)]
            guess = joined(told, [headings[each.header] for each in there])
            placed = dict(zip(series.columns, there, strict=True))
            yield _outcome(series.stem or title, series, placed, guess, names)


def _outcome(
    label: str,
    series: Series,
    columns: Mapping[str, Column],
    guess: Guess,
    names: Names,
) -> Outcome:
    placed = {series.columns[name].name: name for name in series.columns}
    at = [AtVisit(when, columns[placed[when.name]].header) for when in series.visits]
    first = next(iter(columns.values()))
    told = ", ".join(repr(each.column) for each in at)
    name = names.give(label, first.number, (each.when.name for each in at))
    better, why = better_way(label)
    where = "labels or headers" if any(each.label for each in columns.values()) else "headers"
    return Outcome(name, label, f"{where} name visits: {told}", at, guess, better, why)


def in_cells(
    columns: Sequence[Column],
    headings: Mapping[str, Heading],
    numerals: Numerals,
    names: Names,
) -> Iterator[Outcome]:
    """The measurements of which each cell has two visits, as 57/61 below "before/after"."""
    for column in columns:
        told = headings[column.header]
        said = both_visits(told.label)
        parts = two_numbers(column, numerals) if said else None
        if not said or not parts:
            continue
        label, whens = said[0] or column.header, said[1]
        sign, sides = parts
        guesses = [number(each, told, numerals) for each in sides]
        between = re.escape(sign)
        patterns = f"(.+?) *{between} *.+", f".+? *{between} *(.+)"
        at = [AtVisit(*each) for each in zip(whens, [column.header] * 2, patterns, strict=True)]
        name = names.give(label, column.number, (each.when.name for each in at))
        better, why = better_way(label)
        reason = f"cells hold two visits, as in {column.filled[0]!r}"
        known = [each for each in guesses if each is not None]
        yield Outcome(name, label, reason, at, joined(known, [told]), better, why)


def joined(guesses: Sequence[Guess], headings: Sequence[Heading]) -> Guess:
    """What is guessed of a measurement from its columns at all visits, and from their headers."""
    seen = [number for each in guesses if each.seen for number in each.seen]
    limited = next((each for each in headings if each.limits), headings[0])
    low, high, why = range_of(limited, seen)
    units = Counter(each.unit for each in guesses if each.unit)
    in_header = [each.unit for each in headings if each.unit]
    unit = next(iter(in_header), "") or next((name for name, _ in units.most_common(1)), "")
    limits = [each for each in guesses if each.censored]
    pattern = next((each.pattern for each in guesses if each.pattern), "")
    endings = dict.fromkeys(text for each in guesses for text in each.strip_unit)
    return Guess(
        "number",
        guesses[0].reason,
        range=(low, high),
        range_reason=why,
        unit=unit,
        unit_reason=next((each.unit_reason for each in guesses if each.unit == unit), ""),
        pattern=pattern,
        strip_unit=[] if pattern else [*endings],
        strip_reason=next((each.strip_reason for each in guesses if each.strip_unit), ""),
        censored={side: rule for each in limits for side, rule in each.censored.items()},
        censored_reason="; ".join(dict.fromkeys(each.censored_reason for each in limits)),
        missing=[*dict.fromkeys(text for each in guesses for text in each.missing)],
        missing_reason=next((each.missing_reason for each in guesses if each.missing), ""),
        slips=[*dict.fromkeys(text for each in guesses for text in each.slips)],
    )


def better_way(label: str) -> tuple[str, str]:
    """Which direction of a measurement is probably an improvement, and what that rests on."""
    if found := _HIGHER.search(folded(label)):
        return "higher", f"more is usually better where a header has {found[0]!r}"
    return "lower", "nothing in the header tells which way is better; most scores fall"
