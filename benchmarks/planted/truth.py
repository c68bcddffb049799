"""What is right in a study, and what could be mistaken for it, computed without casebook.

Averages and spreads are Python's, in decimals; quantiles are NumPy's, and p-values SciPy's. Beside
each right value stand the wrong ones that a paper may print in its place: by another definition or
test, of another visit, cohort or denominator, of one patient less.
"""

import math
import operator
import re
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

import numpy as np

from planted.p_values import TESTS, by_convention
from planted.studies import Paper, Row

Take = Callable[[Row], Any]
"""What is asked of a patient; a KeyError where it is not known."""
Compute = Callable[[Sequence[Any]], Decimal | float | None]
"""What some values give; None where they give nothing."""


class Error(StrEnum):
    """Kinds of error, in the order of the page."""

    DIGIT = "one digit changed"
    EXCHANGED = "two digits exchanged"
    SIGN = "minus sign lost"
    CUT = "cut off, not rounded"
    AVERAGE = "mean for median, or the reverse"
    SPREAD = "SD with n, or standard error, for SD"
    QUARTILE = "another definition of the quartile"
    TEST = "p-value of another test"
    FLIPPED = "significance reversed"
    COUNT = "count off by one"
    DENOMINATOR = "percentage of another denominator"
    VISIT = "number of the other visit"
    COHORT = "number of another cohort"
    WITHOUT = "one patient less"
    REPEATED = "repeated with a digit changed, or cut off"
    SUM = "sum off by one"


@dataclass(frozen=True)
class Fact:
    """What a reading of claims.tsv gives.

    Beside it are values that could be mistaken for it, with what the audit calls the cause.
    """

    reading: str
    statistic: str
    value: Decimal
    wrong: Sequence[tuple[Error, str, Decimal]] = ()


@dataclass(frozen=True)
class Question:
    """A statistic of something, and the others, by name, that could be taken for it."""

    statistic: str
    source: str
    take: Take
    compute: Compute
    kind: Error = Error.COHORT
    others: Mapping[str, Compute] = field(default_factory=dict)

    def known(self, rows: Iterable[Row]) -> dict[str, Any]:
        """The values of the patients of whom they are known."""
        found = {}
        for row in rows:
            with suppress(KeyError):
                found[row["patient"]] = self.take(row)
        return found

    def of(self, values: Mapping[str, Any], compute: Compute | None = None) -> Decimal | None:
        """The statistic of some patients, or another one; in the decimals that mean something."""
        fewest = {"n": 0, "count": 0, "sd": 2}.get(self.statistic, 1)
        if len(values) < fewest:
            return None
        found = (compute or self.compute)(list(values.values()))
        if found is None:
            return None
        return Decimal(f"{found:.12g}") if isinstance(found, float) else Decimal(found)


def facts(paper: Paper) -> Iterator[Fact]:
    """Everything that can be claimed of a study."""
    for cohort, rows in paper.patients.items():
        for question in questions(paper):
            value = question.of(question.known(rows))
            if value is None:
                continue
            found = mistakes(paper, cohort, question)
            wrong = [(kind, cause, other) for kind, cause, other in found if other is not None]
            of = f"({question.source}) in {cohort}"
            yield Fact(f"{question.statistic}{of}", question.statistic, value, wrong)
            if question.statistic == "p_value":
                yield Fact(f"significant{of}", "significant", Decimal(value < Decimal("0.05")))


def mistakes(
    paper: Paper, cohort: str, question: Question
) -> Iterator[tuple[Error, str, Decimal | None]]:
    """What a paper could print in the place of the right value."""
    rows, source = paper.patients[cohort], question.source
    known = question.known(rows)
    for name, compute in question.others.items():
        yield question.kind, name, question.of(known, compute)
    for name, others in paper.patients.items():
        if name != cohort:
            yield Error.COHORT, f"in {paper.label(name)}", question.of(question.known(others))
    if other_visit(source) != source:
        turned = [{other_visit(name): value for name, value in row.items()} for row in rows]
        yield Error.VISIT, f"as {other_visit(source)}", question.of(question.known(turned))
    for left_out in known if question.statistic not in ("n", "count", "percent") else ():
        rest = {patient: value for patient, value in known.items() if patient != left_out}
        yield Error.WITHOUT, f"without {left_out}", question.of(rest)


def other_visit(source: str) -> str:
    """The same of the other visit."""
    swap = {"baseline": "followup", "followup": "baseline"}
    return re.sub("baseline|followup", lambda match: swap[match[0]], source)


def questions(paper: Paper) -> Iterator[Question]:
    """Every statistic that is asked for in each cohort."""
    yield counting("n", "patient", operator.itemgetter("patient"), len)
    for column in paper.columns:
        take = operator.itemgetter(column)
        yield counting("n", column, take, len)
        for name, (own, kind, others) in statistics_of(paper.model.analysis.quantile_type).items():
            yield Question(name, column, take, own, kind, others)
    sizes = {paper.label(name): len(rows) for name, rows in paper.patients.items()}
    shares = {f"of all in {label}": partial(percent, size) for label, size in sizes.items()}
    for source, condition in paper.conditions.items():
        yield counting("count", source, condition, sum)
        yield Question("percent", source, condition, percent_known, Error.DENOMINATOR, shares)
    for outcome in paper.model.outcomes:
        visits = operator.itemgetter(f"{outcome}_baseline", f"{outcome}_followup")
        own = partial(by_convention, paper.model.analysis.signed_rank)
        yield Question("p_value", outcome, visits, own, Error.TEST, TESTS)


def counting(name: str, source: str, take: Take, count: Callable[..., int]) -> Question:
    """A count, which can also be one too high or too low."""
    near: dict[str, Compute] = {
        "one more": lambda values: count(values) + 1,
        "one less": lambda values: max(0, count(values) - 1),
    }
    return Question(name, source, take, count, Error.COUNT, near)


def percent(of: int, answers: Sequence[bool]) -> Decimal | None:
    """How many answers are yes, in percent of a number that is not smaller."""
    return Decimal(100 * sum(answers)) / of if of >= max(1, sum(answers)) else None


def percent_known(answers: Sequence[bool]) -> Decimal | None:
    """How many answers are yes, in percent."""
    return percent(len(answers), answers)


METHODS = (
    *("inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf"),
    *("hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"),
)
"""What NumPy calls the quantile types 1 to 9."""
SPREADS: Mapping[str, Compute] = {
    "sd, n in the denominator": statistics.pstdev,
    "standard error": lambda values: float(statistics.stdev(values)) / math.sqrt(len(values)),
}


def statistics_of(own_type: int) -> dict[str, tuple[Compute, Error, Mapping[str, Compute]]]:
    """The statistics of a column, with what could be taken for each."""
    low, high = (
        {f"quantile type {k}": partial(quantile, share, m) for k, m in enumerate(METHODS, start=1)}
        for share in (0.25, 0.75)
    )
    own = f"quantile type {own_type}"
    return {
        "mean": (statistics.mean, Error.AVERAGE, {"median": statistics.median}),
        "median": (statistics.median, Error.AVERAGE, {"mean": statistics.mean}),
        "sd": (statistics.stdev, Error.SPREAD, SPREADS),
        "p25": (low.pop(own), Error.QUARTILE, low),
        "p75": (high.pop(own), Error.QUARTILE, high),
        "min": (min, Error.COHORT, {}),
        "max": (max, Error.COHORT, {}),
    }


def quantile(share: float, method: str, values: Sequence[Decimal]) -> float:
    """A quantile by one of NumPy's methods."""
    return float(np.quantile([float(value) for value in values], share, method=method))
