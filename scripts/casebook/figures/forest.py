"""The forest: how much each outcome changed in each cohort, with its interval and the test beside.

Every number is a row of the results: the Hodges-Lehmann shift, its exact interval, the coverage
that the interval attains where that is less than the study asks for, and the p-values.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from casebook.data.results import Results, read_results
from casebook.figures.intervals import FALLS_SHORT, Line, Panel, drawn_panels
from casebook.figures.style import direction_of_change, save, with_unit
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.visits import Contrast
from casebook.wording.columns import Column, notes_of, telling
from casebook.wording.numbers import both_p_words, level_text, p_value_text, same_p, share_text
from casebook.wording.paired_tests import PairedTest, of_contrast
from casebook.wording.subtractions import sign_words, subtraction
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_WIDTHS = {
    "patients": 0.4,
    "shift (interval)": 1.3,
    "coverage": 0.6,
    "p": 0.48,
    "exact p": 0.48,
}
"""Inches that each column takes, by its head."""


def forest(study: Path, results: Path, figure: Path) -> None:
    """Draw the estimates of all outcomes into an SVG file, with PDF and PNG beside it.

    Args:
        study: The study.yaml.
        results: The results of all cohorts.
        figure: The file to write.
    """
    model, found = load_study(study), Results(read_results(results, each_patient=()))
    tested = {
        (name, contrast.name): [
            PairedTest(model, found, cohort, name, contrast) for cohort in model.cohorts
        ]
        for name, outcome in model.outcomes.items()
        for contrast in model.contrasts_of(outcome.visits)
    }
    columns = telling(_columns(), [test for tests in tested.values() for test in tests])
    panels, told = [], [sign_words(model)]
    for (name, contrast), tests in tested.items():
        outcome = model.outcomes[name]
        panel = _panel(outcome, model.contrast_named[contrast], tests, columns)
        panels.append(panel)
        label = with_unit(panel.label, outcome.unit)
        told += [f"{label}, {outcome.better} is better.", *map(_described, tests)]
    derived = [*visit_notes(model, visits_compared(model.every_contrast))]
    notes = (
        f"Shift: Hodges–Lehmann estimate of the change ({subtraction(model)}) with its exact"
        f" {_level(model)} interval.",
        *notes_of(columns),
        *derived,
    )
    save(
        drawn_panels(panels, [_WIDTHS[column.heading] for column in columns], notes),
        figure,
        title="Change of each outcome in each cohort: estimates with their intervals",
        description=" ".join([*told, *derived]),
    )


def _level(study: Study) -> str:
    return level_text(study.analysis.confidence_level)


def _columns() -> Iterator[Column[PairedTest]]:
    """All columns; the coverage and the exact p-value stand where there is something to say."""
    yield Column("patients", lambda test: traced_number(test.row("n_pairs")))
    yield Column("shift (interval)", lambda test: test.shift_text(traced))
    yield Column(
        "coverage",
        _short_coverage,
        FALLS_SHORT,
        lambda tests: any(map(_short_coverage, tests)),
    )
    yield Column("p", lambda test: _p_value(test, "p_value"))
    yield Column("exact p", _other_exact, tells=lambda tests: any(map(_other_exact, tests)))


def _short_coverage(test: PairedTest) -> str:
    """The coverage of an interval that covers less often than it should."""
    coverage = test.coverage
    return traced(share_text(coverage.number), coverage) if test.falls_short else ""


def _p_value(test: PairedTest, stat: str) -> str:
    return p_value_text(test.row(stat), test.study.analysis.alpha, traced)


def _other_exact(test: PairedTest) -> str:
    """The exact p-value where it is another one than the study's own."""
    same = same_p(test.row("p_value"), test.row("exact_p_value"), test.study.analysis.alpha)
    return "" if same else _p_value(test, "exact_p_value")


def _panel(
    outcome: Outcome,
    contrast: Contrast,
    tests: Sequence[PairedTest],
    columns: Sequence[Column[PairedTest]],
) -> Panel:
    """A contrast of an outcome, with a line for each cohort."""
    unit = f", {outcome.unit}" if outcome.unit else ""
    return Panel(
        of_contrast(tests[0].study, outcome.label, contrast),
        f"change{unit}; {direction_of_change(outcome)}",
        tuple(column.heading for column in columns),
        tuple(
            Line(
                test.study.cohorts[test.cohort].label,
                *test.shift,
                test.coverage,
                tuple(column.cell(test) for column in columns),
            )
            for test in tests
        ),
    )


def _described(test: PairedTest) -> str:
    """A line in words, for who cannot see it."""
    label, own = test.study.cohorts[test.cohort].label, test.row("p_value")
    estimate, *_ = test.shift
    if estimate.error:
        return f"{label}: {own.error or estimate.error}."
    coverage = _short_coverage(test)
    attained = f", which covers in only {coverage} of samples" if coverage else ""
    p = both_p_words(own, test.row("exact_p_value"), test.study.analysis.alpha, traced)
    interval = f" with {_level(test.study)} interval" if test.has_interval else ""
    return (
        f"{label}: {traced_number(test.row('n_pairs'))} patients, shift{interval}"
        f" {test.shift_text(traced)}{attained}, {p}."
    )
