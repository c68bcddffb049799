"""Files that would take time or memory without end are refused in words, within two seconds."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

import pytest

import plain_tables
import workbooks
from casebook.data.findings import DataError
from casebook.prepare.raw import read_table

MANY = 10**6
MOST_SECONDS = 2


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


def _sheet(content: str, before: str = "") -> Callable[[Path], object]:
    return lambda path: workbooks.xlsx(path, f"{before}<sheetData>{content}</sheetData>")


def _ods(row: str) -> Callable[[Path], object]:
    return lambda path: workbooks.ods(path, workbooks.table(["ID", "Age"], [row]))


def _members(count: int) -> Callable[[Path], object]:
    empty = {f"xl/{number}": b"" for number in range(count)}
    return lambda path: workbooks.edit(workbooks.xlsx(path, workbooks.rows(["ID"])), empty)


def _numbered(element: str, count: int) -> str:
    """An element again and again, each time with another number in it."""
    return "".join(map(element.format, Random(1).choices(range(MANY), k=count)))


def _part(name: str, root: str, element: str) -> Callable[[Path], object]:
    sheet = workbooks.rows(["ID"], ["1"])
    part = f"<a><{root}>{_numbered(element, MANY // 4)}</{root}></a>"
    return lambda path: workbooks.xlsx(path, sheet, parts={name: part})


def _word(body: str) -> Callable[[Path], object]:
    written = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()

    def write(path: Path) -> None:
        plain_tables.word(path, [["ID"]])
        workbooks.edit(path, {"word/document.xml": written})

    return write


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_CELL = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
BOMBS: dict[str, tuple[Callable[[Path], object], str]] = {
    "cell.csv": (_text(f"ID,Age\n1,{'a' * 50 * MANY}\n"), "rows of up to 10,000,000 characters"),
    "columns.csv": (_text("ID" + ",x" * MANY), "up to 16,384 cells"),
    "empty.xlsx": (_sheet("<row><c/></row>" * 2 * MANY), "no less than 1/200 of their size"),
    "bare.xlsx": (_sheet("<row>" + "<c/>" * (MANY - 10**5)), "60,000 elements of XML that hold"),
    "values.xlsx": (_sheet("<row><c><v>1</v></c></row>" * 2 * MANY), "1/200 of their size"),
    "columns.xlsx": (_sheet("<row>" + "<c><v>1</v></c>" * 10**5), "columns A to XFD"),
    "deep.xlsx": (_sheet("<a>" * MANY), "nested up to 100 deep"),
    "comment.xlsx": (_sheet("", f"<!--{'ab' * (MANY - 10**5)}-->"), "a header"),
    "repeated.ods": (
        _ods('<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
             'office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'),
        "again and again in up to 200,000 cells",
    ),
    "columns.ods": (
        lambda path: workbooks.ods(path, workbooks.table(*[[
            '<table:table-cell office:value-type="string" table:number-columns-repeated="16384">'
            "<text:p>a</text:p></table:table-cell>"]] * 5000)),
        "up to 2,000,000 cells",
    ),
    "styles.ods": (
        lambda path: workbooks.ods(
            path,
            workbooks.table(["ID"], ["1"]),
            automatic="".join(
                f'<style:style style:name="s{i}" style:parent-style-name="s{i + 1}"/>'
                for i in range(MANY // 5)
            ),
        ),
        "up to 65,000 styles",
    ),
    "texts.xlsx": (
        _part("xl/sharedStrings.xml", "sst", "<si><t>{}</t></si>"),
        "texts that are in none of its sheets",
    ),
    "formats.xlsx": (
        _part("xl/styles.xml", "cellXfs", '<xf numFmtId="{}"/>'),
        "65,000 formats of cells",
    ),
    "relations.xlsx": (
        _part("xl/_rels/workbook.xml.rels", "Relationships", '<Relationship Id="{}"/>'),
        "100,000 elements of XML in a part",
    ),
    "pieces.xlsx": (
        _sheet(f'<row><c t="inlineStr"><is>{"<r><rPr><b/></rPr><t>1</t></r>" * 30_000}</is></c>'),
        "100,000 elements of XML in one cell",
    ),
    "columns-again.xlsx": (
        _sheet("", "<cols>" + _numbered('<col min="{}" max="9"/>', MANY // 2) + "</cols>"),
        "its columns are told again and again",
    ),
    "cells.docx": (
        _word(f"<w:tbl>{f'<w:tr>{WORD_CELL * 100}</w:tr>' * 301}</w:tbl>"),
        "30,000 cells in its tables",
    ),
    "members.xlsx": (_members(10**5), "a zip archive of 100,0"),
    "columns.docx": (
        _word(f"<w:tbl><w:tr>{WORD_CELL * 80_000}</w:tr></w:tbl>"),
        "100,000 elements of XML in one cell or row",
    ),
    "tables.docx": (_word(f"<w:tbl><w:tr>{WORD_CELL}</w:tr></w:tbl>" * 40_000), "5,000 tables"),
    "attributes.html": (_text("<table " + "a=1 " * MANY + "><tr><td>ID"), "and 20,000 words"),
    "cells.html": (_text("<table><tr>" + "<td>" * 4 * MANY), "150,000 tags"),
    "tables.html": (_text("<table><tr><td>" * 40_000), "tables within one another up to 64 deep"),
    "deep.html": (_text("<table><tr><td>" + "<b>" * 4 * MANY), "150,000 tags"),
    "signs.html": (_text("<table><tr><td>" + "<!" * 140_000), "ends after its last tag"),
    "rows.html": (
        _text("<table><tr>" + "<td rowspan=65534>a" * 1000 + "<tr>" * 60_000),
        "200,000 cells",
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_two_seconds(name: str, tmp_path: Path) -> None:
    write, allowed = BOMBS[name]
    write(tmp_path / name)
    begin = process_time()

    with pytest.raises(DataError) as error:
        read_table(tmp_path / name)

    assert process_time() - begin < MOST_SECONDS
    assert allowed in str(error.value)
