"""Compares the results of a run with earlier ones, and writes a row for each difference."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from casebook.base.errors import UserError
from casebook.base.files import sha256
from casebook.changes.events import event_column_differences, event_differences
from casebook.changes.numbers import (
    conclusion_differences,
    main_number_differences,
    more_conclusion_differences,
    part_differences,
    result_differences,
    with_present_labels,
    with_present_names,
)
from casebook.changes.settings import setting_differences
from casebook.changes.table import same_patients, table_differences
from casebook.data.differences import (
    ADDED,
    AUDIT,
    COMPARED,
    NOT_COMPARED,
    REMOVED,
    VERDICT,
    Difference,
    write_differences,
)
from casebook.data.verdicts import Verdict
from casebook.history.earlier import kept, of_another_study, of_other_patients, unfit
from casebook.history.snapshots import (
    EVENTS,
    FILES,
    PLACES,
    Snapshot,
    SnapshotError,
    Table,
    by_name,
    main_file,
    read_snapshot,
)
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.wording.more_conclusions import more_conclusions
from casebook.wording.paired_tests import paired_tests

_LAST = "the results of the last report"
_NAMED = "the results that config.yaml names"
_OF_TWO_KINDS = "only one of the two has a table"
_UNFIT = "they were kept by another version of casebook, or edited"


def changes(
    study: Path, present: Sequence[Path], earlier: Path, named: Sequence[Path], changes: Path
) -> None:
    """Write what differs between earlier results and the present ones.

    Args:
        study: The study.yaml.
        present: The files of the present results: study.yaml, results, raw table, findings, audit.
        earlier: The folder in which the results of the last reports are kept.
        named: The files of earlier results that take the place of those, if there are any.
        changes: Table to write; it has no rows where there is nothing to compare with.

    Raises:
        UserError: A file that is named is not as a run leaves it or is of another study, or there
            is no results.csv among them and the study has a table, or the reverse.
    """
    files = by_name(present)
    model = load_study(study)
    if named:
        before = by_name(named)
        why = unfit(model, before) or of_another_study(model, before)
        if why := why or of_other_patients(model, before, files):
            raise SnapshotError(named[0].parent, f"has {why}")
        found = _differences(model, before, read_snapshot(files), _NAMED)
    else:
        found = _since_last(model, kept(earlier, files), files)
    write_differences(changes, found)


def _since_last(
    study: Study, files: Mapping[str, Path], present: Mapping[str, Path]
) -> list[Difference]:
    if not files:
        return []
    if unfit(study, files):
        return [Difference(NOT_COMPARED, what=_LAST, remark=_OF_TWO_KINDS)]
    now = read_snapshot(present)
    try:
        return _differences(study, files, now, _LAST)
    except UserError:
        return [Difference(NOT_COMPARED, what=_LAST, remark=_UNFIT)]


def _differences(
    study: Study, files: Mapping[str, Path], now: Snapshot, which: str
) -> list[Difference]:
    """All differences, the most important ones first."""
    before = read_snapshot(files)
    unless_needed = {PLACES, *([] if before.has_events else [EVENTS])}
    needed = FILES[1:-1] if study.source.has_table else ()
    missing = [name for name in needed if name not in files and name not in unless_needed]
    main = main_file(files)
    compared = Difference(
        COMPARED,
        what=which,
        before=f"{main}, SHA-256 {sha256(files[main])}",
        remark=f"without {', '.join(missing)}" if missing else "",
    )
    try:
        return [compared, *_found(study, before, now)]
    except KeyError as error:
        raise SnapshotError(files[main], f"has no result {error}") from None


def _found(study: Study, before: Snapshot, now: Snapshot) -> Iterator[Difference]:
    of_table, names = _of_table(study, before.table, now.table)
    results = with_present_names(before.results, names)
    results = with_present_labels(results, _labels_of_visits(study, before.settings or {}))
    earlier, present = (_with_level(study, each.alpha) for each in (before, now))
    old, new = paired_tests(earlier, results), paired_tests(present, now.results)
    yield from conclusion_differences(old, new)
    yield from more_conclusion_differences(
        more_conclusions(earlier, results), more_conclusions(present, now.results)
    )
    yield from _verdicts(before.verdicts, now.verdicts)
    yield from part_differences(results, now.results)
    if before.settings is not None and now.settings is not None:
        yield from setting_differences(before.settings, now.settings)
    yield from of_table
    if before.events is not None and now.events is not None:
        if not study.is_one_table:
            yield from event_column_differences(
                before.events, now.events, before.event_headers, now.event_headers
            )
        yield from event_differences(before.events, now.events, study.table_of_harms)
    yield from main_number_differences(old, new)
    yield from result_differences(results, now.results)


def _of_table(
    study: Study, before: Table | None, now: Table | None
) -> tuple[list[Difference], dict[str, str]]:
    """What differs between the raw tables, and what the earlier patients are called now."""
    if before is None or now is None:
        return [], {}
    pairs = same_patients(before, now)
    names = {patient: f"{patient}, {REMOVED}" for patient in before.patients}
    names |= {before.patients[old]: now.patients[new] for old, new in pairs}
    return list(table_differences(before, now, pairs, study.columns)), names


def _labels_of_visits(study: Study, before: Mapping[str, Any]) -> dict[str, str]:
    """What each visit was called before, with what it is called now."""
    visits = before.get("visits")
    found = {}
    for name, told in visits.items() if isinstance(visits, Mapping) else ():
        label = told.get("label") if isinstance(told, Mapping) else told
        if isinstance(label, str) and name in study.visits:
            found[label] = study.visits[name].label
    return found


def _with_level(study: Study, alpha: float | None) -> Study:
    """The study with the level of significance that held for some results, if it is known."""
    level = {} if alpha is None else {"alpha": alpha}
    analysis = study.analysis.model_copy(update=level)
    return study.model_copy(update={"analysis": analysis})


def _verdicts(
    before: Sequence[Verdict] | None, now: Sequence[Verdict] | None
) -> Iterator[Difference]:
    """The claims with another verdict; an audit that is on one side only is one difference."""
    if before is None or now is None:
        if before != now:
            yield Difference(VERDICT, what=AUDIT, remark=REMOVED if now is None else ADDED)
        return
    old, new = ({each.claim: each.verdict for each in side} for side in (before, now))
    for claim in dict.fromkeys([*new, *old]):
        was, verdict = old.get(claim, ""), new.get(claim, "")
        if was != verdict:
            remark = (not was and ADDED) or (not verdict and REMOVED) or ""
            yield Difference(VERDICT, what=claim, before=was, after=verdict, remark=remark)
