"""The whole workflow in a container: Snakemake and all steps, with podman."""

import re
from pathlib import Path

from workflow import ROOT, Digests, Run, Workflow, copy


def in_podman(workflow: Workflow, command: str) -> Run:
    """Call a command in the image with the options that the documentation gives."""
    page = (ROOT / "docs/containers.md").read_text(encoding="utf-8")
    (podman,) = re.findall(r"^(podman run .* casebook) snakemake", page, re.MULTILINE)
    return workflow.command("sh", "-c", f"{podman} {command}")


def test_the_whole_workflow_in_the_image_gives_the_same_bytes(
    containers: None, image: Path, tmp_path: Path, plain: Digests
) -> None:
    workflow = copy(tmp_path / "casebook")

    run = in_podman(workflow, "snakemake --cores 2")

    assert run.status == 0, run.text
    assert workflow.results() == plain


def test_in_the_image_there_is_no_network_no_right_and_nothing_to_write_but_the_work_folder(
    containers: None, image: Path, tmp_path: Path
) -> None:
    workflow = Workflow(tmp_path)

    networks = in_podman(workflow, "ls /sys/class/net")
    rights = in_podman(workflow, "grep CapEff /proc/self/status")
    python = in_podman(workflow, "which python")
    wrote = {
        place: in_podman(workflow, f"touch {place}/new").status == 0
        for place in ("/", "/opt/casebook", "/conda-envs", "/tmp", "/work")  # noqa: S108
    }

    assert networks.text.split() == ["lo"]
    assert rights.text.split() == ["CapEff:", "0000000000000000"]
    assert python.text.strip() == "/opt/casebook/bin/python"
    assert [place for place, done in wrote.items() if done] == ["/tmp", "/work"]  # noqa: S108


def test_no_study_is_in_the_image_so_that_no_patients_data_are_shared_with_it(
    containers: None, image: Path, tmp_path: Path
) -> None:
    run = in_podman(Workflow(tmp_path), "find / -xdev -name study.yaml -o -xdev -name claims.tsv")

    assert [line for line in run.text.splitlines() if not line.startswith("find:")] == []
