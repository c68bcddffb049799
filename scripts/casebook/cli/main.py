"""The command `casebook`, for whoever writes a study; Snakemake makes the reports.

This module knows the arguments and the exit codes, and prints what others found. It stands above
everything else, and no rule calls it.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from casebook.base.errors import UserError
from casebook.cli.check import checked, folders, in_json, in_words

WRONG, NOT_DONE = 1, 2
"""Exit codes: the files of a study have mistakes; the command could not be carried out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command.

    Args:
        arguments: Those of the command line, which they are by default.

    Returns:
        The exit code: 0, 1 where a study has mistakes, or 2 where nothing could be done.
    """
    given = _parser().parse_args(arguments)
    try:
        code: int = given.carry_out(given)
        sys.stdout.flush()
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201 - what a command is for
        return NOT_DONE
    except BrokenPipeError:
        # Whoever reads has enough, as `head` has; Python would tell it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_DONE
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="casebook", description="Write and check a study for casebook.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="tell all mistakes in the files of a study",
        description="Tell all that is wrong with study.yaml, the table, the corrections and the"
        " claims of a study. Nothing is made. The exit code is 0 if nothing is wrong, 1 if"
        " something is, and 2 if there is no such study.",
    )
    check.add_argument(
        "studies",
        metavar="STUDY",
        nargs="*",
        help="name of a study in resources/, or a folder with a study.yaml anywhere; by default"
        " the studies that config.yaml names",
    )
    check.add_argument("--json", action="store_true", help="as JSON, every finding with its cell")
    check.set_defaults(carry_out=_check)
    return parser


def _check(given: Namespace) -> int:
    found = [checked(folder) for folder in folders(given.studies, Path())]
    print(in_json(found) if given.json else in_words(found))  # noqa: T201 - as above
    return WRONG if any(each.wrong for each in found) else 0
