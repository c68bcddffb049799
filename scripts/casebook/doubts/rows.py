"""Whether each row of a raw table is a patient of its own: the doubts, and the user's answers.

A row that may be none is told with every sign of it. `source.leave_out` takes it away,
`source.keep` says that it is a patient; until then it is analysed, and a warning says so.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

from casebook.base.lists import enumerated, first_of, spans
from casebook.data.findings import Finding, Severity
from casebook.data.remarks import A_CELL_OF_ITS_OWN
from casebook.doubts.identifiers import lookalikes, twins
from casebook.doubts.strays import Rows, signs
from casebook.study.source import Source

_ANSWER = (
    "if this row is not a patient, write leave_out: { row number: reason } under source in"
    " study.yaml; if it is one, write keep: { row number: reason } there"
)
_OF_GROUP = "if it names the group of the rows below it, "
_ONE_MORE = f"{_OF_GROUP}add its number to source.group_rows in study.yaml; "
_FIRST = f"{_OF_GROUP}write group_rows: {{{{ Group: {{}} }}}} under source in study.yaml; "
_ONE_PATIENT = (
    "if it is the same patient, write one identifier into all of the rows by corrections.tsv,"
    " naming each row, as the values of a row that is left out are lost; if it is another one,"
    " write keep: { row number: reason } under source in study.yaml"
)
_FEW = 3
_SEVERAL = 2
_SPANS = 10
"""So many spans of rows are told at most."""


def with_doubts(
    source: Source,
    file: str,
    rows: Rows,
    remarked: Mapping[int, Sequence[str]],
    findings: Sequence[Finding],
    of_patients: Mapping[int, Sequence[int]],
) -> list[Finding]:
    """The findings in a table, with one for each row that may be no patient of its own.

    Where several numbers of such a row cannot be read, the one finding stands for all its errors
    but those of merged cells, which may be why.
    Numbers out of range are told beside it: they are read, and may be a patient's with a slip.

    Args:
        source: What the study says of the table.
        file: The table, for the messages.
        rows: The rows that are read as patients.
        remarked: What the file says of rows that puts them in doubt, by number.
        findings: What was found in the cells.
        of_patients: All rows of the patient at each row of a long table; empty for another.
    """
    same, told = _repeated(file, rows)
    strange = signs(rows)
    alike = lookalikes(dict(zip(rows.numbers, rows.identifiers, strict=True)))
    doubts = _by_row((strange, alike, same), remarked)
    faulty = {each.row for each in findings if (each.severity, each.file) == ("error", file)}
    faulty &= strange.keys()
    for place, number in enumerate(rows.numbers):
        if number not in doubts and number not in source.keep:
            continue
        name = rows.identifiers[place] or rows.labels[place]
        at = (file, number, source.patient or "", name, "")
        if number in source.keep:
            told.append(_kept(at, source.keep[number], doubts.get(number, ())))
        else:
            answer = _answer(source, rows, number, of_patients, is_alike=number in alike)
            hint = f"perhaps not a separate patient: {', and '.join(doubts[number])}; {answer}"
            severity: Severity = "error" if number in faulty else "warning"
            told.append(Finding(severity, *at, hint, about="patients"))
    stood_for = {row for row in faulty - {*source.keep} if rows.unreadable.get(row, 0) > 1}
    return [*_without_errors(findings, file, stood_for), *told]


def _repeated(file: str, rows: Rows) -> tuple[Mapping[int, str], list[Finding]]:
    """Rows that repeat one above; where many do, none is in doubt, and a note tells of all."""
    same = twins(rows.numbers, rows.contents)
    if len(same) <= _FEW or len(same) * 4 < len(rows.numbers):
        return same, []
    hint = f"{len(same)} rows are each the same as one above in every column that is read"
    return {}, [Finding("note", file, 0, "", "", "", hint)]


def _by_row(
    signs: Iterable[Mapping[int, str]], remarked: Mapping[int, Sequence[str]]
) -> Mapping[int, Sequence[str]]:
    """All doubts of each row that has any: by signs of each kind, and what the file says of it."""
    doubts: dict[int, list[str]] = {}
    for kind in signs:
        for number, sign in kind.items():
            doubts.setdefault(number, []).append(sign)
    for number, remarks in remarked.items():
        if remarks:
            doubts.setdefault(number, []).extend(remarks)
    return doubts


def _without_errors(findings: Sequence[Finding], file: str, rows: Container[int]) -> list[Finding]:
    """The findings but for the errors in some rows of a file that are not of merged cells."""
    return [
        each
        for each in findings
        if (each.severity, each.file) != ("error", file)
        or each.row not in rows
        or each.allowed == A_CELL_OF_ITS_OWN
    ]


def _kept(at: tuple[str, int, str, str, str], reason: str, doubts: Sequence[str]) -> Finding:
    """What is told of a row of which the study says that it is a patient."""
    if doubts:
        return Finding("note", *at, f"kept as a patient: {reason}")
    hint = "nothing casts doubt on this row: remove it from source.keep in study.yaml"
    return Finding("warning", *at, hint)


def _if_of_group(source: Source, rows: Rows, number: int) -> str:
    """What the user can write if a row names a group, where it can be one that does."""
    if source.group_rows:
        return _ONE_MORE
    return _FIRST.format(number) if number in rows.bare and number != rows.numbers[-1] else ""


def _answer(
    source: Source,
    rows: Rows,
    number: int,
    of_patients: Mapping[int, Sequence[int]],
    *,
    is_alike: bool,
) -> str:
    """What the user can write about a row, and in a long table about all rows of its patient.

    Args:
        source: What the study says of the table.
        rows: The rows that are read as patients.
        number: The number of the row.
        of_patients: All rows of the patient at each row of a long table.
        is_alike: Whether its identifier looks like that of another row.
    """
    if source.is_long and is_alike:
        return _ONE_PATIENT
    of_group = _if_of_group(source, rows, number)
    visits = of_patients.get(number, ())
    if len(visits) < _SEVERAL:
        return of_group + _ANSWER
    told = enumerated(first_of(spans(visits, " to "), _SPANS, "{:,} more"))
    return (
        f"{of_group}if none of rows {told}, which have its identifier, is a patient's, name each of"
        " them in leave_out: { row number: reason } under source in study.yaml; if they are one"
        f" patient's, write keep: {{ {number}: reason }} there"
    )
