"""What moved since earlier results, in plain words for a reader; nothing is compared here.

The words on the present results are put together anew, with their numbers traced, and the earlier
ones are as the step `changes` wrote them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from casebook.data.differences import (
    ADDED,
    AUDIT,
    CELL,
    COHORT,
    COLUMN,
    CONCLUSION,
    EVENT,
    EVENT_CELL,
    EVENT_COLUMN,
    MAIN_NUMBER,
    OUTCOME,
    PATIENT,
    REMOVED,
    RENUMBERED,
    RESULT,
    SETTING,
    VARIABLE,
    VERDICT,
    Difference,
)
from casebook.data.results import Result
from casebook.data.verdicts import CONTRADICTED, VERDICTS
from casebook.report.changed_event_columns import event_column_words
from casebook.report.manuscript import Row, Table
from casebook.report.render import MOST
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.wording.conclusions import conclusions, main_numbers
from casebook.wording.more_conclusions import Concluded, more_conclusions
from casebook.wording.numbers import NOT_COMPUTED
from casebook.wording.paired_tests import PairedTest, in_one_line, paired_tests
from casebook.wording.sentences import in_brief
from casebook.wording.traces import traced

_COUNTED = {
    CONCLUSION: ("conclusion", "conclusions"),
    VERDICT: ("verdict of the audit", "verdicts of the audit"),
    COHORT: ("cohort", "cohorts"),
    OUTCOME: ("outcome", "outcomes"),
    VARIABLE: ("variable", "variables"),
    SETTING: ("setting of the study", "settings of the study"),
    PATIENT: ("patient added or removed", "patients added or removed"),
    RENUMBERED: ("patient with a new identifier", "patients with a new identifier"),
    COLUMN: ("column of the raw table", "columns of the raw table"),
    CELL: ("cell of the raw table", "cells of the raw table"),
    EVENT_COLUMN: ("column of the adverse events", "columns of the adverse events"),
    EVENT: ("adverse event added or removed", "adverse events added or removed"),
    EVENT_CELL: ("cell of the adverse events", "cells of the adverse events"),
    RESULT: ("number", "numbers"),
}
_TALLY = "tally"
"""How many tests reached the level, among conclusions."""
_AUDIT_CAME = {ADDED: "a new audit of the paper", REMOVED: "an audit that was removed"}
NOT_SHOWN = "not shown"
_URGENT = (CONTRADICTED, *(v for v in reversed(VERDICTS) if v != CONTRADICTED), "")


@dataclass(frozen=True)
class Flipped:
    """The conclusions on one thing in a cohort or comparison that are others now, and before."""

    where: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Changes:
    """What moved, as the report shows it.

    Attributes:
        compared: The row that says with which results; its kind says whether it could be done.
        headline: How many things of each sort changed; empty where nothing did.
        tallies: What all tests gave, before and now, where that is not the same.
        flipped: The conclusions that are others now, by place.
        verdicts: The claims whose verdict is another one now, by a sentence that says which.
        parts: Cohorts, outcomes and variables that came or went, in words.
        settings: The keys of study.yaml with another value.
        patients: Patients who came, went, or have another name.
        columns: Columns of the raw table that came or went.
        cells: The cells of the raw table with another text.
        more: How many more patients and cells there are than are listed.
        event_columns: Columns of the table of adverse events that came or went, in words.
        events: Adverse events that came or went, and cells of others with another text.
        more_events: How many more of these there are than are listed.
        numbers: The main numbers that are shown as another text.
        moved: How many numbers moved, in words.
    """

    compared: Difference
    headline: str
    tallies: tuple[str, str] | None
    flipped: tuple[Flipped, ...]
    verdicts: dict[str, list[Difference]]
    parts: tuple[str, ...]
    settings: tuple[Difference, ...]
    patients: tuple[Difference, ...]
    columns: tuple[Difference, ...]
    cells: tuple[Difference, ...]
    more: int
    event_columns: tuple[str, ...]
    events: tuple[Difference, ...]
    more_events: int
    numbers: Table | None
    moved: str


def change_words(
    study: Study, rows: Sequence[Result], differences: Sequence[Difference], count: int
) -> Changes | None:
    """Word the differences for the report; None if there was nothing to compare with.

    Args:
        study: The study.
        rows: The results, the paired tests among them.
        differences: What differs between earlier results and the present ones.
        count: How many rows the present results have.
    """
    if not differences:
        return None
    compared, *rest = differences
    of: defaultdict[str, list[Difference]] = defaultdict(list)
    for each in rest:
        of[_sort(each)].append(each)
    tests = {test.key: test for test in paired_tests(study, rows)}
    moved = [each for each in rest if each.kind == PATIENT]
    patients, cells = _first_of_each(moved), of[CELL][:MOST]
    more = len(moved) + len(of[CELL]) - len(patients) - len(cells)
    events = [*of[EVENT], *of[EVENT_CELL]]
    return Changes(
        compared=compared,
        headline=_headline(of),
        tallies=(of[_TALLY][0].before, in_one_line(tests.values())) if of[_TALLY] else None,
        flipped=tuple(_flipped(study, rows, tests, of[CONCLUSION])),
        verdicts=_verdicts([*of[AUDIT], *of[VERDICT]]),
        parts=tuple(_parts(study, [*of[COHORT], *of[OUTCOME], *of[VARIABLE]])),
        settings=tuple(of[SETTING]),
        patients=tuple(patients),
        columns=tuple(of[COLUMN]),
        cells=tuple(_shown(study, each) for each in cells),
        more=more,
        event_columns=tuple(event_column_words(study, of[EVENT_COLUMN])),
        events=tuple(_event_shown(study, each) for each in events[:MOST]),
        more_events=max(0, len(events) - MOST),
        numbers=_numbers(tests, of[MAIN_NUMBER]),
        moved=_moved(of[RESULT], count),
    )


def _sort(each: Difference) -> str:
    """Its kind, or what is told apart from that: a tally, an audit that came or went, a name."""
    if each.kind == CONCLUSION and not each.cohort:
        return _TALLY
    told_apart = {VERDICT: AUDIT, PATIENT: RENUMBERED}
    return each.what if told_apart.get(each.kind) == each.what else each.kind


def _first_of_each(patients: Sequence[Difference]) -> list[Difference]:
    """The first patients who came, who went, and who have another name."""
    kinds = (ADDED, REMOVED, RENUMBERED)
    each_kind = ((each for each in patients if each.what == kind) for kind in kinds)
    return [each for kind in each_kind for each in islice(kind, MOST)]


def _shown(study: Study, cell: Difference) -> Difference:
    """A cell that changed, without its texts unless the report shows the column too."""
    if cell.column in study.columns - study.private_columns:
        return cell
    private = cell.column in study.private_columns
    remark = "the column is private" if private else "the study does not read this column"
    return replace(cell, before=NOT_SHOWN, after=NOT_SHOWN, remark=remark)


def _event_shown(study: Study, event: Difference) -> Difference:
    """The same of what changed in the table of adverse events, which has no private column."""
    if event.kind == EVENT or event.column in study.table_of_harms.headers:
        return event
    return replace(event, before=NOT_SHOWN, after=NOT_SHOWN)


def _headline(of: Mapping[str, Sequence[Difference]]) -> str:
    """How many differences of each sort there are: 2 conclusions, 1 patient and 312 numbers."""
    counts = [_AUDIT_CAME[each.remark] for each in of[AUDIT]]
    counts += [
        f"{len(of[kind])} {plural if len(of[kind]) > 1 else one}"
        for kind, (one, plural) in _COUNTED.items()
        if of[kind]
    ]
    return in_brief(counts, more="{:,} more kinds of change")


def _flipped(
    study: Study,
    rows: Sequence[Result],
    tests: Mapping[TestKey, PairedTest],
    differences: Sequence[Difference],
) -> Iterator[Flipped]:
    places: dict[TestKey, list[Difference]] = {}
    for each in differences:
        places.setdefault((each.cohort, each.variable, each.contrast), []).append(each)
    more = more_conclusions(study, rows, traced) if places.keys() - tests.keys() else {}
    for key, found in places.items():
        told = Concluded("") if key not in more else more[key]
        where, now = told.where, dict(told.answers)
        if key in tests:
            where, now = tests[key].where, conclusions(tests[key], traced) | now
        yield Flipped(where, tuple((now[each.what].words, each.before) for each in found))


def _verdicts(rows: Sequence[Difference]) -> dict[str, list[Difference]]:
    found: dict[str, list[Difference]] = {}
    for each in sorted(rows, key=lambda row: _URGENT.index(row.after)):
        if each.what == AUDIT:
            came = "is new" if each.remark == ADDED else "was removed"
            found[f"The audit of the paper {came}."] = []
        elif each.remark == REMOVED:
            found.setdefault("Claims that were removed", []).append(each)
        elif each.remark == ADDED:
            found.setdefault(f"New claims, {each.after}", []).append(each)
        else:
            found.setdefault(f"Now {each.after}, before {each.before}", []).append(each)
    return found


def _parts(study: Study, rows: Sequence[Difference]) -> Iterator[str]:
    for each in rows:
        came = "is new" if each.what == ADDED else "was removed"
        kind = "comparison" if each.cohort in study.comparisons else each.kind
        yield f"The {kind} {_label(study, each)} {came}."


def _label(study: Study, row: Difference) -> str:
    """What a cohort or a variable is called, or its name where the study no longer has it."""
    if row.cohort:
        known = row.cohort in study.cohorts or row.cohort in study.comparisons
        return study.group(row.cohort) if known else row.cohort
    for part in (study.outcomes, study.variables, study.derived, study.conditions, study.grades):
        if row.variable in part:
            return str(part[row.variable].label)
    return row.variable


def _numbers(
    tests: Mapping[tuple[str, str, str], PairedTest], rows: Sequence[Difference]
) -> Table | None:
    if not rows:
        return None
    shown: list[Row] = []
    place = None
    for each in rows:
        test = tests[each.cohort, each.variable, each.contrast]
        if test is not place:
            place = test
            shown.append(Row(test.where))
        now = main_numbers(test, traced)[each.what]
        shown.append(Row(each.what, (each.before or NOT_COMPUTED, now), level=1))
    columns = ("Outcome and cohort", "Before", "Now")
    notes = ("Medians are shown with their quartiles, and shifts with their intervals.",)
    title = "Main numbers that now read differently"
    return Table("changes", title, columns, tuple(shown), notes)


def _moved(rows: Sequence[Difference], total: int) -> str:
    new, gone = (sum(row.remark == what for row in rows) for what in (ADDED, REMOVED))
    moved = len(rows) - new - gone
    present = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (moved, "has a different value", "have a different value"),
            (new, "is new", "are new"),
        )
        if count
    ]
    told = [f"Of all {total} numbers, {' and '.join(present)}."] if present else []
    if gone:
        told.append(
            f"{gone} earlier {'one no longer exists' if gone == 1 else 'ones no longer exist'}."
        )
    return " ".join(told)
