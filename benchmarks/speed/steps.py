"""The jobs of a finished run as plain commands, for whatever else can run commands.

Snakemake's `--detailed-summary` lists each file with the command that made it and what it was made
from; nothing here knows of any rule.
"""

import csv
import json
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from graphlib import TopologicalSorter
from pathlib import Path

from workflow import Workflow


@dataclass(frozen=True)
class Step:
    """A command, and the files that it reads and writes."""

    name: str
    command: str
    inputs: Sequence[str]
    outputs: Sequence[str]

    @property
    def folders(self) -> list[str]:
        """The folders that it writes into, its log's among them."""
        files = [*self.outputs, shlex.split(self.command)[-2]]
        return sorted({str(Path(file).parent) for file in files})


def steps_of(workflow: Workflow, *targets: str) -> list[Step]:
    """The jobs of a finished run for these targets, each after those that it needs."""
    summary = workflow.command("snakemake", *targets, "--detailed-summary").text
    start = summary.index("output_file\t")
    lines = list(csv.DictReader(summary[start:].splitlines(), delimiter="\t"))
    commands = dict.fromkeys(line["shellcmd"] for line in lines)
    steps = [_step([each for each in lines if each["shellcmd"] == c]) for c in commands]
    return _ordered(_with_undeclared(steps))


def _step(lines: Sequence[dict[str, str]]) -> Step:
    """One job, from the lines of its files; its command alone names what it reads of a study."""
    first = lines[0]
    words = shlex.split(first["shellcmd"])
    outputs = [line["output_file"] for line in lines]
    # A record that the command does not name is there for Snakemake's order of jobs alone.
    declared = [f for f in first["input-file(s)"].split(",") if f in words or "/records/" not in f]
    named = [word for word in words if word.startswith("resources/")]
    inputs = sorted({*filter(None, declared), *named})
    return Step(Path(first["log-file(s)"]).stem, first["shellcmd"], inputs, outputs)


def _with_undeclared(steps: Sequence[Step]) -> Iterator[Step]:
    """With files that no step declares as written by the step whose command names their folder."""
    declared = {file for step in steps for file in step.outputs}
    read = {file for step in steps for file in step.inputs if file.startswith("results/")}
    for step in steps:
        words = set(shlex.split(step.command))
        added = sorted(f for f in read - declared if str(Path(f).parent) in words)
        yield replace(step, outputs=[*step.outputs, *added])


def _ordered(steps: Iterable[Step]) -> list[Step]:
    by_name = {step.name: step for step in steps}
    maker = {file: step.name for step in by_name.values() for file in step.outputs}
    needs = {
        step.name: [maker[file] for file in step.inputs if file in maker]
        for step in by_name.values()
    }
    return [by_name[name] for name in TopologicalSorter(needs).static_order()]


def write_steps(path: Path, steps: Iterable[Step]) -> None:
    """Write the steps as JSON, for `monolith.py` and `dodo.py`."""
    told = [asdict(step) | {"folders": step.folders} for step in steps]
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")


def makefile(steps: Sequence[Step]) -> str:
    """The steps for GNU make (4.3 or newer): one recipe writes all files of a step."""
    files = " ".join(file for step in steps for file in step.outputs)
    rules = [f".PHONY: all\nall: {files}\n"]
    for step in steps:
        command = f"mkdir -p {' '.join(step.folders)}; {step.command}".replace("$", "$$")
        rules.append(f"{' '.join(step.outputs)} &: {' '.join(step.inputs)}\n\t@{command}\n")
    return "\n".join(rules)
