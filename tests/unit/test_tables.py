import datetime
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from casebook.findings import DataError
from casebook.tables import FORMULA_ERROR, ingest, read_cells

Write = Callable[[str, str | bytes], Path]
PLAIN = [["ID", "Age"], ["a", "70"], ["b", ""]]
EMPTY = (
    "allowed: a header and at least one row below it; the table is empty; if it stands on another"
    " sheet, name it in source.sheet"
)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def make(name: str, content: str | bytes) -> Path:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        return Path(name)

    return make


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.chdir(tmp_path)

    def make(*sheets: Sequence[Sequence[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = book.create_sheet(f"Sheet {number}")
            for row in rows:
                sheet.append(row)
        book.save("t.xlsx")
        return Path("t.xlsx")

    return make


def texts(table: Path, sheet: str | None = None) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in read_cells(table, sheet):
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def refusal(table: Path, sheet: str | None = None) -> list[str]:
    with pytest.raises(DataError) as error:
        read_cells(table, sheet)
    return [str(each) for each in error.value.findings]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "ID,Age\na,70\nb,\n"),
        ("t.CSV", "ID,Age\na,70\nb,"),
        ("t.csv", "ID;Age\na;70\nb;\n"),
        ("t.csv", "ID\tAge\na\t70\nb\t\n"),
        ("t.tsv", "ID\tAge\na\t70\nb\t\n"),
        ("t.csv", "\ufeffID,Age\r\na,70\r\nb,\r\n"),
        ("t.csv", "ID,Age\ra,70\rb,\r"),
        ("t.csv", "\n\nID,Age\n\na,70\n,\n  , \nb,\n\n"),
        ("t.csv", '"ID","Age"\n"a","70"\n"b",""\n'),
        ("t.csv", "ID,Age,,\na,70,,\nb,\n"),
    ],
)
def test_a_text_table_is_read_in_each_of_its_forms(write: Write, name: str, content: str) -> None:
    assert texts(write(name, content)) == PLAIN


def test_a_semicolon_table_below_a_blank_line_is_read(write: Write) -> None:
    assert texts(write("t.csv", "\nID;Age\na;70\nb;\n")) == PLAIN


def test_commas_within_quoted_headers_do_not_count_as_separators(write: Write) -> None:
    table = write("t.csv", '"CDASI, pre, old";"CDASI, current"\n12;4\n')

    assert texts(table) == [["CDASI, pre, old", "CDASI, current"], ["12", "4"]]


def test_a_table_of_one_column_is_read(write: Write) -> None:
    assert texts(write("t.csv", "ID\na\nb\n")) == [["ID"], ["a"], ["b"]]


def test_a_cell_is_kept_as_found_with_its_row_as_a_spreadsheet_counts_it(write: Write) -> None:
    table = write("t.csv", '"Age,\nnow",Note\n\n 7\xa0 ,"say ""no"""\n')

    cells = [(cell.row, cell.column, cell.text) for cell in read_cells(table)]

    assert cells == [(1, 1, "Age,\nnow"), (1, 2, "Note"), (3, 1, " 7\xa0 "), (3, 2, 'say "no"')]


def test_every_ragged_row_is_an_error_at_its_row(write: Write) -> None:
    table = write("t.csv", "ID,Age,Sex\na,70,F\nb,7,5,M\n\nc\n")

    found = refusal(table)

    assert found == [
        "t.csv, row 3: found '4 cells'; allowed: 3 cells, as in the header; look for a separator"
        " inside a cell, which needs quotes around it, or for a title above the header, which is"
        " taken from row 1",
        "t.csv, row 5: found '1 cell'; allowed: 3 cells, as in the header; look for a separator"
        " that was lost, at the end of the row too",
    ]


def test_a_title_above_the_header_is_thought_of(write: Write) -> None:
    found = refusal(write("t.csv", "\nPatients of 2024\nID,Age\na,70\n"))

    assert len(found) == 2
    assert all(each.endswith("above the header, which is taken from row 2") for each in found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_break_inside_a_cell_is_the_same_on_every_machine(write: Write, end: str) -> None:
    table = write("t.csv", f'ID,Note\na,"one{end}two"\n')

    assert texts(table)[1] == ["a", "one\ntwo"]


def test_the_line_by_which_excel_names_the_separator_is_no_header(write: Write) -> None:
    assert texts(write("t.csv", "sep=;\nID;Age\na;70\nb;\n")) == PLAIN


@pytest.mark.parametrize("content", ["", "\n\n", "ID,Age\n", " , \n,\n", "\ufeff"])
def test_a_table_without_patients_is_refused(write: Write, content: str) -> None:
    assert refusal(write("t.csv", content)) == [f"t.csv: {EMPTY}"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.csv", "ID,Né\na,1\n".encode("latin-1"), "t.csv: found 'byte 4'; allowed: UTF-8 text;"
         " save the table again as 'CSV UTF-8'"),
        ("t.csv", "ID,N\na,1\n".encode("utf-16"), "t.csv: found 'byte 0'; allowed: UTF-8 text;"
         " save the table again as 'CSV UTF-8'"),
        ("t.csv", 'ID,N\na,"1\n', "t.csv: found 'unexpected end of data'; allowed: a well-formed"
         " table; look for a quotation mark without its twin"),
        ("t.txt", "ID,N\na,1\n", "t.txt: found '.txt'; allowed: a file that ends in .tsv, .csv,"
         " .xlsx, .xlsm, .xls, .ods; save it as one"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(
    write: Write, name: str, content: str | bytes, expected: str
) -> None:
    assert refusal(write(name, content)) == [expected]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.xlsx", "ID,N\na,1\n"),
        ("t.xlsx", b"PK\x03\x04"),
        ("t.xlsx", b""),
        ("t.xlsm", "ID,N\na,1\n"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("t.ods", "ID,N\na,1\n"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_the_reason(
    write: Write, name: str, content: str | bytes
) -> None:
    (found,) = refusal(write(name, content))

    assert re.fullmatch(rf"{name}: allowed: a workbook; open it and save it again \(\S.+\)", found)


def test_a_text_table_has_no_sheets(write: Write) -> None:
    assert refusal(write("t.csv", "ID\na\n"), "Sheet 1") == [
        "t.csv: found 'Sheet 1'; allowed: no sheet: this is a text file; take the key source.sheet"
        " out of study.yaml"
    ]


def test_a_workbook_gives_what_it_shows(workbook: Callable[..., Path]) -> None:
    day, moment = datetime.date(2024, 1, 31), datetime.datetime(2024, 1, 31, 9, 5)
    table = workbook(
        [
            [],
            ["ID", "Day", "Score", "Text"],
            [1, day, 0.1 + 0.2, "a\nb"],
            [],
            ["b", moment, 12.0, None],
            ["c", "31.1.24", 1234567.5, " x "],
        ]
    )

    cells = read_cells(table)

    assert [cell.row for cell in cells[::4]] == [2, 3, 5, 6]
    assert texts(table)[1:] == [
        ["1", "2024-01-31", "0.3", "a\nb"],
        ["b", "2024-01-31 09:05:00", "12", ""],
        ["c", "31.1.24", "1234567.5", " x "],
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([True, 1, 1.0], ["TRUE", "1", "1"]),
        ([1, True], ["1", "TRUE"]),
        ([0, False, "0"], ["0", "FALSE", "0"]),
    ],
)
def test_numbers_and_truth_values_in_one_column_of_a_workbook_are_told_apart(
    workbook: Callable[..., Path], values: list[object], expected: list[str]
) -> None:
    table = workbook([["ID", "Any"], *(["a", value] for value in values)])

    assert [row[1] for row in texts(table)[1:]] == expected


def test_the_sheet_of_a_workbook_is_chosen_by_name(workbook: Callable[..., Path]) -> None:
    table = workbook([["A"], ["1"]], [["B"], ["2"]])

    assert texts(table) == [["A"], ["1"]]
    assert texts(table, "Sheet 2") == [["B"], ["2"]]
    assert refusal(table, "Shet 2") == [
        "t.xlsx: found 'Shet 2'; allowed: one of its sheets: Sheet 1, Sheet 2; did you mean"
        " 'Sheet 2'?"
    ]


def test_an_opendocument_workbook_is_read(write: Write) -> None:
    spaces = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "manifest")
    }
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in spaces.items())
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="{0}"/>'
    rows = (text.format("ID") + text.format("Age"), text.format("a") + number.format("70.5"))
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("META-INF/manifest.xml", f"<manifest:manifest {names}/>")
        parts.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )

    assert texts(write("t.ods", archive.getvalue())) == [["ID", "Age"], ["a", "70.5"]]


def test_an_empty_workbook_is_refused(workbook: Callable[..., Path]) -> None:
    assert refusal(workbook([])) == [f"t.xlsx: {EMPTY}"]


def test_an_error_in_a_cell_of_a_workbook_is_not_taken_for_an_empty_cell(
    workbook: Callable[..., Path],
) -> None:
    table = workbook([["ID", "Score"], ["a", "#DIV/0!"]])
    book = openpyxl.load_workbook(table)
    book.active["B2"].data_type = "e"
    book.save(table)

    assert texts(table)[1] == ["a", FORMULA_ERROR]


def test_ingest_writes_the_cells_of_the_table_that_the_study_names(
    make_study: Callable[..., Path],
) -> None:
    study = make_study(table="ID;Age\na;70\n")

    ingest(study, study.with_name("table.csv"), Path("out/cells.csv"), Path("out/r.csv"))

    assert Path("out/cells.csv").read_text() == "row,column,text\n1,1,ID\n1,2,Age\n2,1,a\n2,2,70\n"
