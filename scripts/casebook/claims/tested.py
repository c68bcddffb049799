"""Readings of what no study computes by itself: one-sided tests, of one sample, correlations.

What they give is computed from the patients' values when a claim asks for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.claims.among import EVERYONE
from casebook.data.vocabulary import Effect, Family
from casebook.statistics.terms import Alternative
from casebook.study.expressions import Expression

CORRELATION = "correlation"
"""The name of the readings of a coefficient, and of what a p-value can be of."""
EFFECT = "effect"
"""The name of the readings of effect sizes, whatever they are of."""
METHODS: Mapping[str, Family] = {
    "pearson": Family.PEARSON,
    "spearman": Family.SPEARMAN,
    "kendall": Family.KENDALL_TAU,
}
"""The correlations by how a reading names them."""
SIDES: Mapping[str, Alternative] = {
    "greater": "greater",
    "less": "less",
    "increase": "greater",
    "decrease": "less",
}
"""The sides of a test by how a reading names them: an increase is a later value that is greater."""


@dataclass(frozen=True)
class OneSample:
    """The test of the known values of an expression against a number, or an effect size of it.

    `test` is that which the paper names, or nothing; `effect` is there where no p-value or decision
    is asked for.
    """

    name: str
    expression: Expression
    against: float
    cohort: str
    test: str = ""
    side: Alternative = "two-sided"
    where: Expression = EVERYONE
    effect: Effect | None = None


@dataclass(frozen=True)
class PairedEffect:
    """An effect size of the change of an outcome that results do not have, as papers call it."""

    name: str
    effect: str
    outcome: str
    cohort: str
    contrast: str
    where: Expression = EVERYONE


@dataclass(frozen=True)
class Correlation:
    """How closely two values go together: the coefficient, its p-value, the decision, or the pairs.

    `test` is the correlation that the paper names, as a family of methods, or nothing.
    """

    name: str
    first: Expression
    second: Expression
    cohort: str
    test: str = ""
    side: Alternative = "two-sided"
    where: Expression = EVERYONE
