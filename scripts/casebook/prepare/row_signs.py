"""What each row of a raw table shows of whether it is a patient; what follows is for `doubts`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from casebook.base.lookup import Lookup
from casebook.data.cells import Grid, normalised
from casebook.doubts.strays import Rows
from casebook.prepare.columns import Reading, unreadable
from casebook.prepare.laid_out import LaidOut
from casebook.prepare.layout import rows_of_patients
from casebook.prepare.numbers import without_percent
from casebook.prepare.row_texts import RowTexts
from casebook.prepare.unreadable import InexactError, UnreadableError
from casebook.study.model import Study

_ENOUGH = 2


def shown_in(
    study: Study,
    grid: Grid,
    rows: Sequence[int],
    identifiers: Sequence[str],
    raw: Mapping[int, Sequence[str]],
    texts: Mapping[str, Sequence[str]],
    readings: Mapping[str, Sequence[Reading]],
) -> Rows:
    """What rows show of whether they are patients.

    Args:
        study: The study.
        grid: The raw table.
        rows: The numbers of the rows that are read as patients.
        identifiers: The patients' identifiers in these rows.
        raw: The texts of all columns in these rows, by the numbers of the columns.
        texts: The texts of the columns that are read, as corrected, by their headers.
        readings: What stands in these cells, by the names of the values.
    """
    kinds, patient = study.kinds_in_table, study.source.patient
    numbers = {name: read for name, read in readings.items() if kinds[name] == "number"}
    problems = {name: unreadable(read) for name, read in numbers.items()}
    return Rows(
        rows,
        identifiers,
        identifiers if patient in texts else _labels(study, raw),
        [column for header, column in texts.items() if header != patient],
        {rows[place] for place in _bare(raw)},
        {*rows}.difference(number + 1 for number in grid.numbers),
        {rows[place] for place in _unmeasured(study, readings, len(rows))},
        {name: _with_numbers(read, problems[name]) for name, read in numbers.items()},
        Counter(rows[place] for each in problems.values() for place in _without_number(each)),
    )


def _unmeasured(
    study: Study, readings: Mapping[str, Sequence[Reading]], rows: int
) -> Sequence[int]:
    """The places of rows with nothing in the cells of outcomes; none if the table has no such."""
    measured = [name for name in study.measured if name in study.kinds_in_table]
    places: Sequence[int] = range(rows) if measured else ()
    for name in measured:
        column = readings[name]
        places = [place for place in places if column[place] is None]
    return places


def _without_number(problems: Mapping[int, UnreadableError]) -> Iterator[int]:
    """The places of cells of a column that hold neither a number nor a limit."""
    for place, problem in problems.items():
        if problem.number is None and not isinstance(problem, InexactError):
            yield place


def rows_of_patients_in(study: Study, laid: LaidOut) -> dict[int, list[int]]:
    """All rows of the patient at each row of a long table; none of one with patients in columns."""
    source = study.source
    if not source.is_long or source.transpose or source.patient is None:
        return {}
    table = laid.tables[0].table
    headers = {normalised(text): number for number, text in table.grid.headers.items()}
    columns = {header: n for header, n in headers.items() if header == source.patient}
    texts = RowTexts(table, columns)
    if source.patient not in texts:
        return {}
    at, identifiers = table.grid.places, texts.of(source.patient)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows_of_patients(table):
        found[identifiers[at[row]]].append(row)
    return {row: rows for text, rows in found.items() if text for row in rows}


def _with_numbers(
    readings: Sequence[Reading], problems: Mapping[int, UnreadableError]
) -> Sequence[float | None]:
    """The numbers in cells of numbers, those out of range too."""
    if not problems:
        return cast("Sequence[float | None]", readings)
    found = [*cast("Sequence[float | None]", readings)]
    for place, problem in problems.items():
        found[place] = problem.number
    return found


def _labels(study: Study, raw: Mapping[int, Sequence[str]]) -> Sequence[str]:
    """What the first column calls the rows, where no column identifies the patients."""

    def label(text: str) -> str:
        plain = normalised(text)
        number = study.source.numerals.number(without_percent(plain))
        return plain if number is None else ""

    filled = (texts for _, texts in sorted(raw.items()) if any(map(normalised, {*texts})))
    return Lookup(label).each(next(filled, raw[min(raw)]))


def _bare(raw: Mapping[int, Sequence[str]]) -> Iterator[int]:
    """The places of rows with less than two cells that hold anything; none if two columns do."""
    empty = [
        {text for text in {*texts} if not (text.isalnum() or normalised(text))}
        for texts in raw.values()
    ]
    whole = sum(not texts for texts in empty)
    if whole >= _ENOUGH:
        return
    filled = [whole] * len(next(iter(raw.values())))
    for texts, without in zip(raw.values(), empty, strict=True):
        if without:
            filled = [n + (text not in without) for n, text in zip(filled, texts, strict=True)]
    yield from (place for place, number in enumerate(filled) if number < _ENOUGH)
