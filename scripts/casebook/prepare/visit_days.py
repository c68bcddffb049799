"""Dates of visits in a long table of which the study reads that of one visit alone.

A column that a variable reads at one visit has dates at the others, too. They are no values, but
one that is no day, or comes before an earlier visit, is a slip in the row, as is another year.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from casebook.base.days import DAYS_IN, DayForms
from casebook.base.lists import enumerated, first_of
from casebook.data.cells import folded
from casebook.doubts.far_days import FAR
from casebook.prepare.day_hints import OF_ROWS
from casebook.prepare.days import read_day
from casebook.prepare.unreadable import UnreadableError
from casebook.study.model import Study
from casebook.study.variables import DateVariable
from casebook.study.visits import seen

_FEWEST = 2
"""With fewer visits later than the first it is not known which of two dates is wrong."""
_NEAR = 60
"""How many days a visit may be from when it was to be."""
_MOST_TOLD = 3
_SHARE = 4
"""If more than one patient in so many has a wrong date, the visits are rather wrong."""
_SLIP = "correct a slip in corrections.tsv, naming the row"


_Told = tuple[int, str, str, str]
"""The row of a date, its text, what is allowed, and a hint."""


class RowWithDay(NamedTuple):
    """A row of a long table: whose it is, its visit, and the text of a column of dates."""

    row: int
    patient: str
    visit: str
    text: str


def columns_of_visit_days(study: Study) -> dict[str, tuple[DayForms, frozenset[str]]]:
    """The headers of columns of dates that are read at some visits, with how, and which."""
    found: dict[str, tuple[DayForms, frozenset[str]]] = {}
    for each in study.variables.values():
        if isinstance(each, DateVariable) and each.visit:
            _, visits = found.get(each.column, (each.forms, frozenset()))
            found[each.column] = each.forms, visits | {each.visit}
    return found


def wrong_visit_days(
    study: Study, column: str, missing: Container[str], rows: Sequence[RowWithDay]
) -> Iterator[_Told]:
    """The dates that may be slips.

    Args:
        study: The study.
        column: The header of a column of `columns_of_visit_days`.
        missing: The texts that mean "not available", folded.
        rows: The rows that are used.
    """
    forms, described = columns_of_visit_days(study)[column]
    written = [each for each in rows if folded(each.text) not in missing]
    days, wrong = _days_in(forms, described, written)
    if len(wrong) <= len(days):
        yield from wrong
    order = {visit: place for place, visit in enumerate(seen(study.visits))}
    of: dict[str, list[RowWithDay]] = {}
    for each in rows:
        if each.row in days and each.visit in order:
            of.setdefault(each.patient, []).append(each)
    told: dict[RowWithDay, str] = {}
    for own in of.values():
        own.sort(key=lambda each: order[each.visit])
        told |= _out_of_order(own, days) or _of_another_year(study, own, days)
    if len(told) > max(_MOST_TOLD, len(of) // _SHARE):
        shown = enumerated(first_of([str(each.row) for each in told], 5, "{:,} more"))
        hint = (
            f"of {len(told):,} of {len(of):,} patients dates do not fit their visits, in rows"
            f" {shown}: are the visits in their order in study.yaml, with their months and texts?"
        )
        yield 0, "", "", hint
        return
    for each, hint in told.items():
        yield each.row, each.text, "", f"{hint}: {_SLIP}"


def _days_in(
    forms: DayForms, described: Container[str], rows: Sequence[RowWithDay]
) -> tuple[dict[int, date], list[_Told]]:
    """The day in each row, and what is told of texts that are none, but for visits described."""
    days: dict[int, date] = {}
    wrong: list[_Told] = []
    for each in rows:
        try:
            days[each.row] = read_day(forms, OF_ROWS, each.text)
        except UnreadableError as problem:
            if each.visit not in described:
                hint = f"the date of {each.visit}, which the study does not use: {_SLIP}"
                wrong.append((each.row, each.text, problem.allowed, hint))
    return days, wrong


def _out_of_order(rows: Sequence[RowWithDay], days: Mapping[int, date]) -> dict[RowWithDay, str]:
    """The row of a patient, in the order of visits, whose date is not in that order."""
    in_time = [days[each.row] for each in rows]
    breaks = [place for place, (a, b) in enumerate(pairwise(in_time), 1) if b < a]
    if not breaks:
        return {}
    odd = [at for at in range(len(rows)) if _is_sorted(in_time[:at] + in_time[at + 1 :])]
    at = odd[0] if len(odd) == 1 else breaks[0]
    one = rows[at]
    is_before = at > 0 and in_time[at] < in_time[at - 1]
    other, where = (rows[at - 1], "before") if is_before else (rows[at + 1], "after")
    told = f"{one.visit} of {one.patient} is {where} {other.visit} in row {other.row} by this date"
    return {one: told}


def _is_sorted(days: Sequence[date]) -> bool:
    return all(a <= b for a, b in pairwise(days))


def _of_another_year(
    study: Study, rows: Sequence[RowWithDay], days: Mapping[int, date]
) -> dict[RowWithDay, str]:
    """The one row of a patient that another year would bring to when its visit was to be."""
    months = {name: each.months for name, each in study.visits.items()}
    # Months are counted from the first visit, which therefore needs none.
    begin = seen(study.visits)[0]
    months[begin] = months[begin] or 0.0
    timed = [(each, at) for each in rows if (at := months[each.visit]) is not None]
    late = {
        each: (days[each.row] - days[first.row]).days - (at - since) * DAYS_IN["month"]
        for first, since in timed[:1]
        for each, at in timed[1:]
    }
    odd = {each: by for each, by in late.items() if abs(by) > FAR.days}
    if len(late) < _FEWEST or len(odd) not in (1, len(late)):
        return {}
    each, by = next(iter(odd.items()))
    if len(odd) > 1:
        # Where all others are late by as much, the first is early.
        if max(odd.values()) - min(odd.values()) > _NEAR:
            return {}
        each, by = timed[0][0], -by
    years = round(by / DAYS_IN["year"])
    if abs(by - years * DAYS_IN["year"]) > _NEAR:
        return {}
    way = "after" if by > 0 else "before"
    many = f"{abs(years)} year{'s' * (abs(years) > 1)}"
    return {each: f"about {many} {way} when {each.visit} of {each.patient} was to be"}
