import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebook.data.patients import element_id, token
from casebook.data.results import Results
from casebook.figures.style import IMPROVED, new_figure, save
from casebook.report.inline_svg import Drawing, drawing
from casebook.wording.traces import traced

HOSTILE = "</svg><script>alert('x')</script> & \"q\" <!-- $x$"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    """A figure of two patients, with a label that would like to be more than a text."""
    path = tmp_path_factory.mktemp("drawn") / "scores.svg"
    figure = new_figure(3, 2)
    axes = figure.subplots()
    for number, patient in enumerate(("P01", "a b")):
        axes.add_line(IMPROVED.line([0, 1], [0, number])).set_gid(element_id(patient, 1))
    axes.set_title(HOSTILE)
    save(figure, path, f"Scores {HOSTILE}", f"Two patients {HOSTILE}")
    return drawing(path)


def parsed(figure: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)  # noqa: S314


def test_a_drawing_is_one_element_without_what_only_a_file_needs(drawn: Drawing) -> None:
    assert drawn.svg.startswith("<svg ")
    assert not re.search(r"<\?xml|<!DOCTYPE|xmlns|metadata|<style|ns0|xlink", drawn.svg)


def test_title_and_description_name_it_to_screen_readers(drawn: Drawing) -> None:
    svg = parsed(drawn)

    first, second, *_ = svg

    assert svg.get("role") == "group"
    assert svg.get("aria-labelledby") == first.get("id")
    assert svg.get("aria-describedby") == second.get("id")
    assert (first.tag, first.text) == ("title", drawn.title)
    assert (second.tag, second.text) == ("desc", drawn.description)


def test_ids_begin_with_the_figures_name_and_references_follow_them(drawn: Drawing) -> None:
    ids = re.findall(r' id="([^"]+)"', drawn.svg)
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', drawn.svg)

    assert all(each.startswith("scores--") for each in ids)
    assert len(set(ids)) == len(ids)
    assert len(references) > 5
    assert {one or other for one, other in references} <= set(ids)


def test_a_patients_lines_tell_whose_they_are(drawn: Drawing) -> None:
    groups = parsed(drawn).findall(".//g[@data-patient]")

    assert [each.get("data-patient") for each in groups] == ["P01", token("a b")]
    assert all(each.find("path") is not None for each in groups)


def test_a_traced_number_is_traced_again_within_its_text(
    tmp_path: Path, bundled_results: Results
) -> None:
    result = bundled_results.get("dm", "cdasi", "paired test", "p_value")
    figure = new_figure(3, 2)
    figure.subplots().set_title(f"65 or older\nn = 3, {traced('0.014', result)}")

    save(figure, tmp_path / "scores.svg", "Scores", f"In words: {traced('0.014', result)}.")

    found = drawing(tmp_path / "scores.svg")
    assert found.description == f"In words: {traced('0.014', result)}."
    assert f">n = 3, {traced('0.014', result)}</text>" in found.svg
    assert ">65 or older</text>" in found.svg


def test_hostile_labels_stay_texts(drawn: Drawing) -> None:
    assert "<script" not in drawn.svg
    assert HOSTILE in [each.text for each in parsed(drawn).iter("text")]
    assert drawn.title == f"Scores {HOSTILE}"
