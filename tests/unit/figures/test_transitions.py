"""The transitions of a grade: the parts of the bars, the bands between them, and the words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.figures.transitions import transitions
from drawing import Figure, description, read, title, words
from followed import STUDY, patient, table

pytestmark = pytest.mark.usefixtures("svg_alone")

PATIENTS = [
    *[patient([], ["severe", "mild", "mild", "none"])] * 5,
    *[patient([], ["mild", "mild", "mild", "mild"])] * 3,
    *[patient([], ["severe"])] * 2,
]


@pytest.fixture
def drawn(results_of: Callable[..., Path]) -> Callable[..., Figure]:
    def run(*patients: dict[str, str]) -> Figure:
        out = results_of(text=STUDY, table=table(*patients))
        slices = sorted((out / "cohorts").glob("*.csv"))
        study, figure = Path("study/study.yaml"), out / "transitions.svg"
        transitions(study, "dyspnoea", slices, out / "results.csv", figure)
        return read(figure)

    return run


def test_bars_say_how_many_have_each_grade(drawn: Callable[..., Figure]) -> None:
    figure = drawn(*PATIENTS)

    assert title(figure) == "Dyspnoea at each visit, and who changed, by cohort"
    assert (
        "Everyone, Before: Mild 3; Severe 7. Everyone, Month 1: Mild 8; no value 2. "
        in description(figure)
    )
    assert {"7", "8", "5", "3", "2"} <= set(words(figure))
    assert {"None", "Mild", "Severe", "no value"} <= set(words(figure))


def test_a_band_joins_the_patients_who_go_the_same_way(drawn: Callable[..., Figure]) -> None:
    """First three ways, to mild and out of sight; then two; then to none, to mild, and no value."""
    figure = drawn(*PATIENTS)

    bands = [e for e in figure.iter() if "opacity: 0.45" in e.get("style", "")]
    assert len(bands) == 2 * (3 + 2 + 3)


def test_nobody_is_said(drawn: Callable[..., Figure]) -> None:
    figure = drawn(patient([], ["mild"], arm="B"))

    assert "Arm A: no patient." in description(figure)
    assert "Everyone" in words(figure)
    assert "Arm A" not in words(figure)
