"""The tests that are made of every outcome's pairs, by name, each made once."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from casebook.analysis.pairs import Pairs
from casebook.data.programs import RANK_SUM_BY
from casebook.data.results import BY_CONVENTION
from casebook.data.vocabulary import Method
from casebook.statistics.paired import mean_permutation, paired_t, sign_test
from casebook.statistics.rank_sum import rank_sum_by
from casebook.statistics.signed_rank import signed_rank, signed_rank_by
from casebook.statistics.terms import Alternative, Convention, NotComputable, TestResult

NO_PAIRS = "no patient has both visits"

Test = Callable[..., TestResult]
Made = TestResult | NotComputable
"""A test's result, or the reason why there is none."""

_RANK_TESTS: Mapping[Method, Test] = {
    **{name: partial(signed_rank_by, convention) for convention, name in BY_CONVENTION.items()},
    Method.SIGNED_RANK_WITHOUT_TIES: partial(
        signed_rank, distribution="normal", continuity=False, tie_correction=False
    ),
    Method.SIGN: sign_test,
}
_MEAN_TESTS: Mapping[Method, Test] = {
    Method.PAIRED_T: paired_t,
    Method.PERMUTATION: mean_permutation,
}

PAIRED_TESTS: Mapping[Method, Test] = {**_RANK_TESTS, **_MEAN_TESTS}

ONE_SIDED_TESTS: Mapping[Method, tuple[Convention, Literal[1, -1]]] = {
    Method.SIGNED_RANK_R_4_5_RISE: ("r-4.5", 1),
    Method.SIGNED_RANK_R_4_5_FALL: ("r-4.5", -1),
    Method.SIGNED_RANK_EXACT_RISE: ("exact", 1),
    Method.SIGNED_RANK_EXACT_FALL: ("exact", -1),
}
"""By which convention each is made, and whether it is for a rise or for a fall."""

TWO_GROUP_TESTS: Mapping[Method, Test] = {
    name: partial(rank_sum_by, convention) for convention, name in RANK_SUM_BY.items()
}


def make_tests(pairs: Pairs) -> dict[Method, Made]:
    """Every test of the pairs, and of the visits as if they were two groups of patients."""
    if not pairs.complete:
        names = [*PAIRED_TESTS, *ONE_SIDED_TESTS, *TWO_GROUP_TESTS]
        return dict.fromkeys(names, NotComputable(NO_PAIRS))
    first, second = pairs.ranked_visits[:: pairs.sign]
    # Arrays, which each test would make of a list.
    ranked, changes = np.array(pairs.ranked_changes), np.array(pairs.changes)
    made = {name: _made(test) for name, test in tests_of_changes(ranked, changes).items()}
    for name, (convention, way) in ONE_SIDED_TESTS.items():
        alternative: Alternative = "greater" if way == pairs.sign else "less"
        made[name] = _made(partial(signed_rank_by, convention, alternative=alternative), ranked)
    made |= {name: _made(test, second, first) for name, test in TWO_GROUP_TESTS.items()}
    return made


def tests_of_changes(ranked: ArrayLike, changes: ArrayLike) -> dict[Method, Test]:
    """Every test of differences, by their ranks or their mean, as functions of the alternative.

    Args:
        ranked: The differences as they are ranked, shape (n,).
        changes: The differences, shape (n,); "greater" is differences above 0.
    """
    of_ranks, of_means = (
        {name: partial(test, values) for name, test in by.items()}
        for by, values in ((_RANK_TESTS, ranked), (_MEAN_TESTS, changes))
    )
    return {**of_ranks, **of_means}


def _made(test: Test, *arrays: ArrayLike) -> Made:
    try:
        return test(*arrays)
    except NotComputable as reason:
        return reason
