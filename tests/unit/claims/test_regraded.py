"""What became of a grade between two visits, as a condition of claims."""

from itertools import product
from pathlib import Path

import pytest

from casebook.claims.language import read_reading
from casebook.claims.readings import ReadingError, Share
from casebook.quoting.draft import guesses
from casebook.reading.papers import Paper, Passage
from casebook.study.load import load_study
from casebook.study.model import Study

LEVELS = ("I", "II", "III")
STUDY = """\
title: Light for itch
source: { table: table.csv, patient: ID, citation: none, licence: none }
variables:
  before: { label: Before, column: B, type: category, levels: &grades { I: I, II: II, III: III } }
  after: { label: After, column: A, type: category, levels: *grades }
visits: { week0: Week 0, week9: Week 9 }
grades:
  nyha: { label: NYHA functional class, at: { week0: before, week9: after }, better: BETTER }
outcomes:
  itch:
    label: Itch
    columns: { week0: Itch 0, week9: Itch 9 }
    range: [0, 10]
    better: lower
cohorts: { everyone: { label: Everyone } }
"""


def study(folder: Path, better: str = "first") -> Study:
    path = folder / "study.yaml"
    (folder / "table.csv").touch()
    path.write_text(STUDY.replace("BETTER", better), encoding="utf-8")
    return load_study(path)


@pytest.mark.parametrize("better", ["first", "last"])
@pytest.mark.parametrize("move", ["improved", "worsened", "unchanged"])
def test_a_grade_moves_as_its_levels_stand_where_both_are_known(
    move: str, better: str, tmp_path: Path
) -> None:
    reading = read_reading(f"count({move}(nyha)) in everyone", study(tmp_path, better), ())
    assert isinstance(reading, Share)

    for before, after in product((*LEVELS, None), repeat=2):
        found = reading.condition.holds({"before": before, "after": after})
        if before is None or after is None:
            assert found is None
            continue
        steps = LEVELS.index(before) - LEVELS.index(after)
        steps = steps if better == "first" else -steps
        moved = {"improved": steps > 0, "worsened": steps < 0, "unchanged": steps == 0}
        assert found is moved[move]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("improved(itch)", "'itch' is not a grade; known: nyha"),
        ("improved(nyha, late)", "'late' is not a contrast of nyha"),
        ("improved()", "improved(...) takes a grade, and perhaps a contrast of it"),
    ],
)
def test_what_is_no_grade_or_contrast_is_told(source: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as error:
        read_reading(f"percent({source}) in everyone", study(tmp_path), ())

    assert str(error.value).startswith(told)


@pytest.mark.parametrize(
    ("known", "of_nobody"),
    [
        ({}, "never(worsened(nyha)) in everyone"),
        # Where a value is missing, nothing is known of everyone, but how many worsened is.
        ({"count(worsened(nyha)) in everyone": 0.0}, "count(worsened(nyha)) in everyone"),
    ],
)
def test_a_draft_counts_whose_grade_moved_and_not_the_outcome_before(
    known: dict[str, float], of_nobody: str, tmp_path: Path
) -> None:
    said = (
        "Itch fell. NYHA functional class (FC) improved in 6 of 9 patients (67%). FC improved in"
        " six patients, remained unchanged in two, and worsened in none."
    )

    found = guesses(Paper([Passage("Results", said)]), study(tmp_path), known.get)

    assert [guess.reading for guess in found if guess.printed != "9"] == [
        "count(improved(nyha)) in everyone",
        "percent(improved(nyha)) in everyone",
        "count(improved(nyha)) in everyone",
        "count(unchanged(nyha)) in everyone",
        of_nobody,
    ]
