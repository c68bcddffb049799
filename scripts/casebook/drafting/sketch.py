"""A study as it may be, from the cells of its table: what each column is, and what follows.

How it is written down is for `page`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from casebook.base.characters import unprintable
from casebook.base.numerals import Numerals
from casebook.data.cells import Grid, column_name, folded, normalised
from casebook.doubts.disclosure import risk_of_header
from casebook.drafting.columns import Column, Guess
from casebook.drafting.compound import number_and_word
from casebook.drafting.dates import dates
from casebook.drafting.grades import grades_among
from casebook.drafting.groups import cohorts
from casebook.drafting.headers import Heading, heading
from casebook.drafting.identifier import identifier
from casebook.drafting.measured import at_visits, in_cells
from casebook.drafting.numbers import number, numerals_of
from casebook.drafting.parts import Names, Sketch, Variable
from casebook.drafting.visits import in_order
from casebook.drafting.words import codes, free_text, words

_MISSING = frozenset(
    [
        *("na", "n/a", "n.a.", "n.a", "nan", "null", "nd", "n.d.", "n.d", "-", "–", "—", "--", "?"),
        *(".", "missing", "unknown", "unk", "#n/a", "k.a.", "k. a.", "fehlt", "unbekannt"),
        *("not available", "not done", "not known", "not recorded", "no data", "not applicable"),
    ]
)
_NO_HEADER = "it has no header"
_TWICE = "several columns have this header; rename them in the table"


def sketch(
    grid: Grid,
    title: str,
    *,
    as_text: Collection[str] = (),
    without: Mapping[str, str] | None = None,
) -> Sketch:
    """What a table seems to hold.

    Args:
        grid: Its cells.
        title: What a measurement is called whose columns name visits alone.
        as_text: Headers of columns that are to be kept as texts.
        without: Headers of columns that are not to be described, each with the reason.
    """
    left = dict(without or {})
    columns = list(_columns(grid, left))
    numerals, why = numerals_of(text for each in columns for text in each.filled)
    who = identifier(columns)
    others = [each for each in columns if each.header != who.column]
    left |= {each.header: "all cells are empty" for each in others if not each.filled}
    others = [each for each in others if each.filled]
    headings = {each.header: heading(each.header) for each in others}
    measured = [each for each in others if each.header not in as_text]
    names = Names()
    outcomes = [
        *at_visits(measured, headings, numerals, title, names),
        *in_cells(measured, headings, numerals, names),
    ]
    used = {at.column for each in outcomes for at in each.columns}
    graded = list(grades_among([e for e in measured if e.header not in used], headings, names))
    of_grades = [each for _, variables in graded for each in variables]
    used |= {each.column for each in of_grades}
    rest = {each.header: each for each in others if each.header not in used}
    variables = list(
        chain.from_iterable(
            _variables(column, guesses, headings[column.header], names)
            for column in rest.values()
            for guesses in [_guesses(column, headings[column.header], numerals, as_text)]
        )
    )
    return Sketch(
        identifier=who,
        decimal=numerals.decimal if why else "",
        decimal_reason=why,
        missing=_missing(columns),
        variables=[*variables, *of_grades],
        outcomes=outcomes,
        grades=[grade for grade, _ in graded],
        visits=in_order(
            chain(
                (at.when for each in outcomes for at in each.columns),
                (when for grade, _ in graded for when in grade.at),
            )
        ),
        cohorts=list(cohorts(variables, rest)),
        left=left,
    )


def _columns(grid: Grid, left: dict[str, str]) -> Iterator[Column]:
    """The columns that can be described; to `left` is added why others cannot."""
    headers = {place: normalised(text) for place, text in grid.headers.items()}
    every = list(headers.values())
    for place, header in headers.items():
        texts = tuple(map(normalised, grid.columns[place][1:]))
        reason = _reason_against(header, texts, every)
        if reason and (header or any(texts)):
            left[f"column {column_name(place)}"] = reason
        elif not reason and header not in left:
            yield Column(place, header, texts, _MISSING)


def _reason_against(header: str, texts: Iterable[str], headers: list[str]) -> str:
    if not header:
        return _NO_HEADER
    if headers.count(header) > 1:
        return _TWICE
    found = next(filter(None, map(unprintable, [header, *texts])), "")
    return f"it holds {found}, which cannot be printed" if found else ""


def _missing(columns: Iterable[Column]) -> list[str]:
    """The texts of the table that mean "not available", NA first as it is understood anyway."""
    there = {text for each in columns for text in each.texts if folded(text) in _MISSING}
    once = {folded(text): text for text in sorted(there)}
    return [once.pop("na", "NA"), *once.values()]


def _guesses(
    column: Column, told: Heading, numerals: Numerals, as_text: Collection[str]
) -> list[Guess]:
    """What a column seems to be: two values where each cell has two."""
    if column.header in as_text:
        return [free_text(column, "not all cells fit any other type")]
    if both := number_and_word(column, numerals):
        return list(both)
    return [codes(column) or number(column, told, numerals) or dates(column) or words(column)]


def _variables(
    column: Column, guesses: list[Guess], told: Heading, names: Names
) -> Iterator[Variable]:
    """The variables of a column, with their names."""
    private = risk_of_header(column.header)
    for label, guess in zip(_labels(told.label, guesses), guesses, strict=True):
        kept = private if guess.type in ("text", "date") else ""
        name = names.give(label, column.number)
        yield Variable(name, label, column.header, replace(guess, private=kept))


def _labels(label: str, guesses: list[Guess]) -> list[str]:
    """The labels of the values of a column: "Age, sex" has one for each."""
    if len(guesses) == 1:
        return [label]
    parts = [part.strip() for part in re.split(r"[,/;&]| and | und ", label) if part.strip()]
    if len(parts) == len(guesses):
        return [part[:1].upper() + part[1:] for part in parts]
    return [f"{label} ({each.suffix})" for each in guesses]
