"""Slips in the cells of the bundled study's table, and what notices each of them.

A slip is made in the text of a cell, as a typist makes it; what the other cells say stays. The
table is then cleaned, its results are computed, and the paper's claims are judged by them.
"""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import numpy as np

from casebook.audit.paper import Paper
from casebook.data.findings import DataError, read_findings
from casebook.data.results import Result
from casebook.data.verdicts import (
    BY_CHANCE,
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    WRONG,
    Verdict,
)
from casebook.report.tested_cells import map_of_cells
from casebook.study.model import Study
from planted.errors import chosen
from planted.measure import SEED
from planted.studies import bundled, bundled_table
from planted.systematic import (
    bundled_claims,
    digits_changed,
    digits_exchanged,
    is_plain,
    one_off,
    points_moved,
)

BEST_FIRST = (REPRODUCED, OTHER_CONVENTION, NOT_COMPUTABLE, BY_CHANCE, CONTRADICTED)
SCHEDULE = "prednisone_schedule"
OTHER_SCHEDULE = {
    " mg as needed": " mg daily",
    " mg daily": " mg as needed",
    " mg": " mg as needed",
}
"""How a dose is taken is in the words after it; those of another way to take it."""
Value = tuple[str, str]
"""A patient and the name of what is read of the patient."""


class Kind(StrEnum):
    """Kinds of slip in a cell, in the order of the page."""

    DIGIT = "one digit changed"
    EXCHANGED = "two digits exchanged"
    POINT = "ten times as much, or a tenth"
    ONE = "one more or less"
    LEVEL = "another category"
    MEMBER = "another item in a list"
    LEFT_OUT = "an item of a list left out"
    MARK = "mark beside an item lost or added"
    EMPTIED = "cell emptied"
    PATIENTS = "cells of two patients exchanged"


class Notice(StrEnum):
    """What notices a slip first, in the order of the page."""

    REFUSED = "refused"
    WARNED = "warned of"
    CONTRADICTED = "contradicts a claim"
    WEAKER = "weakens a claim"
    MAP = "on the map alone"
    NOTHING = "by nothing"


NUMBERS = {
    Kind.DIGIT: digits_changed,
    Kind.EXCHANGED: digits_exchanged,
    Kind.POINT: points_moved,
    Kind.ONE: one_off,
}


@dataclass(frozen=True)
class Table:
    """The rows of a table, each by the headers, of a study with a row for each patient."""

    study: Study
    rows: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, study: Study, text: str) -> "Table":
        """The table in a tab-separated text."""
        header, *lines = (line.split("\t") for line in text.splitlines())
        return cls(study, [dict(zip(header, line, strict=True)) for line in lines])

    def text(self, header: str, changed: Mapping[int, str]) -> str:
        """The table with other texts in some rows of a column."""
        lines = ["\t".join(self.rows[0])]
        for place, row in enumerate(self.rows):
            new = {header: changed[place]} if place in changed else {}
            lines.append("\t".join({**row, **new}.values()))
        return "\n".join([*lines, ""])

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names of the values that are read from each column."""
        found: dict[str, list[str]] = {}
        for name, heading in self.study.headings.items():
            found.setdefault(heading.header, []).append(name)
        return found

    def span(self, name: str, text: str) -> tuple[int, int] | None:
        """Where in the text of a cell a value stands; None where it does not."""
        variable = self.study.variables.get(name)
        pattern = getattr(variable, "pattern", None)
        if not pattern:
            return (0, len(text))
        match = re.fullmatch(pattern, text)
        return match.span(1) if match else None

    def part(self, name: str, text: str) -> str | None:
        """The part of a cell's text that a value is read from."""
        span = self.span(name, text)
        return text[slice(*span)] if span else None


@dataclass(frozen=True)
class Planted:
    """A slip in a column: the new texts by the places of the patients."""

    table: Table
    kind: Kind
    header: str
    changed: Mapping[int, str]

    @property
    def values(self) -> set[Value]:
        """The values whose texts are others than they were."""
        table = self.table
        return {
            (patient_at(place), name)
            for place, new in self.changed.items()
            for name in table.names[self.header]
            if table.part(name, table.rows[place][self.header]) != table.part(name, new)
        }

    @property
    def file_rows(self) -> list[int]:
        """The rows of the file, which has a header."""
        return [place + 2 for place in self.changed]

    @property
    def told(self) -> str:
        """The slip in words, without the column."""
        old = {place: self.table.rows[place][self.header] for place in self.changed}
        shown = {place: f"`{new}`" if new else "nothing" for place, new in self.changed.items()}
        texts = [f"`{old[place]}` as {new}" for place, new in shown.items()]
        rows = " and ".join(map(str, self.file_rows))
        return f"row{'s' * (len(old) > 1)} {rows}, {' and '.join(texts)}"


def patient_at(place: int) -> str:
    """What casebook calls a patient of the bundled study, who has no identifier."""
    return f"P{place + 1:02}"


def every_cell(table: Table, kinds: int) -> Iterator[Planted]:
    """Slips in every cell that the study reads: so many kinds each, one of each kind, drawn."""
    random = np.random.default_rng(SEED)
    for header in table.names:
        for place in range(len(table.rows)):
            groups: dict[Kind, dict[str, Planted]] = {}
            for each in in_cell(table, header, place):
                groups.setdefault(each.kind, {})[table.text(header, each.changed)] = each
            for kind in chosen(list(groups), kinds, random):
                yield from chosen(list(groups[kind].values()), 1, random)


def in_cell(table: Table, header: str, place: int) -> Iterator[Planted]:
    """Every slip in a cell that makes its text, or those of two cells, another one."""
    old = table.rows[place][header]
    if old not in table.study.source.missing:
        yield Planted(table, Kind.EMPTIED, header, {place: ""})
        for name in table.names[header]:
            for kind, new in in_value(table, name, old):
                yield Planted(table, kind, header, {place: new})
    for other, row in enumerate(table.rows):
        if row[header] != old:
            yield Planted(table, Kind.PATIENTS, header, {place: row[header], other: old})


def in_value(table: Table, name: str, text: str) -> Iterator[tuple[Kind, str]]:
    """What slips in one value make of the text of its cell."""
    if name == SCHEDULE:
        for own, other in OTHER_SCHEDULE.items():
            if text.endswith(own):
                yield Kind.LEVEL, text.removesuffix(own) + other
        return
    span = table.span(name, text)
    if span is None:
        return
    start, end = span
    for kind, new in other_values(table.study, name, text[start:end]):
        yield kind, text[:start] + new + text[end:]


def other_values(study: Study, name: str, old: str) -> Iterator[tuple[Kind, str]]:
    """What slips make of a value."""
    variable = study.variables.get(name)
    kind = variable.type if variable else "number"
    if kind == "number":
        if re.fullmatch(r"[\d.]+", old):
            for slip, make in NUMBERS.items():
                others = (new for new in make(old) if is_plain(new))
                yield from ((slip, new) for new in others if Decimal(new) != Decimal(old))
    elif kind == "category":
        yield from ((Kind.LEVEL, level) for level in variable.levels if level != old)
    elif kind == "set":
        yield from other_lists(old.split(", "), list(variable.levels), variable.mark or "")


def other_lists(
    items: Sequence[str], levels: Sequence[str], mark: str
) -> Iterator[tuple[Kind, str]]:
    """What slips make of a list; one that says in words that there is nothing has none."""
    known = {level.casefold(): level for level in levels}
    plain = [item.removesuffix(mark).casefold() for item in items]
    if not all(item in known for item in plain):
        return
    for place, item in enumerate(items):
        sign = item[len(plain[place]) :]
        around = items[:place], items[place + 1 :]
        for level in (level for each, level in known.items() if each not in plain):
            yield Kind.MEMBER, ", ".join([*around[0], f"{level}{sign}", *around[1]])
        if len(items) > 1:
            yield Kind.LEFT_OUT, ", ".join([*around[0], *around[1]])
        if mark:
            other = item.removesuffix(mark) if sign else f"{item}{mark}"
            yield Kind.MARK, ", ".join([*around[0], other, *around[1]])


@dataclass(frozen=True)
class Audited:
    """What became of the bundled paper by some table."""

    paper: Paper
    warned: frozenset[tuple[int, str]]

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each claim."""
        return {claim.name: self.paper.verdict(claim) for claim in self.paper.claims}

    @cached_property
    def by_key(self) -> dict[tuple[str, ...], Result]:
        """The results by their keys."""
        return {row.key: row for row in self.paper.data.rows}

    def tested(self, verdicts: Sequence[Verdict]) -> set[Value]:
        """The values that some of these claims rest on, by the map of the report."""
        data = self.paper.data
        rows = [self.by_key[each.result] for each in verdicts if each.result in self.by_key]
        members = {name: [p.id for p in patients] for name, patients in data.cohorts.items()}
        by_row = {row: patient for patient, row in data.row_of.items()}
        found = map_of_cells(data.study, verdicts, rows, members, by_row)
        return {
            (patient, name)
            for patient, answers in (found.rows.items() if found else ())
            for name, answer in zip(data.study.headings, answers, strict=True)
            if answer
        }

    @cached_property
    def all_tested(self) -> set[Value]:
        """The values that any claim rests on."""
        return self.tested([*self.verdicts.values()])


@dataclass(frozen=True)
class Judged:
    """A slip, what noticed it first, and whether the map says that some claim tests its values.

    Attributes:
        planted: The slip.
        notice: What noticed it first.
        was_tested: Whether some claim rests on a value of it, in the right table or in the wrong.
        changed: Of a slip that nothing notices, the claims whose number is another one, before and
            after.
        resting: Of such a slip, the claims that rest on its values.
    """

    planted: Planted
    notice: Notice
    was_tested: bool = False
    changed: Sequence[tuple[Verdict, Verdict]] = ()
    resting: Sequence[Verdict] = ()


def audited(folder: Path, table: str) -> Audited:
    """Audit the bundled paper by a table, in an empty folder, which is left empty.

    Raises:
        DataError: the table is refused.
    """
    study = folder / "study"  # of a folder that it knows casebook need not read study.yaml again
    try:
        analysed = bundled(study, table)
        findings = read_findings(study / "findings.csv")
        warned = frozenset((each.row, each.column) for each in findings)
        return Audited(bundled_claims(analysed), warned)
    finally:
        shutil.rmtree(study)


def judge_cells(folder: Path, kinds: int) -> list[Judged]:
    """What notices slips of so many kinds in every cell."""
    right = audited(folder, bundled_table())
    table = Table.of(right.paper.data.study, bundled_table())
    return [judged(folder, right, each) for each in every_cell(table, kinds)]


def judged(folder: Path, right: Audited, planted: Planted) -> Judged:
    """What notices a slip."""
    try:
        found = audited(folder, planted.table.text(planted.header, planted.changed))
    except DataError:
        return Judged(planted, Notice.REFUSED)
    told = {(row, column) for row in (0, *planted.file_rows) for column in (planted.header, "")}
    was_tested = bool(planted.values & (right.all_tested | found.all_tested))
    if (found.warned - right.warned) & told:
        return Judged(planted, Notice.WARNED, was_tested)
    pairs = [(right.verdicts[name], new) for name, new in found.verdicts.items()]
    worse = [new.verdict for old, new in pairs if rank(new) > rank(old)]
    if worse:
        is_wrong = any(verdict in WRONG for verdict in worse)
        return Judged(planted, Notice.CONTRADICTED if is_wrong else Notice.WEAKER, was_tested)
    if not planted.values & found.all_tested:
        return Judged(planted, Notice.MAP, was_tested)
    changed = [(old, new) for old, new in pairs if old.recomputed != new.recomputed]
    resting = [new for _, new in pairs if found.tested([new]) & planted.values]
    return Judged(planted, Notice.NOTHING, was_tested, changed, resting)


def rank(verdict: Verdict) -> int:
    """How bad a verdict is for a claim."""
    return BEST_FIRST.index(verdict.verdict)
