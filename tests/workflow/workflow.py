"""A copy of the workflow in a temporary folder, and Snakemake called in it as a user would."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from modulefinder import ModuleFinder
from pathlib import Path
from typing import IO

from casebook.reading.filekinds import FORMATS

ROOT = Path(__file__).parents[2]
STUDY = "upadacitinib-myositis"
INVENTED = "invented-arms"
PRINTED = "printed"
ALL_RULES = ("--config", f"studies=[{STUDY}, {INVENTED}, {PRINTED}]")
"""What has every rule run in a copy made by `with_all_rules`."""
OVERVIEW = ("index.html", "records/overview.json")
SHOWN = "shown.txt"
"""What the first run of a finished workflow printed, in the folder of its copies."""
PLAIN = {"LC_ALL": "C", "LANG": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"}
"""What a shell says of its part of the world where nothing is special; the seed is Python's own."""
PARTS = ("Snakefile", "rules", "scripts", "envs", "profiles", "config.yaml", "resources")


# How a run tells that a job begins; in a dry run or a module Snakemake tells it in its own way.
JOB = re.compile(r"(?:\[ *\d+/\d+\]|Job \d+:) (.+)")

# The SHA-256 of files, by their paths: the difference of two is told at once.
Digests = dict[str, str]


@dataclass(frozen=True)
class Run:
    """What a call printed, and its exit status."""

    status: int
    text: str

    @property
    def jobs(self) -> list[str]:
        """The jobs that ran, as their messages name them, sorted; that all is made is no job."""
        lines = map(JOB.match, self.text.splitlines())
        return sorted(line[1] for line in lines if line and line[1] != "All is made")


@dataclass(frozen=True)
class Workflow:
    """A copy of casebook in a folder of its own."""

    folder: Path
    study: str = STUDY
    environment: Mapping[str, str] = field(default_factory=dict)
    commands: Path | None = None
    """A folder whose commands come before those that are installed, but for what is disturbed."""

    def snakemake(self, *arguments: str, cores: int = 2) -> Run:
        return self.command("snakemake", "--cores", str(cores), *arguments)

    def command(self, *arguments: str) -> Run:
        process = self._start(arguments, self.commands, subprocess.PIPE)
        text, _ = process.communicate()
        return Run(process.returncode, text)

    def start(
        self, *arguments: str, output: int | IO[str] = subprocess.PIPE
    ) -> subprocess.Popen[str]:
        """Begin a command as it is installed, to be disturbed, in a process group of its own."""
        return self._start(arguments, None, output)

    def _start(
        self, arguments: Sequence[str], commands: Path | None, output: int | IO[str]
    ) -> subprocess.Popen[str]:
        folders = [*filter(None, [commands]), Path(sys.executable).parent, os.environ["PATH"]]
        path = os.pathsep.join(map(str, folders))
        return subprocess.Popen(
            arguments,
            cwd=self.folder,
            env=os.environ | {"PATH": path, "PWD": str(self.folder)} | self.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def compare_with_present(self) -> None:
        """Have later runs compare with this one, and not each with the one before."""
        shutil.copytree(self.result(""), self.folder / "compared")
        with (self.folder / "config.yaml").open("a", encoding="utf-8") as file:
            file.write(f"compare: {{ {self.study}: compared }}\n")

    def result(self, file: str) -> Path:
        return self.folder / "results" / self.study / file

    def results(self) -> Digests:
        """Every file that a run made, but for logs and what is said of this run and others."""
        folder = self.folder / "results"
        files = (path for path in folder.rglob("*") if path.is_file())
        return {
            str(path.relative_to(folder)): hashlib.sha256(_without_run(path)).hexdigest()
            for path in files
            if not {"logs", "earlier"} & set(path.parts)
        }


def _without_run(path: Path) -> bytes:
    """A file without the versions, the time and the call that records and the manifest tell.

    The report and the manifest read the records, so that their own have digests of them.
    """
    if path.suffix != ".json":
        return path.read_bytes()
    told = json.loads(path.read_bytes())
    if path.parent.name == "records":
        read = told["files"]
        told["files"] = {name: read[name] for name in read if "/records/" not in name}
        told["outputs"].pop("manifest.json", None)
    return json.dumps({**told, "versions": {}, "run": {}}).encode()


def with_edited_rules(plain: Digests, results: Digests) -> Digests:
    """What the bundled study gives with edited rules: the manifest and its record tell of them."""
    told = (f"{STUDY}/manifest.json", f"{STUDY}/records/manifest.json")
    return plain | {name: results[name] for name in told}


def copy(folder: Path, commands: Path | None = None) -> Workflow:
    folder.mkdir()
    ignore = shutil.ignore_patterns("__pycache__")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=ignore)
        else:
            shutil.copy2(source, folder)
    return Workflow(folder, commands=commands)


def with_all_rules(folder: Path) -> Workflow:
    """A copy with a study for each rule: the bundled ones, and one whose paper has no table."""
    workflow = copy(folder)
    shutil.copytree(ROOT / "tests/cases/summaries-alone", folder / "resources" / PRINTED)
    return workflow


def small(
    folder: Path,
    environment: Mapping[str, str] | None = None,
    commands: Path | None = None,
) -> Workflow:
    """A copy with six patients instead of the bundled study: all kinds of jobs, quickly done."""
    workflow = copy(folder, commands)
    shutil.rmtree(folder / "resources")
    shutil.copytree(Path(__file__).with_name("small"), folder / "resources" / "small")
    (folder / "config.yaml").write_text("studies: [small]\n", encoding="utf-8")
    return replace(workflow, study="small", environment=environment or {})


@cache
def modules_of(rule: str) -> ModuleFinder:
    """All modules beside a command that it imports, however deep, and those from elsewhere."""
    finder = ModuleFinder(path=[str(ROOT / "scripts")])
    finder.run_script(str(ROOT / f"scripts/{rule}.py"))
    if "casebook.reading.openworkbooks" in finder.modules:
        # It loads them by their names.
        for each in FORMATS:
            finder.import_hook(f"casebook.reading.{each.module}")
    return finder
