"""The styles of an .xlsx workbook (ECMA-376, part 1, 18.8): how its cells are shown.

What stands in the cells is for `excelsheets`.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS

from casebook.data.cells import TableError
from casebook.reading.archives import Archive
from casebook.reading.numberformats import checked_format

_FORMATS = (
    BUILTIN_FORMATS
    | dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd")
    | dict.fromkeys((*range(32, 36), 55, 56), "h:mm:ss")
)
"""Those that files do not describe, with those of days and times in East Asia (18.8.30)."""
_MOST_OF_STYLES, _MOST_STYLES = 400_000, 65_000
"""Elements, and formats of cells, for as many of which Excel has room."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown: its number format, and whether it is struck through."""

    number_format: str = "General"
    struck: bool = False


def strikes(font: ET.Element) -> bool:
    """Whether a font, or what a piece of a text has of one, strikes through."""
    strike = font.find("{*}strike")
    return strike is not None and strike.get("val", "1") in ("1", "true")


def read_styles(archive: Archive, part: str | None) -> list[Style]:
    """The styles that cells refer to by their number.

    Raises:
        TableError: there are more of them than in any workbook.
    """
    if part is None:
        return []
    formats, struck = dict(_FORMATS), []
    styles: list[Style] = []
    for event, tag, element in archive.elements(part, whole=["font"], most=_MOST_OF_STYLES):
        if max(len(formats), len(styles)) > _MOST_STYLES:
            allowed = f"a workbook of up to {_MOST_STYLES:,} formats of cells"
            raise TableError(allowed, "copy the cells, without formats, into a new one")
        if tag == "cellXfs":
            if event == "end":
                break
            styles = []
        elif event == "start":
            continue
        elif tag == "numFmt":
            formats[int(element.get("numFmtId", 0))] = checked_format(element.get("formatCode", ""))
        elif tag == "font":
            struck.append(strikes(element))
        elif tag == "xf":
            # Those of named styles, which cells do not refer to, stand before.
            number_format = formats.get(int(element.get("numFmtId", 0)), "General")
            font = int(element.get("fontId", 0))
            styles.append(Style(number_format, font < len(struck) and struck[font]))
    return styles
