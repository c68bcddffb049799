"""Whether two visits of a study are one that is written in two ways, as BL and Baseline.

They say the same point of time, by their months or by what they are called, and no patient has
values at both.
"""

from collections.abc import Iterator
from itertools import combinations

from casebook.data.findings import Finding
from casebook.data.patients import Roster
from casebook.doubts.contrary_visits import months_of
from casebook.study.model import Study
from casebook.study.visits import seen

_CLOSE = 0.02
"""Month 12 is week 52, which is 11.96 months."""


def same_visits(study: Study, file: str, roster: Roster) -> Iterator[Finding]:
    """A warning for each two visits that may be one.

    Args:
        study: The study.
        file: The table, for the messages.
        roster: The patients.
    """
    patients = _with_values(study, roster)
    months = {each: months_of(each, study.visits[each]) for each in seen(study.visits)}
    timed = {each: at for each, at in months.items() if at is not None and patients[each]}
    for (one, at), (other, then) in combinations(timed.items(), 2):
        is_one_time = abs(at - then) <= _CLOSE * max(abs(at), abs(then))
        if is_one_time and patients[one].isdisjoint(patients[other]):
            hint = (
                f"visits.{one} and visits.{other} of study.yaml are both at month {at:.3g};"
                f" {len(patients[one]):,} and {len(patients[other]):,} patients have values there,"
                f" and none has both: if they are one visit, {_mend(study, one, other)}"
            )
            yield Finding("warning", file, 0, study.source.visit or "", "", "", hint)


def _with_values(study: Study, roster: Roster) -> dict[str, set[int]]:
    """The places of the patients who have a value of any outcome, by the visit."""
    found: dict[str, set[int]] = {visit: set() for visit in study.visits}
    for name, (_, visit) in study.measured.items():
        values = roster.columns[name]
        found[visit] |= {place for place, value in enumerate(values) if value is not None}
    return found


def _mend(study: Study, one: str, other: str) -> str:
    """What to write where two visits are one."""
    if not study.source.has_visits:
        return f"a visit with first_of: [{one}, {other}] has the values of both"
    if study.visits[one].window:
        return f"widen the window of {one}, and take {other} away"
    texts = [text for each in (one, other) for text in study.visits[each].value or (each,)]
    return f"write value: [{', '.join(texts)}] for {one}, and take {other} away"
