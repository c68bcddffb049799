"""The paragraphs of papers that are PDFs, by their text layer."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.data.cells import TableError
from casebook.reading.paperblocks import Block, of_paragraph

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 500
_MOST_BYTES = 50 * 10**6
"""What all pages may hold once they are unpacked."""
_MOST_PIECES = 200_000
"""Of text on all pages; a page of a journal has some thousand."""
_SHOWS_TEXT = re.compile(rb"\bT[jJ]\b")


def of_pdf(path: Path) -> Iterator[Block]:
    """The text layer of a PDF, in which tables are lines like others.

    Raises:
        TableError: it is damaged, locked or too long.
    """
    from pypdf import PdfReader

    try:
        reader = PdfReader(path)
        _check_is_open(reader, path)
        _check_is_small(reader)
        texts = [page.extract_text() for page in reader.pages]
    except (OSError, TableError):
        raise
    except Exception:  # what can be damaged in a PDF has no class in common
        hint = "it is cut off or damaged: download it again, or save its text alone, as .txt"
        raise TableError("a PDF that can be read", hint, value=path.name) from None
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n".join(texts))
    for lines in re.split(r"\n(?=[A-Z][^\n]*\n)|\n\s*\n", text):
        yield from of_paragraph(" ".join(lines.split()))


def _check_is_open(reader: "PdfReader", path: Path) -> None:
    """Refuse a PDF that asks for a password, and one that is no paper."""
    if reader.is_encrypted:
        hint = "save it without one, or its text alone"
        raise TableError("a PDF that opens without a password", hint, value=path.name)
    if (count := len(reader.pages)) > _MOST_PAGES:
        hint = "save the pages of the paper alone"
        raise TableError(f"a paper of up to {_MOST_PAGES} pages", hint, value=f"{count:,} pages")


def _check_is_small(reader: "PdfReader") -> None:
    """Refuse a PDF with more on its pages than a paper has, before its text is put together."""
    size = pieces = 0
    for page in reader.pages:
        contents = page.get_contents()
        data = b"" if contents is None else contents.get_data()
        size += len(data)
        pieces += sum(1 for _ in _SHOWS_TEXT.finditer(data))
        if size > _MOST_BYTES or pieces > _MOST_PIECES:
            allowed = f"a PDF with up to {_MOST_PIECES:,} pieces of text, and no more than"
            allowed += f" {_MOST_BYTES // 10**6} MB on its pages"
            raise TableError(allowed, "save its text alone, as .txt")
