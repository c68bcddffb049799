"""All that is wrong with what a user gave of a study, in one pass and without a run.

What can be read at once is told at once: the description, the claims of the paper, the shape of
the table, its cells and the corrections. Of a description with mistakes, what is sound says what
the other files are held against. This module stands above the steps, whose checks it calls;
the rules call it before the first job, and so does `casebook check`. What is right or wrong is not
decided here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from casebook.base.yamlfile import MOST_MISTAKES, Mistake, ModelFileError, in_lines
from casebook.claims.listed import mistakes_in_lines, read_claims, unreviewed_claims
from casebook.data.findings import DataError, Finding, Severity, without_texts
from casebook.prepare.by_dictionary import is_of_labels
from casebook.prepare.cleaned import Cleaned, cleaned
from casebook.prepare.cohorts import shared_among
from casebook.prepare.corrections import PATIENT, read_corrections
from casebook.prepare.harm_cells import HarmCells
from casebook.prepare.ingest import together
from casebook.prepare.ordered import in_order
from casebook.prepare.other_sheets import events_of_right_sheet, table_of_right_sheet
from casebook.prepare.raw import HeaderError, LabelsError, RawTable
from casebook.prepare.tables import name_of_events, names_of_patients
from casebook.study.drafts import Draft, read_draft
from casebook.study.folder import CLAIMS, CORRECTIONS, STUDY, unused_notes
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.source import TableForm
from casebook.study.unreviewed import unreviewed

_REMARKS: tuple[Severity, ...] = ("warning", "note")
_ONLY_IN_A_RUN = "what was found is not shown, as the column is private; see findings.csv of a run"


def mistakes_of(names: Iterable[str], resources: Path) -> dict[str, str]:
    """All mistakes of each study that has some, in words.

    Args:
        names: The folders of the studies.
        resources: The folder that these are in.
    """
    found = {name: mistakes(resources / name / STUDY) for name in names}
    return {name: told for name, told in found.items() if told}


def mistakes_or_where(names: Iterable[str], resources: Path) -> str:
    """All mistakes of these studies in words, or, where none can be told here, where to look.

    What only a step can find, such as a claim of a result that there is not, the step has told.
    """
    found = mistakes_of(names, resources)
    return "\n".join(found.values()) or "What failed, and why, is shown above."


@dataclass(frozen=True)
class Wrong:
    """What is wrong with the files of a study; `str()` of it is what the user reads, if anything.

    Attributes:
        folder: The study's folder.
        described: What is wrong with its study.yaml.
        findings: What is wrong with its claims, its table and the corrections.
        unused: Names of files beside these that nothing uses.
        read: What the tables hold, as far as they could be read.
        is_whole: Whether all of their rows and columns that the study means were read.
    """

    folder: Path
    described: Sequence[Mistake]
    findings: Sequence[Finding]
    unused: tuple[str, ...] = ()
    read: Cleaned | None = None
    is_whole: bool = False

    def __bool__(self) -> bool:
        return bool(self.described or self.findings)

    def __str__(self) -> str:
        told = [self.in_words]
        if self and self.unused:
            unused = ", ".join(self.unused)
            told += [f"not used in {self.folder}, as nothing in study.yaml names it: {unused}"]
        return "\n".join(filter(None, told))

    @property
    def in_words(self) -> str:
        """All that is wrong, without the files that nothing uses."""
        told = [in_lines(self.described)]
        told += [str(DataError(self.findings, str(self.folder)))] if self.findings else []
        return "\n".join(filter(None, told))


def mistakes(file: Path) -> str:
    """All mistakes in a study.yaml and the files beside it, in words; nothing if there are none."""
    return str(wrong_with(file))


def wrong_with(file: Path) -> Wrong:
    """All mistakes in a study.yaml and the files beside it."""
    try:
        study = load_study(file)
        draft = Draft((), study, study, has_columns=True)
    except ModelFileError as error:
        told = Draft(error.mistakes)
        # Who made so many has not written this by hand, and mends them first.
        draft = read_draft(file) if len(error.mistakes) < MOST_MISTAKES else told
        draft = draft if draft.mistakes else told
    found, read, is_whole = _in_table(file, draft)
    unused = draft.of_table.unused_files if draft.of_table else ()
    findings = [*found, *_in_claims(file, draft)]
    findings = read.in_order(findings) if read else in_order(findings)
    return Wrong(file.parent, draft.mistakes, findings, unused, read, is_whole)


def remarkable_in(checked: Wrong) -> list[Finding]:
    """The warnings and notes on a study, as far as what they rest on can be read.

    None has a text of a private column, as in what a run shows. The warnings come first.
    """
    found = unused_notes(checked.folder, checked.unused)
    if read := checked.read:
        file = checked.folder / STUDY
        claims = checked.folder / CLAIMS
        drafted = {file: unreviewed(file)}
        drafted |= {claims: unreviewed_claims(claims)} if claims.is_file() else {}
        found += [Finding("warning", str(f), 0, "", "", hint=t) for f, t in drafted.items() if t]
        of_table = read.findings if checked.is_whole else read.of_cells
        found += without_texts(of_table, read.study.private_columns, _ONLY_IN_A_RUN)
        found = read.in_order(found)
    of_each = {severity: [f for f in found if f.severity == severity] for severity in _REMARKS}
    return [*chain(*of_each.values())]


def _corrections(file: Path) -> list[Path]:
    return [path for path in [file.with_name(CORRECTIONS)] if path.is_file()]


def _in_claims(file: Path, draft: Draft) -> list[Finding]:
    """What is wrong with the claims, as far as the study says what they can name."""
    claims = file.with_name(CLAIMS)
    if not claims.is_file():
        return _without_claims(claims, draft)
    if draft.study is None:
        return mistakes_in_lines(claims)
    try:
        read_claims(claims, draft.study)
    except DataError as error:
        return [each for each in error.findings if not draft.mentions_unclear(each.value)]
    return []


def _without_claims(claims: Path, draft: Draft) -> list[Finding]:
    """That a study has nothing to look at, which has neither a table nor claims."""
    if draft.study is None or draft.study.source.has_table:
        return []
    hint = f"list there what the paper prints; casebook claims PAPER {claims.parent.name} drafts it"
    return [Finding("error", str(claims), 0, "", "", "a file, where source.table is none", hint)]


def _in_table(file: Path, draft: Draft) -> tuple[list[Finding], Cleaned | None, bool]:
    """What is wrong with the table and the corrections, as far as it is known what they mean.

    And what they hold, as far as it could be read, and whether that is all that is meant.
    """
    corrections = _corrections(file)
    study = draft.of_table
    tables = study.source.tables.values() if study else ()
    if study is None or not all((file.parent / each.table).is_file() for each in tables):
        return _in_lines(corrections, study), None, False
    found, read, is_whole = _in_cells(file, study, corrections)
    if draft.may_have_other_form and not (read and read.is_in_form):
        # What seems to be missing may be there, in the form that the key was to tell of.
        return _in_lines(corrections, study), None, False
    files = {*map(str, corrections)}
    if draft.mistakes:
        # Which rows are patients may follow from what is told already, and which tables there are.
        found = [e for e in found if not e.about and (e.file not in files or e.column != "table")]
        found = [each for each in found if each.column not in draft.open_columns]
    if not draft.has_columns:
        of_nobody = [each for each in found if each.file in files and each.column == PATIENT]
        found = [*_but_in_lines(corrections, study, found), *of_nobody]
    return found, read, is_whole and not draft.mistakes


def _in_lines(corrections: Iterable[Path], study: Study | None) -> list[Finding]:
    return [each for path in corrections for each in read_corrections(path, study)[1]]


def _but_in_lines(
    corrections: Iterable[Path], study: Study, findings: Iterable[Finding]
) -> list[Finding]:
    """Findings, and of the corrections those alone that are wrong whatever the table is."""
    files = {*map(str, corrections)}
    return [*(each for each in findings if each.file not in files), *_in_lines(corrections, study)]


def _in_cells(
    file: Path, study: Study, corrections: Sequence[Path]
) -> tuple[list[Finding], Cleaned | None, bool]:
    """What is wrong with the cells of the tables, and the corrections; and what these hold."""
    each_read = [
        _Read.of(study, name, file.parent / form.table)
        for name, form in study.source.tables.items()
    ]
    found = [*chain.from_iterable(each.findings for each in each_read)]
    raws = [each.raw for each in each_read if each.raw]
    if len(raws) < len(each_read):
        # Without a header, or a package that only the environment of the step has, nothing is read.
        return [*found, *_in_lines(corrections, study)], None, False
    # Rows of another length are not used, but they are no empty rows either.
    forms = [each.form for each in each_read]
    joined = dict(zip(study.source.joined, forms[1:], strict=True))
    used = study.model_copy(update={"source": forms[0].model_copy(update={"joined": joined})})
    without = any(each.without for each in each_read)
    events, wrong = (None, []) if without else _events(file, study)
    names, raw = names_of_patients(used, file.parent), together(raws)
    read = cleaned(used, names, raw.grid, raw.remarks, corrections, events)
    shared = shared_among(used, names[0], read.rows, read.roster)
    found = list(dict.fromkeys([*found, *read.errors, *shared, *wrong]))
    if any(each.is_without_labels for each in each_read):
        # Nothing is known of columns that only a dictionary or catalogue gives.
        return [each for each in found if not is_of_labels(each.value)], None, False
    # Without all rows it is not known which patients there are to be corrected.
    if without:
        return _but_in_lines(corrections, study, found), read, False
    return found, read, read.is_in_form


@dataclass(frozen=True)
class _Read:
    """A table of patients as far as it can be read, and what is wrong with how its file is.

    The rows `without` which it is read have another length than the header; `form` leaves them out.
    """

    form: TableForm
    raw: RawTable | None
    findings: Sequence[Finding] = ()
    without: frozenset[int] = frozenset()
    is_without_labels: bool = False

    @classmethod
    def of(cls, study: Study, name: str, table: Path) -> "_Read":
        """The table of this name."""
        form, described = study.source.tables[name], study
        found: list[Finding] = []
        without: frozenset[int] = frozenset()
        while True:
            try:
                raw = table_of_right_sheet(study, table, without, name)
            except ImportError:
                return cls(form, None, found)
            except LabelsError as error:
                found += error.findings
                study = _without_labels(study)
            except DataError as error:
                found = list(dict.fromkeys([*found, *error.findings]))
                rows = frozenset(finding.row for finding in error.findings)
                # Rows of another length are told; the others can be checked all the same.
                if isinstance(error, HeaderError) or 0 in rows or rows <= without:
                    return cls(form, None, found)
                without |= rows
            else:
                left_out = form.leave_out | dict.fromkeys(without, "of another length")
                used = form.model_copy(update={"leave_out": left_out})
                return cls(used, raw, found, without, study is not described)


def _without_labels(study: Study) -> Study:
    """The study without what has the labels of codes of its tables of patients."""
    joined = {
        name: each.model_copy(update={"catalogue": None})
        for name, each in study.source.joined.items()
    }
    without = {"dictionary": None, "catalogue": None, "joined": joined}
    return study.model_copy(update={"source": study.source.model_copy(update=without)})


def _events(file: Path, study: Study) -> tuple[HarmCells | None, list[Finding]]:
    """The table of adverse events, if there is one, or why it cannot be read."""
    if study.harms is None or study.harms.table is None:
        return None, []
    table = file.parent / study.harms.table.table
    try:
        raw = events_of_right_sheet(study, table)
    except DataError as error:
        return None, list(error.findings)
    except ImportError:
        return None, []
    return HarmCells(name_of_events(study, file.parent), raw.grid, raw.remarks), []
