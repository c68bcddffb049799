"""The raw tables of a study as cells of text, as `raw` reads each of them.

What a study says of how its tables are to be read, and what lies beside them, is put to use here.
What a cell means is for cleaning.
"""

from collections.abc import Collection, Sequence
from itertools import chain
from pathlib import Path

from casebook.data.cells import write_cells
from casebook.data.findings import DataError, Finding, stop_at_errors, without_cell
from casebook.data.remarks import write_remarks
from casebook.data.stacked import remarks_in_stack, stacked
from casebook.prepare.by_catalogue import catalogue_of
from casebook.prepare.by_dictionary import with_dictionary
from casebook.prepare.raw import LabelsError, RawTable, read_table
from casebook.prepare.tables import at_own_keys
from casebook.study.load import load_study
from casebook.study.model import Study


def ingest(
    study: Path,
    table: Path,
    cells: Path,
    remarks: Path,
    joined: Sequence[Path] = (),
    dictionary: Path | None = None,
    catalogues: Sequence[Path] = (),
) -> None:
    """Write the cells of a study's raw tables, and what else their files say of them.

    Args:
        study: The study.yaml, which says how the tables are to be read.
        table: The raw table.
        cells: The cells to write.
        remarks: The remarks to write.
        joined: The tables that are joined to it, in the order of the study.
        dictionary: The data dictionary of the table, if there is one.
        catalogues: The catalogues of formats of tables of SAS, which the study names.

    Raises:
        DataError: a file cannot be read as a table, or there is nothing in it.
    """
    described = load_study(study)
    by_name = {each.name: each for each in catalogues}
    raws, wrong = [], []
    for (name, form), path in zip(described.source.tables.items(), [table, *joined], strict=True):
        catalogue = by_name.get(form.catalogue or "")
        try:
            raws.append(table_of(described, path, (), name, dictionary, catalogue))
        except DataError as error:
            wrong += error.findings
    stop_at_errors(wrong)
    raw = together(raws)
    write_cells(cells, raw.grid)
    write_remarks(remarks, raw.remarks)


def together(raws: Sequence[RawTable]) -> RawTable:
    """Raw tables one below the other."""
    remarks = [remarks_in_stack(at, each.remarks) for at, each in enumerate(raws)]
    return RawTable(stacked([each.grid for each in raws]), [*chain.from_iterable(remarks)])


def table_of(
    study: Study,
    table: Path,
    without: Collection[int] = (),
    name: str = "",
    dictionary: Path | None = None,
    catalogue: Path | None = None,
) -> RawTable:
    """A raw table of a study.

    Args:
        study: The study, which says how the table is to be read.
        table: The file.
        without: Rows that are not used, beside those that the study leaves out.
        name: The name by which the study joins the table to its first one, which has none.
        dictionary: The data dictionary of the first; by default the one beside it that the study
            names, if any.
        catalogue: The catalogue of a table of SAS; by default the one beside it, in the same way.

    Raises:
        LabelsError: as of `described` and `catalogue_of`.
        DataError: as of `read_table`, a `HeaderError` too; without the texts of cells if some
            columns are private, as a table that cannot be read does not say of each cell in which
            column it is.
    """
    form = study.source.tables[name]
    formats = catalogue_of(form, table.parent, catalogue)
    try:
        raw = read_table(
            table,
            form.sheet,
            decimal=study.source.numerals.decimal,
            left_out={*form.no_patients, *without},
            beside=study.beside(form),
            form=form,
            catalogue=formats,
        )
        if not name and (says := dictionary or _dictionary_beside(study, table)):
            raw = described(raw, table, says, study.source.missing)
    except DataError as error:
        raise type(error)(_told(study, at_own_keys(name, error.findings))) from None
    return RawTable(raw.grid, at_own_keys(name, raw.remarks))


def _dictionary_beside(study: Study, table: Path) -> Path | None:
    """The data dictionary that a study names, which lies beside its table."""
    return table.parent / study.source.dictionary if study.source.dictionary else None


def _told(study: Study, findings: Sequence[Finding]) -> Sequence[Finding]:
    """What is told of a table that cannot be read; no texts where some columns are private."""
    if not study.private_columns:
        return findings
    return [without_cell(each) if each.column else each for each in findings]


def described(
    raw: RawTable, table: Path, dictionary: Path, missing: Collection[str] = ()
) -> RawTable:
    """The same table with what its data dictionary says of it.

    Raises:
        LabelsError: the dictionary cannot be read, or is that of another table.
    """
    try:
        grid, remarks = with_dictionary(raw.grid, str(table), dictionary, missing)
    except DataError as error:
        raise LabelsError(error.findings) from None
    return RawTable(grid, [*raw.remarks, *remarks])
