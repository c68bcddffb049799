"""The guesses of a whole paper, in its order: what `casebook claims` writes down."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from casebook.claims.language import read_reading
from casebook.claims.readings import ReadingError
from casebook.quoting.abbreviations import explained_in, lists_abbreviations
from casebook.quoting.guesses import UNKNOWN, Guess, ValueOf, nothing
from casebook.quoting.medians import are_medians
from casebook.quoting.names import names_of
from casebook.quoting.sentences import Reader, guesses_in
from casebook.quoting.tables import TableReader
from casebook.quoting.words import legend_in
from casebook.quoting.written import FOUND, Hints, written_as
from casebook.reading.papers import Paper, Passage, PrintedTable
from casebook.study.model import Study


def guesses(paper: Paper, study: Study, value_of: ValueOf, hints: Hints = FOUND) -> Iterator[Guess]:
    """A guess for each number that a paper prints, and for some of its words.

    Args:
        paper: The paper.
        study: The study that its table is described by.
        value_of: What a reading gives, where there are results; it decides between readings that
            the words leave open. It is asked once of each reading.
        hints: What is known of how the paper is written; the rest is found from its text.
    """
    written = written_as(_all_text(paper), hints)
    names = names_of(study, paper.text, written.language)
    value_of = cache(value_of)
    sentences = Reader(
        study, names, written, value_of, medians=are_medians(paper.text, written.language)
    )
    legend = legend_in(written.in_english(_all_text(paper)))
    tables = TableReader(study, names, written, value_of, legend)
    can_be = cache(partial(_can_be, study))
    topic, heading = None, ""
    for part in paper.parts:
        match part:
            case Passage() if lists_abbreviations(part.text):
                continue
            case Passage():
                topic = topic if part.heading == heading else None
                read = list(sentences.of_passage(part, topic))
                topic, heading = read[-1].next_topic if read else topic, part.heading
                found = iter([guess for each in read for guess in guesses_in(each)])
            case PrintedTable():
                found = tables.of_table(part)
        yield from (_of_study(can_be, guess) for guess in found)


def unlabelled(paper: Paper, study: Study, found: Sequence[Guess], hints: Hints) -> list[str]:
    """The abbreviations of a paper beside numbers without a reading, which no label has."""
    names = names_of(study, paper.text, written_as(_all_text(paper), hints).language)
    open_words = " ".join(each.words for each in found if each.reading == f'none("{UNKNOWN}")')
    return [
        short
        for short in explained_in(paper.text)
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", open_words) and not names.named_in(short)
    ]


def _all_text(paper: Paper) -> str:
    """The passages and tables of a paper."""
    tables = (part for part in paper.parts if isinstance(part, PrintedTable))
    cells = (cell for table in tables for row in table.rows for cell in row)
    return "\n".join([paper.text, *cells])


def _of_study(can_be: Callable[[str], bool], guess: Guess) -> Guess:
    """The guess without readings that the study cannot have, as of a visit that an outcome lacks.

    An audit would refuse a claims.tsv with one of them.
    """
    readings = [each for each in (guess.reading, *guess.otherwise) if can_be(each)]
    if not readings:
        unplaced = nothing(guess.place, guess.words, guess.printed, UNKNOWN)
        return replace(unplaced, shown=guess.shown, spot=guess.spot)
    return replace(guess, reading=readings[0], otherwise=readings[1:])


def _can_be(study: Study, reading: str) -> bool:
    if _is_by_definition(study, reading):
        return False
    try:
        read_reading(reading, study, ())
    except ReadingError:
        return False
    return True


def _is_by_definition(study: Study, reading: str) -> bool:
    """Whether it counts in a cohort by what its patients are: how many of the women are women."""
    counted = re.fullmatch(r"(?:count|percent)\((\w+) == \"[^\"]*\"\) in (\w+)", reading)
    tested = re.fullmatch(r"\w+\((\w+)\) between (\w+)", reading)
    cohorts = [counted[2]] if counted and counted[2] in study.cohorts else []
    if tested and tested[2] in study.comparisons:
        cohorts = [*study.comparisons[tested[2]].cohorts]
    variable = (counted or tested or ("", ""))[1]
    selects = [study.cohorts[each].select for each in cohorts]
    return bool(selects) and all(re.fullmatch(rf'{variable} == "[^"]*"', each) for each in selects)
