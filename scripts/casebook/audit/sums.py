"""Whether what one place of a paper prints of the parts of a cohort adds up to the whole.

The counts of all levels of a variable are as many as the cohort has patients, their percentages
come to a hundred, and cohorts that are parts of another one are as large as it together. Nobody has
to ask for it. A sum does not say which of its numbers is wrong, so that it forbids no convention.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from casebook.audit.checked import Checked
from casebook.audit.data import Data
from casebook.claims.among import EVERYONE
from casebook.claims.listed import Claim
from casebook.claims.readings import PATIENT, ColumnStatistic, Share
from casebook.statistics.summaries.interval import Consistency

Added = tuple[list["_Part"], Decimal]
"""Parts, and what they should come to."""


@dataclass(frozen=True)
class _Part:
    """A claim of how many patients something is so, or which percentage, and who they are."""

    claim: Claim
    value: Decimal
    half_unit: Decimal
    patients: frozenset[str]


def sums(data: Data, claims: Sequence[Claim]) -> dict[str, list[Checked]]:
    """What adds up or does not, by the names of the claims whose numbers are added."""
    found: dict[str, list[Checked]] = {}
    for parts, total in (*_of_levels(data, claims), *_of_cohorts(data, claims)):
        checked = Checked("Sum", _added(parts, total))
        for part in parts:
            found.setdefault(part.claim.name, []).append(checked)
    return found


def _added(parts: Sequence[_Part], total: Decimal) -> Consistency:
    """Whether the parts can be the total, each rounded as it is printed."""
    added = sum((part.value for part in parts), Decimal(0))
    rounded_by = sum((part.half_unit for part in parts), Decimal(0))
    fits = abs(added - total) <= rounded_by
    told = f"{' + '.join(f'{part.value}' for part in parts)} = {added}"
    return Consistency(fits, True, told if fits else f"{told}, and not {total}")


def _of_levels(data: Data, claims: Sequence[Claim]) -> Iterator[Added]:
    """The counts, or the percentages, of all known levels of a variable at one place."""
    groups: dict[tuple[str, str, str, str], dict[str, _Part]] = {}
    for claim in claims:
        reading = claim.reading
        if not isinstance(reading, Share) or reading.name == "odds":
            continue
        if reading.where is EVERYONE and (of := _level(data, reading)):
            variable, level = of
            members = frozenset(
                p.id
                for p in data.cohorts[reading.cohort]
                if reading.condition.holds(data.values(p)) is True
            )
            if part := _part(claim, members):
                key = (claim.place, reading.name, reading.cohort, variable)
                groups.setdefault(key, {}).setdefault(level, part)
    for (_, name, cohort, variable), by_level in groups.items():
        occurring, known = _occurring(data, cohort, variable)
        if len(by_level) > 1 and occurring <= {*by_level}:
            total = Decimal(100) if name == "percent" else Decimal(known)
            yield list(by_level.values()), total


def _occurring(data: Data, cohort: str, variable: str) -> tuple[set[str], int]:
    """The levels of a variable that its patients have, and how many of these it is known of.

    Where summaries alone are printed these may be all of them.
    """
    if not data.study.source.has_table:
        return {*data.study.levels(variable)}, data.study.cohorts[cohort].n or 0
    known = [p for p in data.cohorts[cohort] if p.values.get(variable) is not None]
    return {str(patient.values[variable]) for patient in known}, len(known)


def _level(data: Data, reading: Share) -> tuple[str, str] | None:
    """The variable and its level, if that is all that a condition asks for."""
    for name in reading.condition.names:
        levels: Mapping[str, str] = getattr(data.study.variables.get(name), "levels", None) or {}
        for level in levels:
            if reading.condition.source in (f"{name} == {level!r}", f'{name} == "{level}"'):
                return name, level
    return None


def _of_cohorts(data: Data, claims: Sequence[Claim]) -> Iterator[Added]:
    """The sizes of the cohorts at one place that are parts of another one whose size stands there.

    Where cohorts overlap it is not known which of them are the parts.
    """
    places: dict[str, dict[str, _Part]] = {}
    for claim in claims:
        reading = claim.reading
        if not isinstance(reading, ColumnStatistic) or reading.where is not EVERYONE:
            continue
        if (reading.name, reading.expression.source) == ("n", PATIENT):
            members = frozenset(patient.id for patient in data.cohorts[reading.cohort])
            if part := _part(claim, members):
                places.setdefault(claim.place, {}).setdefault(reading.cohort, part)
    for sizes in places.values():
        for total in sizes.values():
            parts = [each for each in sizes.values() if each.patients < total.patients]
            together = frozenset().union(*(part.patients for part in parts))
            apart = sum(len(part.patients) for part in parts) == len(together)
            if len(parts) > 1 and apart and together == total.patients:
                yield parts, total.value


def _part(claim: Claim, patients: frozenset[str]) -> _Part | None:
    printed = claim.number
    if printed is None or printed.relation != "=":
        return None
    is_rounded = isinstance(claim.reading, Share) and claim.reading.name == "percent"
    half_unit = printed.unit / 2 if is_rounded else Decimal(0)
    return _Part(claim, printed.low, half_unit, patients)
