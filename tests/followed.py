"""A small study of four visits, with patients who are lost, a condition and a grade."""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from casebook.figures.multiples import multiples
from casebook.figures.trajectories import trajectories
from casebook.figures.transitions import transitions
from drawing import START, Drawings, of_outcome

STUDY = (
    START
    + """\
visits:
  baseline: Before
  month1: { label: Month 1, months: 1 }
  month3: { label: Month 3, months: 3 }
  month6: { label: Month 6, months: 6 }
variables:
  arm: { label: Arm, column: Arm, type: category, levels: { A: A, B: B } }
  grade0:
    label: Dyspnoea before
    column: Grade 0
    type: category
    levels: &grades { none: None, mild: Mild, severe: Severe }
  grade1: { label: Dyspnoea at 1, column: Grade 1, type: category, levels: *grades }
  grade3: { label: Dyspnoea at 3, column: Grade 3, type: category, levels: *grades }
  grade6: { label: Dyspnoea at 6, column: Grade 6, type: category, levels: *grades }
conditions:
  well:
    label: No dyspnoea
    at:
      baseline: grade0 == "none"
      month1: grade1 == "none"
      month3: grade3 == "none"
      month6: grade6 == "none"
grades:
  dyspnoea:
    label: Dyspnoea
    at: { baseline: grade0, month1: grade1, month3: grade3, month6: grade6 }
    better: first
outcomes:
  score:
    label: Score
    columns: { baseline: S0, month1: S1, month3: S3, month6: S6 }
    unit: points
    range: [0, 1000]
    better: lower
contrasts:
  change: { visit: month6, against: baseline }
  early: { label: After 1 month, visit: month1, against: baseline }
cohorts:
  a: { label: Arm A, select: arm == "A" }
  everyone: { label: Everyone }
"""
)

_SCORES, _GRADES = ("S0", "S1", "S3", "S6"), ("Grade 0", "Grade 1", "Grade 3", "Grade 6")
_LEVELS = ("none", "mild", "severe")


def patient(scores: Sequence[object], grades: Sequence[str] = (), arm: str = "A") -> dict[str, str]:
    """A patient with these scores and grades; None, and what is not given, is missing."""
    given = dict(zip(_SCORES, scores, strict=False)) | dict(zip(_GRADES, grades, strict=False))
    return {"Arm": arm} | {name: "" if x is None else str(x) for name, x in given.items()}


FALLING = [
    patient([30, 20, 12, 9], ["severe", "mild", "mild", "none"]),
    patient([25, 24, 11, 3], ["severe", "severe", "mild", "mild"]),
    patient([40, 31, 30, 20], ["mild", "mild", "mild", "mild"], arm="B"),
    patient([22, None, None, None], ["mild"]),
]
"""Four patients, one of whom is lost after the first visit; nobody rises."""


_PAIRS = {
    "A": ["severe severe", "severe severe", "severe mild", "mild mild", "none mild"],
    "B": ["severe none", "severe mild", "severe none", "mild none", "none none", "mild "],
}
CHANGING = [patient([], pair.split(" "), arm) for arm, pairs in _PAIRS.items() for pair in pairs]
"""Patients of two arms who have a grade before and after a month, but for one who was not seen."""


def table(*patients: Mapping[str, str]) -> str:
    """A table of these patients, P01 and so on."""
    file = io.StringIO()
    writer = csv.DictWriter(file, ["ID", "Arm", *_SCORES, *_GRADES], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"ID": f"P{i:02d}"} | dict(each) for i, each in enumerate(patients, 1))
    return file.getvalue()


def cohort(size: int) -> list[dict[str, str]]:
    """Synthetic patients, the same ones every time, of whom some are lost."""
    draw = random.Random(size)
    return [_drawn(draw) for _ in range(size)]


def _drawn(draw: random.Random) -> dict[str, str]:
    start, grade = draw.randint(8, 40), draw.choice([1, 1, 2, 2])
    stays = draw.choice([1, 2, 3, 4, 4, 4, 4, 4])
    scores, grades = [], []
    for visit in range(stays):
        scores.append(max(0, round(start * (1 - 0.18 * visit) + draw.gauss(0, 4))))
        grade = max(0, grade - (visit > 0 and draw.random() < 0.3))
        grades.append(_LEVELS[grade])
    seen = [None if draw.random() < 0.04 else score for score in scores]
    return patient(seen, grades, draw.choice("AB"))


def drawings(study: Path, out: Path) -> Drawings:
    """For each figure of several visits what draws it, once the results are in a folder."""
    slices, results = sorted((out / "cohorts").glob("*.csv")), out / "results.csv"
    return {
        "trajectories": partial(of_outcome, trajectories, study, out),
        "multiples": partial(of_outcome, multiples, study, out),
        "transitions": partial(transitions, study, "dyspnoea", slices, results),
    }
