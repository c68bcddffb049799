"""apptainer, podman and an image to run steps in, on a Debian where no registry can be reached."""

import shutil
import subprocess
import sys
from pathlib import Path

from debian import install
from workflow import ROOT, Workflow

HERE = Path(__file__).parent / "container"
PACKAGES = ["mmdebstrap", "podman", "runc", "patchelf", "squashfs-tools", "squashfuse"]
PIP = ("-m", "pip", "--quiet")
# What an image is built from, beside the workflow.
PARTS = ("Makefile", "Dockerfile", ".dockerignore", "requirements.txt", "envs", "containers")


def install_packages() -> None:
    """Install the packages of Debian that are missing here."""
    show = ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\n", *PACKAGES]
    shown = subprocess.run(show, capture_output=True, text=True, check=False).stdout.split()
    if shown != ["installed"] * len(PACKAGES):
        install(*PACKAGES)


def debian_mirror() -> str:
    """The address that this machine has Debian's packages from."""
    ask = ["apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)"]
    answer = subprocess.check_output([*ask, "Created-By: Packages"], text=True)
    places = (line.split() for line in answer.splitlines())
    return next(uri for name, component, uri in places if [name, component] == [release(), "main"])


def release() -> str:
    """The name of this machine's release of Debian."""
    (name,) = (
        line.partition("=")[2]
        for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
        if line.startswith("VERSION_CODENAME=")
    )
    return name


def install_apptainer(folder: Path) -> Path:
    """Extract apptainer of Debian sid below a folder, and give the folder of its command."""
    subprocess.run(["bash", HERE / "install_apptainer.sh", folder, debian_mirror()], check=True)
    return folder / "usr" / "bin"


def install_podman(folder: Path) -> Path:
    """Make a podman with a store of its own, and give the folder of its command."""
    (folder / "bin").mkdir(parents=True)
    command = folder / "bin" / "podman"
    places = {"root": folder / "root", "runroot": folder / "run", "tmpdir": folder / "state"}
    options = " ".join(f"--{name} {place}" for name, place in places.items())
    command.write_text(
        f"#!/bin/sh\nexport CONTAINERS_CONF={HERE / 'containers.conf'}\n"
        f'exec {shutil.which("podman")} --storage-driver overlay {options} "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    return command.parent


def import_base(folder: Path, stand_in: Path) -> None:
    """Make a stand-in for the image that the Dockerfile starts from, under that one's name.

    It is this machine's Debian with the stand-in for conda. When an image is built from it,
    channels are to be in /opt/channels, and in /opt/wheels what is kept in `folder`/wheels.
    """
    conda = shutil.copytree(stand_in, folder / "conda", symlinks=True)
    _add_pip(conda, folder / "wheels")
    base = folder / "base.tar"
    subprocess.run(
        ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates,tini"]
        + [f"--dpkgopt=path-exclude=/usr/share/{part}/*" for part in ("doc", "locale", "man")]
        + [f"--customize-hook=copy-in {conda} /opt", release(), base, debian_mirror()],
        check=True,
    )
    changes = [
        "ENV PATH=/opt/conda/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "ENV LANG=C.UTF-8",
        "ENV CONDA_CHANNEL_ALIAS=file:///opt/channels",
        "ENV PIP_NO_INDEX=1",
        "ENV PIP_FIND_LINKS=/opt/wheels",
        'ENTRYPOINT ["tini", "--"]',
    ]
    options = [option for change in changes for option in ("--change", change)]
    name = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()[0].removeprefix("FROM ")
    subprocess.run(["podman", "import", "--quiet", *options, base, name], check=True)


def _add_pip(conda: Path, wheels: Path) -> None:
    """Add pip to a Python, which has it in the real image, and fetch what it will install."""
    (site,) = conda.glob("lib/python3*/site-packages")
    subprocess.run([sys.executable, *PIP, "install", "--target", site, "pip"], check=True)
    download = [conda / "bin" / "python", *PIP, "download", "--dest", wheels]
    locked = ["--require-hashes", "--requirement", ROOT / "requirements.txt"]
    subprocess.run([*download, *locked], check=True)
    # For those of the locked packages that are there as source only.
    subprocess.run([*download, "setuptools", "wheel"], check=True)


def make_image(project: Workflow, channels: Path, wheels: Path) -> None:
    """Call `make image` in a copy of the workflow, where no network is needed for it."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            ignore = shutil.ignore_patterns("*.sif")
            shutil.copytree(source, project.folder / part, ignore=ignore, dirs_exist_ok=True)
        else:
            shutil.copy2(source, project.folder)
    options = ["--pull=never", "--network=none"]
    options += [f"--volume={channels}:/opt/channels:ro", f"--volume={wheels}:/opt/wheels:ro"]
    made = project.command("make", "image", f"BUILD_OPTIONS={' '.join(options)}")
    assert made.status == 0, made.text
