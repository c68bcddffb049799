"""Misspelt keys of a study.yaml, read as those that they are most like.

It is a part of `drafts`: so what stands below such a key is checked with all else.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casebook.base.errors import listed
from casebook.base.modelfile import Place, Problem, key_meant, located, place_of, problems_of
from casebook.base.yamlfile import Keys, Mistake
from casebook.study.model import Study
from casebook.study.readable import KEYS

_TYPE = "type"
_MOST = 20
"""So many are read as others; for each, the whole is read anew."""


def with_keys_meant(path: Path, content: Keys) -> tuple[Keys, list[Mistake]]:
    """A content with each misspelt key as the one that it is most like, and what is told of them.

    It is left as it is where its part has that one too, or where what it says does not fit there.
    """
    told: list[Mistake] = []
    tried: set[tuple[Place, str]] = set()
    while found := [(p, key) for p, key in _misspelt(content) if (p.place, key) not in tried]:
        for problem, meant in found[: _MOST - len(tried)]:
            tried.add((problem.place, meant))
            *where, written = problem.place
            if meant in _at(content, where):
                continue
            read = _renamed(content, where, written, meant)
            if (*where, meant) not in {place_of(each, read) for each in _errors(read)}:
                told += located(path, content, [problem])
                content = read
        if len(tried) == _MOST:
            break
    return content, told


def _misspelt(content: Keys) -> Iterator[tuple[Problem, str]]:
    """What is told of each key that is unknown, and the one that it means and its part has not."""
    try:
        Study.model_validate(content)
    except ValidationError as error:
        problems = {each.place: each for each in problems_of(error, content, Study)}
        for each in error.errors():
            if each["type"] == "union_tag_not_found":
                yield from _perhaps_types(place_of(each, content), content)
            *where, _ = place = place_of(each, content) or ("",)
            if place in problems and each["type"] == "extra_forbidden":
                meant = key_meant(each, Study)
                if meant and meant not in _at(content, where):
                    yield problems[place], meant


def _perhaps_types(place: Place, content: Keys) -> Iterator[tuple[Problem, str]]:
    """What is told of each unknown key of an entry without a type that may say what this is."""
    allowed = sorted(KEYS[str(place[0])])
    for key, value in _at(content, place).items():
        if key not in allowed and isinstance(value, str):
            told = f"no such key; allowed: {listed(allowed)}; did you mean {_TYPE!r}?"
            yield Problem((*place, key), told), _TYPE


def _errors(content: Keys) -> list[ErrorDetails]:
    try:
        Study.model_validate(content)
    except ValidationError as error:
        return error.errors()
    return []


def _at(content: Any, place: Sequence[str | int]) -> Any:
    for key in place:
        content = content[key]
    return content


def _renamed(part: Any, where: Sequence[str | int], old: str | int, new: str) -> Any:
    """A part of a content with another name of a key that is there, in its place on its line."""
    found = copy(part)
    if where:
        key, *below = where
        found[key] = _renamed(part[key], below, old, new)
    else:
        found = Keys({new if key == old else key: each for key, each in part.items()})
        found.origins = {new if key == old else key: each for key, each in part.origins.items()}
    return found
