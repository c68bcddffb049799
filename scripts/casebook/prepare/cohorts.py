"""Who belongs to which cohort: one slice of the patients' table for each.

A slice holds just what `summarise` reads, so that a change of one patient reaches only the cohorts
that the patient is in, and another order of the rows reaches none. Nothing is counted or tested
here.
"""

from collections.abc import Iterator
from pathlib import Path

from casebook.base.files import remove
from casebook.data.memberships import MEMBER, OPEN, Membership, write_memberships
from casebook.data.patients import Roster, place_in_order, read_roster, write_patients
from casebook.study.load import load_study
from casebook.study.model import Study


def cohorts(study: Path, patients: Path, slices: Path, membership: Path) -> None:
    """Write `slices`/<cohort>.csv for each cohort and no other, and who is in which."""
    model = load_study(study)
    everyone = read_roster(patients, model.kinds)
    keys = list(map(place_in_order, everyone.ids))
    everyone = everyone.taken(sorted(range(len(keys)), key=keys.__getitem__))
    places = {identifier: place for place, identifier in enumerate(everyone.ids)}
    memberships = list(find_memberships(model, everyone))
    members: dict[str, list[int]] = {name: [] for name in model.cohorts}
    for each in memberships:
        if each.member == MEMBER:
            members[each.cohort].append(places[each.patient])
    for name, chosen in members.items():
        write_patients(slices / f"{name}.csv", model.kinds, everyone.taken(chosen))
    for path in slices.glob("*.csv"):
        if path.stem not in model.cohorts:
            remove(path)
    write_memberships(membership, memberships)


def find_memberships(study: Study, patients: Roster) -> Iterator[Membership]:
    """Every pair of cohort and patient where the patient belongs to it, or may belong to it."""
    answers = {True: MEMBER, None: OPEN}
    for name, cohort in study.cohorts.items():
        holds = patients.each(cohort.condition.names, cohort.condition.holds)
        for patient, member in zip(patients.ids, holds, strict=True):
            if member is not False:
                yield Membership(name, patient, answers[member])
