"""Tests over all visits, and of a category at two visits, against the tables that R wrote.

`repeated.R` wrote them with R 4.2, and with R 4.6 those whose name ends in 4_6.
"""

from collections import defaultdict
from typing import Any

import pytest

from casebook.statistics.friedman import Distribution, friedman, kendalls_w, page
from casebook.statistics.marginal import stuart_maxwell
from casebook.statistics.paired import mcnemar
from tables_of_r import Row, disagreements, rows


def tables_of_visits() -> dict[str, list[list[float]]]:
    """A row for each patient and a column for each visit; R lists them visit by visit."""
    tables: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows("visits_samples"):
        tables[row["sample"]][row["patient"]].append(float(row["value"]))
    return {sample: list(patients.values()) for sample, patients in tables.items()}


def pairs_of_categories() -> dict[str, list[tuple[float, float]]]:
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows("categories_samples"):
        pairs[row["sample"]].append((float(row["before"]), float(row["after"])))
    return pairs


VISITS, CATEGORIES = tables_of_visits(), pairs_of_categories()


@pytest.mark.parametrize("table", ["visits", "visits_4_6"])
@pytest.mark.parametrize(
    ("column", "distribution", "attribute", "at_least"),
    [
        ("statistic", "asymptotic", "statistic", 220),
        ("chi_square", "asymptotic", "p_value", 220),
        ("exact", "exact", "p_value", 190),
        ("smallest", "exact", "smallest_p", 190),
    ],
)
def test_friedman(
    table: str, column: str, distribution: Distribution, attribute: str, at_least: int
) -> None:
    def ours(row: Row) -> Any:
        return getattr(friedman(VISITS[row["sample"]], distribution=distribution), attribute)

    assert disagreements(table, column, ours, at_least=at_least) == []


@pytest.mark.parametrize("table", ["visits", "visits_4_6"])
def test_concordance_is_friedmans_statistic_over_its_largest_possible_value(table: str) -> None:
    def ours(row: Row) -> float:
        values = VISITS[row["sample"]]
        return kendalls_w(values) * len(values) * (len(values[0]) - 1)

    assert disagreements(table, "statistic", ours, at_least=220) == []


@pytest.mark.parametrize("table", ["visits", "visits_4_6"])
def test_page(table: str) -> None:
    def trend(row: Row) -> float:
        return page(VISITS[row["sample"]], distribution="asymptotic").statistic

    def rising(row: Row) -> float:
        return page(VISITS[row["sample"]], alternative="greater").p_value

    def falling(row: Row) -> float:
        return page(VISITS[row["sample"]], alternative="less").p_value

    assert disagreements(table, "trend", trend, at_least=220) == []
    assert disagreements(table, "trend_greater", rising, at_least=190) == []
    assert disagreements(table, "trend_less", falling, at_least=190) == []


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_page_by_the_normal_distribution(alternative: Any) -> None:
    def ours(row: Row) -> float:
        values = VISITS[row["sample"]]
        return page(values, distribution="asymptotic", alternative=alternative).p_value

    column = alternative.replace("-", "_")
    assert disagreements("visits_coin", column, ours, at_least=210) == []


@pytest.mark.parametrize(
    ("table", "column", "distribution", "attribute"),
    [
        ("categories", "statistic", "asymptotic", "statistic"),
        ("categories", "chi_square", "asymptotic", "p_value"),
        ("categories", "exact", "exact", "p_value"),
        ("categories", "smallest", "exact", "smallest_p"),
        ("categories_4_6", "exact", "exact", "p_value"),
        ("categories_4_6", "chi_square", "asymptotic", "p_value"),
        ("categories_coin", "statistic", "asymptotic", "statistic"),
        ("categories_coin", "p", "asymptotic", "p_value"),
    ],
)
def test_stuart_maxwell(table: str, column: str, distribution: Any, attribute: str) -> None:
    def ours(row: Row) -> Any:
        before, after = zip(*CATEGORIES[row["sample"]], strict=True)
        return getattr(stuart_maxwell(before, after, distribution=distribution), attribute)

    assert disagreements(table, column, ours, at_least=195) == []


@pytest.mark.parametrize("table", ["categories", "categories_4_6"])
def test_mcnemar(table: str) -> None:
    def ours(row: Row) -> float:
        before, after = zip(*CATEGORIES[row["sample"]], strict=True)
        return mcnemar([b - 1 for b in before], [a - 1 for a in after]).p_value

    assert disagreements(table, "mcnemar", ours, at_least=40) == []
