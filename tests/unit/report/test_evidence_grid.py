"""The grid of tests below the main findings, as it reads."""

from collections.abc import Callable
from pathlib import Path

from casebook.data.results import Results, read_results
from casebook.report.evidence_grid import Cell, Grid
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain

TableOf = Callable[..., str]

ALONE = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
SIX = (-1, -2, -3, -4, -5, -6)
PRIMARY = ("cohorts:", "analysis: { primary: [{ cohort: everyone, outcome: score }] }\ncohorts:")


def grid_of(study: Path, results: Path) -> Grid | None:
    return main_findings(load_study(study), Results(read_results(results))).grid


def words(cell: Cell) -> str:
    """A cell as it is read; bold stands between asterisks."""
    p = f"*{cell.p}*" if cell.reached else cell.p
    return plain("; ".join(filter(None, [cell.size, cell.n, p, *cell.remarks]))).replace(
        "\xa0", " "
    )


def test_the_grid_of_the_bundled_study_has_a_row_for_each_cohort(
    bundled: Path, bundled_study: Path
) -> None:
    found = grid_of(bundled_study, bundled / "results.csv")

    assert found
    assert found.columns == (
        "Cohort",
        "CDASI, points (lower is better)",
        "MMT8, points (higher is better)",
    )
    (block,) = found.blocks
    cells = {label: [*map(words, row)] for label, row in block.rows}
    # R: wilcox.test(change, conf.int = TRUE) and p.adjust of the four tests of the family
    assert block.heading == ""
    assert cells["Classic DM"] == [
        "Better: −12 (−22 to −2); n = 5; p = 0.0625; adjusted 0.1875; too few; covers 93.75%",
        "Better: 2 (0 to 24); n = 5; p = 0.371, exact 0.5; adjusted 0.371, exact 0.5; too few;"
        " covers 93.75%",
    ]
    assert cells["Everyone"][0] == "Better: −7 (−14 to −3.5); n = 10; *p = 0.014, exact 0.008*"
    assert cells["Antisynthetase syndrome"] == [
        "Not tested: all differences are zero (n = 2)",
        "Not tested: no patient has both visits",
    ]


def test_the_only_test_needs_no_grid(results_of: Callable[..., Path], table_of: TableOf) -> None:
    out = results_of(ALONE, table=table_of({"Before": "5", "After": "3"}))

    assert grid_of(Path("study/study.yaml"), out / "results.csv") is None


def test_a_primary_test_is_not_told_again(
    results_of: Callable[..., Path], table_of: TableOf
) -> None:
    rows = ({"Age": "70" if i < 4 else "50", "Before": "50", "After": f"{50 + i}"} for i in SIX)

    out = results_of(PRIMARY, table=table_of({"Age": "70"}, *rows))

    found = grid_of(Path("study/study.yaml"), out / "results.csv")
    assert found
    assert found.title == "The other tests"
    # The row of everyone has no other test.
    assert [label for label, _ in found.blocks[0].rows] == ["65 or older"]


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

    found = grid_of(Path("study/study.yaml"), out / "results.csv")
    assert found
    # R: wilcox.test(-(10:15), conf.int = TRUE): 0.03125, -12.5 (-15 to -10), and so on.
    assert {b.heading: [[*map(words, cells)] for _, cells in b.rows] for b in found.blocks} == {
        "Late": [["Worse: −12.5 (−15 to −10); n = 6; *p = 0.031*", "Primary: told above"]],
        "Early": [["–", "Better: −4.5 (−7 to −2); n = 6; *p = 0.031*"]],
    }


def test_notes_tell_only_what_stands_in_the_cells(
    results_of: Callable[..., Path], table_of: TableOf
) -> None:
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    out = results_of(table=table_of(*rows))

    found = grid_of(Path("study/study.yaml"), out / "results.csv")
    assert found
    assert [note.partition(":")[0] for note in found.notes[1:]] == ["Bold"]
