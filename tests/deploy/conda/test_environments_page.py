"""What docs/environments.md says: its commands work, and a lock file that fails can be seen."""

import re
from pathlib import Path

import pytest

from workflow import ROOT, STUDY, Run, Workflow, copy

BLOCKS = re.findall(
    r"```bash\n(.*?)```", (ROOT / "docs/environments.md").read_text(encoding="utf-8"), re.DOTALL
)
FILES = [path.read_text(encoding="utf-8") for path in (ROOT / "envs").glob("*.yaml")]
CELLS = f"results/{STUDY}/cells.csv"
"""What the first rule makes; it needs the environment of that rule alone."""
MAKE = ("snakemake", "--profile", "profiles/conda", "--cores", "2")

pytestmark = pytest.mark.usefixtures("conda")


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    return copy(tmp_path / "casebook")


def _bash(workflow: Workflow, block: str) -> Run:
    return workflow.command("bash", "-euo", "pipefail", "-c", block)


def _look_for_pins_not_used(workflow: Workflow) -> str:
    """What the page's own check prints."""
    (block,) = (block for block in BLOCKS if "not used" in block)
    return _bash(workflow, block).text


def test_the_commands_of_the_page_work(
    workflow: Workflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHARED", str(tmp_path / "shared"))

    for block in BLOCKS:
        run = _bash(workflow, block)
        assert run.status == 0, f"{block}\n{run.text}"

    assert workflow.result("report.html").exists()
    assert len(list(tmp_path.glob("shared/casebook-envs/*.env_setup_done"))) == len(set(FILES))
    assert len(list(workflow.folder.glob("envs/*.pin.txt"))) == len(FILES)
    assert len(list(workflow.folder.glob(".snakemake/conda/*.pin.txt"))) == len(set(FILES))
    assert _look_for_pins_not_used(workflow) == ""


def test_a_run_whose_environments_are_made_needs_no_network(
    workflow: Workflow, without_network: tuple[str, ...]
) -> None:
    made = workflow.command(*MAKE, "--conda-create-envs-only", CELLS)
    assert made.status == 0, made.text

    run = workflow.command(*without_network, *MAKE, CELLS)

    assert run.status == 0, run.text
    assert "Creating conda environment" not in run.text


def test_a_pin_file_whose_package_is_gone_is_passed_over_and_the_page_shows_it(
    workflow: Workflow,
) -> None:
    pinned = _bash(workflow, "snakedeploy pin-conda-envs --conda-frontend conda envs/ingest.yaml")
    assert pinned.status == 0, pinned.text
    (pins,) = workflow.folder.glob("envs/ingest.*.pin.txt")
    gone = pins.read_text(encoding="utf-8").replace("/openpyxl-3.", "/openpyxl-2.")
    pins.write_text(gone, encoding="utf-8")

    run = workflow.command(*MAKE, CELLS)

    assert run.status == 0, run.text
    assert "Failed to install conda environment from pin file" in run.text
    assert _look_for_pins_not_used(workflow).startswith("not used: .snakemake/conda/")
