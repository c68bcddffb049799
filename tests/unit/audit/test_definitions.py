"""The definitions of a statistic, on five values whose statistics R gives."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casebook.audit.definitions import definitions
from casebook.study.load import load_study

VALUES = [8, 10, 12.5, 20, 40]
"""In R, quantile(x, c(1, 3) / 4, type = 7) is 10 and 20, and with type = 6, 9 and 30."""


@pytest.mark.parametrize(
    ("statistic", "own", "others"),
    [
        ("mean", 18.1, {"median": 12.5}),
        ("median", 12.5, {"mean": 18.1}),
        ("sd", 13.05948, {"sd, n in the denominator": 11.68075, "standard error": 5.840377}),
        ("p25", 10, {"quantile type 6": 9, "smallest and largest value": 8, "Tukey's hinges": 10}),
        ("p75", 20, {"quantile type 6": 30, "smallest and largest value": 40}),
        ("se", 5.840377, {"sd, n - 1 in the denominator": 13.05948}),
        (
            "iqr",
            10,
            {"quantile type 6": 21, "Tukey's hinges": 10, "smallest and largest value": 32},
        ),
        ("p10", 8.8, {"quantile type 6": 8, "quantile type 2": 8, "quantile type 8": 8}),
        ("p97.5", 38, {"quantile type 5": 40}),
        ("min", 8, {"lower quartile": 10}),
        ("max", 40, {"upper quartile": 20}),
        ("n", 5, {}),
    ],
)
def test_each_definition_gives_what_r_gives(
    make_study: Callable[..., Path], statistic: str, own: float, others: dict[str, float]
) -> None:
    edit = ("cohorts:", "analysis: { quantile_type: 7 }\ncohorts:")

    found = {n: f(VALUES) for n, f in definitions(statistic, load_study(make_study(edit))).items()}

    assert next(iter(found.values())) == pytest.approx(own, rel=1e-6)
    assert {name: found[name] for name in others} == pytest.approx(others, rel=1e-6)


BY_NUMPY: tuple[Any, ...] = (
    *("inverted_cdf", "averaged_inverted_cdf", "closest_observation"),
    *("interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased"),
    "normal_unbiased",
)
"""What NumPy calls the nine definitions of quantiles, in their order."""


@pytest.mark.parametrize("percent", [2.5, 10, 33.3, 90])
def test_a_percentile_and_the_width_between_quartiles_are_what_numpy_gives(
    make_study: Callable[..., Path], percent: float
) -> None:
    values = [*VALUES, 3, 7, 7, 11, 52]
    study = load_study(make_study())

    found = definitions(f"p{percent}", study)
    widths = definitions("iqr", study)

    for kind, method in enumerate(BY_NUMPY, start=1):
        expected = np.percentile(values, [percent, 25, 75], method=method)
        assert found[f"quantile type {kind}"](values) == pytest.approx(expected[0])
        assert widths[f"quantile type {kind}"](values) == pytest.approx(expected[2] - expected[1])
