"""Tables of how large the change is, who responded, and how much hangs on choices.

Like those of `manuscript` they show rows of results, each number traced to its own.
"""

from collections.abc import Callable, Iterator

from casebook.data.programs import made_by
from casebook.data.results import (
    ESTIMATE,
    OTHER_TESTS,
    PAIRED_TEST,
    RESPONDERS,
    SENSITIVITY,
    SHIFT,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.data.vocabulary import Effect
from casebook.report.manuscript import SIGN, Row, Table, directions
from casebook.study.model import Study
from casebook.wording.numbers import NOT_COMPUTED, count_text, interval_text, p_value_text
from casebook.wording.traces import traced, traced_number


def estimates_table(study: Study, results: Results) -> Table:
    """The shift of each outcome with its interval, and effect sizes, by cohort."""
    level = f"{100 * study.analysis.confidence_level:g}%"
    rows = _by_cohort(study, lambda cohort, outcome: _estimates(results, cohort, outcome))
    meanings = "; ".join(effect.meaning for effect in Effect)
    headings = [effect.heading for effect in Effect if effect.turns]
    signed = "both effect sizes" if len(headings) == len(Effect) == 2 else ", ".join(headings)
    columns = (
        "Cohort and outcome",
        "Shift (confidence interval)",
        "Attained coverage",
        *(effect.heading for effect in Effect),
    )
    notes = (
        "The shift is the Hodges-Lehmann estimate, the median of the means of any two changes, with"
        f" its exact interval of at least {level}, or the widest that exists. Where an interval"
        " cannot reach its level, the attained coverage says how far it falls short.",
        f"{SIGN} This holds for the shift and for {signed}.",
        *directions(study),
        f"{meanings[:1].upper()}{meanings[1:]}.",
    )
    title = "How large the change is, by cohort (follow-up minus baseline)"
    return Table("estimates", title, columns, tuple(rows), notes)


def responders_table(study: Study, results: Results) -> Table | None:
    """Responders by each threshold that the study declares; None if it declares none."""
    thresholds = {
        (outcome, name): declared
        for outcome, measured in study.outcomes.items()
        for name, declared in measured.responders.items()
    }
    if not thresholds:
        return None
    rows = []
    for (outcome, name), declared in thresholds.items():
        rows.append(Row(f"{study.outcomes[outcome].label}: {declared.label}"))
        for cohort, described in study.cohorts.items():
            cells = _responders(results, cohort, outcome, name)
            rows.append(Row(described.label, cells, level=1))
    columns = (
        "Threshold and cohort",
        "Evaluable",
        "Responders",
        "Interval (Wilson), %",
        "Interval (Clopper-Pearson), %",
        "Not evaluable",
    )
    notes = tuple(
        f"{study.outcomes[outcome].label}, {declared.label}: {declared.source.rstrip('.')}."
        for (outcome, _), declared in thresholds.items()
    )
    notes += tuple(
        f"{study.outcomes[outcome].label}, {declared.label}, {described.label}:"
        f" {'; '.join(warning)}."
        for (outcome, name), declared in thresholds.items()
        for cohort, described in study.cohorts.items()
        if (warning := results.get(cohort, outcome, RESPONDERS, "count", level=name).warning)
    )
    return Table("responders", "Patients who responded", columns, tuple(rows), notes)


def sensitivity_table(study: Study, results: Results) -> Table:
    """The p-value of every test of the same pairs, and what leaving a patient out changes."""
    made = [
        (cohort, outcome)
        for cohort in study.cohorts
        for outcome in study.outcomes
        if not results.get(cohort, outcome, PAIRED_TEST, "p_value").error
    ]
    columns = [f"{study.cohorts[c].label}, {study.outcomes[o].label}" for c, o in made]
    tests = [
        Row(made_by(method), tuple(_p_value(study, results, c, o, method) for c, o in made))
        for method in dict.fromkeys(
            row.method for c, o in made for row in results.methods(c, o, OTHER_TESTS, "p_value")
        )
    ]
    left_out = Row(
        "Patients without whom the conclusion changes",
        tuple(_left_out(results, c, o) for c, o in made),
    )
    notes = (
        "The rank-sum tests treat the two visits as two groups of patients. They are not valid"
        " for the same patients measured twice, and are shown only because papers report them.",
        "A program in brackets makes the test by default.",
        f"The conclusion is whether p < {study.analysis.alpha:g} by the study's own test.",
    )
    title = "What other tests, and leaving out a patient, would give"
    rows = (*tests, left_out) if made else ()
    return Table("sensitivity", title, ("p-value by", *columns), rows, notes)


def _by_cohort(study: Study, cells: Callable[[str, str], tuple[str, ...]]) -> Iterator[Row]:
    for cohort, described in study.cohorts.items():
        yield Row(described.label)
        for outcome, measured in study.outcomes.items():
            yield Row(measured.label, cells(cohort, outcome), level=1)


def _estimates(results: Results, cohort: str, outcome: str) -> tuple[str, ...]:
    shift, low, high, coverage = (
        results.get(cohort, outcome, ESTIMATE, stat, method=SHIFT)
        for stat in ("estimate", "conf_low", "conf_high", "coverage")
    )
    effects = [results.get(cohort, outcome, ESTIMATE, "estimate", method=m) for m in Effect]
    interval = interval_text(shift, low, high, traced)
    return (interval, _percent(coverage), *map(traced_number, effects))


def _responders(results: Results, cohort: str, outcome: str, name: str) -> tuple[str, ...]:
    def row(stat: str, method: str = "") -> Result:
        return results.get(cohort, outcome, RESPONDERS, stat, level=name, method=method)

    def interval(method: str) -> str:
        if row("percent", method).error:
            return NOT_COMPUTED
        low, high = (traced_number(row(stat, method), 0) for stat in ("conf_low", "conf_high"))
        return f"{low} to {high}"

    count = count_text(row("count"), row("percent", "Wilson"), traced)
    return (
        traced_number(row("n")),
        count,
        interval("Wilson"),
        interval("Clopper-Pearson"),
        traced_number(row("n_not_evaluable")),
    )


def _p_value(study: Study, results: Results, cohort: str, outcome: str, method: str) -> str:
    row = results.get(cohort, outcome, OTHER_TESTS, "p_value", method=method)
    return p_value_text(row, study.analysis.alpha, traced)


def _left_out(results: Results, cohort: str, outcome: str) -> str:
    count = results.get(cohort, outcome, SENSITIVITY, "n_changing", method=WITHOUT_A_PATIENT)
    changing = results.levels(cohort, outcome, SENSITIVITY, "p_value", WITHOUT_A_PATIENT)
    if count.error or not changing:
        return traced_number(count)
    return f"{traced_number(count)}: {', '.join(row.variable_level for row in changing)}"


def _percent(result: Result) -> str:
    return NOT_COMPUTED if result.error else traced(f"{100 * result.number:.4g}%", result)
