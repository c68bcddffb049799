"""What comes after a new study is written: commands that work as they stand."""

import shlex
import shutil
import sys
from pathlib import Path

from casebook.study.fields import name_for


def report_steps(folder: Path) -> list[str]:
    """How the report of a new study is made: casebook looks for it in a folder resources."""
    place, name = folder.parent, possible_name(folder.name)
    command = called("snakemake")
    rules = Path(__file__).resolve().parents[3] / "Snakefile"
    if rules.is_file() and rules != Path("Snakefile").resolve():
        command += f" -s {shlex.quote(str(rules))}"
    command += " --cores 4"
    moves = []
    if place.name != "resources" or name != folder.name:
        moves = [f"mkdir -p resources && mv {shlex.quote(str(folder))} resources/{name}"]
    elif place.resolve() != Path("resources").resolve():
        command += f" --directory {shlex.quote(str(place.parent))}"
    return [*moves, f"{command} --config 'studies=[{name}]'"]


def check_step(folder: Path) -> str:
    """How a new study is checked."""
    return f"{called('casebook')} check {told_name(folder)}"


def called(program: str) -> str:
    """How a program of this environment is called from here, which need not be activated."""
    beside = Path(sys.executable).with_name(program)
    if not shutil.which(program) and beside.is_file():
        # The jobs of Snakemake need the Python of its environment as well.
        return f'PATH={shlex.quote(str(beside.parent))}:"$PATH" {program}'
    return program


def told_name(folder: Path) -> str:
    """How a study is named to the command."""
    return folder.name if folder.parent == Path("resources") else shlex.quote(str(folder))


def possible_name(text: str) -> str:
    """A name for a study that is as near to a text as can be."""
    is_one = name_for(text) == text.replace("-", "_")
    return text if is_one and text else name_for(text).replace("_", "-") or "study"
