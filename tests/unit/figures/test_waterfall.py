import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from matplotlib.font_manager import findfont
from PIL import ImageFont

from arms import ARMS, arms_table
from casebook.figures.waterfall import waterfall
from drawing import Figure, cohort, description, of_outcome, read, title, words
from followed import STUDY, patient, table

Draw = Callable[..., Figure]
BELOW_0 = [("range: [0, 1000]", "range: [-100, 1000]")]


def test_patients_stand_from_the_worst_to_the_best_with_those_without_a_change_last(
    draw: Draw,
) -> None:
    figure = draw(
        "waterfall",
        {"Before": "0", "After": "3"},
        {"Before": "10", "After": "1"},
        {"Before": "10", "After": "12"},
        {"Before": "", "After": "3"},
        {"Before": "10", "After": "5"},
    )

    names = [word for word in words(figure) if word.startswith("P0")]
    assert names == ["P03", "P05", "P02", "P04", "P01"]


def test_where_higher_is_better_the_worst_is_the_largest_fall(draw: Draw) -> None:
    figure = draw(
        "waterfall", {"After": "30"}, {"After": "5"}, edits=[("better: lower", "better: higher")]
    )

    names = [word for word in words(figure) if word.startswith("P0")]
    assert names == ["P02", "P01"]
    assert {"50%", "responder: At least half"} <= set(words(figure))


def test_the_legend_gives_the_reason_for_each_change_that_is_not_defined(draw: Draw) -> None:
    figure = draw("waterfall", {}, {"Before": "0"}, {"Before": ""}, {"After": ""})

    text = " ".join(words(figure))
    assert "no bar: no value at “Baseline”" in text
    assert "no bar: no value at “Follow-up”" in text
    assert "no bar: percent change is undefined at a baseline of 0" in text


def test_a_change_in_percent_of_a_baseline_below_0_is_told_with_the_patient(draw: Draw) -> None:
    figure = draw("waterfall", {"Before": "-10", "After": "-15"}, {"After": "5"}, edits=BELOW_0)

    told = "n percent of the size of a baseline below 0: P01"
    assert f"i{told}" in " ".join(words(figure))
    assert f"I{told}." in description(figure)
    assert "−50%" in description(figure)


def test_only_thresholds_in_percent_have_a_line(draw: Draw) -> None:
    figure = draw("waterfall", {})

    assert {"responder: At least half", "−50%"} <= set(words(figure))
    assert "responder: At least 4 points" not in words(figure)


def test_a_change_out_of_all_proportion_leaves_the_others_their_height(draw: Draw) -> None:
    figure = draw("waterfall", {"Before": "1", "After": "500"}, {"After": "30"})

    assert "goes on beyond the axis" in words(figure)
    assert "49900%" not in words(figure)
    assert "Worst first: P01 49900%; P02 50%." in description(figure)


def test_a_change_that_is_no_number_any_more_is_told_and_not_drawn(draw: Draw) -> None:
    # The case "percent-change-inf".
    edits = [("range: [0, 1000]", "range: [-1e15, 1e15]")]

    figure = draw("waterfall", {}, {"Before": "1e-300", "After": "1e15"}, edits=edits)

    text = " ".join(words(figure))
    assert "no bar: percent change is out of all proportion at a baseline so close to 0" in text


def test_the_bundled_changes_are_told(bundled: Path) -> None:
    figure = read(bundled / "waterfall-cdasi.svg")

    assert description(figure) == (
        "Of 10 patients 8 improved, 0 worsened, 0 unchanged, and 2 had no percent change."
        " Changes run from −38% to −100%."
        " Worst first: P04 −38%; P08 −50%; P01 −67%; P03 −81%; P02 −86%; and 3 more, in"
        " results.csv."
        " No bar for 2 (percent change is undefined at a baseline of 0): P09; P10."
        " A dashed line at −40%: responder: At least 40%."
    )


def test_of_many_changes_the_five_worst_are_named(draw: Draw) -> None:
    told = description(draw("waterfall", *cohort(80)))

    (worst,) = re.findall(r"Worst first: ([^.]*), in results\.csv\.", told)
    assert len(worst.split("; ")) == 6
    assert worst.endswith("; and 62 more")


@pytest.mark.parametrize(("name", "upright"), [("P{}", False), ("D-{}", True), ("Pat-{}", True)])
def test_names_of_patients_that_would_run_into_each_other_stand_upright(
    draw: Draw, name: str, upright: bool
) -> None:
    names = [name.format(f"{number:02}") for number in range(1, 11)]

    figure = draw("waterfall", *({"ID": each} for each in names))

    labels = [each for each in figure.iter() if each.text in names]
    assert {"rotate(-90" in each.get("transform", "") for each in labels} == {upright}
    if not upright:
        font = ImageFont.truetype(findfont("DejaVu Sans"), 65)
        widest = max(font.getlength(each.text or "") for each in labels) / 10
        places = sorted(float(each.get("x", "")) for each in labels)
        assert all(right - left > widest for left, right in pairwise(places))


def test_an_unchanged_patient_is_a_mark_without_a_line_in_the_legend_too(draw: Draw) -> None:
    figure = draw("waterfall", {"Before": "10", "After": "10"}, {"After": "5"})

    (legend,) = (each for each in figure.iter() if each.get("id") == "legend_1")
    dashed = [each for each in legend.iter() if "stroke-dasharray" in each.get("style", "")]
    assert "unchanged" in words(figure)
    assert len(dashed) == 1, "the line of the threshold alone"


@pytest.mark.usefixtures("svg_alone")
def test_the_visit_that_changes_are_in_percent_of_is_named_unless_it_is_the_first(
    results_of: Callable[..., Path],
) -> None:
    late = [
        ("  early: { label: After 1 month, visit: month1, against: baseline }\n", ""),
        (
            "change: { visit: month6, against: baseline }",
            "late: { visit: month6, against: month3 }",
        ),
    ]
    patients = table(patient([30, 20, 12, 9]), patient([25, 24, 11, 12]))
    out = results_of(*late, text=STUDY, table=patients)
    figure = out / "waterfall.svg"

    of_outcome(waterfall, Path("study/study.yaml"), out, figure)

    assert title(read(figure)) == "Score of each patient: change in percent of Month 3"


@pytest.mark.usefixtures("svg_alone")
def test_that_compared_cohorts_are_not_told_apart_is_said(results_of: Callable[..., Path]) -> None:
    out = results_of(ARMS, table=arms_table())
    figure = out / "waterfall.svg"

    of_outcome(waterfall, Path("study/study.yaml"), out, figure)

    assert (
        "of the comparison Arms are drawn together, without showing who is in which."
        in description(read(figure))
    )
