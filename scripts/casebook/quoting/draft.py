"""The guesses of a whole paper, in its order: what `casebook claims` writes down."""

from collections.abc import Iterator
from dataclasses import replace

from casebook.claims.language import read_reading
from casebook.claims.readings import ReadingError
from casebook.quoting.guesses import UNKNOWN, Guess, ValueOf, nothing
from casebook.quoting.names import names_of
from casebook.quoting.sentences import Reader
from casebook.quoting.tables import TableReader
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.model import Study


def guesses(paper: Paper, study: Study, value_of: ValueOf) -> Iterator[Guess]:
    """A guess for each number that a paper prints.

    Args:
        paper: The paper.
        study: The study that its table is described by.
        value_of: What a reading gives, where there are results; it decides between readings that
            the words leave open.
    """
    names = names_of(study, paper.text)
    sentences, tables = Reader(study, names, value_of), TableReader(study, names, value_of)
    for part in paper.parts:
        match part:
            case Passage():
                found = sentences.of_passage(part)
            case PrintedTable():
                found = tables.of_table(part)
        yield from (_of_study(study, guess) for guess in found)


def _of_study(study: Study, guess: Guess) -> Guess:
    """The guess without readings that the study cannot have, as of a visit that an outcome lacks.

    An audit would refuse a claims.tsv with one of them.
    """
    readings = [each for each in (guess.reading, *guess.otherwise) if _can_be(study, each)]
    if not readings:
        return nothing(guess.place, guess.words, guess.printed, UNKNOWN)
    return replace(guess, reading=readings[0], otherwise=readings[1:])


def _can_be(study: Study, reading: str) -> bool:
    try:
        read_reading(reading, study, ())
    except ReadingError:
        return False
    return True
