from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import workbooks
from casebook.data.cells import TableError
from casebook.reading.archives import Archive
from casebook.reading.damage import DamagedError
from casebook.reading.openworkbooks import read_sheet
from casebook.reading.sheets import Merged, Sheet

Read = Callable[..., Sheet]
DATES = ("yyyy\\-mm\\-dd", "[h]:mm", "h:mm")


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads the sheet of a workbook of one sheet, with more elements and parts."""

    def make(*rows: list[str], after: str = "", before: str = "", **more: object) -> Sheet:
        attributes = more.pop("of_rows", None)
        sheet = before + workbooks.rows(*rows, more=attributes) + after  # type: ignore[arg-type]
        path = workbooks.xlsx(tmp_path / "t.xlsx", sheet, **more)  # type: ignore[arg-type]
        return read_sheet(path, None, ".")[0]

    return make


def test_values_of_each_kind_become_texts(read: Read) -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>plain</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t>pieces</t></r>"
        "<rPh><t>spoken</t></rPh></si></sst>"
    )

    sheet = read(
        [
            '<c t="s"><v>0</v></c>',
            '<c t="s"><v>1</v></c>',
            '<c t="b"><v>1</v></c>',
            '<c t="b"><v>0</v></c>',
            "<c><v>70</v></c>",
            "<c><v>0.30000000000000004</v></c>",
            "<c><v>1.5E2</v></c>",
            '<c t="e"><v>#DIV/0!</v></c>',
            '<c t="d"><v>2024-02-29T00:00:00</v></c>',
            '<c t="str"><f>A1</f><v>a_x000A_b</v></c>',
            "<c/>",
        ],
        parts={"xl/sharedStrings.xml": strings},
    )

    assert list(sheet.texts[1].values()) == [
        "plain", "in pieces", "TRUE", "FALSE", "70", "0.3", "150", "#DIV/0!", "2024-02-29", "a\nb",
    ]  # fmt: skip
    assert not sheet.uncomputed


@pytest.mark.parametrize(
    ("book", "day"), [("", "2024-02-29"), ('<workbookPr date1904="1"/>', "2028-03-01")]
)
def test_days_are_counted_from_the_year_that_the_workbook_says(
    read: Read, book: str, day: str
) -> None:
    sheet = read(
        [
            '<c s="1"><v>45351</v></c>',
            '<c s="1"><v>45351.5</v></c>',
            '<c s="2"><v>1.5</v></c>',
            '<c s="1"><v>-5</v></c>',
        ],
        book=book,
        parts=workbooks.styles(*DATES),
    )

    assert list(sheet.texts[1].values())[:3] == [day, f"{day} 12:00:00", "1 day, 12:00:00"]


def test_number_formats_that_say_what_a_number_is_are_heeded(read: Read) -> None:
    cells = ['<c s="1"><v>0.8</v></c>', '<c s="2"><v>1</v></c>', '<c s="3"><v>5</v></c>']

    sheet = read(cells, parts=workbooks.styles("0%", "000", ";;;"))

    assert sheet.texts[1] == {1: "80%", 2: "001", 3: "5"}
    assert sheet.shown == {(1, 3): ""}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (f"<c><v>{'9' * 5000}</v></c>", "9" * 5000),
        ("<c><v>1_0</v></c>", "1_0"),
        ("<c><v>NaN</v></c>", "NaN"),
        ('<c t="d"><v>-0044-03-15</v></c>', "-0044-03-15"),
        ('<c t="s"><v>7</v></c>', "7"),
    ],
)
def test_a_value_that_no_spreadsheet_can_show_is_told_at_its_cell(
    read: Read, cell: str, value: str
) -> None:
    with pytest.raises(TableError, match="a spreadsheet can show") as error:
        read(["a"], ["b", cell])

    assert (error.value.row, error.value.column, error.value.value) == (2, "B", value)


def test_the_day_0_is_no_time(read: Read) -> None:
    cells = ['<c s="1"><v>0</v></c>', '<c s="1"><v>0.5</v></c>', '<c s="3"><v>0.5</v></c>']

    sheet = read(cells, parts=workbooks.styles(*DATES))

    assert sheet.texts[1] == {1: "1900-01-00", 2: "1900-01-00 12:00:00", 3: "12:00:00"}


def test_the_units_that_number_formats_show_are_known(read: Read) -> None:
    cells = [f'<c s="{style}"><v>{value}</v></c>' for style, value in ((1, 10), (2, 0.012), (0, 7))]

    sheet = read(cells, parts=workbooks.styles("0.0&quot; mg&quot;", "0.000&quot; g&quot;"))

    assert sheet.texts == {1: {1: "10", 2: "0.012", 3: "7"}}
    assert sheet.units == {(1, 1): "mg", (1, 2): "g"}


def test_zeros_that_the_sheet_does_not_show_are_known(read: Read) -> None:
    hides = '<sheetViews><sheetView showZeros="0"/></sheetViews>'

    sheet = read(["<c><v>0</v></c>", "<c><v>7</v></c>"], before=hides)

    assert sheet.texts == {1: {1: "0", 2: "7"}}
    assert sheet.shown == {(1, 1): ""}


@pytest.mark.parametrize("code", ["[" * 300_000, "0" * 1_000_000])
def test_a_number_format_without_end_is_refused(read: Read, code: str) -> None:
    with pytest.raises(TableError, match="up to 255 characters"):
        read(["a"], parts=workbooks.styles(code))


@pytest.mark.parametrize(
    ("cell", "text", "uncomputed"),
    [
        ("<c><f>B1+C1</f></c>", "=B1+C1", True),
        ("<c><f>B1+C1</f><v></v></c>", "=B1+C1", True),
        ('<c><f t="shared" si="0"/><v/></c>', "=", True),
        ("<c><f>B1+C1</f><v>0</v></c>", "0", False),
        ('<c t="str"><f>IF(B1,1,"")</f><v></v></c>', None, False),
    ],
)
def test_a_formula_without_its_value_is_not_taken_for_an_empty_cell(
    read: Read, cell: str, text: str | None, uncomputed: bool
) -> None:
    sheet = read([cell])

    assert sheet.texts.get(1, {}).get(1) == text
    assert ((1, 1) in sheet.uncomputed) == uncomputed


@pytest.mark.parametrize(
    "still",
    [
        'fullCalcOnLoad="1"',
        'calcMode="manual" calcCompleted="0"',
        'calcMode="manual" calcOnSave="0"',
    ],
)
def test_values_that_are_still_to_be_computed_are_not_taken(read: Read, still: str) -> None:
    sheet = read(["<c><f>B1+C1</f><v>0</v></c>", "<c><v>7</v></c>"], book=f"<calcPr {still}/>")

    assert sheet.texts[1] == {1: "=B1+C1", 2: "7"}
    assert sheet.uncomputed == {(1, 1)}


def test_what_is_hidden_merged_struck_or_commented_is_kept(read: Read) -> None:
    sheet = read(
        ["a", "b"],
        ['<c r="A2" s="0"><v>1</v></c>'],
        ["c"],
        before='<cols><col min="2" max="2" hidden="1"/><col min="4" max="9" width="0"/></cols>',
        after='<mergeCells><mergeCell ref="A2:C4"/></mergeCells>',
        of_rows={"2": 'hidden="1"', "3": 'ht="0" customHeight="1"'},
        parts=workbooks.styles(struck=True) | workbooks.comments("B1", "XFD1048576"),
    )

    assert sheet.hidden_rows == {2, 3}
    assert sheet.hidden_columns == {2, *range(4, 10)}
    assert sheet.merged == [Merged(2, 1, 4, 3)]
    assert sheet.struck == {(1, 1), (1, 2), (2, 1), (3, 1)}
    assert (1, 2) in sheet.commented


def test_a_piece_of_a_text_that_is_struck_through_is_known(read: Read) -> None:
    pieces = "<r><t>MTX, </t></r><r><rPr><strike/></rPr><t>AZA</t></r>"
    none = '<r><rPr><strike val="0"/></rPr><t>AZA</t></r>'
    strings = f'<sst xmlns="{workbooks.MAIN}"><si>{pieces}</si><si>{none}</si></sst>'

    sheet = read(
        [
            f'<c t="inlineStr"><is>{pieces}</is></c>',
            '<c t="s"><v>0</v></c>',
            '<c t="s"><v>1</v></c>',
        ],
        parts={"xl/sharedStrings.xml": strings},
    )

    assert sheet.texts[1] == {1: "MTX, AZA", 2: "MTX, AZA", 3: "AZA"}
    assert sheet.divided.keys() == {(1, 1), (1, 2)}
    assert not sheet.struck


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ("<r><rPr><strike/></rPr><t>5</t></r><r><t>7</t></r>", "struck through, and '7' is not"),
        ("<r><t>12</t></r><r><rPr>{up}</rPr><t>1</t></r>", "raised or lowered"),
        ("<r><t>12,</t></r><r><rPr>{up}</rPr><t>1</t></r>", "raised or lowered"),
        ("<r><rPr>{up}</rPr><t>1</t></r><r><rPr/><t>12</t></r>", "raised or lowered"),
        ("<r><t>B</t></r><r><rPr>{up}</rPr><t>12</t></r>", ""),
        ("<r><t>12</t></r><r><t> </t></r><r><rPr>{up}</rPr><t>1</t></r>", ""),
        ("<r><t>12</t></r><r><rPr><b/></rPr><t>1</t></r>", ""),
    ],
)
def test_a_number_of_pieces_that_do_not_belong_together_is_known(
    read: Read, pieces: str, reason: str
) -> None:
    raised = '<vertAlign val="superscript"/>'

    sheet = read([f'<c t="inlineStr"><is>{pieces.format(up=raised)}</is></c>'])

    assert reason in sheet.divided.get((1, 1), "")
    assert bool(sheet.divided) == bool(reason)


@pytest.mark.parametrize(("piece", "struck"), [("<rPr/>", False), ("", True)])
def test_a_piece_with_a_font_of_its_own_is_struck_through_only_by_that(
    read: Read, piece: str, struck: bool
) -> None:
    cell = f'<c t="inlineStr" s="0"><is><r>{piece}<t>7</t></r></is></c>'

    sheet = read([cell], parts=workbooks.styles(struck=True))

    assert ((1, 1) in sheet.struck) == struck


def test_a_cell_in_the_furthest_corner_costs_nothing(read: Read) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

    sheet = read(["a"], after="", before=f"<sheetData>{far}")

    assert sheet.texts == {1048576: {16384: "1"}, 1: {1: "a"}}


def test_a_chart_in_front_is_no_sheet(tmp_path: Path) -> None:
    path = workbooks.xlsx(
        tmp_path / "t.xlsx",
        "<drawing/>",
        workbooks.rows(["a"]),
        names=("Chart1", "Data"),
        kinds=("chartsheet", "worksheet"),
        states=("visible", "visible"),
    )

    sheet, remarks = read_sheet(path, None, ".")

    assert (sheet.name, sheet.texts, remarks) == ("Data", {1: {1: "a"}}, [])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_in_front_is_passed_over(tmp_path: Path, state: str) -> None:
    path = workbooks.xlsx(
        tmp_path / "t.xlsx",
        workbooks.rows(["old"]),
        workbooks.rows(["new"]),
        names=("Old", "Data"),
        kinds=("worksheet", "worksheet"),
        states=(state, "visible"),
    )

    sheet, (remark,) = read_sheet(path, None, ".")

    assert (sheet.name, sheet.texts) == ("Data", {1: {1: "new"}})
    assert (remark.value, remark.hint) == ("Old", "hidden, so not read")


def test_a_workbook_of_another_program_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ID", "=1+1"])
    book.save(tmp_path / "t.xlsx")

    sheet, _ = read_sheet(tmp_path / "t.xlsx", None, ".")

    assert sheet.texts == {1: {1: "ID", 2: "=1+1"}}
    assert sheet.uncomputed == {(1, 2)}


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        '<worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>',
        "<!DOCTYPE a ["
        + "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(9))
        + '<!ENTITY e0 "ha">]><worksheet><sheetData><row><c t="str"><v>&e9;</v></c></row>'
        "</sheetData></worksheet>",
    ],
)
def test_entities_are_not_resolved(tmp_path: Path, content: str) -> None:
    parts = {"xl/worksheets/sheet1.xml": content}
    path = workbooks.xlsx(tmp_path / "t.xlsx", "", parts=parts)

    with pytest.raises(DamagedError):
        read_sheet(path, None, ".")


STYLED = ["ID", '<c s="1"><v>45351</v></c>', '<c t="s"><v>0</v></c>']
SHARED = f'<sst xmlns="{workbooks.MAIN}"><si><t>x</t></si></sst>'


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({"_rels/.rels": None}, ""),
        ({"xl/workbook.xml": None}, "its part xl/workbook.xml is missing"),
        ({"xl/workbook.xml": b"<workbook>"}, "its part xl/workbook.xml is cut off or damaged"),
        ({"xl/styles.xml": None}, "its part xl/styles.xml is missing"),
        ({"xl/sharedStrings.xml": b""}, "its part xl/sharedStrings.xml is cut off or damaged"),
        ({"xl/_rels/workbook.xml.rels": None}, "its sheet 'Data' is missing"),
        ({"xl/worksheets/sheet1.xml": b"<c/>" * 2}, "its part xl/worksheets/sheet1.xml is cut off"),
    ],
)
def test_a_part_that_is_missing_or_damaged_is_named(
    tmp_path: Path, edit: dict[str, bytes | None], told: str
) -> None:
    parts = {**workbooks.styles("yyyy-mm-dd"), "xl/sharedStrings.xml": SHARED}
    path = workbooks.xlsx(tmp_path / "t.xlsx", workbooks.rows(STYLED), parts=parts)
    workbooks.edit(path, edit)

    if told:
        with pytest.raises(DamagedError, match=told):
            read_sheet(path, None, ".")
    else:
        assert read_sheet(path, None, ".")[0].texts == {1: {1: "ID", 2: "2024-02-29", 3: "x"}}


@pytest.mark.parametrize("cell", ['<c s="-1"><v>1</v></c>', '<c t="s"><v>-1</v></c>'])
def test_a_number_that_refers_to_nothing_is_not_taken_for_another(read: Read, cell: str) -> None:
    with pytest.raises(TableError, match="a value that a spreadsheet can show"):
        read([cell], parts={"xl/sharedStrings.xml": SHARED})


@pytest.mark.parametrize(
    ("number", "text"), [(31, "2024-02-29"), (56, "12:00:00"), (14, "2024-02-29")]
)
def test_formats_of_days_that_no_file_describes_are_known(
    read: Read, number: int, text: str
) -> None:
    styles = workbooks.styles()["xl/styles.xml"].replace('numFmtId="0"', f'numFmtId="{number}"')
    value = 45351 if text.startswith("2") else 0.5

    sheet = read([f"<c><v>{value}</v></c>"], parts={"xl/styles.xml": styles})

    assert sheet.texts == {1: {1: text}}


def test_a_part_that_unpacks_to_gigabytes_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.reading.archives.MOST_BYTES", 10**6)
    path = workbooks.xlsx(tmp_path / "t.xlsx", " " * 2 * 10**6)

    with pytest.raises(TableError) as error:
        read_sheet(path, None, ".")

    assert error.value.value == "xl/worksheets/sheet1.xml, 2 MB"
    assert error.value.allowed == "a workbook of up to 1 MB, once it is unpacked"


def test_a_part_that_is_packed_as_no_table_can_be_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.reading.archives._UNSUSPICIOUS", 10**5)
    cells = "<c><v>1</v></c>" * 10**5
    path = workbooks.xlsx(tmp_path / "t.xlsx", f"<sheetData><row>{cells}</row></sheetData>")

    with pytest.raises(TableError, match="packed to no less than 1/200 of their size") as error:
        read_sheet(path, None, ".")

    assert error.value.value.startswith("xl/worksheets/sheet1.xml, ")


@pytest.mark.parametrize(
    ("most", "told"), [(100, "up to 100 elements"), (10**6, "up to 60,000 elements of XML that")]
)
def test_a_part_with_elements_without_end_is_refused(tmp_path: Path, most: int, told: str) -> None:
    row = "<c/>" * 60_001
    path = workbooks.xlsx(tmp_path / "t.xlsx", f"<sheetData><row>{row}</row></sheetData>")

    with Archive(path) as archive, pytest.raises(TableError, match=told) as error:
        list(archive.elements("xl/worksheets/sheet1.xml", most=most))

    assert error.value.value == "xl/worksheets/sheet1.xml"
