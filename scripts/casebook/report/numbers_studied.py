"""How many patients were studied, in sentences, with what `numbers_missing` says of their values.

Who belongs to no cohort is told by `who_is_analysed`.
"""

from collections.abc import Iterator

from casebook.data.results import TOGETHER, Result, Results
from casebook.report.first_cohorts import where_all_are
from casebook.report.numbers_missing import numbers_missing
from casebook.study.model import Study
from casebook.wording.places import PATIENTS
from casebook.wording.sentences import ending
from casebook.wording.traces import traced_number

_PATIENTS = f"the {PATIENTS}"


def numbers_studied(study: Study, results: Results) -> Iterator[str]:
    """The patients of all cohorts together, each counted once, and the visits that they missed."""
    everyone = results.size(TOGETHER)
    yield f"{_patients(everyone)} studied{_cohorts(study, results, everyone)}"
    yield from numbers_missing(study, results)


def _patients(count: Result) -> str:
    one = count.number == 1
    return f"{traced_number(count)} {'patient was' if one else 'patients were'}"


def _cohorts(study: Study, results: Results, everyone: Result) -> str:
    sizes = {cohort.label: results.size(name) for name, cohort in study.cohorts.items()}
    if len(sizes) == 1:
        return "."
    shared = sum(size.number for size in sizes.values()) > everyone.number
    which = f" in {len(sizes)} cohorts{', some of which share patients' if shared else ''}"
    items = (f"{label} (n = {traced_number(size)})" for label, size in sizes.items())
    return f"{which}{ending(items, where_all_are(study, _PATIENTS))}"
