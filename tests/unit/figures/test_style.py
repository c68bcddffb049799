from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.textpath import TextPath
from PIL import Image

from casebook.figures.style import IMPROVED, UNCHANGED, look_of_change, text_width, wrapped
from casebook.study.load import load_study
from drawing import LONG, Drawings, Figure, description, elements, read, title, words

Draw = Callable[..., Figure]
Synthetic = Callable[[int], Drawings]
ALL = ["paired", "waterfall", "forest", "swimmer", "therapies", "doses"]
OF_PATIENTS = [name for name in ALL if name != "forest"]
LABELS = [
    "Prior drugs",
    "Current drugs",
    "Time on newdrug",
    "Newdrug",
    "Steroid stopped",
    "Steroid tapered",
    "Score",
    "At least half",
    "Everyone",
    "still taken at the start",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_a_figure_has_the_same_bytes_in_every_format_each_time(
    synthetic: Synthetic, tmp_path: Path, name: str
) -> None:
    for folder in ("a", "b"):
        synthetic(10)[name](tmp_path / folder / "drawn.svg")

    for suffix in (".svg", ".pdf", ".png"):
        first, second = ((tmp_path / f / f"drawn{suffix}").read_bytes() for f in ("a", "b"))
        assert first == second
        assert not any(word in first for word in (b"CreationDate", b"<dc:date>", b"Matplotlib v"))


@pytest.mark.parametrize("size", [10, pytest.param(60, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ALL)
def test_a_figure_fits_one_column_of_a_journal_or_two_at_300_dots_an_inch(
    drawn: Callable[[str, int], Path], name: str, size: int
) -> None:
    with Image.open(drawn(name, size).with_suffix(".png")) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert image.width in (1003, 1004, 2066, 2067)
        assert image.height < 10 * 300


@pytest.mark.parametrize("name", ALL)
def test_a_figure_says_in_words_what_it_shows(draw: Draw, name: str) -> None:
    figure = draw(name, {}, {"After": "30"})

    assert title(figure)
    assert len(description(figure)) > len(title(figure))


@pytest.mark.parametrize("name", ALL)
def test_a_figure_of_nobody_says_so(draw: Draw, name: str) -> None:
    nobody = [
        (">= 10", "> 900"),
        ("label: Everyone", "label: Nobody\n    select: score_baseline > 900"),
    ]

    figure = draw(name, {}, edits=nobody)

    assert words(figure)
    assert not elements(figure, "P01")


@pytest.mark.parametrize("name", ALL)
def test_a_label_is_cut_and_never_read_as_a_formula_or_as_markup(draw: Draw, name: str) -> None:
    hostile = [(f"label: {label}", f"label: '{LONG}'") for label in LABELS]
    hostile.append(("label: Steroid,", f"label: '{LONG}',"))

    figure = draw(name, {"ID": LONG}, {}, {"Before": "0"}, edits=hostile)

    assert len(LONG) > 200
    assert not figure.findall(".//{http://www.w3.org/2000/svg}script")
    assert all(len(text) < 110 for text in words(figure))
    assert any("<script>" in text for text in words(figure))


@pytest.mark.parametrize("name", OF_PATIENTS)
def test_what_belongs_to_a_patient_can_be_found_and_no_id_stands_twice(
    draw: Draw, name: str
) -> None:
    figure = draw(name, {"ID": "7/ä"}, {"ID": "7"}, {"ID": "7-1"})

    ids = [each.get("id") for each in figure.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert elements(figure, "7")
    assert elements(figure, "7_2d1")
    assert elements(figure, "7_2f_c3_a4")


@pytest.mark.slow
@pytest.mark.usefixtures("svg_alone")
@pytest.mark.parametrize("name", ["waterfall", "swimmer", "therapies", "doses"])
def test_patients_are_named_as_long_as_they_fit(
    synthetic: Synthetic, tmp_path: Path, name: str
) -> None:
    for size in (60, 61):
        synthetic(size)[name](tmp_path / f"{size}.svg")

    few, many = read(tmp_path / "60.svg"), read(tmp_path / "61.svg")
    assert {"P01", "P60"} <= set(words(few))
    assert "P01" not in words(many)
    assert "61 patients" in words(many)
    assert elements(many, "P61")


def test_a_long_name_of_a_patient_is_cut_in_its_middle(draw: Draw) -> None:
    figure = draw("doses", {"ID": "hospital-2024-000017"}, {"ID": "hospital-2024-000018"})

    assert {"hospit…000017", "hospit…000018"} <= set(words(figure))


def test_a_text_is_cut_after_its_lines() -> None:
    assert wrapped("one two three four", 8) == "one two\nthree…"
    assert wrapped("one two", 8) == "one two"


def test_a_word_that_is_longer_than_a_line_is_cut_within() -> None:
    assert wrapped("Dermatomyositis", 9, 1) == "Dermatom…"
    assert wrapped("Group of dermatomyositis", 8) == "Group of\ndermato…"


def test_a_patient_whom_only_floats_moved_is_drawn_as_unchanged(bundled_study: Path) -> None:
    outcome = load_study(bundled_study).outcomes["cdasi"]

    assert look_of_change(0.3, 0.30000000000000004, outcome) is UNCHANGED
    assert look_of_change(33.3333333333333, 33.33, outcome) is IMPROVED


def test_a_figure_is_laid_out_once_for_all_its_formats(
    draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = []
    monkeypatch.setattr(
        ConstrainedLayoutEngine, "execute", lambda _, figure: laid_out.append(figure)
    )

    draw("doses", {}, {"Dose now": "0"})

    assert len(laid_out) == 1


@pytest.mark.parametrize("text", ["Wilcoxon, exact", "Straße", "gyÄ→ 0.05 – 7", "日本", "( )"])
def test_the_width_of_a_text_is_that_of_its_outlines(text: str) -> None:
    outlines = TextPath((0, 0), text, size=6.5)

    assert text_width(text, 6.5) == outlines.get_extents().width / 72
