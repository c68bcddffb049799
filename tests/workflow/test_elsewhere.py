"""casebook called from other folders than its own, and as a module of another workflow."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from workflow import Digests, Run, Workflow, small

MODULE = """\
configfile: "settings.yaml"

module casebook:
    snakefile: "{snakefile}"
    config: config["casebook"]

use rule * from casebook as casebook_*

onstart:
    casebook.onstart()

onsuccess:
    casebook.onsuccess()

onerror:
    casebook.onerror()

rule all:
    default_target: True
    input:
        "done.txt",

rule of_the_user:
    input:
        "results/small/manifest.json",
    output:
        "done.txt",
    shell:
        "printenv PYTHONNOUSERSITE > {{output}} || echo unset > {{output}}"
"""


@pytest.fixture
def casebook(tmp_path: Path) -> Workflow:
    """casebook with a small study, in its own folder."""
    return small(tmp_path / "own")


@pytest.fixture
def elsewhere(casebook: Workflow, tmp_path: Path) -> Workflow:
    """Another folder with the study and its configuration, and nothing of casebook."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.move(casebook.folder / "resources", folder)
    shutil.move(casebook.folder / "config.yaml", folder)
    return replace(casebook, folder=folder)


def _snakefile(casebook: Workflow) -> str:
    return str(casebook.folder / "Snakefile")


def _jobs(run: Run) -> int:
    assert run.status == 0, run.text
    return len(run.jobs)


def test_another_folder_has_the_same_jobs(casebook: Workflow, elsewhere: Workflow) -> None:
    called = ("--dry-run", "-s", _snakefile(casebook))

    there = elsewhere.snakemake(*called)
    from_casebook = casebook.snakemake("--dry-run", "--directory", str(elsewhere.folder))

    assert _jobs(there) == _jobs(from_casebook) > 10
    assert "profiles/default" in there.text


@pytest.mark.slow
def test_results_are_the_same_bytes_wherever_casebook_is_called_from(
    casebook: Workflow, elsewhere: Workflow, plain: Digests, tmp_path: Path
) -> None:
    made = elsewhere.snakemake("-s", _snakefile(casebook))
    again = casebook.snakemake("--directory", str(elsewhere.folder))
    verified = elsewhere.snakemake("-s", _snakefile(casebook), "verify")

    assert made.status == 0, made.text
    assert "Nothing to be done" in again.text
    assert verified.status == 0, verified.text
    assert elsewhere.results() == plain
    assert not _naming(elsewhere, tmp_path)


def _naming(workflow: Workflow, folder: Path) -> list[str]:
    """The results in which the path of a folder stands, but for the call that a manifest tells."""
    made = (path for path in (workflow.folder / "results").rglob("*") if path.is_file())
    return [
        path.name
        for path in made
        if "logs" not in path.parts
        and path.name != "manifest.json"
        and str(folder).encode() in path.read_bytes()
    ]


@pytest.mark.slow
def test_the_command_line_can_name_studies_where_no_config_yaml_does(
    casebook: Workflow, elsewhere: Workflow
) -> None:
    (elsewhere.folder / "config.yaml").unlink()

    untold = elsewhere.snakemake("--dry-run", "-s", _snakefile(casebook))
    told = elsewhere.snakemake("-s", _snakefile(casebook), "--config", "studies=[small]")

    assert "config.yaml: no such file" in untold.text
    assert untold.jobs == []
    assert told.status == 0, told.text
    assert "The report of small is results/small/report.html" in told.text


@pytest.mark.slow
def test_a_module_of_another_workflow_makes_the_same(
    casebook: Workflow, elsewhere: Workflow, plain: Digests
) -> None:
    (elsewhere.folder / "config.yaml").unlink()
    (elsewhere.folder / "settings.yaml").write_text("casebook: { studies: [small] }\n")
    text = MODULE.format(snakefile=_snakefile(casebook))
    (elsewhere.folder / "Snakefile").write_text(text, encoding="utf-8")

    run = elsewhere.snakemake()
    verified = elsewhere.snakemake("casebook_verify")
    again = elsewhere.snakemake()

    assert run.status == 0, run.text
    assert "localrules" not in run.text
    assert "The report of small is results/small/report.html" in run.text
    assert (elsewhere.folder / "done.txt").read_text() == "unset\n"
    assert verified.status == 0, verified.text
    assert "Nothing to be done" in again.text
    assert _but_manifest(elsewhere.results()) == _but_manifest(plain)
    elsewhere.edit("resources/small/table.csv", "p2,A", "p2,Q")
    failed = elsewhere.snakemake()
    assert failed.jobs == []
    assert "row 3, column 'Type': found 'Q'" in failed.text


def _but_manifest(found: Digests) -> Digests:
    """Results without the manifest, which tells whether there is a config.yaml."""
    return {name: found[name] for name in found if not name.endswith("manifest.json")}


def test_another_casebook_that_is_installed_is_not_used(casebook: Workflow, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    (installed / "casebook").mkdir(parents=True)
    (installed / "casebook" / "__init__.py").touch()

    run = replace(casebook, environment={"PYTHONPATH": str(installed)}).snakemake("--dry-run")

    assert run.status == 0, run.text
    assert len(run.jobs) > 1
