"""What every command in scripts/ does around its one call of the library.

Mistakes of the user are told in words, and what was read and made is written down. Which arguments
a command takes is its own business.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from casebook.base.errors import user_errors
from casebook.provenance.inputs import find_inputs, finished_inputs
from casebook.provenance.records import write_record


def command(description: str | None) -> ArgumentParser:
    """A parser for a command's arguments, with those that all commands have."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--record", type=Path, help="record of what was read and written, to write")
    return parser


def perform(parser: ArgumentParser, step: Callable[..., None]) -> None:
    """Call the step with the arguments by their names.

    If a record is asked for, write down what was read and what was written.
    """
    arguments = vars(parser.parse_args())
    record = arguments.pop("record")
    with user_errors():
        if not record:
            step(**arguments)
            return
        inputs = find_inputs(Path(parser.prog).stem, arguments)
        step(**arguments)
        write_record(record, finished_inputs(inputs, arguments))
