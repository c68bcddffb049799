"""What the results say, and what they cannot say, in plain sentences for a reader.

First what the study declares as primary and how many of the other tests reached the study's level,
then all tests, in the grids of `evidence_grid`, then what the conclusions hang on. Every number
comes from a row of results, and is traced to it; nothing is computed, and a result without
significance is never called the absence of an effect.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.base.lists import enumerated
from casebook.data.results import Result, Results
from casebook.report.between_cohorts import tests_between_cohorts
from casebook.report.evidence import TESTS, Doubt, Evidence, Kind
from casebook.report.evidence_grid import Grid, evidence_grid
from casebook.report.first_cohorts import (
    first_cohorts_words,
    where_all_are,
    with_first_cohorts,
)
from casebook.report.visit_methods import kinds_adjusted
from casebook.report.within_cohorts import tests_within_cohorts
from casebook.study.model import Study
from casebook.wording.numbers import number_text, p_words
from casebook.wording.paired_tests import level_words, some_of
from casebook.wording.sentences import IN_A_SENTENCE, ending
from casebook.wording.traces import traced


@dataclass(frozen=True, slots=True)
class MainFindings:
    """What was found, grids of the tests if there are several, and how far it can be trusted."""

    found: tuple[str, ...]
    grids: tuple[Grid, ...]
    limits: tuple[str, ...]


def main_findings(study: Study, rows: Sequence[Result], results: Results) -> MainFindings:
    """All tests of a study but those of harms, the primary ones first.

    Args:
        study: The study.
        rows: Its results in their order.
        results: The same by their keys.
    """
    between = tests_between_cohorts(study, rows, results)
    within = tests_within_cohorts(study, results)
    tests = [test for test in (*between, *within) if test.shows_p]
    untested = () if study.changes else (_no_tests(study),)
    if not tests:
        return MainFindings(untested, (), ())
    made = [test for test in tests if test.made]
    limits = (*_multiplicity(study, made), *_doubts(made), *_not_shown(study))
    if len(tests) == 1 and not study.primary:
        (test,) = tests
        return MainFindings((*untested, f"The only test, {test.told_of}."), (), limits)
    kinds = _by_kind(study, made)
    counted = (*_counted(study, kinds), *_lost_over_contrasts(study, made))
    found = (*untested, *_primary(study, tests), *counted)
    limits = (*_hopeless(study, kinds), *limits)
    return MainFindings(found, (*_grids(study, between, within),), limits)


def _no_tests(study: Study) -> str:
    """What is said of a study in which no outcome is compared between visits."""
    graded = [each.at for each in study.conditions.values()]
    graded += [each.at for each in study.grades.values()]
    if any(map(study.contrasts_of, graded)):
        return "No outcome in numbers is compared between visits."
    return f"No two visits are compared{'' if study.comparisons else ', and nothing is tested'}."


def _primary(study: Study, tests: Sequence[Evidence]) -> Iterator[str]:
    """A sentence for each primary test, or one that the study has none."""
    by_key = {test.key: test for test in tests}
    for key in study.primary:
        if key in by_key:
            yield f"Primary outcome, {by_key[key].told_of}."
    if not study.primary:
        yield (
            "The study declares no primary outcome, so no test counts for more than another. If one"
            " was chosen before the data were seen, name it under analysis.primary in study.yaml."
        )


def _by_kind(study: Study, made: Iterable[Evidence]) -> dict[Kind, list[Evidence]]:
    """The tests that are not primary, by what they are counted with."""
    primary = {*study.primary}
    told = {test.kind for test in made if test.key in primary}
    kinds: dict[Kind, list[Evidence]] = {}
    for test in made:
        if test.key not in primary:
            other = "other " if test.kind in told else ""
            one, several = f"{other}{test.kind.one}", f"{other}{test.kind.several}"
            kind = test.kind._replace(one=one, several=several)
            kinds.setdefault(kind, []).append(test)
    return kinds


def _counted(study: Study, kinds: Mapping[Kind, Sequence[Evidence]]) -> Iterator[str]:
    """For each kind how many tests reached the level, and which ones if they are few.

    Where nothing is primary these are the result of the study, so they are told with their sizes.
    """
    for kind, tests in kinds.items():
        reached = [test for test in tests if test.reached]
        gave = "gave" if reached or len(tests) > 1 else "did not give"
        many = some_of(reached, tests, kind.one, kind.several)
        if len(reached) > IN_A_SENTENCE:
            which = f"; all are {where_all_are(study, TESTS)}."
        else:
            which = ending((_named(study, test) for test in reached), "")
        yield f"{many} {gave} {level_words(study)}{which}"


def _lost_over_contrasts(study: Study, made: Iterable[Evidence]) -> Iterator[str]:
    """How many tests below the level are not, once adjusted for the contrasts; none is no news."""
    reached = [test for test in made if test.reached and test.over_contrasts]
    if lost := sum(test.lost_over_contrasts for test in reached):
        several = f"{lost} of their {len(reached)} p-values"
        yield (
            f"When adjusted (Holm) for the contrasts of one {kinds_adjusted(study)} in one cohort,"
            f" {several if len(reached) > 1 else 'their only p-value'} below"
            f" {number_text(study.analysis.alpha, 4)} {'are' if lost > 1 else 'is'} no longer"
            " below it."
        )


def _named(study: Study, test: Evidence) -> str:
    return test.where if study.primary else f"{test.where}, {test.found_in_full()}"


def _hopeless(study: Study, kinds: Mapping[Kind, Sequence[Evidence]]) -> Iterator[str]:
    """How many tests could not have reached the level, a sentence for each reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for kind, tests in kinds.items():
        if count := sum(not test.possible for test in tests):
            several = f"{count} of {len(tests)} {kind.several}"
            cases = f"the only {kind.one}" if len(tests) == 1 else several
            found.setdefault((kind.whatever, kind.because), []).append(cases)
    for (whatever, because), counted in found.items():
        yield (
            f"An exact test could not have given {level_words(study)} in {enumerated(counted)},"
            f" {whatever}, because {because} (in {TESTS}: too few)."
        )


def _grids(study: Study, between: Sequence[Evidence], within: Sequence[Evidence]) -> Iterator[Grid]:
    """The grids that there are."""
    listed = with_first_cohorts(study).cohorts
    shown = [test for test in within if test.place.row.name in listed]
    words = first_cohorts_words(study, "results.csv")
    behind = " within cohorts" if between else ""
    compared = f"{_which(study, between)} comparisons between cohorts"
    found = (
        evidence_grid("between", compared, "Compared", between),
        evidence_grid("within", f"{_which(study, within)} tests{behind}", "Cohort", shown, words),
    )
    yield from filter(None, found)


def _which(study: Study, tests: Iterable[Evidence]) -> str:
    """What is said before the tests of a grid, which has none that is primary."""
    primary = {*study.primary}
    return "The other" if any(test.key in primary for test in tests) else "All"


def _multiplicity(study: Study, made: Sequence[Evidence]) -> Iterator[str]:
    """The p-values that are adjusted for their number, and those that are not."""
    family, primary = {*study.family}, {*study.primary}
    inside = [test for test in made if test.key in family]
    over_contrasts = [*_over_contrasts(study, made)]
    yield from over_contrasts
    if not family:
        if len(made) > 1:
            yield (
                f"{'Otherwise no' if over_contrasts else 'No'} p-value is adjusted for the number"
                " of tests, as the study declares no family of tests."
            )
        return
    if inside:
        told = (
            f"{test.where} ({test.adjusted_words()})"
            for test in inside
            if test.adjusted and test.reached_by_any and test.key not in primary
        )
        count = len(inside)
        yield (
            f"Adjusted (Holm) for the {count} test{'s' * (count != 1)} that the study declares as"
            f" one family{ending(told, where_all_are(study, TESTS))}"
        )
    if outside := len(made) - len(inside):
        many = f"the {outside} tests" if outside > 1 else "the one test"
        unadjusted = "Otherwise not" if over_contrasts else "Not"
        yield f"{unadjusted} adjusted for the number of tests: {many} outside the declared family."


def _over_contrasts(study: Study, made: Iterable[Evidence]) -> Iterator[str]:
    """That p-values are adjusted for the contrasts, and which are no longer below the level."""
    adjusted = [(test, test.over_contrasts) for test in made if test.over_contrasts]
    if not adjusted:
        return
    alpha = study.analysis.alpha
    lost = [
        f"{test.where} ({p_words(p_value, alpha, traced)})"
        for test, p_value in adjusted
        if test.lost_over_contrasts
    ]
    no_longer = f"; no longer below {number_text(alpha, 4)}" if lost else ""
    yield (
        f"Also adjusted (Holm) for the contrasts of one {kinds_adjusted(study)} in one"
        f" cohort{no_longer}{ending(lost, 'in results.csv')}"
    )


def _doubts(made: Iterable[Evidence]) -> Iterator[str]:
    """What the conclusions hang on, a sentence for each thing, with the tests that it is said of.

    The details of all of them are as few as a sentence lists.
    """
    found: dict[str, list[tuple[Evidence, Doubt]]] = {}
    every = [(test, doubt) for test in made for doubt in test.doubts()]
    for test, doubt in sorted(every, key=lambda each: each[1].about):
        found.setdefault(doubt.says, []).append((test, doubt))
    for says, of in found.items():
        each = max(1, IN_A_SENTENCE // len(of))
        places = (f"{test.where}{_in_brackets(doubt.details, each)}" for test, doubt in of)
        yield f"{says}{ending(places, of[0][1].others)}"


def _in_brackets(details: Sequence[str], most: int) -> str:
    left = len(details) - most
    shown = [*details[:most], *([f"and {left:,} more"] if left > 0 else [])]
    return f" ({', '.join(shown)})" if shown else ""


def _not_shown(study: Study) -> Iterator[str]:
    """What readers may take tests of changes to show, and what they do not show."""
    if not study.every_contrast:
        return
    level = level_words(study)
    told = f"A test without {level} does not show that nothing changed."
    alone = "no change can be ascribed to the treatment alone."
    if study.comparisons:
        yield (
            f"{told} Whether cohorts differ is told by the comparisons: {level} in one cohort and"
            " not in another does not show it."
        )
    elif len(study.cohorts) == 1:
        yield f"{told} Without a comparison group {alone}"
    else:
        yield (
            f"{told} Each test compares visits of one cohort, and none compares one cohort with"
            f" another: {level} in one and not in another does not show that they differ, and"
            f" {alone} Tests of cohorts that share patients rest on the same changes."
        )
