"""Synthetic studies of any size, and samples for tests: the same for the same sizes, always."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from speed.measure import compiled
from workflow import Workflow, copy

START = """\
title: A synthetic study
source: {{ table: {table}, patient: ID, citation: none, licence: CC0, missing: [NA] }}
variables:
  site: {{ label: Site, column: Site, type: number, range: [1, {cohorts}] }}
outcomes:
"""
OUTCOME = """\
  o{number}:
    {{ label: Outcome {number}, columns: {{ baseline: Before {number}, followup: After {number} }},
      range: [0, 100], better: lower }}
"""
COHORT = "  c{number}: {{ label: Site {number}, select: site == {number} }}\n"


def synthetic(folder: Path, *, studies: int = 1, **sizes: Any) -> Workflow:
    """A copy of the workflow, compiled, with studies that `write_study` makes with these sizes.

    They are named study0001 and so on.
    """
    workflow = compiled(copy(folder))
    resources = folder / "resources"
    shutil.rmtree(resources)
    resources.mkdir()
    names = [f"study{number:04}" for number in range(1, studies + 1)]
    for name in names:
        write_study(resources / name, **sizes)
    (folder / "config.yaml").write_text(f"studies: [{', '.join(names)}]\n", encoding="utf-8")
    return replace(workflow, study=names[0])


def write_study(
    folder: Path, *, cohorts: int, patients: int, outcomes: int, form: str = "csv"
) -> None:
    """Write a study.yaml and its table.

    Args:
        folder: Where they are written.
        cohorts: How many cohorts; each patient is in one.
        patients: How many patients each of them has. One value in a hundred is missing.
        outcomes: How many outcomes are measured, at two visits.
        form: The format of the table, csv or xlsx.
    """
    folder.mkdir()
    file = folder / f"table.{form}"
    told = [
        START.format(table=file.name, cohorts=cohorts),
        *(OUTCOME.format(number=i) for i in range(1, outcomes + 1)),
        "cohorts:\n",
        *(COHORT.format(number=i) for i in range(1, cohorts + 1)),
    ]
    (folder / "study.yaml").write_text("".join(told), encoding="utf-8")
    table = _table(cohorts, patients, outcomes)
    if form == "xlsx":
        table.to_excel(file, index=False)
    else:
        table.to_csv(file, index=False, lineterminator="\n")


def _table(cohorts: int, patients: int, outcomes: int) -> pd.DataFrame:
    """Values with one decimal; those after lie a little below those before."""
    random, size = np.random.default_rng(0), cohorts * patients
    columns: dict[str, object] = {
        "ID": [f"p{i}" for i in range(1, size + 1)],
        "Site": np.repeat(np.arange(1, cohorts + 1), patients),
    }
    for number in range(1, outcomes + 1):
        before = random.uniform(10, 90, size)
        after = (before + random.normal(-1, 6, size)).clip(0, 100).round(1)
        columns[f"Before {number}"] = before.round(1)
        columns[f"After {number}"] = pd.Series(after).mask(random.uniform(size=size) < 0.01, "NA")
    return pd.DataFrame(columns)


def edit_first_patient(workflow: Workflow) -> None:
    """Change the last value of the first row of the first study's table."""
    path = workflow.folder / "resources" / workflow.study / "table.csv"
    header, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    start, _, old = first.rpartition(",")
    changed = f"{start},{'7.5' if old != '7.5' else '8.5'}"
    path.write_text("\n".join([header, changed, rest]), encoding="utf-8")


def differences(size: int, *, ties: bool = False) -> Iterator[np.ndarray]:
    """Samples of paired differences, without end; tied ones in tenths of a point, without zeros.

    What a test does with zeros is a convention of its own, in which packages differ.
    """
    random = np.random.default_rng(size)
    while True:
        changes = random.normal(0.1, 1, size)
        rounded = changes.round(1)
        yield np.where(rounded == 0, 0.1, rounded) if ties else changes
