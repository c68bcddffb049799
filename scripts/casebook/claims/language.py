"""The small language of readings: `median(cdasi_baseline) in dm`.

A text is parsed here and held against the study, so that a reading which points to nothing is
refused with a suggestion. Readings of the patients of a cohort are for `of_patients`.
"""

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from casebook.base.errors import listed
from casebook.claims.between import (
    SEVERAL,
    check_between,
    check_no_category,
    check_no_set,
    comparison_named,
)
from casebook.claims.checked import CHECKS, STATISTICS_WITH_P, Check, printed_numbers
from casebook.claims.compared import (
    COMPARED_TESTS,
    DIFFERENCES,
    Compared,
    ComparedDifference,
    ComparedEffect,
    ComparedTest,
    compared_names,
    of_term,
)
from casebook.claims.effects import (
    OF_PAIRS_WITH_INTERVAL,
    OF_TWO_COHORTS,
    WITH_INTERVAL,
    by_one_name,
    check_size,
    row_between,
    what_is_compared,
)
from casebook.claims.expressed import names
from casebook.claims.hints import check_cohort, refuse_name, refuse_place, refuse_text
from casebook.claims.intervals import WITH_ENDS, ends_of
from casebook.claims.of_patients import PatientsReader
from casebook.claims.over_visits import OVER_VISITS
from casebook.claims.readings import (
    COMBINED,
    COMPARISONS,
    NO_PART,
    PERCENTILE,
    SHARES,
    STATISTICS,
    TESTS,
    UNIVERSAL,
    VALUES,
    Combined,
    Comparison,
    NotPublished,
    OfPatients,
    Reading,
    ReadingError,
    ResultRow,
    Values,
)
from casebook.claims.reported import reported_test
from casebook.claims.tested import CORRELATION, EFFECT, PairedEffect
from casebook.claims.written import one_of
from casebook.data.results import BALANCE, CHANGE, GAINED, LOST, Key
from casebook.study.expressions import Expression
from casebook.study.model import Study
from casebook.study.operators import FUNCTIONS, OF_SEVERAL

_ARGUMENTS = {"between": (2, 2), "says": (2, 2)}
_MOST_CLAIMS = 99
_LONGEST = 2000
_OF_COHORT = (
    *(*STATISTICS, PERCENTILE, *TESTS, EFFECT, CORRELATION, *OVER_VISITS, *SHARES),
    *(*UNIVERSAL, *VALUES),
)
_BETWEEN = (*COMPARED_TESTS, *DIFFERENCES, EFFECT)
_CALL = re.compile(rf"(\w+)\s*\((.*)\)(?:\s*\b(in\s+(\S+)|between\s+({SEVERAL}|\S+)))?", re.DOTALL)
_NAMES = (*_OF_COHORT, *DIFFERENCES, *COMBINED, *COMPARISONS, *CHECKS, "result", "none")


def read_reading(source: str, study: Study, claims: Collection[str]) -> Reading:
    """The reading that a text writes.

    Args:
        source: The text.
        study: What its names belong to.
        claims: The names of all claims.

    Raises:
        ReadingError: it is not well-formed, or points to what does not exist.
    """
    call = _CALL.fullmatch(source)
    if call is None or len(source) > _LONGEST:
        raise refuse_text(source, study)
    name, inner, place, cohort, of = call.groups(default="")
    if name not in _NAMES:
        raise refuse_name(name, inner, place, study, list(_NAMES))
    try:
        reader = _Reader(name, source, inner, study, claims)
        return reader.between(of) if of else reader.reading(cohort or None)
    except (RecursionError, MemoryError):
        raise ReadingError(f"{source[:40]!r} is nested too deeply") from None


@dataclass(frozen=True)
class _Reader(PatientsReader):
    """One reading, held against a study and the names of all claims."""

    claims: Collection[str]

    def reading(self, cohort: str | None) -> Reading:
        needs_cohort, of_two = self.name in _OF_COHORT, self.name in DIFFERENCES
        if cohort is not None and of_two and (estimate := self.call_within(*WITH_ENDS)):
            check_cohort(self.study, cohort, self.name, self.inner, may_compare=True)
            return self._end_of(f"{estimate.name}({estimate.inner}) in {cohort}")
        is_end = of_two and self.name != "difference"
        if cohort is not None and is_end and (effect := self.call_within(EFFECT)):
            check_cohort(self.study, cohort, self.name, self.inner, may_compare=True)
            return self._end_of_effect(effect, cohort)
        if of_two or (needs_cohort and cohort is None):
            raise refuse_place(self.name, self.inner, self.study, of_two=of_two)
        if cohort is not None and not needs_cohort:
            hint = "; write never(...) of what is true of nobody" * (self.name == "none")
            raise ReadingError(f"{self.name}(...) takes no cohort{hint}")
        if cohort is not None:
            may_compare = self.name in _BETWEEN
            check_cohort(self.study, cohort, self.name, self.inner, may_compare=may_compare)
            return self.of_patients(cohort)
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

    def between(self, of: str) -> Reading:
        """A reading of how the cohorts of a comparison differ, or those that are named."""
        comparison = comparison_named(self.study, of)
        check_between(self.study, comparison, self.name, self.inner, list(_BETWEEN))
        is_end = self.name in DIFFERENCES and self.name != "difference"
        if self.name == EFFECT or (is_end and self.call_within(EFFECT)):
            return self._effect_between(comparison)
        compared, where = self._compared()
        if self.name in COMPARED_TESTS:
            side = self.side("increase", "decrease")
            if side != "two-sided" and not self.study.comparison(comparison).two:
                raise ReadingError(f"{comparison} compares more than two cohorts, and has no side")
            return ComparedTest(self.name, compared, comparison, self.named_test(), where, side)
        if not self.study.comparison(comparison).two:
            raise ReadingError(f"{comparison} compares more than two cohorts; only tests are made")
        if compared.variable in self.study.grades:
            raise ReadingError(f"{compared.variable} is a grade, and grades have no difference")
        check_no_category(self.study, compared, self.name)
        if compared.variable in self.study.conditions and compared.visit == CHANGE:
            gained, lost = (f"{self.name}({compared.name}, {turn})" for turn in (GAINED, LOST))
            raise ReadingError(
                f"a change of {compared.variable} has no difference; write {gained} of those who"
                f" gained it, or {lost} of those who lost it"
            )
        return ComparedDifference(self.name, compared, comparison, where)

    def _end_of(self, estimate: str) -> Reading:
        """An end of the interval of an estimate in a cohort, as in conf_low(mean(cdasi_change))."""
        self.arguments(1, 1)
        read_reading(estimate, self.study, self.claims)
        row = next(ends_of(self.study, estimate, DIFFERENCES[self.name]), "")
        if not row:
            raise ReadingError(f"the results have no interval of {estimate}")
        return read_reading(row, self.study, self.claims)

    def _end_of_effect(self, effect: Self, cohort: str) -> PairedEffect:
        """An end of the interval of an effect size of pairs."""
        self.arguments(1, 1)
        reading = effect.of_patients(cohort)
        if not isinstance(reading, PairedEffect) or reading.effect not in OF_PAIRS_WITH_INTERVAL:
            known = listed(list(OF_PAIRS_WITH_INTERVAL))
            raise ReadingError(f"of pairs an interval is computed of these alone: {known}")
        return replace(reading, name=self.name)

    def _effect_between(self, comparison: str) -> Reading:
        """An effect size, or an end of its interval as in conf_low(effect(x, "odds ratio"))."""
        within = self.call_within(EFFECT) or self
        (*of, named), where = within.restricted(2, 3)
        effect, two = by_one_name(self.text(named)), self.study.comparison(comparison).two
        if within is not self:
            self.arguments(1, 1)
            one_of(effect, WITH_INTERVAL, "an effect size with an interval")
        if not (two and effect in OF_TWO_COHORTS):
            return ResultRow(row_between(self.study, comparison, of, effect), where)
        compared = self._what_is_compared(of)
        check_no_category(self.study, compared, EFFECT, f', "{effect}"')
        check_size(self.study, compared, effect)
        return ComparedEffect(self.name, effect, compared, comparison, where)

    def _compared(self) -> tuple[Compared, Expression]:
        asked = *DIFFERENCES, *COMPARED_TESTS
        if self.name in asked and (difference := self.call_within("difference")):
            self.arguments(1, 1, *self.may_name)
            return difference._compared()
        centre = self.call_within("mean", "median") if self.name in COMPARED_TESTS else None
        if centre and len(centre.call().args) == 1:
            self.arguments(1, 1, *self.may_name)
            return centre._compared()
        arguments, where = self.restricted(1, 2, *self.may_name)
        return self._what_is_compared(arguments), where

    def _what_is_compared(self, of: Sequence[ast.expr]) -> Compared:
        """What results compare, or else a number, condition or category of each patient."""
        written, (first, *others) = ", ".join(map(ast.unparse, of)), of
        is_of_results = written in compared_names(self.study) or of_term(first)
        match first:
            case ast.Name(id=name):
                is_unknown = name not in names(self.study)
            case ast.Call(func=ast.Name(id=name)):
                is_unknown = name in {*_NAMES} - {*FUNCTIONS, *OF_SEVERAL}
            case _:
                is_unknown = False
        if others or is_of_results or is_unknown:
            return what_is_compared(self.study, of, *self.study.reported)
        check_no_set(self.study, written, self.name)
        expression = self.expression(first, ("number", "boolean", "category"))
        self.not_private(expression)
        of_shares = expression.kind(names(self.study)) != "number"
        return Compared(written, expression.source, written, of_shares=of_shares)

    def _row(self) -> Reading:
        keys = self.keywords((*Key._fields, "where"))
        is_test = keys["context"] == BALANCE and keys["statistic"] == "p_value"
        if is_test and all(keys.get(each, NO_PART) == NO_PART for each in ("visit", "contrast")):
            return self._at_baseline(keys)
        where = self.named("where")
        if not (where and keys.pop("where")):
            return ResultRow(keys)
        wholes = [*self.study.cohorts, *self.study.comparisons]
        one_of(keys["cohort"], wholes, "a cohort or comparison, of which where=... takes a part")
        return ResultRow(keys, self.expression(where, ("boolean",)))

    def _at_baseline(self, keys: Mapping[str, str]) -> Reading:
        """The p-value that a row has of a variable at baseline, as that of any other test."""
        of, level = keys["variable"], keys.get("level", NO_PART)
        if level != NO_PART and self.study.kinds.get(of) != "set":
            raise ReadingError(f"{of} has one test at baseline, of all levels: leave out level")
        arguments = [f"{level!r} in {of}" if level != NO_PART else of]
        arguments += [f"where={keys['where']}"] if "where" in keys else []
        arguments += [f"test={keys['method']!r}"] if "method" in keys else []
        reading = f"p_value({', '.join(arguments)}) between {keys['cohort']}"
        return read_reading(reading, self.study, self.claims)

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
