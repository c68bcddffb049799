import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebook.figures.paired import paired

Draw = Callable[..., ElementTree.Element]
DESCRIPTION = ".//{http://purl.org/dc/elements/1.1/}description"
TEXT = ".//{http://www.w3.org/2000/svg}text"
EVERYONE = "  older:\n    label: 65 or older\n    select: age >= 65\n"


@pytest.fixture
def drawn(results_of: Callable[..., Path]) -> Draw:
    """Draws the scores of a small study."""

    def draw(*edits: tuple[str, str], **files: str) -> ElementTree.Element:
        out = results_of(*edits, **files)
        slices = sorted((out / "cohorts").glob("*.csv"))
        study, figure = Path("study/study.yaml"), out / "paired.svg"
        paired(study, "score", slices, out / "results.csv", figure)
        return ElementTree.fromstring(figure.read_text(encoding="utf-8"))  # noqa: S314

    return draw


def words(figure: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in figure.iterfind(TEXT)]


def test_a_figure_says_in_words_what_it_shows(bundled: Path) -> None:
    figure = ElementTree.fromstring((bundled / "paired-cdasi.svg").read_text())  # noqa: S314

    title = figure.findtext("{http://www.w3.org/2000/svg}title")
    description = figure.findtext(DESCRIPTION, default="")

    assert title == "CDASI of each patient: Before upadacitinib, then Last follow-up"
    assert description.startswith(
        "Classic DM: median (quartiles) 12 (7–27), n = 5, then 4 (1–5), n = 5; of 5 with both"
        " visits 5 improved, 0 worsened, 0 unchanged, p = 0.0625."
    )


def test_a_cohort_without_pairs_is_described_and_not_drawn(bundled: Path) -> None:
    figure = ElementTree.fromstring((bundled / "paired-mmt8.svg").read_text())  # noqa: S314

    assert "Amyopathic DM: no patient has both visits." in figure.findtext(DESCRIPTION, default="")
    assert "Amyopathic DM" not in words(figure)


def test_a_patient_with_one_visit_is_shown_and_told_in_the_legend(drawn: Draw) -> None:
    figure = drawn((EVERYONE, ""))

    assert {"improved", "worsened", "one visit only", "median and quartiles"} <= set(words(figure))
    assert "unchanged" not in words(figure)


@pytest.mark.parametrize(("better", "look"), [("lower", "improved"), ("higher", "worsened")])
def test_what_is_better_is_said_by_the_study(
    drawn: Draw, table_of: Callable[..., str], better: str, look: str
) -> None:
    figure = drawn(
        ("better: lower", f"better: {better}"), table=table_of({"Before": "9", "After": "3"})
    )

    assert f"1 {look}" in figure.findtext(DESCRIPTION, default="")
    assert {"Score (points)", f"{better} is better"} <= set(words(figure))


def test_without_any_value_the_figure_says_so(drawn: Draw, table_of: Callable[..., str]) -> None:
    figure = drawn(table=table_of({"Before": "NA", "After": ""}))

    assert words(figure) == ["No patient has a value"]
    assert figure.findtext(DESCRIPTION) == (
        "65 or older: no patient has both visits. Everyone: no patient has both visits."
    )


def test_the_same_results_give_the_same_bytes(results_of: Callable[..., Path]) -> None:
    out = results_of()
    slices = [out / "cohorts" / name for name in ("older.csv", "everyone.csv")]

    for name in ("a/paired.svg", "b/paired.svg"):
        paired(Path("study/study.yaml"), "score", slices, out / "results.csv", out / name)

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

    description = figure.findtext(DESCRIPTION, default="")

    assert description.startswith(
        "Everyone: median (quartiles) 12.5 (10.25–16.25), n = 3, then 14 (8.5–19.5), n = 2; of"
        " 2 with both visits "
    )
