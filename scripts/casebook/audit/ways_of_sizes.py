"""The ways in which papers compute an effect size, by the name that they give it.

The first way is the usual one. Those of two cohorts take the values of the second, then those of
the first; those of counts how many have it and how many there are, in the same order.
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from casebook.audit.variant import ROUNDED_UP
from casebook.claims.effects import (
    COHENS_D,
    CRAMERS_V,
    GLASS_DELTA,
    HEDGES_G,
    NEEDED_TO_TREAT,
    ODDS_RATIO,
    PHI,
    RANK_BISERIAL,
    RISK_RATIO,
    SUPERIORITY,
    R,
)
from casebook.claims.tested import EFFECT
from casebook.data.vocabulary import Effect
from casebook.statistics.effect_intervals import (
    d_by_noncentral_t,
    d_by_normal,
    d_of_mean_variance_by_noncentral_t,
    d_of_pairs_by_noncentral_t,
    glass_delta_by_noncentral_t,
)
from casebook.statistics.effect_sizes import (
    cohens_d,
    cohens_d_of_all,
    d_of_pairs,
    glass_delta,
    mean_sd,
    of_baseline,
    of_differences,
    r_from_t,
    r_of_groups,
    rank_biserial_of_groups,
    repeated_measures,
    root_mean_variance,
    superiority,
)
from casebook.statistics.estimate import Estimate
from casebook.statistics.group_shift import standardised_mean_difference
from casebook.statistics.needed_to_treat import needed_to_treat, newcombe, rounded_up, wald
from casebook.statistics.r_fisher import r_odds_ratio
from casebook.statistics.ratios import HALF, conditional_odds_ratio, odds_ratio, phi, risk_ratio
from casebook.statistics.risk_difference import miettinen_nurminen
from casebook.statistics.terms import NotComputable

Way: TypeAlias = Callable[..., float]
Ways = Mapping[str, Way]
"""How a number is computed, the usual way first, by what each is called."""

_POOLED = {"Cohen's d, pooled SD": cohens_d}
_CORRECTED: Ways = {
    "Hedges' g, exact correction": partial(cohens_d, corrected="exact"),
    "Hedges' g, approximate correction": partial(cohens_d, corrected="approximate"),
}
BY_MEANS: Mapping[str, Ways] = {
    COHENS_D: {
        **_POOLED,
        "Cohen's d, root of the mean variance": standardised_mean_difference,
        "Cohen's d, pooled SD with n in the denominator": cohens_d_of_all,
        **_CORRECTED,
    },
    HEDGES_G: {**_CORRECTED, **_POOLED},
    GLASS_DELTA: {
        "Glass's delta, SD of the first cohort": glass_delta,
        "Glass's delta, SD of the second cohort": lambda b, a: -glass_delta(a, b),
    },
}
BY_RANKS: Mapping[str, Ways] = {
    RANK_BISERIAL: {"rank-biserial correlation": rank_biserial_of_groups},
    SUPERIORITY: {SUPERIORITY: superiority},
    R: {
        "r from z": r_of_groups,
        "r from z with continuity correction": partial(r_of_groups, continuity=True),
    },
}
R_FROM_T: Ways = {"r from Student's t": r_from_t}
Estimated: TypeAlias = Callable[..., Estimate]
"""How a number is computed with its interval, of a confidence level."""
EstimatedWays: TypeAlias = Mapping[str, Estimated]


def _with_half(ratio: Estimated, *table: int, level: float) -> Estimate:
    """A ratio with half added to each count, which programs do only where a count is 0."""
    second, n_second, first, n_first = table
    if 0 < second < n_second and 0 < first < n_first:
        raise NotComputable("no count is 0")
    return ratio(*table, added=HALF, level=level)


def _number_with_ends(*table: int, difference: Callable[..., Estimate], level: float) -> Estimate:
    """The number needed to treat, where the interval of the risk difference does not hold 0."""
    found = needed_to_treat(*table, difference=difference, level=level)
    if math.isnan(found.low):
        raise NotComputable(
            "the interval of the risk difference holds 0, and that of its reciprocal has no ends"
        )
    return found


_G_WITH_ENDS: EstimatedWays = {
    f"Hedges' g, {kind} correction, {name}": partial(way, corrected=kind)
    for kind in ("exact", "approximate")
    for name, way in (("noncentral t", d_by_noncentral_t), ("normal", d_by_normal))
}
ENDS_BY_MEANS: Mapping[str, EstimatedWays] = {
    COHENS_D: {
        "Cohen's d, pooled SD, noncentral t": d_by_noncentral_t,
        "Cohen's d, pooled SD, normal": d_by_normal,
        "Cohen's d, root of the mean variance, noncentral t": d_of_mean_variance_by_noncentral_t,
    },
    HEDGES_G: _G_WITH_ENDS,
    GLASS_DELTA: {
        "Glass's delta, SD of the first cohort, noncentral t": glass_delta_by_noncentral_t
    },
}
_GZ_WITH_ENDS: EstimatedWays = {
    f"Hedges' g_z, {kind} correction, noncentral t": partial(
        d_of_pairs_by_noncentral_t, corrected=kind
    )
    for kind in ("exact", "approximate")
}
ENDS_OF_PAIRS: Mapping[str, EstimatedWays] = {
    COHENS_D: {"Cohen's d_z, noncentral t": d_of_pairs_by_noncentral_t},
    HEDGES_G: _GZ_WITH_ENDS,
    "g_z": _GZ_WITH_ENDS,
}
RATIOS: Mapping[str, EstimatedWays] = {
    ODDS_RATIO: {
        "odds ratio, Woolf": odds_ratio,
        "odds ratio, conditional and exact": conditional_odds_ratio,
        "odds ratio, conditional, as R's fisher.test finds it": r_odds_ratio,
        "odds ratio, half added to each count": partial(_with_half, odds_ratio),
    },
    RISK_RATIO: {
        "risk ratio, Katz": risk_ratio,
        "risk ratio, half added to each count": partial(_with_half, risk_ratio),
    },
    NEEDED_TO_TREAT: {
        f"number needed to treat, {name}": partial(_number_with_ends, difference=difference)
        for name, difference in (
            ("Wald", wald),
            ("Newcombe", newcombe),
            ("Miettinen-Nurminen", miettinen_nurminen),
        )
    },
}
ENDS: Mapping[str, Callable[[Estimate], float]] = {
    EFFECT: lambda estimate: estimate.value,
    "conf_low": lambda estimate: estimate.low,
    "conf_high": lambda estimate: estimate.high,
}
_PHI: Ways = {"phi": phi, "phi, Yates's correction": partial(phi, corrected=True)}
BY_COUNTS: Mapping[str, Ways] = {
    PHI: _PHI,
    NEEDED_TO_TREAT: {
        NEEDED_TO_TREAT: lambda *table: needed_to_treat(*table).value,
        ROUNDED_UP: rounded_up,
    },
    CRAMERS_V: {
        "Cramér's V": lambda *table: abs(phi(*table)),
        "Cramér's V, Yates's correction": lambda *table: abs(phi(*table, corrected=True)),
    },
}
_UNITS = {
    "d_z": ("d_z", of_differences),
    "d_av": ("d_av, mean SD", mean_sd),
    "d_av by variance": ("d_av, root of the mean variance", root_mean_variance),
    "d_rm": ("d_rm", repeated_measures),
}


def _of_pairs(*units: str) -> Ways:
    named = (_UNITS[unit] for unit in units)
    return {f"Cohen's {name}": partial(d_of_pairs, unit=unit) for name, unit in named}


def _corrected_pairs(*units: str) -> Ways:
    return {
        f"Hedges' g{name.removeprefix('d')}, {kind} correction": partial(
            d_of_pairs, unit=unit, corrected=kind
        )
        for name, unit in (_UNITS[unit] for unit in units)
        for kind in ("exact", "approximate")
    }


_AV = ("d_av", "d_av by variance")
OF_PAIRS: Mapping[str, Ways] = {
    COHENS_D: {
        **_of_pairs(*_UNITS),
        str(Effect.BASELINE_SDS): partial(d_of_pairs, unit=of_baseline),
    },
    HEDGES_G: {**_corrected_pairs(*_UNITS), **_of_pairs("d_z")},
    "d_av": _of_pairs(*_AV),
    "d_rm": _of_pairs("d_rm"),
    "g_z": _corrected_pairs("d_z"),
    "g_av": _corrected_pairs(*_AV),
    "g_rm": _corrected_pairs("d_rm"),
}
