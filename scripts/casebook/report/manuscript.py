"""Tables for a manuscript, made from result rows: baseline characteristics, and the response.

A table shows rows of results, each number traced to its own, and computes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.data.patients import VISITS
from casebook.data.results import (
    CHANGE,
    CHARACTERISTIC,
    OUTCOME,
    PAIRED_TEST,
    Results,
)
from casebook.study.model import Study
from casebook.wording.numbers import count_text, median_text, p_value_text
from casebook.wording.traces import traced, traced_number

SIGN = "Changes are follow-up minus baseline: above 0 the outcome rose, below 0 it fell."
"""The one sign of all tables of changes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, and its cells; a heading has none."""

    label: str
    cells: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True)
class Table:
    """A table as it is printed."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def baseline_table(study: Study, results: Results) -> Table:
    """Characteristics of the patients, a column for each cohort."""
    rows = [row for name in study.reported for row in _characteristic(study, results, name)]
    columns = [
        f"{cohort.label} (n = {traced_number(results.size(name))})"
        for name, cohort in study.cohorts.items()
    ]
    notes = [
        "Numbers are medians with lower and upper quartiles; counts are patients, with the"
        " percentage of those for whom the characteristic is known.",
        "A patient can belong to several cohorts.",
    ]
    sets = [study.variable(name).label for name in study.reported if study.kinds[name] == "set"]
    if sets:
        notes.append(f"A patient can be counted more than once under: {', '.join(sets)}.")
    title = "Characteristics of the patients, by cohort"
    return Table("baseline", title, ("Characteristic", *columns), tuple(rows), tuple(notes))


def response_table(study: Study, results: Results) -> Table:
    """Each outcome before and after, its change, and the paired test, by cohort."""
    columns = (
        "Cohort and outcome",
        "Patients with both visits",
        study.visits.baseline,
        study.visits.followup,
        "Change",
        "p-value",
        "Exact p-value",
        "Smallest possible exact p-value",
    )
    rows: list[Row] = []
    for name, cohort in study.cohorts.items():
        rows.append(Row(f"{cohort.label} (n = {traced_number(results.size(name))})"))
        rows += [_response(study, results, name, outcome) for outcome in study.outcomes]
    notes = (
        "Medians with lower and upper quartiles of all patients with a value at the visit; n is"
        " given where it is not the number of patients with both visits. Changes are of patients"
        " with both visits; their test is paired and two-sided.",
        SIGN,
        *directions(study),
        "The smallest possible exact p-value is what the exact test would have given if every"
        " patient who changed had changed in the same direction. Where it is not below"
        f" {study.analysis.alpha:g}, too few patients changed for a significant result.",
        *_test_notes(study, results),
    )
    return Table("response", "Outcomes before and after, by cohort", columns, tuple(rows), notes)


def _characteristic(study: Study, results: Results, name: str) -> Iterator[Row]:
    """The rows of one variable: one for a number or a yes, one a level for the others."""
    variable = study.variable(name)
    unit = getattr(variable, "unit", None)
    label = f"{variable.label}, {unit}" if unit else variable.label
    match study.kinds[name]:
        case "number":
            yield Row(label, tuple(_median(results, each, name) for each in study.cohorts))
        case "boolean":
            yield Row(label, tuple(_count(results, each, name) for each in study.cohorts))
        case _:
            yield Row(label)
            for level, level_label in study.levels(name).items():
                counts = [
                    results.get(each, name, CHARACTERISTIC, "count", level=level)
                    for each in study.cohorts
                ]
                if any(count.number for count in counts):
                    cells = (_count(results, each, name, level) for each in study.cohorts)
                    yield Row(level_label, tuple(cells), level=1)
    missing = [results.get(each, name, CHARACTERISTIC, "n_missing") for each in study.cohorts]
    if any(each.number for each in missing):
        yield Row("Not known", tuple(map(traced_number, missing)), level=1)


def _median(results: Results, cohort: str, variable: str) -> str:
    median, lower, upper = (
        results.get(cohort, variable, CHARACTERISTIC, stat) for stat in ("median", "p25", "p75")
    )
    return median_text(median, lower, upper, traced)


def _count(results: Results, cohort: str, variable: str, level: str = "") -> str:
    count, percent = (
        results.get(cohort, variable, CHARACTERISTIC, stat, level=level)
        for stat in ("count", "percent")
    )
    return count_text(count, percent, traced)


def _response(study: Study, results: Results, cohort: str, outcome: str) -> Row:
    pairs = results.get(cohort, outcome, PAIRED_TEST, "n_pairs")
    medians = []
    for visit in (*VISITS, CHANGE):
        median, lower, upper, n = (
            results.get(cohort, outcome, OUTCOME, stat, visit=visit)
            for stat in ("median", "p25", "p75", "n")
        )
        text = median_text(median, lower, upper, traced)
        differs = n.number not in (pairs.number, 0)
        medians.append(f"{text}, n = {traced_number(n)}" if differs else text)
    p_values = (
        p_value_text(results.get(cohort, outcome, PAIRED_TEST, stat), study.analysis.alpha, traced)
        for stat in ("p_value", "exact_p_value", "smallest_exact_p")
    )
    cells = (traced_number(pairs), *medians, *p_values)
    return Row(study.outcomes[outcome].label, cells, level=1)


def directions(study: Study) -> Iterator[str]:
    """Which direction of each outcome is better, a sentence each."""
    for outcome in study.outcomes.values():
        name = f", {outcome.description}" if outcome.description else ""
        unit = f" in {outcome.unit}" if outcome.unit else ""
        yield f"{outcome.label}{name}{unit}: {outcome.better} is better."


def _test_notes(study: Study, results: Results) -> Iterator[str]:
    """How the p-values were found and what to beware of, or why there is none."""
    notes: dict[str, list[str]] = {}
    for cohort_name, cohort in study.cohorts.items():
        for name, outcome in study.outcomes.items():
            test = results.get(cohort_name, name, PAIRED_TEST, "p_value")
            told = [test.method, *test.warning]
            for note in [f"Not tested, {test.error}"] if test.error else filter(None, told):
                notes.setdefault(note, []).append(f"{outcome.label} in {cohort.label}")
    for note, places in notes.items():
        first = note[0] if note.startswith("p <") else note[0].upper()
        yield f"{first}{note[1:]}: {'; '.join(places)}."
