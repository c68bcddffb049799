"""Workbooks are zip archives of XML: their parts, without more room or time than a table can need.

A small archive can hold parts of gigabytes, and a part elements without end. Parts are read from
the beginning to the end, and what has been read is forgotten. Nothing outside the archive is
opened. What the parts say is for the modules of the formats.
"""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from casebook.data.cells import TableError

MOST_BYTES = 150 * 10**6
MOST_ELEMENTS = 6_000_000
"""In a part; a cell with a value is two or three."""
_UNSUSPICIOUS, _TIGHTEST = 40 * 10**6, 50
"""How large a part can be whatever it is packed to, and to what share of its size it can be packed
otherwise: sheets of numbers and texts are packed to about a tenth."""
_DEEPEST = 100
_COPY = "copy what belongs to the study into a workbook of its own"


class Archive:
    """The parts of a workbook."""

    def __init__(self, path: Path) -> None:
        """Open the archive.

        Raises:
            zipfile.BadZipFile: it is none.
        """
        self._archive = zipfile.ZipFile(path)
        self.names = frozenset(self._archive.namelist())
        self._left = MOST_BYTES
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        """Take care that the file is closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._archive.close()

    def elements(
        self, part: str, whole: Collection[str] = ()
    ) -> Iterator[tuple[str, str, ET.Element]]:
        """Each element of a part as it begins ("start") and ends ("end"), with its local name.

        Args:
            part: The name of the part.
            whole: Local names of elements that still have what is within them when they end; that
                is not given by itself.

        Raises:
            TableError: the parts that were read are larger than any table.
            KeyError: there is no such part.
            ET.ParseError: it is not XML.
        """
        size, packed = (
            self._archive.getinfo(part).file_size,
            self._archive.getinfo(part).compress_size,
        )
        self._left -= 0 if part in self._seen else size
        self._seen.add(part)
        if self._left < 0:
            allowed = f"a workbook of up to {MOST_BYTES // 10**6} MB, once it is unpacked"
            raise TableError(allowed, _COPY, value=f"{part}, {size / 10**6:,.0f} MB")
        if size > _UNSUSPICIOUS and size > _TIGHTEST * packed:
            allowed = (
                f"a workbook whose parts are packed to no less than 1/{_TIGHTEST} of their size"
            )
            raise TableError(allowed, _COPY, value=f"{part}, {size / 10**6:,.0f} MB")
        parents: list[ET.Element] = []
        count, within, kept = 0, 0, None
        local_name = cache(lambda tag: str(tag).rpartition("}")[2])
        with self._archive.open(part) as stream:
            # Expat opens no external entities, and ends where entities multiply.
            for event, element in ET.iterparse(stream, events=("start", "end")):  # noqa: S314
                if event == "start":
                    count += 1
                    if len(parents) + within >= _DEEPEST:
                        allowed = f"a workbook with XML nested up to {_DEEPEST} deep"
                        raise TableError(allowed, _COPY, value=part)
                    if kept is not None:
                        within += 1
                        continue
                    name = local_name(element.tag)
                    yield event, name, element
                    parents.append(element)
                    kept = element if name in whole else None
                elif kept is not None and element is not kept:
                    within -= 1
                else:
                    if count > MOST_ELEMENTS:
                        allowed = f"a workbook of up to {MOST_ELEMENTS:,} elements of XML in a part"
                        raise TableError(allowed, _COPY, value=part)
                    yield event, local_name(element.tag), element
                    kept = None
                    parents.pop()
                    if parents:
                        parents[-1].remove(element)


def local(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of an element by their local names."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}
