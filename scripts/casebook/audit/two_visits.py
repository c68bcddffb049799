"""Numbers of two visits that a paper prints beside each other, and that are of other patients.

A mean at baseline of 20 patients and one at follow-up of 19 can both be right, and how far they are
apart is still the change of nobody. So it is told what the first one is of those with both visits.
That contradicts nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from casebook.audit.data import Data
from casebook.audit.exchanged import near
from casebook.audit.of_values import numbers
from casebook.audit.variants import variants
from casebook.base.printed import to_decimals
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic
from casebook.data.verdicts import OTHER_CONVENTION, REPRODUCED, Verdict
from casebook.study.expressions import parse
from casebook.study.model import Study
from casebook.wording.numbers import with_minus

_SIZES = ("n", "n_missing")


def of_more_patients(
    data: Data, claims: Sequence[Claim], judged: Mapping[str, Verdict]
) -> dict[str, str]:
    """What is said of each right claim of a visit that is of more patients than one beside it.

    Both are the same statistic of an outcome, in the same part of a cohort, at two visits that are
    compared, or at one of them and of the change; and they stand in one table, or one in the words
    of the other. Nothing is said where those with both visits have what is printed, too.

    Args:
        data: The study's data.
        claims: All claims.
        judged: What became of each, by its name.
    """
    found: dict[str, str] = {}
    groups: dict[tuple[str, str, str, str], list[tuple[Claim, ColumnStatistic]]] = {}
    for claim in claims:
        match claim.reading:
            case ColumnStatistic(name=name, cohort=cohort, where=where) as of if name not in _SIZES:
                groups.setdefault((claim.place, name, cohort, where.source), []).append((claim, of))
    for group in groups.values():
        for (claim, of), (other, beside) in permutations(group, 2):
            if claim.name in found or not _is_near(claim, other):
                continue
            for change in _changes(data.study, of, beside):
                if said := _told(data, judged[claim.name], claim, of, other, beside, change):
                    found[claim.name] = said
    return found


def _is_near(one: Claim, other: Claim) -> bool:
    """Whether two claims stand in one table, or one in the words of the other."""
    return near(one, other) or one.printed in other.words or other.printed in one.words


def _changes(study: Study, of: ColumnStatistic, beside: ColumnStatistic) -> Iterator[str]:
    """The changes from or to the visit of one statistic that the other is of, or its visit."""
    visit, other = of.expression.source, beside.expression.source
    measured = study.measured
    for change, (outcome, contrast) in study.changes.items():
        visits = [(outcome, each) for each in contrast.visits]
        is_beside = visit != other and (other == change or measured.get(other) in visits)
        if measured.get(visit) in visits and is_beside:
            yield change


def _told(
    data: Data,
    found: Verdict,
    claim: Claim,
    of: ColumnStatistic,
    other: Claim,
    beside: ColumnStatistic,
    change: str,
) -> str:
    """What a claim is of those with both visits, if it is of more; nothing if it is not right."""
    if found.verdict not in (REPRODUCED, OTHER_CONVENTION) or claim.number is None:
        return ""
    both = replace(of, where=parse(f"({of.where.source}) and known({change})"))
    own, others, paired = (_known(data, each) for each in (of, beside, both))
    values = {each.convention: each.value for each in variants(data, both)}
    value = values.get(next(iter(found.reproduced_by), ""))
    if own == paired or value is None or claim.number.gives(value):
        return ""
    shown = with_minus(f"{to_decimals(value, claim.number.decimals):f}")
    return (
        f"of {own} patients, and {other.printed} beside it ({other.name}) of {others}; of the"
        f" {paired} with both visits it is {shown}"
    )


def _known(data: Data, of: ColumnStatistic) -> int:
    """Of how many patients a statistic is."""
    return sum(value is not None for value in numbers(data, of).values())
