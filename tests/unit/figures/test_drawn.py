"""Who of many patients is drawn, and in which bundles."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.figures.bundles import bundles
from casebook.figures.drawn import EACH, drawn
from drawing import Drawings, description, elements, read, title, words


def test_up_to_five_hundred_patients_are_drawn_each() -> None:
    chosen = drawn(range(EACH), lambda patient: patient % 2)

    assert chosen.shown == tuple(range(500))
    assert chosen.whose == "each patient"
    assert not chosen.told


@pytest.mark.parametrize("size", [501, 10_000, 1_000_000])
def test_of_more_the_middle_one_of_so_many_neighbours_is_drawn(size: int) -> None:
    chosen = drawn(range(size), lambda _: None)

    assert 160 < len(chosen.shown) <= 251
    assert f"One in {chosen.one_in} patients is drawn" in chosen.told
    # What is drawn are quantiles: each stands in the middle of its neighbours.
    for place, patient in enumerate(chosen.shown):
        assert abs(patient - (place + 0.5) * chosen.one_in) <= 0.5


def test_a_group_of_few_among_many_is_drawn_too() -> None:
    looks = ["improved"] * 9_000 + ["unchanged"] * 997 + ["worsened"] * 3

    shown = Counter(drawn(looks, lambda look: look).shown)

    assert shown == {"improved": 225, "unchanged": 25, "worsened": 1}


def test_a_bundle_runs_through_the_means_of_patients_with_close_values() -> None:
    pairs = [(0.0, 120.0), (1.0, 110.0), (5.0, 5.0), (2.0, 118.0), (None, 60.0), (64.0, None)]
    kinds = ["up", "up", "level", "down", "one visit", "one visit"]

    found = {bundle.kind + str(bundle.means): bundle.share for bundle in bundles(pairs, kinds)}

    assert found == {
        "up(0.5, 115.0)": 2 / 6,
        "level(5.0, 5.0)": 1 / 6,
        "down(2.0, 118.0)": 1 / 6,
        "one visit(None, 60.0)": 1 / 6,
        "one visit(64.0, None)": 1 / 6,
    }


def test_bundles_keep_every_patient_and_the_mean_of_all() -> None:
    draw = random.Random(1)
    pairs = [(draw.gauss(50, 10), draw.expovariate(0.1)) for _ in range(5_000)]

    found = list(bundles(pairs, [before < after for before, after in pairs]))

    assert len(found) < 2 * 12 * 12
    assert sum(bundle.share for bundle in found) == pytest.approx(1)
    for visit in (0, 1):
        mean = sum((bundle.means[visit] or 0) * bundle.share for bundle in found)
        assert mean == pytest.approx(sum(pair[visit] for pair in pairs) / len(pairs))


def test_patients_who_all_have_the_same_values_are_one_bundle() -> None:
    (bundle,) = bundles([(3.0, 3.0)] * 600, ["unchanged"] * 600)

    assert (bundle.means, bundle.share) == ((3, 3), 1)


@pytest.mark.slow
@pytest.mark.usefixtures("svg_alone")
@pytest.mark.parametrize("name", ["waterfall", "swimmer", "therapies", "doses", "paired"])
def test_a_figure_of_many_patients_is_small_and_says_who_is_drawn(
    synthetic: Callable[[int], Drawings], tmp_path: Path, name: str
) -> None:
    synthetic(2000)[name](tmp_path / "drawn.svg")

    figure = read(tmp_path / "drawn.svg")
    assert (tmp_path / "drawn.svg").stat().st_size < 150_000
    if name == "paired":
        assert "of patients:" in title(figure)
        assert "those with close values are one line" in description(figure)
        assert "a wider line: more patients" in words(figure)
        assert not elements(figure, r"\w+")
    else:
        assert "of one in 8 patients" in title(figure)
        assert description(figure).endswith(
            "One in 8 patients is drawn, and stands for its neighbours in the order of the figure."
        )
        assert "2000 patients, one in 8 drawn" in words(figure)
