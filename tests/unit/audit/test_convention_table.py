"""The figure that puts what each convention gives beside what a paper prints."""

from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.font_manager import findfont
from PIL import ImageFont

from casebook.figures.convention_table import conventions
from claimlines import claim
from drawing import Figure, read, words

pytestmark = pytest.mark.usefixtures("svg_alone")

Drawn = Callable[..., Figure]


@pytest.fixture
def drawn(audited: Callable[..., object]) -> Drawn:
    """Draws what each convention gives for these claims about the small study."""

    def run(*claims: str) -> Figure:
        audited(*claims)
        files = (Path("out", f"{name}.csv") for name in ("audit", "tried", "results"))
        figure = Path("out/conventions.svg")
        conventions(Path("study/study.yaml"), *files, figure)
        return read(figure)

    return run


def test_no_name_of_a_convention_runs_into_the_numbers(drawn: Drawn) -> None:
    figure = drawn(claim("C1", "0.46", "p_value(score) in everyone"))

    font = ImageFont.truetype(findfont("DejaVu Sans"), 65)
    texts = [each for each in figure.iter() if each.tag.endswith("text")]
    middles = {float(each.get("x", "")) for each in texts if "middle" in each.get("style", "")}
    names = [each for each in texts if "start" in each.get("style", "")]
    (column,) = middles
    widest = max(font.getlength(each.text or "") for each in names) / 10
    half_a_number = font.getlength("0.46") / 10 / 2
    assert float(names[0].get("x", "")) + widest < column - half_a_number
    assert any("one-sided for an increase" in (each.text or "") for each in names)


def test_a_p_value_that_would_round_to_0_is_told_by_its_bound(drawn: Drawn) -> None:
    p_value = claim("C1", "1", "p_value(score) in everyone")
    quartiles = [
        claim(name, printed, f"{part}(score_followup - score_followup) in everyone")
        for name, part, printed in (("C2", "p25", "0"), ("C3", "p75", "0"))
    ]

    shown = words(drawn(p_value, *quartiles))

    assert "<1" in shown
    assert "0" not in shown
    assert "0–0" in shown


def test_quartiles_of_the_same_are_one_column_however_they_are_written(drawn: Drawn) -> None:
    lower = claim("C1", "1", "p25( score_followup-score_followup ) in everyone")
    upper = claim("C2", "2", "p75(score_followup - score_followup) in everyone")

    assert "1–2" in words(drawn(lower, upper))
