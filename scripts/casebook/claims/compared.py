"""Readings between cohorts, and what they can name: values at visits, changes, and harms."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.claims.among import EVERYONE
from casebook.data.harms import HARMS, KINDS, SEVERE, WORST
from casebook.data.patients import measurement
from casebook.data.results import CHANGE, GAINED, LOST
from casebook.statistics.terms import Alternative
from casebook.study.expressions import Expression
from casebook.study.model import Study

COMPARED_TESTS = ("p_value", "significant")
DIFFERENCES = {"difference": "estimate", "conf_low": "conf_low", "conf_high": "conf_high"}
"""What a reading can ask of the difference between two cohorts, and the statistic that it is."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared: the variable, level, visit and contrast of its rows of the results.

    `name` is how readings name it, and `source` the expression of what is looked at in a patient,
    of those patients of whom `among` is true. `of_shares` says whether it is what a patient has or
    has not, so that shares of the patients are compared.
    """

    name: str
    source: str
    variable: str
    visit: str = ""
    contrast: str = ""
    level: str = ""
    among: str = "True"
    of_shares: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether results do not compare it, so that it is compared because a claim asks for it."""
        return not (self.visit or self.contrast or self.of_harms)

    @property
    def of_harms(self) -> bool:
        """Whether adverse events are compared, of which something is looked at in every patient."""
        return self.variable in KINDS


@dataclass(frozen=True)
class ComparedTest:
    """The test of what is compared between cohorts: its p-value or decision.

    `test` is that which the paper names, or nothing. The side "greater" is more in the second
    cohort than in the first.
    """

    name: str
    compared: Compared
    comparison: str
    test: str = ""
    where: Expression = EVERYONE
    side: Alternative = "two-sided"


@dataclass(frozen=True)
class ComparedDifference:
    """The difference between two cohorts, the second less the first, or an end of its interval."""

    name: str
    compared: Compared
    comparison: str
    where: Expression = EVERYONE

    @property
    def statistic(self) -> str:
        """Which statistic of the results it is."""
        return DIFFERENCES[self.name]


@dataclass(frozen=True)
class ComparedEffect:
    """An effect size of two cohorts, of the second against the first, or an end of its interval.

    `effect` is what papers call it; how it is computed is for the audit.
    """

    name: str
    effect: str
    compared: Compared
    comparison: str
    where: Expression = EVERYONE


def compared_names(study: Study) -> dict[str, Compared]:
    """What is compared between cohorts, by its name; terms of harms are named by `of_term`."""
    found = (*_at_visits(study), *_of_changes(study), *_of_harms(study))
    return {each.name: each for each in found}


def of_term(node: ast.expr) -> Compared | None:
    """Who had an adverse event, as in `"Rash" in harms`, if that is what is named."""
    match node:
        case ast.Compare(
            left=ast.Constant(value=str(term)),
            ops=[ast.In()],
            comparators=[ast.Name(id=name)],
        ) if name == HARMS:
            name = ast.unparse(node)
            return Compared(name, name, HARMS, level=term, of_shares=True)
    return None


def _at_visits(study: Study) -> Iterator[Compared]:
    for name, (variable, visit) in study.measured.items():
        yield Compared(name, name, variable, visit)
    for measured in (study.conditions, study.grades):
        for variable, each in measured.items():
            for visit, source in each.at.items():
                name, is_condition = measurement(variable, visit), variable in study.conditions
                yield Compared(name, source, variable, visit, of_shares=is_condition)


def _of_changes(study: Study) -> Iterator[Compared]:
    for name, (outcome, contrast) in study.changes.items():
        yield Compared(name, name, outcome, CHANGE, contrast.name)
        for level in study.outcomes[outcome].responders:
            of_level = f"{name}, {level}"
            of = (of_level, name, outcome, "", contrast.name, level)
            yield Compared(*of, of_shares=True)
    for followed in (study.conditions, study.grades):
        for variable, each in followed.items():
            for contrast in study.contrasts_of(each.at):
                first, second = (f"(\n{each.at[visit]}\n)" for visit in contrast.visits)
                name = measurement(variable, contrast.name)
                changed = f"{second} != {first}"
                yield Compared(name, changed, variable, CHANGE, contrast.name)
                if variable in study.conditions:
                    for level, among in ((GAINED, f"not {first}"), (LOST, first)):
                        of = (f"{name}, {level}", changed, variable, "", contrast.name, level)
                        yield Compared(*of, among, of_shares=True)


def _of_harms(study: Study) -> Iterator[Compared]:
    for kind in study.harms.kinds if study.harms else ():
        name = f"{WORST} >= {SEVERE}" if kind == WORST else kind
        yield Compared(name, name, kind, of_shares=True)
