"""Reads a YAML file part by part, so that a mistake ends the reading of its part alone.

A part begins at a key in the first column. What is well-formed is for `yamlfile` to say.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest
from pathlib import Path

from casebook.base.yamlfile import (
    Keys,
    Mistake,
    ModelFileError,
    mistakes_in,
    parsed_with_twins,
    read_text,
)

_MOST_BLOCKS = 50
"""Parts that are read one by one: for each, the lines above it are counted anew."""


def read_parts(path: Path, parts: Collection[str]) -> tuple[Keys, list[Mistake], dict[str, str]]:
    """What can be read of a file, its mistakes, and the text of each part that has some.

    A mistake ends the reading of its part alone, so that one of each part is told; but a key that
    stands twice ends none, see `parsed_with_twins`.

    Args:
        path: The file.
        parts: The keys that a part can begin with.

    Raises:
        ModelFileError: no part can be read by itself.
    """
    text = read_text(path)
    try:
        content, twins = parsed_with_twins(path, text)
    except ModelFileError as error:
        whole = error
    else:
        return content, [*twins], {}
    return _one_by_one(path, text, parts, whole)


def _one_by_one(
    path: Path, text: str, parts: Collection[str], whole: ModelFileError
) -> tuple[Keys, list[Mistake], dict[str, str]]:
    """What `read_parts` gives of a text that cannot be read at once; `whole` says why not."""
    begins = re.compile(rf"""["']?({"|".join(map(re.escape, parts))})["']?\s*:(?:\s|$)""")
    if sum(1 for line in text.split("\n") if begins.match(line)) > _MOST_BLOCKS:
        raise whole
    blocks = _blocks(text, begins)
    faults = {
        start: _faults(path, block, last=start == max(blocks))
        for start, (_, block) in blocks.items()
    }
    told = [*chain(*faults.values())] or [*whole.mistakes]
    broken: dict[str, str] = {}
    for start, (name, block) in blocks.items():
        if faults[start]:
            broken[name] = broken.get(name, "") + "\n".join(block)
    sound = [block for name, block in blocks.values() if name not in broken]
    try:
        content, twins = parsed_with_twins(path, _joined(sound))
    except ModelFileError:
        raise ModelFileError(*told) from None
    lost = _lost({*parts}.difference(name for name, _ in blocks.values()), broken.values())
    return content, [*told, *twins], broken | dict.fromkeys(lost, "")


def _blocks(text: str, begins: re.Pattern[str]) -> dict[int, tuple[str, list[str]]]:
    """The parts of a text by their first line: name, and the text without all other lines."""
    lines = text.split("\n")
    starts = {0: ""} | {
        n: found[1] for n, line in enumerate(lines) if (found := begins.match(line))
    }
    return {
        start: (name, [""] * start + lines[start:end])
        for (start, name), end in zip(starts.items(), [*list(starts)[1:], len(lines)], strict=True)
    }


def _faults(path: Path, block: Sequence[str], *, last: bool) -> Sequence[Mistake]:
    """What is wrong with a part, read by itself."""
    # Some mistakes are found where the next part begins.
    return mistakes_in(path, "\n".join(block if last else [*block, "end:"]))


def _lost(parts: Iterable[str], broken: Iterable[str]) -> list[str]:
    """Parts that have no text of their own, but whose keys stand in texts that cannot be read."""
    # A key without its colon, or with a space before it, is within the part above it.
    lines = "\n".join(broken)
    return [part for part in parts if re.search(rf"^\s*{part}\b", lines, re.MULTILINE)]


def _joined(blocks: Iterable[Sequence[str]]) -> str:
    """Parts as one text, each line where it was."""
    return "\n".join(map("".join, zip_longest(*blocks, fillvalue="")))
