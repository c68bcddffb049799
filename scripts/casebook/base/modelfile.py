"""Checks the content of a YAML file against a pydantic model and names every mistake in it.

A mistake has the line and the key where it stands, in words for people who know neither YAML nor
Python. What the keys mean is the model's business, and how a file is read that of `yamlfile`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casebook.base.errors import listed, nearest, suggestion
from casebook.base.yamlfile import (
    MOST_MISTAKES,
    TWIN,
    Items,
    Keys,
    Mistake,
    ModelFileError,
    Origin,
)
from casebook.base.yamlhints import HYPHEN

AnyModel = TypeVar("AnyModel", bound=BaseModel)
Place = tuple[str | int, ...]

_MOST_ERRORS = 4 * MOST_MISTAKES
"""Of an entry, some may follow from others, and are not told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake at a place in the file, given as the keys that lead there.

    What is no mistake of the file itself but of something beside it names that under `beside`.
    """

    place: Place
    message: str
    beside: str = ""


class OfWholeFileError(ValueError):
    """A mistake in a part of which the words depend on the rest of the file."""

    def __init__(self, words: Callable[[Any], str]) -> None:
        super().__init__(words({}))
        self.words = words


def validate(path: Path | str, content: Any, model: type[AnyModel]) -> AnyModel:
    """The content of `path` as a `model`.

    Raises:
        ModelFileError: with all mistakes, each named by its line and key.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise_problems(path, content, problems_of(error, content, model))
        raise AssertionError("a ValidationError without errors") from None


def problems_of(error: ValidationError, content: Any, model: type[BaseModel]) -> list[Problem]:
    """The mistakes of a content that is no `model`, as far as none follows from another one.

    Of very many, the first `MOST_MISTAKES`.
    """
    problems = _problems(error.errors()[:_MOST_ERRORS], content, _schema(model))
    return list(islice(problems, MOST_MISTAKES))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a model, which takes longer to make than a file to read."""
    return model.model_json_schema()


def raise_problems(path: Path | str, content: Any, problems: Iterable[Problem]) -> None:
    """Do nothing if there are no problems.

    Raises:
        ModelFileError: with all of them, or the first `MOST_MISTAKES`, in the order of the file.
    """
    if found := located(path, content, islice(problems, MOST_MISTAKES)):
        raise ModelFileError(*found) from None


def located(path: Path | str, content: Any, problems: Iterable[Problem]) -> list[Mistake]:
    """Problems, each with the line where it stands, in the order of the file."""
    placed = [
        Mistake(
            origin_of(each.beside or path, content, each.place),
            each.message,
            _key(each.place, content),
        )
        for each in dict.fromkeys(problems)
    ]
    placed.sort(key=lambda each: each.origin)
    return placed


def all_of(place: Place, names: Iterable[str], allowed: list[str], what: str) -> Iterator[Problem]:
    """The mistakes in a list of names, each of which must be one of the allowed, once."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        yield from one_of((*place, position), name, allowed, what)
        if name in seen:
            yield Problem((*place, position), f"{name!r} is listed twice")
        seen.add(name)


def one_of(place: Place, name: str, allowed: list[str], what: str) -> Iterator[Problem]:
    """The mistake, if a name is not one of the allowed."""
    if name not in allowed:
        yield Problem(place, f"{name!r} is not {what}; allowed: {listed(allowed, name) or 'none'}")


def _key(place: Place, content: Any) -> str:
    """The keys that lead to a place; no number of an item that is written without its list."""
    keys: list[str] = []
    for each in place:
        if isinstance(each, int) and isinstance(content, str):
            break
        keys.append(str(each)[:80])
        is_there = isinstance(content, Keys | Items) and each in content.origins
        content = content[each] if is_there else None
    return ".".join(keys)


def origin_of(path: Path | str, content: Any, place: Place) -> Origin:
    """Where the deepest key of `place` that the content has stands, as far as that is known."""
    origin = Origin(str(path))
    for key in place:
        if not isinstance(content, Keys | Items) or key not in content.origins:
            break
        origin = content.origins[key]
        content = content[key]  # type: ignore[index]
    return origin


def _problems(
    errors: list[ErrorDetails], content: Any, schema: dict[str, Any]
) -> Iterator[Problem]:
    prefixes = {each["loc"][:end] for each in errors for end in range(len(each["loc"]))}
    meant = {_meant(each["loc"], schema) for each in errors if each["type"] == "extra_forbidden"}
    for error in errors:
        place, kind = error["loc"], error["type"]
        # A list whose items are wrong is not also too short, nor is a mistyped key also missing.
        told_already = (
            (kind == "too_short" and place in prefixes)
            or (kind == "missing" and place in meant)
            or any(str(key).endswith(TWIN) for key in place)
        )
        if not told_already:
            yield Problem(place_of(error, content), _message(error, schema, content))


def key_meant(error: ErrorDetails, model: type[BaseModel]) -> str:
    """The key of a model that an unknown one is most like, by the error on it; "" if like none."""
    meant = _meant(error["loc"], _schema(model))
    return str(meant[-1]) if meant else ""


def _meant(mistyped: Place, schema: dict[str, Any]) -> Place | None:
    """The key that an unknown one is most like."""
    *where, key = mistyped
    name = nearest(str(key), _properties(schema, tuple(where)))
    return (*where, name) if name else None


def place_of(error: ErrorDetails, content: Any) -> Place:
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


def _message(error: ErrorDetails, schema: dict[str, Any], content: Any) -> str:
    found, context = error["input"], error.get("ctx", {})
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return _no_such_key(error, schema)
        case "literal_error":
            return _not_among(found, str(context["expected"]), schema, error["loc"])
        case "union_tag_invalid":
            return _not_among(found["type"], str(context["expected_tags"]), schema, error["loc"])
        case "union_tag_not_found":
            return f"the key 'type' is required; allowed: {_tags(schema, error['loc'])}"
        case "value_error":
            problem = context["error"]
            return problem.words(content) if isinstance(problem, OfWholeFileError) else str(problem)
        case "too_short" if found:
            # What is to be there is said with how many of it, as in "at each of two visits".
            about = _first_clause(_part(schema, error["loc"]).get("description", ""))
            return f"must have at least {context['min_length']}, found {len(found)}; it is {about}"
        case "too_short" | "string_too_short":
            return "must not be empty"
        case "too_long" if isinstance(found, str):
            return _EXPECTED["string_too_long"].format(**context)
        case "int_parsing" if error["loc"][-1] == "[key]" and _is_empty(content, error["loc"][:-1]):
            # { 11: hidden, but doubtful } has two keys, and the second one has no value.
            return f"{_unfitting(error, schema)}{_IN_BRACES}"
    return _unfitting(error, schema)


def _is_empty(content: Any, place: Place) -> bool:
    """Whether a key stands at this place, and has no value."""
    for key in place:
        if not isinstance(content, Mapping) or key not in content:
            return False
        content = content[key]
    return content is None


_IN_BRACES = "; inside { }, a text with a comma needs quotation marks"


def _no_such_key(error: ErrorDetails, schema: dict[str, Any]) -> str:
    *where, last = error["loc"]
    allowed, key = sorted(_properties(schema, tuple(where))), str(last)[:80]
    comma = error["input"] is None and not nearest(key, allowed)
    hint = _IN_BRACES * comma
    return f"no such key; allowed: {listed(allowed, key)}{hint}"


def _not_among(value: Any, expected: str, schema: dict[str, Any], place: Place) -> str:
    """What is wrong with a value that is none of those that are expected at a place."""
    if not isinstance(value, str):
        return f"must be {expected}, found {_shown(value)}"
    close = suggestion(value, re.findall(r"'([^']*)'", expected))
    about = close or _first_clause(_part(schema, place).get("description", ""))
    hint = f"; {about}" if about else ""
    return f"{_shown(value)} is not allowed; allowed: {expected}{hint}"


def _unfitting(error: ErrorDetails, schema: dict[str, Any]) -> str:
    """What kind of value is expected, with an example if there is one."""
    found, kind = error["input"], error["type"]
    expectation = _EXPECTED.get(kind, "does not fit").format(**error.get("ctx", {}))
    is_list = kind in ("tuple_type", "list_type")
    example = _example(schema, error["loc"]) or "[one, two]" * is_list
    hint = f"; {HYPHEN}" if is_list and str(found).startswith("-") else ""
    return f"{expectation}{f', as in {example}' * bool(example)}, found {_shown(found)}{hint}"


_EXPECTED = {
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must hold keys and values",
    "mapping_type": "must hold keys and values",
    "model_type": "must hold keys and values",
    "model_attributes_type": "must hold keys and values",
    "string_type": "must be text",
    "string_too_long": "must not have more than {max_length} characters",
    "float_type": "must be a number",
    "float_parsing": "must be a number, with a decimal point",
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a whole number with fewer digits",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than": "must be greater than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must not be greater than {le:,}",
    "too_long": "must not have more than {max_length} items",
}


def _shown(value: object) -> str:
    """What was found, in at most a line: how much may be in it is not known."""
    match value:
        case None:
            return "nothing"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
        case Mapping():
            return "keys and values"
        case Sequence():
            return "a list"
    return repr(value)


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node or "anyOf" in node:
        # What may be left out is either this or null.
        node = node["anyOf"][0] if "anyOf" in node else node
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]] if "$ref" in node else node
    return node


def _first_clause(description: str) -> str:
    clause = re.split(r"[.:;](?:\s|$)", description)[0]
    return clause[:1].lower() + clause[1:]


def _example(schema: dict[str, Any], location: Place) -> str:
    """How a part, or what it is an item of, is written in YAML, if the model has an example."""
    location = tuple(key for key in location if key != "[key]")
    for end in (len(location), len(location) - 1):
        for example in _part(schema, location[:end]).get("examples", ()):
            return _in_yaml(example)
    return ""


def _in_yaml(value: object) -> str:
    match value:
        case Mapping():
            return f"{{ {', '.join(f'{key}: {_in_yaml(each)}' for key, each in value.items())} }}"
        case list():
            return f"[{', '.join(map(_in_yaml, value))}]"
    return str(value)


def _part(schema: dict[str, Any], location: Place) -> dict[str, Any]:
    """The part of a JSON Schema that describes a location of a pydantic error."""
    node = schema
    for key in location:
        node = _resolve(schema, node)
        if "discriminator" in node:
            node = {"$ref": node["discriminator"]["mapping"][key]}
        elif key in node.get("properties", {}):
            node = node["properties"][key]
        elif isinstance(key, int):
            node = node.get("items", {})
        else:
            node = named_values(node)
    return node


def named_values(node: dict[str, Any]) -> dict[str, Any]:
    """What a JSON Schema says of the values of a mapping whose keys are free names."""
    patterns: dict[str, dict[str, Any]] = node.get("patternProperties", {})
    values: dict[str, Any] = next(iter(patterns.values()), node.get("additionalProperties", {}))
    return values


def _properties(schema: dict[str, Any], location: Place) -> list[str]:
    return list(_resolve(schema, _part(schema, location)).get("properties", {}))


def _tags(schema: dict[str, Any], location: Place) -> str:
    return ", ".join(_resolve(schema, _part(schema, location))["discriminator"]["mapping"])
