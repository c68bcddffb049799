"""Tables of effect sizes, responders and other tests, as they read."""

from collections.abc import Callable
from pathlib import Path

from casebook.data.results import Results, read_results
from casebook.report.effects import effect_sizes_table, responders_table, sensitivity_table
from casebook.report.manuscript import Row, response_table
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import STUDY
from followed import cohort as followed_cohort
from followed import table as followed_table

RESPONDERS = """\
    better: lower
    responders:
      five: { label: At least 5 points, improvement: 5, source: Doe 2024 }
"""


def cells(row: Row) -> list[str]:
    return [plain(cell) for cell in row.cells]


def test_changes_are_described_by_their_quartiles_and_effect_sizes(
    bundled_study: Path, bundled_results: Results
) -> None:
    rows = effect_sizes_table(load_study(bundled_study), bundled_results).rows

    (_, cdasi, mmt8, *_, last) = rows

    # R: quantile(c(4, 1, 5, 31, 0) - c(12, 7, 27, 50, 2)), and so on
    assert cells(cdasi) == ["−8 (−19 to −6)", "−1", "−1.32"]
    assert cells(mmt8) == ["0 (0–4)", "1", "0.54"]
    assert last.label == "MMT8"


def test_an_effect_size_that_has_no_column_has_no_note(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    """One change has no standard deviation."""
    out = results_of(table=table_of({"Before": "10", "After": "2"}))
    results = Results(read_results(out / "results.csv"))

    table = effect_sizes_table(load_study(Path("study/study.yaml")), results)

    told = " ".join((*table.columns, *table.notes))
    assert "Rank-biserial correlation" in told
    assert "both effect sizes" not in told
    assert "Cohen's d_z" not in told


def test_a_table_of_changes_has_one_sign_and_says_what_it_means(
    bundled_study: Path, bundled_results: Results
) -> None:
    study = load_study(bundled_study)

    effects = effect_sizes_table(study, bundled_results)
    response = response_table(study, bundled_results)

    for row in (row for row in effects.rows if row.cells and "–" not in row.cells):
        _, *sizes = cells(row)
        assert len({each.startswith("−") for each in sizes}) == 1
    assert "(later minus earlier value)" in effects.title
    for table in (effects, response):
        notes = " ".join(table.notes)
        assert (
            "the later value minus the earlier one: above 0 the outcome rose, below 0 it fell."
            in notes
        )
        assert "lower is better." in notes
        assert "higher is better." in notes


def test_responders_in_percent_of_a_baseline_below_0_are_told_with_their_names(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    """From -10 to -15, lower is better, an improvement by 50 % of the size of the baseline."""
    half = (
        "      half: { label: At least half, improvement: 50, unit: percent, source: Doe 2024 }\n"
    )
    table = table_of({"Before": "-10", "After": "-15"}, {"Before": "10", "After": "2"})
    out = results_of(
        ("    better: lower\n", RESPONDERS + half), ("range: [0, 100]", "range: [-50, 100]"),
        table=table,
    )  # fmt: skip

    found = responders_table(load_study(Path("study/study.yaml")), _results(out))

    assert found is not None
    assert cells(found.rows[5])[:2] == ["2", "2 (100%)"]
    assert found.notes[2:] == (
        "Score, At least half, 65 or older: in percent of the size of a baseline below 0: p1.",
        "Score, At least half, Everyone: in percent of the size of a baseline below 0: p1.",
    )


def test_responders_are_told_with_both_intervals_and_who_is_not_evaluable(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(("    better: lower\n", RESPONDERS))

    table = responders_table(load_study(Path("study/study.yaml")), _results(out))

    assert table is not None
    assert [row.label for row in table.rows] == [
        "Score: At least 5 points",
        "65 or older",
        "Everyone",
    ]
    # Of a (12.5 to 3) and b (20 to 25) one responded; c has one visit.
    assert cells(table.rows[2]) == ["2", "1 (50%)", "9.5 to 91", "1.3 to 99", "1"]
    assert table.notes == ("Score, At least 5 points: Doe 2024.",)


def test_a_study_without_thresholds_has_no_table_of_responders(
    results_of: Callable[..., Path],
) -> None:
    out = results_of()

    assert responders_table(load_study(Path("study/study.yaml")), _results(out)) is None


def test_the_other_tests_stand_beside_each_other(
    bundled_study: Path, bundled_results: Results
) -> None:
    found = sensitivity_table(load_study(bundled_study), bundled_results)

    headings = [number for number, row in enumerate(found.rows) if not row.cells]
    by_method = {row.label: cells(row) for row in found.rows[: headings[1]]}

    assert [found.rows[number].label for number in headings] == ["CDASI", "MMT8"]
    assert found.columns[1] == "Classic DM"
    assert by_method["signed-rank, normal (SPSS)"][0] == "0.043"
    assert by_method["Patients without whom the conclusion changes"][0] == "0"


def test_tests_of_a_kind_that_look_alike_in_every_cohort_share_a_row(
    bundled_study: Path, bundled_results: Results
) -> None:
    """The default of R up to 4.5, which ties or zeros make approximate, is not among the exact."""
    found = sensitivity_table(load_study(bundled_study), bundled_results)

    headings = [number for number, row in enumerate(found.rows) if not row.cells]
    rows = {row.label: cells(row) for row in found.rows[: headings[1]]}
    exact = next(label for label in rows if label.startswith("6 signed-rank tests: exact;"))
    assert "; default rule of R 4.6; " in exact
    assert rows[exact][0] == "0.0625"
    assert rows["2 rank-sum tests: default rule of R 4.6; exact (Prism)"][0] == "0.222"
    assert rows["sign test"] == rows[exact]


def test_contrasts_make_the_table_of_other_tests_longer_and_not_wider(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(text=STUDY, table=followed_table(*followed_cohort(8)))

    other = sensitivity_table(load_study(Path("study/study.yaml")), _results(out))

    assert other.columns == ("p-value by", "Arm A", "Everyone")
    assert [row.label for row in other.rows if not row.cells] == [
        "Score, Month 6 against Before",
        "Score, After 1 month",
    ]


def _results(out: Path) -> Results:
    return Results(read_results(out / "results.csv"))
