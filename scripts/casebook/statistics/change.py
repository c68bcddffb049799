"""The change of one patient in percent of baseline, on the decimals that are written.

Which patients are analysed, and what their changes say together, is not known here.
"""

import math
from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from casebook.statistics.terms import NotComputable
from casebook.statistics.values import orders, quotients, whole_pairs

_BASELINE_OF_0 = "percent change is undefined at a baseline of 0"
OF_SIZE = "in percent of the size of a baseline below 0"
"""What is to be said of a percent change from a negative baseline: its sign is that of the change,
which a division by the baseline itself would turn."""
_BASELINE_CLOSE_TO_0 = "percent change is out of all proportion at a baseline so close to 0"
_LARGEST = 1e15
"""Beyond this a percent change says nothing of a patient, and what is computed of it overflows."""


def percent_change(baseline: float, followup: float) -> float:
    """Follow-up minus baseline in percent of the size of the baseline value, `OF_SIZE` too.

    Args:
        baseline: One patient's value; differences are taken between the decimals it is written as.
        followup: The same patient's later value, in the same unit.

    Returns:
        100 (followup - baseline) / |baseline|, in percent.

    Raises:
        NotComputable: A value is missing (NaN) or infinite, or the baseline is 0 or close to it.
    """
    check_pair(baseline, followup)
    change = percent_changes([baseline], [followup])[0]
    if isinstance(change, NotComputable):
        raise change
    return change


def percent_changes(
    baseline: Sequence[float], followup: Sequence[float]
) -> list[float | NotComputable]:
    """`percent_change` of every patient, or why it is undefined: the baseline is 0 or close to it.

    Args:
        baseline: One value per patient, shape (n,).
        followup: The same patients in the same order, shape (n,), in the same unit.

    Returns:
        A percentage, or why there is none, for each patient.

    Raises:
        NotComputable: A value is missing or infinite.
        ValueError: The two have different lengths.
    """
    before, after, _ = whole_pairs(baseline, followup)
    moved = (after - before) * np.abs(orders(followup, baseline))
    of_0 = before == 0
    percent = quotients(100 * moved, np.where(of_0, 1, np.abs(before)))
    found: list[float | NotComputable] = percent.tolist()
    for place in np.flatnonzero(np.abs(percent) > _LARGEST):
        found[place] = NotComputable(_BASELINE_CLOSE_TO_0)
    for place in np.flatnonzero(of_0):
        found[place] = NotComputable(_BASELINE_OF_0)
    return found


def percent_base(baseline: Decimal) -> Decimal:
    """What a change is given in percent of.

    Raises:
        NotComputable: The baseline is 0.
    """
    if baseline == 0:
        raise NotComputable(_BASELINE_OF_0)
    return abs(baseline)


def check_pair(baseline: float, followup: float) -> None:
    """Do nothing if both values are known.

    Raises:
        NotComputable: A value is missing (NaN) or infinite.
    """
    if math.isfinite(baseline) and math.isfinite(followup):
        return
    visit, value = ("follow-up", followup) if math.isfinite(baseline) else ("baseline", baseline)
    if math.isnan(value):
        raise NotComputable(f"no {visit} value")
    raise NotComputable(f"the {visit} value is infinite")
