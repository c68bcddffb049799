"""What the report says of outcomes and grades at several visits, and that two visits have none."""

import html
import re
from collections.abc import Callable

import pytest

from followed import FALLING, STUDY, cohort, table

Report = Callable[..., str]


def plain(page: str) -> str:
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))
    return text.replace("( ", "(").replace(" )", ")")


def cells(page: str, name: str) -> list[list[str]]:
    """The rows of a table of the report, without those of its headings."""
    found = re.search(rf'id="table-{name}".*?</table>', page, re.DOTALL)
    assert found, f"there is no table {name}"
    rows = re.findall(r"<tr>(.*?)</tr>", found[0], re.DOTALL)
    return [
        [plain(cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_all_visits_are_in_one_table(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*FALLING))

    _, _, _, score, dyspnoea, well = cells(page, "over-visits")[1:]
    assert score[:2] == ["Score, Everyone", "3"]
    assert score[-4:] == ["1", "0.002", "0.002", "<0.001"]
    assert dyspnoea[0] == "Dyspnoea, Everyone"
    assert (well[0], well[-4], well[-1]) == ("No dyspnoea, Everyone", "", "")
    assert "P-values are exact, given the observed ranks" in plain(page)
    assert "Otherwise no p-value is adjusted for the number of tests" in plain(page)


def test_who_was_lost_is_named(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*FALLING))

    rows = cells(page, "attrition")[-4:]
    assert "Score, Dyspnoea and No dyspnoea, Everyone (n = 4)" in plain(page)
    assert rows[0] == ["Before", "4", "0", ""]
    assert rows[1] == ["Month 1", "3", "1", "P04"]
    assert "Month 6 (1 of 4 in Everyone and 1 of 3 in Arm A)." in plain(page)


def test_contrasts_stand_side_by_side_with_their_adjusted_p(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*cohort(30)))

    rows = cells(page, "contrasts")
    assert [row[0] for row in rows[-2:]] == ["Month 6 against Before", "After 1 month"]
    assert all(row[-1] for row in rows[1:])
    checklist = "Contrasts of one outcome, condition or grade in one cohort, adjusted by Holm's"
    assert checklist in plain(page)


def test_grades_and_conditions_have_their_tables(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*FALLING))

    everyone = cells(page, "categories")[-4:]
    assert everyone[0] == ["No dyspnoea", "0 (0%)", "0 (0%)", "0 (0%)", "1 (33%)"]
    assert everyone[1][0] == "Dyspnoea: None"
    changes = cells(page, "category-changes")
    assert changes[4][:4] == ["Dyspnoea", "3", "2", "0"]
    assert changes[0].index("p-value, adjusted for the contrasts") == 6
    assert "for the contrasts of one condition or grade in one cohort" in plain(page)
    before_severe = cells(page, "transitions-dyspnoea")[6]
    assert before_severe == ["Severe", "1", "1", "0"]


@pytest.mark.parametrize(
    ("begins", "left_out", "sides"),
    [
        (
            "conditions:",
            "",
            ["Grade better, or condition to yes", "Grade worse, or condition to no"],
        ),
        ("conditions:", "grades:", ["Better", "Worse"]),
        ("grades:", "outcomes:", ["To yes", "To no"]),
    ],
    ids=["both", "grades alone", "conditions alone"],
)
def test_a_grade_becomes_better_or_worse_and_a_condition_yes_or_no(
    report_of: Report, begins: str, left_out: str, sides: list[str]
) -> None:
    before, _, rest = STUDY.partition(f"{begins}\n")
    study = before + left_out + rest.partition(left_out)[2] if left_out else STUDY

    page = report_of(text=study, table=table(*FALLING))

    assert cells(page, "category-changes")[0][2:4] == sides


def test_a_transition_is_named_by_the_labels_of_its_grades(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*FALLING))

    assert "Dyspnoea, Severe → None" in plain(page)


def test_where_the_exact_test_is_beyond_reach_the_other_one_is_told(report_of: Report) -> None:
    page = report_of(text=STUDY, table=table(*cohort(70)))

    assert "except for: Score, Everyone (Friedman's test, chi-square)" in plain(page)


@pytest.mark.parametrize("words", ["Friedman", "Cochran", "adjusted for the contrasts"])
def test_two_visits_have_none_of_it(report_of: Report, words: str) -> None:
    assert words not in report_of()


def test_the_methods_cite_what_was_done(report_of: Report) -> None:
    page = plain(report_of(text=STUDY, table=table(*FALLING)))

    for reference in ("Friedman M.", "Page EB.", "Kendall MG", "Stuart A.", "Cochran WG."):
        assert reference in page


def test_the_methods_claim_no_exact_test_of_conditions_that_was_not_made(
    report_of: Report,
) -> None:
    """The table of all visits says which one was."""
    page = plain(report_of(text=STUDY, table=table(*cohort(70))))

    assert "Cochran's Q, by its exact conditional distribution where it could be computed" in page


def test_a_study_of_grades_alone_does_not_say_that_nothing_is_tested(report_of: Report) -> None:
    start, end = STUDY.index("outcomes:"), STUDY.index("contrasts:")
    page = plain(report_of(text=STUDY[:start] + STUDY[end:], table=table(*FALLING)))

    assert "No outcome in numbers is compared between visits." in page
    assert "nothing is tested" not in page
    assert "Changes of conditions and grades, by cohort" in page
    assert "In patients with a grade at every visit, all visits were compared with" in page
    for reference in ("Friedman M.", "Page EB.", "Kendall MG"):
        assert reference in page
