"""What figures there are, as rules, profile and documentation have them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from arms import ARMS
from casebook.study.figure_registry import FIGURES, Drawing, jobs, names
from casebook.study.load import load_study

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("drawing", FIGURES, ids=lambda each: each.command)
def test_a_figure_has_its_place_on_a_cluster_and_its_line_in_the_documentation(
    drawing: Drawing,
) -> None:
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    results = (ROOT / "docs/results.md").read_text(encoding="utf-8")
    hpc = (ROOT / "docs/hpc.md").read_text(encoding="utf-8")
    together = next(line for line in hpc.splitlines() if "together in one submission" in line)

    assert f"{drawing.command}=figures" in profile["groups"]
    assert drawing.command in re.findall(r"\w+", together.split("|")[1])
    for file in drawing.files:
        line = file.translate(str.maketrans("{}", "<>"))
        assert f"| `figures/{line}` | {drawing.command} |" in results


def test_a_study_gets_the_figures_of_what_it_has(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study())

    assert names(study) == [
        "paired-score",
        "waterfall-score",
        "forest",
        "therapies",
    ]
    assert jobs(study) == ["figures-score", "forest", "therapies"]
    assert "differences" in names(load_study(make_study(ARMS)))
