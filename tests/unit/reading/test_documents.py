"""Tables of Word documents and of web pages."""

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from casebook.data.findings import DataError
from casebook.prepare.raw import RawTable, read_table

ROWS = [["ID", "Age", "Score"], ["P1", "61", "1,5"], ["P2", "47", "<2"], ["P3", "50", ""]]
TOLD = [
    ("warning", 3, 2, "merged with B2, so it is taken to apply to this row too"),
    ("error", 4, 3, "a part of it is struck through, and '7' is not: write only what is meant"),
    ("warning", 5, 0, "it is struck through in the file"),
]


def add_table(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return table


def written(folder: Path, document: Document) -> Path:
    document.save(str(folder / "t.docx"))
    return folder / "t.docx"


def web_page(folder: Path, content: str | bytes) -> Path:
    (folder / "t.html").write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "t.html"


def as_html(rows: Sequence[Sequence[str]]) -> str:
    lines = ["".join(f"<td> {text.replace('<', '&lt;')}\n" for text in row) for row in rows]
    return f"<table>{''.join(f'<tr>{line}' for line in lines)}</table>"


def texts(raw: RawTable) -> list[list[str]]:
    columns = raw.grid.columns.values()
    return [[text.strip() for text in row] for row in zip(*columns, strict=True)]


def refused(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(DataError) as error:
        read_table(path, sheet)
    return str(error.value.findings[0]).replace(str(path), path.name)


def test_the_only_table_of_a_document_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("We treated three patients.")
    add_table(document, ROWS)

    assert texts(read_table(written(tmp_path, document))) == ROWS
    assert texts(read_table(web_page(tmp_path, f"<p>We treated{as_html(ROWS)}"))) == ROWS


@pytest.mark.parametrize("sheet", ["2", "Table 2", "table 2. patients"])
def test_a_table_is_named_by_its_number_or_the_words_above_it(tmp_path: Path, sheet: str) -> None:
    first, second = [["Drug", "n"], ["MTX", "3"]], ROWS
    document = docx.Document()
    for caption, rows in (("Table 1. Drugs", first), ("Table 2. Patients", second)):
        document.add_paragraph(caption)
        add_table(document, rows)
    page = f"<h2>Table 1. Drugs</h2>{as_html(first)}<h2>Table 2. Patients</h2>{as_html(second)}"

    for file in (written(tmp_path, document), web_page(tmp_path, page)):
        assert texts(read_table(file, sheet)) == ROWS
        for wanted, found in ((None, "2 tables"), ("Table", "Table"), ("3", "3")):
            assert refused(file, wanted) == (
                f"{file.name}: found {found!r}; allowed: one table: 1 (Drug | n | MTX), 2 (ID | Age"
                " | Score); name one in source.sheet of study.yaml, by its number or by the words"
                " above it"
            )


def told(raw: RawTable) -> list[tuple[str, int, int, str]]:
    return [(each.severity, each.row, each.column, each.hint) for each in raw.remarks]


def test_merged_and_struck_cells_of_a_document_are_told_with_their_row(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [*ROWS[:2], ["P2", "", "3"], ["P3", "50", ""], ["P4", "40", "8"]]
    table = add_table(document, rows)
    table.cell(1, 1).merge(table.cell(2, 1))
    paragraph = table.cell(3, 2).paragraphs[0]
    paragraph.add_run("6").font.strike = True
    paragraph.add_run("7")
    for cell in table.rows[4].cells:
        cell.paragraphs[0].runs[0].font.strike = True

    raw = read_table(written(tmp_path, document))

    assert texts(raw)[1:3] == [["P1", "61", "1,5"], ["P2", "61", "3"]]
    for found, expected in zip(told(raw), TOLD, strict=True):
        assert found[:3] == expected[:3]
        assert found[3].startswith(expected[3])


def test_merged_and_struck_cells_of_a_page_are_told_with_their_row(tmp_path: Path) -> None:
    page = """<table><tr><th>ID<th>Age<th>Score<tr><td>P1<td rowspan=2>61<td>1,5<tr><td>P2<td>3
        <tr><td>P3<td>50<td><s>6</s>7<tr style="text-decoration: line-through"><td>P4<td>40<td>8
        <tr hidden><td>P5<td>41<td>9</table>"""

    raw = read_table(web_page(tmp_path, page))

    assert texts(raw)[1:3] == [["P1", "61", "1,5"], ["P2", "61", "3"]]
    for found, expected in zip(told(raw), TOLD, strict=False):
        assert found[:3] == expected[:3]
        assert found[3].startswith(expected[3])
    assert told(raw)[-1][1:] == (6, 0, "it is hidden in the file")


@pytest.mark.parametrize(
    ("before", "hides"),
    [
        ("", "<tr hidden>"),
        ("", "<tr style='visibility: collapse'>"),
        (
            "<style>p, tr.gone:hover, tr.gone { color: red; display:none }</style>",
            "<tr class=gone>",
        ),
        ("<style>@media print { .a { top: 0 } } #x{DISPLAY: NONE}</style>", "<tr id=x>"),
        ("", "<tbody hidden><tr>"),
    ],
)
def test_a_row_that_a_page_does_not_show_is_told_like_a_hidden_one_of_a_workbook(
    tmp_path: Path, before: str, hides: str
) -> None:
    page = f"{before}<table><tr><th>ID<th>Age<tr><td>P1<td>61{hides}<td>P2<td>62</table>"

    raw = read_table(web_page(tmp_path, page))

    assert [each[1:] for each in told(raw)] == [(3, 0, "it is hidden in the file")]
    assert texts(raw)[2] == ["P2", "62"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><th>ID<th hidden>Age<tr><td>P1<td style='display:none'>61</table>",
        "<table><col><col style='display:none'><tr><th>ID<th>Age<tr><td>P1<td>61</table>",
        "<style>.no {display:none}</style><table><col><col span=2 class=no>"
        "<tr><th>ID<th>Age<tr><td>P1<td>61</table>",
    ],
)
def test_a_column_that_a_page_does_not_show_is_told_like_a_hidden_one_of_a_workbook(
    tmp_path: Path, page: str
) -> None:
    raw = read_table(web_page(tmp_path, page))

    hint = "a column that is hidden in the file, but is used all the same"
    assert told(raw) == [("warning", 0, 2, hint)]
    assert texts(raw) == [["ID", "Age"], ["P1", "61"]]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "<style>.gone { color: red }</style>",
        "<style>@media print {.gone{display:none}}</style>",
    ],
)
def test_a_row_that_a_page_shows_is_not_told(tmp_path: Path, before: str) -> None:
    page = f"{before}<table><tr><th>ID<th>Age<tr class=gone><td>P1<td>61</table>"

    assert not told(read_table(web_page(tmp_path, page)))


def test_cells_merged_over_columns_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [*ROWS, ["Women", "", ""]])
    table.cell(4, 0).merge(table.cell(4, 2))
    page = as_html(ROWS).replace("</table>", "<tr><td colspan=3>Women</table>")

    for file in (written(tmp_path, document), web_page(tmp_path, page)):
        assert [(row, hint[:22]) for _, row, _, hint in told(read_table(file))] == [
            (5, "it is merged with A5: ")
        ] * 2


def test_edges_of_columns_that_are_not_in_line_make_no_columns(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [*ROWS[:2], ["Mean", "", "2"]])
    for row, spans in ((0, (1, 2, 1)), (1, (2, 1, 1)), (2, (3, 1))):
        cells = table.rows[row]._tr.tc_lst
        for cell in cells[len(spans) :]:
            cell.getparent().remove(cell)
        for cell, span in zip(cells, spans, strict=False):
            cell.grid_span = span
    table.rows[2]._tr.tc_lst[1].p_lst[0].add_r().text = "2"

    assert texts(read_table(written(tmp_path, document), left_out=[3]))[:2] == ROWS[:2]


def test_a_row_with_as_many_cells_as_others_may_have_them_in_other_columns(tmp_path: Path) -> None:
    # In the last row a cell lies over two columns, and another two lie over one.
    page = "<tr><th>ID<th>Before<th>Later<th colspan=2>After<tr><td>a<td>5<td>6<td colspan=2>7"

    found = read_table(web_page(tmp_path, f"<table>{page}<tr><td>b<td colspan=2>5<td>7<td>9"))

    assert texts(found)[-1][:3] == ["b", "5", "5"]
    assert [(row, column) for severity, row, column, _ in told(found) if severity == "error"] == [
        (3, 3),
        (3, 4),
    ]


def test_what_word_shows_and_does_not_keep_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["ID", "Age"], ["", "61"], ["", "50"]])
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = document.styles["List Number"]
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 1

    raw = read_table(written(tmp_path, document))

    assert [(each.row, each.column, each.severity) for each in raw.remarks] == [
        (2, 1, "error"),
        (3, 1, "error"),
    ]
    assert raw.remarks[0].hint.startswith("Word numbers it by itself, and the number is not in")


def test_tracked_changes_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["ID", "Age"], ["P1", ""], ["P2", "50"]])
    paragraph = table.cell(1, 1).paragraphs[0]._p
    for tag, text_tag, text in (("w:del", "w:delText", "60"), ("w:ins", "w:t", "61")):
        change, run, content = (OxmlElement(each) for each in (tag, "w:r", text_tag))
        content.text = text
        run.append(content)
        change.append(run)
        paragraph.append(change)
    assert paragraph.tag == qn("w:p")

    (remark,) = read_table(written(tmp_path, document)).remarks

    assert (remark.severity, remark.row, remark.column) == ("error", 2, 2)
    assert remark.hint.startswith("a part of it is struck through, and '61' is not")


def test_a_table_within_a_cell_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    add_table(document, ROWS).cell(1, 2).add_table(1, 1).cell(0, 0).text = "x"
    inner = "<table><tr><td>y</table>"
    page = as_html(ROWS).replace("1,5", f"1,5{inner}")

    for file, sheet in ((written(tmp_path, document), None), (web_page(tmp_path, page), "1")):
        (remark,) = read_table(file, sheet).remarks
        assert (remark.row, remark.column, remark.severity) == (2, 3, "error")
        assert remark.hint.startswith("a table stands within the cell")


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1252", "cp1252"), ("", "utf-8"), ("", "utf-16")]
)
def test_a_page_is_read_in_the_encoding_that_it_names(
    tmp_path: Path, charset: str, encoding: str
) -> None:
    named = f'<meta charset="{charset}">' if charset else ""
    page = f"<html><head>{named}{as_html([['ID', 'Grö&szlig;e'], ['Ä', '5&nbsp;µg']])}"

    assert texts(read_table(web_page(tmp_path, page.encode(encoding)))) == [
        ["ID", "Größe"],
        ["Ä", "5\xa0µg"],
    ]


def test_files_that_are_no_such_documents_are_told(tmp_path: Path) -> None:
    whole = written(tmp_path, docx.Document())
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole.read_bytes()[:5000])
    called = tmp_path / "t.xls"
    called.write_text(as_html(ROWS))

    assert refused(whole) == (
        "t.docx: allowed: a document with a table; there is none in it, but perhaps a picture"
    )
    assert refused(cut).startswith("cut.docx: found 'an archive that is damaged or cut off'")
    assert refused(called) == (
        "t.xls: found 'a web page'; allowed: a file that is what its ending says: .xls; give it the"
        " ending .html or .htm"
    )
    assert "allowed: text in utf-8; cp1252 makes words of it" in refused(
        web_page(tmp_path, "<table><td>Größe".encode("cp1252"))
    )
    assert "an encoding that is known" in refused(
        web_page(tmp_path, '<html><meta charset="klingon"><table><td>x')
    )


@pytest.mark.parametrize(
    ("stream", "told"),
    [
        (
            "EncryptedPackage",
            "a file that is protected by a password'; allowed: a file that is what",
        ),
        ("WordDocument\0", "an old Word document (.doc)'; allowed: a file that is what its ending"),
    ],
)
def test_documents_of_another_kind_are_told_with_a_way_out(
    tmp_path: Path, stream: str, told: str
) -> None:
    (tmp_path / "t.docx").write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + stream.encode("utf-16-le")
    )

    found = refused(tmp_path / "t.docx")

    assert found.startswith(f"t.docx: found '{told}")
    assert found.endswith(("save it without the password", "save it as .docx"))


def test_a_page_with_wild_spans_is_refused_before_it_takes_time(tmp_path: Path) -> None:
    wild = "<td rowspan=99999 colspan=999>" * 16

    assert "16,384 columns" in refused(
        web_page(tmp_path, f"<table>{f'<tr>{wild}' * 1500}x</table>")
    )


def test_elements_that_never_end_do_no_harm(tmp_path: Path) -> None:
    page = "<p><b><i>" * 5_000 + "</b>" * 5_000 + as_html(ROWS)

    assert texts(read_table(web_page(tmp_path, page))) == ROWS


def test_what_word_tracks_or_draws_in_a_cell_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["ID", "Age"], *([f"P{i}", "6"] for i in range(4))])
    for row, tag in enumerate(("w:ins", "w:r", "m:oMath"), start=1):
        element = OxmlElement(tag)
        element.append(OxmlElement("w:sym" if tag == "w:r" else "w:r"))
        table.cell(row, 1).paragraphs[0]._p.append(element)
    table.rows[4]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))

    found = read_table(written(tmp_path, document)).remarks

    assert [(each.severity, each.row, each.hint[:25]) for each in found] == [
        ("error", 2, "a tracked change stands i"),
        ("error", 3, "a sign of another font st"),
        ("error", 4, "a formula stands in it, w"),
        ("warning", 5, "it is hidden in the file"),
    ]


def test_text_that_word_hides_is_told_at_its_cell(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["ID", "Age"], ["P1", "61"], ["P2", "47"], ["P3", "5"]])
    table.cell(3, 1).paragraphs[0].add_run("0")
    for cell in (*table.rows[1].cells, table.cell(2, 1), table.cell(3, 1)):
        cell.paragraphs[0].runs[-1].font.hidden = True
    table.cell(2, 0).paragraphs[0].add_run(" ").font.hidden = True

    raw = read_table(written(tmp_path, document))

    assert texts(raw)[1:] == [["#", "#"], ["P2", "#"], ["P3", "5"]]
    hint = "text that Word hides stands in it: write only what is meant into the cell"
    assert told(raw) == [("error", *at, hint) for at in ((2, 1), (2, 2), (3, 2), (4, 2))]


def test_rows_that_word_tracks_are_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = add_table(document, [["ID", "Age"], ["P1", "60"], ["P2", "50"]])
    table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:del"))

    found = read_table(written(tmp_path, document)).remarks

    assert {(each.severity, each.row) for each in found} == {("error", 3)}


@pytest.mark.parametrize(
    "cell",
    [
        '3<span style="display: none">9</span>',
        '<input value="30">',
        "<select><option>10<option selected>30</select>",
        "<td hidden>47",
    ],
)
def test_what_a_page_hides_or_asks_for_in_a_cell_is_told(tmp_path: Path, cell: str) -> None:
    page = as_html(ROWS).replace("<td> 47", f"<td> {cell}".replace("<td> <td", "<td"))

    (remark,) = read_table(web_page(tmp_path, page)).remarks

    assert (remark.severity, remark.row, remark.column) == ("error", 3, 2)


def test_a_row_that_lacks_a_cell_is_told_as_its_texts_may_be_of_other_columns(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    row = add_table(document, ROWS).rows[2]._tr
    row.remove(row.findall(qn("w:tc"))[1])
    page = as_html(ROWS).replace("<td> 47", "")

    for file in (written(tmp_path, document), web_page(tmp_path, page)):
        remarks = read_table(file).remarks
        assert [(e.severity, e.row, e.value.strip()) for e in remarks] == [
            ("error", 3, "P2"),
            ("error", 3, "<2"),
        ]


@pytest.mark.parametrize("given", ['alt=""', "src=i/spacer.gif", "src=x.png width=1"])
def test_an_image_that_only_keeps_cells_apart_leaves_a_cell_empty(
    tmp_path: Path, given: str
) -> None:
    page = as_html(ROWS).replace("<td> \n", f"<td><img {given}>\n")

    assert not told(read_table(web_page(tmp_path, page)))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('<img alt="30">', "an image stands in it"),
        ("<svg><path d=''/></svg>", "an image stands in it"),
        ("<script>document.write(30)</script>", "a script stands in it"),
        ("<noscript>30</noscript>", "what stands in it is shown only where no scripts run"),
    ],
)
def test_a_cell_of_a_page_that_shows_something_else_than_text_is_not_empty(
    tmp_path: Path, content: str, found: str
) -> None:
    page = as_html(ROWS).replace("<td> \n", f"<td>{content}\n")

    ((severity, row, column, hint),) = told(read_table(web_page(tmp_path, page)))

    assert (severity, row, column) == ("error", 4, 3)
    assert found in hint
    assert not told(read_table(web_page(tmp_path, as_html(ROWS).replace("1,5", f"1{content}"))))


@pytest.mark.parametrize(
    ("within", "found"),
    [([], "an image stands in it"), (["w:txbxContent"], "a text box stands in it")],
)
def test_a_cell_of_a_document_with_only_an_image_or_a_text_box_is_not_empty(
    tmp_path: Path, within: list[str], found: str
) -> None:
    document = docx.Document()
    table = add_table(document, ROWS)
    for row, column in ((1, 2), (3, 2)):
        drawing = OxmlElement("w:drawing")
        drawing.extend(map(OxmlElement, within))
        table.cell(row, column).paragraphs[0].add_run()._r.append(drawing)

    ((severity, *place, hint),) = told(read_table(written(tmp_path, document)))

    assert (severity, place) == ("error", [4, 3])
    assert found in hint
