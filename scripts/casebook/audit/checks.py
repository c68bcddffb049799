"""What can be said of a printed number without the raw data, from what is printed beside it.

Each check runs on every claim that it applies to: GRIM on means of whole numbers, GRIMMER and DEBIT
on their SDs, percentages against their count and n, medians and quartiles against each other. For a
paper without raw data a claim names its check, and what it takes, as its reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from casebook.audit.checked import Checked, checked
from casebook.audit.data import Data
from casebook.audit.known import Known, Together, known_of, number_of
from casebook.audit.named_checks import OF_P, named_check
from casebook.audit.of_summaries import checks_of_summaries, of_correlation, pairs_of
from casebook.base.printed import Printed
from casebook.claims.checked import Check
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic, Share
from casebook.claims.tested import Correlation
from casebook.statistics.describe import percent_of_name
from casebook.statistics.summaries.bounded import tides
from casebook.statistics.summaries.interval import Consistency, Rounding, possible_values
from casebook.statistics.summaries.mean_sd import debit, grim, grimmer
from casebook.statistics.summaries.percent import percent_of, percent_possible
from casebook.statistics.summaries.samples import sprite
from casebook.statistics.terms import NotComputable

_PERCENTS: Mapping[str, float] = {"min": 0, "median": 50, "max": 100}


def printed_together(claims: Sequence[Claim]) -> Together:
    """The printed numbers of all claims by what they are of.

    Of one that is printed several times it is the one with the most decimals.
    """
    found: dict[tuple[str, ...], dict[str, Printed]] = {}
    for claim in claims:
        printed, of = claim.number, _of(claim)
        if printed and printed.relation == "=" and of:
            beside = found.setdefault(of, {})
            name = getattr(claim.meant, "name", "")
            if name not in beside or beside[name].decimals < printed.decimals:
                beside[name] = printed
    return found


def _of(claim: Claim) -> tuple[str, ...]:
    """What a statistic, a share or a correlation is of; nothing for other readings."""
    match claim.meant:
        case ColumnStatistic(expression=expression, where=where, cohort=cohort):
            return cohort, expression.source, where.source
        case Share(condition=condition, where=where, cohort=cohort):
            return cohort, condition.source, where.source, "share"
        case Correlation(name="n_pairs") as of:
            return pairs_of(of)
        case Correlation(name="correlation") as of:
            return of_correlation(of, claim.convention)
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
    claim = replace(claim, reading=claim.meant)
    beside = together.get(_of(claim), {})
    if not data.study.source.has_table:
        yield from checks_of_summaries(data, claim, together)
    match claim.reading:
        case Check() as check if check.name in OF_P or printed.relation == "=":
            yield checked(check.name, partial(named_check, check, claims, printed))
        case _ if printed.relation != "=":
            return
        case ColumnStatistic() as reading:
            yield from _in_order(reading.name, printed, beside, rounding)
            known = known_of(data, reading, together)
            yield from _of_spread(known, reading.name, printed, beside, rounding)
        case Share(name="percent") as reading:
            yield from _of_percent(data, reading, printed, beside, together, rounding)


def _of_spread(
    known: Known, name: str, printed: Printed, beside: Mapping[str, Printed], rounding: Rounding
) -> Iterator[Checked]:
    """Whether values that are known so far can have a mean, or an SD with the mean beside it."""
    if name not in ("mean", "sd"):
        return
    if known.n is None:
        reason = NotComputable("it is not printed how many patients these are")
        yield Checked("Size", reason)
        return
    n, value, items = known.n, printed.low, known.items
    if name == "mean" and items:
        yield checked("grim", partial(grim, value, n, items, rounding=rounding))
    if name != "sd" or "mean" not in beside:
        return
    mean = beside["mean"].low
    if known.is_binary:
        yield checked("debit", partial(debit, mean, value, n, rounding=rounding))
    elif items:
        yield checked("grimmer", partial(grimmer, mean, value, n, items, rounding=rounding))
    if known.scale and not known.is_binary:
        yield checked("tides", partial(tides, mean, value, n, known.scale, rounding=rounding))
    if known.scale and known.scale.step and not known.is_binary:
        order = {each: beside[each].low for each in ("min", "median", "max") if each in beside}
        fits = partial(sprite, mean, value, n, known.scale, order=order, rounding=rounding)
        yield checked("sprite", fits)


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
    together: Together,
    rounding: Rounding,
) -> Iterator[Checked]:
    n = number_of(data, reading, together)
    if n is None:
        return
    if "count" in beside:
        check = partial(percent_of, printed.low, int(beside["count"].low), n, rounding=rounding)
    else:
        check = partial(percent_possible, printed.low, n, rounding=rounding)
    yield checked("percent_of", check)
