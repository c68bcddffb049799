"""Findings: what is wrong or remarkable in a raw table, each at its cell.

Errors stop a run, after all of them have been found; warnings and notes go on into the report. This
module knows what a finding is and how it reads; the steps know when there is one.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from casebook.base.csvfiles import read_records, write_records
from casebook.base.errors import UserError
from casebook.base.lists import enumerated, first_of
from casebook.data.cells import TableError

# So many lines of warnings are told at the end of a run.
_LINES = 10

# So many places of errors of one cause are told, with so many letters of the values there.
_PLACES = 5
_VALUE = 40

# So many lines of errors are told, shared among the columns, each of so many letters of a text; who
# has more to mend calls again.
_ERRORS = 60
_LONGEST = 600

# So many letters are told of a value in a table that cannot be read.
_SHOWN = 60

# How a cell reads in other encodings, up to the last of them: whatever the cell has is before that.
_READINGS = re.compile(r"it reads as .*\([\w-]+\)", re.DOTALL)

# What may be quoted from cells, or count them: signs of quotation that are no apostrophe, and
# digits that are no number of a row.
_OF_CELLS = re.compile(r"""["\d]|(?<!\w)'|'(?!\w)""")
_ROW = re.compile(r"\brow \d+\b")
_ONLY_IN_FINDINGS = "what was found is given only in findings.csv, as the column is private"

Severity = Literal["error", "warning", "note"]
Topic = Literal["", "patients", "identity", "limit", "correction", "event correction"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding; `row` counts as a spreadsheet does, from 1, and 0 is the whole file.

    What is about `patients` puts in doubt who is analysed, and what is about `identity` tells who
    they are to whoever gets the report; what is about a `limit` tells of numbers that were used in
    place of values known by a limit alone, or as a range or with a spread. The main findings of the
    report tell all three. A `correction` is of the text `value` to the text `new`, and an `event
    correction` is one in the table of adverse events.
    """

    severity: Severity
    file: str
    row: int
    column: str
    value: str
    allowed: str = ""
    hint: str = ""
    about: Topic = field(default="", kw_only=True)
    new: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        where = [self.file]
        where += [f"row {self.row}"] if self.row else []
        where += [f"column {self.column!r}"] if self.column else []
        parts = [f"found {self.value!r}" if self.value else ""]
        parts += [f"allowed: {self.allowed}" if self.allowed else "", self.hint]
        return f"{', '.join(where)}: {'; '.join(part for part in parts if part)}"


def unreadable(file: str, error: TableError) -> list[Finding]:
    """The findings that tell why a table cannot be read."""
    return [
        Finding("error", file, one.row, one.column, _cut(one.value, _SHOWN), one.allowed, one.hint)
        for one in (error, *error.more)
    ]


def without_texts(
    findings: Iterable[Finding], columns: Container[str], instead: str = _ONLY_IN_FINDINGS
) -> list[Finding]:
    """The findings, those in these columns without anything that may be from a cell.

    A hint that neither quotes nor counts anything, but other rows, is from no cell.

    Args:
        findings: What was found.
        columns: The private columns.
        instead: What is told in place of a hint; by default, that findings.csv has it.
    """
    return [_without_text(each, instead) if each.column in columns else each for each in findings]


def _without_text(finding: Finding, instead: str) -> Finding:
    hint = instead if _OF_CELLS.search(_ROW.sub("", finding.hint)) else finding.hint
    return replace(finding, value="", allowed="", hint=hint, new="")


def without_cell(finding: Finding) -> Finding:
    """A finding of how a file is written, without what it quotes of a cell."""
    hint = _READINGS.sub("it may be in another encoding", finding.hint)
    return replace(finding, value="", hint="" if '"' in hint else hint)


class DataError(UserError):
    """What a user gave of a study cannot be used as it is.

    Errors of one cause in one column are told in one line, and of many causes the first in each
    column; all of them are counted. `findings` has every one.
    """

    def __init__(self, findings: Iterable[Finding], where: str = "the data") -> None:
        self.findings = [finding for finding in findings if finding.severity == "error"]
        count, causes = len(self.findings), _by_cause(self.findings)
        kinds = f" of {len(causes):,} kind{'s' if len(causes) > 1 else ''}"
        title = f"{_errors(count)}{kinds * (len(causes) < count)} in {where}:"
        super().__init__("\n".join([title, *(f"  {line}" for line in _in_brief(causes))]))


def _in_brief(causes: Iterable[Sequence[Finding]]) -> Iterator[str]:
    """Errors, by their causes, in a limited number of lines of limited length."""
    columns: dict[tuple[str, str], list[Sequence[Finding]]] = {}
    for alike in causes:
        columns.setdefault((alike[0].file, alike[0].column), []).append(alike)
    shown = max(1, _ERRORS // max(1, len(columns)))
    for (file, column), kinds in islice(columns.items(), _ERRORS):
        # A line that says that there is one more takes as much room as the one.
        end = shown + (len(kinds) == shown + 1)
        for alike in kinds[:end]:
            yield _told([_shortened(alike[0]), *alike[1:]])
        if more := sum(map(len, kinds[end:])):
            where = f"{file}, column {_cut(column)!r}" if column else file
            yield f"{where}: and {_errors(more, 'more ')} like these"
    if more := sum(
        len(alike) for kinds in islice(columns.values(), _ERRORS, None) for alike in kinds
    ):
        yield f"and {_errors(more, 'more ')} in other places"


def _errors(count: int, more: str = "") -> str:
    return f"{count:,} {more}error{'s' * (count > 1)}"


def _shortened(finding: Finding) -> Finding:
    texts = (finding.column, finding.value, finding.allowed, finding.hint)
    column, value, allowed, hint = map(_cut, texts)
    return replace(finding, column=column, value=value, allowed=allowed, hint=hint)


def _cut(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def told(findings: Iterable[Finding]) -> list[tuple[Severity, str]]:
    """Findings as texts with their severity, those of one cause in one column as one text."""
    return [(alike[0].severity, _told(alike)) for alike in _by_cause(findings)]


def _by_cause(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings that differ in their row and value alone, together."""
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        cause = (each.severity, each.file, each.column, each.allowed, each.hint)
        causes.setdefault(cause, []).append(each)
    return list(causes.values())


def warnings_in_brief(findings: Iterable[Finding], file: str) -> str:
    """The warnings in a few lines, those on patients first; nothing if there are none.

    Those of one cause in one column are one, as they are in the report.

    Args:
        findings: What was found.
        file: Where all of it is told.
    """
    warnings = [each for each in findings if each.severity == "warning"]
    if not warnings:
        return ""
    texts = [text for _, text in told(sorted(warnings, key=lambda each: not each.about))]
    title = f"{len(texts):,} warning{'s' * (len(texts) > 1)}, in full in {file}:"
    return "\n".join([title, *(f"  {text}" for text in first_of(texts, _LINES))])


def _told(alike: Sequence[Finding]) -> str:
    """Findings that differ in their row and value alone, as one text."""
    first = alike[0]
    if len(alike) == 1:
        return str(first)
    places = [each for each in map(_place, alike) if each]
    shown = enumerated(first_of(places, _PLACES, "{:,} more"))
    where = f"{first.file}, column {first.column!r}" if first.column else first.file
    told = f"found {len(alike):,} times"
    # What is wrong with a whole file, as a column that it lacks, is in no row.
    told += (", in " if any(each.row for each in alike) else ": ") * bool(shown) + shown
    parts = [told, f"allowed: {first.allowed}" if first.allowed else "", first.hint]
    return f"{where}: {'; '.join(part for part in parts if part)}"


def _place(finding: Finding) -> str:
    parts = (f"row {finding.row}" * bool(finding.row), _short(finding.value) * bool(finding.value))
    return " ".join(filter(None, parts))


def _short(value: str) -> str:
    return repr(_cut(value, _VALUE))


def stop_at_errors(findings: Iterable[Finding], where: str = "the data") -> None:
    """Do nothing if no finding is an error.

    Args:
        findings: What was found.
        where: What the errors are in, for the message.

    Raises:
        DataError: with all errors.
    """
    error = DataError(findings, where)
    if error.findings:
        raise error


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Write a row a finding."""
    write_records(path, Finding, findings)


def read_findings(path: Path) -> list[Finding]:
    """Read what `write_findings` wrote."""
    return read_records(path, Finding)
