"""Tables for a manuscript, made from result rows: baseline characteristics, and the response.

A table shows rows of results, each number traced to its own, and computes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from casebook.data.patients import measurement
from casebook.data.results import (
    CHANGE,
    CHARACTERISTIC,
    OUTCOME,
    Results,
)
from casebook.report.balance import balance_cells, balance_columns, balance_notes
from casebook.study.model import Study
from casebook.study.visits import named_by_visits
from casebook.wording.numbers import NOT_COMPUTED, count_text, median_text, p_value_text
from casebook.wording.paired_tests import PairedTest, ahead
from casebook.wording.subtractions import sign_words
from casebook.wording.traces import traced, traced_number


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
    notes += balance_notes(study)
    title = "Characteristics of the patients, by cohort"
    heads = ("Characteristic", *columns, *balance_columns(study))
    return Table("baseline", title, heads, tuple(rows), tuple(notes))


def blocks(study: Study, results: Results) -> Iterator[tuple[str, list[PairedTest]]]:
    """The tests of each contrast in each cohort, below what the two are called."""
    for contrast in study.every_contrast:
        for cohort, described in study.cohorts.items():
            tests = [
                PairedTest(study, results, cohort, name, contrast)
                for name, outcome in study.outcomes.items()
                if contrast in study.contrasts_of(outcome.columns)
            ]
            if tests:
                yield ahead(study, contrast) + described.label, tests


def response_table(study: Study, results: Results) -> Table:
    """Each outcome at the visits of a contrast, its change, and the paired test, by cohort."""
    columns = (
        "Cohort and outcome",
        "Patients with both visits",
        *_visit_headings(study),
        "Change",
        "p-value",
        "Exact p-value",
        "Smallest possible exact p-value",
    )
    rows: list[Row] = []
    tested: list[PairedTest] = []
    for label, tests in blocks(study, results):
        rows.append(Row(f"{label} (n = {traced_number(results.size(tests[0].cohort))})"))
        rows += map(_response, tests)
        tested += tests
    notes = (
        "Medians with lower and upper quartiles of all patients with a value at the visit; n is"
        " given where it is not the number of patients with both visits. Changes are of patients"
        " with both visits; their test is paired and two-sided.",
        sign_words(study),
        *contrast_notes(study),
        *directions(study),
        "The smallest possible exact p-value is what the exact test would have given if every"
        " patient who changed had changed in the same direction. Where it is not below"
        f" {study.analysis.alpha:g}, too few patients changed for a significant result.",
        *_test_notes(tested),
    )
    return Table("response", "Outcomes before and after, by cohort", columns, tuple(rows), notes)


def outcomes_table(study: Study, results: Results, name: str) -> Table:
    """Outcomes at each visit, by cohort, of those that are at some visit that is not compared."""
    compared = {
        measurement(outcome, visit)
        for outcome, contrast in study.changes.values()
        for visit in contrast.visits
    }
    alone = dict.fromkeys(o for value, (o, _) in study.measured.items() if value not in compared)
    visits = [visit for visit in study.visits if any(visit in study.visits_of(o) for o in alone)]
    rows: list[Row] = []
    for cohort, described in study.cohorts.items() if alone else ():
        rows.append(Row(f"{described.label} (n = {traced_number(results.size(cohort))})"))
        for outcome in alone:
            cells = (_at_visit(study, results, cohort, outcome, visit) for visit in visits)
            rows.append(Row(study.outcomes[outcome].label, tuple(cells), level=1))
    columns = ("Cohort and outcome", *(study.visits[visit].label for visit in visits))
    notes = (
        "Medians with lower and upper quartiles of all patients with a value at the visit.",
        *directions(study),
    )
    title = "Outcomes at each visit, by cohort"
    return Table(name, title, columns, tuple(rows), notes if rows else ())


def _at_visit(study: Study, results: Results, cohort: str, outcome: str, visit: str) -> str:
    if visit not in study.outcomes[outcome].columns:
        return NOT_COMPUTED
    median, lower, upper, n = (
        results.get(cohort, outcome, OUTCOME, stat, visit=visit)
        for stat in ("median", "p25", "p75", "n")
    )
    return f"{median_text(median, lower, upper, traced)}, n = {traced_number(n)}"


def _visit_headings(study: Study) -> Iterator[str]:
    """What both visits are called that are compared, if they are the same in every contrast."""
    headings = ("Earlier visit", "Later visit")
    for place, heading in enumerate(headings):
        names = {contrast.visits[place] for contrast in study.every_contrast}
        yield study.visits[names.pop()].label if len(names) == 1 else heading


def _characteristic(study: Study, results: Results, name: str) -> Iterator[Row]:
    """The rows of one variable: one for a number or a yes, one a level for the others."""
    variable = study.variable(name)
    unit = getattr(variable, "unit", None)
    label = f"{variable.label}, {unit}" if unit else variable.label
    empty = ("",) * len(balance_columns(study))
    match study.kinds[name]:
        case "number":
            medians = (_median(results, each, name) for each in study.cohorts)
            yield Row(label, (*medians, *balance_cells(study, results, name)))
        case "boolean":
            counted = (_count(results, each, name) for each in study.cohorts)
            yield Row(label, (*counted, *balance_cells(study, results, name)))
        case kind:
            of_all = () if kind == "set" else balance_cells(study, results, name)
            yield Row(label, ("",) * len(study.cohorts) + of_all if of_all else ())
            for level, level_label in study.levels(name).items():
                counts = [
                    results.get(each, name, CHARACTERISTIC, "count", level=level)
                    for each in study.cohorts
                ]
                if any(count.number for count in counts):
                    cells = (_count(results, each, name, level) for each in study.cohorts)
                    alike = balance_cells(study, results, name, level) if kind == "set" else empty
                    yield Row(level_label, (*cells, *alike), level=1)
    missing = [results.get(each, name, CHARACTERISTIC, "n_missing") for each in study.cohorts]
    if any(each.number for each in missing):
        yield Row("Not known", (*map(traced_number, missing), *empty), level=1)


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


def _response(test: PairedTest) -> Row:
    pairs = test.row("n_pairs")
    found = [partial(test.at, visit) for visit in test.contrast.visits]
    found.append(partial(test.row, context=OUTCOME, visit=CHANGE))
    medians = []
    for of in found:
        median, lower, upper, n = map(of, ("median", "p25", "p75", "n"))
        text = median_text(median, lower, upper, traced)
        differs = n.number not in (pairs.number, 0)
        medians.append(f"{text}, n = {traced_number(n)}" if differs else text)
    p_values = (
        p_value_text(test.row(stat), test.study.analysis.alpha, traced)
        for stat in ("p_value", "exact_p_value", "smallest_exact_p")
    )
    cells = (traced_number(pairs), *medians, *p_values)
    return Row(test.study.outcomes[test.outcome].label, cells, level=1)


def contrast_notes(study: Study) -> Iterator[str]:
    """Which visits each contrast compares, where there are several and its name does not say it."""
    if len(study.every_contrast) > 1:
        for contrast in study.every_contrast:
            earlier, later = (study.visits[visit].label for visit in contrast.visits)
            if contrast.label != named_by_visits(later, earlier):
                yield f"{contrast.label}: {later} compared with {earlier}."


def directions(study: Study) -> Iterator[str]:
    """Which direction of each outcome is better, a sentence each."""
    for outcome in study.outcomes.values():
        name = f", {outcome.description}" if outcome.description else ""
        unit = f" in {outcome.unit}" if outcome.unit else ""
        yield f"{outcome.label}{name}{unit}: {outcome.better} is better."


def _test_notes(tests: Iterable[PairedTest]) -> Iterator[str]:
    """How the p-values were found and what to beware of, or why there is none."""
    notes: dict[str, list[str]] = {}
    for each in tests:
        test = each.row("p_value")
        told = [test.method, *test.warning]
        place = f"{each.outcome_label} in {each.study.cohorts[each.cohort].label}"
        for note in [f"Not tested, {test.error}"] if test.error else filter(None, told):
            notes.setdefault(note, []).append(place)
    for note, places in notes.items():
        first = note[0] if note.startswith("p <") else note[0].upper()
        yield f"{first}{note[1:]}: {'; '.join(places)}."
