"""What a draft says under `source`: the files of its tables, and what their rows are of.

How numbers are written, and which texts are missing, is for all tables together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.base.texts import quoted
from casebook.drafting.guessed import formats_of, years_of
from casebook.drafting.identified import Identifier
from casebook.drafting.numerals import Written
from casebook.drafting.parts import Sketch
from casebook.drafting.tableread import Reading, lines_on_file
from casebook.drafting.yamltext import inner, line, listed, part, plain
from casebook.study.unreviewed import REVIEW


def source(sketch: Sketch, read: Reading, joined: Sequence[Reading]) -> Iterator[str]:
    """The part `source` of a draft.

    Args:
        sketch: What the tables seem to hold.
        read: How the first table was read.
        joined: How the tables were read that are joined to it.
    """
    first = replace(read, identifier=sketch.identifier, rows_with=sketch.rows_with)
    yield from part("source:", [*_table(first), *_joined(joined), *_texts(sketch, read)])


def _joined(joined: Sequence[Reading]) -> Iterator[str]:
    for place, each in enumerate(joined):
        if place == 0:
            yield "joined:"
        yield f"  {each.name}:"
        yield from (f"    {told}" for told in _table(each))


def _texts(sketch: Sketch, read: Reading) -> Iterator[str]:
    """What texts mean in all tables."""
    yield from _numerals(sketch.written, read.decimal_reason)
    # Where there is none, the line shows what is understood anyway, and where to write others.
    told = "such texts stand in the table" if sketch.missing else ""
    yield from line("missing", listed(sketch.missing or ["NA"]), told)
    yield "# citation: how to cite the data, if they are published"


def _numerals(written: Written, by_texts: str) -> Iterator[str]:
    """How numbers are written, where that is to be said."""
    decimal, thousands = written.numerals.decimal, written.numerals.thousands
    if thousands:
        yield from line("thousands", f'"{thousands}"', written.reason)
        yield from line("decimal", f'"{decimal}"', "as told of thousands")
    elif written.reason:
        yield from line("decimal", f'"{decimal}"', by_texts or written.reason)
    yield from line("leading_zero", "false" if written.zero_reason else "", written.zero_reason)


def _table(read: Reading) -> Iterator[str]:
    """The lines on a table, and on what its rows are of."""
    yield from lines_on_file(read)
    yield from _rows(read)


def _rows(read: Reading) -> Iterator[str]:
    """What the rows of a table are of."""
    who = read.identifier or Identifier("", "")
    reason = _turned(who.reason) if read.transpose else who.reason
    if who.column:
        yield from line("patient", plain(who.column), reason)
    else:
        what = "row" if read.transpose else "column"
        yield f"# patient: the {what} that identifies patients {REVIEW} {reason}"
    if who.fill_down:
        yield from line("fill_down", plain(who.fill_down), "its texts hold for the rows below them")
    yield from _told_apart(who)
    if read.rows_with:
        texts = ", ".join(f"{inner(h)}: {quoted(text)}" for h, text in read.rows_with.items())
        yield from line("rows_with", f"{{ {texts} }}", "other rows are of a form that repeats")
    if read.without:
        patients = f"{read.without} patient{'s have' if read.without > 1 else ' has'} no row in it"
        yield from line("partial", "true", patients)


def _turned(reason: str) -> str:
    """What a guess rests on in a table with patients in columns, which was guessed from turned."""
    other = {"row": "column", "column": "row"}
    return re.sub(r"\b(?:row|column)(?=s?\b)", lambda found: other[found[0]], reason)


def _told_apart(who: Identifier) -> Iterator[str]:
    """What tells the rows of a patient apart."""
    if who.of_visits:
        dated = f"it has the date of each row; {who.formats_reason}"
        reason = dated if who.start else "it tells the rows of a patient apart"
        yield from line("visit", plain(who.of_visits), reason)
    if who.start:
        yield from line("start", plain(who.start), who.start_reason)
        yield from line("date_format", formats_of(who.formats), "these dates are written so")
        yield from years_of(who.century)
    if who.measure:
        of = "visit" if who.of_visits else "patient"
        yield from line("measure", plain(who.measure), f"it tells the rows of a {of} apart")
    if who.parts:
        yield from _choice(who)
    if who.value:
        yield from line("value", plain(who.value), "it has the numbers of all measures")


def _choice(who: Identifier) -> Iterator[str]:
    """What can be counted of patients whose rows are each of a part of them, as of a tooth."""
    one = f"{{ {inner(who.measure)}: [{quoted(who.parts[0])}] }}"
    yield f"# A row is one {who.measure!r} of a patient {REVIEW} casebook counts patients: choose"
    yield "# - each as below, where the same one can be compared in all patients"
    yield "# - the worst or the mean of those below, as highest(a, b), lowest(a, b) or mean(a, b),"
    yield "#   under derived, or under at of an outcome"
    yield f"# - one alone: rows_with: {one} in place of measure, here and below"
    yield "# - where they are many, or others in each patient, a copy of the table with a row for"
    yield "#   each patient, which has the worst or the mean"
