"""Samples with printed quartiles, held against all samples of a small scale and all nine types."""

import random
import statistics
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from time import process_time

import pytest

from casebook.statistics.describe import quantile
from casebook.statistics.summaries.bounded import Scale
from casebook.statistics.summaries.quartiles import TYPES, sprite_with_quartiles
from casebook.statistics.terms import NotComputable

TOP = 3
SCALE = Scale(Fraction(0), Fraction(TOP), Fraction(1))
BOTH = {"p25": "40", "p75": "60"}
QUARTILES = (("p25", "p75"), ("iqr",), ("p75", "iqr"))
# Each sample by each type: what a paper could print of it, by its names.
Row = dict[str, float]


def rows(n: int) -> list[Row]:
    """All samples of n values by all types; `quantile` is checked against R's."""
    return [
        {
            "mean": statistics.fmean(values),
            "sd": statistics.stdev(values),
            "p25": quantile(values, 0.25, kind),
            "p75": quantile(values, 0.75, kind),
            "iqr": quantile(values, 0.75, kind) - quantile(values, 0.25, kind),
            "median": float(statistics.median(values)),
            "max": float(values[-1]),
        }
        for values in combinations_with_replacement(range(TOP + 1), n)
        for kind in TYPES
    ]


def fits(value: float, printed: Decimal) -> bool:
    unit = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return abs(value - float(printed)) <= float(unit) / 2 + 1e-9


def is_possible(n: int, printed: dict[str, Decimal]) -> bool:
    quartiles = {name: printed[name] for name in ("p25", "p75", "iqr") if name in printed}
    order = {name: printed[name] for name in ("median", "max") if name in printed}
    mean, sd = printed["mean"], printed["sd"]
    return sprite_with_quartiles(mean, sd, n, SCALE, quartiles=quartiles, order=order).consistent


@pytest.mark.parametrize(
    "n", [2, 3, *(pytest.param(n, marks=pytest.mark.slow) for n in range(4, 9))]
)
def test_there_is_a_sample_exactly_where_enumeration_finds_one(n: int) -> None:
    every, drawn = rows(n), random.Random(n)
    # Given what is printed of each sample, and what is printed of two of them mixed
    mixed = [(drawn.choice(every), drawn.choice(every)) for _ in range(200)]
    found = {True: 0, False: 0}
    for one, other in [*((each, each) for each in every), *mixed]:
        decimals, of_quartiles = drawn.choice((0, 1, 2)), drawn.choice(QUARTILES)
        kept = ("mean", "sd", *of_quartiles, *("median", "max")[: drawn.choice((0, 1, 2))])
        printed = {
            name: Decimal(f"{(other if name in of_quartiles else one)[name]:.{decimals}f}")
            for name in kept
        }
        # Then it is possible exactly where a sample fits all of it by some type
        is_so = any(all(fits(row[name], printed[name]) for name in kept) for row in every)
        assert is_possible(n, printed) == is_so, printed
        found[is_so] += 1
    assert min(found.values()) > 10


@pytest.mark.parametrize(
    ("n", "highest", "step", "order", "quartiles"),
    [
        (60, 100, "1", {}, BOTH),
        (20, 100, "1/100", {"median": "50", "min": "20", "max": "80"}, BOTH),
        (20, 1000, "1/100", {"median": "50", "min": "20", "max": "80"}, BOTH),
        (20_000, 100, "1", {}, BOTH),
        (20, 1000, "1/100", {}, {"iqr": "20"}),
    ],
)
def test_what_would_take_too_long_is_not_tried(
    n: int, highest: int, step: str, order: dict[str, str], quartiles: dict[str, str]
) -> None:
    scale = Scale(Fraction(0), Fraction(highest), Fraction(step))
    beside, printed = (
        {name: Decimal(value) for name, value in each.items()} for each in (quartiles, order)
    )
    begun = process_time()

    with pytest.raises(NotComputable, match=r"too many samples|up to 300 values and 10,000 steps"):
        sprite_with_quartiles(
            Decimal("50.0"), Decimal("10.0"), n, scale, quartiles=beside, order=printed
        )

    assert process_time() - begun < 10
