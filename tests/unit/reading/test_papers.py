"""The text and the tables of papers in several formats."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from casebook.data.cells import TableError
from casebook.reading.papers import Passage, PrintedTable, read_paper

TEXT = """\
# Light for itch

Abstract

We treated nine patients.<sup>1</sup>

RESULTS

Itch fell from 8 to 3 (p < 10<sup>-4</sup>).

**Table 1** Response

\tBefore\tAfter
Itch\t8 (7-9)\t3 (1-4)

References

1. Somebody 2020;12:34-56.
"""
PAGE = """\
<html><head><title>A journal</title></head><body><h1>Light for itch</h1><h2>Abstract</h2>
<p>We treated nine patients.<sup>1</sup></p><h2>Results</h2>
<p>Itch fell from 8 to 3 (p &lt; 10<sup>-4</sup>).</p>
<table><caption>Table 1 Response</caption><tr><th></th><th>Before</th><th>After</th></tr>
<tr><td>Itch</td><td>8 (7-9)</td><td>3 (1-4)</td></tr></table>
<h2>References</h2><p>1. Somebody 2020;12:34-56.</p></body></html>
"""
ARTICLE = """\
<article><front><article-title>Light for itch</article-title><abstract>
<p>We treated nine patients.<xref ref-type="bibr"><sup>1</sup></xref></p></abstract></front><body>
<sec><title>Results</title><fig><label>Figure 1</label><graphic/></fig>
<p>Itch fell from 8 to 3 (p &lt; 10<sup>-4</sup>).</p>
<table-wrap><label>Table 1</label><caption><title>Response</title></caption><table>
<thead><tr><th></th><th>Before</th><th>After</th></tr></thead>
<tbody><tr><td>Itch</td><td>8 (7-9)</td><td>3 (1-4)</td></tr></tbody></table></table-wrap></sec>
</body><back><ref-list><title>References</title><ref>Somebody 2020;12:34-56.</ref></ref-list></back>
</article>
"""
ROWS = [["", "Before", "After"], ["Itch", "8 (7-9)", "3 (1-4)"]]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def as_word(path: Path) -> Path:
    document = docx.Document()
    document.add_heading("Light for itch", 0)
    document.add_heading("Abstract", 1)
    document.add_paragraph("We treated nine patients.").add_run("1").font.superscript = True
    document.add_heading("Results", 1)
    document.add_paragraph("Itch fell from 8 to 3 (p < 10^-4).")
    document.add_paragraph("Table 1 Response")
    table = document.add_table(2, 3)
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("References", 1)
    document.add_paragraph("1. Somebody 2020;12:34-56.")
    document.save(str(path))
    return path


ALIGNED = """\
Results

Itch fell in all.  It fell most  in women.

Table 1. Itch by sex

                        Women       Men         p
                        (n=12)      (n=4)

Age, years, median          47          68      0.044
At week 16
  Clear, n (%)           7 (100)     2 (25)     0.007
  Worse, n (%)              0                   0.47
Worse: by one point.
"""


def test_columns_that_spaces_align_in_a_plain_text_are_a_table(tmp_path: Path) -> None:
    paper = read_paper(written(tmp_path / "paper.txt", ALIGNED))

    *_, table, note = paper.parts
    assert table == PrintedTable(
        "Table 1",
        "Itch by sex",
        [
            ["", "Women (n=12)", "Men (n=4)", "p"],
            ["Age, years, median", "47", "68", "0.044"],
            ["At week 16", "", "", ""],
            ["Clear, n (%)", "7 (100)", "2 (25)", "0.007"],
            ["Worse, n (%)", "0", "", "0.47"],
        ],
    )
    assert isinstance(note, Passage) and note.text == "Worse: by one point."
    assert paper.parts[0] == Passage(
        "Results", "Itch fell in all. It fell most in women.", "Results"
    )


@pytest.mark.parametrize(
    "text",
    [
        "one column of a page of text   and the other one of it\nwith words only   and no table",
        "Yours  Anna Berg  Basel\nand  Ben Dahl  Bern",
        "Seen were  9  of 12.",
    ],
)
def test_other_texts_with_two_spaces_are_no_table(text: str, tmp_path: Path) -> None:
    paper = read_paper(written(tmp_path / "paper.txt", text))

    assert [part.text for part in paper.parts if isinstance(part, Passage)] == [
        " ".join(text.split())
    ]


@pytest.mark.parametrize("kind", ["txt", "html", "xml", "docx"])
def test_a_paper_reads_the_same_in_every_format(tmp_path: Path, kind: str) -> None:
    texts = {"txt": TEXT, "html": PAGE, "xml": ARTICLE}
    path = tmp_path / f"paper.{kind}"
    found = read_paper(written(path, texts[kind]) if kind in texts else as_word(path)).parts

    passages = [(part.place, part.text) for part in found if isinstance(part, Passage)]
    tables = [part for part in found if isinstance(part, PrintedTable)]
    assert ("Abstract", "We treated nine patients.") in passages
    assert ("Results", "Itch fell from 8 to 3 (p < 10^-4).") in passages
    assert [(each.place, each.rows) for each in tables] == [("Table 1", ROWS)]
    assert not any("Somebody" in text for _, text in passages)


def test_a_pdf_is_read_by_its_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(["Results", "Itch fell from 8 to 3 in nine pa-", "tients."]))

    said = "Itch fell from 8 to 3 in nine patients."
    assert read_paper(path).parts == [Passage("Results", said, "Results")]


def pdf(lines: list[str]) -> bytes:
    """A page with these lines."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


UNKNOWN_FILTER = pdf(["Results"]).replace(b"/Length", b"/Filter /Slate /Length")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("paper.odt", b"x", "a paper as .docx"),
        ("paper.txt", b" \n", "a paper with text in it"),
        ("paper.pdf", b"%PDF-1.4 nothing", "a PDF that can be read"),
        ("paper.pdf", UNKNOWN_FILTER, "a PDF that can be read"),
        ("paper.docx", b"no archive", "a Word document"),
    ],
)
def test_what_is_no_paper_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(TableError, match=told):
        read_paper(path)


@pytest.mark.parametrize(
    ("part", "told"),
    [("content.xml", "is missing"), ("word/document.xml", "is cut off or damaged")],
)
def test_an_archive_that_is_no_word_document_is_refused_in_words(
    tmp_path: Path, part: str, told: str
) -> None:
    path = tmp_path / "paper.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr(part, "<document>")

    with pytest.raises(TableError, match="a Word document") as error:
        read_paper(path)

    assert f"its part word/document.xml {told}" in error.value.hint


def test_a_pdf_with_a_password_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf(["Results"]))
    writer = PdfWriter(path)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)

    with pytest.raises(TableError, match="a PDF that opens without a password"):
        read_paper(path)


def test_spaces_that_part_thousands_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    path.write_text("<p>12&#8201;345  cells\nof&nbsp;1</p>", encoding="utf-8")

    assert read_paper(path).text == "12\N{THIN SPACE}345 cells of\N{NO-BREAK SPACE}1"


WITHIN = "<table><tr><td>Inner</td><td>7</td></tr></table>"


def test_a_table_within_a_table_of_a_page_stands_behind_that(tmp_path: Path) -> None:
    path = written(tmp_path / "paper.html", PAGE.replace("3 (1-4)", f"3 {WITHIN}(1-4)"))

    found = [part for part in read_paper(path).parts if isinstance(part, PrintedTable)]

    assert [(each.place, each.rows) for each in found] == [
        ("Table 1", ROWS),
        ("Table", [["Inner", "7"]]),
    ]


def test_a_table_that_only_places_another_one_is_none(tmp_path: Path) -> None:
    layout = PAGE.replace("<table>", "<table><tr><td><table>").replace(
        "</table>", "</table></td></tr></table>"
    )

    found = read_paper(written(tmp_path / "paper.html", layout)).parts

    (table,) = [part for part in found if isinstance(part, PrintedTable)]
    assert (table.place, table.rows) == ("Table 1", ROWS)


def test_a_table_within_a_table_of_word_stands_behind_that(tmp_path: Path) -> None:
    path = as_word(tmp_path / "paper.docx")
    document = docx.Document(str(path))
    inner = document.tables[0].rows[1].cells[2].add_table(1, 2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Inner", "7"
    document.save(str(path))

    found = [part for part in read_paper(path).parts if isinstance(part, PrintedTable)]

    assert [each.rows for each in found] == [ROWS, [["Inner", "7"]]]


def test_a_word_document_that_unpacks_to_too_much_is_called_one(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<d>{' ' * 5_000_000}</d>")

    with pytest.raises(TableError) as error:
        read_paper(path)

    assert error.value.allowed.startswith("a Word document whose parts are packed to no less than")
    assert error.value.hint == "copy the part that is needed into a Word document of its own"


def test_control_characters_of_a_paper_are_spaces(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("Results\nItch\0fell to 3\x01 points.\n\nItch\tMean\x02\n")

    assert read_paper(path).parts == [
        Passage("Results", "Itch fell to 3 points.", "Results"),
        PrintedTable("Table", "", [["Itch", "Mean"]]),
    ]


@pytest.mark.parametrize(
    "abstract", ["Background. It itches. Methods. Nine", "BACKGROUND: It itches. METHODS: Nine"]
)
def test_plain_headings_part_lines_and_a_structured_abstract_is_one_place(
    tmp_path: Path, abstract: str
) -> None:
    # Given a text whose headings stand alone on a line, directly above their paragraphs
    path = tmp_path / "paper.txt"
    path.write_text(
        f"Light for itch\n\nAbstract\n{abstract} had light.\n\n"
        "Methods\nWe counted.\nResults\nItch fell.\nIt fell again.\n"
    )
    # When it is read
    parts = read_paper(path).parts
    # Then each paragraph stands in its section
    assert parts == [
        Passage("Title", "Light for itch"),
        Passage("Abstract", f"{abstract} had light.", "Abstract"),
        Passage("Methods", "We counted.", "Methods"),
        Passage("Results", "Itch fell. It fell again.", "Results"),
    ]


@pytest.mark.parametrize("place", ["Table I", "Table"])
def test_a_letter_without_sections_is_a_text_with_its_tables(tmp_path: Path, place: str) -> None:
    # Given a letter whose only heading is its title, and whose table is in Roman numerals or none
    path = tmp_path / "paper.html"
    path.write_text(
        "<h1>Light for itch</h1><p>Nine had light.</p><p>Table I shows them.</p>"
        f"<table><caption>{place}. Itch (n = 9)</caption><tr><th>Itch</th><td>8</td></tr></table>"
    )
    # When it is read
    parts = read_paper(path).parts
    # Then each part is known by where a reader finds it, and the title is a part as well
    assert parts[0] == Passage("Title", "Light for itch")
    assert [part.place for part in parts] == ["Title", "Text", "Text", place, place]


def _pdf_with(path: Path, pieces: int) -> None:
    writer = PdfWriter()
    content = StreamObject()
    content.set_data(b"BT " + b"(a) Tj " * pieces + b"ET")
    writer.add_blank_page(100, 100)[NameObject("/Contents")] = content.flate_encode()
    writer.write(path)


@pytest.mark.parametrize(
    ("name", "write", "allowed"),
    [
        ("p.pdf", lambda path: _pdf_with(path, 200_001), "a PDF with up to 200,000 pieces of text"),
        ("p.xml", lambda path: path.write_text("<p>" * 200_001), "a paper of up to 200,000 tags"),
        (
            "p.txt",
            lambda path: path.write_text(("w " * 5000 + "\n\n") * 101),
            "1,000,000 characters",
        ),
    ],
)
def test_a_paper_with_more_in_it_than_any_is_refused(
    tmp_path: Path, name: str, write: Callable[[Path], object], allowed: str
) -> None:
    write(tmp_path / name)

    with pytest.raises(TableError) as error:
        read_paper(tmp_path / name)

    assert allowed in error.value.allowed
