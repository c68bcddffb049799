"""Tests by ranks of changes as a program makes them that subtracts floats as they are.

R, and what rests on it, SciPy and coin find no tie between changes that are equal on paper alone,
such as 0.3 - 0.1 and 0.4 - 0.2, so that they print another p-value than that of the table. Only
changes of which this is so are tried.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

import numpy as np

from casebook.analysis.pairs import outcome_pairs
from casebook.audit.data import Data
from casebook.claims.compared import ComparedDifference, ComparedTest
from casebook.claims.readings import PairedTest
from casebook.data.programs import RANK_SUM_BY
from casebook.data.results import BY_CONVENTION, CHANGE
from casebook.data.vocabulary import Method
from casebook.statistics.floats import (
    float_differences,
    float_ranks,
    r_kruskal_wallis,
    ranks_of_groups,
)
from casebook.statistics.kruskal_wallis import kruskal_wallis
from casebook.statistics.rank_sum import rank_sum_by
from casebook.statistics.signed_rank import signed_rank_by
from casebook.statistics.terms import NotComputable, Program, TestResult
from casebook.statistics.values import FloatArray

FLOATING: Sequence[Program] = ("r-4.5", "r-4.6", "jasp", "scipy", "coin")
"""The programs that were seen to do so; JASP calls R."""


def floating_p_values(
    data: Data, reading: PairedTest | ComparedTest
) -> Sequence[tuple[Method, float]]:
    """The p-values of a two-sided test of changes by the programs' methods.

    There is none where floats have the ties that are on paper, or where it is not of changes. Of
    three cohorts or more R and SciPy give two by one method.
    """
    match reading:
        case PairedTest(cohort=cohort, outcome=outcome, contrast=contrast):
            return _made(_OF_PAIRS, floating_changes(data, [cohort], outcome, contrast))
        case ComparedTest():
            groups = floating_groups(data, reading)[::-1]
            return _made(_OF_TWO, groups) if len(groups) == 2 else [*_of_several(groups)]


def floating_changes(
    data: Data, cohorts: Sequence[str], variable: str, contrast: str
) -> list[FloatArray]:
    """The changes in each cohort, the study's way round, as floats are subtracted.

    Nothing where these have the ties that are on paper, or where it is no outcome that changed.
    """
    study = data.study
    if variable not in study.outcomes:
        return []
    of = (variable, study.contrast_named[contrast])
    pairs = [outcome_pairs(study, data.cohorts[cohort], *of) for cohort in cohorts]
    on_paper = [change for each in pairs for change in each.changes]
    try:
        changes = [each.sign * float_differences(*each.complete_columns) for each in pairs]
    except NotComputable:
        return []
    same = np.array_equal(float_ranks(np.concatenate(changes)), float_ranks(on_paper))
    return [] if same else changes


def floating_groups(data: Data, reading: ComparedTest | ComparedDifference) -> list[FloatArray]:
    """The same of the cohorts of a comparison; nothing where it is not of changes."""
    of, cohorts = reading.compared, data.study.comparison(reading.comparison).cohorts
    if of.visit != CHANGE or of.level:
        return []
    return floating_changes(data, cohorts, of.variable, of.contrast)


Test = Callable[..., TestResult]
_OF_PAIRS: Mapping[Method, Test] = {
    BY_CONVENTION[program]: partial(signed_rank_by, program) for program in FLOATING
}
_OF_TWO: Mapping[Method, Test] = {
    RANK_SUM_BY[program]: partial(rank_sum_by, program) for program in FLOATING
}


def _made(tests: Mapping[Method, Test], groups: Sequence[FloatArray]) -> list[tuple[Method, float]]:
    """The p-values of those tests that can be made of these changes."""
    if not groups:
        return []
    ranks, found = ranks_of_groups(groups), []
    for method, test in tests.items():
        with suppress(NotComputable):
            found.append((method, test(*ranks).p_value))
    return found


def _of_several(groups: Sequence[FloatArray]) -> Iterator[tuple[Method, float]]:
    """Kruskal and Wallis's test as R makes it, and as SciPy does."""
    method = Method.KRUSKAL_WALLIS_CHI_SQUARED
    if groups:
        with suppress(NotComputable):
            yield method, r_kruskal_wallis(groups)
            yield method, kruskal_wallis(ranks_of_groups(groups), exact=False).p_value
