"""Walsh averages that are looked for, against a list of them all."""

import statistics

import numpy as np
import pytest

from casebook.statistics import walsh
from casebook.statistics.walsh import WalshAverages


def listed(differences: np.ndarray) -> np.ndarray:
    halves = differences / 2
    return np.sort(np.add.outer(halves, halves)[np.tri(halves.size, dtype=np.bool_)])


SAMPLES = {
    "all different": lambda random, n: random.normal(0, 1, n),
    "whole numbers": lambda random, n: random.integers(-5, 6, n) * 1.0,
    "tenths, which floats only come near": lambda random, n: random.integers(-99, 99, n) * 0.1,
    "of very different sizes": lambda random, n: random.normal(0, 1, n) ** 9,
}


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("n", [1, 2, 7, 400])
def test_every_average_is_found_at_its_place(
    sample: str, n: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walsh, "_LISTED", 100)
    differences = SAMPLES[sample](np.random.default_rng(n), n)
    averages, all_of_them = WalshAverages(differences), listed(differences)

    places = range(0, averages.count, max(1, averages.count // 20))

    assert averages.count == all_of_them.size
    assert (averages.least, averages.greatest) == (all_of_them[0], all_of_them[-1])
    assert [averages.at(place) for place in places] == [all_of_them[place] for place in places]
    assert averages.median() == statistics.median(all_of_them)


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_value_is_told_what_lies_on_either_side(sample: str) -> None:
    differences = SAMPLES[sample](np.random.default_rng(3), 40)
    averages, all_of_them = WalshAverages(differences), listed(differences)
    for value in (*all_of_them[::50], all_of_them[-1] + 1):
        for exactly in (value, np.nextafter(value, np.inf)):
            fewer = int(np.count_nonzero(all_of_them < exactly))
            around = [-np.inf, *all_of_them, np.inf][fewer : fewer + 2]
            assert averages.split(exactly) == (fewer, *around)


def test_the_work_grows_with_the_number_of_differences_and_not_of_averages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    columns_of = WalshAverages._columns
    looked: list[int] = []
    monkeypatch.setattr(WalshAverages, "_columns", lambda *of: looked.append(1) or columns_of(*of))
    times = []
    for n in (1000, 30_000):
        WalshAverages(np.random.default_rng(n).normal(0, 1, n)).median()
        times.append(len(looked))
        looked.clear()
    assert times[1] <= times[0] + 8 < 20
