"""Rows of the results as they are when differences are taken the other way round.

A textbook, or R where the visit before is given first, subtracts the other way round: a t is -t, a
signed-rank V is the sum of the other ranks, and an interval has its ends exchanged. What is of
values, and not of rows, is turned in `data`; which way round a paper subtracts is for `direction`.
"""

from collections.abc import Mapping
from contextlib import suppress

from casebook.audit.data import Data
from casebook.data.results import (
    CHANGE,
    COMPARED,
    COMPARED_OTHERWISE,
    DIFFERENCE,
    EACH_PATIENT,
    ESTIMATE,
    OTHER_TESTS,
    OUTCOME,
    PAIRED_TEST,
    PERCENT_CHANGE,
    QUANTILES,
    Result,
)
from casebook.data.vocabulary import Among, Effect, Family, family
from casebook.statistics.describe import QUANTILE_NAMES, SUMMARIES

_TURNED = {
    **{each.name: each.turned for each in SUMMARIES.values()},
    "estimate": "estimate",
    "percent_change": "percent_change",
    "conf_low": "conf_high",
    "conf_high": "conf_low",
    "coverage": "",
    **dict.fromkeys(("n", "n_missing", "n_members", "n_of_size", "n_undefined", "n_without"), ""),
    **dict.fromkeys(("n_improved", "n_unchanged", "n_worsened"), ""),
}
"""Of which statistic one is, with the other sign, once differences are turned; empty for none."""
_BOTH_WAYS: Mapping[str, str] = {
    "statistic": "statistic_turned",
    "statistic_turned": "statistic",
}
"""What a statistic of a test becomes once differences are turned, if not minus itself."""
OF_TEST = (*_BOTH_WAYS, "z")
"""The statistics of a test, which hang on the direction of differences."""
_UNSIGNED = (*(effect for effect in Effect if not effect.turns), *Among)
_UNEVEN = (QUANTILE_NAMES[1], QUANTILE_NAMES[3], QUANTILE_NAMES[4])
"""Quantiles by which the upper one is not the lower one of the values with their signs changed."""


def turns(row: Result) -> bool:
    """Whether the value of a row hangs on which way round differences are taken."""
    if row.context in (PAIRED_TEST, OTHER_TESTS):
        return row.stat_name in OF_TEST
    of_changes = row.group2_level in (CHANGE, PERCENT_CHANGE)
    if row.context in (COMPARED, COMPARED_OTHERWISE):
        return of_changes and row.stat_name in OF_TEST and _is_signed(row)
    if row.context in (OUTCOME, QUANTILES, DIFFERENCE) and not of_changes:
        return False
    if row.context not in (OUTCOME, QUANTILES, ESTIMATE, DIFFERENCE, EACH_PATIENT):
        return False
    return row.method not in _UNSIGNED and bool(_TURNED[row.stat_name])


def row_number(data: Data, row: Result) -> float | None:
    """The value of a row, turned where the differences of the data are; None where it cannot be."""
    if not (turns(row) and data.turns(row.variable)):
        return row.number
    if row.context in (PAIRED_TEST, OTHER_TESTS, COMPARED, COMPARED_OTHERWISE):
        return turned_statistic(data, row)
    if row.method in _UNEVEN:
        return None
    return -data.results[row.key._replace(statistic=_TURNED[row.stat_name])].number


def _is_signed(row: Result) -> bool:
    """Whether the statistic of a test between cohorts says which cohort has more."""
    return family(row.method) in (Family.RANK_SUM, Family.WELCH_T)


def is_rank_sum(row: Result) -> bool:
    """Whether a row is V, the sum of the ranks of the increases."""
    signed_rank_test = row.context == PAIRED_TEST or (
        row.context == OTHER_TESTS and family(row.method) == Family.SIGNED_RANK
    )
    return signed_rank_test and row.stat_name == "statistic"


def turned_statistic(data: Data, row: Result) -> float:
    """The statistic of a test, or its z, of the differences with their signs changed."""
    other = _BOTH_WAYS.get(row.stat_name)
    if other is not None:
        with suppress(KeyError):
            return data.results[row.key._replace(statistic=other)].number
    return -row.number
