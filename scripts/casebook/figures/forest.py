"""The forest: how much each outcome changed in each cohort, with its interval and the test beside.

Every number is a row of the results: the Hodges-Lehmann shift, its exact interval, the coverage
that the interval attains where that is less than the study asks for, and the p-values.
"""

from pathlib import Path

from casebook.data.results import ESTIMATE, SHIFT, Result, Results, read_results
from casebook.figures.intervals import Line, Panel, drawn_panels
from casebook.figures.style import direction_of_change, save, with_unit
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.visits import Contrast
from casebook.wording.numbers import both_p_words, interval_text, p_value_text, share_text
from casebook.wording.paired_tests import PairedTest, of_contrast
from casebook.wording.subtractions import sign_words, subtraction
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_HEADS = ("patients", "shift (interval)", "coverage", "p", "exact p")
_PLACES = (3.95, 5.25, 5.85, 6.33, 6.81)


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
    panels, told = [], [sign_words(model)]
    for (name, contrast), tests in tested.items():
        outcome = model.outcomes[name]
        panel = _panel(model, outcome, model.contrast_named[contrast], tests)
        panels.append(panel)
        each = "; ".join(map(_described, tests, panel.lines))
        label = with_unit(panel.label, outcome.unit)
        told.append(f"{label}, {outcome.better} is better: {each}.")
    told += visit_notes(model, visits_compared(model.every_contrast))
    note = (
        f"Shift: Hodges–Lehmann estimate of the change ({subtraction(model)}) with its exact"
        f" {_level(model)} interval;\na dashed interval cannot cover that often with so few"
        " patients, and the coverage that it attains is given."
    )
    save(
        drawn_panels(panels, _PLACES, note),
        figure,
        title="Change of each outcome in each cohort: estimates with their intervals",
        description=" ".join(told),
    )


def _level(study: Study) -> str:
    return share_text(study.analysis.confidence_level)


def _panel(study: Study, outcome: Outcome, contrast: Contrast, tests: list[PairedTest]) -> Panel:
    """A contrast of an outcome, with a line for each cohort."""
    unit = f", {outcome.unit}" if outcome.unit else ""
    return Panel(
        of_contrast(study, outcome.label, contrast),
        f"change{unit}; {direction_of_change(outcome)}",
        _HEADS,
        tuple(map(_line, tests)),
    )


def _line(test: PairedTest) -> Line:
    shift, low, high, coverage = (
        test.row(stat, ESTIMATE, by=SHIFT)
        for stat in ("estimate", "conf_low", "conf_high", "coverage")
    )
    pairs, *p_values = _tested(test)
    alpha = test.study.analysis.alpha
    attained = traced(share_text(coverage.number), coverage) if coverage.warning else ""
    texts = (
        traced_number(pairs),
        interval_text(shift, low, high, traced),
        attained,
        *(p_value_text(each, alpha, traced) for each in p_values),
    )
    return Line(test.study.cohorts[test.cohort].label, shift, low, high, coverage, texts)


def _tested(test: PairedTest) -> list[Result]:
    """The number of pairs, the study's p-value and the exact one."""
    return [test.row(stat) for stat in ("n_pairs", "p_value", "exact_p_value")]


def _described(test: PairedTest, line: Line) -> str:
    """A line in words, for who cannot see it."""
    _, own, exact = _tested(test)
    if line.estimate.error:
        return f"{line.label}: {own.error or line.estimate.error}"
    pairs, shift, coverage, *_ = line.texts
    attained = f", which covers in only {coverage} of samples" if coverage else ""
    return (
        f"{line.label}: {pairs} patients, shift with {_level(test.study)} interval {shift}"
        f"{attained}, {both_p_words(own, exact, test.study.analysis.alpha, traced)}"
    )
