"""Whether a conclusion of the signed-rank test hangs on one patient.

A conclusion is whether p is below the study's level. What follows from its change is for the
reader; this only finds where it changes.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from casebook.statistics.signed_rank import Distribution, p_values_without_each, signed_rank


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
    differences: ArrayLike, *, alpha: float, distribution: Distribution = "r-default"
) -> list[Variation]:
    """Repeat the two-sided signed-rank test without each patient in turn.

    Args:
        differences: One difference per pair, shape (n,).
        alpha: The level at which the study calls a result significant.
        distribution: As in `signed_rank`.

    Returns:
        One variation per patient, in the order given.

    Raises:
        NotComputable: The test cannot be computed with all patients.
    """
    significant = signed_rank(differences, distribution=distribution).p_value < alpha
    return [
        Variation(p_value, (p_value is not None and p_value < alpha) != significant)
        for p_value in p_values_without_each(differences, distribution=distribution)
    ]
