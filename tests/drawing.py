"""A study with all that figures are about, synthetic patients, and what an SVG file says."""

import csv
import io
import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from casebook.figures.doses import doses
from casebook.figures.forest import forest
from casebook.figures.measured import Measured, read_measured
from casebook.figures.paired import paired
from casebook.figures.retention import retention
from casebook.figures.swimmer import swimmer
from casebook.figures.therapies import therapies
from casebook.figures.waterfall import waterfall
from casebook.study.load import load_study
from casebook.wording.traces import with_traces

START = """\
title: A study
source:
  table: table.csv
  patient: ID
  citation: Doe J. 2024.
  licence: CC0
"""
"""How the study.yaml of each small study begins."""

STUDY = (
    START
    + """\
variables:
  prior:
    label: Prior drugs
    column: Prior
    type: set
    mark: "*"
    mark_label: still taken at the start
    none: [none]
    levels: &drugs { HCQ: Hydroxychloroquine, MTX: Methotrexate, AZA: Azathioprine, NEW: Newdrug }
  now:
    label: Current drugs
    column: Now
    type: set
    none: [none]
    levels: *drugs
  months: { label: Time on newdrug, column: Months, type: number, unit: months, range: [0, 99] }
  dose_before: { label: Dose before, column: Dose before, type: number, unit: mg, range: [0, 99] }
  dose_now: { label: Dose now, column: Dose now, type: number, unit: mg, range: [0, 99] }
therapies: [prior, now]
treatment:
  label: Newdrug
  duration: months
  ongoing: '"NEW" in now'
  events:
    - { label: Steroid stopped, condition: dose_before > 0 and dose_now == 0 }
    - { label: Steroid tapered, condition: 0 < dose_now < dose_before }
doses:
  steroid: { label: Steroid, at: { baseline: dose_before, followup: dose_now } }
outcomes:
  score:
    label: Score
    columns:
      baseline: Before
      followup: After
    unit: points
    range: [0, 1000]
    better: lower
    responders:
      half: { label: At least half, improvement: 50, unit: percent, source: Doe 2024 }
      four: { label: At least 4 points, improvement: 4, source: Doe 2024 }
cohorts:
  high:
    label: 10 or more
    select: score_baseline >= 10
  everyone:
    label: Everyone
"""
)

USUAL = {
    "ID": "",
    "Prior": "HCQ*, MTX",
    "Now": "NEW",
    "Months": "12",
    "Dose before": "10",
    "Dose now": "5",
    "Before": "20",
    "After": "5",
}

LONG = "<script>alert(1)</script> $x$ & " + "very " * 34 + "long"

_SVG = "{http://www.w3.org/2000/svg}"
_DESCRIPTION = ".//{http://purl.org/dc/elements/1.1/}description"
_RELATION = ".//{http://purl.org/dc/elements/1.1/}relation"

Figure = ElementTree.Element
Drawings = dict[str, Callable[[Path], None]]


def table(*patients: Mapping[str, str]) -> str:
    """A table of patients; what is not given is as in a patient without fault."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(USUAL), lineterminator="\n")
    writer.writeheader()
    writer.writerows(USUAL | {"ID": f"P{i:02d}"} | each for i, each in enumerate(patients, 1))
    return file.getvalue()


def cohort(size: int) -> list[dict[str, str]]:
    """Synthetic patients, the same ones every time, with gaps and ties as in real tables."""
    draw = random.Random(size)
    return [_patient(draw) for _ in range(size)]


def _patient(draw: random.Random) -> dict[str, str]:
    before, dose = draw.choice([0, 2, 5, 5, 8, 12, 20, 27, 50]), draw.choice([0, 0, 5, 10, 20, 40])
    after = round(before * draw.choice([0, 0.1, 0.3, 0.5, 0.8, 1, 1.4]) + draw.choice([0, 0, 1]))
    prior = [f"{drug}{draw.choice(['', '*'])}" for drug in _some(draw, ["HCQ", "MTX", "AZA"])]
    cells = {
        "Prior": ", ".join(prior) or "none",
        "Now": ", ".join(_some(draw, ["NEW", "NEW", "MTX", "AZA"])) or "none",
        "Months": str(draw.randint(1, 40)),
        "Dose before": str(dose),
        "Dose now": str(draw.choice([0, dose // 2, dose, 5])),
        "Before": str(before),
        "After": str(after),
    }
    return {name: "" if draw.random() < 0.03 else cell for name, cell in cells.items()}


def _some(draw: random.Random, drugs: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(drug for drug in drugs if draw.random() < 0.5))


def drawings(study: Path, out: Path) -> Drawings:
    """For each figure what draws it into a file, once the results of a study are in a folder."""
    slices, results = sorted((out / "cohorts").glob("*.csv")), out / "results.csv"
    together = out / "together.csv"
    return {
        "paired": partial(of_outcome, paired, study, out),
        "waterfall": partial(of_outcome, waterfall, study, out),
        "forest": partial(forest, study, results),
        "swimmer": partial(swimmer, study, slices, together, out / "harms.csv"),
        "retention": partial(retention, study, results),
        "therapies": partial(therapies, study, slices, together),
        "doses": partial(doses, study, "steroid", slices, together),
    }


def of_outcome(draw: Callable[[Measured, Path], None], study: Path, out: Path, file: Path) -> None:
    """Draws a figure of the score, once the results of a study are in a folder."""
    slices = sorted((out / "cohorts").glob("*.csv"))
    is_exact = not any(load_study(study).outcomes["score"].rules)
    inexact = [] if is_exact else [out / "measurements.csv"]
    draw(read_measured(study, "score", slices, out / "results.csv", inexact), file)


def read(path: Path) -> Figure:
    return ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314


def words(figure: Figure) -> list[str]:
    """The texts of a figure."""
    return ["".join(each.itertext()) for each in figure.iterfind(f".//{_SVG}text")]


def traced_words(figure: Figure) -> list[str]:
    """The texts of a figure without those along its axes, their numbers traced again."""
    name, _, places = figure.get("id", "").partition("__")
    if re.match("[xy]tick_", name):
        return []
    if places or figure.tag == f"{_SVG}text":
        return [with_traces("\n".join(words(figure)) or figure.text or "", places)]
    return [text for each in figure for text in traced_words(each)]


def traced_description(figure: Figure) -> str:
    """What a figure says in words, its numbers traced again."""
    return with_traces(description(figure), figure.findtext(_RELATION, default=""))


def title(figure: Figure) -> str:
    return figure.findtext(f"{_SVG}title", default="")


def description(figure: Figure) -> str:
    return figure.findtext(_DESCRIPTION, default="")


def elements(figure: Figure, patient: str) -> list[str]:
    """The ids of what belongs to a patient, named as it stands in an id."""
    ids = [each.get("id", "") for each in figure.iter()]
    return [each for each in ids if re.fullmatch(rf"patient-{patient}-\d+", each)]
