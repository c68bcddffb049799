"""Reads a YAML file whose scalars are all texts, as they are written, each with its line.

What a text means, a number or a name, is for the model to say that the content is checked against:
so `1931` can be a label, `007` stays 007, and `no` is no. Only an empty value, `~` and `null` are
nothing. A file that would take long to read or much room, or that YAML's own words would explain
badly, is refused here; which keys there should be is not known.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from casebook.base.characters import unprintable
from casebook.base.errors import UserError
from casebook.base.lists import first_of
from casebook.base.yamlhints import explained

_MOST_CHARACTERS = 1_000_000
"""Read in some five seconds, and enough for ten thousand cohorts."""
_DEEPEST = 30
_NOTHING = ("", "~", "null")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}

TWIN = "\u2032"
"""Stands behind a key that its part has already, where a file with mistakes is read all the same:
so it is a key that is not known, and no name."""

_TOLD = 50
"""Mistakes that are told at once; who mends so many calls again."""
MOST_MISTAKES = 500
"""Nothing more is looked for where so many are found: to put each into words takes a while."""


class Origin(NamedTuple):
    """Where something stands; line 0 is the whole file."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}" if self.line else self.file


class Mistake(NamedTuple):
    """What is wrong at a place of a file, and the keys that lead there, with points between."""

    origin: Origin
    text: str
    key: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, [str(self.origin), self.key, self.text]))


class ModelFileError(UserError):
    """One or more mistakes in a YAML file, each in a line."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__(in_lines(mistakes))


def in_lines(mistakes: Sequence[Mistake]) -> str:
    """Mistakes as they are told, a line each; the first of very many, and how many more."""
    more = "and {:,} more" if len(mistakes) < MOST_MISTAKES else "and at least {:,} more"
    return "\n".join(first_of(mistakes, _TOLD, more))


class Keys(dict[str, Any]):
    """Values by key, and the origin of each key."""

    def __init__(self, *values: Any) -> None:
        super().__init__(*values)
        self.origins: dict[str | int, Origin] = {}


class Items(list[Any]):
    """A list, and the origin of each item by its position."""

    def __init__(self) -> None:
        super().__init__()
        self.origins: dict[str | int, Origin] = {}


def read_yaml(path: Path) -> Keys:
    """The file's content: `Keys`, `Items`, texts, and None for nothing.

    Raises:
        ModelFileError: no such file, not UTF-8, not well-formed, too long or too deep.
    """
    return parsed(path, read_text(path))


def parsed(path: Path, text: str) -> Keys:
    """What `read_yaml` gives for a file of this text; nobody may change it.

    Raises:
        ModelFileError: not well-formed, or too deep.
    """
    content, twins = parsed_with_twins(path, text)
    if twins:
        raise ModelFileError(*twins)
    return content


def _keys_of(reader: "_Reader") -> Keys:
    content = reader.content()
    if not isinstance(content, Keys):
        example = "as in 'title: My study', with a space after the colon"
        _fail(reader.path, None, f"must hold keys and values, {example}")
    return content


@cache
def parsed_with_twins(path: Path, text: str) -> tuple[Keys, Sequence[Mistake]]:
    """The same of a text in which keys stand twice, and where they do; once for all who ask.

    The second of two that say different things is there with `TWIN` behind its key. A description
    is read again when there are other files beside it or when it has mistakes, and to read YAML
    takes longer than all else that is done with it.

    Raises:
        ModelFileError: not well-formed, too deep, or without keys.
    """
    reader = _Reader(path, text)
    return _keys_of(reader), reader.twins


def mistakes_in(path: Path, text: str) -> Sequence[Mistake]:
    """Why a text that is a part of a file is not well-formed, read by itself.

    Nothing is known of one that repeats what stands in another part.
    """
    try:
        if not any(isinstance(event, AliasEvent) for event in _Reader(path, text).events):
            _Reader(path, text).content()
    except ModelFileError as error:
        return error.mistakes
    return []


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        ModelFileError: no such file, not UTF-8, too long, or not to be printed.
    """
    try:
        with path.open("rb") as file:
            found = file.read(4 * _MOST_CHARACTERS + 1)
    except FileNotFoundError:
        raise _failure(path, None, "no such file") from None
    except OSError as error:
        raise _failure(path, None, error.strerror or "cannot be read") from None
    if found[:2] in _BYTE_ORDER_MARKS:
        _fail(path, None, f"is {_BYTE_ORDER_MARKS[found[:2]]}; save it as UTF-8 in an editor")
    try:
        text = found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(found) <= 4 * _MOST_CHARACTERS:
            _fail(
                path,
                found[: error.start].count(b"\n"),
                "not UTF-8 text; save the file as UTF-8 in an editor",
            )
        text = ""
    if not 0 < len(text) <= _MOST_CHARACTERS and found:
        _fail(path, None, f"is longer than {_MOST_CHARACTERS:,} characters")
    for number, written in enumerate(text.split("\n")):
        if fault := unprintable(written):
            _fail(path, number, f"holds {fault}, which cannot be printed; remove it")
    return text


def _fail(path: Path, line: int | StreamMark | None, problem: str) -> NoReturn:
    """Raise an error on a line, which counts from 0."""
    raise _failure(path, line, problem)


def _failure(path: Path, line: int | StreamMark | None, problem: str) -> ModelFileError:
    number = line.line if isinstance(line, StreamMark) else line
    origin = Origin(str(path), 0 if number is None else number + 1)
    return ModelFileError(Mistake(origin, problem))


class _Reader:
    """Puts the content together from the parser's events.

    What an alias repeats is not copied; how long all would be if it were is counted.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.rstrip().split("\n")
        self.events = self._events(text)
        self.anchors: dict[str, tuple[Any, int] | None] = {}
        self.twins: list[Mistake] = []

    def content(self) -> Any:
        content = None
        for number, event in enumerate(self.events):
            if isinstance(event, DocumentStartEvent) and number > 1:
                _fail(self.path, event.start_mark, "a second document; remove the line with ---")
            if not isinstance(event, StreamStartEvent | DocumentStartEvent | DocumentEndEvent):
                content, _ = self._node(event) if number == 2 else (content, 0)
        return content

    def _events(self, text: str) -> Iterator[Event]:
        """The parser's events, up to where they are nested too deep."""
        depth = 0
        try:
            for event in YAML(typ="safe", pure=True).parse(text):
                if isinstance(event, CollectionStartEvent):
                    if depth > _DEEPEST:
                        _fail(self.path, event.start_mark, f"is nested more than {_DEEPEST} deep")
                    depth += 1
                elif isinstance(event, CollectionEndEvent):
                    depth -= 1
                yield event
        except MarkedYAMLError as error:
            _fail(self.path, *explained(error, self.lines))
        except YAMLError as error:
            raise _failure(self.path, None, str(error).strip().splitlines()[0]) from None

    def _origin(self, event: Event) -> Origin:
        return Origin(str(self.path), event.start_mark.line + 1)

    def _node(self, event: Event) -> tuple[Any, int]:
        """The value that begins with an event, and how long it is with all that it repeats."""
        if isinstance(event, AliasEvent):
            return self._repeated(event)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            _fail(self.path, event.start_mark, f"the tag {tag} is not known; remove it")
        anchor: str | None = event.anchor  # type: ignore[attr-defined]
        if anchor:
            self.anchors[anchor] = None
        found: tuple[Any, int]
        match event:
            case MappingStartEvent():
                found = self._keys()
            case SequenceStartEvent():
                found = self._items()
            case ScalarEvent():
                nothing = not event.style and event.value in _NOTHING
                found = None if nothing else str(event.value), len(event.value) + 1
            case _:
                raise AssertionError(f"{event} begins no value")
        if anchor:
            self.anchors[anchor] = found
        if found[1] > _MOST_CHARACTERS:
            problem = (
                f"has more than {_MOST_CHARACTERS:,} characters once all that * repeats is written"
                " out"
            )
            _fail(self.path, event.start_mark, problem)
        return found

    def _repeated(self, event: AliasEvent) -> tuple[Any, int]:
        found = self.anchors.get(event.anchor, ())
        if found is None:
            _fail(
                self.path, event.start_mark, f"*{event.anchor} is inside the value that it repeats"
            )
        if not found:
            problem = f"there is no &{event.anchor} above that *{event.anchor} could repeat"
            _fail(
                self.path, event.start_mark, f"{problem}; put a text that begins with * in quotes"
            )
        return found

    def _keys(self) -> tuple[Keys, int]:
        keys, length, merged = Keys(), 1, []
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                _fail(self.path, event.start_mark, "a key must be text, not a list or keys")
            key, origin = str(event.value), self._origin(event)
            value, more = self._node(next(self.events))
            length += more + len(key)
            if key == "<<" and not event.style:
                merged.append((value, origin))
            elif key in keys:
                first = keys.origins[key].line
                told = f"the key {key[:60]!r} is already on line {first}"
                self.twins.append(Mistake(origin, told))
                if value != keys[key]:
                    keys[key + TWIN], keys.origins[key + TWIN] = value, origin
            else:
                keys[key], keys.origins[key] = value, origin
        for value, origin in merged:
            self._merge(keys, value, origin)
        return keys, length

    def _merge(self, keys: Keys, value: Any, origin: Origin) -> None:
        """Take over what `<<: *anchor` names and the keys beside it do not say themselves."""
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, Mapping):
                told = "<< takes keys and values, as in <<: *common"
                raise ModelFileError(Mistake(origin, told))
            for key in each:
                if key not in keys:
                    keys[key], keys.origins[key] = each[key], origin

    def _items(self) -> tuple[Items, int]:
        items, length = Items(), 1
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            items.origins[len(items)] = self._origin(event)
            value, more = self._node(event)
            items.append(value)
            length += more
        return items, length
