"""Whether two identifiers are of one patient, as where one row has LN31 for LN13.

Two patients were perhaps not born on one day, or one has values at the visits alone that the other
lacks, and an identifier that is the other's with two digits turned round.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from casebook.base.lists import enumerated, first_of
from casebook.data.findings import Finding
from casebook.data.patients import Roster
from casebook.doubts.disclosure import is_called_birth
from casebook.study.model import Study

_DAYS_OF_BIRTH = 15_000
"""On about so many days grown-up patients of a study may have been born."""
_CHANCE = 0.05
"""How many pairs of patients may be born on one day by chance, for a pair to tell anything."""
_NAMED = 3
_TWO_DIGITS = re.compile(r"(?=(\d)(\d))")


def one_patient_twice(
    study: Study, file: str, rows: Sequence[int], roster: Roster
) -> Iterator[Finding]:
    """A warning for each two patients who may be one.

    Args:
        study: The study.
        file: The table, for the messages.
        rows: Where the patients stand in it.
        roster: The patients.
    """
    if study.source.patient is None:
        return
    by_chance = math.comb(len(roster.ids), 2) / _DAYS_OF_BIRTH >= _CHANCE
    visits = _Visits(study, roster)
    told: set[int] = set()
    for one, other in (*_born_on_one_day(study, roster), *_turned(study, roster)):
        apart = visits.are_apart(one, other)
        is_born = bool(_same_births(study, roster, one, other))
        if roster.ids[one] == roster.ids[other]:
            continue
        if told & {one, other} or not _agree(study, roster, (one, other), in_all=apart):
            continue
        if apart or (is_born and not by_chance):
            told |= {one, other}
            odd, whole = sorted((one, other), key=lambda at: (len(visits.of(at)), -at))
            hint = _told(study, roster, (odd, whole), visits if apart else None)
            at = (file, rows[odd], study.source.patient, roster.ids[odd])
            yield Finding("warning", *at, "", hint, about="patients")


class _Visits:
    """The visits at which patients have values of outcomes."""

    def __init__(self, study: Study, roster: Roster) -> None:
        self._roster = roster
        self.names: dict[str, list[str]] = {visit: [] for visit in study.visits}
        for name, (_, visit) in study.measured.items():
            if name in study.headings:
                self.names[visit].append(name)

    def of(self, place: int) -> list[str]:
        """Those of a patient, in their order."""
        columns = self._roster.columns
        return [
            visit
            for visit, names in self.names.items()
            if any(columns[name][place] is not None for name in names)
        ]

    def are_apart(self, one: int, other: int) -> bool:
        """Whether both have values, and none of one visit."""
        own, others = {*self.of(one)}, {*self.of(other)}
        return bool(own and others) and own.isdisjoint(others)


def _births(study: Study) -> list[str]:
    kinds = study.kinds
    return [n for n in study.variables if kinds[n] == "date" and is_called_birth(study, n)]


def _born_on_one_day(study: Study, roster: Roster) -> Iterator[tuple[int, int]]:
    """Places of patients who were born on one day, unless only months or years are known."""
    for name in _births(study):
        places: dict[date, list[int]] = defaultdict(list)
        for place, born in enumerate(roster.columns[name]):
            if isinstance(born, date):
                places[born].append(place)
        if 2 * sum(day.day == 1 for day in places) <= len(places):
            yield from ((each[0], each[1]) for each in places.values() if len(each) == 2)


def _turned(study: Study, roster: Roster) -> Iterator[tuple[int, int]]:
    """Places of patients of a long table of whom one has the other's identifier, digits turned."""
    places = {text: place for place, text in enumerate(roster.ids)}
    for text, place in places.items() if study.source.has_visits else ():
        for found in _TWO_DIGITS.finditer(text):
            at = found.start()
            other = places.get(f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}", place)
            if other > place:
                yield place, other


def _fixed(study: Study) -> list[str]:
    """The variables that are the same at each visit."""
    return [name for name, each in study.variables.items() if not (each.visit or each.measure)]


def _agree(study: Study, roster: Roster, two: tuple[int, int], *, in_all: bool) -> bool:
    """Whether two patients agree in what is the same at each visit, as far as it is known.

    Rows of one patient do so in all; who was seen again may have another age or another start, but
    the same categories, such as sex.
    """
    kinds = study.kinds
    names = [name for name in _fixed(study) if in_all or kinds[name] == "category"]
    pairs = [(roster.columns[name][two[0]], roster.columns[name][two[1]]) for name in names]
    known = [pair for pair in pairs if None not in pair]
    return all(a == b for a, b in known) and bool(known or not in_all)


def _same_births(study: Study, roster: Roster, one: int, other: int) -> list[str]:
    columns = {name: roster.columns[name] for name in _births(study)}
    return [n for n, each in columns.items() if each[one] is not None and each[one] == each[other]]


def _told(study: Study, roster: Roster, two: tuple[int, int], visits: _Visits | None) -> str:
    odd, whole = two
    patient, other = roster.ids[odd], roster.ids[whole]
    columns = {name: roster.columns[name] for name in _fixed(study)}
    same = [
        repr(study.headings[name].name)
        for name, each in columns.items()
        if name in study.headings and each[odd] is not None and each[odd] == each[whole]
    ]
    shown = enumerated(first_of(same, _NAMED, "{:,} more"))
    told = f"perhaps the same patient as {other}: both have the same in {shown}"
    if visits:
        at = [enumerated(visits.of(place)) for place in two]
        told += f", and {patient} has values at {at[0]} alone, {other} at {at[1]}"
    return (
        f"{told}; if an identifier is a slip, correct it in corrections.tsv, naming the row; if a"
        " patient has two, write one for both"
    )
