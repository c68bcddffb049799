"""Counts of those of whom a value is known, or who were analysed: available in ten patients.

What patients had or did is for `counting`.
"""

import re
from collections.abc import Callable, Iterator

from casebook.quoting.around import Around
from casebook.quoting.meanings import Sort
from casebook.quoting.moves import contrasts_at

Fits = Callable[[str], bool]
"""Whether a reading gives the number."""


def known(at: Around) -> Iterator[str]:
    """The counts of those of whom a value is known, or missing: available in ten patients."""
    said = at.language.before_known.search(at.sentence.text[: at.number.start])
    sorts = (Sort.OUTCOME, Sort.COLUMN)
    for named in (at.nearest(*sorts) or at.sentence.topics(*sorts))[:1] if said else ():
        name = "n_missing" if said and said["missing"] else "n"
        if named.sort == Sort.COLUMN:
            yield f"{name}({named.name}) in {at.cohort}"
            continue
        visits = [each.name for each in at.behind(Sort.VISIT) or at.nearest(Sort.VISIT)]
        for visit in visits or reversed(at.study.visits_of(named.name)):
            yield f"{name}({named.name}_{visit}) in {at.cohort}"


def analysed(at: Around, fits: Fits) -> list[str]:
    """How many those are of whom there is enough to be analysed: so that 19 patients were analysed.

    They are all patients, or those with both values of an outcome; only its value tells which.
    """
    language, right = at.language, at.right
    who = language.after_count.match(right)
    words = r"(?:\s+[^\W\d]+){0,3}?"
    behind = rf"{words}\s+(?:{language.analysed})\b"
    is_said = who and re.compile(behind, re.IGNORECASE).match(right, who.end())
    # "21 eyes were seen at 2 months and 20 at 6 months" leaves out what it says.
    at_a_visit = {
        e.start for e in at.named if e.meaning.sort == Sort.VISIT and e.start > at.number.end
    }
    is_at_once = at_a_visit and not language.number.search(
        at.sentence.text[at.number.end : min(at_a_visit)]
    )
    before = at.sentence.text[: at.number.start]
    goes_on = re.search(
        rf"\b(?:{language.analysed})\b[^.;:()]*\b(?:{language.versus})\s+$", before, re.IGNORECASE
    )
    if at.number.is_percentage or not (is_said or (is_at_once and goes_on)):
        return []
    return [each for each in (f"n(patient) in {at.cohort}", *pairs(at, at.cohort)) if fits(each)][
        :1
    ]


def pairs(at: Around, cohort: str) -> Iterator[str]:
    """How many have a value of an outcome at the visit, or both: of one that is spoken of first."""
    study, first = at.study, at.study.every_contrast[0] if at.study.every_contrast else None
    moved = [
        e.meaning.of for e in at.named if e.meaning.sort == Sort.MOVE and e.start > at.number.end
    ]
    spoken_of = [*moved, *(each.name for each in at.nearest(Sort.OUTCOME)), *study.outcomes]
    before = [
        e.meaning for e in at.named if e.meaning.sort == Sort.VISIT and e.end <= at.number.start
    ]
    named = [each.name for each in (*at.behind(Sort.VISIT), *reversed(before))]
    visits = [each for each in named if each != next(iter(study.visits))]
    for name in dict.fromkeys(each for each in spoken_of if each in study.outcomes):
        for contrast in contrasts_at(study, name, visits[0] if visits else ""):
            told = "" if contrast == first else f", {contrast.name}"
            yield f"n_pairs({name}{told}) in {cohort}"
        yield from (
            f"n({name}_{visit}) in {cohort}"
            for visit in visits[:1]
            if visit in study.visits_of(name)
        )
