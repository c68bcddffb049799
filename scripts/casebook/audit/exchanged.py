"""Numbers that a paper prints in each other's place: 12 and 8 of two groups for 8 and 12.

Neither is right, and both would be if they were exchanged. That is said of them; it is no
agreement, as the paper prints them where they are wrong. It may be chance, as of an 8 and a 7 that
have nothing else to do with each other; of such numbers it is not said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from casebook.claims.listed import Claim
from casebook.claims.readings import PATIENT, ResultRow
from casebook.data.verdicts import WRONG, Verdict
from casebook.study.model import Study
from casebook.wording.sentences import in_brief

_TABLE = re.compile(r"table|tabelle|tableau", re.I)


def exchanged(
    study: Study, claims: Sequence[Claim], judged: Mapping[str, Verdict]
) -> dict[str, str]:
    """What is said of each claim whose number stands in the place of another one, by its name.

    Both are of one statistic, of other patients or values, and stand in one table or in the same
    words, or are of the same variable. Of several such claims those at the same place are meant, if
    there are any.

    Args:
        study: The study, which knows the variables.
        claims: All claims.
        judged: What became of each, by its name.
    """
    found: dict[str, list[Claim]] = {}
    for one, other in _pairs(claims, judged):
        of_one, of_other = (_variables(study, judged[claim.name]) for claim in (one, other))
        if near(one, other) or of_one & of_other:
            found.setdefault(one.name, []).append(other)
            found.setdefault(other.name, []).append(one)
    places = {claim.name: claim.place for claim in claims}
    return {name: _told(others, places[name]) for name, others in found.items()}


def _pairs(claims: Sequence[Claim], judged: Mapping[str, Verdict]) -> Iterator[tuple[Claim, Claim]]:
    """Each two claims of which neither prints its own number, and both print that of the other."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        verdict = judged[claim.name]
        # Of a bound or a decision, which many numbers fit, nothing follows.
        if verdict.verdict in WRONG and verdict.slips_fit:
            groups.setdefault(verdict.statistic, []).append(claim)
    for group in groups.values():
        for one, other in combinations(group, 2):
            # Of ends that change places, claims.tsv calls each by the name of the other.
            are_ends = _interval(one) is not None and _interval(one) == _interval(other)
            if not are_ends and _fits(one, judged[other.name]) and _fits(other, judged[one.name]):
                yield one, other


def _interval(claim: Claim) -> ResultRow | None:
    """The row of the results that a claim is an end of, without which end it is."""
    match claim.reading:
        case ResultRow(keys=keys) as row if keys["statistic"] in ("conf_low", "conf_high"):
            return replace(row, keys={**keys, "statistic": ""})
    return None


def _fits(claim: Claim, other: Verdict) -> bool:
    """Whether what a claim prints is the number of another one."""
    return claim.number is not None and claim.number.gives(float(other.recomputed))


def near(one: Claim, other: Claim) -> bool:
    """Whether two claims stand in one table, or in the same words of the paper."""
    is_near = one.words == other.words or _TABLE.search(one.place) is not None
    return one.place == other.place and is_near


def _variables(study: Study, verdict: Verdict) -> set[str]:
    """The variables and outcomes that a number is of, at whatever visit and of whatever level."""
    outcomes = {name: of[0] for name, of in (*study.measured.items(), *study.changes.items())}
    known = {*study.kinds, *study.outcomes, *outcomes, PATIENT}
    words = {*re.findall(r"\w+", verdict.of), *verdict.result[1:2]}
    return {outcomes.get(word, word) for word in words & known}


def _told(others: Sequence[Claim], place: str) -> str:
    there = [each.name for each in others if each.place == place]
    names = there or [each.name for each in others]
    claims, prints = ("claim", "prints") if len(names) == 1 else ("one of the claims", "print")
    told = f"{claims} {in_brief(names)}, which {prints} the value of this one"
    return f"would be right if exchanged with {told}"
