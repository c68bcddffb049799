"""How many patients were studied, and at which visits their values are missing, in sentences.

Which cohorts lack whom is told by the table of the response; who belongs to no cohort, by
`who_is_analysed`.
"""

from collections.abc import Iterator

from casebook.data.results import OUTCOME, TOGETHER, Result, Results
from casebook.report.first_cohorts import where_all_are
from casebook.study.model import Study
from casebook.wording.sentences import ending, listed
from casebook.wording.traces import traced_number
from casebook.wording.visit_notes import visit_notes

_PATIENTS, _IN_OUTCOMES = "the table under Patients", "in the tables of outcomes"


def numbers_studied(study: Study, results: Results) -> Iterator[str]:
    """The patients of all cohorts together, each counted once, and the visits that they missed.

    Visits that follow from others are said to be such.
    """
    everyone = results.size(TOGETHER)
    yield f"{_patients(everyone)} studied{_cohorts(study, results, everyone)}"
    yield from _known(study, results, everyone)
    yield from visit_notes(study, study.visits)


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


def _known(study: Study, results: Results, everyone: Result) -> Iterator[str]:
    """How many have a value at each visit, outcomes with equal numbers in one item."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    lacking: dict[tuple[tuple[str, str], ...], str] = {}
    for name, outcome in study.outcomes.items():
        rows = {
            study.visits[visit].label: results.get(TOGETHER, name, OUTCOME, "n", visit=visit)
            for visit in study.seen_at(outcome.visits)
        }
        numbers = tuple((label, row.stat) for label, row in rows.items())
        found.setdefault(numbers, []).append(outcome.label)
        if any(row.number < everyone.number for row in rows.values()):
            told = listed([f"{label}: {traced_number(row)}" for label, row in rows.items()])
            lacking.setdefault(numbers, ", ".join(told))
    if lacking:
        items = (
            f"{', '.join(listed(found[numbers]))} ({told})" for numbers, told in lacking.items()
        )
        yield f"Not all of them have a value at every visit{ending(items, _IN_OUTCOMES)}"
