"""Which columns are one measurement at several visits, by their headers alone.

`CDASI pre` and `CDASI post`, `mmt_0` and `mmt_6`, `W0` and `W12`, `bdi.pre` and `bdi.2m`; and which
have all visits in each cell, as `CK before/after` does. How a header names a visit is for
`visitnames`; what is in the columns is not looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from casebook.data.cells import folded
from casebook.drafting.visitnames import FOLLOWUP, AtVisit, When, by_names, readings_of

_CHANGE = re.compile(r"δ|(?<![^\W_])(?:delta|changes?|diff(?:erences?)?|differenz)(?![^\W_])")
_CHECKBOX = "___"
_FOOTNOTES = " *†‡§¶"
"""Signs behind a header that lead to a note below a printed table."""
_MOST_ITEMS = 4
"""More numbers than these that count from 1 are rather items of a questionnaire."""
_SIGNS = ("/", "→", "->", "–", "|", ";", ",", " and ", " und ", " et ", " y ", " - ", "-")
"""What stands between the names of visits in the header of cells that have several."""
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_NUMBERED = re.compile(r"(?P<before>.*?)(?<!\d)\d+(?P<after>\D*)")


@dataclass(frozen=True)
class Series:
    """Columns that are one measurement at several visits.

    Attributes:
        stem: What it is called; empty where the headers name visits alone.
        columns: The column of each visit, by its header.
    """

    stem: str
    columns: Mapping[str, When]

    @cached_property
    def visits(self) -> list[When]:
        """The visits, in order."""
        return in_order(self.columns.values())


def in_order(visits: Iterable[When]) -> list[When]:
    """Visits once each, from the first to the last."""
    once: dict[str, When] = {}
    for each in visits:
        once.setdefault(each.name, each)
    return sorted(once.values(), key=lambda each: each.rank)


def series_among(headers: Sequence[str]) -> list[Series]:
    """The measurements that have columns at several visits, none of which is in two of them.

    Args:
        headers: The headers, without units.
    """
    groups: defaultdict[str, dict[str, AtVisit]] = defaultdict(dict)
    for header, stem in zip(headers, stems_before(headers), strict=True):
        for each in _candidates(header):
            # Joined as texts, "Seizures/month" and "3 mo" would read as month 3.
            own = replace(each, stem=each.stem or stem)
            groups[folded(own.stem)].setdefault(header, own)
    whole = [group for group in groups.values() if _can_be_visits([*group.values()])]
    taken: set[str] = set()
    found = []
    for group in sorted(whole, key=lambda each: -len(each)):
        if taken.isdisjoint(group):
            taken |= group.keys()
            stem = next(iter(group.values())).stem
            found.append(Series(stem, {header: each.when for header, each in group.items()}))
    return sorted(found, key=lambda each: headers.index(next(iter(each.columns))))


def _candidates(header: str) -> Iterator[AtVisit]:
    if _CHECKBOX not in header and not _CHANGE.search(header.lower()):
        yield from readings_of(header.rstrip(_FOOTNOTES))


def stems_before(headers: Sequence[str]) -> list[str]:
    """What each header lacks that names a later visit alone, and one before it has; or nothing.

    In MADRS week 0, week 4, week 8 the first one has a stem, which holds for all.
    """
    readings = [[*_candidates(header)] for header in headers]
    stems = [""] * len(headers)
    run: list[AtVisit] = []
    for place, found in enumerate([*readings, []]):
        first = found[0] if found else None
        if run and first and not first.stem and run[0].stem not in [each.stem for each in found]:
            run.append(first)
            continue
        if stem := _stem_of_all(run):
            stems[place - len(run) + 1 : place] = [stem] * (len(run) - 1)
        is_opening = first and _LETTER.search(first.stem) and not first.is_bare
        run = [first] if first and is_opening else []
    return stems


def _stem_of_all(run: Sequence[AtVisit]) -> str:
    """What headers are of that one with a stem begins; nothing if no later visits follow it."""
    in_order = all(one.when.rank < other.when.rank for one, other in pairwise(run))
    begin_anew = any(each.when.name == "baseline" or each.when.months == 0 for each in run[1:])
    return run[0].stem if run[1:] and in_order and not begin_anew else ""


def _can_be_visits(group: Sequence[AtVisit]) -> bool:
    """Whether what has one stem can be one measurement at several visits."""
    names = [each.when.name for each in group]
    if len(group) < 2 or len({*names}) < len(names):
        return False
    if all(name.startswith(FOLLOWUP) for name in names):
        return False
    numbers = sorted(each.when.rank[1] for each in group)
    items = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > _MOST_ITEMS
    return not (items and all(each.is_bare for each in group))


def names_a_visit(text: str) -> bool:
    """Whether a text is called as a visit is, as Week 4 and after treatment are."""
    return next(by_names(text), None) is not None


def visits_in_cells(header: str) -> tuple[str, list[When]] | None:
    """What a header calls a measurement of which each cell has several visits, if it does."""
    plain = re.sub(r"[()\[\]]", " ", header).strip()
    for sign in _SIGNS:
        parts = [part.strip(" .") for part in plain.split(sign)]
        if parts[1:] and all(parts) and (found := _of_parts(parts)):
            return found
    return None


def _of_parts(parts: Sequence[str]) -> tuple[str, list[When]] | None:
    """What is measured, and the visits that the parts of a header name; None if one does not."""
    first, *others = _with_units(parts)
    for opening in by_names(first):
        whens = [opening.when]
        for text in others:
            whens += [next((e.when for e in by_names(text) if not e.stem), opening.when)]
        if len({when.name for when in whens}) == len(parts):
            return opening.stem, whens
    return None


def _with_units(parts: Sequence[str]) -> list[str]:
    """The parts with what one has beside its number for all, as week in Week 0/4/12."""
    first, last = _NUMBERED.fullmatch(parts[0]), _NUMBERED.fullmatch(parts[-1])
    unit = first["before"].split()[-1:] if first else []
    if unit and all(map(_NUMBER.fullmatch, parts[1:])):
        return [parts[0], *(f"{unit[0]} {part}" for part in parts[1:])]
    if last and last["after"].strip() and all(map(_NUMBER.fullmatch, parts[1:-1])):
        behind = last["after"].strip()
        ends = re.search(r"\d$", parts[0])
        return [f"{part} {behind}" for part in parts[:-1]] + [parts[-1]] if ends else [*parts]
    return [*parts]
