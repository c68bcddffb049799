"""Rows of the comparison of harms: patients with any, of each kind and by term, between cohorts.

Cohorts are compared by what was counted of each, which is in `harms`.
"""

from collections.abc import Iterator

from casebook.analysis.comparison_tests import counted_rows
from casebook.analysis.topic import Topic
from casebook.data.harms import HARMS
from casebook.data.results import COMPARED, COMPARISON, HARM, Result, Results
from casebook.study.model import Study


def compare_harms(study: Study, results: Results) -> Iterator[Result]:
    """How the patients with adverse events differ between the cohorts of each comparison.

    Args:
        study: The study.
        results: The results on harms of all cohorts that are compared.
    """
    for name in study.comparisons:
        yield from compare_harms_of(study, name, results)


def compare_harms_of(study: Study, name: str, results: Results) -> Iterator[Result]:
    """The same of one comparison, by its name."""
    kinds, cohorts = study.harms.kinds if study.harms else {}, study.comparison(name).cohorts
    counted = results.levels(cohorts[0], HARMS, HARM, "count")
    terms = [(HARMS, row.variable_level) for row in counted]
    for variable, term in [*((kind, "") for kind in kinds), *terms]:
        table = []
        for cohort in cohorts:
            count, n = (
                int(results.get(cohort, variable, HARM, stat, level=term).number)
                for stat in ("count", "n")
            )
            table.append([count, n - count])
        topic = Topic(name, variable, COMPARED, level=term, group=COMPARISON)
        yield from counted_rows(study.analysis, topic, table)
