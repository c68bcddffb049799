"""A full paper with three visits and p-values at baseline, by SPSS, held against R claim by claim.

Six of its numbers were printed wrong on purpose; their notes in claims.tsv say so.
"""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.audit.step import Files, audit
from casebook.data.verdicts import NOT_COMPUTABLE, REPRODUCED, WRONG, Verdict, read_verdicts

ROOT = Path(__file__).parents[3]
PAPER = ROOT / "benchmarks" / "papers" / "occlusion"
Verdicts = Mapping[str, Verdict]


@pytest.fixture
def verdicts(results_of: Callable[..., Path]) -> Verdicts:
    """Casebook's verdicts by the claims."""
    text = (PAPER / "study.yaml").read_text(encoding="utf-8").replace("eyes.csv", "table.csv")
    out = results_of(text=text, table=(PAPER / "eyes.csv").read_text(encoding="utf-8"))
    written = [out / f"{name}.csv" for name in ("audit", "tried", "followed", "programs", "all")]
    slices = sorted((out / "cohorts").glob("*.csv"))
    data = (out / "patients.csv", slices, out / "results.csv")
    study = Path("study/study.yaml")
    audit(Files(study, PAPER / "claims.tsv", *data, *written, harms=out / "harms.csv"))
    return {each.claim: each for each in read_verdicts(out / "audit.csv")}


@pytest.mark.slow
def test_the_verdicts_are_those_of_r(verdicts: Verdicts) -> None:
    with (ROOT / "tests" / "oracle" / "occlusion_numbers.csv").open(encoding="utf-8") as file:
        by_r = {row["claim"]: float(row["value"]) for row in csv.DictReader(file)}
    numbers = {name: verdicts[name] for name in by_r}
    misprints = {name for name, each in numbers.items() if "is right" in each.note}
    others = {each.verdict for name, each in verdicts.items() if name not in by_r}

    assert len(by_r) == 356
    assert {name for name, each in numbers.items() if each.verdict in WRONG} == misprints
    assert {n for n in by_r.keys() - misprints if numbers[n].verdict != REPRODUCED} == set()
    assert others == {NOT_COMPUTABLE, REPRODUCED}
    # What is printed as < 0.001 is recomputed by R's default rule, whose series comes to 0 there.
    for name in numbers.keys() - {"C292"}:
        # A fall is printed, and written in R, by its size.
        size = abs(float(numbers[name].recomputed))
        assert size == pytest.approx(abs(by_r[name]), rel=1e-9), name
