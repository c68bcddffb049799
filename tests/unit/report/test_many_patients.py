"""What the report shows of more patients than can be listed."""

from collections.abc import Callable

import pytest

from casebook.report.render import MOST, patients_marked
from markup import text_of

ReportOf = Callable[..., str]
TableOf = Callable[..., str]


def test_of_many_patients_the_first_are_shown_and_the_file_of_the_others_is_named() -> None:
    marked = patients_marked([f"p{i}" for i in range(MOST + 1234)], "membership.csv")

    assert marked.count("data-patient") == MOST
    assert marked.endswith(", and 1,234 more, in <code>membership.csv</code>")


def test_the_first_rows_of_a_large_table_are_shown_and_no_link_leads_to_another(
    report_of: ReportOf, table_of: TableOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.report.raw_tables.MOST_SHOWN", 3)
    monkeypatch.setattr("casebook.report.appendix._MOST_CELLS", 2)

    page = report_of(table=table_of(*({"Age": str(60 + i)} for i in range(9))))

    assert [f'id="p-p{i}"' in page for i in (1, 3, 4)] == [True, True, False]
    assert 'href="#cell-2-' in page
    assert 'href="#cell-5-' not in page
    text = text_of(page)
    assert "p1: 60; p2: 61 And 7 more, in cells.csv." in " ".join(text.split())
    assert "And 6 more patients, in patients.csv with their rows" in " ".join(text.split())


def test_of_many_kinds_of_findings_the_first_are_told(
    report_of: ReportOf, table_of: TableOf
) -> None:
    days = ({"Start": f"0{200 + i}-01-01"} for i in range(MOST + 5))

    page = report_of(table=table_of(*days))

    assert page.count("read as a day of the year") == MOST
    assert "more, in <code>findings.csv</code>" in page
