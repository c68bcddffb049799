"""The paired tests of a study by the rows of their results, and what each could and did reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casebook.data.results import ESTIMATE, OUTCOME, PAIRED_TEST, SHIFT, Result, Results
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording.numbers import Show, interval_text, number_text, plainly


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The paired test of an outcome in a cohort, in a contrast."""

    study: Study
    results: Results
    cohort: str
    outcome: str
    contrast: Contrast

    def row(
        self,
        stat: str,
        context: str = PAIRED_TEST,
        *,
        level: str = "",
        visit: str = "",
        by: str = "",
    ) -> Result:
        """A result on the same outcome in the same cohort and contrast."""
        of = (self.cohort, self.outcome, context, stat)
        name = self.contrast.name
        return self.results.get(*of, level=level, visit=visit, contrast=name, method=by)

    def at(self, visit: str, stat: str) -> Result:
        """A result on all values of the outcome at a visit."""
        return self.results.get(self.cohort, self.outcome, OUTCOME, stat, visit=visit)

    def by_method(self, stat: str, context: str) -> list[Result]:
        """The results by every method."""
        of = (self.cohort, self.outcome, context, stat)
        return self.results.methods(*of, contrast=self.contrast.name)

    def by_level(self, stat: str, context: str, by: str = "") -> list[Result]:
        """The results of every level."""
        of = (self.cohort, self.outcome, context, stat)
        return self.results.levels(*of, by, contrast=self.contrast.name)

    @property
    def key(self) -> TestKey:
        """The names of cohort, outcome and contrast."""
        return self.cohort, self.outcome, self.contrast.name

    @property
    def shift(self) -> tuple[Result, Result, Result]:
        """The estimate that belongs to the test, and the ends of its interval."""
        estimate, low, high = map(self._of_shift, ("estimate", "conf_low", "conf_high"))
        return estimate, low, high

    @property
    def coverage(self) -> Result:
        """The coverage that this interval attains; it has a warning where that is too little."""
        return self._of_shift("coverage")

    @property
    def has_interval(self) -> bool:
        """Whether there is an interval of the shift; that of one patient would never cover."""
        return not self.coverage.error and self.coverage.number > 0

    @property
    def falls_short(self) -> bool:
        """Whether there is an interval, and even the widest covers less often than it should."""
        return self.has_interval and bool(self.coverage.warning)

    def shift_text(self, show: Show = plainly) -> str:
        """The estimate, with its interval if there is one."""
        estimate, low, high = self.shift
        if estimate.error or self.has_interval:
            return interval_text(estimate, low, high, show)
        return show(number_text(estimate.number), estimate)

    def _of_shift(self, stat: str) -> Result:
        return self.row(stat, ESTIMATE, by=SHIFT)

    @property
    def outcome_label(self) -> str:
        """The outcome, and the contrast where the study has several, for readers."""
        return of_contrast(self.study, self.study.outcomes[self.outcome].label, self.contrast)

    @property
    def where(self) -> str:
        """The outcome, the contrast where there are several, and the cohort, for readers."""
        return f"{self.outcome_label}, {self.study.cohorts[self.cohort].label}"

    @property
    def error(self) -> str:
        """Why the test could not be made; empty for one that was."""
        return self.row("p_value").error

    @property
    def reached(self) -> bool:
        """Whether p is below the study's level."""
        return self.row("p_value").number < self.study.analysis.alpha

    @property
    def possible(self) -> bool:
        """Whether the exact test could have reached the study's level."""
        smallest = self.row("smallest_exact_p")
        return bool(smallest.error) or smallest.number < self.study.analysis.alpha


def paired_tests(study: Study, rows: Iterable[Result]) -> list[PairedTest]:
    """The tests of these results, those that could not be made among them, in their order."""
    rows = list(rows)
    results = Results(rows)
    contrasts = study.contrast_named
    return [
        PairedTest(study, results, row.group1_level, row.variable, contrasts[row.contrast])
        for row in rows
        if (row.context, row.stat_name) == (PAIRED_TEST, "p_value") and row.contrast in contrasts
    ]


def of_contrast(study: Study, text: str, contrast: Contrast) -> str:
    """A text with the name of a contrast, where a study has several."""
    return f"{text}, {contrast.label}" if len(study.every_contrast) > 1 else text


def ahead(study: Study, contrast: Contrast) -> str:
    """What stands before what is told of a contrast: its name, where a study has several."""
    return f"{contrast.label}: " if len(study.every_contrast) > 1 else ""


def tests_of(study: Study, results: Results, cohort: str, outcome: str) -> list[PairedTest]:
    """The tests of an outcome in a cohort, one for each contrast."""
    contrasts = study.contrasts_of(study.outcomes[outcome].visits)
    return [PairedTest(study, results, cohort, outcome, each) for each in contrasts]


def level_words(study: Study) -> str:
    """The study's level as it is written: p < 0.05."""
    return f"p < {number_text(study.analysis.alpha, 4)}"


def in_one_line(tests: Iterable[PairedTest]) -> str:
    """How many tests reached the study's level, and how many could not have."""
    tests = list(tests)
    made = [test for test in tests if not test.error]
    if not made:
        return "No test could be made." if tests else "No outcome is compared between visits."
    reached = [test for test in made if test.reached]
    could_not = _could_not(sum(not test.possible for test in made), len(made))
    gave = "gave" if reached or len(made) > 1 else "did not give"
    study = made[0].study
    one = called(study)
    return f"{some_of(reached, made, one, f'{one}s')} {gave} {level_words(study)}{could_not}."


def _could_not(hopeless: int, made: int) -> str:
    """How many of the tests that were made could not have reached the level, if any."""
    if not hopeless:
        return ""
    if hopeless < made:
        return f"; {hopeless} could not have with an exact test"
    which = f"none of the {made} could have" if made > 1 else "it could not have"
    return f"; with an exact test {which}"


def called(study: Study) -> str:
    """What a paired test is called: a test, unless there are others that it is not."""
    others = study.comparisons or study.conditions or study.grades
    return "paired test" if others or study.visits_over(study.visits) else "test"


def some_of(tests: Sequence[object], made: Sequence[object], one: str, several: str) -> str:
    """How many of the tests that were made these are, in words."""
    if len(made) == 1:
        return f"The only {one}"
    if len(tests) == len(made):
        return f"{'Both' if len(made) == 2 else f'All {len(made)}'} {several}"
    return f"{len(tests) or 'None'} of the {len(made)} {several}"
