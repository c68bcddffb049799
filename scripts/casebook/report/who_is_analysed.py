"""Who is analysed, in plain sentences: whoever is in no cohort, and rows that may be no patients.

It tells what would change the patients behind every number of the report, and is silent where
nothing does; what is wrong in the cells of a patient is not told here.
"""

from collections.abc import Container, Iterator, Sequence

from casebook.base.lists import first_of
from casebook.data.findings import Finding
from casebook.data.memberships import MEMBER, OPEN, Membership
from casebook.study.model import Study
from casebook.wording.sentences import ending, of_each

_OPEN = "in membership.csv"
"""Where all are of whom it is not known whether they belong."""
_NOWHERE = "who are in patients.csv and not in membership.csv"


def who_is_analysed(
    study: Study,
    patients: Sequence[str],
    memberships: Sequence[Membership],
    findings: Sequence[Finding],
) -> Iterator[str]:
    """What readers must know of who is behind the results.

    Args:
        study: The study.
        patients: The identifiers of all patients of the table.
        memberships: Which patient is in which cohort, or may be.
        findings: What was found in the table.
    """
    yield from _doubted([each for each in findings if each.about == "patients"], len(patients))
    members = {each.patient for each in memberships if each.member == MEMBER}
    undecided = [each for each in memberships if each.member == OPEN]
    yield from _in_no_cohort(patients, members, {each.patient for each in undecided})
    yield from _left_open(study, [each for each in undecided if each.patient in members])


def _doubted(findings: Sequence[Finding], patients: int) -> Iterator[str]:
    """How many rows may not be patients of their own, and which."""
    if findings:
        one, several = "may not be a separate patient", "may not be separate patients"
        some = _some(len(findings), patients, "rows that are analysed", one, several)
        told = (f"row {each.row} ({each.value})" for each in findings)
        rows = ending(told, "in findings.csv", between=", ")
        yield f"{some} (the section Data of this report says why){rows}"


def _in_no_cohort(
    patients: Sequence[str], members: Container[str], undecided: Container[str]
) -> Iterator[str]:
    """Who is in no cohort: first those of whom missing values leave it open."""
    nowhere = [patient for patient in patients if patient not in members]
    for still_open in (True, False):
        found = [patient for patient in nowhere if (patient in undecided) == still_open]
        if found:
            some = _some(len(found), len(patients), "patients", "belongs", "belong")
            why = ", because values that decide it are missing" if still_open else ""
            who = ending(found, _OPEN if still_open else _NOWHERE, between=", ")
            yield f"{some} to no cohort{why}, and no result rests on them{who}"


def _left_open(study: Study, undecided: Sequence[Membership]) -> Iterator[str]:
    """Which members of a cohort may belong to another one as well."""
    who_of = {
        cohort.label: [each.patient for each in undecided if each.cohort == name]
        for name, cohort in study.cohorts.items()
    }
    of = {label: who for label, who in who_of.items() if who}
    if of:
        most = of_each(len(of))
        places = (f"{label} ({', '.join(first_of(who, most))})" for label, who in of.items())
        yield (
            "Missing values leave open who else belongs to a cohort; not counted"
            f"{ending(places, _OPEN)}"
        )


def _some(count: int, of: int, what: str, one: str, several: str) -> str:
    return f"{count} of {of} {what} {one if count == 1 else several}"
