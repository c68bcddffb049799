"""What papers print beside a test, a mean, a count or a quartile is a row that claims can name."""

from collections.abc import Callable

import pytest

from casebook.data.results import (
    ADJUSTED,
    CHARACTERISTIC,
    COMPLETE_QUANTILES,
    ESTIMATE,
    OTHER_TESTS,
    OUTCOME,
    PAIRED_TEST,
    QUANTILES,
    Result,
    Results,
)

Analyse = Callable[..., Results]

CHANGES = [(10.0, 7.0), (20.0, 17.0), (30.0, 31.0), (44.0, 44.0)]


def number(result: Result) -> float:
    assert not result.error
    return result.number


def test_the_studys_test_has_both_sums_of_ranks_its_z_and_how_many_tie(analysed: Analyse) -> None:
    results = analysed(CHANGES)

    found = {
        name: number(results.get("everyone", "score", PAIRED_TEST, name))
        for name in ("statistic", "statistic_turned", "z", "n_tied", "n_zero")
    }

    # Ranks 2.5, 2.5 and 1: V = 1, whose mean is 3 and variance (2.5² + 2.5² + 1) / 4.
    assert found == {
        "statistic": 1, "statistic_turned": 5, "z": pytest.approx(-2 / 3.375**0.5),
        "n_tied": 2, "n_zero": 1,
    }  # fmt: skip


def test_without_a_change_what_stands_beside_the_test_has_the_reason_too(
    analysed: Analyse,
) -> None:
    results = analysed([(50.0, 50.0)] * 3)

    for name in ("statistic_turned", "z", "n_tied"):
        row = results.get("everyone", "score", PAIRED_TEST, name)
        assert row.error == "all differences are zero (n = 3)"


@pytest.mark.parametrize(
    ("method", "statistic", "expected"),
    [
        ("signed-rank, exact", "statistic_turned", 5),
        ("signed-rank, exact, Pratt's zeros", "statistic_turned", 7),
        ("sign test", "statistic_turned", 2),
        ("rank-sum, normal", "statistic_turned", 8.5),
        # With the continuity correction the distance from the mean is 1.5, not 2.
        ("signed-rank, normal with continuity correction", "z", -1.5 / 3.375**0.5),
        ("signed-rank, normal", "z", -2 / 3.375**0.5),
        ("paired t-test", "degrees_of_freedom", 3),
    ],
)
def test_each_test_has_what_is_printed_of_its_statistic(
    analysed: Analyse, method: str, statistic: str, expected: float
) -> None:
    results = analysed(CHANGES)

    found = results.get("everyone", "score", OTHER_TESTS, statistic, method=method)

    assert number(found) == pytest.approx(expected)


def test_a_change_has_its_z_over_root_n_and_its_size_in_baseline_sds(analysed: Analyse) -> None:
    results = analysed(CHANGES)

    r, sds = (
        number(results.get("everyone", "score", ESTIMATE, "estimate", method=method))
        for method in ("r from z", "mean change over baseline SD")
    )

    assert r == pytest.approx(-2 / 3.375**0.5 / 2)
    # mean(c(-3, -3, 1, 0)) / sd(c(10, 20, 30, 44)) in R.
    assert sds == pytest.approx(-0.08612160228)


def test_a_column_has_the_sd_with_n_in_the_denominator(analysed: Analyse) -> None:
    results = analysed(CHANGES)

    found = results.get("everyone", "score", OUTCOME, "population_sd", visit="baseline")

    assert number(found) == pytest.approx(12.56980509)
    assert found.stat_label == "Standard deviation, n in the denominator"


def test_one_value_has_an_sd_with_n_and_none_with_n_minus_one(analysed: Analyse) -> None:
    results = analysed([(10.0, 7.0)])

    sds = [
        results.get("everyone", "score", OUTCOME, name, visit="baseline")
        for name in ("population_sd", "sd")
    ]

    assert (sds[0].number, sds[1].stat) == (0, "")


def test_every_count_has_its_intervals(bundled_results: Results) -> None:
    found = {
        (method, end): number(
            bundled_results.get("everyone", "sex", CHARACTERISTIC, end, level="F", method=method)
        )
        for method in ("Wilson", "Clopper-Pearson")
        for end in ("conf_low", "conf_high")
    }

    # prop.test(8, 10, correct = FALSE) and binom.test(8, 10) in R.
    assert found == {
        ("Wilson", "conf_low"): pytest.approx(49.01625),
        ("Wilson", "conf_high"): pytest.approx(94.33178),
        ("Clopper-Pearson", "conf_low"): pytest.approx(44.39045),
        ("Clopper-Pearson", "conf_high"): pytest.approx(97.47893),
    }


def test_every_definition_of_quartiles_is_there_for_numbers_and_complete_pairs(
    bundled_results: Results,
) -> None:
    of_age = bundled_results.methods("everyone", "age", QUANTILES, "p25")
    of_pairs = [
        bundled_results.get(
            "classic_dm", "cdasi", COMPLETE_QUANTILES, "p25", visit="baseline", method=row.method
        )
        for row in of_age
    ]

    assert [row.method for row in of_age] == [
        *(f"quantile type {kind}" for kind in range(1, 10)), "Tukey's hinges",
    ]  # fmt: skip
    assert {row.error for row in (*of_age, *of_pairs)} == {""}


def test_the_family_is_adjusted_by_bonferroni_too(bundled_results: Results) -> None:
    rows = bundled_results.methods("dm", "cdasi", ADJUSTED, "p_value")

    by_method = {row.method: row.number for row in rows}

    own = bundled_results.get("dm", "cdasi", PAIRED_TEST, "p_value").number
    assert by_method["Bonferroni"] == pytest.approx(4 * own)
    assert by_method["Bonferroni"] >= by_method["Holm"]
