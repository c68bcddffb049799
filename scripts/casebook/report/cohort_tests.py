"""One test between the cohorts of a comparison, with all that the report says of it.

Rows of results are shown, each number traced to its own; nothing is computed. The tables and
sentences that they stand in are in `comparisons`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from casebook.data.harms import KINDS as HARMS_OF_A_PATIENT
from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    COMPARED,
    COMPARED_WITHOUT,
    CONDITION,
    DIFFERENCE,
    GRADE,
    HOLM,
    OUTCOME,
    RESPONDERS,
    SHIFT,
    TRANSITIONS,
    WITHOUT_A_PATIENT,
    Result,
    Results,
    less,
)
from casebook.data.vocabulary import Among, Method
from casebook.report.two_apart import TwoApart
from casebook.study.choices import TestKey
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.study.outcomes import Condition, Grade, Outcome
from casebook.wording.conclusions import Disagreement, approximate_at_odds, interval_at_odds
from casebook.wording.more_conclusions import TURNS, by_exact_test, shows_p
from casebook.wording.numbers import (
    NOT_COMPUTED,
    count_text,
    interval_text,
    interval_words,
    median_text,
    share_text,
)
from casebook.wording.paired_tests import of_contrast
from casebook.wording.traces import traced, traced_number

BETWEEN_GRADES = " / "
"""Stands between the counts of grades, and between their labels."""

_OF_INTERVAL = ("estimate", "conf_low", "conf_high", "coverage")


@dataclass(frozen=True, slots=True)
class CohortTest:
    """The test of one quantity between the cohorts of a comparison, by its row of the p-value."""

    study: Study
    results: Results
    p_value: Result

    @property
    def comparison(self) -> Comparison:
        """The comparison that it belongs to."""
        return self.study.comparisons[self.p_value.group1_level]

    def row(self, stat: str, context: str = COMPARED, method: str = "") -> Result:
        """A result on the same quantity; the method may be left out for the study's own test."""
        own = self.p_value.method if context == COMPARED and stat != "n" else method
        key = self.p_value.key._replace(context=context, statistic=stat, method=own)
        return self.results[key]

    @property
    def of_values(self) -> bool:
        """Whether measured values are compared, and neither grades nor counts."""
        return self.p_value.variable in self.study.outcomes and not self.p_value.variable_level

    @property
    def better(self) -> str:
        """Which values of the outcome are better: higher or lower."""
        return self.study.outcomes[self.p_value.variable].better

    @property
    def better_side(self) -> str:
        """On which side of 0 a difference is better for the second cohort: below or above."""
        turned = self.is_change and self.study.outcomes[self.p_value.variable].sign < 0
        return "above" if (self.better == "higher") != turned else "below"

    @property
    def of_grades(self) -> bool:
        """Whether grades are compared, by their order alone."""
        return self.p_value.variable in self.study.grades

    @property
    def of_ranks_alone(self) -> bool:
        """Whether grades, or the changes of a condition, are compared, which have no difference."""
        return self.of_grades or (self.is_change and self.p_value.variable in self.study.conditions)

    @property
    def changed(self) -> str:
        """The outcome, and the contrast where there are several; of values the visit."""
        if not self.is_change:
            return f"{self.variable}, {self.when_within}"
        contrast = self.study.contrast_named[self.p_value.contrast]
        return of_contrast(self.study, self.variable, contrast)

    @property
    def variable(self) -> str:
        """What is compared, without the visit."""
        study = self.study
        known: dict[str, Outcome | Condition | Grade] = {
            **study.outcomes,
            **study.conditions,
            **study.grades,
        }
        return known[self.p_value.variable].label

    @property
    def when(self) -> str:
        """The visit, the change, or the threshold of responders, as a heading."""
        return self._when(str.capitalize)

    @property
    def when_within(self) -> str:
        """The same within a sentence, where labels stay as the study writes them."""
        return self._when(str)

    def _when(self, begun: Callable[[str], str]) -> str:
        study, row = self.study, self.p_value
        if not row.contrast:
            return study.visits[row.group2_level].label
        what = begun("change")
        if row.variable in study.conditions and row.variable_level:
            what = begun(TURNS[row.variable_level])
        elif row.variable_level:
            what = study.outcomes[row.variable].responders[row.variable_level].label
        return of_contrast(study, what, study.contrast_named[row.contrast])

    @property
    def grades(self) -> dict[str, str]:
        """The grades that are compared, in their order, with their labels."""
        return dict(self.study.levels_of(self.study.grades[self.p_value.variable]))

    @property
    def ranks_apart(self) -> float:
        """How far the mean rank of the second of two cohorts is above the first's.

        Of grades above 0 is better, of conditions it is more to yes. The unit is that of the
        statistic, which counts the pairs in which what the second cohort has stands later, a tie
        one half: of all pairs, half of them are expected.
        """
        first, second = (self._compared_in(cohort).number for cohort in self.comparison.cohorts)
        later = self.row("statistic").number - first * second / 2
        grade = self.study.grades.get(self.p_value.variable)
        return -later if grade and grade.better == "first" else later

    def _compared_in(self, cohort: str) -> Result:
        """How many patients of a cohort have a grade, or both visits of a change."""
        of, visit = (cohort, self.p_value.variable), self.p_value.group2_level
        if self.is_change:
            return self.results.get(*of, self._context, "n_pairs", contrast=self.p_value.contrast)
        return self.results.get(*of, GRADE, "n", visit=visit)

    @property
    def _context(self) -> str:
        """The context of what is known of a grade or condition at both visits of a cohort."""
        return TRANSITIONS if self.of_grades else CONDITION

    def turned(self, cohort: str) -> tuple[str, str, str]:
        """How many patients of a cohort became better, worse and neither, in words.

        Or went to yes, to no and neither, as tests within cohorts say.
        """
        find = partial(
            self.results.get,
            *(cohort, self.p_value.variable, self._context),
            contrast=self.p_value.contrast,
        )
        if self.of_grades:
            better, worse, words = "n_improved", "n_worsened", ("better", "worse")
        else:
            better, worse, words = "n_gained", "n_lost", ("to yes", "to no")
        return (
            f"{traced_number(find(better))} {words[0]}",
            f"{traced_number(find(worse))} {words[1]}",
            f"{traced_number(find('n_unchanged'))} unchanged",
        )

    @property
    def is_change(self) -> bool:
        """Whether changes are compared."""
        return self.p_value.group2_level == CHANGE

    @property
    def at_start(self) -> bool:
        """Whether the first of several visits is compared."""
        first, *later = self.study.visits
        return bool(later) and self.p_value.group2_level == first

    @property
    def shows_p(self) -> bool:
        """Whether the p-value is shown: of the start only where the study asks for it."""
        return shows_p(self.study, self.p_value)

    @property
    def ends(self) -> tuple[Result, Result, Result] | None:
        """The difference and the ends of its interval; None of ranks alone, or several cohorts."""
        if self.of_ranks_alone or not self.comparison.two:
            return None
        method = SHIFT if self.of_values else Method.RISK_DIFFERENCE
        estimate, low, high = (
            self.row(stat, DIFFERENCE, method) for stat in ("estimate", "conf_low", "conf_high")
        )
        return estimate, low, high

    def size_text(self) -> str:
        """The number that says how much more than two cohorts differ."""
        among = Among.CRAMERS_V if self.of_counts else Among.EPSILON_SQUARED
        size = self.row("estimate", DIFFERENCE, among)
        return NOT_COMPUTED if size.error else f"{among.symbol} {traced_number(size)}"

    @property
    def each_two(self) -> list[TwoApart]:
        """How far each two of more than two cohorts are apart in their values."""
        if self.comparison.two or not self.of_values:
            return []
        return [
            TwoApart(first, second, *(self._apart(first, second, stat) for stat in _OF_INTERVAL))
            for first, second in combinations(self.comparison.cohorts, 2)
        ]

    def _apart(self, first: str, second: str, stat: str) -> Result:
        key = self.p_value.key._replace(level=less(second, first), statistic=stat)
        return self.results[key._replace(context=DIFFERENCE, method=SHIFT)]

    @property
    def coverage(self) -> Result:
        """What the interval of a difference of values attains."""
        return self.row("coverage", DIFFERENCE, SHIFT)

    def difference(self) -> tuple[str, str]:
        """The difference with its interval, and the coverage that the interval attains.

        Of counts there is an exact interval beside it, which covers at least its level.
        """
        if self.ends is None:
            return NOT_COMPUTED, NOT_COMPUTED
        text = interval_text(*self.ends, traced)
        if not self.of_values:
            exact = self.exact_interval
            return f"{text}; exact {exact}" if exact else text, NOT_COMPUTED
        coverage = self.coverage
        attained = "" if coverage.error else traced(share_text(coverage.number), coverage)
        return text, attained or NOT_COMPUTED

    @property
    def falls_short(self) -> bool:
        """Whether even the widest interval of the difference covers less often than it should."""
        if not self.of_values or not self.comparison.two:
            return False
        return bool(self.coverage.warning)

    @property
    def exact_interval(self) -> str:
        """Both ends of the exact interval of a difference of counts; empty if there is none."""
        low, high = (
            self.row(stat, DIFFERENCE, Method.RISK_DIFFERENCE_EXACT)
            for stat in ("conf_low", "conf_high")
        )
        return "" if low.error else interval_words(low, high, traced)

    @property
    def of_counts(self) -> bool:
        """Whether counts of patients are compared."""
        return not self.of_values and not self.of_ranks_alone

    @property
    def reached(self) -> bool:
        """Whether p is below the study's level."""
        return self.p_value.number < self.study.analysis.alpha

    @property
    def disagreement(self) -> Disagreement | None:
        """Why the test and the interval of the difference disagree; None where they do not."""
        if self.p_value.error or self.ends is None:
            return None
        _, low, high = self.ends
        if low.error or self.reached != (low.number <= 0 <= high.number):
            return None
        if not self.of_values:
            return Disagreement(
                "the test takes the total of such patients as given and so stays below its level,"
                " while the interval covers near its level on average"
            )
        analysis = self.study.analysis
        if why := interval_at_odds(analysis, self.coverage, traced, reached=self.reached):
            return why
        if (self.exact.number < analysis.alpha) != self.reached:
            return approximate_at_odds(self.exact, analysis.alpha, traced)
        return Disagreement("test and interval take equal values differently")

    @property
    def key(self) -> TestKey:
        """The names of comparison, outcome and contrast."""
        return self.p_value.group1_level, self.p_value.variable, self.p_value.contrast

    @property
    def exact(self) -> Result:
        """The p-value of the exact test, which may be the study's own."""
        return by_exact_test(self.results, self.p_value)

    @property
    def least(self) -> Result:
        """The smallest p-value that the exact test could have given, or what stands in for it."""
        return by_exact_test(self.results, self.row("smallest_p"))

    def adjusted(self, stat: str = "p_value") -> Result | None:
        """The p-value, or the exact one, by Holm's method, of a test of the study's family."""
        if not self.is_change or self.key not in self.study.family:
            return None
        key = self.p_value.key._replace(visit="", context=ADJUSTED, statistic=stat, method=HOLM)
        return self.results[key]

    def of_cohort(self, cohort: str) -> str:
        """What a cohort has: a median with quartiles, patients by grade or turn, or a count."""
        row = self.p_value
        if self.of_ranks_alone and self.is_change:
            return ", ".join(self.turned(cohort))
        find = partial(
            self.results.get,
            *(cohort, row.variable),
            visit=row.group2_level,
            contrast=row.contrast,
        )
        if self.of_values:
            median, low, high, n = (find(OUTCOME, stat) for stat in ("median", "p25", "p75", "n"))
            return f"{median_text(median, low, high, traced)}, n = {traced_number(n)}"
        if self.of_grades:
            counts = (find(GRADE, "count", level=level) for level in self.grades)
            return BETWEEN_GRADES.join(map(traced_number, counts))
        context = CONDITION if row.variable in self.study.conditions else RESPONDERS
        count = find(context, "count", level=row.variable_level)
        percent = find(context, "percent", level=row.variable_level, method="Wilson")
        return count_text(count, percent, traced)

    def hangs_on(self) -> str:
        """How many patients there are without whom the conclusion changes, and who they are."""
        if self.p_value.error:
            return NOT_COMPUTED
        count = self.row("n_changing", COMPARED_WITHOUT, WITHOUT_A_PATIENT)
        who = ", ".join(count.warning)
        return f"{traced_number(count)}{f': {who}' if who else ''}"


def tests_of(study: Study, rows: Iterable[Result], results: Results) -> dict[str, list[CohortTest]]:
    """The tests of each comparison but those of harms, in the order of the results.

    Who gained or lost a condition is left out where no patient of any cohort could.
    """
    found: dict[str, list[CohortTest]] = {name: [] for name in study.comparisons}
    for row in rows:
        is_test = (row.context, row.stat_name) == (COMPARED, "p_value")
        if is_test and row.variable not in HARMS_OF_A_PATIENT:
            test = CohortTest(study, results, row)
            is_turn = row.variable in study.conditions and row.variable_level
            if not is_turn or test.row("n").number:
                found[row.group1_level].append(test)
    return found


def main_tests(tests: Sequence[CohortTest]) -> list[CohortTest]:
    """What the main findings tell of: changes, or without any the values and grades."""
    changes = [test for test in tests if test.is_change]
    return changes or [t for t in tests if t.shows_p and (t.of_values or t.of_grades)]
