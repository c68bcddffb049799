"""Who is analysed, in plain sentences: whoever is in no cohort, and rows that may be no patients.

It tells what would change the patients behind every number of the report, and is silent where
nothing does; what is wrong in the cells of a patient is not told here.
"""

from collections.abc import Iterator, Sequence

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
    doubted = [each for each in findings if each.about == "patients"]
    if doubted:
        one, several = "may not be a separate patient", "may not be separate patients"
        some = _some(len(doubted), len(patients), "rows that are analysed", one, several)
        told = (f"row {each.row} ({each.value})" for each in doubted)
        rows = ending(told, "in findings.csv", between=", ")
        yield f"{some} (the section Data of this report says why){rows}"
    members = {each.patient for each in memberships if each.member == MEMBER}
    undecided = [each for each in memberships if each.member == OPEN]
    nowhere = [patient for patient in patients if patient not in members]
    for still_open in (True, False):
        named = {each.patient for each in undecided}
        found = [patient for patient in nowhere if (patient in named) == still_open]
        if found:
            some = _some(len(found), len(patients), "patients", "belongs", "belong")
            why = ", because values that decide it are missing" if still_open else ""
            who = ending(found, _OPEN if still_open else _NOWHERE, between=", ")
            yield f"{some} to no cohort{why}, and no result rests on them{who}"
    elsewhere = {
        cohort.label: [e.patient for e in undecided if e.cohort == name and e.patient in members]
        for name, cohort in study.cohorts.items()
    }
    undecided_of = {label: who for label, who in elsewhere.items() if who}
    if undecided_of:
        most = of_each(len(undecided_of))
        places = (
            f"{label} ({', '.join(first_of(who, most))})" for label, who in undecided_of.items()
        )
        yield (
            "Missing values leave open who else belongs to a cohort; not counted"
            f"{ending(places, _OPEN)}"
        )


def _some(count: int, of: int, what: str, one: str, several: str) -> str:
    return f"{count} of {of} {what} {one if count == 1 else several}"
