"""The figure of who is still on the treatment."""

from collections.abc import Callable

from drawing import Figure, description, words

Draw = Callable[..., Figure]

COHORTS = (
    "  high:\n    label: 10 or more\n    select: score_baseline >= 10\n"
    "  everyone:\n    label: Everyone\n",
    "  low: { label: Low dose, select: dose_before < 10 }\n"
    "  high: { label: High dose, select: dose_before >= 10 }\n",
)


def test_cohorts_that_share_nobody_have_a_curve_and_numbers_at_risk_each(draw: Draw) -> None:
    figure = draw(
        "retention",
        {"Dose before": "5", "Months": "4", "Now": "MTX"},
        {"Dose before": "20", "Months": "8"},
        edits=[COHORTS],
    )

    assert {"Low dose", "High dose"} <= set(words(figure))
    assert "Low dose: patients treated as long" in words(figure)
    assert "Low dose: 1 of 1 patients stopped Newdrug." in description(figure)
    assert "High dose: 0 of 1 patients stopped Newdrug." in description(figure)


def test_an_axis_says_the_unit_once(draw: Draw) -> None:
    figure = draw("retention", {}, edits=[("label: Time on newdrug", "label: Months on newdrug")])

    assert "Months on newdrug" in words(figure)
    assert "patients treated as long" in words(figure)
