"""Rows that say how large the change is: estimates with their intervals, and effect sizes."""

from collections.abc import Callable, Iterator
from functools import partial

from numpy.typing import ArrayLike

from casebook.analysis.pairs import Pairs
from casebook.analysis.topic import Topic
from casebook.data.results import ESTIMATE, SHIFT, Result
from casebook.data.vocabulary import Effect, Method
from casebook.statistics.estimate import (
    Estimate,
    bca_bootstrap,
    change_in_baseline_sds,
    cohens_dz,
    hodges_lehmann,
    mean_difference,
    median_difference,
    r_from_z,
    rank_biserial,
)
from casebook.statistics.terms import NotComputable
from casebook.study.model import Study

_EXACT: dict[str, Callable[..., Estimate]] = {
    SHIFT: hodges_lehmann,
    Method.MEDIAN_DIFFERENCE: median_difference,
}
_LABELS = {
    "estimate": "Estimate",
    "conf_low": "Lower end of the confidence interval",
    "conf_high": "Upper end of the confidence interval",
}
_BOOTSTRAPS = (Method.MEAN_BOOTSTRAP, Method.MEDIAN_BOOTSTRAP)
_FEW_FOR_BOOTSTRAP = 20
_TOO_FEW = "with fewer than 20 pairs a bootstrap interval covers less often than its level says"
_COVERAGE = "Probability with which such an interval covers"


def estimates(study: Study, cohort: str, outcome: str, pairs: Pairs) -> Iterator[Result]:
    """Estimates of the change of the complete pairs."""
    topic = Topic(cohort, outcome, ESTIMATE, contrast=pairs.contrast)
    changes, analysis = pairs.changes, study.analysis
    for method, estimate in _EXACT.items():
        found = partial(estimate, changes, level=analysis.confidence_level)
        yield from exact_estimate(topic.by(method), found)
    for method, estimate in _approximate_methods(study).items():
        found = partial(estimate, changes, level=analysis.confidence_level)
        yield from approximate_estimate(topic.by(method), found)
    for effect, compute in _effects(pairs).items():
        yield topic.by(effect).computed("estimate", effect.label, compute)


def _effects(pairs: Pairs) -> dict[Effect, Callable[[], float]]:
    before = [value for _, value, _ in pairs.complete]
    return {
        **effects_of_changes(pairs.ranked_changes, pairs.changes),
        Effect.BASELINE_SDS: partial(change_in_baseline_sds, before, pairs.changes),
    }


def effects_of_changes(ranked: ArrayLike, changes: ArrayLike) -> dict[Effect, Callable[[], float]]:
    """The effect sizes that follow from differences alone, by their ranks or their mean.

    Args:
        ranked: The differences as they are ranked, shape (n,).
        changes: The differences, shape (n,).
    """
    return {
        Effect.RANK_BISERIAL: partial(rank_biserial, ranked),
        Effect.COHENS_DZ: partial(cohens_dz, changes),
        Effect.R_FROM_Z: partial(r_from_z, ranked),
    }


def _approximate_methods(study: Study) -> dict[str, Callable[..., Estimate]]:
    methods: dict[str, Callable[..., Estimate]] = {Method.MEAN_DIFFERENCE: mean_difference}
    analysis = study.analysis
    if analysis.bootstrap:
        draw = partial(bca_bootstrap, seed=analysis.seed, resamples=analysis.bootstrap)
        methods[Method.MEAN_BOOTSTRAP] = partial(draw, statistic="mean")
        methods[Method.MEDIAN_BOOTSTRAP] = partial(draw, statistic="median")
    return methods


def exact_estimate(topic: Topic, compute: Callable[[], Estimate]) -> Iterator[Result]:
    """An estimate whose interval covers with a probability that is known."""
    try:
        found = compute()
    except NotComputable as reason:
        yield from _failed(topic, reason)
        yield topic.failed("coverage", _COVERAGE, str(reason))
        return
    yield from _found(topic, found)
    short = f"even the widest interval covers only {found.coverage:.2%}"
    warning = short if found.coverage < found.level else ""
    yield topic.row("coverage", _COVERAGE, found.coverage, warning)


def approximate_estimate(topic: Topic, compute: Callable[[], Estimate]) -> Iterator[Result]:
    """An estimate whose interval covers about as often as its level says."""
    try:
        found = compute()
        few = found.n < _FEW_FOR_BOOTSTRAP and topic.method in _BOOTSTRAPS
        yield from _found(topic, found, _TOO_FEW if few else "")
    except NotComputable as reason:
        yield from _failed(topic, reason)


def _found(topic: Topic, found: Estimate, warning: str = "") -> Iterator[Result]:
    values = (found.value, found.low, found.high)
    for (name, label), value in zip(_LABELS.items(), values, strict=True):
        yield topic.row(name, label, value, "" if name == "estimate" else warning)


def _failed(topic: Topic, reason: NotComputable) -> Iterator[Result]:
    for name, label in _LABELS.items():
        yield topic.failed(name, label, str(reason))
