"""Each figure of 3, 10, 60 and 500 synthetic patients looks as it did when a person looked at it.

The pictures in images/ are small copies of the PNG files. Where one is missing the test makes it
and fails: look at it, and commit it.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

IMAGES = Path(__file__).parent / "images"
WIDTH, COLORS = 480, 128
TOLERANCE = 4.0
"""Root mean square of the differences, of 255; text that moves by a pixel gives about as much."""


SIZES = [3, 10, *(pytest.param(size, marks=pytest.mark.slow) for size in (60, 500))]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "name",
    [
        *("paired", "waterfall", "forest", "swimmer", "retention", "therapies", "doses"),
        *("trajectories", "multiples", "transitions"),
    ],
)
def test_a_figure_looks_as_it_did(drawn: Callable[[str, int], Path], name: str, size: int) -> None:
    stored = IMAGES / f"{name}-{size}.png"

    small = _small(drawn(name, size).with_suffix(".png"))

    if not stored.exists():
        small.save(stored, optimize=True)
        pytest.fail(f"{stored.name} was missing and is now made: look at it, and commit it")
    with Image.open(stored) as image:
        assert image.size == small.size
        before, after = (np.asarray(each.convert("RGB"), dtype=float) for each in (image, small))
    assert np.sqrt(np.mean((before - after) ** 2)) < TOLERANCE


def _small(path: Path) -> Image.Image:
    with Image.open(path) as image:
        size = (WIDTH, round(image.height * WIDTH / image.width))
        small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    return small.quantize(COLORS, dither=Image.Dither.NONE)
