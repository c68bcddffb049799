"""The table of adverse events among what `casebook new` is given, and its lines in the draft.

It is a sheet beside that of the patients, or a file of its own, and goes by its name. Which column
has what of an event belongs to `drafting`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.base.lists import enumerated
from casebook.cli.given import GivenTable, NotBegunError
from casebook.cli.given_tables import read_given
from casebook.data.cells import folded, normalised
from casebook.drafting.adverse import events_in, names_events
from casebook.drafting.columns import Column
from casebook.drafting.identifier import names_patients
from casebook.drafting.parts import Harms
from casebook.drafting.sketch import columns_in
from casebook.drafting.tableread import Reading
from casebook.drafting.together import Joined
from casebook.prepare.tables import file_and_sheet
from casebook.reading.filekinds import TEXTS
from casebook.reading.openworkbooks import names_of_shown

_LEAST = 0.5
"""At least so many of the texts of a column are identifiers, if it is the one that has them."""
_NO_IDENTIFIERS = "name the column that has the patients' identifiers as the table of patients has"
_NO_TERM = "name the column that says what each event was"


@dataclass(frozen=True)
class GivenEvents:
    """A table that seems to be of adverse events.

    Attributes:
        table: The table, if it can be read.
        sheet: The name of the sheet, if it is one of several.
        wrong: Why it cannot be read, if it cannot.
    """

    table: GivenTable | None
    sheet: str | None = None
    wrong: str = ""

    def has(self, file: str) -> bool:
        """Whether a finding in a file of this name is about it."""
        name, sheet = file_and_sheet(file)
        there = self.table and self.table.name == Path(name).name
        return bool(there) and (self.sheet is None or normalised(sheet) == normalised(self.sheet))

    def harms(self, who: str, known: Collection[str]) -> Harms:
        """What a draft says of it.

        Args:
            who: The header of the patients' identifiers in their own table.
            known: The identifiers of the patients.
        """
        if self.table is None:
            return Harms(None, "its name", Reading("", self.sheet), doubt=self.wrong)
        columns = columns_in(self.table.grid)
        reason = f"its name, and it has {len(self.table.grid.body)} rows"
        patient = _of_patients(columns, who, known)
        found = events_in(columns, patient) if patient else None
        doubt = "" if found else _NO_TERM if patient else _NO_IDENTIFIERS
        headers = enumerated([repr(each.header) for each in columns])
        doubt += f", of its columns {headers}" if doubt else ""
        filled = _filled(columns, patient)
        read = replace(self.table.reading, sheet=self.sheet, fill_down=filled)
        if read.transpose:
            read = replace(read, transpose=False, names={})
        return Harms(found, reason, read, doubt=doubt)


def _filled(columns: Iterable[Column], patient: str) -> str:
    """The column of the identifiers, if each stands in the first of a patient's rows alone."""
    texts = next((each.texts for each in columns if each.header == patient), [""])
    written = [text for text in texts if text]
    is_once = len({*written}) == len(written) < len(texts)
    return patient if is_once and texts[0] else ""


def _of_patients(columns: Iterable[Column], who: str, known: Collection[str]) -> str:
    """The header of the column with the patients' identifiers; empty if none has enough of them.

    Numbers of events can be those of patients too, so the header counts first.
    """

    def sureness(column: Column) -> tuple[bool, bool, float, bool]:
        header, filled = column.header, column.filled
        is_same, repeats = folded(header) == folded(who), len({*filled}) < len(filled)
        return is_same, names_patients(header), column.share_among(known), repeats

    enough = (each for each in columns if each.share_among(known) >= _LEAST)
    best = max(enough, key=sureness, default=None)
    return best.header if best else ""


def without_events(
    tables: Sequence[GivenTable],
) -> tuple[Sequence[GivenTable], GivenEvents | None]:
    """The tables of patients, and that of their adverse events, if there is one.

    Args:
        tables: All tables, of which one may be that of adverse events.
    """
    if len(tables) > 1:
        for each in tables:
            name = each.told.sheet or each.path.stem
            if names_events(name) and events_in(columns_in(each.grid), ""):
                others = [other for other in tables if other is not each]
                return others, GivenEvents(each, each.told.sheet)
        return tables, None
    (patients,) = tables
    own = normalised(patients.told.sheet or "")
    is_text = patients.path.suffix.lower() in TEXTS
    names = [] if is_text else names_of_shown(patients.path)
    sheet = next((e for e in names if names_events(e) and normalised(e) != own), None)
    if sheet is None:
        return tables, None
    told = replace(patients.told, sheet=sheet, header=(), header_reason="", leave_out=(),
                   transpose=False, names={}, fill_down="", dictionary=None)  # fmt: skip
    try:
        return tables, GivenEvents(read_given(patients.path, told, alone=False), sheet)
    except NotBegunError:
        return tables, GivenEvents(None, sheet, "it cannot be read as a table: look at its header")


def with_events(joined: Joined, tables: Sequence[GivenTable], events: GivenEvents | None) -> Joined:
    """What tables seem to hold, with their adverse events, if these have a table of their own."""
    if events is None:
        return joined
    who = joined.whole.identifier.column
    columns = columns_in(tables[joined.first].grid)
    known = next((each.filled for each in columns if each.header == who), [])
    return replace(joined, whole=replace(joined.whole, harms=events.harms(who, {*known})))
