"""Whatever happens to a line of study.yaml, the file is read, or what is wrong is told in words."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import process_time

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.mistakes import mistakes
from casebook.study.load import load_study

Make = Callable[..., Path]

_EVERY = 8
"""Every eighth kind of damage to a line, another one on the next line: all would take too long."""
_VALUES = ["[[a], { b: [c] }]", "{ a: 1 }", "", "true", "-1e400", "'a\x85b'", "*", "x" * 3000]
_NOT_FOR_USERS = re.compile(
    r"\b(Input|Traceback|NoneType|None|dict\b|tuple|str(ing)?\b|int|float|mapping|scalar|token|\^\[)"
)


def _damaged(line: str) -> Iterator[str]:
    """What can become of a line: it is gone, there twice, moved, or holds something else."""
    yield ""
    yield f"{line}\n{line}"
    yield f" {line}"
    yield line.removeprefix(" ")
    yield f"\t{line.strip()}"
    yield line.replace(":", "", 1)
    yield line.replace(": ", ":", 1)
    yield re.sub(r"^( *)(- )?(\w+):", r"\1\2Ö \3:", line)
    yield from (re.sub(r":( .*)?$", f": {value}", line, count=1) for value in _VALUES)


@pytest.mark.parametrize("part", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_study_with_a_damaged_line_is_read_or_refused_with_its_lines(
    make_study: Make, part: int
) -> None:
    study = make_study()
    lines = study.read_text(encoding="utf-8").splitlines()
    refused = 0

    for number, line in enumerate(lines):
        for damaged in islice(_damaged(line), (number + part) % _EVERY, None, _EVERY):
            study.write_text("\n".join([*lines[:number], damaged, *lines[number + 1 :]]))
            try:
                load_study(study)
            except ModelFileError as error:
                refused += 1
                for told in str(error).splitlines():
                    assert re.match(r"study/study\.yaml(, line \d+)?: ", told)
                    assert ", line " in told or told.endswith("is required")
                    assert not _NOT_FOR_USERS.search(told)
                    assert len(told) < 600

    assert refused > 40


_MANY = {
    "parts": (
        "cohorts:",
        "  c{0}: {{ lable: C{0}, selct: age > 3 }}",
        8_000,
        "lable: no such key",
    ),
    "columns": (
        "variables:",
        "  v{0}: {{ label: V{0}, column: Agge{0}, type: number }}",
        8_000,
        "v0.range: is required",
    ),
    "names": (
        "cohorts:",
        "  c{0}: {{ label: C{0}, select: aeg{0} > 3 }}",
        8_000,
        "'aeg0' is not known",
    ),
    "keys": ("therapies: [drugs]", "k{0}: 1", 25_000, "k0: no such key"),
}
"""Below a line, one for each number, how many there are, and what is told."""


@pytest.mark.slow
@pytest.mark.parametrize("name", _MANY)
def test_thousands_of_mistakes_are_told_within_two_seconds(make_study: Make, name: str) -> None:
    part, line, count, expected = _MANY[name]
    lines = "\n".join(map(line.format, range(count)))
    study = make_study((f"{part}\n", f"{part}\n{lines}\n"))
    begin = process_time()

    told = mistakes(study)

    assert process_time() - begin < 2
    assert expected in told
    assert len(told.splitlines()) == 51
