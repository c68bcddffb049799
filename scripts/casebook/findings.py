"""Findings: what is wrong or remarkable in a raw table, each at its cell.

Errors stop a run, after all of them have been found; warnings and notes go on into the report. This
module knows what a finding is and how it reads; the steps know when there is one.
"""

import ast
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from casebook.cells import TableError
from casebook.csvfiles import read_records, write_records
from casebook.errors import UserError

CORRECTED = "corrected from"
"""How the hint of a finding begins that tells a correction."""

_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_CORRECTION = re.compile(rf"{CORRECTED} (?:{_QUOTED}) to ({_QUOTED}): .*", re.DOTALL)

# So many lines of warnings are told at the end of a run.
_LINES = 10

# So many places of errors of one cause are told, with so many letters of the values there.
_PLACES = 5
_VALUE = 40

# So many letters are told of a value in a table that cannot be read.
_SHOWN = 60

Severity = Literal["error", "warning", "note"]
Topic = Literal["", "patients", "identity"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding; `row` counts as a spreadsheet does, from 1, and 0 is the whole file.

    What is about `patients` puts in doubt who is analysed, and what is about `identity` tells who
    they are to whoever gets the report; its main findings tell both.
    """

    severity: Severity
    file: str
    row: int
    column: str
    value: str
    allowed: str = ""
    hint: str = ""
    about: Topic = field(default="", kw_only=True)

    def __str__(self) -> str:
        where = [self.file]
        where += [f"row {self.row}"] if self.row else []
        where += [f"column {self.column!r}"] if self.column else []
        parts = [f"found {self.value!r}" if self.value else ""]
        parts += [f"allowed: {self.allowed}" if self.allowed else "", self.hint]
        return f"{', '.join(where)}: {'; '.join(part for part in parts if part)}"


def unreadable(file: str, error: TableError) -> Finding:
    """The finding that tells why a table cannot be read."""
    found = error.value if len(error.value) <= _SHOWN else f"{error.value[:_SHOWN]}…"
    return Finding("error", file, error.row, error.column, found, error.allowed, error.hint)


def correction_hint(old: str, new: str, reason: str) -> str:
    """The hint of a finding that tells a correction."""
    return f"{CORRECTED} {old!r} to {new!r}: {reason}"


def corrected_text(hint: str) -> str:
    """The text that a cell has been corrected to, from what `correction_hint` gave."""
    match = _CORRECTION.fullmatch(hint)
    if match is None:
        raise ValueError(f"{hint!r} does not tell a correction")
    return str(ast.literal_eval(match[1]))


def without_texts(findings: Iterable[Finding], columns: Container[str]) -> list[Finding]:
    """The findings, those in these columns without anything that may be from a cell."""
    told = "what was found is told in findings.csv alone, as the column is private"
    return [
        replace(each, value="", allowed="", hint=told) if each.column in columns else each
        for each in findings
    ]


class DataError(UserError):
    """What a user gave of a study cannot be used as it is.

    Errors of one cause in one column are told in one line.
    """

    def __init__(self, findings: Iterable[Finding], where: str = "the data") -> None:
        self.findings = [finding for finding in findings if finding.severity == "error"]
        count, lines = len(self.findings), [f"  {text}" for _, text in told(self.findings)]
        kinds = f" of {len(lines):,} kind{'s' if len(lines) > 1 else ''}"
        title = f"{count:,} error{'s' if count > 1 else ''}{kinds * (len(lines) < count)}"
        super().__init__("\n".join([f"{title} in {where}:", *lines]))


def told(findings: Iterable[Finding]) -> list[tuple[Severity, str]]:
    """Findings as texts with their severity, those of one cause in one column as one text."""
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        cause = (each.severity, each.file, each.column, each.allowed, each.hint)
        causes.setdefault(cause, []).append(each)
    return [(alike[0].severity, _told(alike)) for alike in causes.values()]


def warnings_in_brief(findings: Iterable[Finding], file: str) -> str:
    """The warnings in a few lines, those on patients first; nothing if there are none.

    Args:
        findings: What was found.
        file: Where all of it is told.
    """
    warnings = [each for each in findings if each.severity == "warning"]
    if not warnings:
        return ""
    texts = [text for _, text in told(sorted(warnings, key=lambda each: not each.about))]
    more = len(texts) - _LINES
    shown = [*texts[:_LINES], f"and {more} more"] if more > 1 else texts
    count = len(warnings)
    title = f"{count:,} warning{'s' if count > 1 else ''}, in full in {file}:"
    return "\n".join([title, *(f"  {text}" for text in shown)])


def _told(alike: Sequence[Finding]) -> str:
    """Findings that differ in their row and value alone, as one text."""
    first = alike[0]
    if len(alike) == 1:
        return str(first)
    places = [f"row {each.row}" + f" {_short(each.value)}" * bool(each.value) for each in alike]
    more = len(places) - _PLACES
    shown = [*places[:_PLACES], f"{more:,} more"] if more > 1 else places
    where = f"{first.file}, column {first.column!r}" if first.column else first.file
    told = f"found {len(alike):,} times, in {', '.join(shown[:-1])} and {shown[-1]}"
    parts = [told, f"allowed: {first.allowed}" if first.allowed else "", first.hint]
    return f"{where}: {'; '.join(part for part in parts if part)}"


def _short(value: str) -> str:
    return repr(value if len(value) <= _VALUE else f"{value[:_VALUE]}…")


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
