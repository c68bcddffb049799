"""A number that is of a test: a p-value, a coefficient, how far two cohorts are apart.

Which statistic another number is, is for `measured`.
"""

import re

from casebook.quoting.meanings import Sort
from casebook.quoting.measured import Measured
from casebook.quoting.paired import correlation_of, method_before, tests_of

_P_VALUE = re.compile(r"\bp\b[^\d;,()]{0,12}\d?[.·∙⋅]\d+", re.IGNORECASE)
_PAIR = 2
_NEAR = 50
"""How many characters before a name may say that it is of a change."""


class Tested(Measured):
    """A number that may be of a test, with what was said so far."""

    @property
    def is_p_value(self) -> bool:
        """Whether a p stands before it."""
        before = self.language.before_p_value.search
        return bool(before(self.left) or before(self.left + self.number.printed[:1]))

    @property
    def method(self) -> str:
        """The method of a correlation of which it is the coefficient or p-value, or nothing."""
        return method_before(self.sentence.text[: self.number.start])

    def of_p_value(self) -> list[str]:
        """The readings of a p-value: of a correlation, or of a test."""
        method = self.method
        return self.correlations("p_value({})", method) if method else self.of_test("p_value")

    def correlations(self, form: str, method: str) -> list[str]:
        """The correlation of the two that are named last, of outcomes the change if it is said."""
        columns = {}
        for each in self.named:
            if each.meaning.sort in (Sort.OUTCOME, Sort.COLUMN) and each.end <= self.number.start:
                before = self.sentence.text[max(0, each.start - _NEAR) : each.start]
                is_change = self.language.says_last(self.language.change, before)
                columns[each.meaning.name] = self.column_at(each.meaning.name, is_change=is_change)
        of = correlation_of(method, list(columns.values())[-_PAIR:])
        return [f"{form.format(of)} in {self.cohort}"] if of else []

    def apart(self) -> list[str]:
        """How far two cohorts are apart of which the sentence speaks: a difference of 18 points."""
        is_one = re.search(rf"\b(?:{self.language.apart})\b[^;,\d]{{0,30}}$", self.left, re.I)
        return self._between("difference", since=0) if is_one else []

    def _between(self, name: str, *, since: int) -> list[str]:
        """The readings between the cohorts of a comparison that were all named from a place on."""
        named = {
            each.meaning.name
            for each in self.named
            if each.meaning.sort == Sort.COHORT and since <= each.start < self.number.start
        }
        columns = [self.frame.column] if self.frame.column else []
        columns += [
            self.column_at(each.name, is_change=is_change)
            for each in self.nearest(Sort.OUTCOME)[:1]
            for is_change in (True, False)
        ]
        return [
            f"{name}({column}) between {comparison}"
            for comparison, each in self.study.comparisons.items()
            if named.issuperset(each.cohorts)
            for column in columns
            if column in self.study.changes or column in self.study.measured
        ]

    def of_test(self, name: str) -> list[str]:
        """The readings of a p-value or decision: between cohorts, or of pairs."""
        visits = self.behind(Sort.VISIT) or self.nearest(Sort.VISIT)
        visit = visits[0].name if visits else ""
        # "6.3 with light and 8.9 with placebo (p = 0.01)" compares those named since the last p.
        tests = [*_P_VALUE.finditer(self.sentence.text, 0, self.number.start)]
        between = self._between(name, since=tests[-1].end() if tests else 0)
        of_pairs = [
            reading
            for each in self.nearest(Sort.OUTCOME) or self.sentence.topics(Sort.OUTCOME)
            for reading in tests_of(self.study, name, each.name, visit, self.cohort, self.left)
        ]
        return [*between, *of_pairs]
