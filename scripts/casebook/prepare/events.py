"""The table of adverse events as cells of text with their origin, as `ingest` reads a raw table."""

from pathlib import Path

from casebook.data.cells import write_cells
from casebook.data.findings import DataError
from casebook.data.remarks import write_remarks
from casebook.prepare.by_catalogue import catalogue_of
from casebook.prepare.raw import RawTable, read_table
from casebook.prepare.tables import at_keys_of_events
from casebook.study.load import load_study
from casebook.study.model import Study


def events(
    study: Path, table: Path, cells: Path, remarks: Path, catalogue: Path | None = None
) -> None:
    """Write the cells of a study's table of adverse events, and what else its file says of them.

    Args:
        study: The study.yaml, which says how the table is to be read.
        table: The table.
        cells: The cells to write.
        remarks: The remarks to write.
        catalogue: The catalogue of formats of a table of SAS, if there is one.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    raw = raw_events(load_study(study), table, catalogue)
    write_cells(cells, raw.grid)
    write_remarks(remarks, raw.remarks)


def raw_events(study: Study, path: Path, catalogue: Path | None = None) -> RawTable:
    """The table of adverse events of a study that has one; without a row, nobody had any.

    One that is the patients' table as well has the header and the catalogue that `source` says.

    Args:
        study: The study.
        path: The table.
        catalogue: The catalogue of a table of SAS; by default the one beside it that the study
            names, if any.

    Raises:
        LabelsError: as of `catalogue_of`.
        DataError: as of `read_table`.
    """
    table = study.table_of_harms
    form = study.form_of_harms
    formats = catalogue_of(form, path.parent, catalogue)
    try:
        raw = read_table(
            path,
            form.sheet,
            decimal=study.source.numerals.decimal,
            left_out={*table.leave_out},
            least=0,
            beside=study.beside(table),
            form=form,
            catalogue=formats,
        )
    except DataError as error:
        raise DataError(at_keys_of_events(error.findings)) from None
    return RawTable(raw.grid, at_keys_of_events(raw.remarks))
