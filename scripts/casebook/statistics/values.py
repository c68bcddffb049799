"""Reading numbers: checked arrays, and differences that keep the ties which exist on paper.

It does not decide which patients are analysed: values that are missing have to be left out, and
pairs completed, before they come here.
"""

from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from casebook.statistics import NotComputable

FloatArray = NDArray[np.float64]


def finite_values(values: ArrayLike, *, at_least: int = 1) -> FloatArray:
    """Return `values` as a one-dimensional array of finite floats.

    Args:
        values: Numbers, shape (n,).
        at_least: How many values the caller needs.

    Raises:
        NotComputable: A value is not a finite number, or there are fewer than `at_least`.
        ValueError: The values are not one-dimensional.
    """
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise NotComputable("holds a value that is not a number") from None
    if array.ndim != 1:
        raise ValueError(f"expected one dimension, got {array.ndim}")
    finite = np.isfinite(array)
    if not finite.all():
        place = int(np.argmin(finite))
        raise NotComputable(f"value {place + 1} of {array.size} is not finite ({array[place]})")
    if array.size < at_least:
        raise NotComputable(f"needs at least {_count(at_least)}, has {array.size}")
    return array


def paired_differences(baseline: ArrayLike, followup: ArrayLike) -> FloatArray:
    """Follow-up minus baseline, subtracted as decimal numbers.

    Each value is taken as the shortest decimal number that reads back as the same float (Python's
    `repr`), which is how it was written in the source as long as that had at most 15 significant
    digits. The subtraction is exact in decimal and rounded to a float once, so differences that
    are equal on paper are equal here: 0.3 - 0.1 is 0.2, and 1.1 - 1.0 ties with 0.1.

    Args:
        baseline: One value per patient, shape (n,).
        followup: The same patients in the same order, shape (n,).

    Returns:
        Differences in the unit of the values, shape (n,).

    Raises:
        NotComputable: A value, or a difference, is not finite.
        ValueError: The two have different lengths.
    """
    before, after = finite_values(baseline, at_least=0), finite_values(followup, at_least=0)
    if before.size != after.size:
        raise ValueError(f"{before.size} baseline values but {after.size} follow-up values")
    pairs = zip(before.tolist(), after.tolist(), strict=True)
    return finite_values([float(_decimal(b) - _decimal(a)) for a, b in pairs], at_least=0)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _count(number: int) -> str:
    return "1 value" if number == 1 else f"{number} values"
