"""The rows of all cohorts and of all patients in one table, and the p-values that are adjusted.

The rows of all patients have a file of their own too, so that what shows nothing else is not made
again with every other result.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from casebook.analysis.together import of_all
from casebook.analysis.topic import Topic
from casebook.data.patients import read_each_once
from casebook.data.results import (
    ADJUSTED,
    HOLM,
    PAIRED_TEST,
    Result,
    Results,
    read_results,
    write_results,
)
from casebook.statistics.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    hochberg,
    holm,
)
from casebook.statistics.values import FloatArray
from casebook.study.load import load_study
from casebook.study.model import Study

_METHODS = {
    HOLM: holm,
    "Hochberg": hochberg,
    "Benjamini-Hochberg": benjamini_hochberg,
    "Benjamini-Yekutieli": benjamini_yekutieli,
}


def collect(
    study: Path, slices: Sequence[Path], summaries: Sequence[Path], together: Path, results: Path
) -> None:
    """Write the results of all patients, and with them those of all cohorts, in the study's order.

    Args:
        study: The study.yaml.
        slices: The patients of each cohort.
        summaries: The results of each cohort, in files named after the cohorts.
        together: File of the results of all patients.
        results: File of all results, adjusted p-values among them.
    """
    model = load_study(study)
    by_cohort = {path.stem: path for path in summaries}
    rows = [row for cohort in model.cohorts for row in read_results(by_cohort[cohort])]
    shared = list(of_all(model, read_each_once(slices, model.kinds)))
    write_results(together, shared)
    write_results(results, [*rows, *shared, *adjusted(model, rows)])


def adjusted(study: Study, results: Sequence[Result]) -> Iterator[Result]:
    """The adjusted p-values of the study's family; a test that was not made is not in it."""
    found = Results(results)
    for stat_name in ("p_value", "exact_p_value"):
        tests = [
            found.get(member.cohort, member.outcome, PAIRED_TEST, stat_name)
            for member in study.analysis.family
        ]
        for method, adjust in _METHODS.items():
            yield from _adjusted(method, adjust, tests)


def _adjusted(
    method: str, adjust: Callable[[Sequence[float]], FloatArray], tests: Sequence[Result]
) -> Iterator[Result]:
    made = [test for test in tests if not test.error]
    values = adjust([test.number for test in made]).tolist()
    by_test = {test.key: value for test, value in zip(made, values, strict=True)}
    for test in tests:
        topic = Topic(test.group1_level, test.variable, ADJUSTED, method=method)
        label = f"{test.stat_label}, adjusted for {len(made)} tests"
        if test.error:
            yield topic.failed(test.stat_name, label, test.error)
        else:
            yield topic.row(test.stat_name, label, by_test[test.key])
