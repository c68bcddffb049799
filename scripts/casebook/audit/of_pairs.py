"""What a wrong number would be of those who have both visits of an outcome, if that is printed.

A percentage may be of the pairs of another outcome, and a statistic of a visit that of the other
one. Both change two choices at once, so that they are told and do not count. What all patients of
the other visit give is told elsewhere.
"""

from collections.abc import Iterator
from dataclasses import replace

from casebook.audit.data import Data
from casebook.audit.shares import share_answers
from casebook.audit.variants import variants
from casebook.base.printed import Printed
from casebook.claims.among import EVERYONE
from casebook.claims.readings import ColumnStatistic, Share
from casebook.data.patients import measurement
from casebook.study.expressions import parse


def of_pairs(data: Data, printed: Printed, reading: Share | ColumnStatistic) -> Iterator[str]:
    """What of those with both visits of an outcome gives what is printed, in words.

    Args:
        data: What is known of the patients.
        printed: The number that is not right, of two digits or more.
        reading: What it should be.
    """
    if len(printed.low.as_tuple().digits) < 2 or reading.where != EVERYONE:
        return
    if isinstance(reading, ColumnStatistic):
        yield from _at_other_visits(data, printed, reading)
    elif reading.name == "percent":
        count = share_answers(data, reading).count(True)
        for outcome, contrast in data.study.changes.values():
            n = len(data.ranked_changes(reading.cohort, outcome, contrast.name))
            if n >= count > 0 and printed.gives(100 * count / n):
                label = data.study.outcomes[outcome].label
                yield f"{count} of the {n} with both visits of {label} would be what is printed"


def _at_other_visits(data: Data, printed: Printed, reading: ColumnStatistic) -> Iterator[str]:
    study = data.study
    outcome, visit = study.measured.get(reading.expression.source, ("", ""))
    for name, (changed, contrast) in study.changes.items():
        if changed != outcome or visit not in contrast.visits:
            continue
        (other,) = (each for each in contrast.visits if each != visit)
        source = measurement(outcome, other)
        there = replace(reading, expression=parse(source))
        of_these = replace(there, where=parse(f"known({name})"))
        if _gives(data, of_these, printed) and not _gives(data, there, printed):
            yield f"{source} of those with both visits would give what is printed"


def _gives(data: Data, reading: ColumnStatistic, printed: Printed) -> bool:
    return any(printed.gives(each.value) for each in [*variants(data, reading)][:1])
