"""The variables of one column: what its cells seem to be, with a name and a label."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from casebook.base.numerals import Numerals
from casebook.base.texts import capital
from casebook.doubts.disclosure import LIKE_BIRTHS, risk_of_header
from casebook.drafting.columns import Column, Guess
from casebook.drafting.compound import behind_code, number_and_word
from casebook.drafting.dates import counted_days, days
from casebook.drafting.eventwords import event_words
from casebook.drafting.headers import Heading, heading
from casebook.drafting.numbers import number
from casebook.drafting.parts import Names, Variable
from casebook.drafting.words import codes, free_text, words


def variables_of(
    column: Column, told: Heading, numerals: Numerals, names: Names, as_text: Collection[str]
) -> Iterator[Variable]:
    """The variables of a column: two where each of its cells has two values.

    Args:
        column: The column.
        told: What its header says.
        numerals: How numbers are written.
        names: Where their names are from.
        as_text: Headers of columns that are to be kept as texts.
    """
    is_declared = bool(column.private)
    risk = column.private or risk_of_header(column.header) or risk_of_header(column.label)
    column = replace(column, private=risk)
    guesses = _guesses(column, told, numerals, as_text)
    for label, guess in zip(_labels(told.label, guesses), guesses, strict=True):
        kept = risk if is_declared or guess.type in ("text", "date") else ""
        # Whoever names variables in a statistics program gives them short names.
        named = heading(column.header).label if column.label and not guesses[1:] else label
        name = names.give(named, column.number)
        whole = replace(guess, private=kept).without_declared(column)
        yield Variable(name, label, column.header, whole)


def variables_behind_code(patient: Column, numerals: Numerals, names: Names) -> Iterator[Variable]:
    """The variables that stand in the texts by which patients are known, behind a code.

    Args:
        patient: The column of these texts.
        numerals: How numbers are written.
        names: Where their names are from.
    """
    for guess in behind_code(patient, numerals):
        label = capital(guess.suffix)
        yield Variable(names.give(label, patient.number), label, patient.header, guess)


def _guesses(
    column: Column, told: Heading, numerals: Numerals, as_text: Collection[str]
) -> list[Guess]:
    """What a column seems to be."""
    if column.header in as_text:
        return [free_text(column, "not all cells fit any other type")]
    if column.doubt:
        return [free_text(column, column.doubt)]
    if column.kind == "text":
        return [free_text(column, "the data dictionary says that it is for notes")]
    if column.kind == "number" and (found := number(column, told, numerals)):
        return [found]
    if column.private and not column.labels and not _is_of_birth(column):
        return [free_text(column)]
    if both := number_and_word(column, numerals):
        return list(both)
    days_first = codes(column) or counted_days(column)
    counts = days_first or number(column, told, numerals) or days(column)
    return [counts or event_words(column) or words(column)]


def _is_of_birth(column: Column) -> bool:
    """Whether a column is private as one of dates of birth is, from which ages follow."""
    return column.private == LIKE_BIRTHS or days(column) is not None


def _labels(label: str, guesses: list[Guess]) -> list[str]:
    """The labels of the values of a column: "Age, sex" has one for each."""
    if len(guesses) == 1:
        return [label]
    parts = [part.strip() for part in re.split(r"[,/;&]| and | und ", label) if part.strip()]
    if len(parts) == len(guesses):
        return [capital(part) for part in parts]
    return [f"{label} ({each.suffix})" for each in guesses]
