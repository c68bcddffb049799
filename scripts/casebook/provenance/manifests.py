"""The manifest of a study's results: from what, by which code, and with which versions they came.

It knows which files count as casebook's code and as a study's sources, and how a manifest is kept.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from casebook.base.files import known_sha256, path_from, sha256, stays_within, write_text

_CODE = (
    "Snakefile",
    "envs/*.yaml",
    "profiles/default/*.yaml",
    "rules/**/*.smk",
    "rules/captions/*",
    "scripts/**/*.py",
    "scripts/casebook/report/templates/*",
)
# What may stand beside study.yaml and is read if it does.
_OPTIONAL = ("claims.tsv", "corrections.tsv")


@dataclass(frozen=True)
class Manifest:
    """What a study's results rest on; digests are SHA-256.

    Attributes:
        casebook: The version of casebook.
        inputs: Digest of each file that the study consists of, of `config.yaml`, and of earlier
            results that it names to be compared with.
        code: Digest of each file of casebook, by its path in casebook's own folder.
        outputs: Digest of each file that was made, by its path in the folder of results.
        versions: The versions of each package that jobs ran with: one, unless it was changed
            between runs.
        run: The call that finished the results, when and where. Nothing else in the results
            depends on it.
    """

    casebook: str
    inputs: dict[str, str]
    code: dict[str, str]
    outputs: dict[str, str]
    versions: dict[str, list[str]]
    run: dict[str, str]


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest as JSON."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    write_text(path, f"{text}\n")


def read_manifest(path: Path) -> Manifest:
    """Read what `write_manifest` wrote."""
    manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    for part in (manifest.inputs, manifest.code, manifest.outputs):
        if not isinstance(part, dict):
            raise TypeError(f"{path} is not a manifest")
    if not all(map(stays_within, manifest.outputs)):
        raise ValueError(f"{path} names a file that is no result")
    return manifest


def known_manifest(path: Path) -> Manifest | None:
    """A manifest; None where there is none, or what is there cannot be read."""
    try:
        return read_manifest(path)
    except (ValueError, TypeError, OSError):
        return None


def code_files(root: Path) -> list[Path]:
    """The files of casebook below `root`, sorted."""
    return sorted({path for pattern in _CODE for path in root.glob(pattern)})


def code_digests(root: Path) -> dict[str, str]:
    """The digest of each file of casebook, by its path below `root`."""
    return digests(root, code_files(root))


def study_of(results: Path) -> Path:
    """The study.yaml of the study whose results are in a folder."""
    return Path("resources", results.name, "study.yaml")


def optional_sources(study: Path) -> list[Path]:
    """The files beside a study.yaml that are read because they are there."""
    return [path for name in _OPTIONAL if (path := study.with_name(name)).is_file()]


def digests(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    """The digest of each file, by its path from `root`."""
    return {path_from(root, path): sha256(path) for path in sorted(paths)}


def misfits(path: Path, code: Path) -> Iterator[str]:
    """What is not as a manifest says: results, sources and code, each in words."""
    if not path.is_file():
        yield f"{path}: missing, so nothing is known of these results"
        return
    manifest = known_manifest(path)
    if manifest is None:
        yield f"{path}: is not a manifest"
        return
    results = path.parent
    yield from _differences(f"{results}/", manifest.outputs, _present(results, manifest.outputs))
    optional = optional_sources(study_of(results))
    inputs = _present(Path(), {*manifest.inputs, *map(Path.as_posix, optional)})
    yield from _differences("", manifest.inputs, inputs)
    yield from _differences("", manifest.code, code_digests(code))


def _present(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The digests of the files that are there; nothing for one that cannot be read."""
    return {name: known_sha256(root / name) for name in names if (root / name).is_file()}


def _differences(folder: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield f"{folder}{name}: missing"
        elif name not in then:
            yield f"{folder}{name}: new since the results were made"
        elif then[name] != now[name]:
            yield changed_since(f"{folder}{name}")


def changed_since(name: str) -> str:
    """That a file is another one now, in words."""
    return f"{name}: changed since the results were made"
