"""What a killed run leaves, or one on a full disk, and what the next run makes of it."""

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from left_behind import EDIT, kill_run
from workflow import Digests, Workflow, small

pytestmark = pytest.mark.slow

TABLE, OLD, NEW = EDIT
# What fills a disk; logs are no results.
FILLER = "logs/filler"
# How long an undisturbed run takes.
SECONDS = "seconds"

Kill = Callable[[subprocess.Popen[str]], None]


@dataclass(frozen=True)
class Undisturbed:
    """A finished run, and what a run makes of the edited table when nothing comes in between.

    `seconds` is how long that took.
    """

    workflow: Workflow
    old: Digests
    new: Digests
    seconds: float


@pytest.fixture(scope="session")
def undisturbed(
    made_once: Callable[[str, Callable[[Path], None]], Path], warm: Path
) -> Undisturbed:
    def make(folder: Path) -> None:
        folder.mkdir()
        _run_undisturbed(folder, warm)

    folder = made_once("undisturbed", make)
    old, new = (Workflow(folder / name, "small", commands=warm) for name in ("old", "new"))
    seconds = float((folder / SECONDS).read_text(encoding="utf-8"))
    return Undisturbed(old, old.results(), new.results(), seconds)


def _run_undisturbed(folder: Path, commands: Path) -> None:
    finished = small(folder / "old", commands=commands)
    assert finished.snakemake().status == 0
    finished.compare_with_present()
    assert finished.snakemake().status == 0
    edited = _copy(finished, folder / "new")
    edited.edit(*EDIT)
    start = time.monotonic()
    run = edited.start("snakemake", "--cores", "2", "--forceall", output=subprocess.DEVNULL)
    assert run.wait() == 0
    seconds = time.monotonic() - start
    (folder / SECONDS).write_text(str(seconds), encoding="utf-8")


@pytest.fixture
def edited(undisturbed: Undisturbed, tmp_path: Path) -> Workflow:
    """A finished run of the small study, whose table was edited since."""
    workflow = _copy(undisturbed.workflow, tmp_path / "edited")
    workflow.edit(*EDIT)
    return workflow


@pytest.fixture
def mount() -> Iterator[Callable[..., None]]:
    """Moves a folder to a disk of its own, with so many bytes to spare; it is gone afterwards."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk; .ci/run does it as root")
    mounted: list[Path] = []

    def run(folder: Path, spare: int) -> None:
        before = folder.rename(folder.with_name("before"))
        folder.mkdir()
        _mount(folder, "-t", "tmpfs", "none")
        mounted.append(folder)
        shutil.copytree(before, folder, dirs_exist_ok=True, symlinks=True)
        disk = os.statvfs(folder)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
        _mount(folder, "-o", f"remount,size={used + spare}")

    yield run
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", *options, folder], check=True)


def _fill(disk: Path) -> None:
    """Leave no room on a disk."""
    (disk / FILLER).parent.mkdir()
    with suppress(OSError), (disk / FILLER).open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _without_logs(text: str) -> str:
    """What a run printed, but for the logs of steps, which a full disk cuts off anywhere."""
    return re.sub(r"^  \| .*$", "", text, flags=re.MULTILINE)


def _copy(workflow: Workflow, folder: Path) -> Workflow:
    shutil.copytree(workflow.folder, folder)
    return replace(workflow, folder=folder)


def _kill_all(run: subprocess.Popen[str]) -> None:
    os.killpg(run.pid, signal.SIGKILL)


def _kill_snakemake(run: subprocess.Popen[str]) -> None:
    run.kill()


def _kill_a_job(run: subprocess.Popen[str], command: str = "") -> None:
    for job in _jobs(run, command):
        with suppress(psutil.NoSuchProcess):
            job.kill()
            return


def _jobs(run: subprocess.Popen[str], command: str = "") -> Iterator[psutil.Process]:
    """The processes of jobs of a run, as long as it goes on; of one command, if one is named."""
    while run.poll() is None:
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(run.pid).children(recursive=True):
                if f"scripts/{command}" in " ".join(process.cmdline()):
                    yield process
        time.sleep(0.02)


def _cpu_seconds(run: subprocess.Popen[str]) -> float:
    """What Snakemake itself has taken so far."""
    times = psutil.Process(run.pid).cpu_times()
    return times.user + times.system


def _killed(workflow: Workflow, kill: Kill, seconds: float) -> bool:
    """Whether a run could be killed after so many seconds, as it had not come to its end before."""
    with (workflow.folder / "killed.log").open("w", encoding="utf-8") as output:
        run = workflow.start("snakemake", "--cores", "2", output=output)
        try:
            run.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            kill(run)
        return run.wait() != 0


def _other_way(workflow: Workflow) -> None:
    """Edit the table again: back, or forth."""
    table = (workflow.folder / TABLE).read_text(encoding="utf-8")
    workflow.edit(TABLE, *((OLD, NEW) if OLD in table else (NEW, OLD)))


def _expected(workflow: Workflow, undisturbed: Undisturbed) -> Digests:
    """What an undisturbed run makes of the table as it is now."""
    table = (workflow.folder / TABLE).read_text(encoding="utf-8")
    return undisturbed.old if OLD in table else undisturbed.new


def _unlock(workflow: Workflow) -> None:
    """Remove the lock of a killed run, if it has left one."""
    if any((workflow.folder / ".snakemake/locks").glob("*")):
        assert workflow.snakemake("--unlock").status == 0


def _assert_whole(found: Digests, undisturbed: Undisturbed) -> None:
    """Every file under the name of a result is the old one or the new one."""
    for name, content in found.items():
        if ".unfinished-" not in name:
            assert content in (undisturbed.old.get(name), undisturbed.new.get(name)), name


def _assert_finishes(workflow: Workflow, expected: Digests) -> None:
    """The next run finishes and leaves what is expected and nothing else; `verify` agrees."""
    run = workflow.snakemake()
    assert run.status == 0, run.text
    found = workflow.results()
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []
    verified = workflow.snakemake("verify")
    assert verified.status == 0, verified.text


@pytest.mark.parametrize("seed", range(6))
def test_killed_runs_leave_whole_files_and_the_next_run_finishes(
    undisturbed: Undisturbed, edited: Workflow, seed: int
) -> None:
    moments = random.Random(seed)

    for kill in moments.choices([_kill_all, _kill_snakemake, _kill_a_job], k=5):
        while not _killed(edited, kill, moments.uniform(0.2, 1) * undisturbed.seconds):
            _other_way(edited)
        _assert_whole(edited.results(), undisturbed)
        _unlock(edited)
        _other_way(edited)

    _assert_finishes(edited, _expected(edited, undisturbed))


def test_a_killed_job_is_made_up_for_though_its_old_results_are_there(
    undisturbed: Undisturbed, edited: Workflow
) -> None:
    run = edited.start("snakemake", "--cores", "2", output=subprocess.DEVNULL)
    _kill_a_job(run, "summarise.py")
    assert run.wait() == 1

    _assert_finishes(edited, undisturbed.new)


def test_a_job_left_behind_by_a_killed_run_cannot_change_the_next_one(
    undisturbed: Undisturbed, edited: Workflow
) -> None:
    run = edited.start("snakemake", "--cores", "2", output=subprocess.DEVNULL)
    job = kill_run(run, edited, "summarise")
    assert "It can be removed with the --unlock argument" in edited.snakemake().text
    _unlock(edited)
    _other_way(edited)
    _assert_finishes(edited, undisturbed.old)

    job.resume()
    psutil.wait_procs([job])

    assert edited.results() == undisturbed.old


def test_the_snakemake_of_a_job_on_a_cluster_ends_where_another_run_has_begun(
    undisturbed: Undisturbed, tmp_path: Path
) -> None:
    workflow = _copy(undisturbed.workflow, tmp_path / "finished")
    left_behind = replace(workflow, environment={"CASEBOOK_RUN": "earlier"})
    # As the one that submits a job calls it.
    job = ("--mode", "remote", "--nolock", "--no-hooks", "--allowed-rules", "forest")

    run = left_behind.snakemake(*job, "--force", "--target-jobs", "forest:study=small")

    assert run.status == 1
    assert "Another run has begun" in run.text
    assert workflow.results() == undisturbed.old
    assert "Nothing to be done" in workflow.snakemake().text


def test_a_second_run_stops_with_a_message_and_the_first_goes_on(
    undisturbed: Undisturbed, edited: Workflow
) -> None:
    first = edited.start("snakemake", "--cores", "1", output=subprocess.DEVNULL)
    # No file comes or goes while the second looks for what there is.
    job = next(_jobs(first))
    job.suspend()

    second = edited.snakemake()
    job.resume()

    assert second.status == 1
    assert "no other Snakemake process is trying to create the same files" in second.text
    assert "Traceback" not in second.text
    assert first.wait() == 0
    assert edited.results() == undisturbed.new


def test_runs_on_different_studies_both_finish_and_one_that_waits_costs_nothing(
    undisturbed: Undisturbed, edited: Workflow
) -> None:
    shutil.copytree(edited.folder / "resources/small", edited.folder / "resources/other")
    other = replace(edited, study="other")
    first = edited.start("snakemake", "--cores", "1", output=subprocess.DEVNULL)
    # Its other cohorts are ready, and wait.
    job = next(_jobs(first, "summarise.py"))
    job.suspend()
    seconds = _cpu_seconds(first)

    second = other.snakemake("--config", "studies=[other]", "compare={}", cores=1)
    again = edited.snakemake()
    seconds = _cpu_seconds(first) - seconds
    job.resume()

    assert second.status == 0, second.text
    assert seconds < 1
    assert first.wait() == 0
    assert again.status == 1
    assert "another run is making results/small; call snakemake again" in again.text
    made = edited.results()
    assert {name: made[name] for name in undisturbed.new} == undisturbed.new
    assert other.result("report.html").exists()


@pytest.mark.parametrize(
    ("folder", "command"),
    [("results", "ingest.py"), ("results", "forest.py"), (".", "summarise.py"), (".", "forest.py")],
)
def test_a_disk_that_gets_full_is_told_and_the_next_run_finishes_once_there_is_room(
    undisturbed: Undisturbed,
    edited: Workflow,
    mount: Callable[[Path, int], None],
    folder: str,
    command: str,
) -> None:
    disk = edited.folder / folder
    mount(disk, 2**21)
    run = edited.start("snakemake", "--cores", "2")
    next(_jobs(run, command))
    _fill(disk)

    text, _ = run.communicate()

    assert run.returncode == 1, text
    assert "make room and call snakemake again" in text
    assert "Traceback" not in _without_logs(text)
    _assert_whole(edited.results(), undisturbed)
    _mount(disk, "-o", "remount,size=64M")
    _unlock(edited)
    (disk / FILLER).unlink()
    _assert_finishes(edited, undisturbed.new)


def test_a_run_does_not_begin_on_a_full_disk(
    undisturbed: Undisturbed, edited: Workflow, mount: Callable[[Path, int], None]
) -> None:
    mount(edited.folder, 8192)

    run = edited.snakemake()

    assert run.status == 1
    assert "make room and call snakemake again" in run.text
    assert "Traceback" not in run.text
    assert edited.results() == undisturbed.old


def test_results_that_are_read_only_are_told_and_left_alone(
    undisturbed: Undisturbed, edited: Workflow, mount: Callable[[Path, int], None]
) -> None:
    mount(edited.folder / "results", 2**20)
    _mount(edited.folder / "results", "-o", "remount,ro")

    run = edited.snakemake()

    assert run.status == 1
    assert "Write-protected output files for rule" in run.text
    assert "Traceback" not in run.text
    assert edited.results() == undisturbed.old
