"""What the tests of all places share: a plain run, conda, a container image, Slurm, no network."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from xdist.scheduler import LoadScopeScheduling

from channel import build_channel, find_cpython, install_stand_in, wanted
from cluster import Cluster, install_slurm
from containers import (
    import_base,
    install_apptainer,
    install_packages,
    install_podman,
    make_image,
)
from workflow import Digests, Workflow, copy

MadeOnce = Callable[[str, Callable[[Path], None]], Path]

GROUPS = ("faults", "conda", "container", "slurm")
"""What names of tests have in them: those of one group share what takes long to make."""
REQUIRED = os.environ.get("CASEBOOK_DEPLOY") == "required"


class ByGroup(LoadScopeScheduling):
    """Gives each process one group of tests after another."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for group in GROUPS if group in nodeid), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByGroup:
    """Where several processes test."""
    return ByGroup(config, log)


def cannot_run(reason: str) -> NoReturn:
    """Skip a test that this machine cannot run, saying why; fail where all are required."""
    (pytest.fail if REQUIRED else pytest.skip)(reason)


@pytest.fixture(scope="session")
def plain(made_once: MadeOnce) -> Digests:
    """The files of a run on this machine, without conda, container or cluster."""

    def run_plainly(folder: Path) -> None:
        run = copy(folder).snakemake()
        assert run.status == 0, run.text

    return Workflow(made_once("on-this-machine", run_plainly)).results()


@pytest.fixture(scope="session")
def channels(made_once: MadeOnce) -> Path:
    """A folder with a conda channel, conda-forge, that holds what the files in envs/ ask for."""
    python = find_cpython()
    if python is None:
        minor = wanted()["python"]
        cannot_run(f"no CPython {minor} in a folder of its own; `pyenv install {minor}` makes one")
    return made_once("channels", lambda folder: build_channel(folder / "conda-forge", python))


@pytest.fixture(scope="session")
def stand_in(made_once: MadeOnce, channels: Path) -> Path:
    """A folder with the stand-in for conda; it can be copied elsewhere, into a container too."""
    return made_once("stand-in", lambda folder: install_stand_in(folder, channels))


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which conda keeps unpacked packages for all environments."""
    return tmp_path_factory.mktemp("packages")


@pytest.fixture(scope="module")
def conda(request: pytest.FixtureRequest, channels: Path, packages: Path) -> Iterator[None]:
    """A conda command on PATH, the machine's own or else the stand-in, for the channel above."""
    with pytest.MonkeyPatch.context() as environment:
        if not shutil.which("conda"):
            root = request.getfixturevalue("stand_in")
            environment.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
        environment.setenv("CONDA_CHANNEL_ALIAS", channels.as_uri())
        environment.setenv("CONDA_CHANNELS", "conda-forge")
        environment.setenv("CONDA_PKGS_DIRS", str(packages))
        yield


@pytest.fixture(scope="session")
def without_network() -> tuple[str, ...]:
    """What stands before a command that is to have no network."""
    prefix = ("unshare", "--net")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        cannot_run("this user may not make network namespaces")
    return prefix


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can reach; what is mounted in it goes with it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        cannot_run("containers are tested as root on Debian")
    folder = Path(tempfile.mkdtemp(prefix="casebook-", dir="/var/tmp"))
    # In memory: an image is 100,000 files, which a disk may take minutes to write and to remove.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder], check=True)
    yield folder
    mounts = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for mount in reversed(mounts):
        if Path(mount).is_relative_to(folder):
            subprocess.run(["umount", mount], check=True)
    folder.rmdir()


@pytest.fixture(scope="session")
def container_tools(open_folder: Path) -> list[Path]:
    """Folders with apptainer, and with podman for a store of its own."""
    install_packages()
    return [install_apptainer(open_folder / "apptainer"), install_podman(open_folder / "podman")]


@pytest.fixture(scope="session")
def image(container_tools: list[Path], open_folder: Path, channels: Path, stand_in: Path) -> Path:
    """What `make image` makes, with a stand-in for the image that the Dockerfile starts from."""
    project = copy(open_folder / "casebook")
    with pytest.MonkeyPatch.context() as environment:
        for folder in container_tools:
            environment.setenv("PATH", str(folder), prepend=os.pathsep)
        import_base(open_folder, stand_in)
        make_image(project, channels, open_folder / "wheels")
    return project.folder / "containers" / "casebook.sif"


@pytest.fixture(scope="module")
def containers(container_tools: list[Path]) -> Iterator[None]:
    """The commands apptainer and podman on PATH."""
    with pytest.MonkeyPatch.context() as environment:
        for folder in container_tools:
            environment.setenv("PATH", str(folder), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A real Slurm of two nodes on this machine, which Slurm's commands speak to."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        cannot_run("Slurm is installed and started as root on Debian")
    install_slurm()
    slurm = Cluster(tmp_path_factory.mktemp("slurm"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SLURM_CONF", str(slurm.configuration))
        try:
            slurm.start()
            yield slurm
        finally:
            slurm.stop()
