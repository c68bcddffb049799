"""The plan of the house: what stands where, and who may know whom."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from casebook.study.figure_registry import FIGURES
from workflow import ROOT, modules_of

LIBRARY = ROOT / "scripts/casebook"
RULES = sorted(path.stem for path in (ROOT / "scripts").glob("*.py"))
# The conda packages of what is imported, where they have another name, or come with another one.
PACKAGES: dict[str, set[str]] = {
    "docx": {"python-docx"},
    "matplotlib": {"matplotlib-base"},
    "ruamel": {"ruamel.yaml"},
    "pydantic_core": set(),
    "markupsafe": set(),
    "_typeshed": set(),
    "casebook": set(),
}
PYPI = {"matplotlib-base": "matplotlib"}
# The Python of all environments.
PYTHON = "3.12"


def _locked() -> Iterator[tuple[str, str]]:
    """The name of each locked package, and its minor version."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^[^\s#].*?(?= \\$)", lock, re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"python_version": PYTHON}):
            version = Version(str(requirement.specifier).removeprefix("=="))
            yield requirement.name, f"{version.major}.{version.minor}"


LOCKED = dict(_locked())


def _imports(path: Path) -> Iterator[str]:
    """The modules of the library that a module imports, without `casebook.`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [f"{module}.{a.name}" for a in node.names] if module == "casebook" else [module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (
            name.removeprefix("casebook.") for name in names if name.startswith("casebook.")
        )


# The rooms of the library by their floors. A room knows those on the floors below and no other.
FLOORS = (
    {"base", "statistics"},
    {"data"},
    {"study", "reading"},
    {"claims", "wording", "history", "provenance", "doubts"},
    {"analysis"},
    {"prepare", "audit", "figures", "changes", "report", "drafting", "quoting"},
    {"commands", "mistakes", "progress"},
    {"cli"},
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def test_every_rule_has_a_command_and_an_environment_of_its_name() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules").glob("*.smk"))

    drawn = [each.command for each in FIGURES]
    for rule in set(RULES) - set(drawn):
        assert f"rule {rule}:" in text or f"checkpoint {rule}:" in text
        assert f'command=command("{rule}")' in text
        assert f'"../envs/{rule}.yaml"' in text
        assert f'"results/{{study}}/logs/{rule}' in text or f'"results/logs/{rule}.log"' in text
    assert sorted(path.stem for path in (ROOT / "envs").glob("*.yaml")) == RULES
    assert set(drawn) < set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_an_environment_holds_what_its_command_imports_and_no_more(rule: str) -> None:
    environment = yaml.safe_load((ROOT / f"envs/{rule}.yaml").read_text(encoding="utf-8"))

    imported = {name.partition(".")[0] for name in modules_of(rule).badmodules}

    listed = {dependency.split()[0] for dependency in environment["dependencies"]}
    assert listed == {"python"}.union(
        *(PACKAGES.get(name, {name}) for name in imported - sys.stdlib_module_names)
    )


@pytest.mark.parametrize("rule", ["cohorts", "summarise", "collect", "ingest"])
def test_steps_that_come_often_load_nothing_heavy_from_casebook(rule: str) -> None:
    rooms = {name.rpartition(".")[2] for name in modules_of(rule).modules}

    assert not rooms & {"style", "render", "page", "export"}


@pytest.mark.parametrize("rule", RULES)
def test_an_environment_asks_conda_forge_alone_for_the_minor_versions_that_are_locked(
    rule: str,
) -> None:
    environment = yaml.safe_load((ROOT / f"envs/{rule}.yaml").read_text(encoding="utf-8"))

    pins = dict(dependency.split(" =") for dependency in environment["dependencies"])

    assert environment["channels"] == ["conda-forge"]
    assert pins.pop("python") == PYTHON
    for package, minor in pins.items():
        assert minor == LOCKED[canonicalize_name(PYPI.get(package, package))]


@pytest.mark.parametrize("path", sorted((ROOT / "scripts").glob("*.py")), ids=lambda p: p.stem)
def test_a_command_is_a_thin_map_onto_one_call_of_the_library(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    kinds = {type(node) for node in ast.walk(tree)}
    calls = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)
             and isinstance(node.func, ast.Name)]  # fmt: skip

    assert kinds.isdisjoint({ast.FunctionDef, ast.For, ast.While, ast.Try, ast.ClassDef, ast.With})
    assert calls.count("perform") == 1


def test_a_room_knows_those_on_the_floors_below_and_no_other() -> None:
    for file in LIBRARY.rglob("*.py"):
        room = file.relative_to(LIBRARY).parts[0].removesuffix(".py")
        for other in {name.partition(".")[0] for name in _imports(file)} - {room}:
            assert FLOOR[other] < FLOOR[room], f"{file} imports {other}"


def test_a_room_opens_with_what_it_is_for_and_loads_nothing() -> None:
    for room in LIBRARY.rglob("__init__.py"):
        (statement,) = ast.parse(room.read_text(encoding="utf-8")).body
        assert isinstance(statement, ast.Expr), room


def test_statistics_know_nothing_of_the_rest() -> None:
    for file in (LIBRARY / "statistics").glob("*.py"):
        assert {name.partition(".")[0] for name in _imports(file)} <= {"statistics"}, file
