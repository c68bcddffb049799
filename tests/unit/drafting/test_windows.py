"""Visits of long tables with dates: around which days rows gather, and how far windows reach."""

from datetime import date, timedelta
from itertools import pairwise

from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.windows import DatedVisits, dated_visits

DATED = Identifier("ID", "", 2, "Day", start="Day")


def of(days: dict[str, list[int]], start: dict[str, int] | None = None) -> DatedVisits:
    """The visits of patients who have rows on these days, and a start on another if it is told."""
    first = date(2024, 1, 1)
    rows = [(name, day) for name, own in days.items() for day in own]
    patient = Column(1, "ID", [name for name, _ in rows])
    visit = Column(2, "Day", [(first + timedelta(days=day)).isoformat() for _, day in rows])
    begun = [(first + timedelta(days=(start or {}).get(name, 0))).isoformat() for name, _ in rows]
    return dated_visits(patient, visit, Column(3, "Start", begun) if start else visit, DATED)


def test_windows_reach_halfway_to_the_nearer_neighbour_around_the_usual_day() -> None:
    found = of({"a": [0, 28, 90], "b": [3, 30, 95], "c": [7, 35, 98]})

    assert [(v.name, v.label, v.months, v.window) for v in found.visits] == [
        ("baseline", "Baseline", 0.0, "-14 to 14 days"),
        ("week4", "Week 4", 0.9, "15 to 42 days"),
        ("month3", "Month 3", 3.0, "60 to 122 days"),
    ]
    assert found.visits[1].reason == "3 patients have rows 27 to 28 days after the start"
    assert found.of_rows == ["baseline", "week4", "month3"] * 3


def test_a_window_is_wider_where_the_only_row_of_a_patient_would_be_lost() -> None:
    found = of({"a": [0, 28, 90], "b": [0, 28, 92], "c": [0, 44, 91], "d": [0, 28, 44, 91]})

    assert found.visits[1].window == "15 to 44 days"
    # Of two rows in it the one nearest to its middle is read, which the check of the study tells.
    assert found.of_rows[-4:] == ["baseline", "week4", "week4", "month3"]


def test_a_single_day_far_from_the_others_widens_no_window_and_is_told() -> None:
    usual = {name: [0, 30, 100 + 2 * n] for n, name in enumerate("abcdefghi")}

    found = of(usual | {"j": [0, 30, 160]})
    several = of(usual | {"j": [0, 30, 160], "k": [0, 30, 158]})

    # Around 109 days, the median, halfway to 30.
    assert found.visits[2].window == "70 to 148 days"
    assert found.visits[2].reason.endswith("one row alone is 160 days after it, and in no window")
    assert found.of_rows[-1] == ""
    assert several.visits[2].window.endswith(" to 160 days")


def test_a_missed_visit_and_one_that_few_have_move_no_window() -> None:
    days = {name: [0, 91, 182] for name in "abcdefg"} | {"h": [0, 182], "i": [0, 40, 91, 182]}

    found = of(days)

    assert [v.label for v in found.visits] == ["Baseline", "Month 3", "Month 6"]
    assert found.of_rows[21:23] == ["baseline", "month6"]


def test_days_count_from_the_start_if_a_column_has_it() -> None:
    found = of({"a": [0, 88], "b": [5, 95], "c": [2, 90]}, start={"a": 4, "b": 9, "c": 2})

    assert [(v.label, v.months, v.reason) for v in found.visits] == [
        ("Baseline", 0, "3 patients have rows -4 to 0 days after the start"),
        ("Week 12", 2.8, "3 patients have rows 84 to 88 days after the start"),
    ]


def test_no_day_is_in_two_windows() -> None:
    found = of({"a": [0, 7, 14, 28], "b": [0, 8, 15, 29], "c": [0, 6, 13, 30]})

    days = [[int(part) for part in v.window.split()[::2][:2]] for v in found.visits]
    assert all(one[1] < other[0] for one, other in pairwise(days))
