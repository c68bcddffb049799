"""What is known of the values behind a printed statistic: how many, on which scale, in which steps.

It is taken from the values themselves, and from what study.yaml says of them; of summaries alone
from study.yaml and from what the paper prints beside them. What follows from it is for `checks`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casebook.audit.data import Data
from casebook.audit.of_values import numbers
from casebook.audit.shares import share_answers
from casebook.base.printed import Printed
from casebook.claims.among import EVERYONE
from casebook.claims.readings import PATIENT, ColumnStatistic, Share
from casebook.statistics.summaries.bounded import Scale
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

Together = Mapping[tuple[str, ...], Mapping[str, Printed]]
"""What is printed of the same values: by what they are of, then by the names of the statistics."""


Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of values.

    Attributes:
        n: How many they are; None if nothing tells.
        step: What they are multiples of; None if nothing tells.
        scale: Between which ends they are, if anything tells.
        is_binary: Whether they are zeros and ones.
    """

    n: int | None
    step: Fraction | None = None
    scale: Scale | None = None
    is_binary: bool = False

    @property
    def items(self) -> int:
        """The number of whole numbers that each is the average of; 0 if they are none."""
        if self.step is None or self.step.numerator != 1:
            return 0
        return 0 if self.scale and self.scale.low % self.step else self.step.denominator


def known_of(data: Data, reading: ColumnStatistic, together: Together) -> Known:
    """What is known of the values that a statistic is of.

    Args:
        data: The study's data; nobody's of summaries alone.
        reading: The statistic.
        together: What all claims print.
    """
    study, name = data.study, reading.expression.source
    ends, step = _declared(study, name)
    scale = Scale(*ends, step) if ends else None
    if not study.source.has_table:
        n = number_known(data, reading, together)
        return Known(number_of(data, reading, together) if n is None else n, step, scale)
    values = [value for value in numbers(data, reading).values() if value is not None]
    if step is None and values and all(value.is_integer() for value in values):
        step, scale = Fraction(1), _whole(ends) if ends else None
    return Known(len(values), step, scale, {*values} <= {0.0, 1.0})


def number_of(data: Data, reading: ColumnStatistic | Share, together: Together) -> int | None:
    """How many patients a statistic or a share is of, if that is known.

    Where summaries alone are printed it is the size of the cohort, or the count that another claim
    prints of those who fulfil the condition.
    """
    if data.study.source.has_table:
        if isinstance(reading, ColumnStatistic):
            return len(data.where(reading.cohort, reading.where))
        answers = share_answers(data, reading)
        return len(answers) - answers.count(None)
    if reading.where is EVERYONE:
        return data.study.cohorts[reading.cohort].n
    counted = (reading.cohort, reading.where.source, EVERYONE.source, "share")
    named = (reading.cohort, PATIENT, reading.where.source)
    for printed in (together.get(counted, {}).get("count"), together.get(named, {}).get("n")):
        if printed:
            return possible_size(printed.low, data.study.cohorts[reading.cohort].n)
    return None


def number_known(data: Data, reading: ColumnStatistic, together: Together) -> int | None:
    """How many patients have a value, if a paper without data prints it, or how many have none.

    Nothing is known by a number that is not possible.
    """
    of = (reading.cohort, reading.expression.source, reading.where.source)
    beside, everyone = together.get(of, {}), number_of(data, reading, together)
    if "n" in beside:
        return possible_size(beside["n"].low, everyone)
    if "n_missing" in beside and everyone is not None:
        return possible_size(everyone - beside["n_missing"].low, everyone)
    return None


def possible_size(printed: Decimal, at_most: int | None) -> int | None:
    """A number of patients, if it is whole and from 0 to all that there are, if that is known."""
    is_possible = printed >= 0 and printed % 1 == 0 and (at_most is None or printed <= at_most)
    return int(printed) if is_possible else None


def _declared(study: Study, name: str) -> tuple[Ends | None, Fraction | None]:
    """The ends and the step of a value that study.yaml describes."""
    described: Outcome | NumberVariable | None = None
    ends: tuple[float, float] | None = None
    if name in study.changes:
        described = study.outcomes[study.changes[name][0]]
        width = described.range[1] - described.range[0]
        ends = -width, width
    elif name in study.measured:
        described = study.outcomes[study.measured[name][0]]
        ends = described.range
    elif isinstance(variable := study.variables.get(name), NumberVariable):
        described, ends = variable, variable.range
    step = Fraction(described.step) if described and described.step else None
    return (Fraction(str(ends[0])), Fraction(str(ends[1]))) if ends else None, step


def _whole(ends: Ends) -> Scale | None:
    """The scale of whole numbers between these ends; none if it has no length."""
    low, high = Fraction(math.ceil(ends[0])), Fraction(math.floor(ends[1]))
    return Scale(low, high, Fraction(1)) if low < high else None
