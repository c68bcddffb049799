"""Tables of the same patients, joined by their identifiers into one with a row for each patient.

The patients are those of the first table, and each column is found in the table that has it. What
cannot be joined is told: identifiers of one table alone, and columns that two tables have. Which
rows of a table are a patient's is for `long_rows`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casebook.base.errors import suggestion
from casebook.base.lists import enumerated
from casebook.data.cells import normalised
from casebook.data.findings import Finding
from casebook.data.places import NOWHERE, Place, Places
from casebook.data.remarks import Remark
from casebook.data.stacked import in_stack
from casebook.doubts.identifiers import looks_of
from casebook.prepare.layout import Table
from casebook.prepare.long_rows import LongRows
from casebook.prepare.tables import at_own_keys
from casebook.study.headings import Heading
from casebook.study.model import Study
from casebook.study.source import TableForm

_OF_FEW = 2
"""If more patients than this are all unknown, the column of identifiers is rather a wrong one."""


@dataclass
class Joined:
    """The tables of a study as one with a row for each patient.

    Attributes:
        tables: The rows of each table.
        places: Where in the stack of the tables each patient's texts stand.
        errors: Why a cell has not one text, by the row of the patient and the header.
        findings: What cannot be joined.
    """

    tables: Sequence[LongRows]
    places: Places = field(default_factory=lambda: Places([], {}))
    errors: dict[tuple[int, str], Remark] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def join(study: Study, tables: Sequence[Table]) -> Joined:
    """The tables as one; a single table is that alone."""
    headings, wrong = _by_table(study, tables)
    first, *others = (
        LongRows(study, each, own) for each, own in zip(tables, headings, strict=True)
    )
    places, errors = first.places()
    joined = Joined([first, *others], _turned(first.form, places), errors, wrong)
    for number, other in enumerate(others, start=1):
        _add(joined, number, other)
    return joined


def _by_table(study: Study, tables: Sequence[Table]) -> tuple[list[list[Heading]], list[Finding]]:
    """What is read from each table, and what no table has, or several have."""
    every = [*dict.fromkeys(study.headings.values())]
    if len(tables) == 1:
        return [every], []
    headers = [
        {*map(normalised, each.grid.headers.values()), *each.form.group_rows} for each in tables
    ]
    own: list[list[Heading]] = [[] for _ in tables]
    found: dict[str, Finding] = {}
    for heading in every:
        there = [at for at, each in enumerate(headers) if heading.header in each]
        if len(there) == 1:
            table = tables[there[0]]
            if wrong := _does_not_fit(study, table.form, heading):
                line, key = study.origin(heading.header)
                told = (f"a value that {table.file} can have", f"{key} names it; {wrong}")
                found.setdefault(
                    heading.header, Finding("error", line, 0, "", heading.header, *told)
                )
            else:
                own[there[0]].append(heading)
        elif heading.header not in found:
            named = [tables[at] for at in there]
            found[heading.header] = _of_no_table(study, tables, heading.header, named)
    for table, headings in zip(tables, own, strict=True):
        found |= {each.value: each for each in _same_cells(study, table, headings)}
    return own, [*found.values()]


def _of_no_table(
    study: Study, tables: Sequence[Table], header: str, there: Sequence[Table]
) -> Finding:
    """That no table has a column, or that several have one of this name."""
    line, key = study.origin(header)
    if there:
        files = enumerated([each.file for each in there])
        hint = f"{key} names it, and {files} have such a column: rename it in a copy of one of them"
        return Finding("error", line, 0, "", header, "a column of one table only", hint)
    known = {each.file: [*map(normalised, each.grid.headers.values())] for each in tables}
    told = (f"{file}: {', '.join(map(repr, filter(None, names)))}" for file, names in known.items())
    every = [name for names in known.values() for name in names]
    hint = "; ".join(filter(None, [f"{key} names it", suggestion(header, every)]))
    return Finding("error", line, 0, "", header, f"a column of {'; or of '.join(told)}", hint)


def _does_not_fit(study: Study, form: TableForm, heading: Heading) -> str:
    """What keeps a value from being read from a table of this form, if anything does."""
    names = [name for name, each in study.headings.items() if each == heading]
    is_of_outcome = any(name in study.measured for name in names)
    if heading.visit and not form.visit and not is_of_outcome:
        return "this table has no column of visits: take the visit away"
    if heading.measure and not form.measure:
        return "this table has no column of measures: take the measure away"
    if form.measure and is_of_outcome and not heading.measure:
        return f"name the measure beside it, a text of the column {form.measure!r}"
    return ""


def _same_cells(study: Study, table: Table, headings: Iterable[Heading]) -> Iterator[Finding]:
    """Columns of a table without visits from which an outcome would have two visits' values."""
    if table.form.visit:
        return
    own = {each.header for each in headings}
    for name, outcome in study.outcomes.items():
        cells = [(at.column, at.pattern) for at in outcome.columns.values() if at.column in own]
        for column, _ in {cell: None for cell in cells if cells.count(cell) > 1}:
            line, key = study.origin(column)
            hint = (
                f"{key} names it for several visits of {name}, and {table.file} has no row for each"
                " visit: name a column for each visit, or, under source, the one that tells the"
                " visits, as in visit: Week"
            )
            yield Finding("error", line, 0, "", column, "a column of one visit", hint)


def _add(joined: Joined, number: int, other: LongRows) -> None:
    """Join a further table: its texts at the patients of the first one, and what is wrong."""
    first = joined.tables[0]
    known, named = first.rows_named, other.rows_named
    rows = {row: text for text, each in named.items() for row in each}
    place_of = {rows[row]: place for place, row in enumerate(other.first_rows)}
    names = {row: text for text, each in known.items() for row in each}
    patients = [names.get(row, "") for row in first.first_rows]
    if known and named:
        joined.findings += at_own_keys(other.table.name, _strangers(first, other, patients))
    places, errors = other.places()
    order = [place_of.get(each) for each in patients]
    columns = {
        header: [NOWHERE if at is None else _in_stack(number, each[at]) for at in order]
        for header, each in _turned(other.form, places).columns.items()
        if header != other.form.patient
    }
    row_of = dict(zip(patients, first.first_rows, strict=True))
    for (row, header), remark in errors.items():
        if rows[row] in row_of:
            joined.errors[row_of[rows[row]], header] = remark
    joined.places = Places(joined.places.rows, {**joined.places.columns, **columns})


def _strangers(first: LongRows, other: LongRows, patients: Sequence[str]) -> Iterator[Finding]:
    """Identifiers that one of two tables has, and the other has not."""
    known, named = first.rows_named, other.rows_named
    column, partial = other.form.patient or "", getattr(other.form, "partial", False)
    used = {text: rows for text, rows in _used(other, named).items() if text not in known}
    absent = [each for each in dict.fromkeys(patients) if each and each not in named]
    if len(used) > _OF_FEW and known.keys().isdisjoint(named):
        row, text = next((rows[0], text) for text, rows in used.items())
        hint = f"no identifier of {column!r} is there: name the column that has them, under patient"
        allowed = f"an identifier that {first.file} has, too"
        yield Finding("error", other.file, row, column, text, allowed, hint)
        return
    alike = _alike([*used], [*dict.fromkeys(patients)])
    for text, rows in used.items():
        if like := alike.get(text):
            hint = f"it looks like {like!r} in row {known[like][0]} there: write one identifier in"
            hint += " both, by corrections.tsv, naming the table and the row"
        else:
            hint = f"a patient needs a row in {first.file}, too; rows that are not used can be left"
            hint += " out, with the reason: source.leave_out in study.yaml"
        several = f"; rows {enumerated([*map(str, rows)])} have it" if len(rows) > 1 else ""
        allowed = f"an identifier that {first.file} has, too{several}"
        yield Finding("error", other.file, rows[0], column, text, allowed, hint)
    for text in (each for each in absent if each not in {*alike.values()} and not partial):
        hint = (
            "if some patients have none, write source.partial: true in study.yaml, and their values"
            " are missing"
        )
        at = (first.file, known[text][0], first.form.patient or "", text)
        yield Finding("error", *at, f"a patient with a row in {other.file}", hint)
    if partial and absent:
        hint = (
            f"it has no row of {len(absent)} of {len(patients)} patients, whose values are missing"
        )
        yield Finding("note", other.file, 0, column, "", "", hint)


def _used(other: LongRows, named: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The rows with each identifier that are not left out."""
    left_out = other.form.no_patients
    rows = {text: [row for row in each if row not in left_out] for text, each in named.items()}
    return {text: each for text, each in rows.items() if each}


def _alike(texts: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Which of the known identifiers looks like each of some others, if one does."""
    looks = dict(zip(looks_of(reversed(known)), reversed(known), strict=True))
    found = zip(texts, looks_of(texts), strict=True)
    return {text: looks[look] for text, look in found if look in looks}


def _turned(form: TableForm, places: Places) -> Places:
    """The places in the file, which may have patients in columns."""
    if not form.transpose:
        return places
    swapped = {h: [(row, column) for column, row in at] for h, at in places.columns.items()}
    return Places(places.rows, swapped)


def _in_stack(table: int, place: Place) -> Place:
    return NOWHERE if place == NOWHERE else (in_stack(table, place[0]), place[1])
