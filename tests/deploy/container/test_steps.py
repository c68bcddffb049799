"""Each step in a container: apptainer runs them, for a user without rights, and without network."""

import json
import os
import pwd
import shutil
import subprocess
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import psutil
import pytest

from containers import HERE
from left_behind import EDIT, kill_run
from workflow import (
    ALL_RULES,
    INVENTED,
    OVERVIEW,
    PRINTED,
    Digests,
    Run,
    Workflow,
    copy,
    small,
    with_all_rules,
    with_edited_rules,
)


def in_image(workflow: Workflow, image: Path) -> Workflow:
    """Give the workflow the image, and to the user nobody."""
    (workflow.folder / "containers").mkdir()
    use_image(workflow, image)
    give_to_nobody(workflow.folder)
    return workflow


def give_to_nobody(folder: Path) -> None:
    """Make the user nobody the owner of a folder and of all in it."""
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)


def use_image(workflow: Workflow, image: Path) -> None:
    """Give the workflow an image in the way of `make image`."""
    link = workflow.folder / "containers" / "casebook.sif"
    link.unlink(missing_ok=True)
    shutil.copy2(image.resolve(), link.parent)
    link.symlink_to(image.resolve().name)


def call(workflow: Workflow) -> list[str]:
    """What calls Snakemake with the profile of containers, as the user nobody."""
    as_user = ["unshare", "--mount", "sh", str(HERE / "as_user.sh")]
    home = ["env", f"HOME={workflow.folder}"]
    return [*as_user, *home, "snakemake", "--cores", "2", "--profile", "profiles/container"]


def snakemake(workflow: Workflow, *arguments: str) -> Run:
    """Call it, and wait for its end."""
    return workflow.command(*call(workflow), *arguments)


@pytest.fixture(scope="module")
def finished(containers: None, image: Path, open_folder: Path) -> Workflow:
    """Studies that have all rules, made in containers; jobs note what they see."""
    workflow = in_image(with_all_rules(open_folder / "finished"), image)
    shutil.copy2(HERE / "probe.py", workflow.folder)
    last = "PYTHONNOUSERSITE=1; "
    workflow.edit("rules/common.smk", last, f"{last}python -I probe.py; ")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PASSWORD_OF_THE_CLINIC", "secret")
        for arguments in (("all",), ("verify",), ALL_RULES):
            run = snakemake(workflow, *arguments)
            assert run.status == 0, run.text
    return workflow


@pytest.fixture
def again(finished: Workflow, open_folder: Path, tmp_path: Path) -> Workflow:
    """The workflow after that run, in a copy that a test may change."""
    folder = open_folder / tmp_path.name
    shutil.copytree(finished.folder, folder, symlinks=True)
    give_to_nobody(folder)
    return Workflow(folder)


@pytest.fixture(scope="module")
def probes(finished: Workflow) -> list[dict[str, Any]]:
    lines = (finished.folder / "results/logs/probes.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_steps_in_containers_give_the_same_bytes(finished: Workflow, plain: Digests) -> None:
    made = finished.results()
    others = (INVENTED, PRINTED, *OVERVIEW)
    results = {name: made[name] for name in made if not name.startswith(others)}

    # The probe was added to the rules.
    assert results == with_edited_rules(plain, results)


def test_each_step_runs_in_the_image_and_in_the_environment_of_its_rule(
    finished: Workflow, probes: list[dict[str, Any]]
) -> None:
    image = (finished.folder / "containers" / "casebook.sif").resolve()
    files = {file.stem: file.read_bytes() for file in (finished.folder / "envs").glob("*.yaml")}
    digests = {rule: md5(text, usedforsecurity=False) for rule, text in files.items()}

    pythons = {probe["rule"]: probe["python"] for probe in probes}

    assert pythons == {rule: f"/conda-envs/{each.hexdigest()}" for rule, each in digests.items()}
    assert {probe["image"] for probe in probes} == {str(image)}


def test_steps_have_no_network_no_rights_and_nothing_of_the_callers_environment(
    probes: list[dict[str, Any]],
) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid

    seen = {
        (probe["user"], probe["capabilities"], *probe["networks"], *probe["writable"])
        for probe in probes
    }

    assert seen == {(nobody, "", "lo", "results")}
    assert not any("PASSWORD_OF_THE_CLINIC" in probe["variables"] for probe in probes)
    assert {probe["threads"] for probe in probes} == {"1"}


def test_a_second_run_has_nothing_to_do(again: Workflow) -> None:
    run = snakemake(again)

    assert run.status == 0
    assert "Nothing to be done" in run.text


def test_a_changed_image_makes_everything_again(again: Workflow, tmp_path: Path) -> None:
    other = tmp_path / "other.sif"
    shutil.copy2(again.folder / "containers" / "casebook.sif", other)
    with other.open("ab") as file:
        file.write(b"changed")
    named = other.rename(tmp_path / f"{sha256(other.read_bytes()).hexdigest()}.sif")

    use_image(again, named)
    run = snakemake(again, "--dry-run")

    assert run.status == 0, run.text
    assert "Software environment definition has changed since last execution" in run.text
    assert "Reading the raw table of upadacitinib-myositis" in run.jobs


def test_an_image_that_was_overwritten_is_refused(again: Workflow) -> None:
    image = (again.folder / "containers" / "casebook.sif").resolve()
    with image.open("ab") as file:
        file.write(b"changed")

    run = snakemake(again)

    assert run.status == 1
    assert f"The image containers/{image.name} is not what its name says" in run.text


def test_an_environment_that_the_image_lacks_is_an_error_that_says_so(
    containers: None, image: Path, open_folder: Path
) -> None:
    workflow = in_image(copy(open_folder / "edited"), image)
    workflow.edit("envs/clean.yaml", "dependencies:", "# edited\ndependencies:")

    run = snakemake(workflow)

    assert run.status == 1
    assert "Maybe a conda environment was modified without containerizing again" in run.text
    assert not workflow.result("cells.csv").exists()


def test_a_step_of_a_killed_run_writes_nothing_once_another_run_has_begun(
    containers: None, image: Path, open_folder: Path, tmp_path: Path
) -> None:
    undisturbed = small(tmp_path / "undisturbed")
    undisturbed.edit(*EDIT)
    assert undisturbed.snakemake().status == 0
    workflow = in_image(small(open_folder / "killed"), image)
    run = workflow.start(*call(workflow), output=subprocess.DEVNULL)
    step = kill_run(run, workflow, "clean")
    workflow.edit(*EDIT)
    assert snakemake(workflow, "--unlock").status == 0
    second = snakemake(workflow)
    assert second.status == 0, second.text

    step.resume()
    psutil.wait_procs([step])

    assert workflow.results() == undisturbed.results()
