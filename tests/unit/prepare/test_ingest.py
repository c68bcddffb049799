import datetime
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

import workbooks
from casebook.data.findings import DataError
from casebook.prepare.ingest import ingest
from casebook.prepare.raw import read_table

Write = Callable[[str, str | bytes], Path]
PLAIN = [["ID", "Age"], ["a", "70"], ["b", ""]]
EMPTY = (
    "allowed: a header and at least one row below it; the table is empty; if it is on another"
    " sheet, name that sheet in source.sheet"
)


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    """An archive of empty parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return file.getvalue()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    def make(name: str, content: str | bytes) -> Path:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        return Path(name)

    return make


def test_numbers_with_and_without_a_percent_sign_in_a_column_are_told(write: Write) -> None:
    table = write("t.csv", "ID,Share,Dose\na,22%,1\nb,31 %,2\nc,0.4,3\nd,unknown,4%\n")

    remarks = read_table(table).remarks

    assert [(r.severity, r.row, r.column, r.value, r.hint.partition(",")[0]) for r in remarks] == [
        ("warning", 4, 2, "0.4", "it has no percent sign"),
        ("warning", 5, 3, "4%", "it has a percent sign"),
    ]


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
    columns = read_table(table, sheet).grid.columns.values()
    return [list(row) for row in zip(*columns, strict=True)]


def refusal(table: Path, sheet: str | None = None) -> list[str]:
    with pytest.raises(DataError) as error:
        read_table(table, sheet)
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

    grid = read_table(table).grid

    assert grid.numbers == [1, 3]
    assert grid.columns == {1: ["Age,\nnow", " 7\xa0 "], 2: ["Note", 'say "no"']}


def test_every_ragged_row_is_an_error_at_its_row(write: Write) -> None:
    table = write("t.csv", "ID,Age,Sex\na,70,F\nb,7,5,M\n\nc\n")

    found = refusal(table)

    assert found == [
        "t.csv, row 3: found '4 cells'; allowed: 3 cells, as in the header; look for a separator"
        " inside a cell, which needs quotes around it; or, if the text in column D stands beside"
        " the table, give its column a header; a column that study.yaml does not name is not read",
        "t.csv, row 5: found '1 cell'; allowed: 3 cells, as in the header; look for a missing"
        " separator, also at the end of the row",
    ]


def test_a_text_beside_a_table_that_a_spreadsheet_has_written_is_told_as_one(write: Write) -> None:
    table = write("t.csv", "ID,Age,,\na,70,,\nb,75,,seen twice\n")

    assert refusal(table) == [
        "t.csv, row 3, column 'D': found 'seen twice'; allowed: no text to the right of the header,"
        " which is row 1, columns A to B; give its column a header; a column that study.yaml does"
        " not name is not read"
    ]


@pytest.mark.parametrize("below", [1, 3, 40])
def test_a_title_above_the_header_is_one_error_with_what_to_write(write: Write, below: int) -> None:
    table = write("t.csv", "\nPatients of 2024\nID,Age\n" + "a,70\n" * below)

    assert refusal(table) == [
        "t.csv, row 2: found '1 cell'; allowed: a header as wide as the table:"
        f" {below + 1} of {below + 1} rows below it are wider; if 'Patients of 2024' is a title,"
        " source.leave_out of study.yaml can say { 2: a title }"
    ]


@pytest.mark.parametrize(
    ("groups", "names", "group"),
    [
        ("ID,Baseline,Baseline,Week 24,Week 24", "ID,CDASI,CK,CDASI,CK", "Baseline"),
        ("ID,Baseline,Baseline,Week 24,Week 24", ",CDASI,CK,CDASI,CK", "Baseline"),
        ("Patient,Patient,VAS,Week 24,Week 24", "ID,Age,VAS,CDASI,CK", "Patient"),
        ("ID,CDASI,,Age,CK", ",before,after,,", "CDASI"),
        (",,CDASI,CDASI,CK", "ID,Age,0,4,CK", "CDASI"),
    ],
)
def test_a_header_of_groups_as_wide_as_the_table_is_told_as_one_of_two_rows(
    write: Write, groups: str, names: str, group: str
) -> None:
    table = write("t.csv", f"{groups}\n{names}\na,7,200,2,NA\nb,8,300,3,150\nc,9,250,4,151\n")

    assert refusal(table) == [
        f"t.csv, row 1: found {group!r}; allowed: a header with a name for each column; this looks"
        " like a header of two rows: write header: [1, 2] under source in study.yaml; names of"
        " groups are put before those of their columns"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "ID,CK,CK\na,NA,NA\nb,1,2\nc,3,4\n",
        "ID,CK,CK\na,NA,ND\nb,1,2\nc,3,ND\nd,NA,2\n",
        "ID,CK,CK\na,<5,>9\nb,1,2\nc,3,4\n",
        "ID,Note,Note\na,well,tired\nb,ill,fit\n",
        "ID,Note,,CK\na,well,tired,7\nb,1,2,3\n",
        "ID,CK,CK\na,x,y\n",
        "ID,Age,CK,CK\na,NA,0,4\nb,70,1,2\n",
        "ID,Age\na,NA\nb,70\n",
    ],
)
def test_a_header_that_has_a_text_twice_is_not_for_that_one_of_two_rows(
    write: Write, rows: str
) -> None:
    read_table(write("t.csv", rows))


def test_a_second_row_of_a_header_that_is_left_out_is_not_told(write: Write) -> None:
    table = write("t.csv", "ID,CK,CK\n,before,after\na,1,2\nb,3,4\n")

    read_table(table, left_out=[2])
    read_table(table, left_out=[2, 3, 4])


def test_a_header_of_two_rows_is_told_as_one(write: Write) -> None:
    table = write("t.csv", "ID,VAS\n,VAS 0,VAS 12\na,7,2\nb,8,3\n")

    assert refusal(table) == [
        "t.csv, row 1: found '2 cells'; allowed: a header as wide as the table: 3 of 3 rows below"
        " it are wider; this looks like a header of two rows: write header: [1, 2] under source"
        " in study.yaml; names of groups are put before those of their columns"
    ]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_the_header_is_the_first_row_that_is_not_left_out(
    write: Write, workbook: Callable[..., Path], name: str
) -> None:
    rows = [["Patients, of 2024"], [], ["ID", "Age"], ["a", "70"]]
    table = (
        workbook(rows) if name == "t.xlsx" else write(name, '"Patients, of 2024"\n\nID,Age\na,70\n')
    )

    grid = read_table(table, left_out={1}).grid

    assert grid.numbers == [3, 4]
    assert grid.columns == {1: ["ID", "a"], 2: ["Age", "70"]}


def test_many_ragged_rows_are_told_by_the_first_ones_and_their_number(write: Write) -> None:
    found = refusal(write("t.csv", "ID,Age\n" + "a,1\n" * 31 + "a,1,2\n" * 30))

    assert len(found) == 21
    assert found[0].startswith("t.csv, row 33: found '3 cells'; allowed: 2 cells, as in the header")
    assert found[-1].endswith("and 10 more rows")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_break_inside_a_cell_is_the_same_on_every_machine(write: Write, end: str) -> None:
    table = write("t.csv", f'ID,Note\na,"one{end}two"\n')

    assert texts(table)[1] == ["a", "one\ntwo"]


def test_the_line_by_which_excel_names_the_separator_is_no_header(write: Write) -> None:
    assert texts(write("t.csv", "sep=;\nID;Age\na;70\nb;\n")) == PLAIN


@pytest.mark.parametrize("content", ["ID,Age\n", " , \n,\n"])
def test_a_table_without_patients_is_refused(write: Write, content: str) -> None:
    assert refusal(write("t.csv", content)) == [f"t.csv: {EMPTY}"]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.ods"])
@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_told_as_such(write: Write, name: str, content: str) -> None:
    assert refusal(write(name, content)) == [
        f"{name}: allowed: a header and at least one row below it; the file is empty"
    ]


@pytest.mark.parametrize(
    ("name", "content", "found", "told"),
    [
        ("t.txt", "ID,N\na,1\n", ".txt", "ends in .tsv, .csv, .xlsx, .xlsm, .xls, .ods"),
        ("t.xlsx", "ID,N\na,1\n", "a text file", "its ending says: .xlsx; give it the ending .tsv"),
        ("t.xlsm", "<html><table>", "a web page", "says: .xlsm; give it the ending .html"),
        ("t.xlsx", " <!DOCTYPE HTML>", "a web page", "its ending says: .xlsx; give it"),
        ("t.xls", "<html><table>", "a web page", "says: .xls; give it the ending .html"),
        ("t.xls", "ID\tN\na\t1\n", "a text file", "its ending says: .xls; give it the ending .tsv"),
        ("t.xls", zipped("xl/workbook.xml"), "an .xlsx workbook", "give it the ending .xlsx or"),
        ("t.xls", CFB, "an old Office file that is not a workbook", "save it as .xlsx"),
        ("t.xlsx", CFB + "Workbook\0".encode("utf-16-le"), "an .xls workbook", "the ending .xls"),
        ("t.xlsx", CFB + "EncryptedPackage".encode("utf-16-le"), "a password", "without the"),
        ("t.csv", b"PK\x03\x04", "an archive that is damaged or cut off", "its ending says: .csv"),
        ("t.csv", zipped("xl/workbook.xml"), "an .xlsx workbook", "give it the ending .xlsx or"),
        ("t.xlsx", zipped("xl/workbook.bin"), "an .xlsb workbook", "save it as .xlsx"),
        ("t.xlsx", zipped("content.xml"), "an OpenDocument file", "give it the ending .ods"),
        ("t.ods", zipped("word/document.xml"), "a Word document", "give it the ending .docx"),
        ("t.xlsx", zipped("a.txt", "b.txt"), "a zip archive of a.txt, b.txt", "save it as .xlsx"),
        ("t.csv", b"%PDF-1.7", "a PDF", "save it as .xlsx"),
    ],
)  # fmt: skip
def test_a_file_is_told_as_what_it_is(
    write: Write, name: str, content: str | bytes, found: str, told: str
) -> None:
    (message,) = refusal(write(name, content))

    assert found in message
    assert told in message


@pytest.mark.parametrize("name", ["t.xlsx", "t.ods"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "content.xml"])
def test_a_damaged_workbook_is_refused_with_the_reason(write: Write, name: str, part: str) -> None:
    (found,) = refusal(write(name, zipped(part)))

    assert re.match(
        rf"{name}: (allowed: an? .+ that can be read; its part \S+ is (missing|cut off or damaged):"
        " open it in a spreadsheet program, and save it anew; |found)",
        found,
    )


def test_a_text_table_has_no_sheets(write: Write) -> None:
    assert refusal(write("t.csv", "ID\na\n"), "Sheet 1") == [
        "t.csv: found 'Sheet 1'; allowed: no sheet: this is a text file; remove the key"
        " source.sheet from study.yaml"
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

    assert read_table(table).grid.numbers == [2, 3, 5, 6]
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
        "t.xlsx: found 'Shet 2'; allowed: a sheet: Sheet 1, Sheet 2; did you mean 'Sheet 2'?;"
        " name one of them in source.sheet of study.yaml"
    ]


def test_an_opendocument_workbook_is_read(tmp_path: Path) -> None:
    seventy = '<table:table-cell office:value-type="float" office:value="70.5"/>'
    table = workbooks.ods(tmp_path / "t.ods", workbooks.table(["ID", "Age"], ["a", seventy]))

    assert texts(table) == [["ID", "Age"], ["a", "70.5"]]


def test_an_empty_workbook_is_refused(workbook: Callable[..., Path]) -> None:
    assert refusal(workbook([])) == [f"t.xlsx, sheet 'Sheet 1': {EMPTY}"]


def test_an_error_in_a_cell_of_a_workbook_is_not_taken_for_an_empty_cell(
    workbook: Callable[..., Path],
) -> None:
    table = workbook([["ID", "Score"], ["a", "#DIV/0!"]])
    book = openpyxl.load_workbook(table)
    book.active["B2"].data_type = "e"
    book.save(table)

    read = read_table(table)

    assert read.grid.columns[2] == ["Score", "#DIV/0!"]
    assert [(each.severity, each.row, each.column) for each in read.remarks] == [("error", 2, 2)]


def test_texts_beside_the_table_are_told_by_their_cells(workbook: Callable[..., Path]) -> None:
    table = workbook([["ID", "Age"], ["a", 70], ["b", 71, None, "a note"], ["c", 72, None, " "]])

    assert refusal(table) == [
        "t.xlsx, sheet 'Sheet 1', row 3, column 'D': found 'a note'; allowed: no text to the right"
        " of the header, which is row 1, columns A to B; give its column a header; a column"
        " that study.yaml does not name is not read"
    ]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_text_that_no_cell_can_hold_is_told_with_its_place(
    write: Write, tmp_path: Path, name: str
) -> None:
    long = "lol" * 20_000
    if name == "t.csv":
        table, column, place = write(name, f"ID,Age\na,{long}\n"), "B", ""
    else:
        rows = workbooks.rows(["ID", "Age"], ["a", long])
        write(name, "")
        table, column, place = workbooks.xlsx(Path(name), rows), "B", ", sheet 'Data'"

    (found,) = refusal(table)

    assert found.startswith(f"{name}{place}, row 2, column '{column}': found 'lollol")
    assert len(found) < 300
    assert "allowed: up to 32,767 characters in a cell; it has 60,000" in found


def test_a_table_has_no_more_cells_than_can_be_read(workbook: Callable[..., Path]) -> None:
    header = [f"c{number}" for number in range(16_384)]
    table = workbook([header, *([["a"]] * 1300)])

    (found,) = refusal(table)

    assert (
        "found '1,301 rows and 16,384 columns'; allowed: a table of up to 20,000,000 cells" in found
    )


def test_ingest_writes_the_cells_of_the_table_that_the_study_names(
    make_study: Callable[..., Path],
) -> None:
    study = make_study(table="ID;Age\na;70\n")

    ingest(study, study.with_name("table.csv"), Path("out/cells.csv"), Path("out/r.csv"))

    assert Path("out/cells.csv").read_text() == "row,column,text\n1,1,ID\n1,2,Age\n2,1,a\n2,2,70\n"


def test_half_a_character_in_a_workbook_is_told_at_its_cell(write: Write) -> None:
    rows = workbooks.rows(["ID"], ["a"], ["x_xD800_y"])

    (found,) = refusal(workbooks.xlsx(write("t.xlsx", ""), rows))

    assert found == (
        r"t.xlsx, sheet 'Data', row 3, column 'A': found 'x\ud800y'; allowed: text that can be"
        " printed; remove U+D800, half a character"
    )


@pytest.mark.parametrize(
    ("name", "sign", "allowed", "tabs"),
    [
        ("t.csv", "|", "commas, semicolons or tabs", ""),
        ("t.tsv", "|", "tabs", " with tabs"),
        ("t.tsv", ";", "tabs", " with tabs"),
    ],
)
def test_another_sign_between_the_columns_is_told(
    write: Write, name: str, sign: str, allowed: str, tabs: str
) -> None:
    table = write(name, "ID|Before|After\nS1|12|3\n".replace("|", sign))

    (found,) = refusal(table)

    assert found == (
        f"{name}, row 1: found 'ID{sign}Before{sign}After'; allowed: {allowed} between the columns;"
        f" '{sign}' was found: save the table as CSV in UTF-8{tabs}"
    )


def test_a_sign_in_a_header_alone_stands_between_no_columns(write: Write) -> None:
    table = write("t.csv", "Dose|day\n12\n")

    assert texts(table) == [["Dose|day"], ["12"]]
