"""What is named in the clause behind a number of patients: what these had or did.

What is counted by it is for `counting`.
"""

from collections.abc import Sequence

from casebook.quoting.around import Around
from casebook.quoting.clauses import apposition, clause
from casebook.quoting.meanings import Named, Sort

SORTS = (Sort.COHORT, Sort.LEVEL, Sort.CONDITION, Sort.MOVE, Sort.SET)
"""What patients are counted by."""


def in_clause(at: Around, sorts: Sequence[Sort] = SORTS) -> list[Named]:
    """What of whom is named in the clause behind the number."""
    start = clause_start(at)
    end = start + len(clause(at.sentence.text[start:], at.language))
    first = start + apposition(at.sentence.text[start:], at.language)
    found = [
        each
        for each in at.named
        if each.meaning.sort in sorts
        and max(first, at.number.end) <= each.start
        and each.end <= end
    ]
    return [*found, *_behind_all_groups(at, start, end, sorts)] if found else []


def _behind_all_groups(at: Around, start: int, end: int, sorts: Sequence[Sort]) -> list[Named]:
    """What is said behind the last group of those who are left out, and so of all of them.

    "All but three men and two women had acne" says it of both.
    """
    text, more = at.sentence.text, None
    while at.leaves_out and at.is_a_name(_first_word(text, start), end):
        more = at.language.number.search(text, end)
        if more is None:
            return []
        start, end = more.end(), more.end() + len(clause(text[more.end() :], at.language))
    if more is None:
        return []
    behind = [each for each in at.named if start <= each.start and each.end <= end]
    who = next((each for each in behind if at.is_a_name(_first_word(text, start), each.end)), None)
    return [
        each
        for each in behind
        if each.meaning.sort in sorts and (who is None or each.start > who.start)
    ]


def _first_word(text: str, start: int) -> int:
    """Where the first word stands from a place on."""
    return start + len(text[start:]) - len(text[start:].lstrip())


def clause_start(at: Around) -> int:
    """Where the clause begins: behind the number, or behind that of whom it is a part."""
    start = at.whole_start
    whole = at.language.number.match(at.sentence.text, start) if start is not None else None
    return whole.end() if whole else at.number.end
