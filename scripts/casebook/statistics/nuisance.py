"""The largest probability over a share that is not known, as exact unconditional tests take it.

Which tables count, and what a p-value or an interval is made of, is for the tests.
"""

import math
from collections.abc import Callable

import numpy as np

from casebook.statistics.values import FloatArray

MOST_TABLES = 10_000
"""With more tables, of 99 patients in each of two groups, going through all takes too long."""
_GOLDEN = (math.sqrt(5) - 1) / 2


def around_peaks(
    function: Callable[[FloatArray], FloatArray],
    points: FloatArray,
    step: float,
    halvings: int = 41,
) -> float:
    """The largest value of a function, tried at points and searched around each peak among them.

    Args:
        function: Gives a value for each of an array of points, also just outside their range.
        points: Points, this step apart.
        step: Their distance.
        halvings: How often the range around a peak is halved, or more.

    Returns:
        The largest of the values at the points, and of those that golden-section search (Kiefer
        1953) finds around each point that its neighbours do not exceed.
    """
    values = function(points)
    around = np.pad(values, 1, constant_values=-1.0)
    peaks = points[(values >= around[:-2]) & (values >= around[2:])]
    low, high = peaks - step, peaks + step
    for _ in range(math.ceil(halvings * math.log(0.5, _GOLDEN))):
        width = _GOLDEN * (high - low)
        left, right = high - width, low + width
        rises = function(left) < function(right)
        low, high = np.where(rises, left, low), np.where(rises, high, right)
    return float(max(values.max(), function((low + high) / 2).max()))
