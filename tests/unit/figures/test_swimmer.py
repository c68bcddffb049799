from collections.abc import Callable
from pathlib import Path
from unittest.mock import create_autospec

import pytest

from casebook.base.errors import UserError
from casebook.data.harms import Harm
from casebook.data.patients import Patient
from casebook.figures.swimmer import _GUIDE, _HARM, _extent, _Lane, answers_of, swimmer
from casebook.study.expressions import Expression, parse
from drawing import STUDY, Figure, cohort, description, read, words

Draw = Callable[..., Figure]


def test_patients_stand_from_the_longest_time_to_none(draw: Draw) -> None:
    figure = draw("swimmer", {"Months": "3"}, {"Months": ""}, {"Months": "30"})

    assert [word for word in words(figure) if word.startswith("P0")] == ["P03", "P01", "P02"]
    assert "time not known" in words(figure)


def test_the_legend_says_how_treatments_ended_and_what_happened(draw: Draw) -> None:
    figure = draw("swimmer", {}, {"Now": "MTX", "Dose now": "0"}, {"Now": ""})

    assert {
        "ongoing",
        "discontinued",
        "not known whether ongoing",
        "Steroid stopped",
        "Steroid tapered",
        "Time on newdrug (months)",
    } <= set(words(figure))


def test_what_happened_to_nobody_is_not_in_the_legend(draw: Draw) -> None:
    figure = draw("swimmer", {"Dose now": "10"})

    assert not {"discontinued", "Steroid stopped", "Steroid tapered"} & set(words(figure))


def test_a_study_need_not_say_whether_a_treatment_goes_on(draw: Draw) -> None:
    figure = draw("swimmer", {}, edits=[("""  ongoing: '"NEW" in now'\n""", "")])

    assert not {"ongoing", "discontinued"} & set(words(figure))


def test_the_bundled_times_are_told(bundled: Path) -> None:
    told = description(read(bundled / "swimmer.svg"))

    assert told.startswith(
        "Time on upadacitinib (months) of 10 patients. P09: 33 months, ongoing, Prednisone stopped."
    )
    assert "P01: 8 months, discontinued, Prednisone tapered." in told


def test_among_many_patients_an_event_is_told_by_its_column(draw: Draw) -> None:
    figure = draw("swimmer", *cohort(80))

    assert "column 1: Steroid stopped" in words(figure)
    assert "Discontinued: " in description(figure)


def test_a_study_without_a_treatment_has_no_such_figure(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=r"study/study\.yaml has no treatment to draw"):
        swimmer(make_study(), [], Path("together.csv"), Path("harms.csv"), tmp_path / "swimmer.svg")


HARMED = (
    "doses:\n",
    "harms:\n  terms:\n"
    "    zoster: { label: Zoster, condition: dose_now > 5, serious: dose_now > 8 }\ndoses:\n",
)


def test_harms_without_a_time_stand_beside_the_lanes(draw: Draw) -> None:
    figure = draw("swimmer", {"Dose now": "6"}, {"Dose now": "9"}, {}, edits=[HARMED])

    legend = " ".join(words(figure))
    assert "at the right: adverse event, time not known" in legend
    assert "at the right: serious adverse event, time not known" in legend
    assert "adverse event" not in words(figure)
    told = description(figure)
    assert "P01: 12 months, ongoing, Steroid tapered, adverse event Zoster." in told
    assert "serious adverse event Zoster" in told
    assert "P03: 12 months, ongoing, Steroid tapered." in told


def test_a_study_without_harms_has_no_mark_of_them(draw: Draw) -> None:
    assert "adverse event" not in words(draw("swimmer", {}))


def test_harms_with_a_time_stand_on_the_lane() -> None:
    timed = Harm("P01", "Zoster", onset="3")
    late, unknown = Harm("P02", "Zoster", onset="20", serious="yes"), Harm("P02", "Zoster")
    lanes = [
        _Lane("P01", 12.0, None, (), (timed,)),
        _Lane("P02", 12.0, None, (), (late, unknown)),
        _Lane("P03", None, None, (), (timed,)),
    ]

    placed = [lane.marks(_HARM, placed=True) for lane in lanes]
    beside = [lane.marks(_HARM, placed=False) for lane in lanes]

    assert placed == [[timed], [], []]
    assert beside == [[], [unknown], [timed]]
    assert [_extent(lane) for lane in lanes] == [12.0, 20.0, 0.0]


def test_a_condition_is_asked_once_for_patients_with_the_same_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = create_autospec(Expression.holds, side_effect=Expression.holds)
    monkeypatch.setattr(Expression, "holds", asked)
    doses: list[float | None] = [5.0, 20.0, None]
    patients = [Patient(f"P{i}", {"dose": doses[i % 3], "age": float(i)}) for i in range(600)]

    answers = answers_of(parse("dose > 10"), patients)

    assert answers == [False, True, None] * 200
    assert asked.call_count == 3


def test_no_line_is_drawn_beside_the_lanes_where_nothing_stands_there(draw: Draw) -> None:
    events = STUDY[STUDY.index("  events:\n") : STUDY.index("doses:")]

    plain, marked = (draw("swimmer", {}, {}, edits=edits) for edits in ([(events, "")], []))

    assert [len(guides(plain)), len(guides(marked))] == [2, 4]


def guides(figure: Figure) -> list[str]:
    """The styles of the lines that lead the eye."""
    styles = (each.get("style", "") for each in figure.iter())
    return [style for style in styles if _GUIDE.casefold() in style]
