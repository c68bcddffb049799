"""Adjusting p-values for their number: the family-wise error rate and the false discovery rate.

Which tests form a family is the study's decision. A test that could not be computed is not part
of one: leave it out before.
"""

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.values import FloatArray, finite_values


def bonferroni(p_values: ArrayLike) -> FloatArray:
    """Adjustment for the family-wise error rate by the number of tests m: m p, at most 1.

    Valid under any dependence, and never below `holm`, which is valid as well (Dunn 1961, JASA
    56:52-64). Arguments, result and errors as in `holm`.
    """
    p, order = _ascending(p_values)
    return _restore(p.size * p, order)


def holm(p_values: ArrayLike) -> FloatArray:
    """Step-down adjustment for the family-wise error rate (Holm 1979, Scand J Statist 6:65-70).

    Valid under any dependence. The i-th smallest of m becomes the largest of (m - j + 1) p(j) over
    j <= i, at most 1.

    Args:
        p_values: p-values of one family, shape (m,).

    Returns:
        Adjusted p-values in the order given, shape (m,).

    Raises:
        NotComputable: A p-value is not finite.
        ValueError: A p-value is outside 0 to 1.
    """
    p, order = _ascending(p_values)
    steps = np.arange(p.size, 0, -1)
    return _restore(np.maximum.accumulate(steps * p), order)


def hochberg(p_values: ArrayLike) -> FloatArray:
    """Step-up adjustment for the family-wise error rate (Hochberg 1988, Biometrika 75:800-802).

    Valid for independent and for positively dependent tests. The i-th smallest of m becomes the
    smallest of (m - j + 1) p(j) over j >= i. Arguments, result and errors as in `holm`.
    """
    p, order = _ascending(p_values)
    return _restore(_running_minimum(np.arange(p.size, 0, -1) * p), order)


def benjamini_hochberg(p_values: ArrayLike) -> FloatArray:
    """Adjustment for the false discovery rate (Benjamini & Hochberg 1995, JRSS B 57:289-300).

    Valid for independent and for positively dependent tests. The i-th smallest of m becomes the
    smallest of m / j p(j) over j >= i. Arguments, result and errors as in `holm`.
    """
    p, order = _ascending(p_values)
    return _restore(_running_minimum(p.size / np.arange(1, p.size + 1) * p), order)


def benjamini_yekutieli(p_values: ArrayLike) -> FloatArray:
    """Adjustment for the false discovery rate (Benjamini & Yekutieli 2001, AoS 29:1165-1188).

    Valid under any dependence: that of Benjamini & Hochberg times 1 + 1/2 + ... + 1/m. Arguments,
    result and errors as in `holm`.
    """
    p, order = _ascending(p_values)
    places = np.arange(1, p.size + 1)
    harmonic = float((1 / places).sum())
    return _restore(_running_minimum(harmonic * p.size / places * p), order)


def _ascending(p_values: ArrayLike) -> tuple[FloatArray, np.ndarray]:
    p = finite_values(p_values, at_least=0)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("a p-value is between 0 and 1")
    order = np.argsort(p, kind="stable")
    return p[order], order


def _running_minimum(ascending: FloatArray) -> FloatArray:
    return np.minimum.accumulate(ascending[::-1])[::-1]


def _restore(adjusted: FloatArray, order: np.ndarray) -> FloatArray:
    restored = np.empty_like(adjusted)
    restored[order] = np.minimum(adjusted, 1.0)
    return restored
