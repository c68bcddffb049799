"""Counts of patients of a group that the sentence names at once: two of the younger children.

What these had may be said behind that, before it, or of all before: "seven had a rash, two of the
younger and five of the older". Other counts are for `counting`.
"""

import re
from collections.abc import Iterator, Sequence

from casebook.quoting.around import Around
from casebook.quoting.behind import in_clause
from casebook.quoting.clauses import clause
from casebook.quoting.conditions import any_condition, by_place, moved
from casebook.quoting.guesses import everyone
from casebook.quoting.meanings import Meaning, Named, Sort

_COUNTED = re.compile(r"count\((.*)\) in \w+")


def of_a_group(at: Around, told: Sequence[str]) -> list[str]:
    """The counts of those of a group, which is named at once, who had or did something.

    Args:
        at: The number of patients.
        told: The readings of what was counted last in the sentence, of all patients.
    """
    group = _group(at)
    if group is None:
        return []
    conditions = _had(at, group) or counted(told)
    return [f"count({each}) in {group.meaning.name}" for each in conditions]


def in_a_group(at: Around, told: Sequence[str]) -> list[str]:
    """The counts of those of a group which the clause names: a rash in five patients on placebo.

    They may be the whole group as well, as in "five patients on placebo had a rash".
    """
    group = next((e for e in in_clause(at) if e.meaning.sort == Sort.COHORT), None)
    if group is None or re.search(r"\d", at.sentence.text[at.number.end : group.start]):
        return []
    conditions = [*_had(at, group), *counted(told)]
    return [f"count({each}) in {group.meaning.name}" for each in conditions]


def all_of_a_group(at: Around, told: Sequence[str]) -> list[str]:
    """The counts of those just counted who are all of a group: 13 responded, all seven with acne.

    Args:
        at: The number of patients.
        told: The readings of what was counted last in the sentence, of all patients.
    """
    text, language = at.sentence.text, at.language
    if not re.search(rf",\s+(?:{language.everybody})\s+$", at.left, re.IGNORECASE):
        return []
    who = r"(?:\s+[^\W\d]+){0,2}\s+"
    cohorts = (
        each.meaning.name
        for each in at.named
        if each.meaning.sort == Sort.COHORT
        and each.start >= at.number.end
        and re.fullmatch(who, text[at.number.end : each.start])
    )
    return [f"count({each}) in {cohort}" for cohort in cohorts for each in counted(told)]


def of_those_told(at: Around, told: Sequence[str]) -> list[str]:
    """The counts of those just counted who had something more: two patients, both with acne.

    Args:
        at: The number of patients.
        told: The readings of what was counted last in the sentence, of all patients.
    """
    text, language = at.sentence.text, at.language
    who = rf"\s+(?:{language.patients}|{'|'.join(language.members)}),\s+"
    is_beside = re.fullmatch(who, at.left, re.IGNORECASE)
    leads = re.compile(rf"\s+(?:{language.not_counted})\s+", re.IGNORECASE)
    found = leads.match(text, at.number.end) if is_beside else None
    had = [each.meaning for each in at.named if found and each.start == found.end()]
    cohorts = [each.name for each in had if each.sort == Sort.COHORT]
    among = [f") in {each}" for each in cohorts] or [
        f", {condition}) in {everyone(at.study)}"
        for condition in any_condition(
            at, [e for e in had if e.sort in (Sort.LEVEL, Sort.CONDITION)]
        )
    ]
    return [f"count({of_them}{each}" for each in among for of_them in counted(told)]


def _had(at: Around, group: Named) -> list[str]:
    """What those of a group had or did, by what is named before the number or behind the group."""
    text = at.sentence.text
    further = at.language.number.search(text, group.end)
    end = further.start() if further else len(text)
    after = [each for each in in_clause(at) if group.end <= each.start < end]
    had = [each for each in at.had_by() if each.sort != Sort.COHORT]
    part = moved(after) or had or (by_place(after)[-1] if after else _had_before(at, group))
    return any_condition(at, part)


def _had_before(at: Around, group: Named) -> list[Meaning]:
    """What was said last before the number, if the group is said to have done likewise."""
    likewise = re.compile(rf"\s+(?:{at.language.likewise})\s*(?:[.,;(]|$)", re.IGNORECASE)
    if not likewise.match(at.sentence.text, group.end):
        return []
    sorts = (Sort.LEVEL, Sort.CONDITION, Sort.MOVE)
    before = [e for e in at.named if e.meaning.sort in sorts and e.end <= at.number.start]
    return [each.meaning for each in before if each.start == before[-1].start]


def counted(told: Sequence[str]) -> list[str]:
    """The conditions by which patients were counted."""
    return [found[1] for each in told if (found := _COUNTED.fullmatch(each))]


def of_none(at: Around) -> Iterator[str]:
    """The counts of those who had nothing of what was listed: one had received none of these."""
    text, end = at.sentence.text, at.number.end
    if at.language.says(at.language.none_of_these, clause(text[end:], at.language)):
        before = [each.meaning.of for each in at.named if each.end <= at.number.start]
        sets = [name for name in reversed(before) if at.study.kinds.get(name) == "set"]
        yield from (f"count(count({name}) == 0) in {everyone(at.study)}" for name in sets[:1])


def of_the_others(at: Around) -> Iterator[str]:
    """The size of a group that is left of two, as nothing is said that they had: the other nine."""
    left_over = re.compile(at.language.the_others, re.IGNORECASE)
    for each in at.named if not in_clause(at) else ():
        is_before = not at.sentence.text[each.end : at.number.start].strip()
        is_one = left_over.match(at.sentence.text, each.start) is not None
        if (
            each.meaning.sort == Sort.COHORT
            and each.end <= at.number.start
            and is_before
            and is_one
        ):
            yield f"n(patient) in {each.meaning.name}"


def of_both(at: Around) -> list[str]:
    """The counts of those who had the two things that were named last: three had had both."""
    said = clause(at.sentence.text[at.number.end :], at.language)
    if not re.fullmatch(
        rf"(?:\s+[^\W\d]+){{1,4}}?\s+(?:{at.language.both_of_these})[.\s]*", said, re.I
    ):
        return []
    sorts = (Sort.LEVEL, Sort.CONDITION)
    before = [
        e.meaning.name for e in at.named if e.meaning.sort in sorts and e.end <= at.number.start
    ]
    first, *second = list(dict.fromkeys(reversed(before)))[:2] or [""]
    return [f"count({each} and {first}) in {everyone(at.study)}" for each in second]


def _group(at: Around) -> Named | None:
    """The cohort that stands directly behind the number, or behind that of whom it is a part."""
    text, language = at.sentence.text, at.language
    if at.number.is_percentage:
        return None
    them = language.of_them
    of = rf"\s*(?:(?:{them})\s+|(?:{language.of_these})\s+(?:{language.number.pattern}\s+)?)"
    found = re.compile(of, re.IGNORECASE).match(text, at.number.end)
    starts = {found.end()} if found else set()
    return next((e for e in at.named if e.meaning.sort == Sort.COHORT and e.start in starts), None)
