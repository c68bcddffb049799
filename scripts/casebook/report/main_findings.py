"""What the results say, and what they cannot say, in plain sentences for a reader.

Every number comes from a row of results, and is traced to it; nothing is computed, and a result
without significance is never called the absence of an effect.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    HOLM,
    OTHER_TESTS,
    OUTCOME,
    SENSITIVITY,
    TOGETHER,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.study.model import Study
from casebook.wording.numbers import p_words
from casebook.wording.paired_tests import PairedTest, level_words, some_of
from casebook.wording.traces import traced, traced_number


@dataclass(frozen=True, slots=True)
class _Test(PairedTest):
    """A paired test as far as sentences speak of it."""

    def changing(self, method: str) -> list[Result]:
        """The other tests, or the patients left out, that change the conclusion."""
        return self.by_level("p_value", SENSITIVITY, method)

    def __str__(self) -> str:
        alpha = self.study.analysis.alpha
        own, exact = self.row("p_value"), self.row("exact_p_value")
        return f"{self.where} ({p_words(own, alpha, traced)}{_exact_words(own, exact, alpha)})"

    @property
    def in_full(self) -> str:
        """With its number of pairs and their median change."""
        pairs, change = (
            traced_number(row)
            for row in (self.row("n_pairs"), self.row("median", OUTCOME, visit=CHANGE))
        )
        unit = self.study.outcomes[self.outcome].unit
        return f"{self}: median change {change}{f' {unit}' if unit else ''} in {pairs} patients"


def _tests(study: Study, results: Results) -> list[_Test]:
    """The paired tests of every cohort, outcome and contrast, those that could not be made too."""
    return [
        _Test(study, results, cohort, name, contrast)
        for cohort in study.cohorts
        for name, outcome in study.outcomes.items()
        for contrast in study.contrasts_of(outcome.columns)
    ]


def main_findings(study: Study, results: Results) -> Iterator[str]:
    """The paired tests of a study in sentences, those with p below the study's level first."""
    tests = _tests(study, results)
    if not tests:
        size = traced_number(results.size(TOGETHER))
        at = [each.at for each in study.conditions.values()]
        at += [each.at for each in study.grades.values()]
        if any(map(study.contrasts_of, at)):
            told = "no outcome in numbers is compared between visits"
            yield f"{size} patients are described; {told}."
            return
        untested = "" if study.comparisons else ", and nothing is tested"
        yield f"{size} patients are described; no two visits are compared{untested}."
        return
    made = [test for test in tests if not test.error]
    level = level_words(study)
    yield from _reached(made, level)
    yield from _not_reached(made, level)
    impossible = [f"{test.where} ({test.error})" for test in tests if test.error]
    if impossible:
        yield f"Not tested{_listed(impossible)}"
    yield from _sensitive(made)
    yield _not_shown(study, level)


def _not_shown(study: Study, level: str) -> str:
    """What readers may take the tests to show, and what they do not show."""
    told = f"A test without {level} does not show that nothing changed."
    if study.comparisons:
        return (
            f"{told} Whether cohorts differ is told by the comparisons: {level} in one cohort and"
            " not in another does not show it."
        )
    alone = "no change can be ascribed to the treatment alone."
    if len(study.cohorts) == 1:
        return f"{told} Without a comparison group {alone}"
    return (
        f"{told} Each test compares two visits of one cohort, and none compares one cohort with"
        f" another: {level} in one and not in another does not show that they differ, and"
        f" {alone} Tests of cohorts that share patients rest on the same changes."
    )


def _reached(made: Sequence[_Test], level: str) -> Iterator[str]:
    reached = [test for test in made if test.reached]
    if reached or len(made) > 1:
        yield f"{some_of(reached, made)} gave {level}{_listed(test.in_full for test in reached)}"
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
    alpha = study.analysis.alpha
    family = study.family
    told = [
        f"{test.where} ({p_words(holm, alpha, traced)}{_exact_words(holm, exact, alpha)})"
        for test in reached
        if test.key in family
        for holm, exact in [_holm(results, test.key)]
    ]
    if told:
        made = sum(not _holm(results, member)[0].error for member in family)
        yield (
            f"Adjusted (Holm) for the {made} test{'s' * (made != 1)} that the study declares as one"
            f" family{_listed(told)}"
        )


def _holm(results: Results, test: tuple[str, str, str]) -> tuple[Result, Result]:
    """The adjusted p-value of the study's own test, and that of the exact one."""
    cohort, outcome, contrast = test
    own, exact = (
        results.get(cohort, outcome, ADJUSTED, stat, contrast=contrast, method=HOLM)
        for stat in ("p_value", "exact_p_value")
    )
    return own, exact


def _exact_words(own: Result, exact: Result, alpha: float) -> str:
    """The exact p-value where it is another one."""
    return (
        "" if exact.error or exact.stat == own.stat else f", exact {p_words(exact, alpha, traced)}"
    )


def _not_reached(made: Sequence[_Test], level: str) -> Iterator[str]:
    rest = [test for test in made if not test.reached]
    hopeless = [test for test in rest if not test.possible]
    missed = [test for test in rest if test.possible]
    if hopeless:
        cases = f" in {len(hopeless)} of {len(made)} cases" if len(made) > 1 else ""
        yield (
            f"An exact test could not have given {level}{cases}, even if every change had been in"
            " the same direction, because too few patients changed"
            f"{_listed(map(str, hopeless))}"
        )
    if missed:
        places = _listed(map(str, missed))
        yield f"{some_of(missed, made)} could have given {level} but did not{places}"


def _sensitive(made: Sequence[_Test]) -> Iterator[str]:
    """Which conclusions hang on the choice of the test, or on one patient."""
    sentences = {
        OTHER_TESTS: "Another test of the same pairs would lead to another conclusion",
        WITHOUT_A_PATIENT: "The conclusion changes without one patient",
    }
    for method, sentence in sentences.items():
        found = [
            f"{test.where} ({', '.join(_changed(row, test) for row in changing)})"
            for test in made
            if (changing := test.changing(method))
        ]
        if found:
            yield f"{sentence}{_listed(found)}"


def _changed(row: Result, test: _Test) -> str:
    words = p_words(row, test.study.analysis.alpha, traced)
    return f"{row.variable_level}: {' '.join([*row.warning, words])}"


def _listed(items: Iterable[str]) -> str:
    text = "; ".join(items)
    return f": {text}." if text else "."
