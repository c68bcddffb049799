"""The raw table as a report shows it."""

from casebook.data.places import NOWHERE, Places
from casebook.report.raw_tables import RawTable


def test_a_patient_who_is_not_shown_has_the_row_of_each_visit_in_a_long_table() -> None:
    columns = {"week 0": [(2, 3), (5, 3)], "week 4": [(3, 3), (6, 3)], "week 8": [(4, 3), NOWHERE]}
    raw = RawTable("visits.csv", {}, {2: "a"}, {}, more=1, places=Places([2, 5], columns))

    rows = [raw.rows_of(5, header) for header in columns]

    assert rows == [[5], [6], []]


def test_in_a_table_with_a_row_for_each_patient_all_is_in_that_row() -> None:
    raw = RawTable("table.csv", {}, {2: "a"}, {}, more=1)

    assert raw.rows_of(5, "week 4") == [5]
