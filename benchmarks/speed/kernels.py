"""The exact tests and the interval, as functions of arrays: here, in SciPy and in R, by size.

Each package computes each kernel in a process of its own, at one size after the other, with so much
processor time and memory; what it has not printed by then did not finish.
"""

import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from speed.inputs import differences
from speed.rows import Row
from workflow import ROOT

PART = "kernels"
EVERY_ROW = "every row of results"
KERNELS = ("signed-rank", "signed-rank, ties", "rank-sum", "Hodges-Lehmann", EVERY_ROW)
IN_SCIPY = KERNELS[:3]
IN_R = {
    "wilcox.test": KERNELS[:4],
    "exactRankTests": KERNELS[:4],
    "coin": KERNELS[:3],
}
_HEADER = "size,difference"
# R's parser takes very long to read many numbers as a part of a program.
_READ_IN_R = f"""
lines <- readLines(file("stdin"))
start <- match("{_HEADER}", lines)
samples <- read.csv(text = lines[start:length(lines)])
eval(parse(text = lines[seq_len(start - 1)]))
"""
_MEMORY = 4 * 2**30


def interpreters() -> dict[str, list[str]]:
    """The commands that run R, by its name with its version; the second is what $CURRENT_R says."""
    found = {}
    for name, command in (("R", "Rscript"), ("a second R", os.environ.get("CURRENT_R", ""))):
        words = shlex.split(command)
        if words and shutil.which(words[0]):
            asked = [*words, "-e", "cat(as.character(getRversion()))"]
            version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
            found[f"R {version}"] = words
        else:
            found[name] = []
    return found


def measure(sizes: Sequence[int], limit: int) -> Iterator[Row]:
    """Measure all kernels of all packages that are there.

    Args:
        sizes: Numbers of differences, ascending.
        limit: Processor seconds for all sizes of a kernel in a package.
    """
    for kernel in KERNELS:
        yield from _in_python("casebook", kernel, sizes, limit)
        if kernel in IN_SCIPY:
            yield from _in_python("SciPy", kernel, sizes, limit)
    for name, command in interpreters().items():
        for function, kernels in IN_R.items():
            for kernel in kernels:
                tool = f"{function}, {name}"
                if command:
                    ended = _in_r(command, function, kernel, sizes, limit)
                    yield from _rows(kernel, tool, sizes, ended)
                else:
                    yield from _rows(kernel, tool, sizes, ([], "not run"))


def _in_python(tool: str, kernel: str, sizes: Sequence[int], limit: int) -> Iterator[Row]:
    script = str(Path(__file__).with_name("kernel_case.py"))
    command = [sys.executable, script, tool, kernel, *map(str, sizes)]
    folders = (ROOT / "benchmarks", ROOT / "scripts", ROOT / "tests/workflow")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, folders))}
    yield from _rows(kernel, tool, sizes, _printed(command, "", limit, environment))


def _in_r(
    command: Sequence[str], function: str, kernel: str, sizes: Sequence[int], limit: int
) -> tuple[list[str], str]:
    """One function of R; program and samples go in by standard input, which reaches any R."""
    program = [
        f"tool <- '{function}'; kernel <- '{kernel}'",
        Path(__file__).with_suffix(".R").read_text(encoding="utf-8"),
        _HEADER,
        *(
            f"{size},{value!r}"
            for size in sizes
            for value in next(differences(size, ties="ties" in kernel)).tolist()
        ),
    ]
    return _printed([*command, "-e", _READ_IN_R], "\n".join(program), limit, os.environ)


def _printed(
    command: Sequence[str], given: str, limit: int, environment: Mapping[str, str]
) -> tuple[list[str], str]:
    """The lines that a command prints, and why there are no more, if it did not end by itself."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    ended = subprocess.run(
        command,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        env=environment,
        preexec_fn=bound,
    )
    late = ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL)
    reason = f"not finished in {limit} s" if late else f"failed within {_MEMORY >> 30} GB of memory"
    return ended.stdout.splitlines(), reason


def _rows(
    kernel: str, tool: str, sizes: Sequence[int], ended: tuple[Sequence[str], str]
) -> Iterator[Row]:
    """A row per size; the result is its note."""
    printed, reason = ended
    for size, line in zip(sizes, printed, strict=False):
        _, seconds, value = line.split(",")
        yield Row(PART, kernel, tool, size, cpu=float(f"{float(seconds):.3g}"), note=value)
    for size in sizes[len(printed) :]:
        yield Row(PART, kernel, tool, size, note=reason)
