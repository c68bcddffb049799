"""A stand-in for the `conda` command, for tests where no conda can be had. It is not conda.

It answers those calls that Snakemake, a Dockerfile that Snakemake writes, and snakedeploy make, and
refuses all others. What stands behind is real: py-rattler solves, checks the digests of packages,
and makes prefixes as conda and pixi do. As conda does, it takes channels from below
CONDA_CHANNEL_ALIAS and keeps packages in CONDA_PKGS_DIRS, or in pkgs/ beside its bin/.
"""

import argparse
import asyncio
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from rattler import Channel, Gateway, PrefixRecord, Subdir, VirtualPackage, install, solve
from rattler.repo_data import RepoDataRecord

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = Path(os.environ.get("CONDA_PKGS_DIRS", ROOT / "pkgs"))
NAME = "conda (a stand-in for tests)"


def main(arguments: list[str]) -> None:
    """Do what one call asks for."""
    match arguments:
        case ["--version"]:
            print("conda 24.7.1")  # the oldest that Snakemake takes
        case ["info", "--json"]:
            print(json.dumps({"conda_prefix": str(ROOT), "platform": str(Subdir.current())}))
        case ["config", "--get", "channel_priority", "--json"]:
            print(json.dumps({"get": {"channel_priority": "strict"}}))
        case ["clean", "-y", "--tarballs"]:
            for archive in PACKAGES.glob("*.conda"):
                archive.unlink()
        case ["clean", "--all", "-y"]:
            shutil.rmtree(PACKAGES, ignore_errors=True)
        case ["env", "create", *options]:
            asyncio.run(_create(options, _solve))
        case ["create", *options]:
            asyncio.run(_create(options, _read_pins))
        case ["env", "remove", *options]:
            shutil.rmtree(_options(options).prefix)
        case ["list", "--explicit", "--md5", *options]:
            _list_pins(_options(options).prefix)
        case _:
            sys.exit(f"{NAME} does not know: {' '.join(arguments)}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=NAME, allow_abbrev=False)
    parser.add_argument("--prefix", type=Path, required=True)
    parser.add_argument("--file", type=Path)
    for flag in ("--quiet", "--yes", "-y", "--no-default-packages"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args(arguments)


async def _create(
    arguments: Sequence[str], records_of: Callable[[Path], Awaitable[list[RepoDataRecord]]]
) -> None:
    options = _options(arguments)
    records = await records_of(options.file)
    await install(records, options.prefix, cache_dir=PACKAGES, show_progress=False)


async def _solve(environment: Path) -> list[RepoDataRecord]:
    """The packages that an environment file comes to."""
    spec = yaml.safe_load(environment.read_text(encoding="utf-8"))
    alias = os.environ["CONDA_CHANNEL_ALIAS"]
    return await solve(
        [Channel(f"{alias}/{name}") for name in spec["channels"]],
        spec["dependencies"],
        platforms=[Subdir.current(), Subdir("noarch")],
        gateway=Gateway(cache_dir=PACKAGES / "cache"),
        virtual_packages=VirtualPackage.detect(),
    )


async def _read_pins(pins: Path) -> list[RepoDataRecord]:
    """The packages that an explicit lock file names, each of the digest that stands there."""
    lines = pins.read_text(encoding="utf-8").splitlines()
    urls = (line for line in lines if line and line[0] not in "#@")
    return [await RepoDataRecord.from_package_archive(_checked(*url.split("#"))) for url in urls]


def _checked(url: str, md5: str) -> Path:
    archive = Path(unquote(urlsplit(url).path))
    found = hashlib.md5(archive.read_bytes(), usedforsecurity=False).hexdigest()
    if found != md5:
        sys.exit(f"{NAME}: {url} should have the MD5 sum {md5} and has {found}")
    return archive


def _list_pins(prefix: Path) -> None:
    """Print an explicit lock file of what a prefix holds."""
    print("@EXPLICIT")
    for file in sorted((prefix / "conda-meta").glob("*.json")):
        record = PrefixRecord.from_path(file)
        print(f"{record.url}#{record.md5.hex()}")


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
    # py-rattler 0.28's threads now and then crash a Python that is shutting down.
    os._exit(0)
