"""Counts of those of whom a value is known, or who were analysed: available in ten patients.

What patients had or did is for `counting`.
"""

import re
from collections.abc import Callable, Iterator

from casebook.quoting.around import Around
from casebook.quoting.meanings import Sort

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
    behind = rf"\s+(?:[^\W\d]+\s+){{0,4}}?(?:{at.language.analysed})\b"
    if at.number.is_percentage or not re.match(behind, at.right, re.IGNORECASE):
        return []
    first = at.study.every_contrast[0] if at.study.every_contrast else None
    spoken_of = [each.name for each in at.nearest(Sort.OUTCOME)]
    pairs = (
        f"n_pairs({name}{'' if contrast == first else f', {contrast.name}'}) in {at.cohort}"
        for name in dict.fromkeys([*spoken_of, *at.study.outcomes])
        for contrast in at.study.contrasts_of(at.study.outcomes[name].visits)
    )
    return list(filter(fits, (f"n(patient) in {at.cohort}", *pairs)))[:1]
