"""Tests between the cohorts of a comparison: of values at visits, of changes, and of counts.

How they read is in `evidence`; the tables that explain them are in `comparisons`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.data.results import (
    COMPARED_OTHERWISE,
    COMPARED_WITHOUT,
    OTHER_TESTS,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.report.cohort_tests import CohortTest, tests_of
from casebook.report.comparisons import cohorts_listed, names
from casebook.report.evidence import (
    TESTS,
    About,
    Doubt,
    Evidence,
    Explained,
    Kind,
    Named,
    Place,
    Said,
    interval_in_full,
    patients,
    with_unit,
)
from casebook.report.evidence_cells import column_of, covers
from casebook.report.two_apart import TwoApart
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.wording.numbers import interval_words, level_text, p_words
from casebook.wording.places import COMPARISONS
from casebook.wording.sentences import in_brief, listed
from casebook.wording.traces import traced, traced_number

_KIND = Kind(
    "comparison between cohorts",
    "comparisons between cohorts",
    "however far apart the cohorts had been",
    "there are too few patients, or too few whose values differ",
)
_AMONG_SEVERAL = (
    "Of more than two cohorts: how much they differ (ε² of values and grades, Cramér's V of counts,"
    " from 0 to 1), the number of patients compared, and p of the overall test. Of outcomes also"
    " the largest difference between two of them with its interval, which takes no account of this"
    " choice, and whether it is better or worse for the cohort that stands before “minus”."
)
_IN_COMPARISONS = f"in the {COMPARISONS}"


def tests_between_cohorts(study: Study, rows: Sequence[Result], results: Results) -> list[Evidence]:
    """All of which there is something to show, by comparison: changes, responders, then visits.

    Each of these in the order in which the study has its contrasts and its visits.
    """
    every = tests_of(study, rows, results)
    contrasts, visits = [*study.contrast_named], [*study.visits]

    def place(test: CohortTest) -> tuple[bool, bool, int]:
        row = test.p_value
        if row.contrast:
            return False, bool(row.variable_level), contrasts.index(row.contrast)
        return True, False, visits.index(row.group2_level)

    return [
        _Between(test)
        for tests in every.values()
        for test in sorted(tests, key=place)
        if test.shows_p or test.ends or not test.comparison.two
    ]


def _directed(better: float) -> str:
    """What is above 0 where it is better, in words."""
    return "Better" if better > 0 else "Worse" if better < 0 else "Neither better nor worse"


def _favoured(direction: str, cohort: str, low: Result, high: Result) -> str:
    """For which cohort it is better or worse, which an interval across 0 leaves open."""
    if low.error or not low.number <= 0 <= high.number or direction.startswith("neither"):
        return f"{direction} for {cohort}"
    return f"{direction} for {cohort} by the estimate, though the interval includes 0"


@dataclass(frozen=True, slots=True)
class _Between(Evidence):
    """A test between the cohorts of a comparison."""

    test: CohortTest

    @property
    def study(self) -> Study:
        return self.test.study

    @property
    def kind(self) -> Kind:
        return _KIND

    @property
    def key(self) -> TestKey | None:
        return self.test.key if self.test.is_change else None

    @property
    def place(self) -> Place:
        row = self.p_value
        when = "\t".join((row.group2_level, row.contrast, row.variable_level))
        return Place(
            Named(row.group1_level, self._heading),
            Named(when, self.test.when),
            column_of(self.study, row.variable),
        )

    @property
    def _heading(self) -> str:
        """The comparison, with what a difference is."""
        comparison = self.test.comparison
        if not comparison.two:
            return f"{comparison.label}: {cohorts_listed(self.study, comparison, ', ')}"
        first, second = names(self.study, comparison)
        return f"{comparison.label}: {second} minus {first}"

    @property
    def explained(self) -> Explained:
        return Explained(f"comparison-{self.p_value.group1_level}", "comparison")

    @property
    def where(self) -> str:
        test = self.test
        return f"{test.variable}, {test.when_within}, {test.comparison.label}"

    @property
    def p_value(self) -> Result:
        return self.test.p_value

    @property
    def shows_p(self) -> bool:
        return self.test.shows_p

    @property
    def least(self) -> Result:
        return self.test.least

    @property
    def least_called(self) -> str:
        by_own_test = self.exact is self.p_value
        return "least possible" if by_own_test else "least possible with an exact test"

    @property
    def exact(self) -> Result:
        return self.test.exact

    @property
    def n(self) -> Result:
        return self.test.row("n")

    @property
    def adjusted(self) -> tuple[Result, Result] | None:
        own, exact = map(self.test.adjusted, ("p_value", "exact_p_value"))
        return (own, exact) if own and exact else None

    @property
    def size(self) -> Said:
        test, level = self.test, level_text(self.study.analysis.confidence_level)
        if test.of_ranks_alone and test.is_change:
            return self._turns
        if not test.comparison.two:
            return Said(self._among_several(), _AMONG_SEVERAL)
        if test.ends is None:
            return Said(
                self._direction,
                "Grades: whether they are better or worse in the cohort that stands before “minus”"
                " in the heading, by the mean ranks, the number of patients compared, and p. Grades"
                " have only an order, and so no difference.",
            )
        if error := test.ends[0].error:
            return Said(f"No difference: {error}")
        interval, _ = test.difference()
        if test.of_values and test.at_start:
            return Said(
                f"{self._direction}: {interval}",
                f"Outcomes at {test.when}: whether values are higher or lower in the cohort that"
                " stands before “minus” in the heading, as no treatment has changed them yet, the"
                f" difference with its {level} confidence interval, and the number of patients.",
            )
        if test.of_values:
            return Said(
                f"{self._direction}: {interval}",
                "Outcomes: whether the difference is better or worse for the cohort that stands"
                " before “minus” in the heading, the Hodges-Lehmann difference with its"
                f" {level} confidence interval, the number of patients compared, and p.",
            )
        return Said(
            f"{self._direction}: {interval}",
            "Conditions and responders: whether more or fewer have it in that cohort, the"
            f" difference in percentage points with a score interval of {level} and an exact one,"
            " the number of patients compared, and p.",
        )

    @property
    def _turns(self) -> Said:
        """How a grade or a condition changed, which has no difference but counts."""
        test = self.test
        what = "grades" if test.of_grades else "conditions"
        counted = "how many patients of each cohort changed which way, the number of patients"
        if not test.comparison.two:
            return Said(
                f"{self._among_several()}; {self._turned}",
                f"Changes of {what} in more than two cohorts: how much the cohorts differ,"
                f" {counted} compared, and p.",
            )
        side = "are better or worse" if test.of_grades else "went more to yes or to no"
        return Said(
            f"{self._direction}: {self._turned}",
            f"Changes of {what}: whether they {side} in the cohort that stands before “minus” in"
            f" the heading, by the mean ranks, {counted} compared, and p.",
        )

    @property
    def _turned(self) -> str:
        """How many patients of each cohort changed which way."""
        counted = [f"{label} {counts}" for label, counts in self._turns_by_cohort()]
        return "; ".join(listed(counted))

    def _turned_in_full(self) -> str:
        """The same within a list, whose items a semicolon parts."""
        return in_brief([f"{label} ({counts})" for label, counts in self._turns_by_cohort()])

    def _turns_by_cohort(self) -> Iterator[tuple[str, str]]:
        comparison = self.test.comparison
        for label, cohort in zip(names(self.study, comparison), comparison.cohorts, strict=True):
            better, worse, _ = self.test.turned(cohort)
            yield label, f"{better}, {worse}"

    @property
    def _direction(self) -> str:
        """For which of two cohorts it is better, or which has more, in words."""
        if self.test.ends is None:
            apart = self.test.ranks_apart
            if self.test.of_grades:
                return _directed(apart)
            return "More to yes" if apart > 0 else "More to no" if apart < 0 else "As many to yes"
        estimate, *_ = self.test.ends
        if not self.test.of_values:
            return "As many" if not estimate.number else "More" if estimate.number > 0 else "Fewer"
        return self._directed_by(estimate)

    def _directed_by(self, difference: Result) -> str:
        """Whether a difference of values is better or worse for the cohort that is named first.

        At the start it is neither, but higher or lower.
        """
        number = difference.number
        if self.test.at_start:
            return "Higher" if number > 0 else "Lower" if number < 0 else "Neither higher nor lower"
        return _directed(number if self.test.better_side == "above" else -number)

    @property
    def _known_apart(self) -> list[TwoApart]:
        """How far each two of more than two cohorts with values are apart."""
        return [each for each in self.test.each_two if not each.estimate.error]

    @property
    def _farthest_apart(self) -> TwoApart | None:
        """Which two of them differ most."""
        return max(self._known_apart, key=lambda each: abs(each.estimate.number), default=None)

    def _for_which(self, apart: TwoApart) -> str:
        """For which of these two it is better or worse."""
        second = self.study.cohorts[apart.second].label
        return f"{self._directed_by(apart.estimate).lower()} for {second}"

    def _among_several(self) -> str:
        """How much more than two cohorts differ, and the two that are farthest apart."""
        size, apart = self.test.size_text(), self._farthest_apart
        if not apart:
            return size
        return f"{size}; {apart.words(self.study)} {apart.interval}, {self._for_which(apart)}"

    def _among_several_in_full(self) -> str:
        """The same in a sentence, with what the interval is and covers, and of how many it is."""
        size, apart = self.test.size_text(), self._farthest_apart
        if not apart:
            return size
        told = (
            f"{apart.words(self.study)} {with_unit(self.study, apart.estimate)}"
            f"{interval_in_full(self.study, apart.low, apart.high, apart.coverage)},"
            f" {self._for_which(apart)}"
        )
        known = len(self._known_apart)
        if known == 1:
            return f"{size}, the difference between the only two cohorts with values being {told}"
        return (
            f"{size}, the largest of {known} differences between two cohorts being {told} (the"
            " interval takes no account of this choice)"
        )

    def more(self) -> Iterator[Said]:
        if self.test.falls_short:
            yield covers(self.study, self.test.coverage)
        apart = self._farthest_apart
        if apart and apart.coverage.warning:
            yield covers(self.study, apart.coverage)

    def found_in_full(self) -> str:
        test = self.test
        if not test.comparison.two:
            of_turns = test.of_ranks_alone and test.is_change
            turned = f", with {self._turned_in_full()}" if of_turns else ""
            return f"{self._among_several_in_full()}{turned}, in {patients(self.n)}"
        first, second = names(self.study, test.comparison)
        if test.ends is None:
            told = f"{self._direction.lower()} for {second} by mean ranks, in {patients(self.n)}"
            return f"{self._turned_in_full()}, {told}" if test.is_change else told
        apart = f"{second} minus {first}"
        estimate, low, high = test.ends
        if not test.of_values:
            exact = f", exact {test.exact_interval}" if test.exact_interval else ""
            ends = f"score interval {interval_words(low, high, traced)}{exact}"
            points = f"{traced_number(estimate)} percentage points"
            return f"{apart} {points} ({ends}) in {patients(self.n)}"
        return (
            f"{apart} {with_unit(self.study, estimate)}"
            f"{interval_in_full(self.study, low, high, test.coverage)}"
            f" in {patients(self.n)}, {_favoured(self._direction.lower(), second, low, high)}"
        )

    def doubts(self) -> Iterator[Doubt]:
        """The approximation alone, an interval that disagrees, other tests, single patients."""
        yield from self.by_approximation_alone(_IN_COMPARISONS)
        yield from self.by_disagreement(self.test.disagreement, f"in {TESTS}")
        if others := self._warned(OTHER_TESTS):
            says = "A different test would change the conclusion of a comparison"
            yield Doubt(About.OTHER_TESTS, says, tuple(map(self._by, others)), _IN_COMPARISONS)
        if patients_alone := self._warned(WITHOUT_A_PATIENT):
            says = "The conclusion of a comparison changes without one patient"
            yield Doubt(About.ONE_PATIENT, says, patients_alone, _IN_COMPARISONS)

    def _warned(self, method: str) -> tuple[str, ...]:
        """The tests, or the patients, that change the conclusion."""
        return tuple(self.test.row("n_changing", COMPARED_WITHOUT, method).warning)

    def _by(self, method: str) -> str:
        """What another test gives."""
        p_value = self.test.row("p_value", COMPARED_OTHERWISE, method)
        return f"{method}: {p_words(p_value, self.study.analysis.alpha, traced)}"
