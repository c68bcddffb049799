"""The studies whose claims are judged: the bundled one, and three that are drawn at random.

casebook cleans their tables and computes the results that the audit needs. What is right is
computed in `truth`, from the values of each patient, which are read here as decimals.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from casebook.analysis.cohort import summarise
from casebook.analysis.family import collect
from casebook.prepare.clean import Files, clean
from casebook.prepare.cohorts import cohorts
from casebook.prepare.ingest import ingest
from casebook.study.load import load_study
from casebook.study.model import Study

Row = dict[str, Any]
Conditions = Mapping[str, Callable[[Row], bool]]
"""Whether something is so of a patient; a KeyError where it is not known."""

BUNDLED = Path(__file__).parents[2] / "resources" / "upadacitinib-myositis"
BUNDLED_CONDITIONS: Conditions = {
    "cdasi_followup < cdasi_baseline": lambda p: p["cdasi_followup"] < p["cdasi_baseline"],
    "cdasi_baseline > 10": lambda p: p["cdasi_baseline"] > 10,
    "prednisone_followup == 0": lambda p: p["prednisone_followup"] == 0,
    'sex == "F"': lambda p: p["sex"] == "F",
    "count(prior_therapies) > 3": lambda p: len(p["prior_therapies"].split("; ")) > 3,
    '"Anti-Ro52" in antibodies': lambda p: "Anti-Ro52" in p["antibodies"].split("; "),
}
DRAWN_CONDITIONS: Conditions = {
    "pain_followup < pain_baseline": lambda p: p["pain_followup"] < p["pain_baseline"],
    "walk_followup > 400": lambda p: p["walk_followup"] > 400,
    'sex == "F"': lambda p: p["sex"] == "F",
    "not (crp <= 5)": lambda p: p["crp"] > 5,
}
DRAWN = """\
title: Drawn at random
source: {{ table: table.csv, patient: ID, citation: none, licence: none, missing: [NA] }}
variables:
  age: {{ label: Age, column: Age, type: number, range: [18, 99] }}
  crp: {{ label: CRP, column: CRP, type: number, range: [0, 500] }}
  ck: {{ label: CK, column: CK, type: number, range: [0, 20000] }}
  sex: {{ label: Sex, column: Sex, type: category, levels: {{ F: Female, M: Male }} }}
outcomes:
  pain: {{ label: Pain, columns: {{ baseline: P1, followup: P2 }}, unit: cm, range: [0, 10],
    better: lower }}
  walk: {{ label: Walk, columns: {{ baseline: W1, followup: W2 }}, unit: m, range: [0, 999],
    better: higher }}
cohorts:
  women: {{ label: Women, select: sex == "F" }}
  young: {{ label: Young, select: age < 60 }}
  everyone: {{ label: Everyone }}
analysis: {{ quantile_type: {quantile}, signed_rank: {test} }}
"""


@dataclass(frozen=True)
class Paper:
    """A study that casebook has analysed, in a folder, with the patients of each cohort."""

    folder: Path
    model: Study
    patients: Mapping[str, Sequence[Row]]
    conditions: Conditions

    @property
    def columns(self) -> list[str]:
        """The names of all numbers of a patient."""
        numbers = [name for name, kind in self.model.kinds.items() if kind == "number"]
        return [*numbers, *(f"{outcome}_change" for outcome in self.model.outcomes)]

    def label(self, cohort: str) -> str:
        """What a cohort is called."""
        return self.model.cohorts[cohort].label


def papers(folder: Path) -> Iterator[Paper]:
    """The bundled study and three that are drawn at random, of 8, 15 and 40 patients."""
    yield bundled(folder / "bundled", bundled_table())
    for n, quantile, test in ((8, 6, "exact"), (15, 2, "normal"), (40, 7, "r-4.5")):
        text = DRAWN.format(quantile=quantile, test=test)
        yield analysed(folder / f"{n}", text, drawn(n), DRAWN_CONDITIONS)


def bundled_table() -> str:
    """The table of the bundled study."""
    return (BUNDLED / "table1.tsv").read_text(encoding="utf-8")


def bundled(folder: Path, table: str) -> Paper:
    """The bundled study with a table, without bootstrap, which no claim asks for."""
    text = (BUNDLED / "study.yaml").read_text(encoding="utf-8")
    text = text.replace("bootstrap: 9999", "bootstrap: 0").replace("table1.tsv", "table.csv")
    return analysed(folder, text, table, BUNDLED_CONDITIONS)


def analysed(folder: Path, text: str, table: str, conditions: Conditions) -> Paper:
    """Take a study from its study.yaml and its table as far as its results."""
    folder.mkdir(parents=True)
    study = folder / "study.yaml"
    study.write_text(text, encoding="utf-8")
    (folder / "table.csv").write_text(table, encoding="utf-8")
    ingested = [folder / "cells.csv", folder / "remarks.csv"]
    ingest(study, folder / "table.csv", *ingested)
    names = ("patients", "measurements", "therapies", "findings", "harms")
    written = [folder / f"{name}.csv" for name in names]
    clean(Files(study, *ingested, [], *written))
    cohorts(study, written[0], folder / "cohorts", folder / "membership.csv")
    model = load_study(study)
    slices = sorted((folder / "cohorts").glob("*.csv"))
    parts = [folder / "summaries" / path.name for path in slices]
    for path, part in zip(slices, parts, strict=True):
        summarise(study, path, part)
    collect(study, slices, parts, folder / "together.csv", folder / "results.csv")
    patients: dict[str, list[Row]] = {name: [] for name in model.cohorts}
    for path in slices:
        for cohort, row in read(path, model):
            patients[cohort].append(row)
    return Paper(folder, model, patients, conditions)


def read(path: Path, model: Study) -> Iterator[tuple[str, Row]]:
    """The cohort and the known values of each patient of a slice, with the change of each outcome.

    Numbers are decimals.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for texts in csv.DictReader(file):
            cohort = texts.pop("in cohort")
            row: Row = {name: text for name, text in texts.items() if text}
            row |= {n: Decimal(t) for n, t in row.items() if model.kinds.get(n) == "number"}
            for outcome in model.outcomes:
                before, after = (row.get(f"{outcome}_{v}") for v in ("baseline", "followup"))
                if before is not None and after is not None:
                    row[f"{outcome}_change"] = after - before
            if row:
                yield cohort, row


def drawn(n: int) -> str:
    """A table of n patients, with ties, decimals, skewed values and missing ones."""
    random = np.random.default_rng(n)
    before = random.integers(2, 11, n)
    walk = random.normal(400, 60, n)
    columns = {
        "Age": random.integers(25, 85, n),
        "CRP": random.lognormal(1, 1.2, n).round(2),
        "CK": random.lognormal(7, 0.9, n).round(),
        "P1": before,
        "P2": (before - random.integers(-1, 4, n)).clip(0, 10),
        "W1": walk.round(1),
        "W2": (walk + random.normal(20, 40, n)).round(1),
    }
    lines = [",".join(["ID", "Sex", *columns])]
    for i, values in enumerate(zip(*columns.values(), strict=True)):
        cells = [f"{value}" if random.random() > 0.08 else "NA" for value in values]
        lines.append(",".join([f"p{i}", "FFM"[random.integers(3)], *cells]))
    return "\n".join([*lines, ""])
