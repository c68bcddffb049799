"""With which catalogue of SAS's formats a table of a study is read.

It has the labels of codes, which a table of Stata or SPSS has itself. What is told of them belongs
to `reading`.
"""

from pathlib import Path

from casebook.data.findings import DataError
from casebook.prepare.raw import LabelsError
from casebook.reading.catalogues import read_catalogue
from casebook.reading.sasformats import Catalogue
from casebook.study.source import TableFile


def catalogue_of(form: TableFile, folder: Path, catalogue: Path | None = None) -> Catalogue | None:
    """The catalogue that a study names for a table; None for one that is not of SAS.

    Args:
        form: What the study says of the table.
        folder: The folder in which the catalogue lies, unless it is named.
        catalogue: The catalogue, if it is named.

    Raises:
        LabelsError: it cannot be read.
    """
    if not (form.catalogue and form.is_of_sas):
        return None
    try:
        return read_catalogue(catalogue or folder / form.catalogue)
    except DataError as error:
        raise LabelsError(error.findings) from None
