from collections.abc import Sequence
from pathlib import Path

import pytest

import workbooks
from casebook.data.cells import TableError
from casebook.reading.damage import DamagedError
from casebook.reading.openworkbooks import read_sheet
from casebook.reading.sheets import Merged, Sheet

LIST = "<text:list><text:list-item><text:p>7</text:p></text:list-item></text:list>"


def read(folder: Path, *tables: str, **parts: str) -> Sheet:
    path = workbooks.ods(folder / "t.ods", *tables, **parts)
    return read_sheet(path, None, ".")[0]


def cell(attributes: str, *paragraphs: str, name: str = "table-cell", within: str = "") -> str:
    text = "".join(f"<text:p>{each}</text:p>" for each in paragraphs)
    return f"<table:{name} {attributes}>{within}{text}</table:{name}>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell('office:value-type="float" office:value="70"', "70.00"), "70"),
        (cell('office:value-type="float" office:value="0.30000000000000004"', "0.3"), "0.3"),
        (cell('office:value-type="percentage" office:value="0.8"', "80%"), "80%"),
        (cell('office:value-type="currency" office:value="12.5"', "12.50 €"), "12.5"),
        (cell('office:value-type="date" office:date-value="2024-02-29"', "29.2.24"), "2024-02-29"),
        (cell('office:value-type="time" office:time-value="PT09H05M00S"', "9:05"), "9:05:00"),
        (cell('office:value-type="boolean" office:boolean-value="true"', "WAHR"), "TRUE"),
        (cell('office:value-type="string"', "two", "lines"), "two\nlines"),
        (cell('office:value-type="string"', 'a<text:s text:c="3"/>b<text:a>c</text:a>'), "a   bc"),
        (cell("", '7<text:note><text:p>as in the chart</text:p></text:note>'), "7"),
        (cell("", within=LIST), "7"),
        (cell("", within="<text:h>7</text:h>"), "7"),
        (
            cell(
                'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
                ' calcext:value-type="error"',
                "#DIV/0!",
            ),
            "#DIV/0!",
        ),
        (cell('table:formula="of:=A" office:value-type="float" office:value="0"', "#N/A"), "#N/A"),
        (cell('table:formula="of:=[.A1]" office:value-type="float" office:value="3"', "3"), "3"),
    ],
)  # fmt: skip
def test_values_of_each_kind_become_texts(tmp_path: Path, written: str, text: str) -> None:
    sheet = read(tmp_path, workbooks.table([written]))

    assert sheet.texts == {1: {1: text}}
    assert not sheet.uncomputed


BY_LIBREOFFICE = "<meta:generator>LibreOffice/7.4.7.2$Linux_X86_64</meta:generator>"
UNSURE = '<config:config-item config:name="AutoCalculate">false</config:config-item>'
ZERO, NO_TEXT = 'office:value-type="float" office:value="0"', 'office:value-type="string"'


@pytest.mark.parametrize(
    ("attributes", "shown", "settings"),
    [
        *((f'office:value-type="{kind}"', (), "") for kind in ("float", "percentage", "currency")),
        *((f'office:value-type="{kind}"', (), "") for kind in ("date", "time", "boolean")),
        ("", (), ""),
        ("", ("",), ""),
        (f'{NO_TEXT} office:string-value=""', ("Err\u00a0:502",), ""),
        (ZERO, ("0",), UNSURE),
        (NO_TEXT, ("",), UNSURE),
    ],
)
def test_a_formula_without_its_value_is_not_taken_for_an_empty_cell(
    tmp_path: Path, attributes: str, shown: Sequence[str], settings: str
) -> None:
    formula = cell(f'table:formula="of:=[.A1]+1" {attributes}', *shown)

    sheet = read(tmp_path, workbooks.table(["ID", formula]), settings=settings)

    assert sheet.texts == {1: {1: "ID", 2: "of:=[.A1]+1"}}
    assert sheet.uncomputed == {(1, 2)}


@pytest.mark.parametrize(
    ("attributes", "shown", "meta"),
    [(NO_TEXT, (), ""), ("", ("",), BY_LIBREOFFICE), (f'{NO_TEXT} office:string-value=""', (), "")],
)
def test_a_formula_that_gives_no_text_is_an_empty_cell(
    tmp_path: Path, attributes: str, shown: Sequence[str], meta: str
) -> None:
    empty = cell(f'table:formula="of:=T([.B1])" {attributes}', *shown)

    assert read(tmp_path, workbooks.table(["ID", empty]), meta=meta).texts == {1: {1: "ID"}}


def test_a_part_that_the_manifest_lists_and_that_is_missing_is_named(tmp_path: Path) -> None:
    entry = '<manifest:file-entry manifest:full-path="styles.xml"/>'
    path = workbooks.ods(tmp_path / "t.ods", workbooks.table(["ID"]), manifest=entry)

    with pytest.raises(DamagedError, match=r"its part styles\.xml is missing"):
        read_sheet(path, None, ".")


def test_a_number_shown_with_zeros_before_it_keeps_them(tmp_path: Path) -> None:
    automatic = (
        '<number:number-style style:name="N1"><number:text>P</number:text>'
        '<number:number number:decimal-places="0" number:min-integer-digits="3"/>'
        '</number:number-style><number:date-style style:name="N2"><number:text>.</number:text>'
        "</number:date-style>"
        '<style:style style:name="ce1" style:data-style-name="N1"/>'
    )
    columns = '<table:table-column table:default-cell-style-name="ce1"/>'
    one = 'office:value-type="float" office:value="1"'

    by_column = read(tmp_path, workbooks.table([cell(one)], columns=columns), automatic=automatic)
    by_cell = read(
        tmp_path,
        workbooks.table([cell(f'{one} table:style-name="ce1"'), cell(one)]),
        automatic=automatic,
    )

    assert by_column.texts == {1: {1: "P001"}}
    assert by_cell.texts == {1: {1: "P001", 2: "1"}}


def test_the_unit_that_a_number_format_shows_is_known(tmp_path: Path) -> None:
    automatic = (
        '<number:number-style style:name="N1"><number:number number:decimal-places="3"'
        ' number:min-integer-digits="1"/><number:text> g</number:text></number:number-style>'
        '<style:style style:name="ce1" style:data-style-name="N1"/>'
    )
    given = 'office:value-type="float" office:value="0.012"'
    cells = [cell(f'{given} table:style-name="ce1"', "0.012 g"), cell(given, "0.012")]

    sheet = read(tmp_path, workbooks.table(cells), automatic=automatic)

    assert (sheet.texts, sheet.units) == ({1: {1: "0.012", 2: "0.012"}}, {(1, 1): "g"})


def test_a_number_that_is_shown_as_another_one_is_known(tmp_path: Path) -> None:
    automatic = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="1"/>'
        "<number:text>0</number:text></number:number-style>"
        '<style:style style:name="ce1" style:data-style-name="N1"/>'
    )
    shown = cell('office:value-type="float" office:value="24" table:style-name="ce1"', "240")

    sheet = read(tmp_path, workbooks.table([shown]), automatic=automatic)

    assert (sheet.texts, sheet.shown) == ({1: {1: "24"}}, {(1, 1): "240"})


@pytest.mark.parametrize(
    ("value", "shown", "instead"),
    [("5", "", ""), ("1", "yes", "yes"), ("12.5", "13", None), ("0.5", "½", None)],
)
def test_what_is_shown_by_a_style_that_depends_on_a_condition_is_known(
    tmp_path: Path, value: str, shown: str, instead: str | None
) -> None:
    given = cell(f'office:value-type="float" office:value="{value}"', shown)

    assert read(tmp_path, workbooks.table([given])).shown.get((1, 1)) == instead


def test_a_number_of_which_the_file_does_not_say_what_is_shown_is_no_hidden_one(
    tmp_path: Path,
) -> None:
    given = cell('office:value-type="float" office:value="5"')

    assert not read(tmp_path, workbooks.table([given])).shown


def test_zeros_that_the_program_does_not_show_are_known(tmp_path: Path) -> None:
    settings = '<config:config-item config:name="ShowZeroValues">false</config:config-item>'
    numbers = [cell(f'office:value-type="float" office:value="{n}"', str(n)) for n in (0, 1)]

    sheet = read(tmp_path, workbooks.table(numbers), settings=settings)

    assert (sheet.texts, sheet.shown) == ({1: {1: "0", 2: "1"}}, {(1, 1): ""})


def test_what_a_style_does_not_say_is_taken_from_the_one_it_is_built_on(tmp_path: Path) -> None:
    automatic = (
        '<number:number-style style:name="N1"><number:number number:min-integer-digits="3"/>'
        '</number:number-style><style:style style:name="Code" style:data-style-name="N1">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="ce1" style:parent-style-name="Code"/>'
        '<style:style style:name="loop" style:parent-style-name="loop"/>'
    )
    cells = [
        cell(f'office:value-type="float" office:value="1" table:style-name="{style}"', "1")
        for style in ("ce1", "loop")
    ]

    sheet = read(tmp_path, workbooks.table(cells), automatic=automatic)

    assert (sheet.texts, sheet.struck) == ({1: {1: "001", 2: "1"}}, {(1, 1)})


@pytest.mark.parametrize(
    ("kind", "attribute", "value"),
    [("date", "date", "-0044-03-15"), ("float", "", "1e999"), ("float", "", "1_0")],
)
def test_a_value_that_no_spreadsheet_can_show_is_told_at_its_cell(
    tmp_path: Path, kind: str, attribute: str, value: str
) -> None:
    name = f"{attribute}-value".lstrip("-")
    bad = cell(f'office:value-type="{kind}" office:{name}="{value}"', "x")

    with pytest.raises(TableError, match="a spreadsheet can show") as error:
        read(tmp_path, workbooks.table(["a"], ["b", bad]))

    assert (error.value.row, error.value.column, error.value.value) == (2, "B", value)


def test_a_text_in_spans_without_end_is_refused(tmp_path: Path) -> None:
    deep = "<text:span>" * 5000 + "7" + "</text:span>" * 5000

    with pytest.raises(TableError, match="XML nested up to 100 deep"):
        read(tmp_path, workbooks.table([cell("", deep)]))


def test_repeated_rows_and_cells_stand_where_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    sheet = read(
        tmp_path,
        workbooks.table(
            [row(cell('table:number-columns-repeated="2"', "a"))],
            [row(cell("", "b"), attributes='table:number-rows-repeated="2"')],
            [row(cell(""), attributes='table:number-rows-repeated="9"')],
            [row(cell('table:number-columns-repeated="3"'), cell("", "c"))],
        ),
    )  # fmt: skip

    assert sheet.texts == {1: {1: "a", 2: "a"}, 2: {1: "b"}, 3: {1: "b"}, 13: {4: "c"}}


def test_cells_that_are_merged_in_a_repeated_row_are_merged_in_each(tmp_path: Path) -> None:
    within = [cell('table:number-columns-spanned="2"', each) for each in "ab"]
    over_rows = cell('table:number-rows-spanned="2"', "c")
    sheet = read(
        tmp_path,
        workbooks.table(
            [row(cell('table:number-columns-spanned="3"', "title"))],
            [row(*within, over_rows, attributes='table:number-rows-repeated="3"')],
        ),
    )

    merged = [(each.row, each.column, each.last_row, each.last_column) for each in sheet.merged]
    assert [each for each in merged if each[0] == each[2]] == [
        (1, 1, 1, 3),
        *((row, column, row, column + 1) for row in (2, 3, 4) for column in (1, 2)),
    ]
    assert [each for each in merged if each[0] < each[2]] == [(2, 3, 3, 3)]


@pytest.mark.parametrize(
    "attributes",
    ['table:number-rows-repeated="1048576"', 'table:number-rows-repeated="99999999999"'],
)
def test_cells_that_are_repeated_without_end_are_refused(tmp_path: Path, attributes: str) -> None:
    many = workbooks.table([row(cell("", "a"), attributes=attributes)])

    with pytest.raises(TableError, match="again and again in up to 200,000 cells") as error:
        read(tmp_path, many)
    assert error.value.sheet == "Data"


def test_what_is_hidden_merged_struck_or_commented_is_kept(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="ce1"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column'
    columns += ' table:visibility="collapse"/>'
    note = "<office:annotation><text:p>a note</text:p></office:annotation>"
    sheet = read(
        tmp_path,
        workbooks.table(
            ["ID", cell("", "A", within=note), "C"],
            [row(cell('table:style-name="ce1"', "a"), attributes='table:visibility="filter"')],
            [cell('table:number-rows-spanned="2"', "x"), cell("", "b", name="covered-table-cell")],
            columns=columns,
        ),
        automatic=automatic,
    )

    assert sheet.texts == {1: {1: "ID", 2: "A", 3: "C"}, 2: {1: "a"}, 3: {1: "x", 2: "b"}}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3})
    assert (sheet.struck, sheet.commented) == ({(2, 1)}, {(1, 2)})
    assert sheet.merged == [Merged(3, 1, 4, 1)]


def test_a_hidden_sheet_in_front_is_passed_over(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="ta1"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    path = workbooks.ods(
        tmp_path / "t.ods",
        workbooks.table(["old"], name="Old", more='table:style-name="ta1"'),
        workbooks.table(["new"]),
        automatic=automatic,
    )

    sheet, (remark,) = read_sheet(path, None, ".")

    assert (sheet.name, sheet.texts) == ("Data", {1: {1: "new"}})
    assert (remark.value, remark.hint) == ("Old", "hidden, so not read")


def test_a_workbook_with_a_password_is_told_as_such(tmp_path: Path) -> None:
    path = workbooks.ods(tmp_path / "t.ods", manifest="<manifest:encryption-data/>")

    with pytest.raises(TableError, match="without a password"):
        read_sheet(path, None, ".")


def test_a_part_that_is_read_more_than_once_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.reading.archives.MOST_BYTES", 3200)

    assert read(tmp_path, workbooks.table(["a"])).texts == {1: {1: "a"}}


def test_a_piece_of_a_text_that_is_struck_through_is_known(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="T1"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    pieces = 'MTX, <text:span text:style-name="T1">AZA</text:span>'

    sheet = read(tmp_path, workbooks.table([cell("", pieces), "HCQ"]), automatic=automatic)

    assert sheet.texts == {1: {1: "MTX, AZA", 2: "HCQ"}}
    assert sheet.divided == {(1, 1): "a part of it is struck through, and 'MTX,' is not"}


def test_a_number_with_the_mark_of_a_footnote_is_known(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/>'
        "</style:style>"
    )
    marked = '12<text:span text:style-name="T1">1</text:span>'

    sheet = read(tmp_path, workbooks.table([cell("", marked), "121"]), automatic=automatic)

    assert sheet.divided.keys() == {(1, 1)}
