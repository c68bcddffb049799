"""That numbers stand in place of values known by a limit alone, such as <5, where a reader looks.

How many there are and what is used for them is counted and worded by `prepare/inexact`; what rule
the study has, by `limit_methods`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from casebook.data.findings import Finding
from casebook.report.manuscript import Table
from casebook.study.model import Study
from casebook.wording.sentences import listed


def limits_told(findings: Iterable[Finding]) -> Iterator[str]:
    """A sentence of the main findings, if any values of the study are known by a limit alone."""
    if told := _told(findings):
        yield f"{'; '.join(listed(told))}."


def with_limits(study: Study, table: Table, findings: Iterable[Finding]) -> Table:
    """A table with a note on each of its characteristics or outcomes that has such values."""
    labels = [each.label for each in study.outcomes.values()]
    if table.name == "baseline":
        labels = [study.variable(name).label for name in study.reported]
    starts = tuple(f"{label}: " for label in labels)
    notes = (f"{told}." for told in _told(findings) if told.startswith(starts))
    return replace(table, notes=(*table.notes, *notes))


def _told(findings: Iterable[Finding]) -> list[str]:
    return [each.hint for each in findings if each.about == "limit"]
