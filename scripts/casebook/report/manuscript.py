"""Tables for a manuscript, made from result rows: baseline characteristics, and the response.

A table shows rows of results, each number traced to its own, and computes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.base.texts import unsaid
from casebook.data.patients import measurement
from casebook.data.results import (
    CHARACTERISTIC,
    OUTCOME,
    TOGETHER,
    Result,
    Results,
)
from casebook.report.balance import balance_cells, balance_columns, balance_notes
from casebook.study.model import Study
from casebook.study.visits import named_by_visits
from casebook.wording.columns import OF_COVERAGE, Column, least_p_values, notes_of, telling
from casebook.wording.numbers import (
    NOT_COMPUTED,
    count_text,
    level_text,
    median_text,
    p_value_text,
    same_p,
    share_text,
)
from casebook.wording.paired_tests import PairedTest, ahead
from casebook.wording.sentences import ending, with_places
from casebook.wording.subtractions import sign_words
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared, visits_listed


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
        *shared_note(study, results),
    ]
    sets = [study.variable(name).label for name in study.reported if study.kinds[name] == "set"]
    if sets:
        told = ending(sets, "of type set in study.yaml", between=", ")
        notes.append(f"A patient can be counted more than once under{told}")
    notes += balance_notes(study)
    title = "Characteristics of the patients, by cohort"
    heads = ("Characteristic", *columns, *balance_columns(study))
    return Table("baseline", title, heads, tuple(rows), tuple(notes))


def shared_note(study: Study, results: Results) -> list[str]:
    """What is said below columns of cohorts that have patients in common."""
    sizes = sum(results.size(name).number for name in study.cohorts)
    shared = sizes > results.size(TOGETHER).number
    return ["A patient can belong to several cohorts."] if shared else []


def blocks(study: Study, results: Results) -> Iterator[tuple[str, list[PairedTest]]]:
    """The tests of each contrast in each cohort, below what the two are called."""
    for contrast in study.every_contrast:
        for cohort, described in study.cohorts.items():
            tests = [
                PairedTest(study, results, cohort, name, contrast)
                for name, outcome in study.outcomes.items()
                if contrast in study.contrasts_of(outcome.visits)
            ]
            if tests:
                yield ahead(study, contrast) + described.label, tests


def response_table(study: Study, results: Results) -> Table:
    """Each outcome at the visits of a contrast, and the paired test with its estimate, by cohort.

    A column that would say of no outcome what the others do not say is left out.
    """
    of_cohorts = [*blocks(study, results)]
    tested = [test for _, tests in of_cohorts for test in tests]
    shown = telling(_response_columns(study), tested)
    rows: list[Row] = []
    for label, tests in of_cohorts:
        rows.append(Row(f"{label} (n = {traced_number(results.size(tests[0].cohort))})"))
        rows += [
            Row(
                study.outcomes[test.outcome].label,
                tuple(each.cell(test) for each in shown),
                level=1,
            )
            for test in tests
        ]
    level = level_text(study.analysis.confidence_level)
    notes = (
        "Medians with lower and upper quartiles of all patients with a value at the visit.",
        "The test is paired and two-sided. The shift is the estimate that belongs to it, that of"
        " Hodges and Lehmann: the median of the means of any two changes of patients with both"
        f" visits, with its exact interval of at least {level}, or the widest that exists.",
        *notes_of(shown),
        sign_words(study),
        *contrast_notes(study),
        *directions(study, (test.outcome for test in tested)),
        *with_places(_test_notes(tested), map(_place, tested)),
    )
    columns = ("Cohort and outcome", *(each.heading for each in shown))
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
        *visit_notes(study, visits),
        *directions(study, alone),
    )
    title = "Outcomes at each visit, by cohort"
    return Table(name, title, columns, tuple(rows), notes if rows else ())


def _at_visit(study: Study, results: Results, cohort: str, outcome: str, visit: str) -> str:
    if visit not in study.outcomes[outcome].visits:
        return NOT_COMPUTED
    median, lower, upper, n = (
        results.get(cohort, outcome, OUTCOME, stat, visit=visit)
        for stat in ("median", "p25", "p75", "n")
    )
    return f"{median_text(median, lower, upper, traced)}, n = {traced_number(n)}"


def _response_columns(study: Study) -> Iterator[Column[PairedTest]]:
    """All columns; who was lost between two visits shows in the numbers of patients at each.

    The coverage is of interest where an interval does not attain its level.
    """
    headings = [*_visit_headings(study)]
    for place, heading in enumerate(headings):
        number = partial(_number_at, place)
        text = partial(_number_text, number)
        yield Column(f"Patients, {heading}", text, tells=partial(_is_not_of_pairs, number))
    yield Column("Patients with both visits", lambda test: traced_number(test.row("n_pairs")))
    for place, heading in enumerate(headings):
        yield Column(heading, partial(_median_at, place))
    yield Column("Shift (confidence interval)", lambda test: test.shift_text(traced))
    yield Column("Attained coverage", _coverage, OF_COVERAGE, _any_is_short)
    yield Column("p-value", partial(_p_value, "p_value"))
    yield Column("Exact p-value", partial(_p_value, "exact_p_value"), tells=_any_other_exact)
    least = (
        "The smallest possible exact p-value is what the exact test would have given if every"
        " patient who changed had changed in the same direction. Where it is not below"
        f" {study.analysis.alpha:g}, too few patients changed for a significant result."
    )
    yield least_p_values(
        "Smallest possible exact p-value",
        lambda test: test.row("smallest_exact_p"),
        study.analysis.alpha,
        least,
    )


def _number_at(place: int, test: PairedTest) -> Result:
    return test.at(test.contrast.visits[place], "n")


def _number_text(number: Callable[[PairedTest], Result], test: PairedTest) -> str:
    return traced_number(number(test))


def _is_not_of_pairs(number: Callable[[PairedTest], Result], tests: Sequence[PairedTest]) -> bool:
    return any(number(test).number != test.row("n_pairs").number for test in tests)


def _median_at(place: int, test: PairedTest) -> str:
    visit = test.contrast.visits[place]
    median, lower, upper = (test.at(visit, stat) for stat in ("median", "p25", "p75"))
    return median_text(median, lower, upper, traced)


def _coverage(test: PairedTest) -> str:
    if not test.has_interval:
        return NOT_COMPUTED
    return traced(share_text(test.coverage.number), test.coverage)


def _any_is_short(tests: Sequence[PairedTest]) -> bool:
    return any(test.falls_short for test in tests)


def _p_value(stat: str, test: PairedTest) -> str:
    return p_value_text(test.row(stat), test.study.analysis.alpha, traced)


def _any_other_exact(tests: Sequence[PairedTest]) -> bool:
    return any(
        not same_p(test.row("p_value"), test.row("exact_p_value"), test.study.analysis.alpha)
        for test in tests
    )


def _visit_headings(study: Study) -> Iterator[str]:
    """What both visits are called that are compared, if they are the same in every contrast."""
    headings = ("Earlier visit", "Later visit")
    for place, heading in enumerate(headings):
        names = {contrast.visits[place] for contrast in study.every_contrast}
        yield study.visits[names.pop()].label if len(names) == 1 else heading


def _characteristic(study: Study, results: Results, name: str) -> Iterator[Row]:
    """The rows of one variable: one for a number or a yes, one a level for the others."""
    variable = study.variable(name)
    unit = unsaid(getattr(variable, "unit", None), variable.label)
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


def contrast_notes(study: Study) -> Iterator[str]:
    """Which visits each contrast compares, and what of these follow from others.

    The former only where there are several contrasts, and their names do not say it.
    """
    if len(study.every_contrast) > 1:
        named_by_later: dict[str, list[str]] = {}
        for contrast in study.every_contrast:
            earlier, later = (study.visits[visit].label for visit in contrast.visits)
            if contrast.label == later:
                named_by_later.setdefault(earlier, []).append(contrast.visit)
            elif contrast.label != named_by_visits(later, earlier):
                yield f"{contrast.label}: {later} compared with {earlier}."
        for earlier, later_visits in named_by_later.items():
            several = len(later_visits) > 1
            compared = f"{'are' if several else 'is'} compared with {earlier}"
            told = visits_listed(study, later_visits)
            yield f"{told[:1].upper()}{told[1:]} {compared}."
    yield from visit_notes(study, visits_compared(study.every_contrast))


def directions(study: Study, outcomes: Iterable[str]) -> Iterator[str]:
    """Which direction of each of these outcomes is better, a sentence each."""
    for outcome in map(study.outcomes.__getitem__, dict.fromkeys(outcomes)):
        name = f", {outcome.description}" if outcome.description else ""
        told = unsaid(outcome.unit, outcome.label)
        unit = f" in {told}" if told else ""
        yield f"{outcome.label}{name}{unit}: {outcome.better} is better."


def _test_notes(tests: Iterable[PairedTest]) -> Iterator[tuple[str, str]]:
    """How the p-values were found, why there are none, and what to beware of; and of what."""
    rows = [(_place(each), each.row("p_value")) for each in tests]
    notes = [
        *((test.method, place) for place, test in rows if not test.error),
        *((f"not tested, {test.error}", place) for place, test in rows if test.error),
        *((note, place) for place, test in rows if not test.error for note in test.warning),
    ]
    for note, place in notes:
        first = note[0] if note.startswith("p <") else note[0].upper()
        yield f"{first}{note[1:]}", place


def _place(test: PairedTest) -> str:
    return f"{test.outcome_label} in {test.study.cohorts[test.cohort].label}"
