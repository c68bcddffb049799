"""The part `harms` of a draft: where adverse events stand, or which lines would say so.

What is guessed of their columns is for `adverse`; nothing is guessed here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casebook.base.lists import enumerated
from casebook.drafting.centuries import NO_CENTURY
from casebook.drafting.guessed import formats_of, years_of
from casebook.drafting.parts import Harms, Variable
from casebook.drafting.tableread import lines_on_file
from casebook.drafting.yamltext import (
    below,
    inner,
    line,
    listed,
    mark,
    part,
    plain,
)
from casebook.study.unreviewed import REVIEW

_OF_PATIENTS, _OF_OTHERS = "it has the patients' identifiers", "its header or label says so"
_UNKNOWN = {"patient": "the header of the identifiers", "term": "the header of what happened"}


def harms(found: Harms | None, table: str, variables: Sequence[Variable] = ()) -> Iterator[str]:
    """The lines on adverse events; as comments where they would not fit the table as it stands.

    Args:
        found: What is known of their rows, if there are any.
        table: The table of the patients.
        variables: The variables of that table. Where adverse events have no rows, sets are of them
            whose headers say so.
    """
    if found is None:
        named = [each.name for each in variables if each.is_of_events]
        yield from part("harms:", line("sets", listed(named), _OF_OTHERS))
        return
    if not found.doubt:
        yield from part("harms:", _lines(found, table))
        return
    where = f"sheet {found.read.sheet!r}" if found.read.sheet else found.read.table or table
    yield f"# Adverse events seem to stand in {where} {REVIEW} {found.doubt}; then take away"
    yield "# the signs # before these lines, as without them adverse events are not read:"
    yield from (f"# {each}".rstrip() for each in part("harms:", _lines(found, table)))
    yield ""


def _lines(found: Harms, table: str) -> Iterator[str]:
    events = found.events
    named = found.columns or _UNKNOWN
    columns = (
        f"{name}: {plain(header)}{mark(_reason(name, found.slips.get(header, ())))}"
        for name, header in named.items()
    )
    levels = (f"{plain(text)}: {plain(label)}" for text, label in found.levels.items())
    rows = ", ".join(f"{inner(h)}: {inner(text)}" for h, text in found.read.rows_with.items())
    reason = "" if rows else found.reason
    read = replace(found.read, table=found.read.table or table, reason=reason)
    yield from below(
        "table:",
        [
            *lines_on_file(read),
            *line("rows_with", f"{{ {rows} }}" if rows else "", found.reason),
            *below("columns:", columns),
            *line("format", formats_of(events.formats if events else ()),
                  "its dates are written so"),
            *years_of(events.century if events else NO_CENTURY),
            *line("missing", listed(events.missing if events else ()),
                  "such texts stand where a date, a grade or an answer should be"),
            *_grades(found),
            *_answers(found),
            *below(f"levels: {REVIEW} the labels of all codes", levels),
        ],
    )  # fmt: skip


def _reason(name: str, slips: Sequence[str]) -> str:
    """What the guess of a column rests on, and which of its texts are no dates."""
    told = _OF_PATIENTS if name == "patient" else _OF_OTHERS
    return f"{told}; to be corrected: {enumerated([*map(repr, slips)])}" if slips else told


def _grades(found: Harms) -> Iterator[str]:
    """Which words mean which grade."""
    words = found.events.grades if found.events else {}
    listed_words = ", ".join(f"{inner(word)}: {grade}" for word, grade in words.items())
    told = "CTCAE calls its grades so; whether these words were meant as its grades"
    yield from line("grades", f"{{ {listed_words} }}" if words else "", told)


def _answers(found: Harms) -> Iterator[str]:
    """Which texts mean yes and no."""
    for word, texts in (found.events.answers if found.events else {}).items():
        yield from line(word, listed(texts), f"these texts are taken for {word}")
