"""What can be said of a printed number without the raw data, from what is printed beside it.

Each check runs on every claim that it applies to: GRIM on means of whole numbers, GRIMMER and DEBIT
on their SDs, percentages against their count and n, medians and quartiles against each other. For a
paper without raw data a claim names its check, and what it takes, as its reading.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.audit.data import Data
from casebook.audit.named_checks import OF_MEANS, OF_P, named_check
from casebook.audit.shares import share_answers
from casebook.audit.variants import numbers
from casebook.base.printed import Printed
from casebook.claims.checked import Check
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic, Reading, Share
from casebook.statistics.describe import percent_of_name
from casebook.statistics.summaries.interval import Consistency, Rounding, possible_values
from casebook.statistics.summaries.mean_sd import debit, grim, grimmer
from casebook.statistics.summaries.percent import percent_of, percent_possible
from casebook.statistics.terms import NotComputable

_TITLES = {
    "grim": "GRIM",
    "grimmer": "GRIMMER",
    "debit": "DEBIT",
    "tides": "TIDES",
    "sprite": "SPRITE",
    "percent_of": "Percentage",
    "p_from": "p-value and statistic",
    **dict.fromkeys((*OF_MEANS, "t_from_groups", "t_from_pairs"), "t-test"),
}
_PERCENTS: Mapping[str, float] = {"min": 0, "median": 50, "max": 100}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, or why it could not be made."""

    title: str
    found: Consistency | NotComputable

    @property
    def failed(self) -> bool:
        """Whether no data give what is printed."""
        return isinstance(self.found, Consistency) and not self.found.consistent

    def __str__(self) -> str:
        if isinstance(self.found, NotComputable):
            return f"{self.title} cannot be checked: {self.found}"
        if not self.found.informative:
            return f"{self.title} could not have failed here"
        return f"{self.title} {'passes' if self.found.consistent else 'fails'}: {self.found.detail}"


Together = Mapping[tuple[str, ...], Mapping[str, Printed]]
"""What is printed of the same values: by what they are of, then by the names of the statistics."""


def printed_together(claims: Sequence[Claim]) -> Together:
    """The printed numbers of all claims by what they are of.

    Of one that is printed several times it is the one with the most decimals.
    """
    found: dict[tuple[str, ...], dict[str, Printed]] = {}
    for claim in claims:
        printed, of = claim.number, _of(claim.reading)
        if printed and printed.relation == "=" and of:
            beside = found.setdefault(of, {})
            name = getattr(claim.reading, "name", "")
            if name not in beside or beside[name].decimals < printed.decimals:
                beside[name] = printed
    return found


def _of(reading: Reading) -> tuple[str, ...]:
    """What a statistic or a share is of; nothing for other readings."""
    match reading:
        case ColumnStatistic(expression=expression, where=where, cohort=cohort):
            return cohort, expression.source, where.source
        case Share(condition=condition, where=where, cohort=cohort):
            return cohort, condition.source, where.source, "share"
    return ()


def checks(
    data: Data,
    claim: Claim,
    claims: Mapping[str, Claim],
    together: Together,
    *,
    rounding: Rounding = "nearest",
) -> Iterator[Checked]:
    """Every check that applies to a claim; none where what it prints is not a single number.

    Args:
        data: The study's data.
        claim: The claim.
        claims: All claims by their names.
        together: What all claims print of the same values.
        rounding: How the number of the claim was printed.
    """
    printed = claim.number
    if printed is None:
        return
    beside = together.get(_of(claim.reading), {})
    match claim.reading:
        case Check() as check if check.name in OF_P or printed.relation == "=":
            yield _checked(check.name, partial(named_check, check, claims, printed))
        case _ if printed.relation != "=":
            return
        case ColumnStatistic() as reading:
            yield from _of_column(data, reading, printed, beside, rounding)
        case Share(name="percent") as reading:
            yield from _of_percent(data, reading, printed, beside, rounding)


def _of_column(
    data: Data,
    reading: ColumnStatistic,
    printed: Printed,
    beside: Mapping[str, Printed],
    rounding: Rounding,
) -> Iterator[Checked]:
    yield from _in_order(reading.name, printed, beside, rounding)
    if reading.name not in ("mean", "sd"):
        return
    values = [value for value in numbers(data, reading).values() if value is not None]
    if not values or not all(value.is_integer() for value in values):
        return
    n = len(values)
    if reading.name == "mean":
        yield _checked("grim", partial(grim, printed.low, n, rounding=rounding))
    elif reading.name == "sd" and "mean" in beside:
        binary = {*values} <= {0.0, 1.0}
        name, check = ("debit", debit) if binary else ("grimmer", grimmer)
        yield _checked(name, partial(check, beside["mean"].low, printed.low, n, rounding=rounding))


def _in_order(
    name: str, printed: Printed, beside: Mapping[str, Printed], rounding: Rounding
) -> Iterator[Checked]:
    """Whether a statistic lies between those that are printed beside it."""
    among = ("min", "max") if name == "mean" else tuple(beside)
    places = {other: place for other in among if (place := _percent_below(other)) is not None}
    place = _percent_below("median" if name == "mean" else name)
    if place is None:
        return
    others = [o for o in sorted(places, key=places.__getitem__) if o in beside and o != name]
    above = [other for other in others if places[other] > place]
    possible = possible_values(printed.low, rounding)
    wrong = [
        other
        for other in others
        if not (
            possible.low <= possible_values(beside[other].low).high
            if other in above
            else possible.high >= possible_values(beside[other].low).low
        )
    ]
    if others:
        told = ", ".join(f"{other} {beside[other].low}" for other in wrong or others)
        words = f"the {name} {printed.low} {'does not fit' if wrong else 'fits'} {told}"
        yield Checked("Order", Consistency(not wrong, True, words))


def _percent_below(name: str) -> float | None:
    """Which percent of the values are below a statistic, if that is what it says."""
    return _PERCENTS.get(name, percent_of_name(name))


def _of_percent(
    data: Data,
    reading: Share,
    printed: Printed,
    beside: Mapping[str, Printed],
    rounding: Rounding,
) -> Iterator[Checked]:
    answers = share_answers(data, reading)
    n = len(answers) - answers.count(None)
    if "count" in beside:
        check = partial(percent_of, printed.low, int(beside["count"].low), n, rounding=rounding)
    else:
        check = partial(percent_possible, printed.low, n, rounding=rounding)
    yield _checked("percent_of", check)


def _checked(name: str, check: Callable[[], Consistency]) -> Checked:
    try:
        return Checked(_TITLES[name], check())
    except NotComputable as reason:
        return Checked(_TITLES[name], reason)
