"""Which visit a text may mean that is none of a study's: another number makes another visit.

Only one that the patient lacks can have another number by a slip, as in week 25 for week 24.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from casebook.base.errors import nearest
from casebook.data.cells import folded

_SHARE = 0.2
"""A slip is no further from the number that is meant than this share of it."""


def told_of_unknown_visit(
    text: str, told: Mapping[str, str], patients: Collection[str], seen: Collection[str]
) -> str:
    """What a text in the column of visits probably means, and what can be done, in words.

    Args:
        text: The text.
        told: The texts that mean visits, each with the visit.
        patients: The patients of the rows that have it.
        seen: The visits of which there is a row of one of these.
    """
    whose = f"{min(patients)} has" if len(patients) == 1 else f"these {len(patients):,} have"
    lacking = {each: visit for each, visit in told.items() if visit not in seen}
    unused = "if the study does not use this visit, list it under source.unused_visits"
    same = [each for each in told if _numbers(each) == _numbers(text)]
    if close := nearest(text, same):
        visit = told[close]
        mend = f"if it is {visit}, list it under visits.{visit}.value"
        return f"did you mean {close!r}?; {mend}; {unused}"
    if close := _other_number(text, [*lacking]):
        visit = told[close]
        mend = (
            f"if it is {visit}, of which {whose} no row, correct it in corrections.tsv,"
            f" naming the row, or list it under visits.{visit}.value if the table means that by it"
        )
        return f"did you mean {close!r}?; {mend}; {unused}"
    only = {*lacking.values()}
    lacks = f"; {whose} no row of {min(only)}" if len(only) == 1 and seen else ""
    return f"list it under value of its visit in study.yaml; {unused}{lacks}"


def _numbers(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"\d+(?:\.\d+)?", text)]


def _other_number(text: str, others: Sequence[str]) -> str:
    """The text with the same words and the nearest numbers, if these may be meant."""
    words, numbers = _words(text), _numbers(text)
    alike = [e for e in others if _words(e) == words and len(_numbers(e)) == len(numbers)]
    near = [each for each in alike if all(map(_may_be, numbers, _numbers(each)))]
    return min(near, key=lambda each: _distance(numbers, _numbers(each)), default="")


def _words(text: str) -> str:
    return re.sub(r"[\W\d_]+", " ", folded(text)).strip()


def _may_be(number: float, other: float) -> bool:
    turned = sorted(f"{number:g}") == sorted(f"{other:g}")
    return turned or abs(number - other) <= max(1.0, _SHARE * other)


def _distance(numbers: Sequence[float], others: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(numbers, others, strict=True))
