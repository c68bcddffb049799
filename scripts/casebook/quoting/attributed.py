"""Whether a number of patients with a name is that of all who have it, or of some who did more.

"One patient with acne stopped" and "seven of the nine women gained weight" say not how many have
acne or are women, if what they did is not known. What is counted otherwise is for `counting`.
"""

import re
from collections.abc import Sequence

from casebook.quoting.around import Around
from casebook.quoting.behind import clause_start
from casebook.quoting.clauses import clause, joined
from casebook.quoting.meanings import Named

_WORD = re.compile(r"\s+[^\W\d_]+")


def is_unknown_part(at: Around, after: Sequence[Named]) -> bool:
    """Whether all that is named behind a part is who its whole are: 7 of the nine women gained it.

    Args:
        at: The number of the part.
        after: What is named in the clause behind it.
    """
    places = {each.start for each in after}
    if not at.is_part or len(places) != 1:
        return False
    text, start = at.sentence.text, at.number.end
    is_of_those = re.match(rf"\s*(?:{at.language.of_these})\s", text[start:], re.IGNORECASE)
    definite = at.language.definite.search(text, start, after[0].start)
    is_close = not text[clause_start(at) : after[0].start].strip()
    return bool(is_of_those and definite and is_close and _goes_on(at, after))


def is_of_no_patients(at: Around) -> bool:
    """Whether a number is in a unit, or a share of something else: by half, a fifth of the gain."""
    language, text = at.language, at.sentence.text
    if at.by_unit() or at.outcomes_by_unit() or language.joined.match(at.right.lstrip()):
        return True
    if at.number.kind != "share":
        return False
    relations = "|".join(language.relations)
    by = rf"\b(?:{language.moved_by})\s+(?:(?:{relations})\s+)?$"
    than = rf"\s+(?:{language.more})\b"
    of = re.compile(rf"\s+(?:{language.of_these})\s+(?:(?:{language.the})\s+)?", re.I).match(
        text, at.number.end
    )
    named = of and any(each.start == of.end() for each in at.named)
    who = of and language.after_count.match(text, of.end())
    is_of_a_thing = of and not (named or who)
    return bool(
        is_of_a_thing
        or re.search(by, text[: at.number.start], re.I)
        or re.match(than, at.right, re.I)
    )


def is_some_of_them(at: Around, after: Sequence[Named]) -> bool:
    """Whether it is one of those with a name, who did something else: one patient with acne left.

    Args:
        at: The number.
        after: What is named in the clause behind it.
    """
    if not at.number.is_a_single or not after:
        return False
    text, language = at.sentence.text, at.language
    places = set(joined(text, after))
    own = [each for each in after if each.start in places]
    end = max(each.end for each in own)
    first = text[at.number.end : min(places)]
    who = re.compile(rf"\s+(?:{'|'.join(language.members)})\b", re.IGNORECASE)
    leads = rf"\s+(?:[^\W\d]+\s+)?(?:{language.not_counted})\s+"
    is_with = re.fullmatch(leads, first, re.IGNORECASE)
    is_before = not first.strip() and who.match(text, end)
    return bool((is_with or is_before) and _goes_on(at, own))


def is_of_a_cause(at: Around) -> bool:
    """Whether it is how many there were for a reason: in one because of a rash."""
    cause = re.compile(rf"\s+(?:{at.language.cause})\s+", re.I).match(
        at.sentence.text, at.number.end
    )
    return cause is not None and any(each.start == cause.end() for each in at.named)


def is_of_others(at: Around) -> bool:
    """Whether it is the number of those who are left of some: the other three, the remaining."""
    return re.search(rf"\b(?:{at.language.others})\s+$", at.left, re.IGNORECASE) is not None


def is_of_an_unknown(at: Around, told: Sequence[str]) -> bool:
    """Whether it is part of those who are spoken of before it, and of whom nothing is known.

    Args:
        at: The number.
        told: The readings of what was counted last.
    """
    before = at.sentence.text[: at.number.start]
    found = [*re.finditer(rf"\b(?:{at.language.including})\s", before, re.IGNORECASE)]
    if told or not found:
        return False
    return at.language.number.search(before[: found[-1].start()]) is not None


def _goes_on(at: Around, after: Sequence[Named]) -> bool:
    """Whether the clause says more behind all that it names than who they are."""
    start = clause_start(at)
    end = start + len(clause(at.sentence.text[start:], at.language))
    rest = at.sentence.text[max(each.end for each in after) : end]
    nouns = rf"\s+(?:{'|'.join(at.language.members)}|{at.language.patients})\b"
    return _WORD.search(re.sub(nouns, "", rest, flags=re.IGNORECASE)) is not None
