"""The tests that are made of every outcome's pairs, by name, each made once."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from casebook.analysis.pairs import Pairs
from casebook.data.results import BY_CONVENTION, R_DEFAULTS
from casebook.statistics.paired import mean_permutation, paired_t, sign_test
from casebook.statistics.rank_sum import rank_sum, rank_sum_in_r
from casebook.statistics.signed_rank import signed_rank, signed_rank_by
from casebook.statistics.terms import NotComputable, TestResult

NO_PAIRS = "no patient has both visits"

Test = Callable[..., TestResult]
Made = TestResult | NotComputable
"""A test's result, or the reason why there is none."""

EXACT = BY_CONVENTION["exact"]

_RANK_TESTS: Mapping[str, Test] = {
    **{name: partial(signed_rank_by, convention) for convention, name in BY_CONVENTION.items()},
    "signed-rank, normal": partial(signed_rank, distribution="normal", continuity=False),
    "signed-rank, normal, Pratt's zeros": partial(
        signed_rank, distribution="normal", continuity=False, zeros="pratt"
    ),
    "signed-rank, normal without tie correction": partial(
        signed_rank, distribution="normal", continuity=False, tie_correction=False
    ),
    "sign test": sign_test,
}
_MEAN_TESTS: Mapping[str, Test] = {
    "paired t-test": paired_t,
    "permutation test of the mean": mean_permutation,
}

PAIRED_TESTS: Mapping[str, Test] = {**_RANK_TESTS, **_MEAN_TESTS}

_ONE_SIDED_TESTS: Mapping[str, Test] = {
    f"{name}, one-sided for {direction}": partial(PAIRED_TESTS[name], alternative=alternative)
    for name in (BY_CONVENTION["r-4.5"], EXACT)
    for alternative, direction in (("greater", "an increase"), ("less", "a decrease"))
}

_TWO_GROUP_TESTS: Mapping[str, Test] = {
    **{
        f"rank-sum, {name}": partial(rank_sum_in_r, version) for version, name in R_DEFAULTS.items()
    },
    "rank-sum, normal": partial(rank_sum, distribution="normal", continuity=False),
    "rank-sum, exact": rank_sum,
}


def make_tests(pairs: Pairs) -> dict[str, Made]:
    """Every test of the pairs, and of the visits as if they were two groups of patients."""
    if not pairs.complete:
        names = [*PAIRED_TESTS, *_ONE_SIDED_TESTS, *_TWO_GROUP_TESTS]
        return dict.fromkeys(names, NotComputable(NO_PAIRS))
    before, after = pairs.ranked_visits
    # Arrays, which each test would make of a list.
    ranked, changes = np.array(pairs.ranked_changes), np.array(pairs.changes)
    made = {name: _made(test, ranked) for name, test in _RANK_TESTS.items()}
    made |= {name: _made(test, changes) for name, test in _MEAN_TESTS.items()}
    made |= {name: _made(test, ranked) for name, test in _ONE_SIDED_TESTS.items()}
    made |= {name: _made(test, after, before) for name, test in _TWO_GROUP_TESTS.items()}
    return made


def _made(test: Test, *arrays: ArrayLike) -> Made:
    try:
        return test(*arrays)
    except NotComputable as reason:
        return reason
