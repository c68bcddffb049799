"""The paired tests of a study by the rows of their results, and what each could and did reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casebook.data.results import PAIRED_TEST, Result, Results
from casebook.study.model import Study
from casebook.wording.numbers import number_text


@dataclass(frozen=True, slots=True)
class PairedTest:
    """The paired test of an outcome in a cohort."""

    study: Study
    results: Results
    cohort: str
    outcome: str

    def row(self, stat: str, context: str = PAIRED_TEST, *, visit: str = "") -> Result:
        """A result on the same outcome in the same cohort."""
        return self.results.get(self.cohort, self.outcome, context, stat, visit=visit)

    @property
    def where(self) -> str:
        """The outcome and the cohort, for readers."""
        return f"{self.study.outcomes[self.outcome].label}, {self.study.cohorts[self.cohort].label}"

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
    return [
        PairedTest(study, results, row.group1_level, row.variable)
        for row in rows
        if (row.context, row.stat_name) == (PAIRED_TEST, "p_value")
    ]


def level_words(study: Study) -> str:
    """The study's level as it is written: p < 0.05."""
    return f"p < {number_text(study.analysis.alpha, 4)}"


def in_one_line(tests: Iterable[PairedTest]) -> str:
    """How many tests reached the study's level, and how many could not have."""
    made = [test for test in tests if not test.error]
    if not made:
        return "No test could be made."
    reached = [test for test in made if test.reached]
    hopeless = [test for test in made if not test.possible]
    could_not = f"; {len(hopeless)} could not have with an exact test" if hopeless else ""
    gave = "gave" if reached or len(made) > 1 else "did not give"
    return f"{some_of(reached, made)} {gave} {level_words(made[0].study)}{could_not}."


def some_of(tests: Sequence[PairedTest], made: Sequence[PairedTest]) -> str:
    """How many of the tests that were made these are, in words."""
    if len(made) == 1:
        return "The only test"
    return f"{len(tests) or 'None'} of the {len(made)} tests"
