"""A number that is of a test: a p-value, a coefficient, how far two cohorts are apart.

Which statistic another number is, is for `measured`.
"""

import re
from collections.abc import Sequence

from casebook.data.patients import measurement
from casebook.quoting.between import counted_as, described_as
from casebook.quoting.grouped import counted
from casebook.quoting.meanings import Meaning, Sort
from casebook.quoting.measured import Measured
from casebook.quoting.moves import contrasts_at
from casebook.quoting.paired import correlation_of, method_before, tests_of

_P_VALUE = re.compile(r"\bp\b[^\d;,()]{0,12}\d?[.·∙⋅]\d+", re.IGNORECASE)
_COEFFICIENT = r"[-\N{MINUS SIGN}\N{EN DASH}]?\d*[.·∙⋅]\d+"
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

    def of_those_with_both(self, column: str) -> list[str]:
        """An earlier value of those alone who have the later one too, if the sentence says so."""
        outcome, _, visit = column.rpartition("_")
        if not (outcome in self.study.outcomes and self.sentence.is_of_pairs):
            return []
        later = (e.visit for e in contrasts_at(self.study, outcome, "") if e.against == visit)
        return [f"{column}, known({measurement(outcome, each)})" for each in later]

    def pairs_correlated(self) -> list[str]:
        """Of how many a correlation is, as a size behind its coefficient: (rho = 0.97, n = 12)."""
        said = re.search(
            rf"{_COEFFICIENT}\s*[,;]\s*n\s*=\s*$", self.sentence.text[: self.number.start]
        )
        is_one = said is not None and method_before(self.sentence.text[: said.start()]) != ""
        # They are as many by every method.
        return self.correlations("n_pairs({})", "pearson") if is_one else []

    def apart(self) -> list[str]:
        """How far two cohorts are apart of which the sentence speaks: a difference of 18 points."""
        is_one = re.search(rf"\b(?:{self.language.apart})\b[^;,\d]{{0,30}}$", self.left, re.I)
        return self._between("difference", self._compared(0), since=0) if is_one else []

    def _between(self, name: str, comparisons: Sequence[str], *, since: int) -> list[str]:
        """The readings between the cohorts of a comparison of which was spoken from a place on."""
        # Of "seven had a rash, and the median fell from 5 to 3" a test is of what fell.
        told = [] if self.frame.column else counted(self.frame.told)
        counts, column = counted_as(self.study, told), self.frame.column
        # "5 vs 3, and their reduction was larger, by 2" is of the reduction.
        if column not in self.study.changes and self.language.says(self.language.change, self.left):
            column = ""
        columns = [*counts, column] if column else counts
        of_outcome = not told or any(map(self._is_of_outcome, self.frame.told))
        if of_outcome and not column:
            text = self.sentence.text[since : self.number.start]
            is_change = self.language.says(self.language.change, text)
            # "Did not differ at baseline" is of no change.
            ways = (False, True) if self._is_at_a_visit(since) else (True, False)
            columns += [
                self.column_at(each.name, is_change=way)
                for each in self.nearest(Sort.OUTCOME)[:1]
                for way in ((True,) if is_change else ways)
            ]
        tests = [
            f"{name}({column}) between {comparison}"
            for comparison in comparisons
            for column in columns
            if column in counts or column in self.study.changes or column in self.study.measured
        ]
        variables = [column, *told, *(each.name for each in self.nearest(Sort.COLUMN)[:1])]
        described = [*described_as(self.study, variables)]
        return tests or [f"{name}({of}) between {each}" for each in comparisons for of in described]

    def _is_at_a_visit(self, since: int) -> bool:
        """Whether a visit is named from a place on, or behind a decision."""
        end = len(self.sentence.text) if self.number.kind == "decision" else self.number.start
        visits = (each for each in self.named if each.meaning.sort == Sort.VISIT)
        return any(since <= each.start < end for each in visits)

    def _compared(self, since: int) -> list[str]:
        """The comparisons whose cohorts were all named from a place on, or that were so itself."""
        # "Did not differ between the groups" names them behind it.
        is_decision = self.number.kind == "decision"
        end = len(self.sentence.text) if is_decision else self.number.start
        text, said = self.sentence.text[since:end], self.sentence.reader.names.words_of
        named = {
            each.meaning.name
            for each in self.named
            if each.meaning.sort == Sort.COHORT and since <= each.start < end
        }
        comparisons = self.study.comparisons
        labels = {name: said(each.label) for name, each in comparisons.items()}
        found = [
            name
            for name, each in comparisons.items()
            if named.issuperset(each.cohorts) or (labels[name] and labels[name] <= said(text))
        ]
        is_said = self.language.says(self.language.between_groups, text)
        return found or (list(comparisons) if is_said and len(comparisons) == 1 else [])

    def _more_in_one(self, since: int) -> list[str]:
        """The comparisons of a cohort in which something was more: larger in severe disease."""
        text, end = self.sentence.text, self.number.start
        more = rf"\b(?:{self.language.more})\s+(?:[^\W\d]+\s+){{1,2}}$"
        named = {
            each.meaning.name
            for each in self.named
            if each.meaning.sort == Sort.COHORT
            and since <= each.start < end
            and re.search(more, text[since : each.start], re.IGNORECASE)
        }
        return [name for name, each in self.study.comparisons.items() if named & {*each.cohorts}]

    def _is_of_outcome(self, count: str) -> bool:
        """Whether patients were counted by what an outcome did."""
        return any(re.search(rf"\b{name}_", count) for name in self.study.outcomes)

    def of_test(self, name: str) -> list[str]:
        """The readings of a p-value or decision: between cohorts, or of pairs."""
        visits = self.behind(Sort.VISIT) or self.nearest(Sort.VISIT)
        visit = visits[0].name if visits else ""
        # "6.3 with light and 8.9 with placebo (p = 0.01)" compares those named since the last p.
        tests = [*_P_VALUE.finditer(self.sentence.text, 0, self.number.start)]
        since = tests[-1].end() if tests else 0
        compared = self._compared(since)
        differs = rf"{self.language.apart}|{self.language.differed}"
        if not compared and self.language.says(
            differs, self.sentence.text[since : self.number.start]
        ):
            compared = self._compared(0)
        against = rf"\d\s+(?:{self.language.against})\s+\d"
        if not compared and re.search(against, self.sentence.text[since : self.number.start]):
            compared = self._compared(0)
        if compared:
            return self._between(name, compared, since=since)
        more = self._more_in_one(since)
        return [
            *(self._between(name, more, since=since) if more else ()),
            *self._of_pairs(name, visit),
        ]

    def _outcome_by_value(self) -> list[Meaning]:
        """The outcome that the numbers before are of, if only these tell that."""
        name = self.frame.column.rpartition("_")[0] if self.frame.is_by_value else ""
        return [Meaning(Sort.OUTCOME, name)] if name in self.study.outcomes else []

    def _of_pairs(self, name: str, visit: str) -> list[str]:
        """The readings of a p-value or decision of pairs."""
        return [
            reading
            for each in self._outcome_by_value()
            or self.nearest(Sort.OUTCOME)
            or self.sentence.topics(Sort.OUTCOME)
            for reading in tests_of(self.study, name, each.name, visit, self.cohort, self.left)
        ]
