import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.figures.paired import paired
from drawing import Figure, description, elements, of_outcome, read, title, words
from followed import STUDY, patient, table

pytestmark = pytest.mark.usefixtures("svg_alone")

Draw = Callable[..., Figure]
EVERYONE = "  older:\n    label: 65 or older\n    select: age >= 65\n"


@pytest.fixture
def drawn(results_of: Callable[..., Path]) -> Draw:
    """Draws the scores of a small study."""

    def draw(*edits: tuple[str, str], **files: str) -> Figure:
        out = results_of(*edits, **files)
        of_outcome(paired, Path("study/study.yaml"), out, out / "paired.svg")
        return read(out / "paired.svg")

    return draw


def test_a_figure_says_in_words_what_it_shows(bundled: Path) -> None:
    figure = read(bundled / "paired-cdasi.svg")

    assert title(figure) == "CDASI of each patient: Before upadacitinib, then Last follow-up"
    assert description(figure).startswith(
        "Classic DM: median (quartiles) 12 (7–27), n = 5, then 4 (1–5), n = 5. Classic DM, of 5"
        " with both visits 5 improved, 0 worsened, 0 unchanged, p = 0.0625."
    )


def test_a_cohort_without_pairs_is_described_and_not_drawn(bundled: Path) -> None:
    figure = read(bundled / "paired-mmt8.svg")

    assert "Amyopathic DM: no patient has both visits." in description(figure)
    assert "Amyopathic DM" not in words(figure)


def test_a_patient_with_one_visit_is_shown_and_told_in_the_legend(drawn: Draw) -> None:
    figure = drawn((EVERYONE, ""))

    assert {"improved", "worsened", "one visit only", "median and quartiles"} <= set(words(figure))
    assert "unchanged" not in words(figure)


@pytest.mark.parametrize(
    ("better", "look", "told"),
    [
        ("lower", "improved", "← lower is better"),
        ("higher", "worsened", "higher is better →"),
    ],
)
def test_what_is_better_is_said_by_the_study(
    drawn: Draw, table_of: Callable[..., str], better: str, look: str, told: str
) -> None:
    figure = drawn(
        ("better: lower", f"better: {better}"), table=table_of({"Before": "9", "After": "3"})
    )

    assert f"1 {look}" in description(figure)
    assert {"Score (points)", told} <= set(words(figure))


def test_without_any_value_the_figure_says_so(drawn: Draw, table_of: Callable[..., str]) -> None:
    figure = drawn(table=table_of({"Before": "NA", "After": ""}))

    assert words(figure) == ["No patient has a value"]
    assert description(figure) == (
        "65 or older: no patient has both visits. Everyone: no patient has both visits."
    )


def test_of_three_visits_it_says_what_it_is_for_beside_the_trajectories(drawn: Draw) -> None:
    figure = drawn(text=STUDY, table=table(patient([30, 20, 12, 9]), patient([25, 24, 11])))

    assert description(figure).startswith("It shows the changes of the contrasts, with their tests")


def test_the_same_results_give_the_same_bytes(results_of: Callable[..., Path]) -> None:
    out = results_of()

    for name in ("a/paired.svg", "b/paired.svg"):
        of_outcome(paired, Path("study/study.yaml"), out, out / name)

    first = (out / "a/paired.svg").read_bytes()
    assert first == (out / "b/paired.svg").read_bytes()
    assert b"<dc:date>" not in first
    assert b"Matplotlib v" not in first


@pytest.mark.parametrize(
    "label", ["costs $5 to $9", r"$\frac{$", "<b>&</b> {{7*7}}", "50 %, α_i^2"]
)
def test_a_label_is_drawn_as_it_is_written(drawn: Draw, label: str) -> None:
    figure = drawn(("label: Everyone", f"label: '{label}'"))

    assert label in words(figure)


def test_an_outcome_of_small_fractions_has_numbers_on_its_axis(
    drawn: Draw, table_of: Callable[..., str]
) -> None:
    table = table_of({"Before": "0.2", "After": "0.4"}, {"Before": "0.3", "After": "0.35"})

    figure = drawn((EVERYONE, ""), table=table)

    numbers = [text for text in words(figure) if re.fullmatch(r"[−0-9.]+", text)]
    assert len(numbers) >= 2


def test_a_median_is_said_of_as_many_patients_as_it_rests_on(drawn: Draw) -> None:
    figure = drawn((EVERYONE, ""))

    assert description(figure).startswith(
        "Everyone: median (quartiles) 12.5 (10.25–16.25), n = 3, then 14 (8.5–19.5), n = 2."
        " Everyone, of 2 with both visits "
    )


def test_every_line_can_be_found_by_its_patient(drawn: Draw) -> None:
    figure = drawn((EVERYONE, ""))

    assert elements(figure, "a") == ["patient-a-1"]
    assert elements(figure, "c") == ["patient-c-1"]


def test_lines_with_the_same_values_are_drawn_side_by_side(
    drawn: Draw, table_of: Callable[..., str]
) -> None:
    figure = drawn((EVERYONE, ""), table=table_of({}, {}, {"Before": "30"}))

    lines = {name: _line(figure, f"patient-{name}-1") for name in ("p1", "p2", "p3")}

    assert "Lines with the same values are drawn side by side" in description(figure)
    assert lines["p1"] != lines["p2"]
    assert [x for x, _ in lines["p1"]] == [x for x, _ in lines["p2"]]


def test_a_value_known_by_a_limit_alone_has_a_mark_of_its_own(
    drawn: Draw, table_of: Callable[..., str]
) -> None:
    limits = ("    better: lower\n", "    better: lower\n    censored: { below: half }\n")
    table = table_of({"ID": "a", "After": "<5"}, {"ID": "b"}, {"ID": "c", "Before": "<8"})
    said = "below the limit of measurement, counted as half of it"

    figure, exact = drawn(limits, (EVERYONE, ""), table=table), drawn(limits, (EVERYONE, ""))

    assert said in " ".join(words(figure))
    assert description(figure).endswith(f"Marked by a triangle that points down: {said}.")
    assert [len(elements(figure, patient)) for patient in "abc"] == [2, 1, 2]
    assert said not in " ".join(words(exact)) + description(exact)


def _line(figure: Figure, name: str) -> list[tuple[str, str]]:
    """The points of a line."""
    (path,) = figure.findall(f".//*[@id='{name}']/{{http://www.w3.org/2000/svg}}path")
    return re.findall(r"[ML] ([\d.]+) ([\d.]+)", path.get("d", ""))
