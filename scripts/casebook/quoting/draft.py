"""The guesses of a whole paper, in its order: what `casebook claims` writes down."""

from collections.abc import Iterator

from casebook.quoting.guesses import Guess, ValueOf
from casebook.quoting.names import names_of
from casebook.quoting.sentences import Reader
from casebook.quoting.tables import TableReader
from casebook.reading.papers import Paper, Passage
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
        if isinstance(part, Passage):
            yield from sentences.of_passage(part)
        else:
            yield from tables.of_table(part)
