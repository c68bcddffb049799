"""Correlations against R's cor.test, and the exact one with ties against an enumeration in R."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from casebook.statistics.correlation import Correlated, kendall, pearson, spearman
from tables_of_r import Row, disagreements, rows


def samples() -> dict[str, tuple[list[float], list[float]]]:
    found: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for row in rows("correlation_samples"):
        for column, name in zip(found[row["sample"]], ("first", "second"), strict=True):
            column.append(float(row[name]))
    return found


SAMPLES = samples()


@pytest.mark.parametrize(
    ("column", "correlation", "part", "at_least"),
    [
        ("pearson", pearson, "coefficient", 390),
        ("pearson_p", pearson, "p_value", 390),
        ("spearman", partial(spearman, distribution="t"), "coefficient", 390),
        ("spearman_r", partial(spearman, distribution="r"), "p_value", 390),
        ("spearman_t", partial(spearman, distribution="t"), "p_value", 390),
        ("spearman_exact", spearman, "p_value", 120),
        ("kendall", partial(kendall, distribution="normal"), "coefficient", 390),
        ("kendall_r", partial(kendall, distribution="r"), "p_value", 390),
        ("kendall_exact", kendall, "p_value", 120),
        ("kendall_normal", partial(kendall, distribution="normal"), "p_value", 390),
        ("kendall_corrected", partial(kendall, distribution="normal-corrected"), "p_value", 390),
    ],
)
def test_correlations(
    column: str, correlation: Callable[..., Correlated], part: str, at_least: int
) -> None:
    def ours(row: Row) -> Any:
        first, second = SAMPLES[row["sample"]]
        return getattr(correlation(first, second, alternative=row["alternative"]), part)

    assert disagreements("correlation", column, ours, at_least=at_least) == []
