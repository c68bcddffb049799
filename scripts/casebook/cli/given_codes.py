"""What says what the codes of a given table mean: REDCap's dictionary, or a catalogue of SAS.

How a table is read with them is for `given`.
"""

from collections.abc import Iterator
from pathlib import Path

from casebook.prepare.raw import RawTable
from casebook.reading.catalogues import catalogue_beside, read_catalogue
from casebook.reading.sasformats import IN_NONE, Catalogue
from casebook.study.source import OF_SAS


def is_of_sas(table: Path) -> bool:
    """Whether a table is one of SAS, which can have a catalogue."""
    return table.suffix.lower() in OF_SAS


def catalogue_for(table: Path, named: Path | None) -> Catalogue | None:
    """The catalogue of a table of SAS: the one that is named, or else one beside it.

    Raises:
        DataError: the one that is named cannot be read.
    """
    if not is_of_sas(table):
        return None
    return read_catalogue(named) if named else catalogue_beside(table)[0]


def formats_in_none(raw: RawTable) -> str:
    """The formats of a table of SAS that was read without a catalogue, if it has some."""
    return next((each.value for each in raw.remarks if each.hint == IN_NONE), "")


def told_of_codes(
    table: Path, dictionary: Path | None, catalogue: Catalogue | None, in_none: str
) -> Iterator[str]:
    """What says what the codes of a table mean, in words.

    Args:
        table: The table.
        dictionary: Its data dictionary.
        catalogue: Its catalogue.
        in_none: Its formats, if they have labels in a catalogue that is not there.
    """
    if dictionary:
        yield f"{dictionary} is its data dictionary, and was copied with it."
    if catalogue:
        yield f"{catalogue.path} has labels of its codes, and was copied with it."
    if in_none:
        yield (
            f"It has the formats {in_none}, whose labels SAS keeps in a catalogue, as"
            " formats.sas7bcat: for a draft with these, name it by --catalogue."
        )
        _, unread = catalogue_beside(table)
        yield from (f"{each}." for each in unread)
