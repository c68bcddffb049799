"""Workbooks and documents are zip archives of XML: their parts, without more room or time than due.

A small archive can hold parts of gigabytes, and a part elements without end. Parts are read from
the beginning to the end, and what has been read is forgotten. Nothing outside the archive is
opened. What the parts say is for the modules of the formats.
"""

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast
from xml.parsers.expat import ParserCreate

from casebook.data.cells import TableError
from casebook.reading.damage import DamagedError

MOST_BYTES = 150 * 10**6
MOST_ELEMENTS = 6_000_000
"""In a part; a cell with a value is two or three."""
_MOST_BARE = 300_000
"""Elements of a part without anything in them, not even an attribute: spreadsheets write few."""
_UNSUSPICIOUS, _TIGHTEST = 4 * 10**6, 200
"""How large a part can be whatever it is packed to, and to what share of its size it can be packed
otherwise. A sheet of an .xlsx workbook is packed to a twentieth at the least, one of an .ods
workbook with nothing but 0 and 1 in it to 1/130, and what is the same again and again to 1/1000."""
_DEEPEST = 100
_TOLD = (TableError, DamagedError, ImportError)
_CHUNK = 2**14


@dataclass
class _Growing:
    """A part of an archive of which each reading gives twice as much, until `size` is set back.

    What has not ended, such as a comment or a tag, Expat may read from its beginning again.
    """

    file: IO[bytes]
    size: int = _CHUNK

    def read(self, _: int) -> bytes:
        """The next bytes."""
        self.size *= 2
        return self.file.read(self.size // 2)


class Archive:
    """The parts of a workbook, or of a document."""

    def __init__(
        self, path: Path, most_elements: int = MOST_ELEMENTS, kind: str = "workbook"
    ) -> None:
        """Open the archive.

        Args:
            path: The file.
            most_elements: How many elements a part can have.
            kind: What the file is called in messages.

        Raises:
            DamagedError: it is none.
        """
        try:
            self._archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            # A changed byte can ask for a newer version of zip, or name a part in no encoding.
            raise DamagedError("it is cut off or damaged") from None
        self.names = frozenset(self._archive.namelist())
        self._most_elements, self._kind = most_elements, kind
        self._left = MOST_BYTES
        self._seen: set[str] = set()
        self._part = ""

    def __enter__(self) -> Self:
        """Take care that the file is closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file.

        Raises:
            DamagedError: what one of its parts says could not be read.
        """
        self._archive.close()
        if isinstance(error, Exception) and not isinstance(error, _TOLD):
            raise DamagedError(f"its part {self._part} is cut off or damaged") from None

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
            DamagedError: there is no such part.
            Exception: of other kinds, if it is damaged.
        """
        parents: list[ET.Element] = []
        kept: ET.Element | None = None
        local_name = cache(lambda tag: str(tag).rpartition("}")[2])
        for event, element in self._bounded(part):
            if kept is not None and element is not kept:
                continue
            name = local_name(element.tag)
            if event == "start":
                yield event, name, element
                parents.append(element)
                kept = element if name in whole else None
            else:
                yield event, name, element
                kept = None
                parents.pop()
                if parents:
                    parents[-1].remove(element)

    def _bounded(self, part: str) -> Iterator[tuple[str, ET.Element]]:
        """Each element of a part as it begins and ends, while there are not too many."""
        self._refuse_bombs(part)
        most, count, bare, depth = self._most_elements, 0, 0, 0
        begun: ET.Element | None = None
        with self._archive.open(part) as file:
            stream = _Growing(file)
            # Expat opens no external entities, and ends where entities multiply.
            events = ET.iterparse(cast("IO[bytes]", stream), events=("start", "end"))  # noqa: S314
            for event, element in cast("Iterator[tuple[str, ET.Element]]", events):
                stream.size = _CHUNK
                if event == "start":
                    begun = element
                    count += 1
                    depth += 1
                    if count > most:
                        raise self._too_many(part)
                    if depth > _DEEPEST:
                        raise self._refusal(f"with XML nested up to {_DEEPEST} deep", part)
                else:
                    depth -= 1
                    # Whoever asks for attributes makes room for some: texts are asked for first.
                    if element is begun and not (element.text or element.attrib):
                        bare += 1
                        if bare > _MOST_BARE:
                            told = f"with up to {_MOST_BARE:,} elements of XML that hold nothing"
                            raise self._refusal(told, part)
                yield event, element

    def attributes(self, part: str, name: str) -> list[dict[str, str]]:
        """The attributes of each element of this local name in a part.

        Nothing else is kept of the part, so that it takes a fourth of the time of `elements`.

        Raises:
            TableError, DamagedError, Exception: as of `elements`.
        """
        self._refuse_bombs(part)
        found: list[dict[str, str]] = []
        count = 0

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal count
            count += 1
            if tag.rpartition("}")[2] == name:
                found.append(local(attributes))

        parser = ParserCreate(namespace_separator="}")
        parser.StartElementHandler = begin
        with self._archive.open(part) as stream:
            while data := stream.read(_CHUNK):
                parser.Parse(data)
                if count > self._most_elements:
                    raise self._too_many(part)
        parser.Parse(b"", True)
        return found

    def _refuse_bombs(self, part: str) -> None:
        """Do nothing if a part is there, and no larger than a table can be."""
        if part not in self.names:
            raise DamagedError(f"its part {part or 'for the table'} is missing")
        self._part = part
        known = self._archive.getinfo(part)
        size = known.file_size
        self._left -= 0 if part in self._seen else size
        self._seen.add(part)
        found = f"{part}, {size / 10**6:,.0f} MB"
        if self._left < 0:
            told = f"of up to {MOST_BYTES // 10**6} MB, once it is unpacked"
            raise self._refusal(told, found)
        if size > _UNSUSPICIOUS and size > _TIGHTEST * known.compress_size:
            told = f"whose parts are packed to no less than 1/{_TIGHTEST} of their size"
            raise self._refusal(told, found)

    def _too_many(self, part: str) -> TableError:
        return self._refusal(f"of up to {self._most_elements:,} elements of XML in a part", part)

    def _refusal(self, allowed: str, found: str) -> TableError:
        """Why the file is not read, as it is not one of this kind that is `allowed`."""
        hint = f"copy the part that is needed into a {self._kind} of its own"
        return TableError(f"a {self._kind} {allowed}", hint, value=found)


def local(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of an element by their local names."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}
