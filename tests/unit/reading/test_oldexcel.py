import re
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.cells import TableError
from casebook.data.findings import DataError
from casebook.prepare.raw import read_table
from casebook.reading.openworkbooks import read_sheet
from casebook.reading.sheets import Merged, Sheet

CASES = Path(__file__).parents[2] / "cases/old-excel"
NO_VALUE = b"\x03\0\0\0\0\0\xff\xff\0\0"
"""What stands in a record for the value of a formula, and its options."""
UNCOMPUTED = b"\x5e\0\x02\0"
PRINTER = re.search(rb"\xa1\0\x22\0.{34}", (CASES / "formula.xls").read_bytes(), re.DOTALL)[0]
"""The record of how a sheet is printed, which is as long as others."""

Edited = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Copies a workbook, with bytes of its records replaced."""

    def edit(name: str, *edits: tuple[bytes, bytes]) -> Path:
        path = Path(shutil.copy(CASES / name, tmp_path))
        content = path.read_bytes()
        for old, new in edits:
            assert len(old) == len(new)
            assert content.count(old) == 1
            content = content.replace(old, new)
        path.write_bytes(content)
        return path

    return edit


@pytest.fixture(scope="module")
def kinds() -> Sheet:
    return read_sheet(CASES / "kinds.xls", None, ".")[0]


def test_values_of_each_kind_become_texts(kinds: Sheet) -> None:
    assert list(kinds.texts[2].values()) == ["TRUE", "1", "0.3", "text", "#DIV/0!", "FALSE"]


def test_a_decimal_comma_is_written_where_it_is_asked_for() -> None:
    sheet, _ = read_sheet(CASES / "kinds.xls", None, ",")

    assert sheet.texts[2][3] == "0,3"


def test_number_formats_that_say_what_a_number_is_are_heeded(kinds: Sheet) -> None:
    assert list(kinds.texts[3].values())[:3] == ["80%", "001", "5"]
    assert kinds.shown == {(3, 3): ""}


def test_dates_times_and_durations_are_told_apart(kinds: Sheet) -> None:
    assert list(kinds.texts[4].values()) == [
        "2024-02-29", "2024-02-29 12:00:00", "1 day, 12:00:00", "12:00:00", "########",
    ]  # fmt: skip


def test_days_are_counted_from_the_year_that_the_workbook_says() -> None:
    sheet, _ = read_sheet(CASES / "from-1904.xls", None, ".")

    assert sheet.texts == {1: {1: "2028-03-01"}}


def test_what_is_hidden_merged_or_struck_is_kept(kinds: Sheet) -> None:
    assert kinds.hidden_rows == {6}
    assert kinds.hidden_columns == {4}
    assert kinds.merged == [Merged(5, 1, 7, 2)]
    assert kinds.struck == {(3, 4)}
    assert kinds.divided == {(3, 5): "a part of it is struck through, and 'MTX,' is not"}
    assert kinds.texts[3][5] == "MTX, AZA"
    assert (kinds.texts[5], kinds.texts[7]) == ({1: "merged"}, {3: "z"})


def test_a_comment_is_known(edited: Edited) -> None:
    # A box, its text, and the cell of row 2 and column 3 that it belongs to.
    box = struct.pack("<2H5H16x", 0x5D, 26, 0x15, 18, 0x19, 1, 0)
    text = struct.pack("<2H10xH4x2HBs", 0x1B6, 16, 1, 0x3C, 2, 0, b"x")
    note = struct.pack("<2H4HHBs", 0x1C, 12, 1, 2, 0, 1, 1, 0, b"a")
    end, records = b"\x0a\0\0\0", box + text + note

    sheet, _ = read_sheet(
        edited("formula.xls", (end + bytes(500), records + end + bytes(500 - len(records)))),
        None,
        ".",
    )

    assert sheet.commented == {(2, 3)}


def test_a_hidden_sheet_in_front_is_passed_over() -> None:
    sheet, (remark,) = read_sheet(CASES / "kinds.xls", None, ".")
    old, _ = read_sheet(CASES / "kinds.xls", "old", ".")

    assert (sheet.name, remark.value, remark.hint) == ("Data", "Old", "hidden, so not read")
    assert old.texts == {1: {1: "old"}}


def test_a_chart_in_front_is_no_sheet(edited: Edited) -> None:
    # The two bytes before the name's length: is it hidden, and is it of cells.
    path = edited("kinds.xls", (b"\x01\0\x03\0Old", b"\0\x02\x03\0Old"))

    sheet, remarks = read_sheet(path, None, ".")

    assert (sheet.name, remarks) == ("Data", [])
    assert sheet.texts[2][1] == "TRUE"


@pytest.mark.parametrize(
    ("value", "options", "more", "text", "uncomputed"),
    [
        (2.5, 0, [], "2.5", set()),
        (0.0, 2, [], "=", {(1, 1)}),
        (0.0, 0, [(b"\x2a\0\x02\0", UNCOMPUTED)], "=", {(1, 1)}),
    ],
)
def test_a_formula_is_its_value_if_that_was_computed(
    edited: Edited,
    value: float,
    options: int,
    more: list[tuple[bytes, bytes]],
    text: str,
    uncomputed: set[tuple[int, int]],
) -> None:
    path = edited("formula.xls", (NO_VALUE, struct.pack("<dH", value, options)), *more)

    sheet, _ = read_sheet(path, None, ".")

    assert sheet.texts == {1: {1: text, 2: "7"}}
    assert sheet.uncomputed == uncomputed


def test_a_value_that_no_spreadsheet_can_show_is_told_at_its_cell(edited: Edited) -> None:
    path = edited("formula.xls", (NO_VALUE, struct.pack("<dH", float("inf"), 0)))

    with pytest.raises(TableError, match="a spreadsheet can show") as error:
        read_sheet(path, None, ".")

    assert (error.value.row, error.value.column, error.value.value) == (1, "A", "inf")


def test_a_formula_that_gives_an_error_is_told_as_one(edited: Edited) -> None:
    path = edited("formula.xls", (NO_VALUE, b"\x02\0\x2a\0\0\0\xff\xff\0\0"))

    sheet, _ = read_sheet(path, None, ".")

    assert sheet.texts[1] == {1: "#N/A", 2: "7"}


def test_a_cell_in_the_furthest_corner_is_refused_with_how_far_the_sheet_reaches() -> None:
    with pytest.raises(TableError, match="up to 500,000 cells, counting the empty ones") as error:
        read_sheet(CASES / "far.xls", None, ".")

    assert (error.value.sheet, error.value.value) == ("Data", "65,536 rows and 256 columns")


def test_cells_without_end_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("casebook.reading.oldexcel.MOST_CELLS", 10)

    with pytest.raises(TableError, match="up to 10 cells, counting empty ones with a format"):
        read_sheet(CASES / "kinds.xls", None, ".")


def test_a_link_on_all_cells_is_refused_before_it_is_read(edited: Edited) -> None:
    link = struct.pack("<2H4H26x", 0x1B8, 34, 0, 65535, 0, 255)

    with pytest.raises(TableError, match="up to 500,000 cells, counting empty ones with a format"):
        read_sheet(edited("formula.xls", (PRINTER, link)), None, ".")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.reading.oldexcel.MOST_BYTES", 1000)

    with pytest.raises(TableError, match=r"an \.xls workbook of up to"):
        read_sheet(CASES / "kinds.xls", None, ".")


def test_a_password_is_told(edited: Edited) -> None:
    path = edited("formula.xls", (b"\x42\0\x02\0", b"\x2f\0\x02\0"))

    with pytest.raises(TableError, match="a workbook without a password"):
        read_sheet(path, None, ".")


def test_a_damaged_file_says_nothing_but_its_message(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, content = tmp_path / "t.xls", (CASES / "kinds.xls").read_bytes()
    path.write_bytes(content[:700] + b"\xff" * 800 + content[1500:])

    with pytest.raises(DataError, match=r"t\.xls: .* that can be read; it is cut off or damaged"):
        read_table(path)

    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_cut_off_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    path.write_bytes((CASES / "kinds.xls").read_bytes()[:3000])

    with pytest.raises(DataError, match="not a workbook, or is cut off"):
        read_table(path)


def test_it_is_a_table_like_one_of_any_other_kind() -> None:
    table = read_table(CASES / "kinds.xls")

    assert [texts[0] for texts in table.grid.columns.values()][:3] == ["TRUE", "1", "0.3"]
    told = [(each.row, each.column, each.value) for each in table.remarks]
    assert {(0, 4, ""), (2, 5, "#DIV/0!"), (3, 4, "x"), (7, 1, "merged")} <= set(told)
