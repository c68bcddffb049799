"""Patients, grades and answers in the cells of a table of adverse events."""

from collections.abc import Mapping

from casebook.base.errors import listed
from casebook.data.cells import folded
from casebook.data.harms import NO, YES, grade_in
from casebook.doubts.identifiers import perhaps_misspelt
from casebook.doubts.strangers import NO_ROW, who_is_meant
from casebook.prepare.tables import short_names_of_patients
from casebook.prepare.unreadable import UnreadableError
from casebook.study.harms import HarmTable
from casebook.study.model import Study


class StrangerError(UnreadableError):
    """A text that is no patient, where it can be told who was probably meant."""

    def __init__(self, allowed: str, hint: str, meant: str) -> None:
        super().__init__(allowed, hint)
        self.meant = meant


def unknown_patient(
    study: Study, rows: Mapping[str, int], unused: Mapping[str, str], text: str
) -> UnreadableError:
    """Why a text is no patient, and who was probably meant.

    Args:
        study: The study.
        rows: The row of each patient in the table of patients.
        unused: Which row there has an identifier that is no patient's, in words.
        text: The text, which is none of them.
    """
    allowed = f"a patient of {study.source.table}: "
    if not (slip := perhaps_misspelt(text, rows)):
        if meant := who_is_meant(text, rows):
            return StrangerError(allowed + listed([*rows]), f"did you mean {meant!r}?", meant)
        hint = (
            f"{unused.get(text) or NO_ROW}; an event of someone who is not analysed can"
            " be left out, with the reason: harms.table.leave_out in study.yaml"
        )
        return UnreadableError(allowed + listed([*rows]), hint)
    table, column = short_names_of_patients(study)[0], study.source.patient
    at, mend = "", f"if it is {slip!r}, correct it in corrections.tsv, naming each row"
    if study.source.transpose:
        mend = f"if it is {slip!r}, correct it in a copy of the table"
    if not study.source.is_laid_out:
        at = f", row {rows[slip]}"
        line = f"patient {slip}, column {column}, old {slip}, new {text}"
        mend = f"if it is {slip!r}, correct it in corrections.tsv ({line})"
    return UnreadableError(
        allowed + listed([*rows]),
        f"{table!r}{at} has {slip!r}, which is not written as most others there: one of the two is"
        f" misspelt; {mend}",
    )


def read_grade(table: HarmTable, text: str) -> str:
    """The CTCAE grade that a cell says, from 1 to 5, by the words that the study lists or its own.

    Raises:
        UnreadableError: it says none.
    """
    for word, grade in table.grades.items():
        if folded(word) == folded(text):
            return str(grade)
    if found := grade_in(text):
        return found
    hint = "CTCAE has no grade 0: leave out the row if there was no event" if text == "0" else ""
    if not hint and any(map(str.isalpha, text)):
        hint = (
            "if it means 'not known', list it under missing in harms.table of study.yaml; if it is"
            " a word for a grade, write that under grades there, as in"
            " grades: { mild: 1, moderate: 2, severe: 3 }"
        )
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
