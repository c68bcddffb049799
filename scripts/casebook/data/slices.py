"""Slices of the patients' table: all patients of some cohorts, which one job analyses together.

A slice says by itself which cohorts it is of: one without patients has a row of its own, in which
nothing else stands. Which cohorts are in one slice is decided by the step `cohorts`.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path

from casebook.data.patients import (
    Kind,
    Patient,
    Roster,
    Value,
    patients_of,
    place_in_order,
    read_roster,
    write_patients,
)

_COHORT = "in cohort"
"""Header of the column; no variable can have this name."""


def write_slices(
    slices: Mapping[Path, Mapping[str, Sequence[int]]],
    kinds: Mapping[str, Kind],
    everyone: Roster,
) -> None:
    """Write slices: a row for each patient of each cohort.

    Args:
        slices: The cohorts of each slice, and the places of their patients.
        kinds: The kind of each value.
        everyone: All patients.
    """
    nobody = len(everyone.ids)
    with_nobody = Roster(
        [*everyone.ids, ""], {name: [*everyone.columns[name], None] for name in kinds}
    )
    for path, members in slices.items():
        chosen = {cohort: places or [nobody] for cohort, places in members.items()}
        roster = with_nobody.taken(list(chain(*chosen.values())))
        cohorts = [cohort for cohort, places in chosen.items() for _ in places]
        rows = Roster(roster.ids, {_COHORT: cohorts, **roster.columns})
        write_patients(path, {_COHORT: "category", **kinds}, rows)


def read_slice(path: Path, kinds: Mapping[str, Kind]) -> dict[str, list[Patient]]:
    """The patients of each cohort of a slice, both in its order."""
    roster = read_roster(path, {_COHORT: "category", **kinds})
    rows = zip(roster.columns[_COHORT], patients_of(roster, kinds), strict=True)
    return {
        str(cohort): [patient for _, patient in found if patient.id]
        for cohort, found in groupby(rows, key=lambda row: row[0])
    }


def read_slices(paths: Iterable[Path], kinds: Mapping[str, Kind]) -> dict[str, list[Patient]]:
    """The patients of each cohort of several slices."""
    return {
        cohort: patients for path in paths for cohort, patients in read_slice(path, kinds).items()
    }


def read_each_once(paths: Iterable[Path], kinds: Mapping[str, Kind]) -> list[Patient]:
    """Everyone in any of these slices once."""
    return read_roster_of_each_once(paths, kinds).patients


def read_roster_of_each_once(paths: Iterable[Path], kinds: Mapping[str, Kind]) -> Roster:
    """The same by columns."""
    ids: list[str] = []
    columns: dict[str, list[Value]] = {name: [] for name in kinds}
    for path in paths:
        roster = read_roster(path, kinds)
        ids += roster.ids
        for name, values in roster.columns.items():
            columns[name] += values
    place_of = {identifier: place for place, identifier in enumerate(ids) if identifier}
    in_order = [place_of[identifier] for identifier in sorted(place_of, key=place_in_order)]
    return Roster(ids, columns).taken(in_order)
