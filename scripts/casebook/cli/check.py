"""What `casebook check` tells: all findings in the files of studies, as text or as JSON.

Which studies are meant, and how findings are written. What is right or wrong is decided elsewhere.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.base.errors import UserError, listed
from casebook.base.lists import first_of
from casebook.base.yamlfile import Mistake, Origin
from casebook.data.findings import Finding, told
from casebook.mistakes import Wrong, remarkable_in, wrong_with
from casebook.prepare.tables import file_and_sheet
from casebook.study.config import read_config, study_names, why_no_name
from casebook.study.folder import STUDY, check_study_is_named

_RESOURCES = "resources"
"""The folder in which runs look for studies."""
_NOTES = 5
"""So many notes are told in words, unless all are asked for."""
_NOT_YET = (
    "more may be found once these mistakes are corrected, as warnings on adverse events and"
    " doubtful rows: check again then"
)


class NoStudyError(UserError):
    """There is no such study."""


@dataclass(frozen=True)
class Checked:
    """What was found in the files of a study.

    Attributes:
        folder: The study's folder.
        wrong: What is wrong with them.
        remarks: Warnings and notes, as far as what they rest on can be read.
    """

    folder: Path
    wrong: Wrong
    remarks: Sequence[Finding]


def folders(studies: Sequence[str], place: Path) -> list[Path]:
    """The folders of studies.

    Args:
        studies: Names of studies in resources/, or folders, or their study.yaml; none for those
            that config.yaml names.
        place: The folder that resources/ and config.yaml are in.

    Raises:
        NoStudyError: there is no such study.
        ModelFileError: config.yaml has mistakes, or names a study that is not there.
    """
    resources = place / _RESOURCES
    if not studies:
        return [resources / name for name in study_names(_configuration(place), resources)]
    return [_folder(study, place) for study in studies]


def _configuration(place: Path) -> object:
    config = place / "config.yaml"
    if not config.is_file():
        told = "no config.yaml here that names studies; name a study, or the folder that it is in"
        raise NoStudyError(told)
    return read_config([config], {})


def _folder(study: str, place: Path) -> Path:
    resources = place / _RESOURCES
    given = place / study
    for folder in (given.parent if given.name == STUDY else given, resources / study):
        check_study_is_named(folder)
        if (folder / STUDY).is_file():
            return folder
    there = sorted(path.parent.name for path in resources.glob(f"*/{STUDY}"))
    known = f"; studies in resources: {listed(there, study)}" if there else ""
    raise NoStudyError(f"{study}: no folder with a {STUDY} in it, here or in resources{known}")


def checked(folder: Path) -> Checked:
    """All that is found in the files of a study, and in its name, which a run may refuse."""
    wrong = wrong_with(folder / STUDY)
    place, remarks = folder.resolve(), _beside(wrong.findings, remarkable_in(wrong))
    if told := why_no_name(place.name):
        if place.parent.name == _RESOURCES:
            named = Mistake(Origin(folder.as_posix()), told)
            wrong = replace(wrong, described=[named, *wrong.described])
        else:
            hint = f"rename the folder before it is moved into {_RESOURCES}/, for a run: {told}"
            remarks = [Finding("warning", folder.as_posix(), 0, "", "", "", hint), *remarks]
    return Checked(folder, wrong, remarks)


def _beside(errors: Iterable[Finding], remarks: Iterable[Finding]) -> list[Finding]:
    """The remarks but for warnings of cells that are to be corrected anyway."""
    wrong = {(each.file, each.row, each.column) for each in errors if each.row}
    return [
        each
        for each in remarks
        if each.severity == "note" or (each.file, each.row, each.column) not in wrong
    ]


def in_words(found: Sequence[Checked], most_notes: int = _NOTES) -> str:
    """What is wrong as a run tells it, the warnings, and the first of the notes."""
    return "\n".join(line for each in found for line in _lines(each, most_notes))


def in_words_whole(found: Sequence[Checked]) -> str:
    """The same with all of the notes."""
    return in_words(found, max((len(each.remarks) for each in found), default=0))


def _lines(each: Checked, most_notes: int) -> Iterator[str]:
    texts = told(each.remarks)
    warnings = [text for severity, text in texts if severity == "warning"]
    notes = [text for severity, text in texts if severity == "note"]
    if each.wrong:
        yield each.wrong.in_words
        title = f"{each.folder}: "
    else:
        title = f"{each.folder}: no mistakes found" + "; " * bool(warnings)
    if warnings:
        yield f"{title}{_counted('warning', len(warnings))}:"
    elif not each.wrong:
        yield title
    yield from (f"  {text}" for text in warnings)
    if notes:
        yield f"{each.folder}: {_counted('note', len(notes))}:"
    yield from (
        f"  {text}" for text in first_of(notes, most_notes, "and {:,} more notes: add --all")
    )
    if each.wrong and not each.wrong.is_whole:
        yield f"{each.folder}: {_NOT_YET}"


def _counted(what: str, count: int) -> str:
    return f"{count:,} {what}{'s' * (count > 1)}"


def in_json(found: Sequence[Checked]) -> str:
    """All findings with each of their fields: a list with an object for each study."""
    studies = [
        {"folder": each.folder.as_posix(), "findings": list(_every_finding(each))} for each in found
    ]
    return json.dumps(studies, ensure_ascii=False, indent=2)


def _every_finding(each: Checked) -> Iterator[dict[str, object]]:
    yield from map(_of_description, each.wrong.described)
    yield from map(_of_table, each.wrong.findings)
    yield from map(_of_table, each.remarks)


def _of_description(mistake: Mistake) -> dict[str, object]:
    """A mistake in study.yaml: the row is its line, and the hint is all that is said of it."""
    return {
        "severity": "error",
        "file": mistake.origin.file,
        "sheet": "",
        "row": mistake.origin.line,
        "column": "",
        "key": mistake.key,
        "value": "",
        "allowed": "",
        "hint": mistake.text,
        "text": str(mistake),
    }


def _of_table(finding: Finding) -> dict[str, object]:
    file, sheet = file_and_sheet(finding.file)
    return {
        "severity": finding.severity,
        "file": file,
        "sheet": sheet,
        "row": finding.row,
        "column": finding.column,
        "key": "",
        "value": finding.value,
        "allowed": finding.allowed,
        "hint": finding.hint,
        "text": str(finding),
    }
