"""Readings that count patients, by what the words around a number name.

Which names belong to a number is for `sentences`.
"""

import re
from collections.abc import Iterable, Sequence

from casebook.quoting.guesses import everyone
from casebook.quoting.names import Meaning, Sort
from casebook.study.model import Study


def counts_by(study: Study, meanings: Sequence[Meaning], *, ceased: bool) -> list[str]:
    """Each count that a name may stand for; of what has ceased, those who no longer have it."""
    cohorts = [each.name for each in meanings if each.sort == Sort.COHORT]
    if cohorts:
        return [f"n(patient) in {name}" for name in cohorts]
    conditions = [each.name for each in meanings]
    if ceased:
        conditions = [re.sub(r'^("[^"]*") in ', r"\1 not in ", each) for each in conditions]
    return [f"count({each}) in {everyone(study)}" for each in conditions]


def count_of_all(study: Study, meanings: Iterable[Meaning]) -> str:
    """The count of those of whom all names are true."""
    conditions = (
        study.cohorts[each.name].select if each.sort == Sort.COHORT else each.name
        for each in meanings
    )
    both = " and ".join(f"({each})" if " or " in each else each for each in conditions)
    return f"count({both}) in {everyone(study)}"


def shares_of(study: Study, counts: Iterable[str]) -> list[str]:
    """The percentages that belong to counts; there is none to that of everyone."""
    return [share for each in counts if (share := _share(study, each))]


def _share(study: Study, count: str) -> str:
    whole = re.fullmatch(r"n\(patient\) in (\w+)", count)
    condition = study.cohorts[whole[1]].select if whole else ""
    if condition:
        return f"percent({condition}) in {everyone(study)}"
    return "" if whole else count.replace("count(", "percent(", 1)
