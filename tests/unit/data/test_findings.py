from dataclasses import replace
from pathlib import Path

import pytest

from casebook.data.findings import (
    DataError,
    Finding,
    read_findings,
    stop_at_errors,
    warnings_in_brief,
    without_texts,
    write_findings,
)

ERROR = Finding("error", "t.csv", 3, "Age", "7O", "a number from 18 to 120", "correct it")
WARNING = Finding("warning", "t.csv", 4, "", "p3", "", "the same as row 2")
NOTE = Finding("note", "t.csv", 1, "Remark", "", "", "not used")


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (ERROR, "t.csv, row 3, column 'Age': found '7O'; allowed: a number from 18 to 120; correct"
         " it"),
        (WARNING, "t.csv, row 4: found 'p3'; the same as row 2"),
        (NOTE, "t.csv, row 1, column 'Remark': not used"),
        (Finding("error", "t.csv", 0, "", "", "a workbook", ""), "t.csv: allowed: a workbook"),
    ],
)  # fmt: skip
def test_a_finding_reads_as_place_value_what_is_allowed_and_hint(
    finding: Finding, text: str
) -> None:
    assert str(finding) == text


def test_all_errors_stop_a_run_at_once() -> None:
    other = Finding("error", "t.csv", 3, "Sex", "X", "one of F, M")

    with pytest.raises(DataError) as error:
        stop_at_errors([WARNING, ERROR, NOTE, other])

    assert str(error.value) == f"2 errors in the data:\n  {ERROR}\n  {other}"
    assert error.value.findings == [ERROR, other]


def test_warnings_are_told_in_brief_those_on_patients_first() -> None:
    total = replace(WARNING, row=9, value="Total", hint="a total", about="patients")
    name = replace(WARNING, row=1, column="Name", value="", about="identity")

    assert warnings_in_brief([NOTE, WARNING, total, name], "findings.csv") == (
        "3 warnings, in full in findings.csv:\n"
        "  t.csv, row 9: found 'Total'; a total\n"
        "  t.csv, row 1, column 'Name': the same as row 2\n"
        "  t.csv, row 4: found 'p3'; the same as row 2"
    )
    assert warnings_in_brief([NOTE], "findings.csv") == ""


def test_of_many_warnings_the_first_are_told_and_how_many_more() -> None:
    warnings = [replace(WARNING, hint=f"odd {number}") for number in range(30)]
    warnings += [replace(each, row=99) for each in warnings]

    title, *lines = warnings_in_brief(warnings, "findings.csv").splitlines()

    assert title.startswith("30 warnings")
    assert (len(lines), lines[-1]) == (11, "  and 20 more")


def test_errors_of_one_cause_in_one_column_are_one_line() -> None:
    errors = [replace(ERROR, row=row, value=f"{row} y") for row in range(2, 1002)]

    told = str(DataError(errors))

    assert told == (
        "1,000 errors of 1 kind in the data:\n"
        "  t.csv, column 'Age': found 1,000 times, in row 2 '2 y', row 3 '3 y', row 4 '4 y',"
        " row 5 '5 y', row 6 '6 y' and 995 more; allowed: a number from 18 to 120; correct it"
    )


def test_errors_of_one_cause_that_are_in_no_row_are_told_by_their_values() -> None:
    errors = [replace(ERROR, row=0, value=value) for value in ("7O", "8O")]

    assert "t.csv, column 'Age': found 2 times: '7O' and '8O'; allowed: " in str(DataError(errors))
    nothing = str(DataError([replace(ERROR, row=0, value="")] * 2))
    assert "t.csv, column 'Age': found 2 times; allowed: " in nothing


def test_the_title_counts_what_is_listed_below_it() -> None:
    alike = [ERROR, replace(ERROR, row=4), replace(ERROR, row=5)]

    told = str(DataError([*alike, replace(ERROR, column="Sex")]))

    assert told.splitlines()[0] == "4 errors of 2 kinds in the data:"
    assert len(told.splitlines()[1:]) == 2


def test_a_long_value_is_cut_off_where_several_are_told() -> None:
    told = str(DataError([replace(ERROR, value="x" * 1000), replace(ERROR, row=4)]))

    assert f"in row 3 '{'x' * 40}…' and row 4 '7O'; allowed" in told


def test_one_error_is_counted_as_one() -> None:
    assert str(DataError([ERROR])).startswith("1 error in the data:\n")


def test_warnings_and_notes_stop_nothing() -> None:
    stop_at_errors([WARNING, NOTE])


def test_findings_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"

    write_findings(path, [ERROR, WARNING, NOTE])

    assert path.read_text().splitlines()[1] == (
        "error,t.csv,3,Age,7O,a number from 18 to 120,correct it,,"
    )
    assert read_findings(path) == [ERROR, WARNING, NOTE]


def test_a_correction_comes_back_whatever_its_texts_are(tmp_path: Path) -> None:
    path, new = tmp_path / "findings.csv", "it's \"3\" to '4': no\nmore"
    told = Finding("note", "t.csv", 3, "Age", "7O", hint="typo", about="correction", new=new)

    write_findings(path, [told])

    assert read_findings(path) == [told]


def test_no_text_of_a_private_column_is_told_of_its_correction() -> None:
    told = Finding("note", "t.csv", 3, "Age", "7O", hint="70", about="correction", new="70")

    (hidden,) = without_texts([told], {"Age"})

    assert "7" not in f"{hidden.value}{hidden.allowed}{hidden.hint}{hidden.new}"


@pytest.mark.parametrize(
    ("row", "hint", "is_told"),
    [
        (0, "a column that is hidden in the file, but is used all the same", True),
        (3, "it is struck through in the file, but used all the same", True),
        (3, "not used: row 12 is nearer the middle of the patient's window", True),
        (3, "is this 'Ann'?", False),
        (3, '"" is the sign', False),
        (3, "30 days before all others", False),
    ],
)
def test_a_hint_on_a_private_column_is_told_if_it_quotes_and_counts_nothing(
    row: int, hint: str, is_told: bool
) -> None:
    told = Finding("warning", "t.xlsx", row, "Phone", "0123", "Ann", hint)

    (shown,) = without_texts([told], {"Phone"})

    assert (shown.hint == hint) is is_told
    assert (shown.row, shown.value, shown.allowed) == (row, "", "")
    assert "Ann" not in shown.hint


def errors(count: int, column: str, cause: str = "cause") -> list[Finding]:
    rows = range(2, count + 2)
    return [replace(ERROR, row=row, column=column, hint=f"{cause} {row}") for row in rows]


def test_of_many_different_errors_the_first_of_each_column_are_told_and_all_are_counted() -> None:
    error = DataError([*errors(1000, "Age"), ERROR, *errors(1, "Sex")])

    title, *lines = str(error).splitlines()

    assert title == "1,002 errors in the data:"
    assert lines[29].startswith("  t.csv, row 31, column 'Age': found '7O'")
    assert lines[30:] == [
        "  t.csv, column 'Age': and 971 more errors like these",
        "  t.csv, row 2, column 'Sex': found '7O'; allowed: a number from 18 to 120; cause 2",
    ]
    assert len(error.findings) == 1002


def test_errors_in_many_columns_are_told_for_some_and_all_are_counted() -> None:
    found = [each for number in range(500) for each in errors(2, f"C{number}")]

    lines = str(DataError(found)).splitlines()

    assert lines[0].startswith("1,000 errors")
    assert len(lines) == 1 + 2 * 60 + 1
    assert lines[-1] == "  and 880 more errors in other places"


def test_a_message_has_a_limit_whatever_is_in_the_cells() -> None:
    found = [
        replace(each, value="v" * 32_767, allowed=f"{each.row}a" * 32_767, hint="h" * 32_767)
        for column in "ABC"
        for each in errors(1000, column * 32_767)
    ]

    assert len(str(DataError(found))) < 60 * 5 * 700
