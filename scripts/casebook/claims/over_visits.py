"""Readings of what is said of all visits at once: `friedman(cdasi) in dm`.

Each stands for a row of the results, by the approximation that programs print unless told
otherwise; the exact test is one of the others that the audit tries. Another test, as Page's where
the paper says Friedman's, answers another question, and is tried only where a claim names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.claims.among import EVERYONE
from casebook.data.results import ALL_VISITS
from casebook.data.vocabulary import Family, OverVisits
from casebook.study.expressions import Expression
from casebook.study.model import Study


@dataclass(frozen=True, slots=True)
class AllVisits:
    """A method over all visits, and what can be asked of it, first what it is asked for usually."""

    method: OverVisits
    statistics: tuple[str, ...] = ("p_value", "statistic", "n")
    of_conditions: bool = False

    def seen(self, study: Study) -> list[str]:
        """What it can be of: conditions, or outcomes and grades, of three visits or more."""
        measured = {name: set(outcome.visits) for name, outcome in study.outcomes.items()}
        graded = {name: set(grade.at) for name, grade in study.grades.items()}
        conditions = {name: set(condition.at) for name, condition in study.conditions.items()}
        of = conditions if self.of_conditions else measured | graded
        return [name for name, visits in of.items() if study.visits_over(visits)]

    def row(self, cohort: str, variable: str, statistic: str) -> dict[str, str]:
        """The keys of the row of results; how many patients there are is of no method."""
        method = "" if statistic == "n" else self.method.value
        of = {"cohort": cohort, "variable": variable, "context": ALL_VISITS}
        return {**of, "method": method, "statistic": statistic}


OVER_VISITS: Mapping[str, AllVisits] = {
    "friedman": AllVisits(OverVisits.FRIEDMAN_CHI_SQUARE),
    "page": AllVisits(OverVisits.PAGE_NORMAL),
    "cochran": AllVisits(OverVisits.COCHRAN_CHI_SQUARE, of_conditions=True),
    "kendalls_w": AllVisits(OverVisits.KENDALL, statistics=("estimate", "n")),
}
"""The methods by the names of their readings."""
WITH_P = tuple(name for name, test in OVER_VISITS.items() if "p_value" in test.statistics)
"""Those that are tests."""


@dataclass(frozen=True)
class VisitsTest:
    """A test over all visits in a cohort: its p-value or decision.

    `test` is the name by which the reading asks for it, as in friedman.
    """

    name: str
    test: str
    variable: str
    cohort: str
    where: Expression = EVERYONE

    @property
    def family(self) -> Family | None:
        """What a paper calls it."""
        return OVER_VISITS[self.test].method.family

    @property
    def row(self) -> dict[str, str]:
        """The keys of the row of the p-value."""
        return OVER_VISITS[self.test].row(self.cohort, self.variable, "p_value")
