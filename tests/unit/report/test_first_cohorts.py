"""What the report shows of more cohorts than a reader goes through."""

from collections.abc import Callable

import pytest

from casebook.report.first_cohorts import MOST_COHORTS
from markup import text_of

ReportOf = Callable[..., str]
TableOf = Callable[..., str]

AGED = "".join(
    f"  from{age}:\n    label: From {age}\n    select: age >= {age}\n" for age in (90, 80, 70, 60)
)


@pytest.fixture
def few_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebook.report.first_cohorts.MOST_COHORTS", 2)


@pytest.fixture
def page(report_of: ReportOf, table_of: TableOf) -> Callable[[], str]:
    """The report of a study with six cohorts, whose patients all get better."""
    patients = [{"Age": str(60 + 5 * i), "Before": str(20 + i), "After": str(i)} for i in range(8)]
    return lambda: report_of(("cohorts:\n", f"cohorts:\n{AGED}"), table=table_of(*patients))


@pytest.mark.usefixtures("few_shown")
def test_tables_stop_after_the_first_cohorts_and_say_where_all_are(
    page: Callable[[], str],
) -> None:
    _, response, rest = page().partition('<section id="response">')
    text = " ".join(text_of(response + rest.partition('<section id="results">')[0]).split())

    for shown in ("From 90 (n = 2)", "From 80 (n = 4)"):
        assert shown in text
    for left in ("From 70 (n", "65 or older (n", "Everyone (n"):
        assert left not in text
    for file in ("results.csv", "tables/response.csv", "tables/baseline.csv"):
        assert f"The first 2 of 6 cohorts; all are in {file}." in text
    assert "And 4 more cohorts: study.yaml says which, and membership.csv who is in them." in text


@pytest.mark.usefixtures("few_shown")
def test_sentences_count_the_tests_of_all_cohorts_and_name_the_file_with_them(
    page: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.report.main_findings.IN_A_SENTENCE", 3)

    text = " ".join(text_of(page()).split())

    assert "4 of the 6 tests gave p < 0.05; all are in results.csv." in text


@pytest.mark.usefixtures("few_shown")
def test_only_results_that_are_shown_are_listed_with_the_cells_behind_them(
    page: Callable[[], str],
) -> None:
    shown = page().partition('id="results"')[2]

    assert "From 80, Age" in shown
    assert "From 70, Age" not in shown


def test_of_a_usual_number_of_cohorts_all_are_shown(page: Callable[[], str]) -> None:
    text = " ".join(text_of(page()).split())

    assert MOST_COHORTS > 6
    assert "Everyone (n = 8)" in text
    assert "cohorts; all are in" not in text
    assert "more cohorts" not in text
