"""Which column identifies the patients, and whether the table has several rows of each.

A table in which identifiers come again is long: a row for each visit or measure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import NamedTuple

from casebook.data.cells import folded
from casebook.doubts.long_tables import tells_rows_apart
from casebook.drafting.columns import Column
from casebook.reading.sheetremarks import is_formula_error

_NAMED = re.compile(
    r"(?:study |record |patient(?:en)? ?|pat\.? ?|subject ?|case |participant ?|proband(?:en)? ?)?"
    r"(?:id|ids|nr\.?|no\.?|num|number|nummer|code|identifier|kennung|subjid)"
    r"|patients?|pat\.?|pt\.?|subjects?|cases?|participants?|proband|fall|pid|rownames?|#"
)
_OF_VISITS = re.compile(
    r"(?:redcap )?event name|events?|visits?|visit (?:name|no|number)|time ?points?|visite"
    r"|months?|weeks?|days?|period|occasion|time|monat|woche|tag|redcap repeat instance"
)
_OF_VALUES = re.compile(r"(?:.* )?(?:values?|results?|scores?|wert|ergebnis|resultat|valeur)")
_WORD = re.compile(r"[^\W\d_]{2}")
_NUMBER = re.compile(r"[<>]?\s*[-+−]?\d[\d.,]*")
_MOST = 0.8
_FEW = 0.2
"""Up to this share of the rows of a table, rows that come twice are rather slips."""
_CODE = re.compile(r"(?:[A-Za-z]{1,12}[ _.-]?)?\d{1,6}")


@dataclass(frozen=True)
class Identifier:
    """What identifies the patients.

    Attributes:
        column: The header of the column; empty if there is none, so that rows are numbered.
        reason: What the guess rests on.
        rows: How many rows the first patient who has several has; 1 if no one has.
        of_visits: In a table with several rows of a patient, the column that tells them apart.
        once: Whether it stands in the first of these rows alone.
        measure: In a table with a row for each patient, visit and measure, the column of measures.
        value: In such a table the column of their values.
    """

    column: str
    reason: str
    rows: int = 1
    of_visits: str = ""
    once: bool = False
    measure: str = ""
    value: str = ""


def in_each_row(column: Column) -> Column:
    """The same column with the text above in each empty cell."""

    def below(above: str, text: str) -> str:
        return text or above

    return replace(column, texts=tuple(accumulate(column.texts, below)))


def identifier(columns: Sequence[Column]) -> Identifier:
    """What identifies the patients, as far as headers and repeated texts tell."""
    named = [each for each in columns if _NAMED.fullmatch(_plain(each.header)) and each.filled]
    for each in named:
        if is_unique(each):
            told = "it is called so, and no text stands in it twice"
            return Identifier(each.header, told)
    for each in named:
        if rows := _repeated(each):
            told = f"{each.texts[0]!r} stands in {rows} rows"
            return with_rows_told_apart(Identifier(each.header, told, rows), columns, each)
        every = in_each_row(each)
        others = [every if other is each else other for other in columns]
        if _is_named_once(each) and (visits := column_of_visits(others, every)):
            told = f"{each.texts[0]!r} stands in the first of several rows"
            rows = max(Counter(every.texts).values())
            return Identifier(each.header, told, rows, visits, once=True)
    first = columns[0] if columns else None
    if first and is_unique(first) and all(map(_CODE.fullmatch, first.texts)) and _count_up(first):
        return Identifier(first.header, "it is the first column, and holds a code or number of its"
                          " own in each row")  # fmt: skip
    return Identifier("", "no column holds another code in each row, so patients are P01, P02, ...")


def _plain(header: str) -> str:
    """A header in small letters, with spaces between its words, as PatientID has none."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return folded(re.sub(r"[_.-]+(?=\w)", " ", spaced))


def is_unique(column: Column) -> bool:
    """Whether each row has a text of its own in a column."""
    each_has_one = len({*column.filled}) == len(column.texts)
    return each_has_one and not any(map(is_formula_error, column.texts))


def _count_up(column: Column) -> bool:
    """Whether numbers are those of a list, which measurements are not."""
    numbers = [int(digits[0]) for text in column.texts if (digits := re.search(r"\d+", text))]
    coded = not all(text.isdecimal() for text in column.texts)
    return coded or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _repeated(column: Column) -> int:
    """In how many rows the first patient stands, where most patients have several rows."""
    if len(column.different) > len(column.filled) * 0.75:
        return 0
    first = folded(column.texts[0])
    return max(2, sum(folded(text) == first for text in column.texts))


def _is_named_once(column: Column) -> bool:
    """Whether each text stands once, at the top of at least as many empty cells in all."""
    written = [text for text in column.texts if text]
    named_once = len({*column.filled}) == len(written) and bool(column.texts[0])
    return named_once and len(written) * 2 <= len(column.texts)


def column_of_visits(columns: Sequence[Column], patient: Column) -> str:
    """The column that tells the rows of a patient apart, by its header or as each differs there."""
    who = dict(enumerate(patient.texts))
    others = [each for each in columns if each is not patient]
    apart = [each for each in others if tells_rows_apart(who, dict(enumerate(each.texts)))]
    named = [each for each in apart if _OF_VISITS.fullmatch(_plain(each.header))]
    few = sorted(apart, key=lambda each: len(each.different))
    return next((each.header for each in [*named, *few]), "")


def with_rows_told_apart(who: Identifier, columns: Sequence[Column], patient: Column) -> Identifier:
    """The same with what tells the rows of a patient apart: visits, or visits and measures."""
    visits = column_of_visits(columns, patient)
    if _OF_VISITS.fullmatch(_plain(visits)):
        return replace(who, of_visits=visits)
    others = [each for each in columns if each is not patient]
    named = [each for each in others if _OF_VISITS.fullmatch(_plain(each.header))]
    for visit in named:
        pairs = zip(patient.texts, visit.texts, strict=True)
        rows = {at: "\0".join(pair) for at, pair in enumerate(pairs)}
        for measure in filter(_are_words, others):
            value = _value_among([each for each in others if each not in (visit, measure)])
            if value and tells_rows_apart(rows, dict(enumerate(measure.texts))):
                told = replace(who, of_visits=visit.header)
                return replace(told, measure=measure.header, value=value.header)
    return replace(who, of_visits=visits)


def _are_words(column: Column) -> bool:
    return len(column.different) > 1 and all(map(_WORD.search, column.different))


def _value_among(columns: Sequence[Column]) -> Column | None:
    """The column of numbers that are the values of measures, if there is one alone or called so."""
    numbers = [each for each in columns if each.filled and _are_numbers(each)]
    named = [each for each in numbers if _OF_VALUES.fullmatch(_plain(each.header))]
    found = named or numbers
    return found[0] if len(found) == 1 else None


def _are_numbers(column: Column) -> bool:
    return sum(map(bool, map(_NUMBER.fullmatch, column.filled))) >= _MOST * len(column.filled)


def without_the_last_row(columns: Sequence[Column], who: Identifier) -> Identifier:
    """What would identify the patients and their rows without the last row, as one of totals."""
    shorter = [replace(each, texts=each.texts[:-1]) for each in columns]
    patient = next(each for each in shorter if each.header == who.column)
    return with_rows_told_apart(who, shorter, patient)


class Nearly(NamedTuple):
    """A column that tells the rows of a patient apart, but for pairs of them, by their places."""

    header: str
    pairs: Sequence[tuple[int, int]]


def nearly_tells_apart(columns: Sequence[Column], patient: str) -> Nearly | None:
    """The column that would tell the rows of each patient apart without a few rows, if one would.

    Args:
        columns: The columns of a table.
        patient: The header of that of the identifiers.
    """
    who = next(each.texts for each in columns if each.header == patient)
    found = []
    for each in columns:
        first: dict[tuple[str, str], int] = {}
        keys = zip(who, each.texts, strict=True)
        rows = [(first.setdefault(key, at), at) for at, key in enumerate(keys)]
        pairs = [pair for pair in rows if pair[0] != pair[1]]
        texts = ({at: column[at] for at in first.values()} for column in (who, each.texts))
        few = 0 < len(pairs) <= _FEW * len(who)
        if each.header != patient and few and tells_rows_apart(*texts):
            found.append(Nearly(each.header, pairs))
    named = [each for each in found if _OF_VISITS.fullmatch(_plain(each.header))]
    return next(iter([*named, *sorted(found, key=lambda each: len(each.pairs))]), None)
