"""Retention for a reader: how many stopped the treatment, and who was still on it when, by cohort.

The table shows rows of results, each number traced to its own, and computes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

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
from casebook.wording.columns import Column, exceptions, telling
from casebook.wording.numbers import NOT_COMPUTED, level_text, percent_text
from casebook.wording.traces import traced, traced_number

_MOST_TIMES = 4


def retention_table(study: Study, results: Results) -> Table | None:
    """Who is still on the treatment, a row for each cohort; None if it is not said who stopped."""
    if study.treatment is None or study.treatment.goes_on is None:
        return None
    duration, unit = study.treatment.duration, study.unit(study.treatment.duration) or ""
    times = _times(study, results, duration)
    level = level_text(study.analysis.confidence_level)
    kept = {name: _Kept(results, name, duration) for name in study.cohorts}
    shown = telling(_columns(unit, level, times), [*kept.values()])
    rows = [
        Row(study.cohorts[name].label, tuple(column.cell(each) for column in shown))
        for name, each in kept.items()
    ]
    columns = ("Cohort", *(column.heading for column in shown))
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """How long the patients of a cohort stayed on the treatment."""

    results: Results
    cohort: str
    duration: str

    def row(self, stat: str, method: str = "", level: str = "") -> Result:
        of = (self.cohort, self.duration, RETENTION, stat)
        return self.results.get(*of, level=level, method=method)

    @property
    def median(self) -> str:
        """The median with its interval."""
        median = self.row("median", RETENTION_SHARE)
        low, high = (self.row(stat, RETENTION_LIMITS) for stat in ("conf_low", "conf_high"))
        middle = median.error or traced_number(median)
        if not (low.error and high.error):
            ends = ("?" if end.error else traced_number(end) for end in (low, high))
            middle += f" ({' to '.join(ends)})"
        return middle

    def at(self, time: str) -> str:
        """The share still on the treatment at a time with its interval, and how many those are."""
        share = self.row("share", RETENTION_SHARE, time)
        if share.error:
            return NOT_COMPUTED
        text = traced(percent_text(share.number), share)
        low, high = (self.row(end, RETENTION_INTERVAL, time) for end in ("conf_low", "conf_high"))
        if not low.error:
            text += f" ({traced_number(low, 0)} to {traced_number(high, 0)})"
        return f"{text}, n = {traced_number(self.row('n_at_risk', level=time))}"


def _columns(unit: str, level: str, times: Iterable[str]) -> Iterator[Column[_Kept]]:
    yield Column("Patients", lambda kept: traced_number(kept.row("n")))
    yield Column("Stopped", lambda kept: traced_number(kept.row("n_stopped")))
    median = f"Median{f', {unit}' if unit else ''} ({level} interval)"
    yield Column(median, lambda kept: kept.median)
    for time in times:
        yield Column(f"At {time} {unit}", partial(_Kept.at, time=time))
    yield exceptions("Not known", lambda kept: kept.row("n_missing"))
