"""The rows of all cohorts and of all patients in one table, and the p-values that are adjusted.

The rows of all patients have a file of their own too, so that what shows nothing else is not made
again with every other result.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from casebook.analysis.adjusted import CONTEXTS, adjusted
from casebook.analysis.compared_states import turns_of_conditions
from casebook.analysis.comparison import compare
from casebook.analysis.retention import curves, side_by_side
from casebook.analysis.together import of_all
from casebook.data.of_patients import write_with_patients
from casebook.data.results import (
    Result,
    join_results,
    read_results_of,
)
from casebook.data.slices import read_roster_of_each_once, read_slices
from casebook.study.load import load_study
from casebook.study.model import Study


def collect(
    study: Path,
    slices: Sequence[Path],
    summaries: Sequence[Path],
    together: Path,
    results: Path,
    harms: Path | None = None,
) -> None:
    """Write the results of all patients, and with them those of all cohorts, in the study's order.

    Args:
        study: The study.yaml.
        slices: The patients of all cohorts, in one file or several.
        summaries: The results of all cohorts, in files named after the first cohort of each.
        together: File of the results of all patients.
        results: File of all results, adjusted p-values among them.
        harms: The results on harms of all cohorts, if the study has harms.
    """
    model = load_study(study)
    place = {cohort: number for number, cohort in enumerate(model.cohorts)}
    ordered = sorted(summaries, key=lambda path: place[path.stem])
    write_with_patients(together, of_all(model, read_roster_of_each_once(slices, model.kinds)))
    between = list(_between(model, slices))
    beside = _curves(model, slices)
    tests = chain(*(read_results_of(path, CONTEXTS) for path in _of_family(model, ordered)))
    family = adjusted(model, chain(between, tests))
    join_results(
        results, [*ordered, *([harms] if harms else []), together], chain(between, beside, family)
    )


def _between(study: Study, slices: Sequence[Path]) -> Iterator[Result]:
    """All results of comparisons of cohorts, and what they alone ask of each cohort."""
    if not study.comparisons:
        return
    members = read_slices(slices, study.kinds)
    for cohort in dict.fromkeys(chain(*(each.cohorts for each in study.comparisons.values()))):
        yield from turns_of_conditions(study, cohort, members[cohort])
    for name, comparison in study.comparisons.items():
        compared = {cohort: members[cohort] for cohort in comparison.cohorts}
        yield from compare(study, name, compared)


def _curves(study: Study, slices: Sequence[Path]) -> Iterator[Result]:
    """How long treatments went on in cohorts that a figure shows side by side."""
    if study.treatment and study.treatment.goes_on and side_by_side(study):
        names = {study.treatment.duration, *study.treatment.goes_on.names}
        kinds = {name: kind for name, kind in study.kinds.items() if name in names}
        yield from curves(study, read_slices(slices, kinds))


def _of_family(study: Study, summaries: Sequence[Path]) -> list[Path]:
    """The files that a test of the study's family is in."""
    tested = {member.cohort for member in study.analysis.family}
    by_first = {path.stem: path for path in summaries}
    file, found = summaries[0], []
    for cohort in study.cohorts:
        file = by_first.get(cohort, file)
        if cohort in tested:
            found.append(file)
    return list(dict.fromkeys(found))
