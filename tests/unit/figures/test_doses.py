from collections.abc import Callable
from pathlib import Path

from drawing import Figure, description, read, title, words

Draw = Callable[..., Figure]


def test_patients_stand_from_the_highest_dose_before_to_none(draw: Draw) -> None:
    figure = draw("doses", {"Dose before": "5"}, {"Dose before": ""}, {"Dose before": "20"})

    assert [word for word in words(figure) if word.startswith("P0")] == ["P03", "P01", "P02"]


def test_the_legend_names_both_visits_and_each_kind_of_change(draw: Draw) -> None:
    figure = draw("doses", {"Dose now": "5"}, {"Dose now": "20"}, {"Dose now": "10"})

    assert {"Baseline", "Follow-up", "reduced", "raised", "Steroid (mg)"} <= set(words(figure))
    assert title(figure) == "Steroid of each patient: Baseline, then Follow-up"


def test_what_is_not_known_is_told(draw: Draw) -> None:
    figure = draw("doses", {"Dose now": ""}, {"Dose now": "", "Dose before": ""})

    assert "neither known" in words(figure)
    assert description(figure) == (
        "Steroid (mg) of 2 patients: 1 with only one of the two known, 1 neither known."
        " P01: 10, then not known. P02: not known, then not known."
    )


def test_patients_without_any_dose_are_drawn_at_nothing(draw: Draw) -> None:
    figure = draw("doses", {"Dose before": "0", "Dose now": "0"})

    assert "1 unchanged" in description(figure)
    assert "reduced" not in words(figure)


def test_the_bundled_doses_are_told(bundled: Path) -> None:
    told = description(read(bundled / "dose-prednisone.svg"))

    assert told.startswith("Prednisone, daily dose (mg) of 10 patients: 7 reduced, 3 unchanged.")
    assert "P01: 10, then 2.5." in told
