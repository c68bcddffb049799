"""The small multiples: who has a panel and where, and gaps where a visit is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.figures.multiples import multiples
from drawing import Figure, description, elements, of_outcome, read, words
from followed import STUDY, drawings, patient, table

pytestmark = pytest.mark.usefixtures("svg_alone")

PATIENTS = [
    patient([30, 20, 12, 9]),
    patient([25, None, 11, 10], arm="B"),
    patient([28, 27, None, None]),
    patient([None, None, None, None]),
]


@pytest.fixture
def drawn(results_of: Callable[..., Path]) -> Callable[..., Figure]:
    def run(patients: list[dict[str, str]], *edits: tuple[str, str]) -> Figure:
        out = results_of(*edits, text=STUDY, table=table(*patients))
        of_outcome(multiples, Path("study/study.yaml"), out, out / "multiples.svg")
        return read(out / "multiples.svg")

    return run


def pieces_of_line(figure: Figure, patient: str) -> list[int]:
    """Of how many points each unbroken piece of a patient's line is."""
    (line,) = [e for e in figure.iter() if e.get("id") == f"patient-{patient}-2"]
    path = next(e.get("d", "") for e in line.iter() if e.get("d"))
    return [piece.count("L") + 1 for piece in path.split("M")[1:]]


def test_each_patient_has_one_panel_by_cohort_and_then_identifier(
    drawn: Callable[..., Figure],
) -> None:
    figure = drawn(PATIENTS)

    shown = ("Arm A", "P01", "P03", "P04", "Everyone (others)", "P02")
    assert [text for text in words(figure) if text in shown] == list(shown)
    # The identifier and the line, or what is said in its place.
    assert all(len(elements(figure, name)) == 2 for name in ("P01", "P02", "P03", "P04"))


def test_a_line_has_a_gap_where_a_visit_is_missing(drawn: Callable[..., Figure]) -> None:
    figure = drawn(PATIENTS)

    assert [pieces_of_line(figure, name) for name in ("P01", "P02", "P03")] == [[4], [1, 2], [2]]
    assert words(figure).count("no value") == 1


def test_the_medians_are_told_and_where_the_values_are(
    drawn: Callable[..., Figure],
) -> None:
    told = description(drawn(PATIENTS))

    assert (
        "Arm A: medians of the cohort: Before 29; Month 1 23.5; Month 3 12; Month 6 9."
        " Arm A, no value: P04." in told
    )
    assert "Everyone (others): medians of the cohort: Before 28;" in told
    assert told.endswith("The values of each patient are in measurements.csv.")


def test_no_name_of_a_visit_is_broken_over_lines(drawn: Callable[..., Figure]) -> None:
    name = "Before the very first of all of the doses"

    said = words(drawn(PATIENTS, ("baseline: Before", f"baseline: {name}")))

    lines = [text.replace("\N{NO-BREAK SPACE}", " ") for text in said]
    for visit in (name, "Month 1", "Month 3", "Month 6"):
        assert sum(visit in line for line in lines) == 1


@pytest.mark.parametrize(("size", "panels"), [(60, True), (61, False)])
def test_more_patients_than_can_be_named_have_none_and_that_is_said(
    synthetic_followed: Callable[[int], Path], tmp_path: Path, size: int, panels: bool
) -> None:
    out = synthetic_followed(size)
    drawings(out / "study.yaml", out)["multiples"](tmp_path / "multiples.svg")
    figure = read(tmp_path / "multiples.svg")

    assert ("P60" in words(figure)) == panels
    assert ("there are more than 60" in words(figure)) != panels
    assert ("as there are more than 60." in description(figure)) != panels


def test_nobody_with_a_value_is_said(drawn: Callable[..., Figure]) -> None:
    assert "No patient with a value" in words(drawn([patient([None] * 4)]))


def test_one_value_that_all_have_is_drawn(drawn: Callable[..., Figure]) -> None:
    figure = drawn([patient([5, 5, 5, 5])])

    assert pieces_of_line(figure, "P01") == [4]
