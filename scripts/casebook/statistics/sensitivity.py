"""Whether a conclusion of a test of pairs or of groups hangs on one patient.

A conclusion is whether p is below the study's level. What follows from its change is for the
reader; this only finds where it changes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from casebook.statistics.signed_rank import p_values_without_each, signed_rank_by
from casebook.statistics.terms import Convention, NotComputable
from casebook.statistics.values import FloatArray, finite_values


@dataclass(frozen=True, slots=True)
class Variation:
    """The test repeated without one patient.

    Attributes:
        p_value: Its p-value, or None where it cannot be computed because no other patient changed,
            or none other differs.
        changes_conclusion: Whether p is on the other side of the level than with every patient.
            A test that cannot be computed is not significant.
    """

    p_value: float | None
    changes_conclusion: bool


def leave_one_out(
    convention: Convention, differences: ArrayLike, *, alpha: float
) -> list[Variation]:
    """Repeat the two-sided signed-rank test without each patient in turn.

    Args:
        convention: As in `signed_rank_by`.
        differences: One difference per pair, shape (n,).
        alpha: The level at which the study calls a result significant.

    Returns:
        One variation per patient, in the order given.

    Raises:
        NotComputable: The test cannot be computed with all patients.
    """
    significant = signed_rank_by(convention, differences).p_value < alpha
    return [
        Variation(p_value, (p_value is not None and p_value < alpha) != significant)
        for p_value in p_values_without_each(convention, differences)
    ]


def leave_one_out_of_groups(
    p_value: Callable[[Sequence[FloatArray]], float], groups: Sequence[ArrayLike], *, alpha: float
) -> list[list[Variation]]:
    """Repeat a test of independent groups without each patient in turn.

    Patients of a group who have equal values are left out once for all of them.

    Args:
        p_value: The test's p-value, of the values of each group.
        groups: Values of each group in one unit, two or more arrays of shape (m,) each.
        alpha: The level at which the study calls a result significant.

    Returns:
        For each group one variation per patient, in the order given.

    Raises:
        NotComputable: The test cannot be computed with all patients.
    """
    parts = [finite_values(group) for group in groups]
    significant = p_value(parts) < alpha

    def without(group: int, value: float) -> Variation:
        place = int(np.flatnonzero(parts[group] == value)[0])
        others = [*parts[:group], np.delete(parts[group], place), *parts[group + 1 :]]
        try:
            p = p_value(others)
        except NotComputable:
            return Variation(None, significant)
        return Variation(p, (p < alpha) != significant)

    found = []
    for group, part in enumerate(parts):
        by_value = {value: without(group, value) for value in np.unique(part).tolist()}
        found.append([by_value[value] for value in part.tolist()])
    return found
