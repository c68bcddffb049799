"""Who belongs to which cohort: one slice of the patients' table for each.

A slice holds just what `summarise` reads, so that a change of one patient reaches only the cohorts
that the patient is in, and another order of the rows reaches none. Nothing is counted or tested
here.
"""

from collections.abc import Sequence
from pathlib import Path

from casebook.base.files import remove
from casebook.data.memberships import MEMBER, OPEN, Membership, write_memberships
from casebook.data.patients import Patient, in_order, read_patients, write_patients
from casebook.study.load import load_study
from casebook.study.model import Study


def cohorts(study: Path, patients: Path, slices: Path, membership: Path) -> None:
    """Write `slices`/<cohort>.csv for each cohort and no other, and who is in which."""
    model = load_study(study)
    everyone = in_order(read_patients(patients, model.kinds))
    memberships = find_memberships(model, everyone)
    for name in model.cohorts:
        members = {m.patient for m in memberships if m.cohort == name and m.member == MEMBER}
        chosen = [patient for patient in everyone if patient.id in members]
        write_patients(slices / f"{name}.csv", model.kinds, chosen)
    for path in slices.glob("*.csv"):
        if path.stem not in model.cohorts:
            remove(path)
    write_memberships(membership, memberships)


def find_memberships(study: Study, patients: Sequence[Patient]) -> list[Membership]:
    """Every pair of cohort and patient where the patient belongs to it, or may belong to it."""
    answers = {True: MEMBER, None: OPEN}
    return [
        Membership(name, patient.id, answers[holds])
        for name, cohort in study.cohorts.items()
        for patient in patients
        if (holds := cohort.condition.holds(patient.values)) is not False
    ]
