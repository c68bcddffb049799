"""The choices of a study that change a number or say what counts most: the part `analysis`.

That the tests which it names are tests of the study is checked in `visit_references`.
"""

from typing import Annotated

from pydantic import Field

from casebook.study.described import Model
from casebook.study.fields import WORDING, Number, QuantileType, RankSum, SignedRank, Text

TestKey = tuple[str, str, str]
"""The names of cohort or comparison, of outcome, condition or grade, and of contrast of a test."""


class NamedTest(Model):
    """The test of a change in a cohort, or between the cohorts of a comparison.

    In a cohort it is of a condition McNemar's exact test, and of a grade the sign test.
    """

    cohort: Text
    """Name of the cohort or of the comparison."""
    outcome: Text
    """Name of the outcome, condition or grade."""
    contrast: Text | None = None
    """Name of the contrast; without it, the first one of the study."""


class Analysis(Model):
    """The choices that change a number."""

    alpha: Annotated[Number, Field(gt=0, lt=0.5)] = 0.05
    """Significance level, two-sided."""
    quantile_type: QuantileType = 7
    """Definition of quartiles, as Hyndman and Fan (1996) number them; 7 is R's and Excel's."""
    signed_rank: SignedRank = "exact"
    """The paired test (all of these are called Wilcoxon's): always exact, zeros left out; always
    exact, zeros ranked and then left out (Pratt); always the normal approximation; what R does
    by default up to version 4.5 (exact below 50 pairs without ties or zeros) or in 4.6 (exact with
    Pratt's zeros below 50 pairs), and otherwise the normal approximation; or what another program
    does by default, as docs/statistics.md says."""
    rank_sum: RankSum = "exact"
    """The test of two cohorts by ranks (all of these are called Wilcoxon's rank-sum or Mann and
    Whitney's test): exact while that can be computed, given the ties; always the normal
    approximation; or what R up to 4.5, R 4.6 or another program does by default, as
    docs/statistics.md says. Three cohorts or more are compared by Kruskal and Wallis's test, on
    which it has no bearing."""
    confidence_level: Annotated[Number, Field(gt=0.5, lt=1)] = 0.95
    """Level of the confidence intervals."""
    bootstrap: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Number of bootstrap resamples, such as 9999; at most 100000, as more would change no printed
    digit; 0 for no bootstrap, which saves time."""
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    """Seed of the bootstrap: the same seed gives the same intervals."""
    primary: Annotated[
        tuple[NamedTest, ...],
        Field(examples=[[{"cohort": "everyone", "outcome": "score"}]]),
        WORDING,
    ] = ()
    """The tests that were chosen as primary before the data were seen, which the report tells
    first. Leave it out where none was; no result depends on it."""
    family: Annotated[
        tuple[NamedTest, ...], Field(examples=[[{"cohort": "everyone", "outcome": "score"}]])
    ] = ()
    """The tests whose p-values are adjusted together."""
    baseline_table: tuple[Text, ...] = ()
    """Variables of the table of baseline characteristics, in order; empty for all."""
