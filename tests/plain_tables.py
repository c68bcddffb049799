"""One table as the files that people keep it in: a workbook, a Word document, a web page."""

import html
from collections.abc import Iterable, Sequence
from pathlib import Path

import docx
import openpyxl


def excel(path: Path, rows: Iterable[Sequence[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def word(path: Path, rows: Sequence[Sequence[str]]) -> None:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def page(path: Path, rows: Iterable[Sequence[str]]) -> None:
    cells = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    path.write_text(f"<!DOCTYPE html><table>{table}</table>", encoding="utf-8")
