"""Differences as programs take them that subtract floats as they are.

There 0.3 - 0.1 is 0.19999999999999998, which ties with nothing, so that a test by ranks finds fewer
ties and zeros than there are on paper. casebook's own differences are those of `values`; these are
only for finding out how a published p-value was computed.
"""

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.values import FloatArray, finite_values


def float_differences(baseline: ArrayLike, followup: ArrayLike) -> FloatArray:
    """Follow-up minus baseline in double precision (IEEE 754), as R and NumPy subtract.

    Args:
        baseline: One value per patient, shape (n,).
        followup: The same patients in the same order, shape (n,).

    Returns:
        Differences in the unit of the values, shape (n,).

    Raises:
        NotComputable: A value is not finite.
    """
    return finite_values(followup, at_least=0) - finite_values(baseline, at_least=0)


def float_ranks(differences: ArrayLike) -> FloatArray:
    """Whole numbers in the order of the differences, by size and sign, equal where these are.

    A test by ranks makes the same of them as a program makes of the differences that takes two
    floats for equal only if they are: 1 and -1 are the smallest size that is not 0.

    Args:
        differences: Finite floats, shape (n,).

    Returns:
        Shape (n,); 0 where the difference is exactly 0.
    """
    values = np.asarray(differences, dtype=np.float64)
    # Zero is put first, so that it has place 0 whether there is one among them or not.
    _, places = np.unique(np.abs(np.concatenate([[0.0], values])), return_inverse=True)
    return np.sign(values) * places[1:]
