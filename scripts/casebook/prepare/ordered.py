"""The one order in which findings are told: in words, as JSON and in findings.csv.

First comes study.yaml, by its lines; then each table, of which first what is of whole rows, from
top to bottom, and then column by column; then corrections.tsv and claims.tsv, by their lines.
Errors of one cause that are told in one line stand where the first of them does.
"""

import re
from collections.abc import Iterable
from pathlib import PurePath

from casebook.data.findings import Finding
from casebook.study.folder import CLAIMS, CORRECTIONS, STUDY

_LINE = re.compile(r"(.+), line (\d+)")
_BY_LINES = {STUDY: 0, CORRECTIONS: 2, CLAIMS: 3}
_OF_TABLES = 1


def in_order(findings: Iterable[Finding], columns: Iterable[tuple[str, str]] = ()) -> list[Finding]:
    """Findings in their order.

    Args:
        findings: The findings; those of one cell stay as they are.
        columns: The columns of the tables, each by the name of its table and its header, in the
            order of the files. What is in none of them comes behind, as it was found.
    """
    found = list(findings)
    known = list(columns)
    known += [(each.file, each.column) for each in found]
    tables = {file: place for place, file in enumerate(dict.fromkeys(file for file, _ in known))}
    places = {column: place for place, column in enumerate(dict.fromkeys(known))}

    def place(finding: Finding) -> tuple[int, ...]:
        file, line = _file_and_line(finding)
        kind = _BY_LINES.get(PurePath(file).name, _OF_TABLES)
        if kind != _OF_TABLES:
            return kind, line
        column = places[finding.file, finding.column] if finding.column else -1
        return kind, tables[finding.file], column, finding.row

    return sorted(found, key=place)


def _file_and_line(finding: Finding) -> tuple[str, int]:
    """The file and the line of a finding; that of study.yaml may stand with its name."""
    at = _LINE.fullmatch(finding.file)
    return (at[1], int(at[2])) if at else (finding.file, finding.row)
