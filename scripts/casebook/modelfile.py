"""Reads a YAML file into a pydantic model and names every mistake in it by line and key.

What the keys mean is the model's business. YAML is read by version 1.2 of its rules (`NO` is a
text, not a false), and a key that stands twice is a mistake.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from casebook.errors import UserError, listed, suggestion

AnyModel = TypeVar("AnyModel", bound=BaseModel)
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake at a place in the file, given as the keys that lead there."""

    place: Place
    message: str


class ModelFileError(UserError):
    """One or more mistakes in a YAML file."""


def read_yaml(path: Path) -> Any:
    """The file's content, its mappings and lists knowing their lines.

    Raises:
        ModelFileError: no such file, not UTF-8, or not well-formed YAML.
    """
    try:
        content = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(f"{path}: no such file") from None
    except OSError as error:
        raise ModelFileError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ModelFileError(f"{path}: not UTF-8 text at byte {error.start}") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        hint = "look for a missing colon, quotation mark or space, here or on the line above"
        raise ModelFileError(f"{where}: {_first_sentence(error.problem)}; {hint}") from None
    except YAMLError as error:
        raise ModelFileError(f"{path}: {_first_sentence(str(error))}") from None
    if not isinstance(content, Mapping):
        raise ModelFileError(f"{path}: must hold keys and values, as in 'title: My study'")
    return content


def validate(path: Path | str, content: Any, model: type[AnyModel]) -> AnyModel:
    """The content of `path` as a `model`.

    Raises:
        ModelFileError: with all mistakes, each named by its line and key.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        schema = model.model_json_schema()
        raise_problems(path, content, _problems(error.errors(), content, schema))
        raise AssertionError("a ValidationError without errors") from None


def raise_problems(path: Path | str, content: Any, problems: Iterable[Problem]) -> None:
    """Do nothing if there are no problems.

    Raises:
        ModelFileError: with all of them, in the order of the file.
    """
    placed = sorted((_line(content, each.place), _text(path, content, each)) for each in problems)
    if placed:
        raise ModelFileError("\n".join(text for _, text in placed)) from None


def _text(path: Path | str, content: Any, problem: Problem) -> str:
    line = _line(content, problem.place)
    where = f"{path}, line {line}" if line else str(path)
    key = ".".join(str(each) for each in problem.place)
    return f"{where}: {key}: {problem.message}" if key else f"{where}: {problem.message}"


def _first_sentence(text: str | None) -> str:
    return (text or "not well-formed YAML").strip().splitlines()[0]


def _line(content: Any, place: Place) -> int:
    """Line of the deepest key of `place` that the file has; 0 where lines are not known."""
    line = 0
    for key in place:
        if not isinstance(content, Mapping | Sequence) or not hasattr(content, "lc"):
            break
        try:
            position = content.lc.data[key]
        except (KeyError, TypeError):
            break
        line = position[0] + 1
        content = content[key]  # type: ignore[index]
    return line


def _problems(
    errors: list[ErrorDetails], content: Any, schema: dict[str, Any]
) -> Iterator[Problem]:
    for error in errors:
        location = error["loc"]
        inside = (other["loc"][: len(location)] == location for other in errors if other != error)
        # A list whose items are wrong is not also too short.
        if not (error["type"] == "too_short" and any(inside)):
            yield Problem(_place(error, content), _message(error, schema))


def _place(error: ErrorDetails, content: Any) -> Place:
    """The place without the tags by which pydantic names the chosen member of a union."""
    location = error["loc"]
    if error["type"] == "union_tag_invalid":
        location = (*location, "type")
    place: list[str | int] = []
    for position, key in enumerate(location):
        if key == "[key]":
            break
        try:
            content = content[key]
        except (KeyError, IndexError, TypeError):
            if position < len(location) - 1 or error["type"] != "missing":
                continue
        place.append(key)
    return tuple(place)


def _message(error: ErrorDetails, schema: dict[str, Any]) -> str:
    found = error["input"]
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            allowed = sorted(_properties(schema, error["loc"][:-1]))
            return f"no such key; allowed: {listed(allowed, str(error['loc'][-1]))}"
        case "literal_error" | "union_tag_invalid" | "union_tag_not_found":
            context = error.get("ctx", {})
            expected = str(context.get("expected") or context.get("expected_tags") or "")
            allowed = re.findall(r"'([^']*)'", expected)
            value = context.get("tag", found)
            if error["type"] == "union_tag_not_found":
                return f"the key 'type' is required; allowed: {_tags(schema, error['loc'])}"
            close = suggestion(str(value), allowed)
            hint = f"; {close}" if close else ""
            return f"{_shown(value)} is not allowed; allowed: {expected}{hint}"
        case "tuple_type" | "list_type":
            return f"must be a list, as in [one, two], found {_shown(found)}"
        case "too_short":
            return "must not be empty"
        case "too_long":
            return f"must not have more than {error['ctx']['max_length']} items"
        case "dict_type" | "mapping_type" | "model_type" | "model_attributes_type":
            return f"must hold keys and values, found {_shown(found)}"
        case "string_type":
            hint = "" if isinstance(found, Mapping | list) else "; put it in quotes"
            return f"must be a text, found {_shown(found)}{hint}"
        case "string_pattern_mismatch":
            return (
                f"{_shown(found)} is not allowed; allowed: what matches {error['ctx']['pattern']}"
            )
        case "value_error":
            return str(error["ctx"]["error"])
    return f"{error['msg'][0].lower()}{error['msg'][1:]}, found {_shown(found)}"


def _shown(value: object) -> str:
    text = repr(dict(value)) if isinstance(value, Mapping) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node or "anyOf" in node:
        # What may be left out is either this or null.
        node = node["anyOf"][0] if "anyOf" in node else node
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else node
    return node


def _node(schema: dict[str, Any], location: Place) -> dict[str, Any]:
    """The part of a JSON Schema that describes a location of a pydantic error."""
    node = schema
    for key in location:
        node = _resolve(schema, node)
        if "discriminator" in node:
            node = {"$ref": node["discriminator"]["mapping"][key]}
        elif key in node.get("properties", {}):
            node = node["properties"][key]
        elif isinstance(key, int):
            node = node["items"]
        else:
            node = named_values(node)
    return _resolve(schema, node)


def named_values(node: dict[str, Any]) -> dict[str, Any]:
    """What a JSON Schema says of the values of a mapping whose keys are free names."""
    patterns: dict[str, dict[str, Any]] = node.get("patternProperties", {})
    values: dict[str, Any] = next(iter(patterns.values()), node.get("additionalProperties", {}))
    return values


def _properties(schema: dict[str, Any], location: Place) -> list[str]:
    return list(_node(schema, location).get("properties", {}))


def _tags(schema: dict[str, Any], location: Place) -> str:
    return ", ".join(_node(schema, location)["discriminator"]["mapping"])
