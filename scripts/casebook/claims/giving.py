"""What the readings of claims give: a number, a decision, a p-value, by which test."""

from casebook.claims.checked import CHECKS, Check
from casebook.claims.compared import DIFFERENCES, ComparedTest
from casebook.claims.over_visits import OVER_VISITS
from casebook.claims.readings import (
    COMBINED,
    PERCENTILE,
    SHARES,
    STATISTICS,
    ColumnStatistic,
    Comparison,
    NotPublished,
    PairedTest,
    Reading,
    ResultRow,
    Values,
)
from casebook.claims.tested import CORRELATION, EFFECT, Correlation, OneSample

GIVE_NUMBERS = (
    *(*STATISTICS, PERCENTILE, *SHARES, *CHECKS, *OVER_VISITS, *DIFFERENCES),
    *("p_value", "n_pairs", "total", "between", "result", EFFECT, CORRELATION, *COMBINED),
)
"""The readings that give a number whatever they are of."""
WITH_TEST = PairedTest | ComparedTest | OneSample | Correlation
"""The readings that may name the test that the paper names."""
_P_VALUES = ("p_value", "exact_p_value")
"""The statistics in the results that are p-values."""


def named_test(reading: Reading | None) -> str:
    """The test that a reading names, as the paper does, or nothing."""
    return reading.test if isinstance(reading, WITH_TEST) else ""


def reading_is(reading: Reading | None, *names: str) -> bool:
    """Whether a reading has one of these names."""
    return getattr(reading, "name", "") in names


def is_tried(reading: Reading) -> bool:
    """Whether a reading gives a number, or a decision, that can be tried under conventions."""
    if isinstance(reading, Values):
        return reading.name == "value" and reading.numeric
    return not isinstance(reading, Comparison | Check | NotPublished)


def is_p_value(reading: Reading) -> bool:
    """Whether a reading gives a p-value."""
    if isinstance(reading, ResultRow):
        return reading.keys["statistic"] in _P_VALUES
    return reading_is(reading, "p_value")


def needs_number(reading: Reading) -> bool:
    """Whether what a reading gives is a number."""
    if isinstance(reading, Values):
        return is_tried(reading)
    return isinstance(reading, ColumnStatistic | ResultRow) or reading_is(reading, *GIVE_NUMBERS)
