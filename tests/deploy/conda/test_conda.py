"""Every rule in its own conda environment, with nothing from outside, as docs/environments.md says.

Where no conda is on PATH, the tests use the stand-in of stand-in/conda_stand_in.py.
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from workflow import (
    ALL_RULES,
    INVENTED,
    OVERVIEW,
    PRINTED,
    ROOT,
    Digests,
    Run,
    Workflow,
    with_all_rules,
)


@dataclass(frozen=True)
class Job:
    """A job: its command, the prefix of the Python that ran it, and all that this imported."""

    command: str
    prefix: Path
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Finished:
    """The workflow after runs of all rules, and the folder of its environments."""

    workflow: Workflow
    environments: Path
    runs: list[Run]

    @property
    def jobs(self) -> list[Job]:
        found = []
        for path in self.environments.glob("*/job-*.json"):
            record = json.loads(path.read_text(encoding="utf-8"))
            files = tuple(Path(file) for file in record["files"])
            found.append(Job(record["command"], path.parent, files))
        return [job for job in found if job.command.startswith("scripts/")]

    def prefix(self, rule: str) -> Path:
        """The prefix that Snakemake made from the environment of this rule."""
        wanted = (self.workflow.folder / f"envs/{rule}.yaml").read_text(encoding="utf-8")
        files = self.environments.glob("*.yaml")
        (made,) = (file for file in files if file.read_text(encoding="utf-8") == wanted)
        return made.with_suffix("")


def _conda(environments: Path) -> tuple[str, ...]:
    return ("--profile", "profiles/conda", "--conda-prefix", str(environments))


@pytest.fixture(scope="module")
def finished(conda: None, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Studies that have all rules, with a package of the user's own in the way."""
    folder = tmp_path_factory.mktemp("conda")
    workflow, environments = with_all_rules(folder / "casebook"), folder / "environments"
    made = workflow.snakemake(*_conda(environments), "--conda-create-envs-only")
    assert made.status == 0, made.text
    for site in environments.glob("*/lib/python*/site-packages"):
        shutil.copy(Path(__file__).with_name("record_modules.py"), site / "sitecustomize.py")
    own = folder / "user/lib/python3.12/site-packages/pydantic.py"
    own.parent.mkdir(parents=True)
    own.write_text("raise ImportError('the user has a pydantic')\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONUSERBASE", str(folder / "user"))
        calls = (("all",), ("verify",), ALL_RULES)
        runs = [workflow.snakemake(*_conda(environments), *call) for call in calls]
    for run in runs:
        assert run.status == 0, run.text
    return Finished(workflow, environments, runs)


def test_the_results_are_those_of_a_run_without_conda(finished: Finished, plain: Digests) -> None:
    results = finished.workflow.results()

    others = (INVENTED, PRINTED, *OVERVIEW)
    assert {name: results[name] for name in results if not name.startswith(others)} == plain


def test_every_job_ran_in_the_environment_of_its_rule(finished: Finished) -> None:
    commands = {f"scripts/{path.name}" for path in (ROOT / "scripts").glob("*.py")}

    jobs = finished.jobs

    assert len(jobs) == sum(len(run.jobs) for run in finished.runs)
    assert {job.command for job in jobs} == commands
    for job in jobs:
        assert job.prefix == finished.prefix(Path(job.command).stem)


def test_every_module_came_from_the_environment_or_the_workflow(finished: Finished) -> None:
    for job in finished.jobs:
        allowed = (job.prefix, finished.workflow.folder / "scripts")
        outside = [f for f in job.files if not any(f.is_relative_to(each) for each in allowed)]

        assert outside == [], job.command
        if job.command not in ("scripts/manifest.py", "scripts/verify.py"):
            assert any(file.match("site-packages/pydantic/__init__.py") for file in job.files)


def test_a_package_that_an_environment_lacks_is_named(finished: Finished, tmp_path: Path) -> None:
    shutil.copytree(finished.workflow.folder, tmp_path / "casebook", symlinks=True)
    workflow = Workflow(tmp_path / "casebook")
    workflow.edit("envs/tables.yaml", "  - python-docx =1.2\n", "")

    run = workflow.snakemake(*_conda(finished.environments))

    assert run.status == 1, run.text
    assert "No module named 'docx'" in run.text
    assert not workflow.result("records/tables.json").exists()
