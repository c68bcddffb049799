"""Retention for a reader: how many stopped the treatment, and who was still on it when, by cohort.

The table shows rows of results, each number traced to its own, and computes nothing.
"""

from casebook.data.results import (
    RETENTION,
    RETENTION_INTERVAL,
    RETENTION_LIMITS,
    RETENTION_SHARE,
    Result,
    Results,
)
from casebook.report.manuscript import Row, Table
from casebook.study.model import Study
from casebook.wording.numbers import NOT_COMPUTED, percent_text
from casebook.wording.traces import traced, traced_number

_MOST_TIMES = 4


def retention_table(study: Study, results: Results) -> Table | None:
    """Who is still on the treatment, a row for each cohort; None if it is not said who stopped."""
    if study.treatment is None or study.treatment.goes_on is None:
        return None
    duration, unit = study.treatment.duration, study.unit(study.treatment.duration) or ""
    times = _times(study, results, duration)
    level = f"{100 * study.analysis.confidence_level:g}%"
    rows = [
        Row(cohort.label, _cells(results, name, duration, times))
        for name, cohort in study.cohorts.items()
    ]
    columns = (
        "Cohort",
        "Patients",
        "Stopped",
        f"Median{f', {unit}' if unit else ''} ({level} interval)",
        *(f"At {time} {unit}" for time in times),
        "Not known",
    )
    notes = (
        "Kaplan-Meier: a patient whose treatment is ongoing counts as long as it has lasted so far."
        " The median is not reached where it stopped for fewer than half; an end of an interval"
        " that the data do not reach is given as a question mark.",
        f"At each time, the percentage still on the treatment with its {level} interval (log-log),"
        " which does not exist where nobody or everybody has stopped, and the number treated as"
        " long.",
    )
    title = f"{study.treatment.label}: who is still on the treatment, by cohort"
    return Table("retention", title, columns, tuple(rows), notes)


def _times(study: Study, results: Results, duration: str) -> list[str]:
    """The times that some patient of a cohort reached, the last of them if they are many."""
    found = dict.fromkeys(
        row.variable_level
        for cohort in study.cohorts
        for row in results.levels(cohort, duration, RETENTION, "n_at_risk")
        if row.number
    )
    return sorted(found, key=float)[-_MOST_TIMES:]


def _cells(results: Results, cohort: str, duration: str, times: list[str]) -> tuple[str, ...]:
    def row(stat: str, method: str = "", level: str = "") -> Result:
        return results.get(cohort, duration, RETENTION, stat, level=level, method=method)

    def at(time: str) -> str:
        share = row("share", RETENTION_SHARE, time)
        if share.error:
            return NOT_COMPUTED
        text = traced(percent_text(share.number), share)
        low, high = (row(stat, RETENTION_INTERVAL, time) for stat in ("conf_low", "conf_high"))
        if not low.error:
            text += f" ({traced_number(low, 0)} to {traced_number(high, 0)})"
        return f"{text}, n = {traced_number(row('n_at_risk', level=time))}"

    median = row("median", RETENTION_SHARE)
    low, high = (row(stat, RETENTION_LIMITS) for stat in ("conf_low", "conf_high"))
    middle = median.error or traced_number(median)
    if not (low.error and high.error):
        ends = ("?" if end.error else traced_number(end) for end in (low, high))
        middle += f" ({' to '.join(ends)})"
    counts = map(traced_number, (row("n"), row("n_stopped")))
    return (*counts, middle, *map(at, times), traced_number(row("n_missing")))
