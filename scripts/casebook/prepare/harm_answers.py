"""Grades and answers in the cells of a table of adverse events."""

from casebook.data.cells import folded
from casebook.data.harms import NO, YES, grade_in
from casebook.prepare.unreadable import UnreadableError
from casebook.study.harms import HarmTable


def read_grade(text: str) -> str:
    """The CTCAE grade that a cell says, from 1 to 5.

    Raises:
        UnreadableError: it says none.
    """
    if found := grade_in(text):
        return found
    hint = "CTCAE has no grade 0: leave out the row if there was no event" if text == "0" else ""
    raise UnreadableError("a CTCAE grade from 1 to 5", hint)


def read_answer(table: HarmTable, text: str) -> str:
    """Whether a cell says yes or no, by the texts that the study lists for each.

    Raises:
        UnreadableError: it says neither.
    """
    for answer, words in {YES: table.yes, NO: table.no}.items():
        if text.casefold() in map(folded, words):
            return answer
    known = ", ".join(repr(word) for word in (*table.yes, *table.no))
    hint = (
        "if it means 'not known', list it under missing in harms.table of study.yaml; if it means"
        " yes or no, list it and these under yes or no there"
    )
    raise UnreadableError(f"yes or no: {known}", hint)
