"""The grid of tests among the main findings, as it reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ARMS, CONDITION, OF_GRADES, RESPONDERS, arms_table
from casebook.data.results import Results, read_results
from casebook.report.evidence_cells import Cell, column_of
from casebook.report.evidence_grid import Grid
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import FALLING, STUDY, patient, table

TableOf = Callable[..., str]

ALONE = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
SIX = (-1, -2, -3, -4, -5, -6)
PRIMARY = ("cohorts:", "analysis: { primary: [{ cohort: everyone, outcome: score }] }\ncohorts:")


def grids_of(study: Path, results: Path) -> dict[str, Grid]:
    rows = read_results(results)
    found = main_findings(load_study(study), rows, Results(rows))
    return {grid.name: grid for grid in found.grids}


def words(cell: Cell | None) -> str:
    """A cell as it is read; bold stands between asterisks."""
    if cell is None:
        return "–"
    p = f"*{cell.p.text}*" if cell.reached else cell.p.text
    remarks = (each.text for each in cell.remarks)
    return plain("; ".join(filter(None, [cell.size.text, cell.n, p, *remarks])))


def cells(grid: Grid) -> dict[str, dict[str, list[str]]]:
    """The cells as they are read, by block and row."""
    return {
        block.heading: {row.label: [*map(words, row.cells)] for row in block.rows}
        for block in grid.blocks
    }


def test_the_grid_of_the_bundled_study_has_a_row_for_each_cohort(
    bundled: Path, bundled_study: Path
) -> None:
    found = grids_of(bundled_study, bundled / "results.csv")["within"]

    assert found.title == "All tests"
    assert found.columns == (
        "Cohort",
        "CDASI, points (lower is better)",
        "MMT8, points (higher is better)",
        "On prednisone",
        "On intravenous immunoglobulin",
    )
    rows = cells(found)["Last follow-up against Before upadacitinib"]
    # R: wilcox.test(change, conf.int = TRUE) and p.adjust of the four tests of the family
    assert rows["Classic DM"][:2] == [
        "Better: −12 (−22 to −2); n = 5; p = 0.0625; adjusted 0.1875; too few; covers 93.75%",
        "Better: 2 (0 to 24); n = 5; p = 0.371, exact 0.5; adjusted 0.371, exact 0.5; too few;"
        " covers 93.75%",
    ]
    # R: binom.test(4, 4) 0.125
    assert rows["Everyone"][::2] == [
        "Better: −7 (−14 to −3.5); n = 10; *p = 0.014, exact 0.008*",
        "0 to yes, 4 to no; n = 10; p = 0.125; too few",
    ]
    assert rows["Antisynthetase syndrome"][:2] == [
        "Not tested: all differences are zero (n = 2)",
        "Not tested: no patient has both visits",
    ]


def test_the_only_test_needs_no_grid(results_of: Callable[..., Path], table_of: TableOf) -> None:
    out = results_of(ALONE, table=table_of({"Before": "5", "After": "3"}))

    assert grids_of(Path("study/study.yaml"), out / "results.csv") == {}


def test_a_primary_test_is_not_told_again(
    results_of: Callable[..., Path], table_of: TableOf
) -> None:
    rows = ({"Age": "70" if i < 4 else "50", "Before": "50", "After": f"{50 + i}"} for i in SIX)

    out = results_of(PRIMARY, table=table_of({"Age": "70"}, *rows))

    found = grids_of(Path("study/study.yaml"), out / "results.csv")["within"]
    assert found.title == "The other tests"
    # The row of everyone has no other test.
    assert [*cells(found)["Follow-up against Baseline"]] == ["65 or older"]


def test_each_contrast_is_a_block_and_a_primary_test_says_where_it_is_told(
    results_of: Callable[..., Path], table_of: TableOf
) -> None:
    contrasts = (
        "outcomes:\n",
        "visits: { baseline: Before, middle: Middle, followup: After }\n"
        "contrasts:\n"
        "  late: { label: Late, visit: followup, against: baseline }\n"
        "  early: { label: Early, visit: middle, against: baseline }\n"
        "outcomes:\n"
        "  other:\n"
        "    { label: Other, columns: { baseline: Before, followup: After }, range: [0, 99],"
        " better: higher }\n",
    )
    middle = ("      followup: After\n", "      middle: Age\n      followup: After\n")
    rows = ({"Age": f"{48 - i}", "Before": "50", "After": f"{40 - i}"} for i in range(6))

    out = results_of(ALONE, contrasts, middle, PRIMARY, table=table_of(*rows))

    found = cells(grids_of(Path("study/study.yaml"), out / "results.csv")["within"])
    # R: wilcox.test(-(10:15), conf.int = TRUE): 0.03125, -12.5 (-15 to -10), and so on.
    assert found == {
        "Late": {
            "Everyone": ["Worse: −12.5 (−15 to −10); n = 6; *p = 0.031*", "Primary: see above"]
        },
        "Early": {"Everyone": ["–", "Better: −4.5 (−7 to −2); n = 6; *p = 0.031*"]},
        # R: friedman.test, exact by enumeration 6^-5; Page's 2 * 6^-6
        "All visits at once": {
            "Everyone": ["–", "W = 1; n = 6; *p < 0.001*; Page p < 0.001, improving"]
        },
    }


def test_notes_tell_only_what_stands_in_the_cells(
    results_of: Callable[..., Path], table_of: TableOf
) -> None:
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    out = results_of(table=table_of(*rows))

    found = grids_of(Path("study/study.yaml"), out / "results.csv")["within"]
    assert [note.partition(":")[0] for note in found.notes] == ["Changes of outcomes", "Bold"]


def test_comparisons_have_a_grid_with_a_row_for_each_change_and_visit(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(ARMS, RESPONDERS, CONDITION, table=arms_table())

    grids = grids_of(Path("study/study.yaml"), out / "results.csv")

    assert [*grids] == ["between", "within"]
    assert grids["between"].columns[1:] == (
        "Score, points (lower is better)",
        "Score above 30",
    )
    rows = cells(grids["between"])["Arms: Active minus Placebo"]
    # R: wilcox.test(active, placebo, conf.int = TRUE), fisher.test; 2 / choose(10, 5) is 0.0079
    # In R, coin's exact wilcox_test of three of five who lost it and none of five: 0.167.
    assert rows["Change"] == [
        "Better: −21 (−27 to −8); n = 10; *p = 0.008*",
        "More to no: Placebo 0 to yes, 0 to no; Active 0 to yes, 3 to no; n = 10; p = 0.167;"
        " too few",
    ]
    # Nobody could gain it.
    assert "Gained, of those without it" not in rows
    assert rows["Lost, of those with it"][1].startswith("More: 60 (")
    assert rows["At least 10 points"][0].endswith("; n = 10; *p = 0.048*")
    assert rows["At least 10 points"][0].startswith("More: 80 (")
    # Of the first visit there is the difference, and no p-value.
    assert [cell.endswith("; n = 10") for cell in rows["Baseline"]] == [True, True]
    links = {row.explained for block in grids["between"].blocks for row in block.rows}
    assert links == {(("comparison-arms", "comparison"),)}


@pytest.mark.parametrize(
    ("levels", "told"),
    [("mild: Mild, severe: Severe", "None is best"), ("y: Yes", "None is better")],
)
def test_the_first_of_two_levels_is_better_and_the_first_of_several_best(
    make_study: Callable[..., Path], levels: str, told: str
) -> None:
    study = load_study(make_study(("mild: Mild, severe: Severe", levels), text=STUDY))

    assert column_of(study, "dyspnoea").label == f"Dyspnoea ({told})"


def test_tests_of_conditions_grades_and_all_visits_are_in_the_grid_of_cohorts(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(text=STUDY, table=table(*FALLING))

    found = grids_of(Path("study/study.yaml"), out / "results.csv")["within"]

    blocks = cells(found)
    assert found.columns[1:] == (
        "Score, points (lower is better)",
        "No dyspnoea",
        "Dyspnoea (None is best)",
    )
    # In R, binom.test(1, 1) gives 1, and binom.test(2, 2) 0.5. Whichever way round two patients go
    # from severe to none and to mild, (1 - 0)^2 / 1 + (1 - 0)^2 / 1 is Stuart and Maxwell's.
    assert blocks["Month 6 against Before"]["Everyone"][1:] == [
        "1 to yes, 0 to no; n = 3; p = 1; too few",
        "2 better, 0 worse; n = 3; p = 0.5; too few; homogeneity p = 1",
    ]
    # All three fell at each visit: 1 / 4!^2 by Friedman's test
    score, condition, _ = blocks["All visits at once"]["Everyone"]
    assert score == "W = 1; n = 3; *p = 0.002*; Page p < 0.001, improving"
    assert condition.startswith("n = 3; p = ")
    (everyone,) = (row for row in found.blocks[0].rows if row.label == "Everyone")
    assert everyone.explained == (
        ("response", "outcomes"),
        ("category-changes", "conditions and grades"),
    )


@pytest.mark.parametrize(
    ("best", "arm_b", "direction"),
    [
        ("first", ["none", "none", "mild"], "Better"),
        ("last", ["none", "none", "mild"], "Worse"),
        ("first", ["severe", "severe", "mild"], "Worse"),
        # The ranks of B sum to 29, those of A to 26.
        ("first", ["none", "none", "mild", "severe", "severe"], "Worse"),
        ("first", ["none", "none", "mild", "mild", "severe"], "Neither better nor worse"),
    ],
)
def test_grades_are_better_where_their_mean_rank_is(
    results_of: Callable[..., Path], best: str, arm_b: list[str], direction: str
) -> None:
    arms = {"A": ["none", "none", "mild", "mild", "severe"], "B": arm_b}
    patients = [
        patient([9, 9, 9, 9], ["mild", "mild", "mild", grade], arm)
        for arm, grades in arms.items()
        for grade in grades
    ]

    better = ("better: first", f"better: {best}")
    out = results_of(OF_GRADES, better, text=STUDY, table=table(*patients))

    rows = cells(grids_of(Path("study/study.yaml"), out / "results.csv")["between"])
    at_month_6 = rows["Arms: Arm B minus Arm A"]["Month 6"][-1]
    assert at_month_6.startswith(f"{direction}; n = {len(patients)}; p = ")


def test_rows_and_columns_are_in_the_order_of_the_study_whatever_is_primary(
    results_of: Callable[..., Path],
) -> None:
    other = (
        "contrasts:\n",
        "  other: { label: Other, columns: { baseline: S0, month6: S6 }, range: [0, 99],"
        " better: lower }\n"
        "analysis: { primary: [{ cohort: arms, outcome: score }] }\n"
        "contrasts:\n",
    )

    out = results_of(OF_GRADES, other, text=STUDY, table=table(*FALLING))

    found = grids_of(Path("study/study.yaml"), out / "results.csv")["between"]
    (rows,) = cells(found).values()
    assert [*rows] == [
        *("Change, Month 6 against Before", "Change, After 1 month"),
        "Gained, of those without it, Month 6 against Before",
        "Gained, of those without it, After 1 month",
        *("Before", "Month 1", "Month 3", "Month 6"),
    ]
    assert rows["Change, Month 6 against Before"][0] == "Primary: see above"
    assert [column.partition(" (")[0] for column in found.columns[1:]] == [
        *("Score, points", "Other", "No dyspnoea", "Dyspnoea"),
    ]


def test_the_trend_of_pages_test_is_improving_or_worsening(results_of: Callable[..., Path]) -> None:
    other_ends = (("better: lower", "better: higher"), ("better: first", "better: last"))

    out = results_of(*other_ends, text=STUDY, table=table(*FALLING))

    found = cells(grids_of(Path("study/study.yaml"), out / "results.csv")["within"])
    score, _, dyspnoea = found["All visits at once"]["Everyone"]
    assert score.endswith("Page p < 0.001, worsening")
    assert dyspnoea.endswith(", worsening")


def test_a_trend_that_may_be_noise_has_no_direction(results_of: Callable[..., Path]) -> None:
    up_and_down = (patient(scores) for scores in ([10, 25, 15, 12], [20, 10, 15, 13], [9, 8, 7, 9]))

    out = results_of(text=STUDY, table=table(*up_and_down))

    found = cells(grids_of(Path("study/study.yaml"), out / "results.csv")["within"])
    assert found["All visits at once"]["Everyone"][0].split("; ")[-1].startswith("Page p = 0.")
    assert "ing" not in found["All visits at once"]["Everyone"][0]
