"""Who belongs to which cohort: slices of the patients' table, each for one job that analyses it.

A slice holds just what `summarise` reads, so that a change of one patient reaches only the parts
that have a cohort of that patient, and another order of the rows reaches none. Nothing is counted
or tested here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from casebook.base.files import remove
from casebook.data.findings import Finding, stop_at_errors
from casebook.data.memberships import MEMBER, OPEN, Membership, write_memberships
from casebook.data.patients import (
    Kind,
    Roster,
    Value,
    place_in_order,
    read_roster,
    read_rows,
)
from casebook.data.slices import write_slices
from casebook.prepare.disjoint import shared_patients
from casebook.prepare.parts import cohorts_per_job, parts
from casebook.study.expressions import Expression
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.references import check_expression

_NEAR = 1e-6
"""Of a number: further away than this there is none that an expression takes for the same."""
_SEARCHED = ("number", "category", "text", "boolean")
"""Kinds of value that are written in an expression as they are; a date is a text there."""


def cohorts(study: Path, patients: Path, slices: Path, membership: Path) -> None:
    """Write `slices`/<first cohort of a part>.csv for each part and no other, and who is in which.

    Args:
        study: The study.yaml.
        patients: All patients.
        slices: The folder of the slices.
        membership: Table to write, a row for each pair of cohort and patient.

    Raises:
        DataError: Cohorts that are compared have a patient in common.
    """
    model = load_study(study)
    everyone = read_roster(patients, model.kinds)
    keys = list(map(place_in_order, everyone.ids))
    everyone = everyone.taken(sorted(range(len(keys)), key=keys.__getitem__))
    places = {identifier: place for place, identifier in enumerate(everyone.ids)}
    memberships = list(find_memberships(model, everyone))
    if model.comparisons:
        folder, row_of = str(study.parent), read_rows(patients)
        stop_at_errors(shared_patients(model, folder, row_of, memberships))
    members: dict[str, list[int]] = {name: [] for name in model.cohorts}
    for each in memberships:
        if each.member == MEMBER:
            members[each.cohort].append(places[each.patient])
    sizes = [len(chosen) for chosen in members.values()]
    per_job = model.cohorts_per_job or cohorts_per_job(sizes, len(model.outcomes) or 1)
    written = {
        slices / f"{first}.csv": {name: members[name] for name in together}
        for first, together in parts(list(members), per_job).items()
    }
    write_slices(written, model.kinds, everyone)
    for path in slices.glob("*.csv"):
        if path not in written:
            remove(path)
    write_memberships(membership, memberships)


def find_memberships(study: Study, patients: Roster) -> Iterator[Membership]:
    """Every pair of cohort and patient where the patient belongs to it, or may belong to it."""
    answers = {True: MEMBER, None: OPEN}
    values_of = cache(lambda name: _Values(patients.columns[name]))
    for name, cohort in study.cohorts.items():
        among = _candidates(cohort.condition, study.kinds, patients, values_of)
        holds = among.each(cohort.condition.names, cohort.condition.holds)
        for patient, member in zip(among.ids, holds, strict=True):
            if member is not False:
                yield Membership(name, patient, answers[member])


def shared_among(
    study: Study, file: str, rows: Iterable[int], patients: Roster
) -> Iterator[Finding]:
    """An error for each patient who is in two of the cohorts that are compared.

    Cohorts whose condition has mistakes are left out: mistakes are still being gathered.

    Args:
        study: The study.
        file: Its table.
        rows: The row of the table in which each patient stands.
        patients: The patients, as far as they could be read.
    """
    compared = {name for each in study.comparisons.values() for name in each.cohorts}
    sound = {
        name: cohort
        for name, cohort in study.cohorts.items()
        if name in compared and not check_expression(study, cohort.select or "True", study.kinds)[1]
    }
    memberships = find_memberships(study.model_copy(update={"cohorts": sound}), patients)
    row_of = dict(zip(patients.ids, rows, strict=True))
    return shared_patients(study, file, row_of, memberships)


class _Values:
    """Where each value of a column stands."""

    def __init__(self, column: Iterable[Value]) -> None:
        self._places: dict[Value, list[int]] = {}
        for place, value in enumerate(column):
            self._places.setdefault(value, []).append(place)
        self._numbers = sorted(value for value in self._places if isinstance(value, float))

    def places(self, value: Value) -> Iterator[int]:
        """Where the value stands, and any number that an expression might take for the same."""
        found = [value]
        if isinstance(value, float):
            reach = _NEAR * abs(value)
            begin = bisect_left(self._numbers, value - reach)
            found = [*self._numbers[begin : bisect_right(self._numbers, value + reach)]]
        return chain(*(self._places.get(each, ()) for each in found))


def _candidates(
    condition: Expression,
    kinds: Mapping[str, Kind],
    patients: Roster,
    values_of: Callable[[str], _Values],
) -> Roster:
    """The patients, in their order, without some for whom a condition cannot hold.

    Of a thousand sites each has a cohort, and a patient is looked at for one of them.
    """
    required = condition.required().items()
    searched = [(name, wanted) for name, wanted in required if kinds[name] in _SEARCHED]
    if not searched:
        return patients
    found: list[set[int]] = [
        {*chain(*(values_of(name).places(value) for value in (None, *wanted)))}
        for name, wanted in searched
    ]
    fewest = min(found, key=len)
    places = sorted(fewest)
    columns = {name: [patients.columns[name][at] for at in places] for name in condition.names}
    return Roster([patients.ids[at] for at in places], columns)
