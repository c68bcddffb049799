"""Readings of effect sizes by their names: `effect(cdasi, "r") in dm`.

Each stands for a row of the results; what the sizes are is for `data.vocabulary`.
"""

from collections.abc import Mapping

from casebook.data.results import ESTIMATE
from casebook.data.vocabulary import Effect

EFFECT = "effect"
"""The name of the readings."""
EFFECTS: Mapping[str, Effect] = {
    "rank-biserial": Effect.RANK_BISERIAL,
    "d_z": Effect.COHENS_DZ,
    "r": Effect.R_FROM_Z,
    "baseline SDs": Effect.BASELINE_SDS,
    **{str(each): each for each in Effect},
}
"""The effect sizes by how papers name them in short, and as the results do."""


def row_of_effect(cohort: str, outcome: str, effect: str, contrast: str) -> dict[str, str]:
    """The keys of the row of an effect size, by one of its names."""
    of = {"cohort": cohort, "variable": outcome, "contrast": contrast}
    return {**of, "context": ESTIMATE, "method": EFFECTS[effect].value, "statistic": "estimate"}
