"""Whether a conclusion of the signed-rank test hangs on one patient.

A conclusion is whether p is below the study's level. What follows from its change is for the
reader; this only finds where it changes.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from casebook.statistics.signed_rank import p_values_without_each, signed_rank_by
from casebook.statistics.terms import Convention


@dataclass(frozen=True, slots=True)
class Variation:
    """The test repeated without one patient.

    Attributes:
        p_value: Its p-value, or None where it cannot be computed because no other patient changed.
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
