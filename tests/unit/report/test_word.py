"""What a reader of a table's Word document notices, and what hostile texts do not do to it."""

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from hypothesis import given
from hypothesis import strategies as st

from casebook.data.results import Results
from casebook.report.manuscript import Row, Table, response_table
from casebook.report.word import write_document
from casebook.study.load import load_study
from casebook.wording.traces import plain

SMALL = Table(
    "small",
    "A title",
    ("Characteristic", "Everyone (n = 3)"),
    (Row("Sex"), Row("Female", ("2 (67%)",), level=1), Row("Age, years", ("70 (34–70)",))),
    ("A first note.", "A second note."),
)
HOSTILE = [
    "<script>alert('x')</script>",
    "</w:t></w:r><w:fldSimple w:instr='DATE'/>]]>&amp;",
    "{{7*7}}",
    "=cmd|'/C calc'!A0",
    '{ INCLUDETEXT "/etc/passwd" }',
    "\u202eright to left\u200f שלום",
    "word " * 2000,
    "w" * 10_000,
    "\U0001f600",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "table.docx"


def written(path: Path, table: Table) -> Document:
    write_document(path, table)
    return docx.Document(str(path))


def filled_with(text: str) -> Table:
    return Table("t", text, ("A", text), (Row(text), Row(text, (text,), level=1)), (text,))


def texts(document: Document) -> list[str]:
    """Title, cells row by row, and notes; a cell that spans its row counts once."""
    (table,) = document.tables
    cells = [cell for row in table.rows for cell in row.cells[: len(row._tr.tc_lst)]]
    first, *others = document.paragraphs
    return [each.text for each in (first, *cells, *others)]


def test_the_title_stands_above_the_table_and_the_notes_below_in_small_type(path: Path) -> None:
    document = written(path, SMALL)

    title, table, *notes = document.iter_inner_content()

    assert (title.text, title.style.name) == ("A title", "Caption")
    assert isinstance(table, WordTable)
    assert [note.text for note in notes] == ["A first note.", "A second note."]
    assert all(note.style.font.size.pt == 8 for note in notes)


def test_the_table_holds_every_row_and_the_levels_are_indented(path: Path) -> None:
    (table,) = written(path, SMALL).tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Characteristic", "Everyone (n\u00a0=\u00a03)"],
        ["Sex", "Sex"],
        ["Female", "2 (67%)"],
        ["Age, years", "70 (34–70)"],
    ]
    _, _, female, age = (row.cells[0].paragraphs[0].paragraph_format for row in table.rows)
    assert (female.left_indent, age.left_indent) == (Pt(12), 0)


def test_the_header_row_is_repeated_and_no_row_is_broken_by_a_page(path: Path) -> None:
    (table,) = written(path, SMALL).tables

    properties = [{child.tag for child in row._tr.trPr} for row in table.rows]

    assert [qn("w:tblHeader") in each for each in properties] == [True, False, False, False]
    assert all(qn("w:cantSplit") in each for each in properties)


def test_a_heading_spans_its_row_in_bold_and_stays_with_the_next(path: Path) -> None:
    (table,) = written(path, SMALL).tables

    spans = [[cell.grid_span for cell in row.cells] for row in table.rows]
    style = table.rows[1].cells[0].paragraphs[0].style

    assert spans == [[1, 1], [2, 2], [1, 1], [1, 1]]
    assert style.font.bold
    assert style.paragraph_format.keep_with_next


def test_there_are_lines_above_and_below_and_none_that_is_vertical(path: Path) -> None:
    document = written(path, SMALL)

    style = document.tables[0].style.element
    lines = {child.tag for each in style.iter(qn("w:tblBorders")) for child in each}

    assert lines == {qn("w:top"), qn("w:bottom")}
    assert not list(document.element.iter(qn("w:tblBorders"), qn("w:tcBorders")))


@pytest.mark.parametrize(
    ("cohorts", "orientation"),
    [(1, WD_ORIENTATION.PORTRAIT), (4, WD_ORIENTATION.PORTRAIT), (9, WD_ORIENTATION.LANDSCAPE)],
)
def test_many_columns_turn_the_page_and_all_of_them_fit_on_it(
    path: Path, cohorts: int, orientation: WD_ORIENTATION
) -> None:
    row = Row("Prednisone, daily dose before treatment, mg", ("10 (10–15)",) * cohorts)
    columns = ("Characteristic", *(f"Cohort {i} (n = 5)" for i in range(cohorts)))

    document = written(path, Table("t", "T", columns, (row,), ()))

    (section,), (table,) = document.sections, document.tables
    available = section.page_width - section.left_margin - section.right_margin
    widths = [column.width for column in table.columns]
    assert section.orientation == orientation
    assert (section.page_width > section.page_height) == (orientation == WD_ORIENTATION.LANDSCAPE)
    assert abs(sum(widths) - available) < Cm(0.01)
    assert widths[0] == max(widths)
    assert [cell.width for cell in table.rows[1].cells] == widths


def test_a_table_without_rows_is_its_header(path: Path) -> None:
    document = written(path, Table("t", "T", ("Characteristic", ""), (), ()))

    assert texts(document) == ["T", "Characteristic", ""]


def test_the_document_says_what_it_is_in_which_language_and_nothing_of_who_and_when(
    path: Path,
) -> None:
    document = written(path, SMALL)

    told = document.core_properties

    assert (told.title, told.language) == ("A title", "en-GB")
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert told.created == told.modified == datetime(1980, 1, 1, tzinfo=UTC)
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_the_file_holds_no_date_no_system_and_no_packing_of_a_machine(path: Path) -> None:
    write_document(path, SMALL)

    with ZipFile(path) as file:
        members = file.infolist()

    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {3}
    assert {member.compress_type for member in members} == {ZIP_STORED}
    assert not [m.filename for m in members if not m.filename.endswith((".xml", ".rels"))]


def test_the_same_table_gives_the_same_bytes(path: Path) -> None:
    write_document(path, SMALL)
    first = path.read_bytes()

    write_document(path, SMALL)

    assert path.read_bytes() == first


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_texts_are_texts_everywhere(path: Path, text: str) -> None:
    document = written(path, filled_with(text))

    assert texts(document) == [text, "A", text, text, text, text, text]
    with ZipFile(path) as file:
        body = file.read("word/document.xml").decode("utf-8")
    for element in ("fldSimple", "fldChar", "instrText", "hyperlink", "object", "altChunk"):
        assert f"<w:{element}" not in body


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\nlines"),
        ("two\rlines", "two\nlines"),
        ("a\tb", "a\tb"),
        ("\0\x01\x0b\x1f\ufffe\ud800", "\ufffd" * 6),
    ],
)
def test_what_xml_cannot_hold_is_replaced_and_lines_stay_lines(
    path: Path, text: str, shown: str
) -> None:
    document = written(path, filled_with(text))

    assert texts(document) == [shown, "A", shown, shown, shown, shown, shown]


@given(text=st.text())
def test_every_text_gives_a_document_that_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    document = written(tmp_path_factory.mktemp("text") / "table.docx", filled_with(text))

    assert len(document.tables[0].rows) == 3
    assert len(set(texts(document)) - {"A"}) <= 2


def test_the_response_of_the_bundled_study_is_all_there(
    bundled: Path, bundled_study: Path, bundled_results: Results
) -> None:
    table = response_table(load_study(bundled_study), bundled_results)

    document = docx.Document(str(bundled / "tables/response.docx"))

    rows = [each for row in table.rows for each in (row.label, *row.cells)]
    expected = [table.title, *table.columns, *rows, *table.notes]
    assert texts(document) == [plain(text) for text in expected]
    assert document.sections[0].orientation == WD_ORIENTATION.LANDSCAPE
