"""A command takes what its step takes, and passes it on by name and type."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.commands import perform


@dataclass
class Parts:
    study: Path
    figures: Sequence[Path]
    verdicts: Path | None = None


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Perform a step with the words of a command line."""

    def with_words(step: Callable[..., None], line: str) -> None:
        monkeypatch.setattr(sys, "argv", ["scripts/step.py", *line.split()])
        perform(step)

    yield with_words
    gc.unfreeze()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("--name a --files b c --perhaps d", ("a", [Path("b"), Path("c")], Path("d"))),
        ("--name a --files --perhaps", ("a", [], None)),
        ("--name a", ("a", [], None)),
    ],
)
def test_options_are_the_arguments_of_the_step(
    call: Callable[..., None], line: str, expected: tuple[object, ...]
) -> None:
    given: list[object] = []

    def step(name: str, files: Sequence[Path], perhaps: Path | None) -> None:
        given.extend((name, files, perhaps))

    call(step, line)

    assert tuple(given) == expected


def test_a_step_of_one_data_class_has_its_fields_as_options(call: Callable[..., None]) -> None:
    given: list[Parts] = []

    def step(parts: Parts) -> None:
        given.append(parts)

    call(step, "--study s --figures f g")

    assert given == [Parts(Path("s"), [Path("f"), Path("g")], None)]


@pytest.mark.parametrize("line", ["", "--name a --nome b"])
def test_an_option_that_is_missing_or_not_known_is_refused(
    call: Callable[..., None], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def step(name: str) -> None:
        raise AssertionError(name)

    with pytest.raises(SystemExit):
        call(step, line)

    assert "name" in capsys.readouterr().err


def test_what_was_imported_is_not_searched_for_garbage_in_a_step(
    call: Callable[..., None],
) -> None:
    imported = len(gc.get_objects())
    searched: list[int] = []

    def step(name: str) -> None:
        searched.append(len(gc.get_objects()))

    call(step, "--name a")

    assert searched[0] < imported / 10
