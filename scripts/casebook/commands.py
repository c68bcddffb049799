"""What every command in scripts/ does around its one call of the library.

The arguments of a command are those of its step, by name and type. Mistakes of the user are told in
words, and what was read and made is written down.
"""

import gc
import inspect
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from types import NoneType
from typing import get_args, get_origin

from casebook.base.errors import user_errors
from casebook.provenance.record import begin, finish, write_record

_SELDOM = (100_000, 50, 50)
"""After how many objects Python looks for those that hold each other, and how often further."""


def perform(step: Callable[..., None]) -> None:
    """Call the step with the arguments of the command line.

    `--record FILE` writes down, as well, what was read and what was written.

    Args:
        step: A function of paths, texts, sequences of them, and paths that may be missing; or of
            one data class that holds these.
    """
    # What was imported stays to the end; to search it for garbage took a tenth of a figure's time.
    gc.freeze()
    parser = ArgumentParser(
        description=inspect.getdoc(step), formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", type=Path, help="record of what was read and written, to write")
    gather = _gathering(step)
    for parameter in _parameters(gather or step):
        _add(parser, parameter)
    arguments = vars(parser.parse_args())
    record = arguments.pop("record")
    # Of a large table there are millions of objects, which are looked through for circles each time
    # that some hundreds are added: a fifth of the time.
    gc.set_threshold(*_SELDOM)
    with user_errors():
        begun = begin(Path(parser.prog).stem, arguments) if record else None
        step(gather(**arguments)) if gather else step(**arguments)
        if begun:
            write_record(record, finish(begun, arguments, record.parent.parent))


def _gathering(step: Callable[..., None]) -> Callable[..., object] | None:
    """The data class that holds all arguments of a step with many."""
    kind = _parameters(step)[0].annotation
    return kind if isinstance(kind, type) and is_dataclass(kind) else None


def _parameters(function: Callable[..., object]) -> list[inspect.Parameter]:
    return list(inspect.signature(function, eval_str=True).parameters.values())


def _add(parser: ArgumentParser, parameter: inspect.Parameter) -> None:
    """An option for a parameter: any number of values for a sequence, at most one for None."""
    kind, flag = parameter.annotation, f"--{parameter.name}"
    if get_origin(kind) is Sequence:
        parser.add_argument(flag, type=get_args(kind)[0], nargs="*", default=[])
    elif NoneType in get_args(kind):
        parser.add_argument(flag, type=get_args(kind)[0], nargs="?")
    else:
        parser.add_argument(flag, type=kind, required=True)
