"""What tells the rows of a patient apart in a long table: visits, dates, measures, or two of these.

Headers are asked first, then how the texts of a column differ between the rows of each patient.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from casebook.base.numerals import LIMIT_SIGN, SEEMING, readings
from casebook.doubts.long_tables import is_once_in_each, tells_rows_apart
from casebook.drafting.bodyparts import names_parts
from casebook.drafting.centuries import NO_CENTURY
from casebook.drafting.columns import Column
from casebook.drafting.dates import dates, days
from casebook.drafting.headers import heading
from casebook.drafting.identified import Identifier, header_without_code, plain_header
from casebook.drafting.visits import names_a_visit, series_among

_OF_VISITS = re.compile(
    r"(?:redcap )?event name|events?|visits?|visit (?:name|no|number)|time ?points?|visite"
    r"|months?|weeks?|days?|period|occasion|time|monat|woche|tag|redcap repeat instance"
)
_OF_VALUES = re.compile(r"(?:.* )?(?:values?|results?|scores?|wert|ergebnis|resultat|valeur)")
_WORD = re.compile(r"[^\W\d_]{2}")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(rf"{LIMIT_SIGN}?\s*{SEEMING}")
_MOST = 0.8
_FEW = 0.2
"""Up to this share of the rows of a table, rows that come twice are rather slips."""
_OF_MEASURES = re.compile(
    r"(?:lab(?:oratory)? )?(?:tests?|analy[ts]es?|parameters?|measures?|measurements?|markers?)"
    r"|(?:test|item|measure|parameter|variable) ?(?:name|code)|items?|variables?|outcomes?|scales?"
    r"|domains?"
    r"|instruments?|questionnaires?|assays?|biomarkers?|quantit(?:y|ies)|components?|what"
    r"|untersuchung(?:en)?|messung(?:en)?|messgr[öo](?:ß|ss)en?|laborwerte?|skal(?:a|en)|frageb[öo]gen"
    r"|mesures?|examens?|analyses?|pruebas?|param[èe]tres?|[ée]chelles?"
)
"""What a column is called whose texts say what was measured."""
_OF_START = re.compile(
    r"start|begin|began|beginn|first|baseline|initiat|inclu|einschlu|enrol|random|treat|therap"
    r"|dose|index|surgery|operation|\bop\b|erste|d[ée]but|inicio|traitement|tratamiento"
)
"""What a column is called that has the date from which visits count."""
_SCALES = 3
"""So many times larger are the numbers of one measure than those of another, at least."""


def column_of_visits(columns: Sequence[Column], patient: Column) -> str:
    """The column that tells the rows of a patient apart, by its header or as each differs there.

    One of dates tells when a row was, and not of which visit it is.
    """
    who = dict(enumerate(patient.texts))
    others = [each for each in columns if each is not patient]
    apart = [each for each in others if tells_rows_apart(who, dict(enumerate(each.texts)))]
    apart = [each for each in apart if not dates(each)]
    named = [each for each in apart if is_called_visit(each)]
    few = sorted(apart, key=lambda each: len(each.different))
    return next((each.header for each in [*named, *few]), "")


def with_rows_told_apart(who: Identifier, columns: Sequence[Column], patient: Column) -> Identifier:
    """The same with what tells the rows of a patient apart."""
    others = [each for each in columns if each is not patient]
    header = column_of_visits(columns, patient)
    visits = next((each for each in others if each.header == header), None)
    if visits and is_called_visit(visits):
        return replace(who, of_visits=visits.header)
    dated = [each for each in others if are_dates_of_rows(each, patient)]
    for day in dated:
        if not _repeats(patient, day):
            return _with_start(replace(who, of_visits=day.header), others, patient)
    for visit in [*filter(is_called_visit, others), *dated]:
        rows = ["\0".join(pair) for pair in zip(patient.texts, visit.texts, strict=True)]
        left = [each for each in others if each is not visit]
        if found := _by_measure(replace(who, of_visits=visit.header), rows, left):
            return _with_start(found, others, patient) if visit in dated else found
    if visits and not _are_measures(visits, others):
        return replace(who, of_visits=visits.header)
    return _by_measure(who, patient.texts, others) or replace(who, of_visits=header)


def names_visits(who: Identifier, columns: Sequence[Column]) -> bool:
    """Whether what tells rows apart has dates, or is called visits, or has names of some."""
    visits = next(each for each in columns if each.header == who.of_visits)
    return bool(who.start or is_called_visit(visits) or all(map(names_a_visit, visits.filled)))


def is_called_visit(column: Column) -> bool:
    """Whether a header is what a column of visits is called."""
    return _OF_VISITS.fullmatch(plain_header(column.header)) is not None


def _by_measure(
    who: Identifier, rows: Sequence[str], others: Sequence[Column]
) -> Identifier | None:
    """The same with the column of measures, and that of their values if there is one alone.

    Args:
        who: What identifies the patients.
        rows: What several rows have in common, which measures tell apart.
        others: The columns that can have measures and values.
    """
    of_rows = dict(enumerate(rows))
    words = [each for each in others if _are_words(each) and not _are_numbers(each)]
    measures = [*filter(_is_named_measure, others), *words]
    for measure in measures:
        # Each patient may have had other teeth, or other joints.
        tells = is_once_in_each if names_parts(measure.header) else tells_rows_apart
        if tells(of_rows, dict(enumerate(measure.texts))):
            values = _values_among([each for each in others if each is not measure])
            if values:
                value = values[0].header if len(values) == 1 else ""
                return replace(who, measure=measure.header, value=value)
    return None


def _is_named_measure(column: Column) -> bool:
    is_named = _OF_MEASURES.fullmatch(header_without_code(column.header)) is not None
    return is_named or names_parts(column.header)


def _are_measures(column: Column, others: Sequence[Column]) -> bool:
    """Whether a column that tells rows apart says what was measured, and not when.

    What has no name for that is told by columns of numbers: those of several visits, or numbers of
    different sizes.
    """
    texts = [*column.different.values()]
    if sum(map(names_a_visit, texts)) > len(texts) / 2:
        return False
    if _is_named_measure(column) or not _are_words(column):
        return _is_named_measure(column)
    numbers = [each for each in others if each is not column and _are_numbers(each)]
    have_visits = bool(series_among([heading(each.header).label for each in numbers]))
    differ = any(_differ_in_size(column, each) for each in numbers)
    return have_visits or differ


def _differ_in_size(measure: Column, values: Column) -> bool:
    sizes: defaultdict[str, list[float]] = defaultdict(list)
    for name, text in zip(measure.texts, values.texts, strict=True):
        sizes[name] += [abs(number) for number in [*readings(text)][:1]]
    middles = [median(each) for each in sizes.values() if each]
    return len(middles) > 1 and max(middles) > _SCALES * min(middles)


def _are_words(column: Column) -> bool:
    words = sum(map(bool, map(_WORD.search, column.different)))
    lettered = all(map(_LETTER.search, column.different))
    return lettered and len(column.different) > 1 and words >= len(column.different) / 2


def _values_among(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns of the values of measures: one that is called so, or else all of numbers."""
    filled = [each for each in columns if each.filled]
    named = [each for each in filled if _OF_VALUES.fullmatch(plain_header(each.header))]
    return named if len(named) == 1 else [each for each in filled if _are_numbers(each)]


def _are_numbers(column: Column) -> bool:
    count = sum(map(bool, map(_NUMBER.fullmatch, column.filled)))
    return bool(column.filled) and count >= _MOST * len(column.filled)


def are_dates_of_rows(column: Column, patient: Column) -> bool:
    """Whether most rows have a date in a column, and most patients several of them."""
    if len(column.filled) < _MOST * len(column.texts) or not dates(column):
        return False
    days: defaultdict[str, set[str]] = defaultdict(set)
    for name, day in zip(patient.texts, column.texts, strict=True):
        days[name].add(day)
    several = [name for name, n in Counter(patient.texts).items() if n > 1]
    return sum(len(days[name]) > 1 for name in several) > len(several) / 2


def _repeats(patient: Column, day: Column) -> bool:
    """Whether a patient has two rows of one day."""
    pairs = list(zip(patient.texts, day.texts, strict=True))
    return len({*pairs}) < len(pairs)


def _with_start(who: Identifier, columns: Sequence[Column], patient: Column) -> Identifier:
    """The same with the date from which visits count, and how dates are written."""
    visit = next(each for each in columns if each.header == who.of_visits)
    reason = "its first date of each patient, as no column has that of a start"
    found = (visit, dates(visit), reason)
    for each in columns:
        own = _days_alone(each)
        both = replace(visit, texts=(*visit.texts, *own.texts))
        if each is not visit and _is_start(own, patient) and (guess := dates(both)):
            few = len(each.filled) - len(own.filled)
            but = f", but for {few} cell{'s' * (few > 1)} that {'are' if few > 1 else 'is'} no day"
            reason = "it is called so, and has one date of each patient" + but * bool(few)
            found = (each, guess, reason)
            break
    start, guess, reason = found
    return replace(
        who,
        start=start.header,
        start_reason=reason,
        formats=guess.formats if guess else (),
        formats_reason=guess.reason if guess else "",
        century=guess.century if guess else NO_CENTURY,
    )


def _days_alone(column: Column) -> Column:
    """A column of dates without the cells in which there is a slip; itself if it is another."""
    guess = days(column)
    if not guess or guess.type != "date":
        return column
    return replace(column, texts=["" if text in guess.slips else text for text in column.texts])


def _is_start(column: Column, patient: Column) -> bool:
    """Whether a column is called the start, and has one date of each patient."""
    pairs = {(n, text) for n, text in zip(patient.texts, column.texts, strict=True) if text}
    once = len(pairs) == len({name for name, _ in pairs}) == len({*patient.texts})
    named = _OF_START.search(plain_header(column.label or column.header))
    return bool(named and once and dates(column))


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
    named_by = next(each for each in columns if each.header == patient)
    who = named_by.texts
    found = []
    for each in columns:
        first: dict[tuple[str, str], int] = {}
        keys = zip(who, each.texts, strict=True)
        rows = [(first.setdefault(key, at), at) for at, key in enumerate(keys)]
        pairs = [pair for pair in rows if pair[0] != pair[1]]
        texts = ({at: column[at] for at in first.values()} for column in (who, each.texts))
        few = 0 < len(pairs) <= _FEW * len(who)
        apart = tells_rows_apart(*texts) and (is_called_visit(each) or not _are_numbers(each))
        apart = apart or are_dates_of_rows(each, named_by)
        if each.header != patient and few and apart:
            found.append(Nearly(each.header, pairs))
    named = [each for each in found if _OF_VISITS.fullmatch(plain_header(each.header))]
    return next(iter([*named, *sorted(found, key=lambda each: len(each.pairs))]), None)
