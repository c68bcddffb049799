"""Who was harmed by what: all harms of the patients, and what follows from them for each patient.

Harms stand in sets, in columns of the table of patients, or in a table of their own, which
`harm_rows` reads. Nothing is counted here.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from casebook.data.cells import read_grid
from casebook.data.findings import Finding
from casebook.data.harms import GRADES, IS, NOT_KNOWN, WORST, YES, Harm, answer, worst_grade
from casebook.data.patients import Member, Roster, Value
from casebook.data.remarks import read_remarks
from casebook.doubts.disclosure import is_of_birth
from casebook.doubts.far_dates import far_places
from casebook.doubts.far_days import KnownDays
from casebook.prepare.corrections import Correction
from casebook.prepare.harm_cells import HarmCells
from casebook.prepare.harm_rows import KnownPatients, harms_in_table
from casebook.prepare.tables import name_of_events
from casebook.study.harms import HarmTerm
from casebook.study.model import Study


@dataclass
class HarmsFound:
    """The harms of all patients, their values by name, and what was found in their source."""

    harms: list[Harm] = field(default_factory=list)
    values: dict[str, Sequence[Value]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_events(study: Study, folder: Path, cells: Path, remarks: Path) -> HarmCells:
    """The cells that `events` wrote of the table of adverse events in a study's folder."""
    return HarmCells(name_of_events(study, folder), read_grid(cells), read_remarks(remarks))


def harms_of(
    study: Study,
    file: str,
    rows: Sequence[int],
    roster: Roster,
    cells: HarmCells | None,
    visited: Mapping[str, Sequence[date]],
    unused: Mapping[str, str],
    corrections: Sequence[Correction] = (),
) -> HarmsFound:
    """The harms of all patients of a study.

    Args:
        study: The study.
        file: The table of patients, as findings name it.
        rows: The rows where the patients stand in it.
        roster: The patients with all of their other values.
        cells: The table of adverse events, if there is one.
        visited: The days of the patients' visits, as far as rows have dates.
        unused: Which row has an identifier that is no patient's, in words.
        corrections: The corrections of that.
    """
    if study.harms is None:
        return HarmsFound()
    found = HarmsFound()
    for name in study.harms.sets:
        found.harms += _members(study, name, roster)
    for name, term in study.harms.terms.items():
        found.harms += _of_term(name, term, file, rows, roster, found.findings)
    if cells:
        patients = _known_patients(study, rows, roster, visited, unused)
        harms, findings = harms_in_table(study, cells, patients, corrections)
        found.harms += harms
        found.findings += findings
    found.values = _values(study.harms.kinds, roster.ids, found.harms)
    return found


def _known_patients(
    study: Study,
    rows: Sequence[int],
    roster: Roster,
    visited: Mapping[str, Sequence[date]],
    unused: Mapping[str, str],
) -> KnownPatients:
    """What the table of patients says of those who may have had an adverse event."""
    treatment = study.treatment
    return KnownPatients(
        dict(zip(roster.ids, rows, strict=True)),
        unused,
        _each(roster, treatment.start if treatment else None),
        _each(roster, treatment.duration if treatment else None),
        _days(study, roster, visited),
    )


def _each(roster: Roster, name: str | None) -> dict[str, Value]:
    """Each patient's value of a name; None without a name."""
    nothing: list[Value] = [None] * len(roster.ids)
    return dict(zip(roster.ids, roster.columns[name] if name else nothing, strict=True))


def _days(study: Study, roster: Roster, visited: Mapping[str, Sequence[date]]) -> KnownDays:
    """Each patient's days of visits; without any, all from the start of the treatment on.

    A day of birth is none of them, nor one that is rather wrong itself, which is told.
    """
    dates = (name for name, kind in study.kinds.items() if kind == "date")
    dated = [name for name in dates if not is_of_birth(study, name, roster)]
    start = study.treatment.start if study.treatment else None
    starts = roster.columns[start] if start else [date.min] * len(roster.ids)
    far = {name: {place for place, *_ in each} for name, each in far_places(study, roster).items()}
    columns = [_without(roster.columns[name], far.get(name, set())) for name in dated]
    of: dict[str, Sequence[date]] = {}
    for patient, began, *known in zip(roster.ids, starts, *columns, strict=True):
        days = [day for day in known if isinstance(day, date)]
        since = began if isinstance(began, date) else date.max
        of[patient] = visited.get(patient) or [day for day in days if day >= since]
    is_private = not {*dated}.isdisjoint(study.private_variables)
    return KnownDays(of, may_be_shown=not is_private)


def _without(values: Sequence[Value], places: Collection[int]) -> Sequence[Value]:
    """The same values but for those at some places, which are None."""
    if not places:
        return values
    return [None if place in places else value for place, value in enumerate(values)]


def _members(study: Study, name: str, roster: Roster) -> Iterator[Harm]:
    """The members of each patient's set; all of its levels are open where it is missing."""
    for patient, members in zip(roster.ids, roster.sets(name), strict=True):
        if members is None:
            yield from (Harm(patient, level, NOT_KNOWN) for level in study.levels(name))
        else:
            yield from (Harm(patient, member.name) for member in members)


def _of_term(
    name: str,
    term: HarmTerm,
    file: str,
    rows: Sequence[int],
    roster: Roster,
    findings: list[Finding],
) -> Iterator[Harm]:
    """The patients who had an adverse event that the table has columns for."""
    answers = {key: roster.each(each.names, each.holds) for key, each in term.conditions.items()}
    graded = term.graded
    grades = roster.each(graded.names, graded.evaluate) if graded else [None] * len(rows)
    for place, patient in enumerate(roster.ids):
        told = {key: column[place] for key, column in answers.items()}
        happened, grade = told.pop("condition"), grades[place]
        if happened is False:
            continue
        if happened and grade is not None and grade not in GRADES:
            hint = f"harms.terms.{name}.grade of study.yaml gives this for the patient"
            allowed = "a CTCAE grade from 1 to 5"
            at = ("error", file, rows[place], "", f"{grade:g}", allowed, hint)
            findings.append(Finding(*at))  # type: ignore[arg-type]
            continue
        described = {key: answer(each) for key, each in told.items()}
        grade_text = NOT_KNOWN if grade is None or not happened else f"{grade:g}"
        harm = Harm(patient, name, answer(happened), grade_text)
        yield replace(harm, **described)  # type: ignore[arg-type]


def _values(
    kinds: Mapping[str, object], ids: Sequence[str], harms: Sequence[Harm]
) -> dict[str, Sequence[Value]]:
    """What follows from the harms for each patient, by the names of these values."""
    of: dict[str, list[Harm]] = {patient: [] for patient in ids}
    for harm in harms:
        of[harm.patient].append(harm)
    return {
        name: [
            _worst(of[patient]) if name == WORST else _terms(of[patient], IS[name])
            for patient in ids
        ]
        for name in kinds
    }


def _terms(harms: Sequence[Harm], is_so: Callable[[Harm], str]) -> Value:
    """The terms of which it is so, sorted; None if it is not known of some."""
    if any(NOT_KNOWN in (harm.happened, is_so(harm)) for harm in harms):
        return None
    return tuple(Member(term) for term in sorted({h.term for h in harms if is_so(h) == YES}))


def _worst(harms: Sequence[Harm]) -> Value:
    """The worst grade, 0 without an event; None if a grade is not known."""
    if not harms:
        return 0.0
    grade = worst_grade([harm.grade if harm.happened == YES else NOT_KNOWN for harm in harms])
    return float(grade) if grade else None
