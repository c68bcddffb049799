import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook.base.characters import unprintable
from casebook.data.cells import normalised
from casebook.reading.user_tables import read_tabbed

COLUMNS = ("name", "value", "note")
HEADER = "name\tvalue\tnote\n"
ALLOWED = "allowed: name, value, note, with tabs between"

Lines = dict[int, dict[str, str]]


def _is_plain(character: str) -> bool:
    return character != "\t" and not unprintable(character)


def read(folder: Path, content: str | bytes) -> tuple[Lines, list[str]]:
    """The lines of a file with this content, and the findings as a user reads them."""
    path = folder / "table.tsv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    lines, findings = read_tabbed(path, COLUMNS)
    return lines, [str(each).removeprefix(str(path)).lstrip(", ") for each in findings]


def line(name: str, value: str = "", note: str = "") -> dict[str, str]:
    return {"name": name, "value": value, "note": note}


def test_lines_are_read_with_the_number_at_which_they_stand(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, f"{HEADER}a\t1\tfirst\n\n\t\t\nb\t\t\n")

    assert lines == {2: line("a", "1", "first"), 5: line("b")}
    assert findings == []


@pytest.mark.parametrize("content", ["", "\n\n", HEADER, f"\n{HEADER}\n\t\t\n", "\ufeff"])
def test_a_file_without_lines_gives_none(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == ({}, [])


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}a\t1\tx\n",
        f"{HEADER}a\t1\tx\n".replace("\n", "\r\n"),
        f"{HEADER}a\t1\tx\n".replace("\n", "\r"),
        f"{HEADER}a\t1\tx",
        f'{HEADER}"a"\t"1"\t"x"\n',
        '"name"\t"value"\t"note"\r\n"a"\t1\t"x"\r\n',
        " name \tvalue\tnote \na\t 1\xa0\tx  \n",
    ],
    ids=["byte order mark", "CRLF", "CR", "no last line end", "quotes", "Windows quotes", "spaces"],
)
def test_a_file_is_the_same_however_it_was_saved(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == ({2: line("a", "1", "x")}, [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"mean ""so""; 3"', 'mean "so"; 3'),
        ('the "so-called" mean', 'the "so-called" mean'),
        ('"one\r\ntwo"', "one two"),
        ("3–4 ≥ é", "3–4 ≥ é"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("# no comment", "# no comment"),
    ],
)
def test_a_cell_is_read_as_spreadsheets_write_it(tmp_path: Path, cell: str, text: str) -> None:
    lines, findings = read(tmp_path, f"{HEADER}a\t1\t{cell}\n")

    assert (lines, findings) == ({2: line("a", "1", text)}, [])


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("name\tvalues\tnote", "; did you mean 'value'?"),
        ("Name\tvalue\tnote", "; did you mean 'name'?"),
        ("a\t1\tx", ""),
    ],
)
def test_a_wrong_header_is_told_with_the_right_one(tmp_path: Path, header: str, hint: str) -> None:
    lines, findings = read(tmp_path, f"{header}\nb\t2\ty\n")

    shown = header.replace("\t", ", ")
    assert findings == [f"row 1: found {shown!r}; {ALLOWED}{hint}"]
    assert lines == {2: line("b", "2", "y")}


def test_columns_in_another_order_are_read_by_their_names(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, "value\tname\tnote\n2\tb\ty\n")

    assert (lines, findings) == ({2: line("b", "2", "y")}, [])


def test_lines_as_long_as_a_header_that_lacks_a_column_are_not_told(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, "name\tvalue\na\t1\nb\t2\nc\n")

    assert findings == [f"row 1: found 'name, value'; {ALLOWED}", f"row 4: found 'c'; {ALLOWED}"]
    assert lines == {}


@pytest.mark.parametrize("cells", ["b", "b\t2", "b\t2\ty\t", "b\t2\ty\tz", "b,2,y", "b  2  y"])
def test_a_line_with_another_number_of_cells_is_told_and_left_out(
    tmp_path: Path, cells: str
) -> None:
    lines, findings = read(tmp_path, f"{HEADER}a\t1\tx\n{cells}\nc\t3\tz\n")

    shown = ", ".join(normalised(cell) for cell in cells.split("\t"))
    assert findings == [f"row 3: found {shown!r}; {ALLOWED}"]
    assert list(lines) == [2, 4]


@pytest.mark.parametrize(
    ("sign", "words"),
    [(",", "commas"), (", ", "commas"), (";", "semicolons"), ("  ", "spaces")],
)
def test_another_separator_than_tabs_is_told_once(tmp_path: Path, sign: str, words: str) -> None:
    lines, findings = read(tmp_path, f"{HEADER}a\t1\tx\nb\t2\ty\n".replace("\t", sign))

    hint = f"{words} stand where tabs belong; save it as text with tabs between the columns"
    shown = normalised(HEADER.replace("\t", sign))
    assert (lines, findings) == ({}, [f"row 1: found {shown!r}; {ALLOWED}; {hint}"])


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    lines, findings = read(tmp_path, "name\tnote\na\t1\tx\nb\n\nc\t3\tx\ty\n")

    assert [finding.split(":")[0] for finding in findings] == ["row 1", "row 3", "row 5"]
    assert list(lines) == [2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            f"{HEADER}a\t1\tcafé\n".encode("latin-1"),
            "row 2, column 'note': found 'café'; allowed: UTF-8 text; it reads as 'café'"
            " (cp1252); in Excel, save it as 'Unicode Text'",
        ),
        (
            f"{HEADER}a\t1\tx\n".encode("utf-16-le"),
            "it looks like UTF-16 without its byte order mark",
        ),
        (b"PK\x03\x04\xff\xfe", "row 1: found 'PK"),
        (
            f'{HEADER}a\t1\t"x\n'.encode(),
            "row 2, column 'note': found '\"x'; allowed: cells with quotation marks around the"
            " whole cell, or without any; it begins with a quotation mark that is never closed",
        ),
        (
            f'{HEADER}\na\t1\t"x" y\n'.encode(),
            "row 3, column 'note': found '\"x\" y'; allowed: cells with quotation marks around the"
            " whole cell, or without any; a quotation mark within a cell is written twice",
        ),
        (
            f"{HEADER}a\t1\t{'x' * 40_000}\n".encode(),
            f"row 2, column 'C': found '{'x' * 60}…'; allowed: up to 32,767 characters in a cell",
        ),
        (
            f"{HEADER}a\t1\t{'x' * 200_000}\n".encode(),
            "row 2, column 'note': found 'xxx",
        ),
    ],
    ids=["Latin-1", "UTF-16", "workbook", "open quote", "text after a quote", "long", "endless"],
)
def test_a_file_that_cannot_be_read_is_told_once_as_a_table_is(
    tmp_path: Path, content: bytes, told: str
) -> None:
    lines, (finding,) = read(tmp_path, content)

    assert told in finding
    assert lines == {}


def test_a_file_that_excel_saved_as_unicode_text_is_read(tmp_path: Path) -> None:
    content = f"{HEADER}a\t1\té\n".encode("utf-16")

    assert read(tmp_path, content) == ({2: line("a", "1", "é")}, [])


@pytest.mark.parametrize(
    ("cell", "shown", "character"),
    [
        ("nu\0l", r"'nu\x00l'", "U+0000, a control character"),
        ("\x1b[2J", r"'\x1b[2J'", "U+001B, a control character"),
        ("1\u202e2", r"'1\u202e2'", "U+202E, which changes the direction of writing"),
    ],
)
def test_a_text_that_cannot_be_printed_is_told_at_its_line(
    tmp_path: Path, cell: str, shown: str, character: str
) -> None:
    lines, findings = read(tmp_path, f"{HEADER}a\t1\tx\nb\t{cell}\ty\n")

    assert findings == [
        f"row 3: found {shown}; allowed: text that can be printed; remove {character}"
    ]
    assert lines == {2: line("a", "1", "x")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[st.text(st.characters().filter(_is_plain))] * 3), max_size=4))
def test_what_a_spreadsheet_writes_is_what_is_read(
    tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter="\t", quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])

    lines, findings = read(tmp_path, file.getvalue())

    cells = [[normalised(cell) for cell in row] for row in rows]
    assert [list(each.values()) for each in lines.values()] == [row for row in cells if any(row)]
    assert findings == []


def test_a_quotation_mark_that_is_never_closed_swallows_no_line(tmp_path: Path) -> None:
    file = tmp_path / "claims.tsv"
    file.write_text('name\tvalue\na\t"one\nb\ttwo"\n', encoding="utf-8")

    lines, findings = read_tabbed(file, ["name", "value"])

    assert lines == {}
    assert "a quotation mark at the beginning of a cell is never closed" in findings[0].hint


def test_a_file_of_more_lines_than_anybody_writes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "claims.tsv").write_text("name\n" + "a\n" * 20_000, encoding="utf-8")

    lines, findings = read_tabbed(tmp_path / "claims.tsv", ["name"])

    assert lines == {}
    assert findings[0].allowed == "a file of up to 20,000 lines"


def test_a_folder_in_the_place_of_a_file_is_a_finding(tmp_path: Path) -> None:
    lines, findings = read_tabbed(tmp_path, ["name"])

    assert lines == {}
    assert findings[0].allowed == "a readable file"
