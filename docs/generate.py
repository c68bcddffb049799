"""Writes the parts of the documentation that follow from the code; `make docs` runs it.

The keys of study.yaml come from the model that checks them, the rule graph from Snakemake, the list
of modules from what each says first. A test compares what is written here with what is in the
repository.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "scripts"))

from casebook.base.modelfile import named_values  # noqa: E402
from casebook.study.model import Study  # noqa: E402
from casebook.study.source import NO_TABLE  # noqa: E402

_BEGIN, _END = "<!-- made by `make docs`: {} -->", "<!-- end -->"


def generated() -> dict[Path, str]:
    """The text of every file that is made from the code, or has a part that is."""
    schema = _as_written(Study.model_json_schema())
    reference, development = ROOT / "docs/study.md", ROOT / "docs/development.md"
    return {
        ROOT / "docs/study.schema.json": json.dumps(
            _for_editors(schema), indent=2, ensure_ascii=False
        )
        + "\n",
        reference: _filled(reference, {"the keys": _keys(schema)}),
        development: _filled(
            development, {"the rule graph": _rule_graph(), "all modules": _modules()}
        ),
    }


def _as_written(node: Any) -> Any:
    """A schema by which a text may look like something else: 1931 needs no quotes as a label."""
    if isinstance(node, list):
        return [_as_written(each) for each in node]
    if not isinstance(node, dict):
        return node
    # Keys are texts to every parser, and a text with a pattern is a name.
    parts = {k: each if k == "propertyNames" else _as_written(each) for k, each in node.items()}
    if node.get("type") == "string" and not node.keys() & {"pattern", "enum", "const"}:
        parts["type"] = ["string", "number", "boolean"]
    return parts


def _for_editors(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema by which variables need columns only where the study has a table.

    The model gives those of a study without one a stand-in before they are read.
    """
    parts = {name: dict(part) for name, part in schema["$defs"].items()}
    for name in ("NumberVariable", "CategoryVariable"):
        parts[name]["required"] = [key for key in parts[name]["required"] if key != "column"]
    no_table = {"properties": {"source": {"properties": {"table": {"const": NO_TABLE}}}}}
    kinds = {"properties": {"type": {"enum": ["number", "category"]}}}
    each = {"if": kinds, "then": {"required": ["column"]}}
    with_columns = {"properties": {"variables": {"additionalProperties": each}}}
    return schema | {"$defs": parts, "if": no_table, "else": with_columns}


def _filled(path: Path, parts: Mapping[str, str]) -> str:
    """The text of a file, with what stands between its markers replaced."""
    text = path.read_text(encoding="utf-8")
    for name, content in parts.items():
        begin = _BEGIN.format(name)
        before, _, rest = text.partition(f"{begin}\n")
        _, _, after = rest.partition(_END)
        text = f"{before}{begin}\n\n{content}\n\n{_END}{after}"
    return text


def _rule_graph() -> str:
    # With --forceall the graph does not depend on what has been made already.
    graph = subprocess.run(
        [sys.executable, "-m", "snakemake", "--rulegraph", "mermaid-js", "--forceall", "--quiet"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = dict(re.findall(r"(id\d+)\[(\w+)\]", graph))
    edges = {(names[a], names[b]) for a, b in re.findall(r"(id\d+) --> (id\d+)", graph)}
    arrows = (f"    {source} --> {target}" for source, target in sorted(edges))
    return "\n".join(["```mermaid", "flowchart LR", *arrows, "```"])


def _modules() -> str:
    """Every room of the library, and the first line of each module in it."""
    library = ROOT / "scripts/casebook"
    rooms = [library, *sorted(path.parent for path in library.glob("*/__init__.py"))]
    return "\n\n".join(map(_room, rooms))


def _room(folder: Path) -> str:
    name = folder.relative_to(ROOT / "scripts").as_posix()
    modules = sorted(folder.glob("*.py"))
    said = {path.stem: ast.get_docstring(ast.parse(path.read_text("utf-8"))) for path in modules}
    opening = str(said.pop("__init__")).partition("\n")[0]
    lines = (f"- `{stem}`: {str(text).partition(chr(10))[0]}" for stem, text in said.items())
    return "\n".join([f"**{name}/**: {opening}", "", *lines])


def _keys(schema: dict[str, Any]) -> str:
    """A table for each part of a study."""
    parts = {"study.yaml": schema} | schema["$defs"]
    return "\n\n".join(_table(name, part) for name, part in parts.items())


def _table(name: str, part: dict[str, Any]) -> str:
    required = part.get("required", [])
    lines = [f"### {name}", "", part.get("description", ""), "", "| key | value | meaning |"]
    lines.append("|---|---|---|")
    for key, node in part["properties"].items():
        default = "required" if key in required else f"default: {_default(node)}"
        meaning = node.get("description", "").replace("\n", " ").replace("|", "\\|")
        lines.append(f"| `{key}` | {_kind(node)}; {default} | {meaning} |")
    return "\n".join(lines)


def _default(node: dict[str, Any]) -> str:
    default = _without_gaps(node.get("default"))
    return "none" if default in (None, [], {}) else f"`{json.dumps(default, ensure_ascii=False)}`"


def _without_gaps(default: Any) -> Any:
    """A default without the keys that say nothing in it."""
    if not isinstance(default, dict):
        return default
    said = {key: _without_gaps(each) for key, each in default.items()}
    return {key: each for key, each in said.items() if each not in (None, [], {})}


def _kind(node: dict[str, Any]) -> str:
    """What a key takes, in words."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in node or "enum" in node:
        return " or ".join(f"`{value}`" for value in node.get("enum", [node.get("const")]))
    for choice in ("anyOf", "oneOf"):
        if choice in node:
            return " or ".join(_kind(each) for each in node[choice] if each.get("type") != "null")
    match node:
        case {"type": "array", "prefixItems": items}:
            return f"list of {len(items)} {_kind(items[0])}s"
        case {"type": "array"}:
            return f"list of {_kind(node['items'])}s"
        case {"type": "object"}:
            return f"keys, each with {_kind(named_values(node))}"
        case {"type": ["string", *_]}:
            return "text"
    return {"string": "text", "integer": "number"}.get(node["type"], node["type"])


if __name__ == "__main__":
    for file, text in generated().items():
        file.write_text(text, encoding="utf-8", newline="\n")
