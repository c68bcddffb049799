"""Whether the cohorts of a comparison have a patient in common, which makes it no comparison.

Whoever is in two of them is told; which cohorts are compared is for study.yaml to say.
"""

from collections.abc import Iterable, Iterator, Mapping

from casebook.data.findings import Finding
from casebook.data.memberships import MEMBER, Membership
from casebook.study.model import Study

_HINT = (
    "the patient is in {}, which are compared as if they had no patient in common; change the"
    " 'select' of these cohorts in study.yaml, or take the comparison away"
)


def shared_patients(
    study: Study, file: str, row_of: Mapping[str, int], memberships: Iterable[Membership]
) -> Iterator[Finding]:
    """An error for each patient who is in two cohorts of a comparison.

    Args:
        study: The study.
        file: Its table, or the folder that it is in.
        row_of: The row of the table in which each patient stands.
        memberships: Who is in the cohorts that are compared; in others it does not matter.
    """
    cohorts_of: dict[str, list[str]] = {}
    for each in memberships:
        if each.member == MEMBER:
            cohorts_of.setdefault(each.patient, []).append(each.cohort)
    for name, comparison in study.comparisons.items():
        for patient, cohorts in cohorts_of.items():
            common = [cohort for cohort in comparison.cohorts if cohort in cohorts]
            if len(common) > 1:
                told = " and ".join(map(repr, common))
                allowed = f"one cohort at most of the comparison {name!r}"
                yield Finding(
                    *("error", file, row_of[patient], "", patient, allowed, _HINT.format(told)),
                    about="patients",
                )
