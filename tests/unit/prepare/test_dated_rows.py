"""Rows with dates are at the visits whose windows they are in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError
from casebook.mistakes import mistakes

Clean = Callable[..., Any]
Make = Callable[..., Path]

STUDY = """\
title: Dated
source:
  table: table.csv
  patient: ID
  visit: Seen
  start: Start
  date_format: "%d.%m.%Y"
visits:
  baseline: { label: Before, window: -14 to 0 days }
  month3: { label: Month 3, window: 60 to 120 days }
outcomes:
  score: { label: Score, column: Score, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""
TABLE = """\
ID,Seen,Start,Score
a,25.12.2022,01.01.2023,20
a,05.03.2023,01.01.2023,9
a,01.04.2023,,10
a,01.12.2023,,1
b,01.02.2023,01.02.2023,30
"""
OF_FIRST_DATES = STUDY.replace("start: Start", "start: Seen").replace("-14 to 0", "0 to 14")


def test_a_row_is_at_the_visit_whose_window_its_date_is_in(clean_study: Clean) -> None:
    cleaned = clean_study(text=STUDY, table=TABLE)

    found = [(p.values["score_baseline"], p.values["score_month3"]) for p in cleaned.patients]
    assert found == [(20, 10), (30, None)]


def test_rows_that_are_not_taken_are_told(clean_study: Clean) -> None:
    cleaned = clean_study(text=STUDY, table=TABLE)

    told = [str(each) for each in cleaned.findings if each.column == "Seen"]
    assert sorted(told) == [
        "study/table.csv, row 3, column 'Seen': found '05.03.2023'; not used: row 4 is nearer to"
        " the middle of the window of month3",
        "study/table.csv, row 5, column 'Seen': found '01.12.2023'; in no window of the study (334"
        " days after the start), and not used: correct a slip in corrections.tsv, naming the row,"
        " or widen the window in study.yaml",
    ]
    assert [each.row for each in cleaned.findings if each.severity == "warning"] == [5]


def test_many_rows_in_no_window_are_counted_but_not_those_with_a_slip_in_the_year(
    clean_study: Clean,
) -> None:
    between = "".join(f"b,{day}.03.2023,,7\n" for day in range(10, 25))

    cleaned = clean_study(text=STUDY, table=f"{TABLE}b,01.04.2203,,7\n{between}")

    told = {each.row: each.hint for each in cleaned.findings if each.severity == "warning"}
    assert told.keys() == {0, 5, 7}
    assert "(65,802 days after the start)" in told[7]
    assert told[0] == (
        "15 rows are in no window of the study, and not used: rows 8, 9, 10, 11, 12 and 10 more,"
        " from 37 days after the start to 51 days after the start; check their dates for slips"
    )


@pytest.mark.parametrize("nothing", ["", "NA", "not done"])
def test_a_row_that_has_a_value_where_the_nearest_has_none_is_told_with_a_warning(
    clean_study: Clean, nothing: str
) -> None:
    missing = ("better: lower", "better: lower, missing: [not done]")
    source = ("  start: Start", "  start: Start\n  missing: [NA]")
    table = TABLE.replace("01.04.2023,,10", f"01.04.2023,,{nothing}")

    cleaned = clean_study(missing, source, text=STUDY, table=table)

    assert cleaned.patients[0].values["score_month3"] is None
    (told,) = [each for each in cleaned.findings if each.severity == "warning" and each.row == 3]
    assert told.hint == (
        "not used: row 4 is nearer to the middle of the window of month3, but has no value in"
        " 'Score', and this row has; to use this row, leave row 4 out, with the reason:"
        " source.leave_out in study.yaml"
    )


def test_of_two_rows_as_near_the_upper_one_is_taken_with_a_warning(clean_study: Clean) -> None:
    table = TABLE.replace("05.03.2023", "31.03.2023").replace("01.04.2023", "02.04.2023")

    cleaned = clean_study(text=STUDY, table=table)

    assert cleaned.patients[0].values["score_month3"] == 9
    told = next(each for each in cleaned.findings if each.severity == "warning" and each.row == 4)
    assert (told.row, told.hint) == (
        4,
        "as near to the middle of the window of month3 as row 3, which is used",
    )


BY_ROW = "table\trow\tpatient\tcolumn\tvisit\told\tnew\treason\n"


def test_slips_in_dates_by_which_rows_are_sorted_can_be_corrected(clean_study: Clean) -> None:
    table = TABLE.replace("b,01.02.2023,01.02.2023", "b,01.02.2032,2023-13-02")
    lines = (
        "\t6\tb\tSeen\t\t01.02.2032\t01.02.2023\tthe year\n"
        "\t\tb\tStart\t\t2023-13-02\t01.02.2023\tfrom the chart\n"
    )

    cleaned = clean_study(text=STUDY, table=table, corrections=BY_ROW + lines)

    assert cleaned.patients[1].values["score_baseline"] == 30
    noted = [(e.row, e.column) for e in cleaned.findings if e.about == "correction"]
    assert sorted(noted) == [(6, "Seen"), (6, "Start")]


def test_a_patient_whose_start_is_wrong_is_still_a_patient_for_corrections(
    make_study: Make,
) -> None:
    file = make_study(
        text=STUDY, table=TABLE.replace("01.02.2023,01.02.2023", "01.02.2023,2023-13")
    )
    line = "\t\tb\tScore\tbaseline\t30\t31\tslip\n"
    (file.parent / "corrections.tsv").write_text(BY_ROW + line)

    found = mistakes(file)

    assert "row 6, column 'Start'" in found
    assert "corrections.tsv, row" not in found


SAME_DAY = TABLE.replace("05.03.2023", "01.04.2023")


def test_two_values_of_one_day_are_an_error_that_names_both(clean_study: Clean) -> None:
    with pytest.raises(DataError) as error:
        clean_study(text=STUDY, table=SAME_DAY)

    (told,) = error.value.findings
    assert (told.row, told.column, told.value) == (4, "Score", "10")
    assert told.allowed == ("one value of a patient on a day; row 3 is of the same day and has '9'")
    assert told.hint == (
        "leave out the row that does not count, with the reason: source.leave_out in study.yaml;"
        " or, if the first or the last of a day always counts, write same_day: first, or last,"
        " under source"
    )


@pytest.mark.parametrize(("rule", "value", "row"), [("first", 9, 4), ("last", 10, 3)])
def test_a_study_can_say_which_value_of_a_day_counts(
    clean_study: Clean, rule: str, value: float, row: int
) -> None:
    source = ("  start: Start", f"  start: Start\n  same_day: {rule}")

    cleaned = clean_study(source, text=STUDY, table=SAME_DAY)

    assert cleaned.patients[0].values["score_month3"] == value
    (told,) = [each for each in cleaned.findings if "same day" in each.hint]
    assert (told.severity, told.row) == ("note", row)
    assert told.hint == f"not used: row {7 - row} is the {rule} of the same day"


@pytest.mark.parametrize("text", ["9", "9.0", ""])
def test_the_same_value_twice_on_a_day_or_none_is_no_error(clean_study: Clean, text: str) -> None:
    cleaned = clean_study(text=STUDY, table=SAME_DAY.replace(",,10", f",,{text}"))

    assert cleaned.patients[0].values["score_month3"] == 9
    assert [each.row for each in cleaned.findings if "as near" in each.hint] == [4]


def test_rows_of_a_day_that_complete_each_other_are_not_advised_to_be_left_out(
    clean_study: Clean,
) -> None:
    second = "  other: { label: Other, column: Other, range: [0, 100], better: lower }\ncohorts:"
    others = ["Other", "1", "", "7", "1", "1"]
    lines = SAME_DAY.replace(",,10", ",,").splitlines()
    table = "\n".join(f"{line},{other}" for line, other in zip(lines, others, strict=True))

    cleaned = clean_study(("cohorts:", second), text=STUDY, table=table)

    (told,) = [each for each in cleaned.findings if "as near" in each.hint]
    assert told.hint.endswith(
        "but has no value in 'Other', and this row has; to use the values of both, write them into"
        " one row in a copy of the table"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("01.12.2023", "12/01/2023", "row 5, column 'Seen': found '12/01/2023'; allowed: a day of"),
        ("01.12.2023", "", "row 5, column 'Seen': allowed: the date of the row"),
        ("05.03.2023,01.01.2023", "05.03.2023,02.01.2023", "row 3, column 'Start': found '02.01."),
        ("01.02.2023,01.02.2023", "01.02.2023,", "row 6, column 'Start': allowed: a date of the"),
    ],
)
def test_a_date_that_cannot_be_used_is_told_at_its_cell(
    clean_study: Clean, old: str, new: str, expected: str
) -> None:
    with pytest.raises(DataError) as error:
        clean_study(text=STUDY, table=TABLE.replace(old, new))

    assert str(error.value.findings[0]).startswith(f"study/table.csv, {expected}")


def test_a_patient_without_any_row_in_a_window_is_told(clean_study: Clean) -> None:
    cleaned = clean_study(text=STUDY, table=TABLE + "c,01.01.2024,01.02.2023,5\n")

    assert [each.id for each in cleaned.patients] == ["a", "b"]
    (told,) = [each for each in cleaned.findings if each.about == "patients"]
    assert (told.row, told.value, told.severity) == (7, "c", "warning")
    (day,) = [each for each in cleaned.findings if each.row == 7 and each.column == "Seen"]
    assert (day.severity, "334 days after the start" in day.hint) == ("note", True)
    assert "no row of this patient is of a visit that the study uses" in told.hint


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "60 to 120 days",
            "60-120",
            "month3.window: '60-120' must be written as in '60 to 120 days'",
        ),
        ("window: 60 to", "windw: 60 to", "visits.month3.windw: no such key"),
        ("60 to 120 days", "0 to 4 months", "visits.month3.window: day 0 is in the window of base"),
        (
            " }\n  month3",
            " }\n  x: { label: X, window: 70 to 90 days }\n"
            "  y: { label: Y, window: 100 to 110 days }\n  month3",
            "visits.month3.window: has days that are in the windows of x and y, too",
        ),
        (
            "\n  month3",
            "".join(f"\n  x{n}: {{ label: X{n}, window: {n}0 to {n}5 days }}" for n in range(6, 13))
            + "\n  month3",
            "has days that are in the windows of x6, x7, x8, x9, x10 and 2 more, too",
        ),
        (", window: 60 to 120 days", "", "visits.month3: needs a window and no value"),
        ("  start: Start\n", "", "source.start: the windows of baseline and month3 need it"),
        ("  start: Start\n", "  strat: Start\n", "source.strat: no such key"),
        ("  visit: Seen\n", "", "source.start: needs source.visit"),
        ("  visit: Seen\n", "  vist: Seen\n", "source.vist: no such key"),
        ("  start: Start\n", "  same_day: last\n", "source.start: the windows of baseline and"),
        ("  start: Start", "  start: Start\n  same_day: mean", "same_day: 'mean' is not allowed"),
    ],
)
def test_a_window_that_cannot_be_used_is_told_once_with_its_line(
    make_study: Make, old: str, new: str, expected: str
) -> None:
    (told,) = mistakes(make_study((old, new), text=STUDY, table=TABLE)).splitlines()

    assert expected in told


def test_windows_in_months_that_have_no_day_in_common_may_end_where_the_next_begins(
    clean_study: Clean,
) -> None:
    windows = (
        ("window: -14 to 0 days", "window: 0 to 3 months"),
        ("window: 60 to 120 days", "window: 3 to 6 months"),
    )

    cleaned = clean_study(*windows, text=STUDY, table=TABLE.replace("25.12.2022", "03.04.2023"))

    # Three months are 91.3 days, and the rows of the patient are of days 63, 90 and 92.
    assert [p.number("score_baseline") for p in cleaned.patients] == [9, 30]
    assert [p.number("score_month3") for p in cleaned.patients] == [20, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/13/2023", "write date_format: ['%d.%m.%Y', '%m/%d/%Y'] under source in study.yaml"),
        ("x", "see source.date_format in study.yaml"),
        ("06/2023", "such as the 15th, write that in corrections.tsv, naming the row; or list"),
        ("", "if it is known, write it by corrections.tsv"),
    ],
)
def test_a_date_that_cannot_be_read_is_told_with_what_source_can_say(
    make_study: Make, text: str, expected: str
) -> None:
    table = TABLE.replace("05.03.2023", text)

    assert expected in mistakes(make_study(text=STUDY, table=table))


def test_without_a_column_of_the_start_windows_count_from_the_first_date_of_each_patient(
    clean_study: Clean,
) -> None:
    cleaned = clean_study(text=OF_FIRST_DATES, table=TABLE)

    found = [(p.values["score_baseline"], p.values["score_month3"]) for p in cleaned.patients]
    assert found == [(20, 10), (30, None)]


MORE_VISITS = (
    "  month3: { label: Month 3, window: 60 to 120 days }\n",
    "  month3: { label: Month 3, window: 60 to 120 days }\n"
    "  month6: { label: Month 6, window: 150 to 210 days }\n"
    "  month9: { label: Month 9, window: 240 to 300 days }\n",
)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["01.02.2023"], ""),
        (["01.02.2023", "01.05.2023", "01.08.2023"], ""),
        (["01.02.2023", "01.11.2023"], ""),
        (["01.02.2023", "01.08.2023"],
         "taken for baseline, as it is the first date of b, of whom no row is of month3 and month9;"
         " if the row of baseline is missing, each was taken for the visit before its own"),
        (["01.02.2023", "10.03.2023"],
         "taken for baseline, as it is the first date of b, of whom no row is of month3, month6 and"
         " month9, and one is in no window; if the row of baseline is missing"),
        (["01.02.2023", "10.03.2023", "11.03.2023"],
         "taken for baseline, as it is the first date of b, of whom no row is of month3, month6 and"
         " month9, and 2 are in no window; if the row of baseline is missing"),
    ],
)  # fmt: skip
def test_a_first_date_may_be_of_a_later_visit_where_the_others_do_not_fit(
    clean_study: Clean, rows: list[str], told: str
) -> None:
    table = "ID,Seen,Start,Score\n" + "".join(f"b,{day},,7\n" for day in rows)

    cleaned = clean_study(MORE_VISITS, text=OF_FIRST_DATES, table=table)

    found = [each for each in cleaned.findings if "taken for" in each.hint]
    assert [(each.severity, each.row, each.value) for each in found] == [
        ("warning", 2, "01.02.2023")
    ][: len(told)]
    assert all(each.hint.startswith(told) for each in found)


@pytest.mark.parametrize("later", ["60 to 120 days", "-20 to -15 days"])
def test_windows_none_of_which_has_day_0_tell_nothing_of_first_dates(
    clean_study: Clean, later: str
) -> None:
    windows = OF_FIRST_DATES.replace("0 to 14", "-14 to -1").replace("60 to 120 days", later)

    told = [each.hint for each in clean_study(text=windows, table=TABLE).findings]

    assert [each for each in told if each.startswith("in no window of the study (0 days")]
    assert not [each for each in told if "first date" in each]


def test_windows_that_are_lists_are_told_where_they_count_from_first_dates(
    make_study: Make,
) -> None:
    windows = OF_FIRST_DATES.replace("0 to 14 days", "[0, 14]").replace(
        "60 to 120 days", "[60, 90]"
    )

    found = mistakes(make_study(text=windows, table=TABLE))

    assert found.count("window: must be text, found a list") == len(["baseline", "month3"])


def test_many_first_dates_that_may_be_of_a_later_visit_are_one_warning(clean_study: Clean) -> None:
    patients = "".join(f"c{n},01.02.2023,,7\nc{n},01.08.2023,,7\n" for n in range(12))

    table = f"ID,Seen,Start,Score\n{patients}"
    cleaned = clean_study(MORE_VISITS, text=OF_FIRST_DATES, table=table)

    (told,) = [each for each in cleaned.findings if "first date of each" in each.hint]
    assert told.row == 0
    assert told.hint.startswith("12 patients have no row of month9, and seem to lack a visit")
    assert "in rows 2, 4, 6, 8, 10 and 7 more, so that these are of baseline" in told.hint


def test_days_that_a_spreadsheet_may_have_turned_round_are_warnings(clean_study: Clean) -> None:
    table = TABLE.replace("05.03.2023", "2023-05-03").replace("01.04.2023", "14.04.2023")
    table = table.replace("01.12.2023", "13.12.2023").replace("b,01.02.2023", "b,21.01.2023")

    cleaned = clean_study(text=STUDY, table=table)

    (turned,) = [each for each in cleaned.findings if "taken the day for the month" in each.hint]
    assert (turned.row, turned.value) == (3, "2023-05-03")
