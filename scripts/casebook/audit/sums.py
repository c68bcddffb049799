"""Whether what one place of a paper prints of the parts of a cohort adds up to the whole.

The counts of all levels of a variable are as many as the patients of whom it is known, their
percentages come to a hundred, and cohorts that are parts of another one are as large as it
together. Where summaries alone are printed, patients of whom it is not known may be part of
neither: then the sum is at most this. Nobody has to ask for it. A sum does not say which of its
numbers is wrong, so that it forbids no convention.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from casebook.audit.checked import Checked
from casebook.audit.data import Data
from casebook.audit.known import Together, number_known
from casebook.claims.among import EVERYONE
from casebook.claims.listed import Claim
from casebook.claims.readings import PATIENT, ColumnStatistic, Share
from casebook.statistics.summaries.interval import Consistency
from casebook.study.expressions import parse

Added = tuple[list["_Part"], "_Total"]
"""Parts, and what they should come to."""


@dataclass(frozen=True)
class _Total:
    """What parts come to: a number from `least` to `most`, and the claims that say so, if any."""

    least: Decimal
    most: Decimal
    claims: Sequence[Claim] = ()

    def __str__(self) -> str:
        if self.least == self.most:
            return f"{self.most}"
        return f"{self.least:.3g} to {self.most}" if self.least else f"at most {self.most}"


@dataclass(frozen=True)
class _Part:
    """A claim of how many patients something is so, or which percentage, and who they are."""

    claim: Claim
    value: Decimal
    half_unit: Decimal
    patients: frozenset[str]


def sums(data: Data, claims: Sequence[Claim], together: Together) -> dict[str, list[Checked]]:
    """What adds up or does not, by the names of the claims whose numbers are added.

    Args:
        data: The study's data.
        claims: All claims.
        together: What these print of the same values.
    """
    found: dict[str, list[Checked]] = {}
    for parts, total in (*_of_levels(data, claims, together), *_of_cohorts(data, claims)):
        checked = Checked("Sum", _added(parts, total))
        for claim in (*(part.claim for part in parts), *total.claims):
            found.setdefault(claim.name, []).append(checked)
    return found


def _added(parts: Sequence[_Part], total: _Total) -> Consistency:
    """Whether the parts can be the total, each rounded as it is printed."""
    added = sum((part.value for part in parts), Decimal(0))
    rounded_by = sum((part.half_unit for part in parts), Decimal(0))
    fits = total.least - rounded_by <= added <= total.most + rounded_by
    told = f"{' + '.join(f'{part.value}' for part in parts)} = {added}"
    return Consistency(fits, True, told if fits else f"{told}, and not {total}")


def _of_levels(data: Data, claims: Sequence[Claim], together: Together) -> Iterator[Added]:
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
        if len(by_level) > 1 and _occurring(data, cohort, variable) <= {*by_level}:
            parts, total = [*by_level.values()], _total(data, name, cohort, variable)
            is_alone = not data.study.source.has_table
            # Parts that are too many for the cohort are so whatever is printed of those known.
            if is_alone and _added(parts, total).consistent:
                known = ColumnStatistic("n", parse(variable), EVERYONE, cohort)
                total = _of_known(data, name, known, claims, together) or total
            yield parts, total


def _occurring(data: Data, cohort: str, variable: str) -> set[str]:
    """The levels of a variable that its patients have; of summaries alone all that it can have."""
    if not data.study.source.has_table:
        return {*data.study.levels(variable)}
    values = (patient.values.get(variable) for patient in data.cohorts[cohort])
    return {str(value) for value in values if value is not None}


def _total(data: Data, name: str, cohort: str, variable: str) -> _Total:
    """What counts or percentages of all levels come to.

    Where summaries alone are printed, values may be missing. Whether a percentage is of those known
    or of everyone is left open there.
    """
    is_percent = name == "percent"
    if not data.study.source.has_table:
        n = data.study.cohorts[cohort].n or 0
        return _Total(Decimal(0), Decimal(100 if is_percent else n))
    known = [p for p in data.cohorts[cohort] if p.values.get(variable) is not None]
    whole = Decimal(100 if is_percent else len(known))
    return _Total(whole, whole)


def _of_known(
    data: Data, name: str, of: ColumnStatistic, claims: Sequence[Claim], together: Together
) -> _Total | None:
    """The same where a paper without data prints how many have a value, or how many have none."""
    known = number_known(data, of, together)
    if known is None:
        return None
    said = {each: [*_printed_sizes(claims, replace(of, name=each))] for each in ("n", "n_missing")}
    telling = said["n"] or said["n_missing"]
    if name == "percent":
        least = Decimal(100 * known) / max(data.study.cohorts[of.cohort].n or 0, 1)
        return _Total(least, Decimal(100), telling)
    return _Total(Decimal(known), Decimal(known), telling)


def _printed_sizes(claims: Sequence[Claim], of: ColumnStatistic) -> Iterator[Claim]:
    """The claims that print a number of patients."""
    for claim in claims:
        reading, printed = claim.reading, claim.number
        if not isinstance(reading, ColumnStatistic) or reading.where is not EVERYONE:
            continue
        asked = (reading.name, reading.cohort, reading.expression.source)
        is_same = asked == (of.name, of.cohort, of.expression.source)
        if is_same and printed and printed.relation == "=":
            yield claim


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
                yield parts, _Total(total.value, total.value)


def _part(claim: Claim, patients: frozenset[str]) -> _Part | None:
    printed = claim.number
    if printed is None or printed.relation != "=":
        return None
    is_rounded = isinstance(claim.reading, Share) and claim.reading.name == "percent"
    half_unit = printed.unit / 2 if is_rounded else Decimal(0)
    return _Part(claim, printed.low, half_unit, patients)
