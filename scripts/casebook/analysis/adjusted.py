"""Rows of p-values adjusted for their number: those of a family, or of an outcome's contrasts."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from casebook.analysis.topic import Topic
from casebook.data.results import (
    ADJUSTED,
    ADJUSTMENTS,
    CHANGE,
    COMPARED,
    CONDITION,
    HOLM,
    OVER_CONTRASTS,
    PAIRED_TEST,
    TRANSITIONS,
    Result,
    Results,
)
from casebook.data.vocabulary import OfGrades
from casebook.statistics.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    bonferroni,
    hochberg,
    holm,
)
from casebook.statistics.values import FloatArray
from casebook.study.choices import TestKey
from casebook.study.model import Study

CONTEXTS = (PAIRED_TEST, CONDITION, TRANSITIONS)
"""The contexts of the tests within cohorts that a family can have."""

_METHODS = dict(
    zip(
        ADJUSTMENTS,
        (holm, hochberg, benjamini_hochberg, benjamini_yekutieli, bonferroni),
        strict=True,
    )
)


def adjusted(study: Study, results: Iterable[Result]) -> Iterator[Result]:
    """The adjusted p-values of the study's family; a test that was not made is not in it."""
    found = Results(results)
    for stat_name in ("p_value", "exact_p_value"):
        tests = [_test(study, found, key, stat_name) for key in study.family]
        for method, adjust in _METHODS.items():
            yield from _adjusted(ADJUSTED, method, adjust, stat_name, tests)


def _test(study: Study, found: Results, key: TestKey, stat_name: str) -> Result:
    """The p-value of a test of the family; those of conditions and grades are always exact."""
    cohort, name, contrast = key
    if cohort in study.comparisons:
        return found.get(cohort, name, COMPARED, stat_name, visit=CHANGE, contrast=contrast)
    if name in study.conditions:
        return found.get(cohort, name, CONDITION, "p_value", contrast=contrast)
    if name in study.grades:
        by = OfGrades.SIGN
        return found.get(cohort, name, TRANSITIONS, "p_value", contrast=contrast, method=by)
    return found.get(cohort, name, PAIRED_TEST, stat_name, contrast=contrast)


def adjusted_contrasts(results: Sequence[Result]) -> Iterator[Result]:
    """The p-values of contrasts, adjusted for their number where they are several of one outcome.

    Args:
        results: All results of outcomes, conditions or grades in a cohort.
    """
    for stat_name in ("p_value", "exact_p_value"):
        found: dict[str, list[Result]] = {}
        for result in results:
            if result.stat_name == stat_name and _is_of_contrast(result):
                found.setdefault(result.variable, []).append(result)
        for tests in found.values():
            if len(tests) > 1:
                yield from _adjusted(OVER_CONTRASTS, HOLM, holm, stat_name, tests)


def _is_of_contrast(p_value: Result) -> bool:
    """Whether it is of the test that the report shows of a change."""
    by_sign = p_value.context == TRANSITIONS and p_value.method == OfGrades.SIGN
    return by_sign or p_value.context in (PAIRED_TEST, CONDITION)


def _adjusted(
    context: str,
    method: str,
    adjust: Callable[[Sequence[float]], FloatArray],
    stat_name: str,
    tests: Sequence[Result],
) -> Iterator[Result]:
    made = [test for test in tests if not test.error]
    values = adjust([test.number for test in made]).tolist()
    by_test = {test.key: value for test, value in zip(made, values, strict=True)}
    for test in tests:
        topic = Topic(test.group1_level, test.variable, context, group=test.group1)
        topic = topic._replace(contrast=test.contrast, method=method)
        label = f"{test.stat_label}, adjusted for {len(made)} tests"
        if test.error:
            yield topic.failed(stat_name, label, test.error)
        else:
            yield topic.row(stat_name, label, by_test[test.key])
