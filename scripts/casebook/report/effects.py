"""Tables of changes and effect sizes, of who responded, and of how much hangs on choices.

Like those of `manuscript` they show rows of results, each number traced to its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.base.texts import capital
from casebook.data.programs import made_by
from casebook.data.results import (
    CHANGE,
    ESTIMATE,
    OTHER_TESTS,
    OUTCOME,
    RESPONDERS,
    SENSITIVITY,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.data.vocabulary import Effect, family
from casebook.report.manuscript import Row, Table, blocks, contrast_notes, directions
from casebook.study.model import Study
from casebook.wording.columns import Column, exceptions, telling
from casebook.wording.numbers import NOT_COMPUTED, count_text, median_text, p_value_text
from casebook.wording.paired_tests import PairedTest, of_contrast
from casebook.wording.subtractions import sign_words, subtraction
from casebook.wording.traces import plain, traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_SHOWN = tuple(effect for effect in Effect if effect.heading)


def effect_sizes_table(study: Study, results: Results) -> Table:
    """The median change of each outcome, and effect sizes, by cohort."""
    of_cohorts = [*blocks(study, results)]
    tested = [test for _, tests in of_cohorts for test in tests]
    shown = telling(_effect_columns(), tested)
    rows: list[Row] = []
    for label, tests in of_cohorts:
        rows.append(Row(label))
        rows += [
            Row(
                study.outcomes[test.outcome].label,
                tuple(each.cell(test) for each in shown),
                level=1,
            )
            for test in tests
        ]
    columns = ("Cohort and outcome", *(each.heading for each in shown))
    effects = [effect for effect in _SHOWN if effect.heading in columns]
    notes = (
        "Medians with lower and upper quartiles of the changes of patients with both visits.",
        f"{sign_words(study)}{_signed(effects)}",
        *contrast_notes(study),
        *directions(study, (test.outcome for test in tested)),
        *(f"{capital(effect.meaning)}." for effect in effects),
    )
    title = f"Changes and effect sizes, by cohort ({subtraction(study)})"
    return Table("effect-sizes", title, columns, tuple(rows), notes)


def _signed(effects: Sequence[Effect]) -> str:
    """That the sign of a change is that of these effect sizes, too, as far as it is."""
    headings = [effect.heading for effect in effects if effect.turns]
    signed = "both effect sizes" if len(headings) == len(effects) == 2 else ", ".join(headings)
    return f" This holds for {signed}, too." if signed else ""


def responders_table(study: Study, results: Results) -> Table | None:
    """Responders by each threshold that the study declares; None if it declares none."""
    thresholds = {
        (outcome, name, contrast): declared
        for outcome, measured in study.outcomes.items()
        for name, declared in measured.responders.items()
        for contrast in study.contrasts_of(measured.visits)
    }
    if not thresholds:
        return None
    tested = {
        (outcome, name, contrast): [
            PairedTest(study, results, cohort, outcome, contrast) for cohort in study.cohorts
        ]
        for outcome, name, contrast in thresholds
    }
    every = [_Responders(test, name) for (_, name, _), tests in tested.items() for test in tests]
    shown = telling(_responder_columns(), every)
    rows, notes = [], dict[str, None]()
    for (outcome, name, contrast), declared in thresholds.items():
        label = f"{study.outcomes[outcome].label}: {declared.label}"
        rows.append(Row(of_contrast(study, label, contrast)))
        notes[
            f"{study.outcomes[outcome].label}, {declared.label}: {declared.source.rstrip('.')}."
        ] = None
        for test in tested[outcome, name, contrast]:
            cells = tuple(column.cell(_Responders(test, name)) for column in shown)
            rows.append(Row(study.cohorts[test.cohort].label, cells, level=1))
    for key, declared in thresholds.items():
        for test in tested[key]:
            if warning := test.row("count", RESPONDERS, level=key[1]).warning:
                of = (test.outcome_label, declared.label, study.cohorts[test.cohort].label)
                notes[f"{', '.join(of)}: {'; '.join(warning)}."] = None
    said = visit_notes(study, visits_compared(contrast for _, _, contrast in thresholds))
    columns = ("Threshold and cohort", *(column.heading for column in shown))
    return Table("responders", "Patients who responded", columns, tuple(rows), (*notes, *said))


def sensitivity_table(study: Study, results: Results) -> Table:
    """The p-value of every test of the same pairs, and what leaving a patient out changes.

    A column is a cohort, so that contrasts make the table longer and not wider.
    """
    by_contrast = [
        [PairedTest(study, results, cohort, outcome, contrast) for cohort in study.cohorts]
        for outcome, measured in study.outcomes.items()
        for contrast in study.contrasts_of(measured.visits)
    ]
    tested = {test.cohort for tests in by_contrast for test in tests if not test.error}
    shown = ([test for test in tests if test.cohort in tested] for tests in by_contrast)
    rows = tuple(row for tests in shown for row in _otherwise(tests))
    notes = (
        "The rank-sum tests treat the two visits as two groups of patients. They are not valid"
        " for the same patients measured twice, and are shown only because papers report them.",
        "A program in brackets makes the test by default. Tests of a kind that look alike in every"
        " column share a row; each by itself is in results.csv.",
        f"The conclusion is whether p < {study.analysis.alpha:g} by the study's own test.",
        *visit_notes(study, visits_compared(study.every_contrast)),
    )
    title = "What other tests, and leaving out a patient, would give"
    labels = (cohort.label for name, cohort in study.cohorts.items() if name in tested)
    return Table("sensitivity", title, ("p-value by", *labels), rows, notes)


def _otherwise(tests: Sequence[PairedTest]) -> Iterator[Row]:
    """A heading, the other tests of these cohorts, and who changes what; nothing without a test.

    Tests of one family that look alike in every column share a row.
    """
    made = [test for test in tests if not test.error]
    if not made:
        return
    yield Row(made[0].outcome_label)
    alike: dict[tuple[str, ...], list[str]] = {}
    shown: dict[tuple[str, ...], tuple[str, ...]] = {}
    for method in dict.fromkeys(
        row.method for test in made for row in test.by_method("p_value", OTHER_TESTS)
    ):
        cells = tuple(NOT_COMPUTED if test.error else _p_value(test, method) for test in tests)
        key = (family(method) or method, *map(plain, cells))
        alike.setdefault(key, []).append(method)
        shown.setdefault(key, cells)
    yield from (Row(_all_of(methods), shown[key], level=1) for key, methods in alike.items())
    left_out = (NOT_COMPUTED if test.error else _left_out(test) for test in tests)
    yield Row("Patients without whom the conclusion changes", tuple(left_out), level=1)


def _all_of(methods: Sequence[str]) -> str:
    """Tests of one family that share a row, with their number if they are several."""
    first, *others = methods
    if not others:
        return made_by(first)
    kind = family(first)
    named = "; ".join(made_by(method).removeprefix(f"{kind}, ") for method in methods)
    return f"{len(methods)} {kind} tests: {named}"


def _effect_columns() -> Iterator[Column[PairedTest]]:
    yield Column("Median change (quartiles)", _median_change)
    for effect in _SHOWN:
        yield Column(effect.heading, partial(_effect, effect))


def _median_change(test: PairedTest) -> str:
    median, lower, upper = (
        test.row(stat, OUTCOME, visit=CHANGE) for stat in ("median", "p25", "p75")
    )
    return median_text(median, lower, upper, traced)


def _effect(effect: Effect, test: PairedTest) -> str:
    return traced_number(test.row("estimate", ESTIMATE, by=effect))


@dataclass(frozen=True, slots=True)
class _Responders:
    """The patients of a test who responded by a threshold of that name."""

    test: PairedTest
    name: str

    def row(self, stat: str, by: str = "") -> Result:
        return self.test.row(stat, RESPONDERS, by=by, level=self.name)

    def interval(self, method: str) -> str:
        if self.row("percent", method).error:
            return NOT_COMPUTED
        low, high = (traced_number(self.row(end, method), 0) for end in ("conf_low", "conf_high"))
        return f"{low} to {high}"


def _responder_columns() -> Iterator[Column[_Responders]]:
    yield Column("Evaluable", lambda of: traced_number(of.row("n")))
    yield Column(
        "Responders", lambda of: count_text(of.row("count"), of.row("percent", "Wilson"), traced)
    )
    for method in ("Wilson", "Clopper-Pearson"):
        yield Column(f"Interval ({method}), %", partial(_Responders.interval, method=method))
    yield exceptions("Not evaluable", lambda of: of.row("n_not_evaluable"))


def _p_value(test: PairedTest, method: str) -> str:
    row = test.row("p_value", OTHER_TESTS, by=method)
    return p_value_text(row, test.study.analysis.alpha, traced)


def _left_out(test: PairedTest) -> str:
    count = test.row("n_changing", SENSITIVITY, by=WITHOUT_A_PATIENT)
    changing = test.by_level("p_value", SENSITIVITY, WITHOUT_A_PATIENT)
    if count.error or not changing:
        return traced_number(count)
    return f"{traced_number(count)}: {', '.join(row.variable_level for row in changing)}"
