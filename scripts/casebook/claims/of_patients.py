"""Readings of the patients of a cohort: statistics, tests, effect sizes, shares, and values.

Those between cohorts, of rows of the results and of other claims are for `language`.
"""

import ast
from dataclasses import dataclass, replace
from typing import Self

from casebook.claims.compared import COMPARED_TESTS
from casebook.claims.effects import (
    EFFECTS,
    OF_ONE_SAMPLE,
    OF_PAIRS,
    by_one_name,
    check_named,
    row_of_effect,
)
from casebook.claims.expressed import Expressed, names
from casebook.claims.hints import check_outcome
from casebook.claims.naming import NAMED_TESTS
from casebook.claims.over_visits import OVER_VISITS, WITH_P, VisitsTest
from casebook.claims.readings import (
    PATIENT,
    PERCENTILE,
    SHARES,
    STATISTICS,
    TESTS,
    UNIVERSAL,
    ColumnStatistic,
    PairedTest,
    Reading,
    ReadingError,
    ResultRow,
    Share,
    Universal,
    Values,
)
from casebook.claims.tested import (
    CORRELATION,
    EFFECT,
    METHODS,
    SIDES,
    Correlation,
    OneSample,
    PairedEffect,
)
from casebook.claims.written import one_of
from casebook.data.results import CONDITION, MCNEMAR
from casebook.statistics.describe import percent_of_name
from casebook.statistics.terms import Alternative
from casebook.study.expressions import Expression, parse
from casebook.study.visits import FIRST

_ANY_KIND: tuple[str, ...] = ("number", "boolean", "category", "text", "date", "set")


@dataclass(frozen=True)
class PatientsReader(Expressed):
    """One reading, held against a study, if it is of the patients of a cohort."""

    def of_patients(self, cohort: str) -> Reading:
        """What is read of a cohort.

        Raises:
            ReadingError: it is not well-formed, or points to what does not exist.
        """
        if self.name == "significant" and (test := self.call_within(*WITH_P)):
            self.arguments(1, 1)
            variable, _, where = test._of_all_visits()
            return VisitsTest(self.name, test.name, variable, cohort, where)
        if self.name == CORRELATION or (self.name in TESTS and self.call_within(CORRELATION)):
            return self._correlation(cohort)
        if self.name in (*COMPARED_TESTS, EFFECT) and self.named("against"):
            return self._one_sample(cohort)
        if self.name in TESTS:
            return self._paired(cohort)
        if self.name == EFFECT:
            return self._effect_of_pairs(cohort)
        if self.name in OVER_VISITS:
            return self._over_visits(cohort)
        if self.name in SHARES:
            (of,), where = self.restricted(1, 1)
            return Share(self.name, self.expression(of, ("boolean",)), where, cohort)
        if self.name in UNIVERSAL:
            (of,), where = self.restricted(1, 1)
            return Universal(self.name, self.expression(of, ("boolean",)), where, cohort)
        if self.name == PERCENTILE:
            (values, percent), where = self.restricted(2, 2)
            return self._statistic(_percentile(percent), values, where, cohort)
        if self.name in STATISTICS:
            (values,), where = self.restricted(1, 1)
            return self._statistic(self.name, values, where, cohort)
        match self.arguments(1, 2, "where"):
            case [values, ast.Constant(value=str(patient))] if self.name == "value":
                where = parse(f"{PATIENT} == {patient!r}")
            case _:
                (values,), where = self.restricted(1, 1)
        kinds = ("set",) if self.name == "members" else _ANY_KIND
        expression = self.expression(values, kinds)
        self.not_private(expression)
        kind = expression.kind(names(self.study))
        return Values(self.name, expression, where, cohort, kind)

    def _paired(self, cohort: str) -> Reading:
        if centre := self.call_within("mean", "median"):
            return self._of_change(centre, cohort)
        named = (*self.may_name, "against") if self.may_name else ()
        arguments, where = self.restricted(1, 2, *named)
        is_row = self.name == "p_value" and not (self.named("test") or self.named("side"))
        if is_row and ast.unparse(arguments[0]) in self.study.conditions:
            return self._of_condition(cohort, where, *map(ast.unparse, arguments))
        of = self._compared_visits(*map(ast.unparse, arguments))
        return PairedTest(self.name, of[0], cohort, of[1], self.named_test(), where, self.side())

    def _of_condition(
        self, cohort: str, where: Expression, condition: str, *contrast: str
    ) -> ResultRow:
        """McNemar's test of how a condition changed, which the results have."""
        contrasts = self.study.contrasts_of(self.study.conditions[condition].at)
        known = [each.name for each in contrasts]
        if not known:
            raise ReadingError(f"no two visits of {condition} are compared")
        name = contrast[0] if contrast else known[0]
        one_of(name, known, f"a contrast of {condition}")
        of = {"cohort": cohort, "variable": condition, "context": CONDITION, "contrast": name}
        return ResultRow({**of, "method": MCNEMAR, "statistic": "p_value"}, where)

    def _of_change(self, centre: Self, cohort: str) -> PairedTest:
        """The paired test behind a mean or median change, as in p_value(mean(cdasi_change))."""
        self.arguments(1, 1, *self.may_name)
        (of,), where = centre.restricted(1, 1)
        change = ast.unparse(of)
        one_of(change, list(self.study.changes), "a change, which is what is tested")
        outcome, contrast = self.study.changes[change]
        asked = self.name, outcome, cohort, contrast.name
        return PairedTest(*asked, self.named_test(), where, self.side())

    def _effect_of_pairs(self, cohort: str) -> Reading:
        (of, named, *contrast), where = self.restricted(2, 3)
        effect = by_one_name(self.text(named))
        check_named(effect, [*EFFECTS, *OF_PAIRS], "pairs")
        tested = self._compared_visits(*map(ast.unparse, [of, *contrast]))
        if effect in EFFECTS:
            return ResultRow(row_of_effect(cohort, tested[0], effect, tested[1]), where)
        return PairedEffect(self.name, effect, tested[0], cohort, tested[1], where)

    def _one_sample(self, cohort: str) -> OneSample:
        count = 2 if self.name == EFFECT else 1
        (values, *size), where = self.restricted(count, count, *self.may_name, "against")
        expression = self.expression(values, ("number",))
        self.not_private(expression)
        against, of = self.number("against"), (self.name, expression)
        if not size:
            side = self.side("increase", "decrease")
            return OneSample(*of, against, cohort, self.named_test(), side, where)
        check_named(effect := self.text(size[0]), OF_ONE_SAMPLE, "one sample")
        return OneSample(*of, against, cohort, where=where, effect=OF_ONE_SAMPLE[effect])

    def _correlation(self, cohort: str) -> Correlation:
        """A coefficient, or what is asked of it, as in p_value(correlation(age, cdasi_change))."""
        within, side = self.call_within(CORRELATION) or self, self.side("increase", "decrease")
        if within is not self:
            self.arguments(1, 1, *(("side",) if self.name in COMPARED_TESTS else ()))
        values, where = within.restricted(2, 2, "method")
        first, second = (within.expression(each, ("number", "boolean")) for each in values)
        within.not_private(first)
        within.not_private(second)
        if method := within.named_text("method"):
            one_of(method, METHODS, "a correlation")
        # Who has both values is the same by every method.
        test = METHODS[method] if method and self.name != "n_pairs" else ""
        return Correlation(self.name, first, second, cohort, test, side, where)

    def call_within(self, *wanted: str) -> Self | None:
        """The reading of one of these that something is asked of: p_value(correlation(a, b))."""
        match self.call().args:
            case [ast.Call(func=ast.Name(id=name)) as call, *_] if name in wanted:
                return replace(self, name=name, inner=_arguments_of(call))
        return None

    def side(self, *but: str) -> Alternative:
        """To which side a test looks, by a name that is none of these."""
        if side := self.named_text("side"):
            one_of(side, [name for name in SIDES if name not in but], "a side of this test")
        return SIDES.get(side, "two-sided")

    def _compared_visits(self, outcome: str, *contrast: str) -> tuple[str, str]:
        """An outcome and the contrast that is given, or the first one."""
        check_outcome(self.study, outcome, self.name)
        known = [c.name for o, c in self.study.changes.values() if o == outcome]
        if not known:
            raise ReadingError(f"no two visits of {outcome} are compared")
        name = contrast[0] if contrast else next(iter(self.study.contrasts), FIRST)
        one_of(name, known, f"a contrast of {outcome}")
        return outcome, name

    @property
    def may_name(self) -> tuple[str, ...]:
        """The arguments by name that a reading takes: of a p-value or decision, test and side."""
        return ("test", "side") if self.name in COMPARED_TESTS else ()

    def named_test(self) -> str:
        """The test that is named, or nothing."""
        if test := self.named_text("test"):
            one_of(test, NAMED_TESTS, "a test")
        return test

    def _statistic(
        self, name: str, values: ast.expr, where: Expression, cohort: str
    ) -> ColumnStatistic:
        counts = name in ("n", "n_missing")
        kinds = _ANY_KIND if counts else ("number", "boolean")
        expression = self.expression(values, kinds)
        if not counts:
            self.not_private(expression)
        return ColumnStatistic(name, expression, where, cohort)

    def _over_visits(self, cohort: str) -> Reading:
        variable, statistic, where = self._of_all_visits()
        if statistic == "p_value":
            return VisitsTest(statistic, self.name, variable, cohort, where)
        return ResultRow(OVER_VISITS[self.name].row(cohort, variable, statistic), where)

    def _of_all_visits(self) -> tuple[str, str, Expression]:
        """What a test over all visits is of, what is asked of it, and of which patients."""
        test = OVER_VISITS[self.name]
        if not (known := test.seen(self.study)):
            raise ReadingError(f"nothing that {self.name}(...) could be of has three visits")
        arguments, where = self.restricted(1, 2)
        variable, statistic, *_ = (*map(ast.unparse, arguments), test.statistics[0])
        one_of(variable, known, f"what {self.name}(...) can be of")
        one_of(statistic, test.statistics, f"a statistic of {self.name}(...)")
        return variable, statistic, where


def _arguments_of(call: ast.Call) -> str:
    """What stands in the brackets of a call."""
    return ast.unparse(call).removeprefix(ast.unparse(call.func))[1:-1]


def _percentile(percent: ast.expr) -> str:
    """The name of a percentile, as p10."""
    text = ast.unparse(percent)
    name = f"p{text.rstrip('0').rstrip('.') if '.' in text else text}"
    if percent_of_name(name) is None:
        example = "write percentile(x, 10); the ends are min(x) and max(x)"
        raise ReadingError(f"{text!r} is not a number between 0 and 100; {example}")
    return name
