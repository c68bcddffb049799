"""Claims of summaries alone that cannot all be right, and which of them are to be doubted.

Where there are data of patients these decide. Where there are none, numbers that do not agree with
each other contradict the paper: that of them which no data can give, or else each of them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from casebook.audit.checked import Checked
from casebook.audit.repeated import of_decision
from casebook.claims.listed import Claim
from casebook.statistics.summaries.interval import Consistency

Checks = Mapping[str, Sequence[Checked]]
"""Checks by the names of the claims that they are of."""


def decisions(claims: Sequence[Claim], alpha: float) -> dict[str, list[Checked]]:
    """Whether what is called significant, or not, has such a p-value, by the names of both."""
    found: dict[str, list[Checked]] = {}
    for said, other, agrees in of_decision(claims, alpha):
        words = f"{other.printed} in {other.name}, {said.printed} in {said.name}"
        checked = Checked("Significance", Consistency(agrees, True, words))
        for claim in (said, other):
            found.setdefault(claim.name, []).append(checked)
    return found


def doubted(
    own: Checks, shared: Sequence[Checks], elsewhere: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """The claims with which each claim does not agree, if no check of any of these alone fails.

    Args:
        own: The checks of each claim alone.
        shared: The checks that several claims have in common.
        elsewhere: The claims that print another value of the same as each.
    """
    failing = {name for name, made in own.items() if any(each.failed for each in made)}
    found: dict[str, set[str]] = {}
    for group in (*_pairs(elsewhere), *(each for made in shared for each in _failing(made))):
        if not failing & {*group}:
            for name in group:
                found.setdefault(name, set()).update(group)
    return {name: tuple(each for each in own if each in all_of) for name, all_of in found.items()}


def _pairs(elsewhere: Mapping[str, Sequence[str]]) -> Iterator[Collection[str]]:
    for name, others in elsewhere.items():
        for other in others:
            yield name, other


def _failing(made: Checks) -> Iterator[Collection[str]]:
    """The claims of each failing check that several have in common."""
    groups: dict[int, list[str]] = {}
    for name, checks in made.items():
        for each in checks:
            if each.failed:
                groups.setdefault(id(each), []).append(name)
    yield from groups.values()
