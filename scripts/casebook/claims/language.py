"""The small language of readings: `median(cdasi_baseline) in dm`.

A text is parsed here and held against the study, so that a reading which points to nothing is
refused with a suggestion.
"""

import ast
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from casebook.claims.checked import CHECKS, STATISTICS_WITH_P, Check, printed_numbers
from casebook.claims.compared import (
    COMPARED_TESTS,
    DIFFERENCES,
    Compared,
    ComparedDifference,
    ComparedEffect,
    ComparedTest,
)
from casebook.claims.effects import (
    EFFECTS,
    OF_ONE_SAMPLE,
    OF_PAIRS,
    OF_TWO_COHORTS,
    WITH_INTERVAL,
    by_one_name,
    check_named,
    of_two_cohorts,
    row_between,
    row_of_effect,
    what_is_compared,
)
from casebook.claims.expressed import Expressed, names
from casebook.claims.hints import (
    check_between,
    check_cohort,
    check_outcome,
    refuse_name,
    refuse_place,
    refuse_text,
)
from casebook.claims.naming import NAMED_TESTS
from casebook.claims.over_visits import OVER_VISITS, WITH_P, VisitsTest
from casebook.claims.readings import (
    COMBINED,
    COMPARISONS,
    PATIENT,
    PERCENTILE,
    SHARES,
    STATISTICS,
    TESTS,
    UNIVERSAL,
    VALUES,
    ColumnStatistic,
    Combined,
    Comparison,
    NotPublished,
    OfPatients,
    PairedTest,
    Reading,
    ReadingError,
    ResultRow,
    Share,
    Universal,
    Values,
)
from casebook.claims.reported import reported_test
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
from casebook.data.results import CHANGE, GAINED, LOST, Key
from casebook.statistics.describe import percent_of_name
from casebook.statistics.terms import Alternative
from casebook.study.expressions import Expression, parse
from casebook.study.model import Study
from casebook.study.visits import FIRST

_ARGUMENTS = {"between": (2, 2), "says": (2, 2)}
_MOST_CLAIMS = 99
_LONGEST = 2000
_OF_COHORT = (
    *(*STATISTICS, PERCENTILE, *TESTS, EFFECT, CORRELATION, *OVER_VISITS, *SHARES),
    *(*UNIVERSAL, *VALUES),
)
_BETWEEN = (*COMPARED_TESTS, *DIFFERENCES, EFFECT)
_NAMES = (*_OF_COHORT, *DIFFERENCES, *COMBINED, *COMPARISONS, *CHECKS, "result", "none")
_ANY_KIND: tuple[str, ...] = ("number", "boolean", "category", "text", "date", "set")


def read_reading(source: str, study: Study, claims: Collection[str]) -> Reading:
    """The reading that a text writes.

    Args:
        source: The text.
        study: What its names belong to.
        claims: The names of all claims.

    Raises:
        ReadingError: it is not well-formed, or points to what does not exist.
    """
    call = re.fullmatch(r"(\w+)\s*\((.*)\)(?:\s*\b(in|between)\s+(\S+))?", source, re.DOTALL)
    if call is None or len(source) > _LONGEST:
        raise refuse_text(source, study)
    name, inner, where, of = call.groups()
    if name not in _NAMES:
        raise refuse_name(name, inner, f"{where} {of}" if of else "", study, list(_NAMES))
    try:
        reader = _Reader(name, source, inner, study, claims)
        return reader.between(of) if where == "between" else reader.reading(of)
    except (RecursionError, MemoryError):
        raise ReadingError(f"{source[:40]!r} is nested too deeply") from None


@dataclass(frozen=True)
class _Reader(Expressed):
    """One reading, held against a study and the names of all claims."""

    claims: Collection[str]

    def reading(self, cohort: str | None) -> Reading:
        needs_cohort, of_two = self.name in _OF_COHORT, self.name in DIFFERENCES
        if of_two or (needs_cohort and cohort is None):
            raise refuse_place(self.name, self.inner, self.study, of_two=of_two)
        if cohort is not None and not needs_cohort:
            hint = "; write never(...) of what is true of nobody" * (self.name == "none")
            raise ReadingError(f"{self.name}(...) takes no cohort{hint}")
        if cohort is not None:
            may_compare = self.name in _BETWEEN
            check_cohort(self.study, cohort, self.name, self.inner, may_compare=may_compare)
            return self._of_patients(cohort)
        if self.name == "none":
            return NotPublished(self.text(self.arguments(1, 1)[0]))
        if self.name in COMBINED:
            first, second = map(self._part, self.arguments(2, 2))
            return Combined(self.name, first, second)
        if self.name in COMPARISONS:
            return self._comparison()
        if self.name == "result":
            return self._row()
        return self._check(self._reported() or self.keywords(CHECKS[self.name]))

    def between(self, comparison: str) -> Reading:
        """A reading of how the cohorts of a comparison differ."""
        check_between(self.study, comparison, self.name, self.inner, list(_BETWEEN))
        if self.name == EFFECT or (self.name in DIFFERENCES and self._call_within(EFFECT)):
            return self._effect_between(comparison)
        compared, where = self._compared()
        if self.name in COMPARED_TESTS:
            side = self._side("increase", "decrease")
            if side != "two-sided" and not self.study.comparisons[comparison].two:
                raise ReadingError(f"{comparison} compares more than two cohorts, and has no side")
            return ComparedTest(self.name, compared, comparison, self._test(), where, side)
        if not self.study.comparisons[comparison].two:
            raise ReadingError(f"{comparison} compares more than two cohorts; only tests are made")
        if compared.variable in self.study.grades:
            raise ReadingError(f"{compared.variable} is a grade, and grades have no difference")
        if compared.variable in self.study.conditions and compared.visit == CHANGE:
            gained, lost = (f"{self.name}({compared.name}, {turn})" for turn in (GAINED, LOST))
            raise ReadingError(
                f"a change of {compared.variable} has no difference; write {gained} of those who"
                f" gained it, or {lost} of those who lost it"
            )
        return ComparedDifference(self.name, compared, comparison, where)

    def _effect_between(self, comparison: str) -> Reading:
        """An effect size, or an end of its interval as in conf_low(effect(x, "odds ratio"))."""
        within = self._call_within(EFFECT) or self
        (*of, named), where = within.restricted(2, 3)
        effect, two = by_one_name(self.text(named)), self.study.comparisons[comparison].two
        if within is not self:
            self.arguments(1, 1)
            one_of(effect, WITH_INTERVAL, "an effect size with an interval")
        if not (two and effect in OF_TWO_COHORTS):
            return ResultRow(row_between(self.study, comparison, of, effect), where)
        compared = of_two_cohorts(self.study, of, effect)
        return ComparedEffect(self.name, effect, compared, comparison, where)

    def _compared(self) -> tuple[Compared, Expression]:
        if self.name in DIFFERENCES and (difference := self._call_within("difference")):
            self.arguments(1, 1)
            return difference._compared()
        arguments, where = self.restricted(1, 2, *self._may_name)
        return what_is_compared(self.study, arguments), where

    def _row(self) -> ResultRow:
        keys = self.keywords((*Key._fields, "where"))
        where = self.named("where")
        if not (where and keys.pop("where")):
            return ResultRow(keys)
        wholes = [*self.study.cohorts, *self.study.comparisons]
        one_of(keys["cohort"], wholes, "a cohort or comparison, of which where=... takes a part")
        return ResultRow(keys, self.expression(where, ("boolean",)))

    def _reported(self) -> dict[str, str] | None:
        """The test that a paper reports in one text, as in p_from("t(18) = 2.20")."""
        if self.name != "p_from" or not self.call().args:
            return None
        text = self.text(self.arguments(1, 1)[0])
        test = reported_test(text)
        if test is None or not all(printed_numbers(n, t) for n, t in test.items() if n != "test"):
            known = ", ".join(STATISTICS_WITH_P)
            example = f'write one as in "t(18) = 2.20"; known are {known}'
            raise ReadingError(f"{text!r} is not a test; {example}")
        return test

    def _check(self, texts: Mapping[str, str]) -> Check:
        given, claims = {}, {}
        for name, text in texts.items():
            if name == "test":
                one_of(text, list(STATISTICS_WITH_P), "a test statistic")
                continue
            numbers = printed_numbers(name, text)
            if numbers is None:
                one_of(text, self.claims, f"{'' if text.isidentifier() else 'a number or '}a claim")
                claims[name] = text
            else:
                given[name] = numbers
        return Check(self.name, given, claims, texts.get("test", ""))

    def _of_patients(self, cohort: str) -> Reading:
        if self.name == "significant" and (test := self._call_within(*WITH_P)):
            self.arguments(1, 1)
            variable, _, where = test._of_all_visits()
            return VisitsTest(self.name, test.name, variable, cohort, where)
        if self.name == CORRELATION or (self.name in TESTS and self._call_within(CORRELATION)):
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

    def _paired(self, cohort: str) -> PairedTest:
        named = (*self._may_name, "against") if self._may_name else ()
        arguments, where = self.restricted(1, 2, *named)
        of = self._compared_visits(*map(ast.unparse, arguments))
        return PairedTest(self.name, of[0], cohort, of[1], self._test(), where, self._side())

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
        (values, *size), where = self.restricted(count, count, *self._may_name, "against")
        expression = self.expression(values, ("number",))
        self.not_private(expression)
        against, of = self.number("against"), (self.name, expression)
        if not size:
            side = self._side("increase", "decrease")
            return OneSample(*of, against, cohort, self._test(), side, where)
        check_named(effect := self.text(size[0]), OF_ONE_SAMPLE, "one sample")
        return OneSample(*of, against, cohort, where=where, effect=OF_ONE_SAMPLE[effect])

    def _correlation(self, cohort: str) -> Correlation:
        """A coefficient, or what is asked of it, as in p_value(correlation(age, cdasi_change))."""
        within, side = self._call_within(CORRELATION) or self, self._side("increase", "decrease")
        if within is not self:
            self.arguments(1, 1, *(("side",) if self.name in COMPARED_TESTS else ()))
        values, where = within.restricted(2, 2, "method")
        first, second = (within.expression(each, ("number", "boolean")) for each in values)
        within.not_private(first)
        within.not_private(second)
        if method := within.named_text("method"):
            one_of(method, METHODS, "a correlation")
        test = METHODS[method] if method else ""
        return Correlation(self.name, first, second, cohort, test, side, where)

    def _call_within(self, *wanted: str) -> "_Reader | None":
        """The reading of one of these that something is asked of: p_value(correlation(a, b))."""
        match self.call().args:
            case [ast.Call(func=ast.Name(id=name)) as call, *_] if name in wanted:
                return replace(self, name=name, inner=_arguments_of(call))
        return None

    def _side(self, *but: str) -> Alternative:
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
    def _may_name(self) -> tuple[str, ...]:
        """The arguments by name that a reading takes: of a p-value or decision, test and side."""
        return ("test", "side") if self.name in COMPARED_TESTS else ()

    def _test(self) -> str:
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

    def _part(self, written: ast.expr) -> OfPatients:
        """One of the two readings of a ratio or a difference."""
        source = ast.unparse(written)
        part = read_reading(source, self.study, self.claims)
        if isinstance(part, Values) and not part.numeric:
            raise ReadingError(f"{source!r} gives no number, which {self.name}(...) needs")
        if not isinstance(part, OfPatients) or part.name in ("list", "members"):
            form = f"{self.name}(mean(a) in b, mean(c) in d)"
            raise ReadingError(f"{source!r} is not a number of patients' values, as in {form}")
        return part

    def _comparison(self) -> Comparison:
        arguments = self.arguments(*_ARGUMENTS.get(self.name, (1, _MOST_CLAIMS)))
        text = self.text(arguments.pop()) if self.name == "says" else ""
        claims = tuple(ast.unparse(argument) for argument in arguments)
        for claim in claims:
            one_of(claim, self.claims, "a claim")
        return Comparison(self.name, claims, text)


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
