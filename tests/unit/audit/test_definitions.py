"""The definitions of a statistic, on five values whose statistics R gives."""

from collections.abc import Callable
from pathlib import Path

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
