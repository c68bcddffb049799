"""At which visit each row of a long table is: by its text, or by its date and windows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from statistics import median

from casebook.base.lists import enumerated
from casebook.base.texts import capital
from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.dates import dates
from casebook.drafting.identified import Identifier
from casebook.drafting.told_apart import are_dates_of_rows
from casebook.drafting.visitnames import When, by_names, moment_of, time_in
from casebook.drafting.windows import dated_visits
from casebook.study.fields import name_for

_ARM = re.compile(r"_arm_\d+$| \(Arm \d+: [^()]*\)$")
"""How REDCap ends the names of events; in a project without arms they all are of the first."""


@dataclass(frozen=True)
class Visits:
    """The visits of a long table, in order, and a column with a text of one in each row.

    There is no column where no row tells of which visit it is.
    """

    visits: Sequence[When] = ()
    column: Column | None = None

    @cached_property
    def rows(self) -> dict[When, list[int]]:
        """The places of the rows of each visit."""
        texts = [*map(folded, self.column.texts)] if self.column else []
        return {
            when: [place for place, text in enumerate(texts) if text in map(folded, when.texts)]
            for when in self.visits
        }


def visits_of_rows(columns: Sequence[Column], who: Identifier) -> Visits:
    """The visits of a table.

    Args:
        columns: Its columns.
        who: What identifies the patients, and what tells the rows of each apart.
    """
    by_header = {each.header: each for each in columns}
    if not who.of_visits:
        return Visits()
    column = by_header[who.of_visits]
    if not who.start:
        days = _days_of_rows(columns, by_header[who.column], column)
        return Visits([*_named(column, days, _spellings(column, by_header[who.column]))], column)
    found = dated_visits(by_header[who.column], column, by_header[who.start], who)
    return Visits(found.visits, replace(column, texts=found.of_rows))


def _days_of_rows(columns: Sequence[Column], patient: Column, visit: Column) -> Mapping[str, float]:
    """How many days after a patient's first row the rows with a text of a visit usually are.

    It is empty if no column has the date of each row.
    """
    dated = next((e for e in columns if e is not visit and are_dates_of_rows(e, patient)), None)
    if dated is None or not (guess := dates(dated)):
        return {}
    read = [next(iter(guess.forms.days(text)), None) for text in dated.texts]
    begun: dict[str, date] = {}
    for name, day in zip(patient.texts, read, strict=True):
        if day:
            begun[name] = min(day, begun.get(name, day))
    after: defaultdict[str, list[int]] = defaultdict(list)
    for name, text, day in zip(patient.texts, visit.texts, read, strict=True):
        if day:
            after[folded(text)].append((day - begun[name]).days)
    return {text: median(days) for text, days in after.items()}


def _spellings(column: Column, patient: Column) -> dict[str, str]:
    """The texts that name a visit as a more common text does, as Wo 12 does Week 12, with that.

    Where a patient has rows of both they are two visits.
    """
    common = Counter(map(folded, column.filled))
    usual = sorted(column.different.values(), key=lambda text: -common[folded(text)])
    of_time: dict[float, str] = {}
    found = {}
    for text in usual:
        moment = moment_of(text)
        first = text if moment is None else of_time.setdefault(moment, text)
        if first != text and _of(column, patient, first).isdisjoint(_of(column, patient, text)):
            found[text] = first
    return found


def _of(column: Column, patient: Column, text: str) -> set[str]:
    """The patients who have a row with a text."""
    rows = zip(patient.texts, column.texts, strict=True)
    return {name for name, each in rows if folded(each) == folded(text)}


def _in_time(texts: Sequence[str], told: Mapping[str, str], days: Mapping[str, float]) -> list[str]:
    """The texts of visits in the order of time, as far as their names or the days tell it.

    Those that have a name for a time change places among themselves alone.

    Args:
        texts: The texts, in another order.
        told: What the file calls some of them.
        days: How long after the first row of a patient the rows with a text usually are.
    """
    if {*map(folded, texts)} <= days.keys():
        return sorted(texts, key=lambda text: days[folded(text)])
    names = {text: next(by_names(told.get(text, text)), None) for text in texts}
    ranks = {text: name.when.rank for text, name in names.items() if name}
    in_order = iter(sorted(ranks, key=ranks.__getitem__))
    return [next(in_order) if text in ranks else text for text in texts]


def _named(
    column: Column, days: Mapping[str, float], spellings: Mapping[str, str]
) -> Iterator[When]:
    """The visits by their labels, in the order of their numbers, of time or else of the table.

    REDCap has an event of its own for each arm; those of one name are one visit.
    """
    texts = list(column.different.values())
    numbered = all(text.isdecimal() for text in texts)
    labels = _labels(column)
    events: dict[str, list[str]] = {}
    ordered = sorted(texts, key=int) if numbered else texts
    if labels or not numbered:
        ordered = _in_time(ordered, labels, days)
    for text in sorted(ordered, key=lambda text: text in spellings):
        events.setdefault(_ARM.sub("", spellings.get(text, text)), []).append(text)
    given: set[str] = set()
    for place, (text, values) in enumerate(events.items()):
        told = labels.get(text) or (f"{column.header} {text}" if numbered else text)
        label = capital(told.replace("_", " "))
        name = name_for(label)[:40] or f"visit{place + 1}"
        name = f"{name}_{place + 1}" if name in given else name
        given.add(name)
        months = None if numbered and text not in labels else time_in(told)
        others = [repr(each) for each in values if each in spellings]
        are = "are" if others[1:] else "is"
        reason = f"whether {enumerated(others)} {are} {text!r}, written otherwise" if others else ""
        yield When(name, label, (1, place), months, tuple(values), reason=reason)


def _labels(column: Column) -> Mapping[str, str]:
    """The labels that a file has for visits; none where several have one."""
    once = {*map(folded, column.labels.values())}
    return column.labels if len(once) == len(column.labels) else {}
