"""What a printed value corresponds to, in a small language: `median(cdasi_baseline) in dm`.

A reading is a statistic of a column, a count or list over the patients, a row of the results, a
comparison of claims, or a reason why there is none. It is parsed here and held against the study,
so that a reading which points to nothing is refused with a suggestion; what it gives is found by
the audit.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from casebook.base.errors import UserError, listed
from casebook.claims.checked import CHECKS, STATISTICS_WITH_P, Check, printed_numbers
from casebook.claims.compared import (
    COMPARED_TESTS,
    DIFFERENCES,
    Compared,
    ComparedDifference,
    ComparedTest,
    compared_names,
    of_term,
)
from casebook.claims.over_visits import OVER_VISITS, WITH_P, VisitsTest
from casebook.data.patients import Kind
from casebook.data.results import RESPONDERS, Key
from casebook.statistics.describe import SUMMARIES
from casebook.study.expressions import Expression, hint_for, parse
from casebook.study.model import Study
from casebook.study.references import check_expression
from casebook.study.visits import FIRST

PATIENT = "patient"
"""The name of a patient's identifier in a reading."""

STATISTICS = ("n", "n_missing", *SUMMARIES)
TESTS = ("p_value", "significant", "n_pairs")
SHARES = ("count", "percent")
VALUES = ("value", "list", "members")
COMPARISONS = ("same", "total", "between", "label", "says")
_ARGUMENTS = {"between": (2, 2), "says": (2, 2)}
_MOST_CLAIMS = 99
_LONGEST = 2000
_OPTIONAL = {"items", "df", "visit", "contrast", "level", "method"}
_OF_COHORT = (*STATISTICS, *TESTS, *OVER_VISITS, *SHARES, *VALUES)
_BETWEEN = (*COMPARED_TESTS, *DIFFERENCES)
_NAMES = (*_OF_COHORT, *DIFFERENCES, *COMPARISONS, *CHECKS, "result", "none")


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

    `contrast` is the name of that which is tested.
    """

    name: str
    outcome: str
    cohort: str
    contrast: str = FIRST


@dataclass(frozen=True)
class Share:
    """How many patients of a cohort fulfil a condition, or which percentage."""

    name: str
    condition: Expression
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


@dataclass(frozen=True)
class ResultRow:
    """A row of the results, named by its keys."""

    keys: Mapping[str, str]


@dataclass(frozen=True)
class Comparison:
    """What a claim says of other claims."""

    name: str
    claims: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class NotPublished:
    """Why a claim cannot be computed."""

    reason: str


Reading: TypeAlias = (
    ColumnStatistic
    | PairedTest
    | VisitsTest
    | ComparedTest
    | ComparedDifference
    | Share
    | Values
    | ResultRow
    | Comparison
    | Check
    | NotPublished
)
EVERYONE = parse("True")
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
        example = next((f"median({name})" for name in study.measured), f"n({PATIENT})")
        raise ReadingError(
            f"{source[:40]!r} is not a reading; write one as in: {example} in"
            f' {next(iter(study.cohorts))}; or none("why") of what the table cannot give'
        )
    name, inner, where, of = call.groups()
    if name not in _NAMES:
        raise ReadingError(f"{name!r} is not known; known: {listed(list(_NAMES), name)}")
    try:
        reader = _Reader(name, source, inner, study, claims)
        return reader.between(of) if where == "between" else reader.reading(of)
    except (RecursionError, MemoryError):
        raise ReadingError(f"{source[:40]!r} is nested too deeply") from None


@dataclass(frozen=True)
class _Reader:
    """One reading on its way from text to dataclass."""

    name: str
    source: str
    inner: str
    study: Study
    claims: Collection[str]

    def reading(self, cohort: str | None) -> Reading:
        needs_cohort = self.name in _OF_COHORT
        if self.name in DIFFERENCES:
            raise ReadingError(f"{self.name}(...) needs a comparison, as in: ... between arms")
        if needs_cohort != (cohort is not None):
            form = "needs a cohort, as in: ... in everyone" if needs_cohort else "takes no cohort"
            raise ReadingError(f"{self.name}(...) {form}")
        if cohort is not None:
            self._one_of(cohort, list(self.study.cohorts), "a cohort")
            return self._of_patients(cohort)
        if self.name == "none":
            return NotPublished(self._text(self._arguments(1, 1)[0]))
        if self.name in COMPARISONS:
            return self._comparison()
        if self.name == "result":
            return ResultRow(self._keywords(Key._fields))
        return self._check(self._keywords(CHECKS[self.name]))

    def between(self, comparison: str) -> Reading:
        """A reading of how the cohorts of a comparison differ."""
        if not self.study.comparisons:
            raise ReadingError("the study declares no comparison that something could be between")
        self._one_of(comparison, list(self.study.comparisons), "a comparison")
        self._one_of(self.name, _BETWEEN, "a reading between cohorts")
        compared = self._compared()
        if self.name in COMPARED_TESTS:
            return ComparedTest(self.name, compared, comparison)
        if not self.study.comparisons[comparison].two:
            raise ReadingError(f"{comparison} compares more than two cohorts; only tests are made")
        if compared.variable in self.study.grades:
            raise ReadingError(f"{compared.variable} is a grade, and grades have no difference")
        return ComparedDifference(self.name, compared, comparison)

    def _compared(self) -> Compared:
        arguments = self._arguments(1, 2)
        if len(arguments) == 1 and self.study.harms and (term := of_term(arguments[0])):
            return term
        known, name = compared_names(self.study), ", ".join(map(ast.unparse, arguments))
        self._one_of(name, list(known), "what is compared between cohorts")
        return known[name]

    def _check(self, texts: Mapping[str, str]) -> Check:
        given, claims = {}, {}
        for name, text in texts.items():
            if name == "test":
                self._one_of(text, list(STATISTICS_WITH_P), "a test statistic")
                continue
            numbers = printed_numbers(name, text)
            if numbers is None:
                self._one_of(text, self.claims, "a claim")
                claims[name] = text
            else:
                given[name] = numbers
        return Check(self.name, given, claims, texts.get("test", ""))

    def _of_patients(self, cohort: str) -> Reading:
        if self.name == "significant" and (test := self._test_within()):
            return VisitsTest(self.name, test.name, test._of_all_visits()[0], cohort)
        if self.name in TESTS:
            outcome, *contrast = map(ast.unparse, self._arguments(1, 2))
            self._one_of(outcome, list(self.study.outcomes), "an outcome")
            known = [c.name for o, c in self.study.changes.values() if o == outcome]
            if not known:
                raise ReadingError(f"no two visits of {outcome} are compared")
            name = contrast[0] if contrast else next(iter(self.study.contrasts), FIRST)
            self._one_of(name, known, f"a contrast of {outcome}")
            return PairedTest(self.name, outcome, cohort, name)
        if self.name in OVER_VISITS:
            return self._over_visits(cohort)
        if self.name in SHARES:
            condition = self._expression(self._arguments(1, 1)[0], ("boolean",))
            return Share(self.name, condition, cohort)
        arguments = self._arguments(1, 2)
        where = self._expression(arguments[1], ("boolean",)) if arguments[1:] else EVERYONE
        if self.name in STATISTICS:
            counts = self.name in ("n", "n_missing")
            kinds = _ANY_KIND if counts else ("number", "boolean")
            expression = self._expression(arguments[0], kinds)
            if not counts:
                self._not_private(expression)
            return ColumnStatistic(self.name, expression, where, cohort)
        kinds = ("set",) if self.name == "members" else _ANY_KIND
        expression = self._expression(arguments[0], kinds)
        self._not_private(expression)
        kind = expression.kind(names(self.study))
        return Values(self.name, expression, where, cohort, kind)

    def _over_visits(self, cohort: str) -> Reading:
        variable, statistic = self._of_all_visits()
        if statistic == "p_value":
            return VisitsTest(statistic, self.name, variable, cohort)
        return ResultRow(OVER_VISITS[self.name].row(cohort, variable, statistic))

    def _of_all_visits(self) -> tuple[str, str]:
        """What a test over all visits is of, and what is asked of it."""
        test = OVER_VISITS[self.name]
        if not (known := test.seen(self.study)):
            raise ReadingError(f"nothing that {self.name}(...) could be of has three visits")
        variable, statistic, *_ = (*map(ast.unparse, self._arguments(1, 2)), test.statistics[0])
        self._one_of(variable, known, f"what {self.name}(...) can be of")
        self._one_of(statistic, test.statistics, f"a statistic of {self.name}(...)")
        return variable, statistic

    def _test_within(self) -> "_Reader | None":
        """The test over all visits that a decision is of, as in significant(friedman(skin))."""
        match self._call().args:
            case [ast.Call(func=ast.Name(id=name), args=[variable])] if name in WITH_P:
                return replace(self, name=name, inner=ast.unparse(variable))
        return None

    def _comparison(self) -> Comparison:
        arguments = self._arguments(*_ARGUMENTS.get(self.name, (1, _MOST_CLAIMS)))
        text = self._text(arguments.pop()) if self.name == "says" else ""
        claims = tuple(ast.unparse(argument) for argument in arguments)
        for claim in claims:
            self._one_of(claim, self.claims, "a claim")
        return Comparison(self.name, claims, text)

    def _call(self) -> ast.Call:
        try:
            tree = ast.parse(self._in_lines, mode="eval").body
        except (SyntaxError, ValueError, RecursionError):
            tree = None
        if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
            name = next(iter(self.study.measured), PATIENT)
            usual = f"names are those of study.yaml, as {name}, and text stands in quotation marks"
            hint = hint_for(self.inner) or usual
            raise ReadingError(f"{self.source!r} is not well-formed; {hint}")
        return tree

    def _arguments(self, least: int, most: int) -> list[ast.expr]:
        call = self._call()
        if call.keywords or not least <= len(call.args) <= most:
            count = "2" if least == 2 else {1: "1", 2: "1 or 2"}.get(most, f"1 to {most}")
            arguments = "argument" if count == "1" else "arguments"
            hint = "; compare with ==, not with a single =" if call.keywords else ""
            raise ReadingError(f"{self.name}(...) takes {count} {arguments}{hint}")
        return call.args

    def _keywords(self, allowed: Sequence[str]) -> dict[str, str]:
        """The arguments by name, each a name, a number or a text in quotation marks."""
        call = self._call()
        given = {str(keyword.arg): self._plain(keyword.value) for keyword in call.keywords}
        form = ", ".join(f"{name}=..." for name in allowed)
        if call.args or any(keyword.arg is None for keyword in call.keywords):
            raise ReadingError(f"{self.name}(...) takes its arguments by name: {form}")
        if len(given) < len(call.keywords):
            raise ReadingError(f"{self.name}(...) is given an argument twice")
        for name in given:
            self._one_of(name, list(allowed), f"an argument of {self.name}")
        left_out = [name for name in allowed if name not in given and name not in _OPTIONAL]
        if left_out:
            raise ReadingError(f"{self.name}(...) needs {', '.join(left_out)}")
        return given

    def _plain(self, node: ast.expr) -> str:
        """A text without its quotation marks; anything else as it is written, 2.20 as 2.20."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        return ast.get_source_segment(self._in_lines, node) or ""

    @property
    def _in_lines(self) -> str:
        return f"_(\n{self.inner}\n)"

    def _expression(self, node: ast.expr, kinds: tuple[str, ...]) -> Expression:
        source = ast.unparse(node)
        kind, problems = check_expression(self.study, source, names(self.study))
        if problems:
            raise ReadingError("; ".join([*problems, *self._responders(source)]))
        if kind not in kinds:
            wanted = {"boolean": "condition"}.get(kinds[0], kinds[0])
            raise ReadingError(f"{source!r} is a {kind}, where {self.name} needs a {wanted}")
        return parse(source)

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

    def _not_private(self, expression: Expression) -> None:
        """The audit shows what an expression gives, which must be no private value itself."""
        variable = self.study.variables.get(expression.source)
        if variable and variable.private:
            raise ReadingError(
                f"{expression.source!r} is private, and this would show it; use a derived value"
            )

    def _text(self, node: ast.expr) -> str:
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and text.strip() and text.isprintable():
            return text
        raise ReadingError(f"{self.name}(...) needs a text in quotation marks")

    def _one_of(self, name: str, known: Collection[str], what: str) -> None:
        if name not in known:
            raise ReadingError(f"{name!r} is not {what}; known: {listed(list(known), name)}")


def names(study: Study) -> dict[str, Kind]:
    """The kind of every name in a reading: the study's, the change of each outcome, `patient`."""
    changes: dict[str, Kind] = dict.fromkeys(study.changes, "number")
    return {**study.kinds, **changes, PATIENT: "text"}
