"""All that is wrong with what a user gave of a study, in one pass and without a run.

What can be read at once is told at once: the description, the claims of the paper, the shape of
the table, its cells and the corrections. This module stands above the steps, whose checks it calls;
only the Snakefile calls it. What is right or wrong is not decided here.
"""

from collections.abc import Iterable
from pathlib import Path

from casebook.base.errors import UserError
from casebook.claims.listed import read_claims
from casebook.data.cells import as_grid
from casebook.data.findings import DataError, Finding
from casebook.prepare.clean import findings_in
from casebook.prepare.ingest import table_of
from casebook.study.folder import CLAIMS, CORRECTIONS, STUDY
from casebook.study.model import Study, load_study


def checked_studies(
    names: Iterable[str], resources: Path
) -> tuple[dict[str, Study], dict[str, str]]:
    """The studies whose files have no mistake, and all mistakes of each of the others, in words.

    Args:
        names: The folders of the studies.
        resources: The folder that these are in.
    """
    files = {name: resources / name / STUDY for name in names}
    mistaken = {name: told for name, file in files.items() if (told := mistakes(file))}
    return {n: load_study(file) for n, file in files.items() if n not in mistaken}, mistaken


def mistakes(file: Path) -> str:
    """All mistakes in a study.yaml and in the files beside it, in words; nothing if there are none.

    A description that cannot be read leaves the other files unchecked, as it says what they mean.
    """
    try:
        study = load_study(file)
    except UserError as error:
        return str(error)
    found = DataError([*_in_claims(file, study), *_in_table(file, study)], str(file.parent))
    unused = ", ".join(study.unused_files)
    told = (
        f"\nnot used in {file.parent}, as nothing in study.yaml names it: {unused}"
        if unused
        else ""
    )
    return f"{found}{told}" if found.findings else ""


def _read_claims(file: Path, study: Study) -> None:
    claims = file.with_name(CLAIMS)
    if claims.is_file():
        read_claims(claims, study)


def _in_claims(file: Path, study: Study) -> list[Finding]:
    try:
        _read_claims(file, study)
    except DataError as error:
        return error.findings
    return []


def _in_table(file: Path, study: Study, without: frozenset[int] = frozenset()) -> list[Finding]:
    """What is wrong with the table and the corrections, but for the rows `without`."""
    table = file.parent / study.source.table
    corrections = file.with_name(CORRECTIONS)
    try:
        raw = table_of(study, table, without)
    except DataError as error:
        rows = frozenset(finding.row for finding in error.findings)
        # Rows of another length than the header are told; the others can be checked all the same.
        readable = 0 not in rows and not rows <= without
        more = _in_table(file, study, without | rows) if readable else []
        return list(dict.fromkeys([*error.findings, *more]))
    except ImportError:
        # A package for workbooks that only the environment of the step has: the step tells.
        return []
    # Rows of another length are not used, but they are no empty rows either.
    left_out = study.source.leave_out | dict.fromkeys(without, "of another length")
    used = study.model_copy(
        update={"source": study.source.model_copy(update={"leave_out": left_out})}
    )
    # Without all rows it is not known which patients there are to be corrected.
    given = [corrections] if corrections.is_file() and not without else []
    return findings_in(used, str(table), as_grid(raw.cells), raw.remarks, given)
