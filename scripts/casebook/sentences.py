"""What the results say, and what they cannot say, in plain sentences for a reader.

Every number comes from a row of results; nothing is computed, and a result without significance is
never called the absence of an effect.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.display import number_text, p_words
from casebook.results import (
    ADJUSTED,
    CHANGE,
    OUTCOME,
    PAIRED_TEST,
    SENSITIVITY,
    Result,
    Results,
)
from casebook.study import Study


@dataclass(frozen=True, slots=True)
class _Test:
    """The paired test of an outcome in a cohort, as far as sentences speak of it."""

    study: Study
    results: Results
    cohort: str
    outcome: str

    def row(self, stat: str, context: str = PAIRED_TEST, *, visit: str = "") -> Result:
        return self.results.get(self.cohort, self.outcome, context, stat, visit=visit)

    def changing(self, method: str) -> Result:
        """What changes the conclusion: a count, with the names in its warning."""
        return self.results.get(self.cohort, self.outcome, SENSITIVITY, "n_changing", method=method)

    @property
    def where(self) -> str:
        return f"{self.study.outcomes[self.outcome].label}, {self.study.cohorts[self.cohort].label}"

    @property
    def error(self) -> str:
        return self.row("p_value").error

    @property
    def reached(self) -> bool:
        return self.row("p_value").number < self.study.analysis.alpha

    @property
    def possible(self) -> bool:
        """Whether the exact test could have reached the study's level."""
        smallest = self.row("smallest_exact_p")
        return bool(smallest.error) or smallest.number < self.study.analysis.alpha

    def __str__(self) -> str:
        alpha = self.study.analysis.alpha
        p_value, exact = self.row("p_value"), self.row("exact_p_value")
        also = (
            "" if exact.error or exact.stat == p_value.stat else f", exact {p_words(exact, alpha)}"
        )
        return f"{self.where} ({p_words(p_value, alpha)}{also})"

    @property
    def in_full(self) -> str:
        """With its number of pairs and their median change."""
        pairs = number_text(self.row("n_pairs").number)
        change = number_text(self.row("median", OUTCOME, visit=CHANGE).number)
        return f"{self}: median change {change} in {pairs} patients"


def main_findings(study: Study, results: Results) -> Iterator[str]:
    """The paired tests of a study in sentences, those with p below the study's level first."""
    tests = [_Test(study, results, c, o) for c in study.cohorts for o in study.outcomes]
    made = [test for test in tests if not test.error]
    level = f"p < {number_text(study.analysis.alpha, 4)}"
    yield from _reached(made, level)
    yield from _not_reached(made, level)
    untested = [f"{test.where} ({test.error})" for test in tests if test.error]
    if untested:
        yield f"Not tested{_listed(untested)}"
    yield from _sensitive(made)
    yield (
        f"A test without {level} does not show that nothing changed. Cohorts that share patients"
        " give tests that rest on the same changes. Without a comparison group no change can be"
        " ascribed to the treatment alone."
    )


def _reached(made: Sequence[_Test], level: str) -> Iterator[str]:
    reached = [test for test in made if test.reached]
    if reached or len(made) > 1:
        yield f"{_of(reached, made)} gave {level}{_listed(test.in_full for test in reached)}"
    doubtful = [test for test in reached if not test.possible]
    if doubtful:
        yield (
            f"With so few patients an exact test cannot give {level}; what follows from the"
            f" approximation alone should not be relied on{_listed(map(str, doubtful))}"
        )
    yield from _adjusted(reached)


def _adjusted(reached: Sequence[_Test]) -> Iterator[str]:
    """The p-values of the tests that are in the study's family, adjusted for all of it."""
    if not reached:
        return
    study, results = reached[0].study, reached[0].results
    holm = {
        (each.cohort, each.outcome): results.get(
            each.cohort, each.outcome, ADJUSTED, "p_value", method="Holm"
        )
        for each in study.analysis.family
    }
    adjusted = [
        f"{test.where} ({p_words(holm[test.cohort, test.outcome], study.analysis.alpha)})"
        for test in reached
        if (test.cohort, test.outcome) in holm
    ]
    if adjusted:
        made = sum(not row.error for row in holm.values())
        yield (
            f"Adjusted (Holm) for the {made} tests that the study declares as one"
            f" family{_listed(adjusted)}"
        )


def _not_reached(made: Sequence[_Test], level: str) -> Iterator[str]:
    rest = [test for test in made if not test.reached]
    hopeless = [test for test in rest if not test.possible]
    missed = [test for test in rest if test.possible]
    if hopeless:
        yield (
            f"{_of(hopeless, made)} could not have given {level}: even had every change been in"
            f" the same direction, there are too few patients who changed"
            f"{_listed(map(str, hopeless))}"
        )
    if missed:
        yield f"{_of(missed, made)} could have given {level} and did not{_listed(map(str, missed))}"


def _sensitive(made: Sequence[_Test]) -> Iterator[str]:
    """Which conclusions hang on the choice of the test, or on one patient."""
    sentences = {
        "other tests": "Another test of the same pairs leads to another conclusion",
        "each patient left out in turn": "The conclusion changes without one patient",
    }
    for method, sentence in sentences.items():
        changing = [(test, test.changing(method)) for test in made]
        found = [f"{test.where} ({row.warning})" for test, row in changing if row.number]
        if found:
            yield f"{sentence}{_listed(found)}"


def _of(tests: Sequence[_Test], made: Sequence[_Test]) -> str:
    if len(made) == 1:
        return "The only test"
    return f"{len(tests) or 'None'} of the {len(made)} tests"


def _listed(items: Iterable[str]) -> str:
    text = "; ".join(items)
    return f": {text}." if text else "."
