"""What figures there are, as rules, profile and documentation have them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from casebook.study.figure_registry import FIGURES, Figure, jobs, names
from casebook.study.load import load_study

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda each: each.name)
def test_a_figure_has_its_rule_its_place_on_a_cluster_and_its_line_in_the_documentation(
    figure: Figure,
) -> None:
    rules = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules").glob("*.smk"))
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    results = (ROOT / "docs/results.md").read_text(encoding="utf-8")
    file, line = figure.name, figure.name
    if figure.of in ("outcome", "dose"):
        file, line = f"{file}-{{{figure.of}}}", f"{line}-<{figure.of}>"

    assert f"rule {figure.command}:" in rules
    assert f'figure("{file}")' in rules
    assert f"{figure.command}=figures" in profile["groups"]
    assert f"| `figures/{line}` | {figure.command} |" in results


def test_a_study_gets_the_figures_of_what_it_has(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study())

    assert names(study) == [
        "paired-score",
        "waterfall-score",
        "forest",
        "therapies",
    ]
    assert jobs(study) == ["figures-score", "forest", "therapies"]
