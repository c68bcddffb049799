"""Rows of estimates and effect sizes."""

from collections.abc import Callable

import pytest

from casebook.data.results import ESTIMATE, Result, Results

Analyse = Callable[..., Results]
Rows = Callable[..., list[Result]]

SEVEN = [(50.0, 50.0 + change) for change in (-8, -6, -22, -19, -2, -7, -9)]
BOOTSTRAPS = ["mean difference, BCa bootstrap", "median difference, BCa bootstrap"]
INTERVAL = ["estimate", "conf_low", "conf_high"]


def analysis(content: str) -> tuple[str, str]:
    return ("cohorts:", f"analysis: {{ {content} }}\ncohorts:")


def of(results: Results, method: str, stat: str) -> Result:
    return results.get("everyone", "score", ESTIMATE, stat, method=method)


def test_every_estimate_is_there(rows_of: Rows) -> None:
    rows = rows_of(SEVEN, analysis("bootstrap: 99"))

    found: dict[str, list[str]] = {}
    for row in rows:
        if row.context == ESTIMATE:
            found.setdefault(row.method, []).append(row.stat_name)

    assert found == {
        "Hodges-Lehmann": [*INTERVAL, "coverage"],
        "median difference": [*INTERVAL, "coverage"],
        "mean difference": INTERVAL,
        **dict.fromkeys(BOOTSTRAPS, INTERVAL),
        "matched-pairs rank-biserial correlation": ["estimate"],
        "Cohen's d_z": ["estimate"],
        "r from z": ["estimate"],
        "mean change over baseline SD": ["estimate"],
    }


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # In R, with d <- c(-8,-6,-22,-19,-2,-7,-9,-7) and its Walsh averages
        # w <- (outer(d, d, "+") / 2)[upper.tri(diag(8), TRUE)], it is
        # median(w); sort(w)[c(4, 33)], and of the coverage in R 4.6, as -7 is tied,
        # 1 - wilcox.test(d, mu = -15.75, alternative = "greater")$p.value
        # - wilcox.test(d, mu = -4.25, alternative = "less")$p.value
        ("Hodges-Lehmann", [-8, -15.5, -4.5, 0.96875]),
        # In R, median(d); range(d), as 1 - 2 * pbinom(1, 8, 0.5) is only 0.93; 1 - 2 / 2^8
        ("median difference", [-7.5, -22, -2, 0.9921875]),
        # In R, t.test(d)
        ("mean difference", [-10, -15.722753606688331, -4.2772463933116676]),
        # In R, mean(d) / sd(d)
        ("Cohen's d_z", [-1.4608717744769439]),
        # Everyone improved, and lower is better.
        ("matched-pairs rank-biserial correlation", [-1]),
    ],
)
def test_the_estimates_of_the_bundled_study(
    bundled_results: Results, method: str, expected: list[float]
) -> None:
    stats = [*INTERVAL, "coverage"][: len(expected)]

    found = [
        bundled_results.get("dm", "cdasi", ESTIMATE, stat, method=method).number for stat in stats
    ]

    assert found == pytest.approx(expected)


@pytest.mark.parametrize("method", ["Hodges-Lehmann", "median difference"])
def test_five_pairs_are_too_few_for_the_level_and_the_row_says_so(
    bundled_results: Results, method: str
) -> None:
    found = [
        bundled_results.get("classic_dm", "cdasi", ESTIMATE, stat, method=method)
        for stat in ("conf_low", "conf_high", "coverage")
    ]

    # In R, 1 - 2 * psignrank(0, 5)
    assert [each.number for each in found] == [-22, -2, 0.9375]
    assert found[2].warning == ("even the widest interval covers only 93.75%",)


@pytest.mark.parametrize(("count", "warns"), [(1, True), (5, True), (6, False)])
def test_a_coverage_that_reaches_the_level_is_not_warned_of(
    analysed: Analyse, count: int, warns: bool
) -> None:
    results = analysed([(50.0, float(i)) for i in range(count)])

    for method in ("Hodges-Lehmann", "median difference"):
        found = of(results, method, "coverage")
        assert found.number == 1 - 2 / 2**count
        assert bool(found.warning) is warns


@pytest.mark.parametrize(("level", "warns"), [("0.9375", False), ("0.938", True)])
def test_a_coverage_of_exactly_the_level_reaches_it(
    analysed: Analyse, level: str, warns: bool
) -> None:
    """The widest interval of five covers with 1 - 2 / 2^5 = 0.9375."""
    results = analysed([(50.0, float(i)) for i in range(5)], analysis(f"confidence_level: {level}"))

    assert bool(of(results, "Hodges-Lehmann", "coverage").warning) is warns


def test_the_study_chooses_the_level_of_confidence(analysed: Analyse) -> None:
    pairs = [(50.0, 48.0), (50.0, 46.0), (50.0, 41.0)]

    found = of(analysed(pairs, analysis("confidence_level: 0.9")), "mean difference", "conf_low")

    # In R, t.test(c(-2, -4, -9), conf.level = 0.9)
    assert found.number == pytest.approx(-11.07843470155373)


@pytest.mark.parametrize("better", ["lower", "higher"])
def test_the_rank_biserial_correlation_has_the_sign_of_the_change_whichever_is_better(
    analysed: Analyse, better: str
) -> None:
    """Ranks 1, 2, 3, 4 with 2 and 4 up, 1 and 3 down: (6 - 4) / 10 for an increase."""
    pairs = [(50.0, 49.0), (50.0, 52.0), (50.0, 47.0), (50.0, 54.0)]

    results = analysed(pairs, ("better: lower", f"better: {better}"))

    found = of(results, "matched-pairs rank-biserial correlation", "estimate")
    assert found.number == pytest.approx(0.2)


def test_without_resamples_there_is_no_bootstrap(rows_of: Rows) -> None:
    rows = rows_of(SEVEN, analysis("bootstrap: 0"))

    assert rows
    assert not any("bootstrap" in row.method for row in rows)


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others(rows_of: Rows) -> None:
    def intervals(seed: int) -> list[str]:
        rows = rows_of(SEVEN, analysis(f"bootstrap: 199, seed: {seed}"))
        return [row.stat for row in rows if row.method == BOOTSTRAPS[0]]

    first, again, other = intervals(1), intervals(1), intervals(2)

    assert first == again
    assert len(first) == 3
    assert first[0] == other[0]
    assert first != other


def test_a_bootstrap_interval_lies_within_the_changes(analysed: Analyse) -> None:
    results = analysed(SEVEN, analysis("bootstrap: 999"))

    for method in BOOTSTRAPS:
        value, low, high = (of(results, method, stat).number for stat in INTERVAL)
        assert -22 <= low <= value <= high <= -2


@pytest.mark.parametrize(("count", "warns"), [(7, True), (19, True), (20, False)])
def test_a_bootstrap_interval_of_fewer_than_twenty_pairs_is_warned_of(
    analysed: Analyse, count: int, warns: bool
) -> None:
    pairs = [(50.0, 50.0 + i) for i in range(count)]

    results = analysed(pairs, analysis("bootstrap: 199"))

    told = "with fewer than 20 pairs a bootstrap interval covers less often than its level says"
    warning = (told,) if warns else ()
    for method in BOOTSTRAPS:
        found = [of(results, method, stat).warning for stat in INTERVAL]
        assert found == [(), warning, warning]
    assert {of(results, "mean difference", stat).warning for stat in INTERVAL} == {()}


IN_SDS = ("Cohen's d_z", "mean change over baseline SD")


@pytest.mark.parametrize(
    ("pairs", "failing"),
    [
        (
            [],
            ["Hodges-Lehmann", "median difference", "mean difference", *BOOTSTRAPS, *IN_SDS],
        ),
        ([(5.0, 3.0)], ["mean difference", *BOOTSTRAPS, *IN_SDS]),
        ([(5.0, 3.0)] * 4, ["mean difference", *BOOTSTRAPS, *IN_SDS]),
        ([(5.0, 5.0)] * 4, ["mean difference", *BOOTSTRAPS, *IN_SDS]),
    ],
)
def test_an_estimate_that_cannot_be_computed_is_rows_that_say_why(
    rows_of: Rows, pairs: list[tuple[float, float]], failing: list[str]
) -> None:
    rows = [row for row in rows_of(pairs, analysis("bootstrap: 99")) if row.context == ESTIMATE]

    failed = {row.method for row in rows if row.error}
    assert failed - {"matched-pairs rank-biserial correlation", "r from z"} == set(failing)
    assert all(bool(row.stat) != bool(row.error) for row in rows)
