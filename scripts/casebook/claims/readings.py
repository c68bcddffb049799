"""The sorts of readings: what a printed value can correspond to.

A reading is a statistic of a column, a count or list over the patients, a row of the results, a
comparison of claims, or a reason why there is none. How it is written is for `language`, and what
it gives for the audit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from casebook.base.errors import UserError
from casebook.claims.among import EVERYONE
from casebook.claims.checked import Check
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.tested import Correlation, OneSample, PairedEffect
from casebook.statistics.describe import BESIDE_RESULTS, SUMMARIES
from casebook.statistics.terms import Alternative
from casebook.study.expressions import Expression
from casebook.study.visits import FIRST

PATIENT = "patient"
"""The name of a patient's identifier in a reading."""
NO_PART = "-"
"""What a reading says for a part that a row has not, such as the level of a count of all."""

STATISTICS = ("n", "n_missing", *SUMMARIES, *BESIDE_RESULTS)
PERCENTILE = "percentile"
"""How any percentile is asked for, which is a statistic called p10 or p2.5."""
TESTS = ("p_value", "significant", "n_pairs")
SHARES = ("count", "percent", "odds")
UNIVERSAL = ("always", "never")
"""What is said of everyone, or of nobody."""
VALUES = ("value", "list", "members")
COMBINED = ("ratio", "less", "percent_decrease", "percent_increase")
"""What one reading is of another one: so many times as much, so much more, or so many percent."""
COMPARISONS = ("same", "total", "between", "label", "says")


class ReadingError(UserError):
    """A reading that cannot be understood, or that points to nothing."""


@dataclass(frozen=True)
class ColumnStatistic:
    """A statistic of the known values of an expression, in a cohort or a part of it."""

    name: str
    expression: Expression
    where: Expression
    cohort: str


@dataclass(frozen=True)
class PairedTest:
    """The paired test of an outcome in a cohort: its p-value, decision, or number of pairs.

    `contrast` is the name of that which is tested, and `test` the test that the paper names, or
    nothing. The side "greater" is a later value that is greater than the earlier one.
    """

    name: str
    outcome: str
    cohort: str
    contrast: str = FIRST
    test: str = ""
    where: Expression = EVERYONE
    side: Alternative = "two-sided"


@dataclass(frozen=True)
class Share:
    """How many patients of a cohort, or of a part of it, fulfil a condition.

    It is their number, their percentage, or the odds: how many do for each one who does not.
    """

    name: str
    condition: Expression
    where: Expression
    cohort: str


@dataclass(frozen=True)
class Universal:
    """That a condition is true of everyone of a cohort, or of a part of it; or of nobody."""

    name: str
    condition: Expression
    where: Expression
    cohort: str


@dataclass(frozen=True)
class Values:
    """The value of one patient, the values of several, or the members of their sets.

    `kind` is what the expression gives, as in number or category.
    """

    name: str
    expression: Expression
    where: Expression
    cohort: str
    kind: str

    @property
    def numeric(self) -> bool:
        """Whether the values are numbers, or yes and no as 1 and 0."""
        return self.kind in ("number", "boolean")


OfPatients: TypeAlias = ColumnStatistic | Share | Values
"""What is of values of patients alone."""


@dataclass(frozen=True)
class Combined:
    """The ratio of two readings of patients' values, the first less the second, or in percent.

    A decrease or increase is from the first to the second, in percent of the first.
    """

    name: str
    first: OfPatients
    second: OfPatients


@dataclass(frozen=True)
class ResultRow:
    """A row of the results, named by its keys, or that of a part of its cohort."""

    keys: Mapping[str, str]
    where: Expression = EVERYONE


@dataclass(frozen=True)
class Comparison:
    """What a claim says of other claims."""

    name: str
    claims: tuple[str, ...]
    text: str = ""


NOT_YET_SAID = "to be said by whoever reviews it"
"""The reason that a draft gives for a number of which it has no guess."""


@dataclass(frozen=True)
class NotPublished:
    """Why a claim cannot be computed."""

    reason: str


Reading: TypeAlias = (
    ColumnStatistic
    | PairedTest
    | OneSample
    | PairedEffect
    | Correlation
    | VisitsTest
    | ComparedTest
    | ComparedDifference
    | ComparedEffect
    | Share
    | Universal
    | Values
    | Combined
    | ResultRow
    | Comparison
    | Check
    | NotPublished
)
