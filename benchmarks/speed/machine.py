"""On what, when and with which versions something was measured."""

import datetime
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from speed.kernels import interpreters
from speed.rows import Row

CASE = "machine"
_PACKAGES = ("Snakemake", "NumPy", "SciPy", "pandas", "matplotlib")


def machine(part: str) -> Row:
    """A row that says it of a part of the benchmark."""
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    r_versions = [name for name, command in interpreters().items() if command]
    tools = [_first_line("make"), f"doit {_first_line('doit')}"]
    told = [f"Python {platform.python_version()}", *packages, *tools, *r_versions]
    text = (
        f"{datetime.date.today():%d %B %Y} on {os.cpu_count()} cores of {_processor()} (load "
        f"{os.getloadavg()[0]:.1f}), with {', '.join(told)}"
    )
    return Row(part, CASE, CASE, note=text)


def _first_line(tool: str) -> str:
    """What a tool says first of its version."""
    shown = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    return shown.splitlines()[0]


def _processor() -> str:
    """Name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
