"""The trajectories: who has a line, where visits stand, and the numbers below them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casebook.figures.measured import Measured
from casebook.figures.multiples import multiples
from casebook.figures.trajectories import trajectories
from drawing import Figure, description, elements, of_outcome, read, title, words
from followed import STUDY, cohort, patient, table

pytestmark = pytest.mark.usefixtures("svg_alone")

SVG = "{http://www.w3.org/2000/svg}"
NUMBER_HEIGHT = 4.7
"""Points of a digit of the numbers below the visits."""

PATIENTS = [
    patient([30, 20, 12, 9]),
    patient([25, 24, 11, None]),
    patient([None, None, 30, None], arm="B"),
    patient([None, None, None, None]),
]


@pytest.fixture
def drawn(results_of: Callable[..., Path]) -> Callable[..., Figure]:
    def run(patients: list[dict[str, str]], *edits: tuple[str, str]) -> Figure:
        out = results_of(*edits, text=STUDY, table=table(*patients))
        of_outcome(trajectories, Path("study/study.yaml"), out, out / "trajectories.svg")
        return read(out / "trajectories.svg")

    return run


def test_each_patient_with_a_value_has_a_line_in_each_panel(
    drawn: Callable[..., Figure],
) -> None:
    figure = drawn(PATIENTS)

    lines = {name: len(elements(figure, name)) for name in ("P01", "P02", "P03", "P04")}
    assert lines == {"P01": 2, "P02": 2, "P03": 1, "P04": 0}
    assert title(figure) == "Score over all visits, each patient, by cohort"
    assert description(figure).startswith("It shows the course over time, without tests.")


def test_the_numbers_of_patients_stand_below_the_visits(drawn: Callable[..., Figure]) -> None:
    figure = drawn(PATIENTS)

    texts = words(figure)
    assert texts.count("patients with a value") == 2
    # Arm A has 2, 2, 2 and 1 of them, everyone 2, 2, 3 and 1.
    assert [texts.count(number) for number in "123"] == [2, 5, 1]
    assert "Everyone, median (quartiles): Before 27.5 (26.25–28.75), n = 2;" in description(figure)


def texts_with_places(figure: Figure) -> Iterator[tuple[str, float]]:
    """Each text of a figure, and how far down its lowest point is; turned texts go up from it."""
    for text in figure.iter(f"{SVG}text"):
        turned = re.match(r"translate\(\S+ (\S+)\)", text.get("transform", ""))
        yield "".join(text.itertext()), float(turned[1] if turned else text.get("y", "nan"))


def across(figure: Figure, patient: str) -> list[float]:
    """Where the points of a patient's first line stand."""
    (line,) = [e for e in figure.iter() if e.get("id") == f"patient-{patient}-1"]
    path = next(e.get("d", "") for e in line.iter() if e.get("d"))
    return [float(step.split()[0]) for step in path.replace("M", "L").split("L")[1:]]


def test_visits_are_as_far_apart_as_their_months(drawn: Callable[..., Figure]) -> None:
    places = across(drawn(PATIENTS), "P01")

    first = places[1] - places[0]
    assert [p - places[0] for p in places] == pytest.approx([0, first, 3 * first, 6 * first])


def test_visits_without_months_are_equally_far_apart(drawn: Callable[..., Figure]) -> None:
    places = across(drawn(PATIENTS, ("{ label: Month 3, months: 3 }", "Month 3")), "P01")

    first = places[1] - places[0]
    assert [p - places[0] for p in places] == pytest.approx([0, first, 2 * first, 3 * first])


def test_who_has_no_last_visit_is_told_apart(drawn: Callable[..., Figure]) -> None:
    assert "a patient without the last visit" in words(drawn(PATIENTS))
    assert "a patient without the last visit" not in words(drawn(PATIENTS[:1]))


def test_of_many_patients_one_in_so_many_is_drawn(
    drawn: Callable[..., Figure], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Thirty are many here: the results of a thousand take long.
    monkeypatch.setattr("casebook.figures.drawn.EACH", 20)
    monkeypatch.setattr("casebook.figures.drawn._LANES", 10)

    figure = drawn(cohort(30))

    assert "patients with a value, one in 3 drawn" in words(figure)
    assert "One in 3 patients is drawn" in description(figure)


def test_nobody_with_a_value_is_said(drawn: Callable[..., Figure]) -> None:
    assert "No patient with a value" in words(drawn([patient([None] * 4)]))


@pytest.mark.parametrize(
    "label", ["Visit", "Before the first dose", "Incommensurability", "W " * 20]
)
def test_the_numbers_stand_below_the_names_of_the_visits_however_long(
    drawn: Callable[..., Figure], label: str
) -> None:
    figure = drawn(PATIENTS, ("baseline: Before", f"baseline: {label}"))

    placed = list(texts_with_places(figure))
    names = [
        low for text, low in placed if text in ("Month 1", "Month 3") or label.startswith(text)
    ]
    below = next(low for text, low in placed if text == "patients with a value")
    numbers = [
        low for text, low in placed if re.fullmatch(r"\d", text) and max(names) < low < below
    ]
    # A number is on its line, with its height above, and all of arm A's and everyone's are there.
    assert len(numbers) == 8
    assert min(numbers) - NUMBER_HEIGHT > max(names)


@pytest.mark.parametrize("draw", [trajectories, multiples])
def test_values_that_cells_say_inexactly_are_marked(
    results_of: Callable[..., Path], draw: Callable[[Measured, Path], None]
) -> None:
    rules = "    better: lower\n    censored: { above: limit }\n    from_to: midpoint\n"
    patients = [patient([">40", "20-24", 12, None]), patient([25, 24, 11, 3])]
    out = results_of(("    better: lower\n", rules), text=STUDY, table=table(*patients))

    of_outcome(draw, Path("study/study.yaml"), out, out / "drawn.svg")
    figure = read(out / "drawn.svg")

    told = " ".join(words(figure))
    assert "above the limit of measurement, counted as that limit" in told
    assert "given as a range, counted as its midpoint" in told
    assert "Marked by a square: given as a range" in description(figure)
    more = len(elements(figure, "P01")) - len(elements(figure, "P02"))
    # The first patient is in two panels of the trajectories.
    assert more == (4 if draw is trajectories else 2)
