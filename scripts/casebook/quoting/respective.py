"""Which of several names a number is given to by "respectively": in men and women 46 and 43.

The numbers stand behind all names or before them. What stands in brackets goes with the number
before it, as in 46 (SD 17) and 43 (SD 16); a single p-value behind all of them is of no name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.quoting.languages import Language
from casebook.quoting.meanings import Meaning, Named, Sort

_SEVERAL = 2
_NUMBER = r"\d+(?:[.·]\d+)?%?"
_SPREAD = rf"(?:\s*±\s*{_NUMBER}|\s*[(\[][^()\[\]]*[)\]]|[^()\[\]]{{0,20}}[)\]])?"
"""What may stand behind a number of a pair: its spread, or the rest of it."""
_BESIDE = re.compile(r"\([^()]*\)|^[^()]*\)|\N{PLUS-MINUS SIGN}\s*\d+(?:\.\d+)?")


def given_to(
    text: str, start: int, named: Sequence[Named], sorts: Sequence[Sort], language: Language
) -> list[Meaning] | None:
    """What the number that begins at a place of a sentence is given to.

    Args:
        text: The sentence.
        start: Where the number begins.
        named: All that the sentence names.
        sorts: What the names are of.
        language: The language of the sentence.

    Returns:
        What the name of the number stands for; nothing if there are not as many numbers as names,
        and None if no such word gives the number to one of several.
    """
    end = language.last_of_each.search(text, start)
    if end is None:
        return None
    low = max((each.end() for each in language.last_of_each.finditer(text, 0, start)), default=0)
    places = _places([each for each in named if low <= each.start < end.start()], sorts)
    if len(places) < _SEVERAL:
        return None
    first, last = places[0][0].start, places[-1][-1].end
    behind = _numbers(text, first, end.start(), named, language)
    numbers = [each for each in behind if each.start > last]
    if not behind:
        numbers = _numbers(text, low, first, named, language)
    values = _listed(text, numbers, language)
    if not values or start < values[0] or start not in [each.start for each in numbers]:
        return None
    tests = [e.start for e in numbers if language.before_p_value.search(text[: e.start])]
    if len(values) > len(places) and len(values) % len(places):
        return None
    if start in tests and len(tests) != len(places):
        return None
    if len(values) < len(places):
        return []
    value = sum(each <= start for each in values) - 1
    return [each.meaning for each in places[value * len(places) // len(values)]]


def behind_the_last(text: str, start: int, named: Sequence[Named], language: Language) -> str:
    """What follows the last number that is given to a name: years old, of 30 and 40 years old.

    A sign of percent, which is part of the number, is there as well.

    Args:
        text: The sentence.
        start: Where one of these numbers begins.
        named: All that the sentence names.
        language: The language of the sentence.
    """
    end = language.last_of_each.search(text, start)
    if end is None:
        return ""
    numbers = _numbers(text, start, end.start(), named, language)
    last = max((each.end for each in numbers if not each.is_beside), default=end.start())
    sign = "%" if text[:last].endswith("%") else ""
    return sign + _BESIDE.sub("", text[last : end.start()])


def _places(named: Sequence[Named], sorts: Sequence[Sort]) -> list[list[Named]]:
    """What is named, by where it is; of what is named twice the first place."""
    found: dict[int, list[Named]] = {}
    for each in named:
        if each.meaning.sort in sorts:
            found.setdefault(each.start, []).append(each)
    single = {tuple(each.meaning for each in place): place for place in reversed(found.values())}
    return sorted(single.values(), key=lambda place: place[0].start)


@dataclass(frozen=True)
class _Printed:
    """Where a number is, and whether it stands beside another one, as in brackets."""

    start: int
    end: int
    is_beside: bool


def _listed(text: str, numbers: Sequence[_Printed], language: Language) -> list[int]:
    """Where the last numbers begin that follow one another in a list."""
    values = [each for each in numbers if not each.is_beside]
    links = rf",|\b(?:{language.versus}|{language.also})\b"
    found: list[_Printed] = []
    for each in reversed(values):
        if found and not re.search(links, _BESIDE.sub("", text[each.end : found[-1].start])):
            break
        found.append(each)
    return [each.start for each in reversed(found)]


def _numbers(
    text: str, start: int, end: int, named: Sequence[Named], language: Language
) -> list[_Printed]:
    """The numbers between two places that are of no visit's name."""
    visits = [each for each in named if each.meaning.sort == Sort.VISIT]
    part = text[start:end]
    beside = [range(start + e.start(), start + e.end()) for e in _BESIDE.finditer(part)]
    return [
        _Printed(each.start(), each.end(), any(each.start() in span for span in beside))
        for each in language.number.finditer(text, start, end)
        if not any(visit.start <= each.start() < visit.end for visit in visits)
    ]


def in_a_pair(
    text: str, start: int, end: int, named: Sequence[Named], language: Language
) -> list[Meaning] | None:
    """The cohort of a number of a pair behind two cohorts: light and placebo (4.1 versus 6.2).

    Args:
        text: The sentence.
        start: Where the number begins.
        end: Where it ends.
        named: All that the sentence names.
        language: The language of the sentence.

    Returns:
        What its cohort is; None of any other number.
    """
    between = rf"{_SPREAD}\s*(?:[^\W\d]+\s+)?(?:{language.against})\s+"
    is_first = re.compile(rf"[^()\d]{{0,3}}{between}\d", re.IGNORECASE).match(text, end)
    before = re.search(rf"{_NUMBER}{between}(?:{_NUMBER}[\s±(\[]+(?:{_NUMBER}-)?)?$", text[:start])
    if not (is_first or before):
        return None
    first = before.start() if before else start
    cohorts = [each for each in named if each.meaning.sort == Sort.COHORT]
    if any(first <= each.start for each in cohorts):
        return None
    places = _places([each for each in cohorts if each.end <= first], [Sort.COHORT])[-_SEVERAL:]
    if len(places) < _SEVERAL:
        return None
    return [each.meaning for each in places[0 if is_first else -1]]
