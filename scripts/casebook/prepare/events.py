"""The table of adverse events as cells of text with their origin, as `ingest` reads a raw table."""

from dataclasses import replace
from pathlib import Path

from casebook.data.cells import write_cells
from casebook.data.findings import DataError
from casebook.data.remarks import write_remarks
from casebook.prepare.ingest import RawTable, read_table
from casebook.study.load import load_study
from casebook.study.model import Study


def events(study: Path, table: Path, cells: Path, remarks: Path) -> None:
    """Write the cells of a study's table of adverse events, and what else its file says of them.

    Args:
        study: The study.yaml, which says how the table is to be read.
        table: The table.
        cells: The cells to write.
        remarks: The remarks to write.

    Raises:
        DataError: the file cannot be read as a table, or there is nothing in it.
    """
    raw = raw_events(load_study(study), table)
    write_cells(cells, raw.grid)
    write_remarks(remarks, raw.remarks)


def raw_events(study: Study, path: Path) -> RawTable:
    """The table of adverse events of a study that has one; without a row, nobody had any.

    Raises:
        DataError: as of `read_table`.
    """
    table = study.table_of_harms
    decimal = study.source.numerals.decimal
    left_out = {*table.leave_out}
    try:
        raw = read_table(
            path,
            table.sheet,
            encoding=table.encoding,
            decimal=decimal,
            left_out=left_out,
            least=0,
            beside=study.beside(table),
        )
    except DataError as error:
        raise DataError(
            [replace(each, hint=_of_harms(each.hint)) for each in error.findings]
        ) from None
    remarks = [replace(each, hint=_of_harms(each.hint)) for each in raw.remarks]
    return RawTable(raw.grid, remarks)


def _of_harms(hint: str) -> str:
    """A hint at a key that says of the table of patients what another says of this one."""
    return hint.replace("source.", "harms.table.")
