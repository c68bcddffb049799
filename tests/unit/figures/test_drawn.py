"""Who of many patients is drawn."""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.figures.drawn import EACH, drawn
from drawing import Drawings, Figure, description, elements, read, title, words

HIGH = "  high:\n    label: 10 or more\n    select: score_baseline >= 10\n"


def test_up_to_five_hundred_patients_are_drawn_each() -> None:
    chosen = drawn(range(EACH), lambda patient: patient % 2)

    assert chosen.shown == tuple(range(500))
    assert chosen.whose == "each patient"
    assert not chosen.told


@pytest.mark.parametrize("size", [501, 10_000, 1_000_000])
def test_of_more_one_in_so_many_is_drawn_from_the_first_to_the_last(size: int) -> None:
    chosen = drawn(range(size), lambda _: None)

    assert 160 < len(chosen.shown) <= 251
    assert f"One in {chosen.one_in} patients is drawn" in chosen.told
    assert (chosen.shown[0], chosen.shown[-1]) == (0, size - 1)
    # What is drawn are quantiles.
    for place, patient in enumerate(chosen.shown):
        assert abs(patient - place * (size - 1) / (len(chosen.shown) - 1)) < 1


def test_a_group_of_few_among_many_is_drawn_too() -> None:
    looks = ["improved"] * 9_000 + ["unchanged"] * 996 + ["worsened"] * 3 + ["no value"]

    shown = Counter(drawn(looks, lambda look: look).shown)

    assert shown == {"improved": 225, "unchanged": 25, "worsened": 2, "no value": 1}


def test_the_extremes_of_each_group_are_drawn() -> None:
    changes = [*range(-9_000, 0), *[0] * 997, 1, 2, 300]

    shown = drawn(changes, lambda change: (change > 0) - (change < 0)).shown

    assert {-9_000, -1, 0, 1, 300} <= set(shown)


def test_of_a_skewed_outcome_few_lines_of_one_width_are_drawn_and_the_extremes(
    draw: Callable[..., Figure],
) -> None:
    chance = random.Random(1)
    patients = [
        {"Before": f"{before:.0f}", "After": f"{before * chance.uniform(0, 1.2):.0f}"}
        for before in (chance.lognormvariate(3, 1) for _ in range(598))
    ]

    figure = draw(
        "paired",
        {"Before": "15", "After": "900"},
        *patients,
        {"Before": "800", "After": "1"},
        edits=[(HIGH, "")],
    )

    names = elements(figure, r"\w+")
    assert 190 < len(names) < 210
    assert {"patient-P01-1", "patient-P600-1"} <= set(names)
    assert len({_width(figure, name) for name in names}) == 1
    assert "one in 3 drawn" in words(figure)
    assert "one in 3 patients is drawn, evenly along the order of their changes" in description(
        figure
    )


def _width(figure: Figure, name: str) -> str:
    """The width of a line, as the SVG has it."""
    (path,) = figure.findall(f".//*[@id='{name}']/{{http://www.w3.org/2000/svg}}path")
    return re.findall(r"stroke-width: ([\d.]+)", path.get("style", ""))[0]


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
        assert "of a sample of patients:" in title(figure)
        assert "one in 8 patients is drawn, evenly along the order" in description(figure)
        assert "one in 8 drawn" in words(figure)
    else:
        assert "of one in 8 patients" in title(figure)
        assert description(figure).endswith(
            "One in 8 patients is drawn, evenly along the order of the figure from the first to the"
            " last."
        )
        assert "2000 patients, one in 8 drawn" in words(figure)
