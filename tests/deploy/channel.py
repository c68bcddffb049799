"""A conda channel in a folder, made of this machine's CPython and of wheels from PyPI.

It holds what the files in envs/ ask for, in the locked versions and under conda-forge's names, so
that conda environments can be solved and made where no conda channel can be reached. Beside it
stands a command for those machines, which is not conda: see conda/stand-in/conda_stand_in.py.

A folder that `build_channel` and `install_stand_in` have filled can be copied anywhere, into a
container too: set CONDA_CHANNEL_ALIAS to the URI of the copy and put its bin/ on PATH.
"""

import asyncio
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from conda_package_streaming.create import conda_builder
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import Subdir
from rattler.index import index_fs

from workflow import ROOT

STAND_IN = Path(__file__).parent / "conda" / "stand-in"
# What the stand-in itself imports.
OF_THE_STAND_IN = ["python", "py-rattler", "pyyaml"]
BUILD = "local_0"
# The names of PyPI's packages on conda-forge, where they differ.
CONDA_FORGE = {
    "et-xmlfile": "et_xmlfile",
    "matplotlib": "matplotlib-base",
    "ruamel-yaml": "ruamel.yaml",
    "typing-extensions": "typing_extensions",
    "tzdata": "python-tzdata",
}
# Libraries that every Linux with glibc has, and that must be those of the machine.
OF_THE_SYSTEM = re.compile(r"(linux-vdso|ld-linux|lib(c|m|dl|rt|pthread|util|resolv))\b")
# What nobody needs of a CPython that runs commands: its tests and windows.
LEFT_OUT = ("__pycache__", "test", "idlelib", "tkinter", "turtledemo", "ensurepip", "site-packages")
LEFT_OUT_FILES = ("*_test*.so", "_tkinter*.so", "_xx*.so", "nis.*.so", "*.a")


@dataclass(frozen=True)
class CPython:
    """An installed CPython, as its own project installs it: all of it below one folder."""

    prefix: Path
    version: str

    @property
    def minor(self) -> str:
        return ".".join(self.version.split(".")[:2])

    @property
    def command(self) -> Path:
        return self.prefix / "bin" / f"python{self.minor}"


def wanted() -> dict[str, str]:
    """What the files in envs/ ask for: minor versions by conda-forge's names."""
    files = (ROOT / "envs").glob("*.yaml")
    texts = (file.read_text(encoding="utf-8") for file in files)
    return dict(spec.split(" =") for text in texts for spec in yaml.safe_load(text)["dependencies"])


def find_cpython() -> CPython | None:
    """This machine's CPython of the minor version that environments ask for, if there is one."""
    minor = wanted()["python"]
    ask = "import platform, sys; print(sys.base_prefix); print(platform.python_version())"
    try:
        # Where pyenv manages several versions, its commands ask which one is meant.
        answer = subprocess.check_output(
            [f"python{minor}", "-c", ask], env=os.environ | {"PYENV_VERSION": minor}, text=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    prefix, version = answer.splitlines()
    # Linux distributions spread CPython over folders that they share with everything else.
    return CPython(Path(prefix), version) if prefix != "/usr" else None


def build_channel(folder: Path, python: CPython) -> None:
    """Fill a folder with conda packages and their index."""
    packages = folder / str(Subdir.current())
    packages.mkdir(parents=True)
    with TemporaryDirectory() as work:
        _pack_python(packages, python, Path(work, "python"))
        site = _install_wheels(Path(work), python)
        for distribution in distributions(path=[str(site)]):
            _pack_distribution(packages, distribution, python.minor)
    (folder / "noarch").mkdir()
    asyncio.run(index_fs(folder, write_zst=False, write_shards=False, force=True))


def install_stand_in(root: Path, channels: Path) -> None:
    """Make a prefix that holds the stand-in for conda and the Python that runs it."""
    spec = {"channels": ["conda-forge"], "dependencies": OF_THE_STAND_IN}
    with TemporaryDirectory() as work:
        environment = Path(work, "environment.yaml")
        environment.write_text(yaml.safe_dump(spec), encoding="utf-8")
        settings = {"CONDA_CHANNEL_ALIAS": channels.as_uri(), "CONDA_PKGS_DIRS": work}
        command = [sys.executable, STAND_IN / "conda_stand_in.py", "env", "create"]
        subprocess.run(
            [*command, "--file", environment, "--prefix", root],
            env=os.environ | settings,
            check=True,
        )
    shutil.copytree(STAND_IN, root / "bin", dirs_exist_ok=True)


def _install_wheels(work: Path, python: CPython) -> Path:
    """Install what environments and the stand-in need, in the locked versions, into one folder."""
    pypi = {conda: name for name, conda in CONDA_FORGE.items()}
    names = [pypi.get(name, name) for name in {*wanted(), *OF_THE_STAND_IN} - {"python"}]
    lock = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    # As a constraint, pip takes a lock only without its checksums.
    versions = re.findall(r"^([a-z].*?) \\$", lock, re.MULTILINE)
    (work / "versions.txt").write_text("\n".join(versions), encoding="utf-8")
    site = work / "site-packages"
    pip = ["pip", "--python", python.command, "install", "--only-binary", ":all:", "--no-compile"]
    _run(*pip, "--quiet", "--target", site, "--constraint", work / "versions.txt", *sorted(names))
    _compile(site, python)
    return site


def _compile(folder: Path, python: CPython) -> None:
    """Byte-compile modules for good: prefixes of containers are read-only, and dates change."""
    compile_all = [python.command, "-m", "compileall", "-q", "-j", "0"]
    subprocess.run([*compile_all, "--invalidation-mode", "unchecked-hash", folder], check=True)


def _run(command: str, *arguments: str | Path) -> None:
    """Run a command that is installed beside the Python that runs this."""
    subprocess.run([Path(sys.executable).parent / command, *arguments], check=True)


def _pack_distribution(channel: Path, distribution: Distribution, minor: str) -> None:
    """Make a conda package of a distribution that is installed in a folder of its own."""
    site = Path(str(distribution.locate_file("")))
    paths = [site / str(file) for file in distribution.files or []]
    paths += [pyc for path in paths if path.suffix == ".py" for pyc in _compiled(path, minor)]
    files = {
        f"lib/python{minor}/site-packages/{path.relative_to(site)}": path
        for path in paths
        # Commands start with the path of the Python that they were installed for.
        if path.is_relative_to(site) and path.exists() and path.parent != site / "bin"
    }
    _pack(
        channel,
        _conda_name(distribution.metadata["Name"]),
        distribution.version,
        [f"python {minor}.*", *_needs(distribution, minor)],
        files,
    )


def _needs(distribution: Distribution, minor: str) -> Iterable[str]:
    """What a distribution needs, in conda's words."""
    here = {**default_environment(), "python_version": minor, "python_full_version": f"{minor}.0"}
    for text in distribution.requires or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({**here, "extra": ""}):
            yield f"{_conda_name(requirement.name)} {requirement.specifier}".strip()


def _conda_name(name: str) -> str:
    plain = canonicalize_name(name)
    return CONDA_FORGE.get(plain, plain)


def _compiled(path: Path, minor: str) -> Iterable[Path]:
    return path.parent.glob(f"__pycache__/{path.stem}.cpython-{minor.replace('.', '')}.pyc")


def _pack_python(channel: Path, python: CPython, stage: Path) -> None:
    """Make a conda package of a CPython, with the libraries that it needs beside glibc."""
    library = f"lib/python{python.minor}"
    ignore = shutil.ignore_patterns(*LEFT_OUT, *LEFT_OUT_FILES, f"config-{python.minor}*")
    shutil.copytree(python.prefix / library, stage / library, ignore=ignore)
    (stage / library / "site-packages").mkdir()
    (stage / library / "site-packages" / "README.txt").write_text("Packages go here.\n")
    (stage / "bin").mkdir()
    shutil.copy2(python.command, stage / "bin")
    for name in ("python", "python3"):
        (stage / "bin" / name).symlink_to(python.command.name)
    _bring_libraries(stage, [stage / "bin" / python.command.name, *stage.rglob("*.so")])
    _compile(stage / library, python)
    paths = (path for path in stage.rglob("*") if not path.is_dir())
    files = {str(path.relative_to(stage)): path for path in sorted(paths)}
    _pack(channel, "python", python.version, [], files)


def _bring_libraries(stage: Path, programs: list[Path]) -> None:
    """Copy the libraries that programs need into lib/, and let all of them look there."""
    listed = subprocess.run(["ldd", *programs], capture_output=True, text=True, check=True).stdout
    for name, path in re.findall(r"(\S+) => (/\S+)", listed):
        if not OF_THE_SYSTEM.match(name) and not (stage / "lib" / name).exists():
            shutil.copy(path, stage / "lib" / name)
    for program in [*programs, *(stage / "lib").glob("*.so*")]:
        to_lib = os.path.relpath(stage / "lib", program.parent)
        _run("patchelf", "--set-rpath", f"$ORIGIN/{to_lib}", program)


def _pack(
    channel: Path, name: str, version: str, depends: list[str], files: dict[str, Path]
) -> None:
    """Write a conda package: these files, each under its path below a prefix, and about them."""
    index = {
        "name": name,
        "version": version,
        "build": BUILD,
        "build_number": 0,
        "depends": depends,
        "subdir": channel.name,
    }
    paths = {"paths": [_described(*each) for each in files.items()], "paths_version": 1}
    with conda_builder(f"{name}-{version}-{BUILD}", channel, compression_level=1) as tar:
        for path, file in files.items():
            tar.add(file, path, recursive=False)
        for member, content in (("index", index), ("paths", paths), ("about", {})):
            text = json.dumps(content).encode()
            entry = tarfile.TarInfo(f"info/{member}.json")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))


def _described(path: str, file: Path) -> dict[str, Any]:
    """What a conda package says of one of its files."""
    if file.is_symlink():
        return {"_path": path, "path_type": "softlink"}
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    about = {"path_type": "hardlink", "sha256": digest, "size_in_bytes": len(content)}
    return {"_path": path, **about}
