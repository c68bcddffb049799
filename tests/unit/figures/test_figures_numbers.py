"""Every number of a figure and of its words is traced to what it shows; ticks of axes are none."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import followed
from arms import OF_GRADES
from casebook.base.printed import read_printed
from casebook.data.results import read_results
from casebook.figures.differences import differences
from casebook.study.load import load_study
from casebook.wording.traces import anchor, anchor_of_patient, pieces
from drawing import Figure, drawings, read, traced_description, traced_words
from read_back import read_patients

Drawn = Callable[[str, int], Path]
Folder = Callable[[int], Path]

# Digits that are no results: names of patients and levels, what is set in study.yaml, conventions.
NAMES = r"P\d+|MMT8|10 or more|Month\s\d|After \d month"
SETTINGS = r"95% interval|At least \d+(%| points)|[−-]?[45]0%"
WORDS = r"quantile type \d|baseline of 0|(above|below) 0|column \d:|of R (up to )?4\.[56]"
LEFT_OUT = r"and \d+ more"
NO_RESULTS = re.compile(f"{NAMES}|{SETTINGS}|{WORDS}|{LEFT_OUT}")

BUNDLED = [
    *("paired-cdasi", "paired-mmt8", "waterfall-cdasi", "waterfall-mmt8", "forest"),
    *("swimmer", "retention", "therapies", "dose-prednisone", "conventions"),
]


def texts(figure: Figure) -> Iterator[str]:
    """All that a figure says, by its texts and in words, with traces."""
    yield from traced_words(figure)
    yield traced_description(figure)


def untraced(figure: Figure) -> list[str]:
    """The texts in which digits are left that are neither traced nor known to be no results."""
    # A traced number leaves a letter, so that its neighbours do not become one word.
    left = ["".join("x" if name else part for name, part in pieces(text)) for text in texts(figure)]
    return [text for text in left if re.search(r"\d", NO_RESULTS.sub("", text))]


def traced_numbers(figure: Figure) -> list[tuple[str, str]]:
    """What is shown, and the number that is said to show it."""
    return [(name, part) for text in texts(figure) for name, part in pieces(text) if name]


def fits(text: str, value: float) -> bool:
    """Whether a value is shown so; of p < 0.001 the bound is the number."""
    printed = read_printed(text)
    return (printed is not None and bool(printed.fit(value))) or (text == "0.001" and value < 0.001)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_number_of_the_bundled_figures_is_traced(bundled: Path, name: str) -> None:
    figure = read(bundled / f"{name}.svg")

    assert untraced(figure) == []
    assert len(traced_numbers(figure)) >= 10


OF_TWO_VISITS = ["paired", "waterfall", "forest", "swimmer", "retention", "therapies", "doses"]


@pytest.mark.parametrize("name", OF_TWO_VISITS)
def test_every_number_of_a_figure_is_the_value_of_what_it_shows(
    drawn: Drawn, synthetic_twice_seen: Folder, name: str
) -> None:
    out = synthetic_twice_seen(10)

    assert_numbers_are_traced(read(drawn(name, 10)), out / "study.yaml", out)


@pytest.mark.parametrize("name", OF_TWO_VISITS)
@pytest.mark.usefixtures("svg_alone")
def test_every_number_of_a_figure_of_many_is_the_value_of_what_it_shows(
    synthetic_twice_seen: Folder, tmp_path: Path, name: str
) -> None:
    out = synthetic_twice_seen(80)
    drawings(out / "study.yaml", out)[name](tmp_path / "figure.svg")

    assert_numbers_are_traced(read(tmp_path / "figure.svg"), out / "study.yaml", out)


@pytest.mark.parametrize("name", ["trajectories", "transitions", "multiples"])
def test_every_number_of_a_figure_of_several_visits_is_the_value_of_what_it_shows(
    drawn: Drawn, synthetic_followed: Folder, name: str
) -> None:
    out = synthetic_followed(10)

    assert_numbers_are_traced(read(drawn(name, 10)), out / "study.yaml", out)


@pytest.mark.parametrize(
    ("name", "size"), [("trajectories", 61), ("transitions", 61), ("multiples", 60)]
)
@pytest.mark.usefixtures("svg_alone")
def test_every_number_of_a_figure_of_many_at_several_visits_is_the_value_of_what_it_shows(
    synthetic_followed: Folder, tmp_path: Path, name: str, size: int
) -> None:
    out = synthetic_followed(size)
    followed.drawings(out / "study.yaml", out)[name](tmp_path / "figure.svg")

    assert_numbers_are_traced(read(tmp_path / "figure.svg"), out / "study.yaml", out)


@pytest.mark.usefixtures("svg_alone")
def test_every_number_of_the_differences_is_the_value_of_what_it_shows(
    results_of: Callable[..., Path],
) -> None:
    patients = followed.table(*followed.cohort(8))
    out, study = (
        results_of(OF_GRADES, text=followed.STUDY, table=patients),
        Path("study/study.yaml"),
    )
    differences(study, out / "results.csv", out / "differences.svg")

    assert_numbers_are_traced(read(out / "differences.svg"), study, out)


def assert_numbers_are_traced(figure: Figure, study: Path, out: Path) -> None:
    rows = read_results(out / "results.csv")
    values = {anchor(row): {row.number, 100 * row.number} for row in rows if row.stat}
    patients = read_patients(out / "patients.csv", load_study(study).kinds)
    for patient in patients:
        own = {value for value in patient.values.values() if isinstance(value, float)}
        values[anchor_of_patient(patient.id)] = own
    wrong = [
        (row, text)
        for row, text in traced_numbers(figure)
        if not any(fits(text, value) for value in values[row])
    ]

    assert untraced(figure) == []
    assert traced_numbers(figure)
    assert not wrong


def test_a_file_of_its_own_has_no_link_and_reads_as_it_looks(bundled: Path) -> None:
    for name in BUNDLED:
        text = (bundled / f"{name}.svg").read_text(encoding="utf-8")

        assert "<a " not in text
        assert 'href="#r-' not in text
        assert not re.search("[\ue000-\ue002]", text)
