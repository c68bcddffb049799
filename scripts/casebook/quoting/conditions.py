"""What is true of patients of whom something is named: a level, a cohort, what an outcome did.

What is counted by it is for `counting` and `grouped`.
"""

from collections.abc import Iterable, Sequence

from casebook.quoting.around import Around
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.moves import in_contrasts


def moved(after: Sequence[Named]) -> list[Meaning]:
    """What an outcome is said first to have done, and the level for which the words stand too."""
    move = next((each for each in after if each.meaning.sort == Sort.MOVE), None)
    if move is None:
        return []
    levels = (each for each in after if each.meaning.sort == Sort.LEVEL)
    same = [each.meaning for each in levels if each.start < move.end and move.start < each.end]
    return [move.meaning, *same]


def by_place(named: Sequence[Named]) -> list[list[Meaning]]:
    """What is named, by where it is."""
    starts = dict.fromkeys(each.start for each in named)
    return [[each.meaning for each in named if each.start == start] for start in starts]


def any_condition(at: Around, meanings: Sequence[Meaning]) -> list[str]:
    """What is true of those who are meant, each way in which it can be; of cohorts first."""
    ordered = as_said(at, meanings)
    cohorts = [each for each in ordered if each.sort == Sort.COHORT]
    return [condition for each in cohorts or ordered for condition in conditions_of(at, each)]


def conditions_of(at: Around, meaning: Meaning) -> list[str]:
    """What is true of those of whom something is named; of a move in each contrast."""
    match meaning.sort:
        case Sort.COHORT:
            select = at.study.cohorts[meaning.name].select
            return [select] if select else []
        case Sort.MOVE:
            visits = at.behind(Sort.VISIT) or at.nearest(Sort.VISIT)
            return in_contrasts(at.study, meaning, visits[0].name if visits else "")
        case Sort.SET:
            behind = (
                each.start
                for each in at.named
                if each.meaning == meaning and each.start >= at.number.end
            )
            before = at.sentence.text[at.number.end : next(behind, at.number.end)]
            none = at.language.says(at.language.without, before)
            return [f"count({meaning.name}) {'==' if none else '>'} 0"]
    return [meaning.name]


def left_out(at: Around, condition: str) -> str:
    """A condition; of those who are left out, as all but two did something, that it is not so."""
    return f"not ({condition})" if at.leaves_out else condition


def as_said(at: Around, meanings: Iterable[Meaning]) -> list[Meaning]:
    """Those first for which the words of the sentence speak; of a visit behind it no other one."""
    said = at.sentence.said
    visits = {meaning.name for meaning in at.nearest(Sort.VISIT)}

    def speaks(meaning: Meaning) -> tuple[bool, bool, int, bool]:
        of = at.study.variables.get(meaning.of)
        label = at.sentence.reader.names.words_of(of.label) if of else frozenset()
        is_cohort, is_move = (meaning.sort == sort for sort in (Sort.COHORT, Sort.MOVE))
        return not is_cohort, not is_move, -len(label & said), meaning.of not in visits

    behind = {meaning.name for meaning in at.behind(Sort.VISIT)}
    found = sorted(meanings, key=speaks)
    of_visit = [e for e in found if e.sort != Sort.CONDITION or not e.of or e.of in behind]
    return of_visit if behind and of_visit else found
