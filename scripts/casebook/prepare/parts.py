"""Which cohorts are analysed together, by one job: enough of them that starting it pays.

Jobs are few where cohorts are small, and one for each cohort where they are large. Who is in a
cohort, and what is computed of it, is not known here.
"""

import hashlib
from collections.abc import Sequence

_ENOUGH = 25_000
"""Values of outcomes that take four times as long as a job's start, some three seconds."""
_TO_READ = 10
"""Values that take as long as it does to read four times what study.yaml says of one cohort."""
_AT_LEAST = 12
"""Patients that are counted more than there are, as small cohorts have as many results."""
_PARTS = 32
"""About how many parts are enough, if a study does not say otherwise, as an edit of one row reaches
one of them."""
_MOST_PARTS = 256
"""How many files of them can be named on a command line, however long their names are."""


def cohorts_per_job(sizes: Sequence[int], outcomes: int) -> int:
    """How many cohorts a job should analyse: a power of two, so that it seldom is another number.

    Args:
        sizes: How many patients each cohort has.
        outcomes: How many outcomes the study has.
    """
    values = outcomes * sum(size + _AT_LEAST for size in sizes)
    wanted = max((_ENOUGH + _TO_READ * len(sizes)) * len(sizes) / values, len(sizes) / _PARTS)
    return 1 << max(0, int(wanted).bit_length() - 1)


def parts(cohorts: Sequence[str], per_job: int) -> dict[str, Sequence[str]]:
    """Cohorts that stand together in the study, about so many in each part, by the first of them.

    A part begins with a cohort whose digest is less than those of its neighbours, so that a cohort
    that is added, renamed or left out moves no others than those beside it.

    Args:
        cohorts: The names of all cohorts, in the order of the study.
        per_job: About how many cohorts a part has: more than half as many, but for the last one.
            It is taken for more where there would be too many parts.
    """
    per_job = max(per_job, -(-len(cohorts) // _MOST_PARTS))
    digests = [hashlib.sha256(cohort.encode()).digest() for cohort in cohorts]
    around = per_job // 2
    starts = [0] + [
        place
        for place in range(per_job, len(cohorts))
        if digests[place] == min(digests[max(0, place - around) : place + around + 1])
    ]
    ends = [*starts[1:], len(cohorts)]
    return {cohorts[i]: cohorts[i:end] for i, end in zip(starts, ends, strict=True)}
