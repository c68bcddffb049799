"""Means and SDs of values on a scale with ends, held against every sample that there is."""

import itertools
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.statistics.summaries.bounded import Scale, tides
from casebook.statistics.summaries.interval import Rounding, possible_values
from casebook.statistics.summaries.samples import sprite
from casebook.statistics.sums_of_squares import numbers_up_to
from casebook.statistics.terms import NotComputable

D = Decimal


def on(low: int, high: int, step: Fraction | int | None = 1) -> Scale:
    return Scale(Fraction(low), Fraction(high), None if step is None else Fraction(step))


@dataclass(frozen=True)
class Sample:
    """A sample with its statistics."""

    values: tuple[Fraction, ...]

    @cached_property
    def own(self) -> dict[str, Fraction]:
        found = {"min": min(self.values), "max": max(self.values)}
        return found | {
            "mean": Fraction(statistics.mean(self.values)),
            "median": Fraction(statistics.median(self.values)),
            "variance": Fraction(statistics.variance(self.values)),
        }


@cache
def every_sample(n: int, scale: Scale) -> list[Sample]:
    assert scale.step is not None
    values = [scale.low + k * scale.step for k in range(scale.top + 1)]
    return [Sample(each) for each in itertools.combinations_with_replacement(values, n)]


def fitting(n: int, scale: Scale, rounding: Rounding = "nearest", **printed: D) -> list[Sample]:
    """The samples with these statistics, as they are rounded."""
    allowed = {name: possible_values(value, rounding) for name, value in printed.items()}
    if "sd" in allowed:
        allowed["variance"] = allowed.pop("sd").squared()
    return [
        sample
        for sample in every_sample(n, scale)
        if all(within.holds(sample.own[name]) for name, within in allowed.items())
    ]


def numbers(low: str, high: str, step: str) -> Iterator[D]:
    value = D(low)
    while value <= D(high):
        yield value
        value += D(step)


SCALES = (on(0, 4), on(-1, 3), on(1, 3, Fraction(1, 2)), on(1, 3, Fraction(1, 3)))


@pytest.mark.parametrize("scale", SCALES[1:], ids=str)
@pytest.mark.parametrize("n", [2, 3, 4])
def test_there_is_a_sample_exactly_where_listing_all_of_them_finds_one(
    n: int, scale: Scale
) -> None:
    low, high = str(float(scale.low)), str(float(scale.high))
    for mean in numbers(low, high, "0.2"):
        of_mean = {sample.own["variance"] for sample in fitting(n, scale, mean=mean)}
        for sd in numbers("0.0", "3.0", "0.1"):
            allowed = possible_values(sd).squared()
            exists = any(map(allowed.holds, of_mean))
            assert sprite(mean, sd, n, scale).consistent == exists, (mean, sd)


@given(
    st.integers(2, 7), st.sampled_from(SCALES), st.data(), st.sampled_from(["nearest", "truncated"])
)
def test_the_order_of_the_values_is_looked_at_as_well(
    n: int, scale: Scale, data: st.DataObject, rounding: Rounding
) -> None:
    """Printed are the statistics of a sample, some of them a little off."""
    own = data.draw(st.sampled_from(every_sample(n, scale))).own
    off = data.draw(st.tuples(*[st.sampled_from([0, 0, 0, 1])] * 2))
    kept = data.draw(st.sets(st.sampled_from(["min", "median", "max"])))
    mean = D(f"{float(own['mean']):.1f}")
    sd = D(f"{float(own['variance']) ** 0.5:.1f}") + D("0.1") * off[0]
    order = {name: D(f"{float(own[name]):.1f}") + D(off[1]) / 2 for name in sorted(kept)}

    found = sprite(mean, sd, n, scale, order=order, rounding=rounding)

    samples = fitting(n, scale, rounding, mean=mean, sd=sd, **order)
    assert found.consistent == bool(samples)
    if samples:
        listed = tuple(float(x) for x in found.detail.partition("for instance ")[2].split(", "))
        of_samples = [pytest.approx(tuple(map(float, s.values)), abs=1e-3) for s in samples]
        assert listed in of_samples


@given(st.integers(1, 60).flatmap(
    lambda top: st.tuples(st.just(top), st.lists(st.integers(0, top), min_size=1, max_size=40))
))  # fmt: skip
def test_numbers_are_found_with_the_sum_and_sum_of_squares_of_any_others(
    case: tuple[int, list[int]],
) -> None:
    top, numbers = case
    total, squares = sum(numbers), sum(x * x for x in numbers)

    found = numbers_up_to(top, len(numbers), total, squares)

    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] <= top
    assert (len(found), sum(found)) == (len(numbers), total)
    assert sum(x * x for x in found) == squares


@pytest.mark.parametrize("scale", [on(0, 4), on(1, 3, Fraction(1, 2))], ids=str)
@pytest.mark.parametrize("n", [2, 3, 5])
def test_an_sd_is_out_of_bounds_where_that_of_every_sample_is_smaller_or_larger(
    n: int, scale: Scale
) -> None:
    low, high = str(float(scale.low)), str(float(scale.high))
    for mean in numbers(low, high, "0.1"):
        variances = [sample.own["variance"] for sample in fitting(n, scale, mean=mean)]
        for sd in numbers("0.0", "3.0", "0.1"):
            allowed = possible_values(sd).squared()
            within = bool(variances) and (
                min(variances) <= allowed.high and allowed.low <= max(variances)
            )
            assert tides(mean, sd, n, scale).consistent == within, (mean, sd)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "scale", "told"),
    [
        # (1 - 7) of 30: Petocz 2005, (R / 2) sqrt(n / (n - 1)) = 3.0513 at the middle.
        ("4.00", "3.05", 30, on(1, 7), "SD from 0.00 to 3.05, as 3.05 is"),
        ("4.00", "3.06", 30, on(1, 7), "SD from 0.00 to 3.05, and not 3.06"),
        # sqrt(n / (n - 1)) sqrt(d (1 - d)) is the least of whole numbers: Pesant & Regin 2005.
        ("3.500", "0.507", 30, on(1, 7), "from 0.509 to 2.957, and not 0.507"),
        ("3.500", "0.507", 30, on(1, 7, None), "from 0.000 to 2.957, as 0.507 is"),
        ("7.5", "1.0", 30, on(1, 7), "no 30 values from 1 to 7 have a mean of 7.5"),
    ],
)
def test_bounds_are_those_of_the_published_formulas(
    mean: str, sd: str, n: int, scale: Scale, told: str
) -> None:
    assert told in tides(D(mean), D(sd), n, scale).detail


def test_without_steps_the_bounds_are_those_of_fine_steps() -> None:
    for mean, sd in itertools.product(numbers("0.0", "2.0", "0.1"), numbers("0.0", "1.6", "0.1")):
        fine = tides(mean, sd, 3, on(0, 2, Fraction(1, 600)))
        assert tides(mean, sd, 3, on(0, 2, None)).consistent == fine.consistent, (mean, sd)


def test_a_sample_is_shown_and_of_a_long_one_how_often_each_value_is_there() -> None:
    order = {"min": D(1), "median": D(3), "max": D(8)}
    few = sprite(D("3.21"), D("1.93"), 14, on(0, 10), order=order)
    many = sprite(D("50.1"), D("23.4"), 60, on(0, 100))

    assert few.detail.endswith("for instance 1, 1, 2, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5, 8")
    assert " times)" in many.detail


def test_what_only_the_order_forbids_is_told() -> None:
    found = sprite(D("3.21"), D("1.93"), 14, on(0, 10), order={"median": D(7)})

    assert not found.consistent
    assert found.detail.endswith("the median 7, though without it there are some")


@pytest.mark.parametrize(
    ("n", "scale", "reason"),
    [
        (301, on(0, 10), "up to 300 values"),
        (30, on(0, 10_001), "10,000 steps"),
        (30, on(0, 10, None), "without steps"),
        (1, on(0, 10), "at least 2 values"),
    ],
)
def test_what_would_take_too_long_is_not_tried(n: int, scale: Scale, reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        sprite(D("5"), D("2"), n, scale)


def test_a_search_ends_where_too_much_would_have_to_be_tried() -> None:
    """A mean without decimals leaves many sums open."""
    with pytest.raises(NotComputable, match="more than 50,000 sums"):
        sprite(D("5000"), D("4999"), 200, on(0, 10_000), order={"median": D(5000)})


@pytest.mark.parametrize(("low", "high", "step"), [(3, 3, 1), (0, 1, Fraction(2, 3)), (0, 1, 0)])
def test_a_scale_has_a_length_and_whole_steps(low: int, high: int, step: Fraction) -> None:
    with pytest.raises(ValueError, match=r"scale|steps"):
        on(low, high, step)
