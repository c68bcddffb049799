"""The rows of a table of adverse events as typed harms, and what is doubtful in them.

How their cells are read is for `harm_cells`. What follows from the harms for a patient is for
`harms`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casebook.data.cells import folded
from casebook.data.findings import Finding
from casebook.data.harms import NO, YES, Harm
from casebook.data.patients import Value, value_text
from casebook.doubts.compound_terms import compound_terms
from casebook.doubts.disclosure import given_away
from casebook.doubts.far_days import DayOfEvent, KnownDays, far_days
from casebook.doubts.turned_days import perhaps_turned, turned_days
from casebook.prepare.corrections import Correction
from casebook.prepare.harm_cells import (
    HINT,
    SLIP,
    HarmCells,
    HarmColumns,
    HarmFindings,
    HarmReading,
)
from casebook.prepare.harm_days import is_before, onset_of
from casebook.prepare.harm_terms import perhaps_one, slips, spelled
from casebook.prepare.tables import short_name_of_events
from casebook.study.harms import HarmTable
from casebook.study.model import Study

_FAR = (
    f"{SLIP}; if the date is right, name the row, with the reason, under keep in harms.table of"
    " study.yaml"
)
_BEFORE = (
    "the event began before the treatment did, so it is not counted; to count it, as one that"
    " became worse on the treatment, name the row, with the reason, under keep in harms.table of"
    " study.yaml"
)
_AFTER = (
    "the event began after the patient's time on treatment, so it is not in the rate per time,"
    " though the patient counts as harmed; if it was on the treatment, name the row, with the"
    " reason, under keep in harms.table of study.yaml"
)
_WORDS = ("term", "outcome")
"""What the report shows as it stands."""


@dataclass(frozen=True)
class KnownPatients:
    """What is known of the patients of a study, against which events are held.

    Attributes:
        rows_of: The row of each patient in the table of patients.
        unused: Which row there has an identifier that is no patient's, in words.
        starts: The day on which the treatment of each began, if it is known.
        times: How long each was treated, if it is known.
        days: The days of each in the tables of patients.
    """

    rows_of: Mapping[str, int]
    unused: Mapping[str, str]
    starts: Mapping[str, Value]
    times: Mapping[str, Value]
    days: KnownDays


def harms_in_table(
    study: Study, cells: HarmCells, patients: KnownPatients, corrections: Sequence[Correction]
) -> tuple[list[Harm], list[Finding]]:
    """The harms in a table of adverse events, in its order, and what was found on the way.

    Args:
        study: The study.
        cells: The table.
        patients: The patients of the study.
        corrections: The corrections of the table.
    """
    told = HarmFindings(study.table_of_harms, cells.file)
    columns = HarmReading(study, cells, patients.rows_of, patients.unused, told).columns(
        corrections
    )
    if columns is None:
        return [], told.found
    harms = _HarmRows(study, columns, patients, told).harms()
    told.found += _disclosed(study.table_of_harms, cells, columns)
    # What is told of a row with several events is told once.
    return harms, sorted(dict.fromkeys(told.found), key=lambda each: each.row)


class _HarmRows:
    """One pass over the rows of a table of adverse events; `told` gathers what is doubtful."""

    def __init__(
        self, study: Study, columns: HarmColumns, patients: KnownPatients, told: HarmFindings
    ) -> None:
        self.study, self.patients, self.told = study, patients, told
        self.table = study.table_of_harms
        self.rows, self.texts, self.values = columns.rows, columns.texts, {**columns.values}

    def harms(self) -> list[Harm]:
        """The harms, in the order of the table."""
        if self.table.levels is None:
            self.values["term"], counts = spelled(self.values["term"])
            self._note_alike(counts)
        found = [self._harm(place) for place in range(len(self.rows))]
        self._note_odd_days()
        self._note_doubles()
        return [harm for harm in found if harm is not None]

    def _note_alike(self, counts: Mapping[str, int]) -> None:
        """Warn of a term that may be another one, misspelt, or that may say more than one."""
        alike = (
            (term, perhaps_one(term, each, counts, self._line)) for term, each in slips(counts)
        )
        for term, hint in (*alike, *compound_terms(counts)):
            place = self.values["term"].index(term)
            self.told.add("warning", self.rows[place], "term", self.texts["term"][place], "", hint)

    def _line(self, term: str, new: str) -> str:
        """The line of corrections.tsv that writes another term in place of one."""
        table, header = short_name_of_events(self.study), self.table.header_of["term"]
        at, texts = self.values["term"].index(term), self.texts
        row, patient, old = self.rows[at], texts["patient"][at], texts["term"][at]
        if sign := self.table.separator:
            parts = (part.strip() for part in old.split(sign))
            new = sign.join(new if folded(part) == folded(term) else part for part in parts)
        return f"table {table}, row {row}, patient {patient}, column {header}, old {old}, new {new}"

    def _note_odd_days(self) -> None:
        """Warn of days that may be wrong, unless something is told of them already."""
        columns, texts, values = self.table.header_of, self.texts, self.values
        for name in ("start", "end"):
            turned, other = turned_days(texts.get(name, ()), values.get(name, ()))
            for at in turned:
                text = texts[name][at]
                self.told.add("warning", self.rows[at], name, text, "", perhaps_turned(other))
        told = {(each.row, each.column) for each in self.told.found}
        days = [
            DayOfEvent(place, name, patient, day)
            for name in ("start", "end")
            for place, (patient, day) in enumerate(
                zip(values["patient"], values.get(name, ()), strict=False)
            )
            if isinstance(day, date) and isinstance(patient, str)
        ]
        for each, where in far_days(days, self.patients.days).items():
            row, text = self.rows[each.place], texts[each.name][each.place]
            if (row, columns[each.name]) not in told:
                self.told.add("warning", row, each.name, text, "", f"{where}: {_FAR}")

    def _harm(self, place: int) -> Harm | None:
        """The harm of a row by its place; None if its patient or term is not known."""
        row, cells = self.rows[place], {n: texts[place] for n, texts in self.texts.items()}
        told = {name: column[place] for name, column in self.values.items()}
        patient, name = told.pop("patient"), told.pop("term")
        if not isinstance(patient, str) or not isinstance(name, str):
            return None
        start, end = told.get("start"), told.get("end")
        if is_before(end, start):
            allowed = f"not before the start, {cells['start']}"
            self.told.add("error", row, "end", cells["end"], allowed, HINT)
        texts = {name: value_text(value) for name, value in told.items()}
        harm = self._timed(Harm(patient, name, row=row, **texts), start, cells.get("start", ""))
        if harm is None:
            return None
        if harm.grade == "5" and harm.serious == NO:
            hint = "grade 5 is a death, which is serious"
            self.told.add("warning", row, "serious", cells["serious"], "", hint)
        return harm

    def _timed(self, harm: Harm, start: Value, cell: str) -> Harm | None:
        """A harm with when on the treatment it began; None if that was before the treatment.

        `cell` is how the table writes the start.

        A row that `keep` names counts as one that began on the treatment.
        """
        onset = onset_of(self.study, self.patients.starts[harm.patient], start)
        time = self.patients.times[harm.patient]
        if onset is None:
            return harm
        kept = harm.row in self.table.keep
        if onset < 0:
            self.told.add("warning", harm.row, "start", cell, "", _BEFORE)
            return replace(harm, on_treatment=YES) if kept else None
        harm = replace(harm, onset=value_text(onset))
        if not isinstance(time, float):
            return harm
        if onset <= time or kept:
            return replace(harm, on_treatment=YES)
        self.told.add("warning", harm.row, "start", cell, "", _AFTER)
        return replace(harm, on_treatment=NO)

    def _note_doubles(self) -> None:
        """Warn of rows that say the same as an earlier one."""
        first: dict[tuple[str, ...], int] = {}
        for row, *cells in zip(self.rows, *self.texts.values(), strict=True):
            key = tuple(text.casefold() for text in cells)
            earlier = first.setdefault(key, row)
            if earlier != row:
                hint = (
                    f"the same as row {earlier}, so that one event may be counted twice: name the"
                    " row, with the reason, under leave_out or keep in harms.table of study.yaml"
                )
                self.told.add("warning", row, "", "", "", hint)


def _disclosed(table: HarmTable, cells: HarmCells, columns: HarmColumns) -> Iterator[Finding]:
    """Warnings of texts that the report shows and that tell who a patient is."""
    for name in _WORDS:
        if risk := given_away(columns.rows, columns.texts.get(name, [""] * len(columns.rows))):
            hint = (
                f"{risk}, which everyone who receives the report can read; take it out of the"
                f" table, or take the column out of harms.table.columns of study.yaml"
            )
            at = ("warning", cells.file, cells.grid.header_row, table.header_of[name])
            yield Finding(*at, "", "", hint, about="identity")  # type: ignore[arg-type]
