"""How little has to be touched to add something: it is added to a copy, and used there."""

from pathlib import Path

import pytest

from workflow import Workflow, small

MODULE = '''"""A toy."""

from pathlib import Path


def toy(study: Path, together: Path, figure: Path) -> None:
    """Draw a toy."""
    figure.write_text("<svg/>", encoding="utf-8")
'''
COMMAND = '''"""Draw a toy."""

from casebook.commands import perform
from casebook.figures.toy import toy

if __name__ == "__main__":
    perform(toy)
'''
ENTRY = '    Drawing("toy", ("toy",), "the toy", ("together",)),\n'


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return small(tmp_path / "casebook")


def test_a_figure_is_added_with_a_module_a_command_an_environment_and_one_entry(
    workflow: Workflow,
) -> None:
    scripts, environments = workflow.folder / "scripts", workflow.folder / "envs"
    (scripts / "casebook/figures/toy.py").write_text(MODULE, encoding="utf-8")
    (scripts / "toy.py").write_text(COMMAND, encoding="utf-8")
    (environments / "toy.yaml").write_text((environments / "forest.yaml").read_text())
    first = '    Drawing("forest"'
    workflow.edit("scripts/casebook/study/figure_registry.py", first, ENTRY + first)

    run = workflow.snakemake("--dry-run", "--printshellcmds")

    assert "Drawing the toy of small" in run.jobs
    drawing, report = (
        next(line for line in run.text.splitlines() if f"python scripts/{command}.py" in line)
        for command in ("toy", "report")
    )
    assert "--together results/small/together.csv --figure results/small/figures/toy.svg" in drawing
    assert "figures/toy.svg results/small/figures/forest.svg" in report
