"""The expressions of a reading, held against a study: what is measured, and of which patients."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.claims.among import EVERYONE
from casebook.claims.hints import of_condition
from casebook.claims.readings import PATIENT, ReadingError
from casebook.claims.regraded import written_out
from casebook.claims.written import Written
from casebook.data.patients import Kind, measurement
from casebook.data.results import RESPONDERS
from casebook.study.expressions import Expression, parse, shown
from casebook.study.model import Study
from casebook.study.named_conditions import conditions_at_visits
from casebook.study.references import check_expression


@dataclass(frozen=True)
class Expressed(Written):
    """A reading as it is written, whose arguments may be expressions over a patient's values."""

    def restricted(self, least: int, most: int, *named: str) -> tuple[list[ast.expr], Expression]:
        """The arguments, and the condition for patients, which is the last one or called where."""
        given, where = self.arguments(least, most + 1, "where", *named), self.named("where")
        if len(given) > most or (len(given) > least and self._is_condition(given[-1])):
            if where is not None:
                raise ReadingError(f"{self.name}(...) is given a condition twice")
            where = given.pop()
        return given, self.expression(where, ("boolean",)) if where else EVERYONE

    def _is_condition(self, node: ast.expr) -> bool:
        """Whether an argument is no name of what results have, and so a condition for patients."""
        if isinstance(node, ast.Name):
            is_contrast = node.id in self.study.contrast_named
            return not is_contrast and names(self.study).get(node.id) == "boolean"
        return not isinstance(node, ast.Constant)

    def expression(self, node: ast.expr, kinds: tuple[str, ...]) -> Expression:
        """An argument as an expression, which must give one of these kinds."""
        node = written_out(self.study, node)
        source = ast.unparse(node)
        kind, problems = check_expression(self.study, source, names(self.study))
        if problems:
            raise ReadingError("; ".join([*problems, *self._responders(source)]))
        if kind not in kinds:
            wanted = {"boolean": "condition"}.get(kinds[0], kinds[0])
            hint = self._condition_called(source)
            if kinds == ("boolean",) and not hint:
                hint = of_condition(self.study, source, kind, self.name)
            elif isinstance(node, ast.Constant) and node.value in names(self.study):
                hint = f"; write {node.value} without quotation marks"
            raise ReadingError(f"{source!r} is a {kind}, where {self.name} needs a {wanted}{hint}")
        return parse(source)

    def _condition_called(self, name: str) -> str:
        """What a condition at a visit is where another value has its name, or nothing."""
        for of, condition in self.study.conditions.items():
            for visit, source in condition.at.items():
                if name == measurement(of, visit):
                    return f"; the condition {of} at {visit} is {shown(source)}"
        return ""

    def _responders(self, source: str) -> Iterator[str]:
        """How responders are counted, if that is what a text names."""
        for outcome, each in self.study.outcomes.items():
            for level in each.responders:
                if re.search(rf"\b{level}\b", source):
                    cohort = next(iter(self.study.cohorts))
                    yield (
                        f"count responders as in result(cohort={cohort}, variable={outcome},"
                        f' context="{RESPONDERS}", level={level}, statistic=count)'
                    )

    def not_private(self, expression: Expression) -> None:
        """The audit shows what an expression gives, which must be no private value itself."""
        variable = self.study.variables.get(expression.source)
        if variable and variable.private:
            raise ReadingError(
                f"{expression.source!r} is private, and this would show it; use a derived value"
            )


def names(study: Study) -> dict[str, Kind]:
    """The kind of every name in a reading.

    These are the study's names, the change of each outcome, each condition at its visits, and
    `patient`.
    """
    changes: dict[str, Kind] = dict.fromkeys(study.changes, "number")
    conditions: dict[str, Kind] = dict.fromkeys(conditions_at_visits(study), "boolean")
    return {**study.kinds, **changes, **conditions, PATIENT: "text"}
