"""A sketch as the text of a study.yaml, with a comment beside each guess: what it rests on.

Texts are quoted where YAML would take them for something else; nothing is guessed here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from casebook.base.lists import enumerated
from casebook.data.cells import folded
from casebook.drafting.columns import Guess
from casebook.drafting.identifier import Identifier
from casebook.drafting.parts import Cohort, Grade, Harms, Outcome, Sketch, Variable
from casebook.drafting.visits import When
from casebook.study.unreviewed import REVIEW

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()+<>=-]*[\w)+])?|\d+(?:\.\d+)?")
_NOTHING = ("null", "~", "")
_OUTSIDE_BRACES = re.compile(r"[,\[\]{}]")


@dataclass(frozen=True)
class Reading:
    """How a table was read: its file, and what of it is to be said under `source`.

    Attributes:
        table: The file.
        sheet: The sheet or table of it, if it has several.
        encoding: The encoding, if it was told.
        dictionary: The file of its data dictionary, if there is one.
        leave_out: The rows that are left out, each with the reason.
        header: The rows of the header, if they were told.
        transpose: Whether it has patients in columns.
        names: What rows without a text in the first column are called, by their numbers.
        name: The name by which the table is joined to the first one.
        identifier: What identifies the patients in it.
        rows_with: What rows of patients have in a column, where it has others.
        without: How many patients have no row in it.
    """

    table: str
    sheet: str | None = None
    encoding: str | None = None
    dictionary: str | None = None
    leave_out: Mapping[int, str] = field(default_factory=dict)
    header: Sequence[int] = ()
    transpose: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    identifier: Identifier | None = None
    rows_with: Mapping[str, str] = field(default_factory=dict)
    without: int = 0


def page(sketch: Sketch, title: str, read: Reading, joined: Sequence[Reading] = ()) -> str:
    """The text of a study.yaml.

    Args:
        sketch: What the tables seem to hold.
        title: The title of the study.
        read: How the table was read.
        joined: How the tables were read that are joined to it.
    """
    lines = [
        *_opening([read.table, *(each.table for each in joined)]),
        f"title: {_text(title)} {REVIEW} the name of the file",
        f"description: A case series. {REVIEW} who was studied, in a sentence or two",
        "",
        *_source(sketch, read, joined),
        *_visits(sketch.visits),
        *_contrasts(sketch.outcomes, sketch.visits),
        *_variables(sketch.variables),
        *_grades(sketch.grades),
        *_harms(sketch.harms, read.table),
        *_outcomes(sketch.outcomes),
        *_cohorts(sketch.cohorts),
        *_left(sketch.left),
    ]
    return "\n".join(lines) + "\n"


def _opening(tables: Sequence[str]) -> Iterator[str]:
    named = enumerated([*dict.fromkeys(tables)])
    yield f"# A draft of what the columns of {named} mean, and what is analysed."
    yield f"# Each guess says what it rests on. Look at every line with '{REVIEW}', correct it"
    yield "# where it is wrong, and remove the mark; `casebook check` tells what does not fit."
    yield "# docs/study.md explains every key."
    yield ""


def _source(sketch: Sketch, read: Reading, joined: Sequence[Reading]) -> Iterator[str]:
    yield "source:"
    first = replace(read, identifier=sketch.identifier, rows_with=sketch.rows_with)
    yield from _table(first, "  ")
    if joined:
        yield "  joined:"
    for each in joined:
        yield f"    {each.name}:"
        yield from _table(each, "      ")
    if sketch.decimal:
        yield f'  decimal: "{sketch.decimal}" {REVIEW} {sketch.decimal_reason}'
    mark = f" {REVIEW} such texts stand in the table" if len(sketch.missing) > 1 else ""
    yield f"  missing: {_list(sketch.missing)}{mark}"
    yield "  # citation: how to cite the data, if they are published"
    yield ""


def _table(read: Reading, indent: str) -> Iterator[str]:
    """The lines on a table, and on what its rows are of."""
    yield from (f"{indent}{line}" for line in (*_file(read), *_rows(read)))


def _file(read: Reading) -> Iterator[str]:
    """The file of a table, and how it is read."""
    yield f"table: {_text(read.table)}"
    if read.sheet:
        yield f"sheet: {_text(read.sheet)} {REVIEW} whether it is the one that is meant"
    if read.encoding:
        yield f"encoding: {_text(read.encoding)}"
    if read.dictionary:
        yield f"dictionary: {_text(read.dictionary)} {REVIEW} it has fields of this table"
    if read.header:
        yield f"header: [{', '.join(map(str, read.header))}]"
    if read.transpose:
        yield f"transpose: true {REVIEW} a column seems to be a patient"
    if read.names:
        named = ", ".join(f"{row}: {_inner(name)}" for row, name in read.names.items())
        yield f"names: {{ {named} }} {REVIEW} it has no text in the first column"
    if read.leave_out:
        rows = ", ".join(f"{row}: {reason}" for row, reason in read.leave_out.items())
        yield f"leave_out: {{ {rows} }} {REVIEW} what is in them"


def _rows(read: Reading) -> Iterator[str]:
    """What the rows of a table are of."""
    who = read.identifier or Identifier("", "")
    if who.column:
        yield f"patient: {_text(who.column)} {REVIEW} {who.reason}"
    else:
        yield f"# patient: the column that identifies patients {REVIEW} {who.reason}"
    if who.once:
        yield f"fill_down: {_text(who.column)}"
    if who.of_visits:
        yield f"visit: {_text(who.of_visits)} {REVIEW} it tells the rows of a patient apart"
    if who.measure:
        yield f"measure: {_text(who.measure)} {REVIEW} it tells the rows of a visit apart"
        yield f"value: {_text(who.value)} {REVIEW} it has the numbers of all measures"
    if read.rows_with:
        texts = ", ".join(f"{_inner(h)}: {_quoted(text)}" for h, text in read.rows_with.items())
        yield f"rows_with: {{ {texts} }} {REVIEW} other rows are of a form that repeats"
    if read.without:
        patients = f"{read.without} patient{'s have' if read.without > 1 else ' has'} no row in it"
        yield f"partial: true {REVIEW} {patients}"


def _visits(visits: Sequence[When]) -> Iterator[str]:
    if not visits:
        return
    yield f"visits: {REVIEW} whether they are all, and in order"
    yield from map(_visit, visits)
    yield ""


def _visit(when: When) -> str:
    months = f", months: {when.months:g}" if when.months is not None else ""
    told = _list(when.values) if when.values[1:] else "".join(map(_inner, when.values))
    value = f", value: {told}" if told else ""
    if not months + value:
        return f"  {when.name}: {_text(when.label)}"
    return f"  {when.name}: {{ label: {_inner(when.label)}{months}{value} }}"


def _contrasts(outcomes: Sequence[Outcome], visits: Sequence[When]) -> Iterator[str]:
    """The contrast of each pair of first and last visits, where no single one serves all."""
    placed = [each.columns for each in outcomes if each.columns]
    ends = dict.fromkeys((columns[0].when, columns[-1].when) for columns in placed)
    if not ends or {*ends} == {(visits[0], visits[-1])}:
        return
    yield f"contrasts: {REVIEW} the last visit of each outcome against its first"
    for place, (first, last) in enumerate(ends):
        name = "change" if place == 0 else f"change_{place + 1}"
        yield f"  {name}: {{ visit: {last.name}, against: {first.name} }}"
    yield ""


def _variables(variables: Sequence[Variable]) -> Iterator[str]:
    if not variables:
        return
    yield "variables:"
    for each in variables:
        yield f"  {each.name}:"
        yield f"    label: {_text(each.label)}"
        if each.column:
            yield f"    column: {_text(each.column)}"
        yield f"    type: {each.guess.type} {REVIEW} {each.guess.reason}"
        yield from _values(each.guess)
    yield ""


def _values(guess: Guess) -> Iterator[str]:
    """What a guess says of the cells, in the order of docs/study.md."""
    yield from _boxes(guess)
    if guess.pattern:
        yield f"    pattern: {_quoted(guess.pattern)} {REVIEW} the part in parentheses is read"
    if guess.strip_unit:
        units = _list(guess.strip_unit) if guess.strip_unit[1:] else _text(guess.strip_unit[0])
        yield f"    strip_unit: {units} {REVIEW} {guess.strip_reason}"
    if guess.censored:
        sides = ", ".join(f"{side}: {rule}" for side, rule in guess.censored.items())
        yield f"    censored: {{ {sides} }} {REVIEW} {guess.censored_reason}"
    if guess.missing:
        yield f"    missing: {_list(guess.missing)} {REVIEW} {guess.missing_reason}"
    if guess.private:
        yield f"    private: true {REVIEW} {guess.private}; it is kept out of the report"
    if guess.unit:
        yield f"    unit: {_text(guess.unit)} {REVIEW} {guess.unit_reason}"
    if guess.range:
        low, high = guess.range
        yield f"    range: [{low:.15g}, {high:.15g}] {REVIEW} {guess.range_reason}"
    if written := [each for each in guess.formats if each != "%Y-%m-%d"]:
        formats = ", ".join(map(_quoted, written))
        formats = f"[{formats}]" if written[1:] else formats
        yield f"    format: {formats} {REVIEW} all cells can be read so"
    if guess.separator and guess.separator != ",":
        yield f"    separator: {_quoted(guess.separator)}"
    if guess.mark:
        yield f'    mark: "{guess.mark}" {REVIEW} it follows some members; say under mark_label why'
    if guess.none:
        yield f"    none: {_list(guess.none)} {REVIEW} taken for having none of them"
    yield from _levels(guess)


def _boxes(guess: Guess) -> Iterator[str]:
    """What a guess says of the boxes of a set."""
    if guess.visit:
        yield f"    visit: {guess.visit} {REVIEW} its rows have texts in these columns"
    if guess.boxes:
        yield f"    columns: {REVIEW} each stands for one member"
        yield from (f"      {_text(level)}: {_text(h)}" for level, h in guess.boxes.items())
    if guess.unknown:
        yield f"    unknown: {_list(guess.unknown)} {REVIEW} if ticked, the members are not known"
    if guess.asked:
        yield f"    asked: {_text(guess.asked)} {REVIEW} {guess.asked_reason}"
    if guess.not_asked:
        texts = ", ".join(map(_quoted, guess.not_asked))
        yield f"    not_asked: [{texts}] {REVIEW} {guess.not_asked_reason}"


def _levels(guess: Guess) -> Iterator[str]:
    if not guess.levels:
        return
    mark = f" {REVIEW} {guess.levels_reason}" if guess.levels_reason else ""
    pairs = [(_inner(text), _inner(label)) for text, label in guess.levels.items()]
    brief = f"    levels: {{ {', '.join(f'{text}: {label}' for text, label in pairs)} }}"
    if len(brief) <= 100:
        yield brief + mark
        return
    yield f"    levels:{mark}"
    yield from (f"      {_text(text)}: {_text(label)}" for text, label in guess.levels.items())


def _grades(grades: Sequence[Grade]) -> Iterator[str]:
    if not grades:
        return
    yield "grades:"
    for each in grades:
        yield f"  {each.name}:"
        yield f"    label: {_text(each.label)}"
        yield f"    at: {REVIEW} {each.reason}"
        yield from (f"      {when.name}: {name}" for when, name in each.at.items())
        yield f"    better: first {REVIEW} the levels stand in that order"
    yield ""


def _harms(harms: Harms | None, table: str) -> Iterator[str]:
    """The adverse events in rows of the table."""
    if harms is None:
        return
    yield "harms:"
    yield "  table:"
    yield f"    table: {_text(table)}"
    yield f"    rows_with: {{ {_inner(harms.form)}: {_inner(harms.text)} }} {REVIEW} {harms.reason}"
    yield "    columns:"
    for name, header in harms.columns.items():
        why = (
            "the first column, as in all rows"
            if name == "patient"
            else "its header or label says so"
        )
        yield f"      {name}: {_text(header)} {REVIEW} {why}"
    if harms.levels:
        yield f"    levels: {REVIEW} the labels of all codes"
        yield from (f"      {_text(t)}: {_text(label)}" for t, label in harms.levels.items())
    yield ""


def _outcomes(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if not outcomes:
        return
    yield "outcomes:"
    for each in outcomes:
        yield f"  {each.name}:"
        yield f"    label: {_text(each.label)}"
        if each.measure:
            yield f"    measure: {_text(each.measure)} {REVIEW} {each.reason}"
        elif each.column:
            yield f"    column: {_text(each.column)} {REVIEW} {each.reason}"
        else:
            yield f"    columns: {REVIEW} {each.reason}"
        for at in each.columns:
            found = f"{{ column: {_inner(at.column)}, pattern: {_quoted(at.pattern)} }}"
            yield f"      {at.when.name}: {found if at.pattern else _text(at.column)}"
        yield from _values(each.guess)
        yield f"    better: {each.better} {REVIEW} {each.better_reason}"
    yield ""


def _cohorts(cohorts: Sequence[Cohort]) -> Iterator[str]:
    yield "cohorts:"
    for each in cohorts:
        select = f", select: {_quoted(each.select)}" if each.select else ""
        mark = f" {REVIEW} {each.reason}" if each.reason else ""
        yield f"  {each.name}: {{ label: {_inner(each.label)}{select} }}{mark}"
    named = [each.name for each in cohorts if each.select]
    for first, second in [*pairwise(named)][:1]:
        yield ""
        yield f"# To compare them with one another {REVIEW} remove the signs, if that was planned:"
        yield "# comparisons:"
        yield f"#   groups: {{ label: Groups, cohorts: [{first}, {second}] }}"


def _left(left: Mapping[str, str]) -> Iterator[str]:
    if left:
        yield ""
        yield f"# Not described {REVIEW} whether these columns are needed:"
        yield from (f"#   {_text(header)}: {reason}" for header, reason in left.items())


def _text(text: str) -> str:
    """A text as YAML takes it for itself, where nothing else is on the line."""
    if _PLAIN.fullmatch(text) and folded(text) not in _NOTHING:
        return text
    return _quoted(text)


def _inner(text: str) -> str:
    """The same within brackets."""
    return _quoted(text) if _OUTSIDE_BRACES.search(text) else _text(text)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_inner, texts))}]"


def _quoted(text: str) -> str:
    """A text in single quotes, within which YAML takes everything as it is."""
    return "'" + text.replace("'", "''") + "'"
