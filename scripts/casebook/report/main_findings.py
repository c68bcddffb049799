"""What the results say, and what they cannot say, in plain sentences for a reader.

First what the study declares as primary, then how many of the other tests reached the study's
level, which the grid of `evidence_grid` shows, then what the conclusions hang on. Every number
comes from a row of results, and is traced to it; nothing is computed, and a result without
significance is never called the absence of an effect.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebook.base.lists import first_of
from casebook.data.results import (
    ADJUSTED,
    HOLM,
    OTHER_TESTS,
    SENSITIVITY,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.report.evidence_grid import Grid, evidence_grid
from casebook.report.first_cohorts import where_all_are
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.wording.conclusions import direction, disagreement
from casebook.wording.numbers import (
    both_p_words,
    interval_words,
    number_text,
    p_words,
    share_text,
)
from casebook.wording.paired_tests import PairedTest, called, level_words, some_of, tests_of
from casebook.wording.sentences import IN_A_SENTENCE, ending
from casebook.wording.traces import traced, traced_number

_GRID, _SENSITIVITY = "the grid", "the table under Sensitivity"


@dataclass(frozen=True, slots=True)
class MainFindings:
    """The findings in their order: sentences, a grid of tests if there are several, sentences."""

    first: tuple[str, ...]
    grid: Grid | None
    hanging: tuple[str, ...]


def main_findings(study: Study, results: Results) -> MainFindings:
    """The paired tests of a study, the primary ones first."""
    tests = {
        test.key: test
        for cohort in study.cohorts
        for outcome in study.outcomes
        for test in tests_of(study, results, cohort, outcome)
    }
    if not tests:
        return MainFindings((_no_tests(study),), None, ())
    primary = [tests.pop(key) for key in study.primary if key in tests]
    if len(tests) == 1 and not study.primary and not study.comparisons:
        return _of_the_only_test(*tests.values())
    others, each = [*tests.values()], called(study)
    return MainFindings(
        (*_primary(study, primary), *_others(others, f"other {each}" if primary else each)),
        evidence_grid(study, others),
        (*_hanging([*primary, *others]), _not_shown(study)),
    )


def _no_tests(study: Study) -> str:
    """What is said of a study in which no outcome is compared between visits."""
    graded = [each.at for each in study.conditions.values()]
    graded += [each.at for each in study.grades.values()]
    if any(map(study.contrasts_of, graded)):
        return "No outcome in numbers is compared between visits."
    return f"No two visits are compared{'' if study.comparisons else ', and nothing is tested'}."


def _of_the_only_test(test: PairedTest) -> MainFindings:
    told = f"The only test, {test.where}: {_in_full(test)}."
    return MainFindings((told,), None, (*_hanging([test]), _not_shown(test.study)))


def _primary(study: Study, tests: Sequence[PairedTest]) -> Iterator[str]:
    """A sentence for each of these primary tests, or one that the study has none."""
    for test in tests:
        yield f"Primary outcome, {test.where}: {_in_full(test)}."
    if not study.primary:
        yield (
            "The study declares no primary outcome, so no test counts for more than another; one"
            " that was chosen before the data were seen is declared under analysis.primary in"
            " study.yaml, by its cohort and outcome."
        )


def _in_full(test: PairedTest) -> str:
    """A test with its estimate, the interval and what that covers, and the least p possible."""
    if test.error:
        return f"not tested ({test.error})"
    unit = test.study.outcomes[test.outcome].unit
    shift, *_ = test.shift
    return (
        f"shift {traced_number(shift)}{f' {unit}' if unit else ''}{_interval(test)}"
        f" in {_patients(test.row('n_pairs'))}, {direction(test)}; {_with_least(test)}"
    )


def _interval(test: PairedTest) -> str:
    """The interval of the shift in brackets, if there is one."""
    if not test.has_interval:
        return ""
    _, low, high = test.shift
    ends = interval_words(low, high, traced)
    attained = traced(share_text(test.coverage.number), test.coverage)
    if test.coverage.warning:
        return f" (widest interval {ends}, which covers with only {attained})"
    level = share_text(test.study.analysis.confidence_level)
    return f" ({level} confidence interval {ends}, attained coverage {attained})"


def _patients(count: Result) -> str:
    return f"{traced_number(count)} patient{'s' * (count.number != 1)}"


def _with_least(test: PairedTest) -> str:
    """The p-values of a test, and the least that an exact test could have given."""
    alpha, exact = test.study.analysis.alpha, test.row("exact_p_value")
    least = test.row("smallest_exact_p")
    told = both_p_words(test.row("p_value"), exact, alpha, traced)
    if least.error:
        return told
    if exact.stat == least.stat:
        told = f"{told}, the least possible with an exact test"
    else:
        told = f"{told}; least possible with an exact test: {p_words(least, alpha, traced)}"
    if test.possible:
        return told
    return f"{told}, so {level_words(test.study)} was out of reach as too few patients changed"


def _others(tests: Sequence[PairedTest], each: str) -> Iterator[str]:
    """How many tests reached the level, which ones, and how many could not have."""
    made = [test for test in tests if not test.error]
    if not made:
        return
    level = level_words(made[0].study)
    reached = [test for test in made if test.reached]
    hopeless = [test for test in made if not test.possible]
    gave = "gave" if reached or len(made) > 1 else "did not give"
    yield f"{some_of(reached, made, each)} {gave} {level}{_listed(_where(reached), made, _GRID)}"
    if hopeless:
        cases = f" in {len(hopeless)} of {len(made)} cases" if len(made) > 1 else ""
        yield (
            f"An exact test could not have given {level}{cases}, even if every change had been in"
            " the same direction, because too few patients changed (in the grid: too few)."
        )


def _listed(items: Iterable[str], made: Sequence[PairedTest], table: str) -> str:
    """The end of a sentence on some of the tests that were made, all of which are in a table."""
    return ending(items, where_all_are(made[0].study, table))


def _where(tests: Iterable[PairedTest]) -> list[str]:
    return [test.where for test in tests]


def _hanging(tests: Sequence[PairedTest]) -> Iterator[str]:
    """What the conclusions hang on."""
    made = [test for test in tests if not test.error]
    yield from _approximate(made)
    yield from _disagreeing(made)
    yield from _adjusted(made)
    yield from _sensitive(made)


def _approximate(made: Sequence[PairedTest]) -> Iterator[str]:
    doubtful = [test for test in made if test.reached and not test.possible]
    if doubtful:
        yield (
            f"With so few patients an exact test cannot give {level_words(doubtful[0].study)}; what"
            " follows from the approximation alone should not be relied on"
            f"{_listed((f'{test.where} ({_p(test)})' for test in doubtful), made, _GRID)}"
        )


def _p(test: PairedTest) -> str:
    own, exact = test.row("p_value"), test.row("exact_p_value")
    return both_p_words(own, exact, test.study.analysis.alpha, traced)


def _disagreeing(made: Sequence[PairedTest]) -> Iterator[str]:
    """Where the test and the interval of the shift lead to different conclusions, and why."""
    found: dict[str, list[str]] = {}
    for test in made:
        if why := disagreement(test, traced):
            level = number_text(test.study.analysis.alpha, 4)
            told = f"includes 0 although p is below {level}"
            if not test.reached:
                told = f"excludes 0 although p is not below {level}"
            places = found.setdefault(f"The interval {told}, because {why.why}", [])
            places.append(f"{test.where} ({why.number})" if why.number else test.where)
    for sentence, places in found.items():
        yield f"{sentence}{_listed(places, made, _GRID)}"


def _adjusted(made: Sequence[PairedTest]) -> Iterator[str]:
    """The p-values that are adjusted for each other, and how many are not adjusted."""
    if not made:
        return
    study, results = made[0].study, made[0].results
    alpha, family = study.analysis.alpha, study.family
    outside = [test for test in made if test.key not in family]
    if not family:
        if len(made) > 1:
            yield (
                "No p-value is adjusted for the number of tests, as the study declares no family of"
                " tests."
            )
        return
    in_no_grid = made if len(made) == 1 else [test for test in made if test.key in study.primary]
    told = [
        f"{test.where} ({both_p_words(*_holm(results, test.key), alpha, traced)})"
        for test in made
        if test.key in family and (test.reached or test in in_no_grid)
    ]
    if told:
        count = sum(not _holm(results, member)[0].error for member in family)
        yield (
            f"Adjusted (Holm) for the {count} test{'s' * (count != 1)} that the study declares as"
            f" one family{_listed(told, made, _GRID)}"
        )
    if outside:
        many = f"the {len(outside)} tests" if len(outside) > 1 else "the one test"
        yield f"Not adjusted for the number of tests: {many} outside the declared family."


def _holm(results: Results, test: TestKey) -> tuple[Result, Result]:
    """The adjusted p-value of the study's own test, and that of the exact one."""
    cohort, outcome, contrast = test
    own, exact = (
        results.get(cohort, outcome, ADJUSTED, stat, contrast=contrast, method=HOLM)
        for stat in ("p_value", "exact_p_value")
    )
    return own, exact


def _sensitive(made: Sequence[PairedTest]) -> Iterator[str]:
    """Which conclusions hang on the choice of the test, or on one patient."""
    sentences = {
        OTHER_TESTS: "Another test of the same pairs would lead to another conclusion",
        WITHOUT_A_PATIENT: "The conclusion changes without one patient",
    }
    for method, sentence in sentences.items():
        changing = [(test, test.by_level("p_value", SENSITIVITY, method)) for test in made]
        found = [(test, rows) for test, rows in changing if rows]
        if found:
            each = max(1, IN_A_SENTENCE // len(found))
            places = (
                f"{test.where} ({', '.join(first_of([_changed(row, test) for row in rows], each))})"
                for test, rows in found
            )
            yield f"{sentence}{_listed(places, made, _SENSITIVITY)}"


def _changed(row: Result, test: PairedTest) -> str:
    words = p_words(row, test.study.analysis.alpha, traced)
    return f"{row.variable_level}: {' '.join([*row.warning, words])}"


def _not_shown(study: Study) -> str:
    """What readers may take the tests to show, and what they do not show."""
    level = level_words(study)
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
