from pathlib import Path

import pytest

from casebook.data.cells import TableError
from casebook.reading.textrows import Encoding, read_rows

KEY = "source.encoding"
TABLE = "Pat. Nr. ä,Before\nP1,20\n"
SAVE = "in Excel, save it as 'CSV UTF-8'; in LibreOffice, as CSV with the character set UTF-8"
SAVE_TABS = (
    "in Excel, save it as 'Unicode Text' and end its name in .tsv again; in LibreOffice, save it as"
    " CSV with the character set UTF-8 and tabs between"
)


UTF_8 = Encoding()


def refused(path: Path, content: str | bytes, encoding: Encoding = UTF_8) -> TableError:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(TableError) as error:
        list(read_rows(path, encoding))
    return error.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_table_in_an_encoding_that_it_names_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_bytes(TABLE.encode(encoding))

    assert list(read_rows(tmp_path / "t.csv")) == [["Pat. Nr. ä", "Before"], ["P1", "20"]]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_that_is_cut_off_is_told(tmp_path: Path, mark: bytes) -> None:
    error = refused(tmp_path / "t.csv", mark + b"a\0b")

    assert error.allowed == "UTF-16 text, as the first bytes of the file announce"


@pytest.mark.parametrize("content", [TABLE.encode("utf-16-le"), b"ID,N\n" + b"\0" * 9])
def test_a_text_with_zero_bytes_is_told(tmp_path: Path, content: bytes) -> None:
    error = refused(tmp_path / "t.csv", content)

    assert error.value == "U+0000"
    assert error.hint == (
        f"it looks like UTF-16 without its byte order mark, or like a file that is not text; {SAVE}"
    )


@pytest.mark.parametrize(
    ("name", "content", "row", "column", "cell"),
    [
        ("t.csv", "ID,Né\na,1\n", 1, "", "Né"),
        ("t.csv", 'ID;Name;N\n"a\nb";x;1\nb;Müller, K.;2\n', 3, "Name", "Müller, K."),
        ("t.tsv", "ID\tName\na\tx,\r\nb\tétat\t", 3, "Name", "état"),
        ("t.csv", 'ID,Name\na,"one, naïve"\n', 2, "Name", "one, naïve"),
    ],
)
def test_windows_1252_is_told_with_the_cell_and_how_to_save_it(
    tmp_path: Path, name: str, content: str, row: int, column: str, cell: str
) -> None:
    error = refused(tmp_path / name, content.encode("cp1252"))

    assert (error.row, error.column, error.value, error.allowed) == (
        row,
        column,
        cell,
        "UTF-8 text",
    )
    assert f"{cell!r} (cp1252)" in error.hint
    assert error.hint.endswith(SAVE_TABS if name == "t.tsv" else SAVE)


@pytest.mark.parametrize(
    ("encoding", "text", "ways"),
    [
        ("cp1252", "Größe", "'Größe' (cp1252): name what is right in study.yaml, as in"),
        ("mac-roman", "Größe", "'Größe' (mac-roman): name what is right in study.yaml, as in"),
        ("cp437", "Müller", "'Müller' (cp437): name what is right in study.yaml, as in"),
        ("cp1252", "5 µg", "'5 µg' (cp1252)"),
        ("cp1252", "É", "'É' (cp1252) or '…' (mac-roman)"),
    ],
)
def test_bytes_that_are_not_utf_8_are_shown_as_the_words_they_may_be(
    tmp_path: Path, encoding: str, text: str, ways: str
) -> None:
    file = tmp_path / "t.csv"

    error = refused(file, f"ID,N\na,1\nb,{text}\n".encode(encoding), Encoding(key=KEY))

    assert error.value == text
    assert error.hint.startswith(f"it reads as {ways}")


def test_the_encoding_that_a_hint_names_reads_the_table(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    error = refused(file, "ID,N\na,Müller\n".encode("mac-roman"), Encoding(key=KEY))

    name = error.hint.partition(f"as in {KEY}: ")[2].partition(";")[0]

    assert list(read_rows(file, Encoding(name, KEY))) == [["ID", "N"], ["a", "Müller"]]


def test_utf_16_without_its_mark_is_read_once_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    error = refused(file, TABLE.encode("utf-16-be"), Encoding(key=KEY))

    assert error.hint.endswith(f"name the encoding in study.yaml, as in {KEY}: utf-16-be")
    assert list(read_rows(file, Encoding("utf-16-be", KEY)))[1] == ["P1", "20"]


def test_a_mark_has_precedence_over_what_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(TABLE.encode("utf-8-sig"))

    assert next(read_rows(tmp_path / "t.csv", Encoding("cp1252", KEY)))[0] == "Pat. Nr. ä"


def test_bytes_that_are_not_in_the_encoding_that_is_named_are_told(tmp_path: Path) -> None:
    error = refused(tmp_path / "t.csv", b"ID,N\na,x\x81\n", Encoding("cp1252", KEY))

    assert (error.allowed, error.row) == ("text in cp1252, as source.encoding says", 2)


def test_a_file_that_is_utf_8_by_now_is_not_read_as_it_was_saved_before(tmp_path: Path) -> None:
    error = refused(tmp_path / "t.csv", "ID,Größe\na,1\n".encode(), Encoding("cp1252", KEY))

    assert error.allowed == "text in cp1252, as source.encoding says"
    assert error.hint == (
        "the file is in UTF-8, where it reads 'Größe': take source.encoding out of study.yaml"
    )


def test_an_encoding_that_is_not_known_is_told_as_such(tmp_path: Path) -> None:
    error = refused(tmp_path / "t.csv", b"ID,N\na,1\nb,ax\xb9A\xfe\x81\n")

    assert (error.row, error.column) == (3, "N")
    assert error.hint == f"its encoding is not known; {SAVE}"


@pytest.mark.parametrize(
    ("content", "row", "cell", "hint"),
    [
        (
            'ID\tNote\nP1\t"Refractory" rash\n',
            2,
            '"Refractory" rash',
            'a quotation mark within a cell is written twice, here as """Refractory"" rash"',
        ),
        (
            'ID\tNote\nP1\t"two\nlines"\nP2\t"a "b" c"\n',
            3,
            '"a "b" c"',
            'a quotation mark within a cell is written twice, here as """a ""b"" c"""',
        ),
        (
            'ID\tNote\nP1\tx\nP2\t"tall\nP3\tx\n',
            3,
            '"tall',
            "it begins with a quotation mark that is never closed, or closed in another row",
        ),
        (
            'ID\tNote\nP1\t"x"\nP2\t "two\nlines"\n',
            3,
            ' "two',
            "remove the space before its first quotation mark",
        ),
        (
            'ID\tNote\n "P1"\t "x"\n "P2"\t "y" \n',
            3,
            ' "y" ',
            "remove the spaces around its quotation marks",
        ),
        (
            'ID\tNote\nP1\t"' + "long " * 40_000 + '"\n',
            2,
            '"' + "long " * 199 + "long",
            "look for a quotation mark that is never closed",
        ),
    ],
)
def test_quotation_marks_that_do_not_match_are_told_with_their_cell(
    tmp_path: Path, content: str, row: int, cell: str, hint: str
) -> None:
    error = refused(tmp_path / "t.tsv", content)

    assert (error.row, error.column, error.value) == (row, "Note", cell)
    assert error.hint == hint


def test_spaces_before_all_quotation_marks_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('"ID", "Drugs, all",Note\nP1,  "a, b", 5" tall\nP2, c, "d"\n')

    rows = list(read_rows(tmp_path / "t.csv"))

    assert rows == [["ID", "Drugs, all", "Note"], ["P1", "a, b", '5" tall'], ["P2", "c", "d"]]


def test_all_rows_with_such_marks_are_told_but_for_those_below_one_that_is_never_closed(
    tmp_path: Path,
) -> None:
    rows = ['P1\t"a" b', "P2\tx", 'P3\t"c" d', 'P4\t"open', 'P5\t"e" f']

    error = refused(tmp_path / "t.tsv", "\n".join(["ID\tNote", *rows]))

    found = [(one.row, one.column, one.value) for one in (error, *error.more)]
    assert found == [(2, "Note", '"a" b'), (4, "Note", '"c" d'), (5, "Note", '"open')]


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path / "t.csv", "a," * 20_000)

    assert (error.row, error.value, error.allowed) == (1, "20,001 cells", "up to 16,384 cells")


def test_a_file_that_is_larger_than_any_table_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.reading.textrows.MOST_BYTES", 10**6)

    error = refused(tmp_path / "t.csv", "a" * 3_000_000)

    assert (error.value, error.allowed) == ("3 MB", "a text file of up to 1 MB")


def test_lines_without_end_are_refused_before_they_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.reading.textrows.MOST_ROWS", 3)
    (tmp_path / "t.csv").write_text("a,b\n1,2\n" + "\n" * 9)

    with pytest.raises(TableError, match="up to 20,000,000 cells and 3 rows"):
        list(read_rows(tmp_path / "t.csv"))
