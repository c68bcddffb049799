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
"""In a part with cells; a cell with a value is two or three."""
_MOST_BESIDE = 100_000
"""Elements of any other part."""
_MOST_WITHIN = 100_000
"""Elements within a cell, a row of a document, or whatever else is looked at as a whole."""
_MOST_BARE, _MOST_BARE_IN_TIGHT = 300_000, 60_000
"""Elements of a part without anything in them, not even an attribute: spreadsheets write few, and
fewer of them in a part that is packed as if the same stood in it again and again."""
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

    def __init__(self, path: Path, kind: str = "workbook") -> None:
        """Open the archive.

        Args:
            path: The file.
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
        self._kind = kind
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

    def size(self, part: str) -> int:
        """How large a part is, in bytes, once it is unpacked; 0 if there is none."""
        return self._archive.getinfo(part).file_size if part in self.names else 0

    def elements(
        self, part: str, whole: Collection[str] = (), most: int = _MOST_BESIDE
    ) -> Iterator[tuple[str, str, ET.Element]]:
        """Each element of a part as it begins ("start") and ends ("end"), with its local name.

        Args:
            part: The name of the part.
            whole: Local names of elements that still have what is within them when they end; that
                is not given by itself.
            most: How many elements the part can have.

        Raises:
            TableError: the parts that were read are larger than any table.
            DamagedError: there is no such part.
            Exception: of other kinds, if it is damaged.
        """
        parents: list[ET.Element] = []
        kept: ET.Element | None = None
        within = 0
        local_name = cache(lambda tag: str(tag).rpartition("}")[2])
        for event, element in self._bounded(part, most):
            if kept is not None and element is not kept:
                within += 1
                if within > 2 * _MOST_WITHIN:
                    told = f"with up to {_MOST_WITHIN:,} elements of XML in one cell or row"
                    raise self._refusal(told, part)
                continue
            within = 0
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

    def _bounded(self, part: str, most: int) -> Iterator[tuple[str, ET.Element]]:
        """Each element of a part as it begins and ends, while there are not too many."""
        self._refuse_bombs(part)
        count = bare = depth = 0
        most_bare = _MOST_BARE_IN_TIGHT if self._is_tight(part) else _MOST_BARE
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
                        raise self._too_many(part, most)
                    if depth > _DEEPEST:
                        raise self._refusal(f"with XML nested up to {_DEEPEST} deep", part)
                else:
                    depth -= 1
                    # Whoever asks for attributes makes room for some: texts are asked for first.
                    if element is begun and not (element.text or element.attrib):
                        bare += 1
                        if bare > most_bare:
                            told = f"with up to {most_bare:,} elements of XML that hold nothing"
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
                if count > MOST_ELEMENTS:
                    raise self._too_many(part, MOST_ELEMENTS)
        parser.Parse(b"", True)
        return found

    def _refuse_bombs(self, part: str) -> None:
        """Do nothing if a part is there, and no larger than a table can be."""
        if part not in self.names:
            raise DamagedError(f"its part {part or 'for the table'} is missing")
        self._part = part
        size = self.size(part)
        self._left -= 0 if part in self._seen else size
        self._seen.add(part)
        found = f"{part}, {size / 10**6:,.0f} MB"
        if self._left < 0:
            told = f"of up to {MOST_BYTES // 10**6} MB, once it is unpacked"
            raise self._refusal(told, found)
        if size > _UNSUSPICIOUS and self._is_tight(part):
            told = f"whose parts are packed to no less than 1/{_TIGHTEST} of their size"
            raise self._refusal(told, found)

    def _is_tight(self, part: str) -> bool:
        known = self._archive.getinfo(part)
        return known.file_size > _TIGHTEST * known.compress_size

    def _too_many(self, part: str, most: int) -> TableError:
        return self._refusal(f"of up to {most:,} elements of XML in a part of this kind", part)

    def _refusal(self, allowed: str, found: str) -> TableError:
        """Why the file is not read, as it is not one of this kind that is `allowed`."""
        hint = f"copy the part that is needed into a {self._kind} of its own"
        return TableError(f"a {self._kind} {allowed}", hint, value=found)


def local(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes of an element by their local names."""
    return {name.rpartition("}")[2]: value for name, value in attributes.items()}
