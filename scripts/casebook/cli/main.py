"""The command `casebook`, for whoever writes a study; Snakemake makes the reports.

This module knows the arguments and the exit codes, and prints what others found. It stands above
everything else, and no rule calls it. What one command needs is imported there: a check takes half
the time without the numbers of the audit and the guesses of drafts.
"""

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from casebook.base.errors import UserError
from casebook.cli import check
from casebook.data.cells import MOST_ROWS
from casebook.quoting.written import DECIMAL_SIGNS, LANGUAGES, Hints
from casebook.study.folder import CLAIMS

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
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)  # noqa: T201 - as above
        return NOT_DONE
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="casebook", description="Write and check a study for casebook.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="tell all mistakes in the files of a study"))
    _add_new(commands.add_parser("new", help="begin a study from a table, with a draft"))
    drafted = "draft the claims of a paper from its text and tables"
    _add_claims(commands.add_parser("claims", help=drafted))
    told = "tell which programs may have made the numbers of a paper"
    _add_fingerprint(commands.add_parser("fingerprint", help=told))
    return parser


def _add_check(parser: ArgumentParser) -> None:
    parser.description = (
        "Tell all that is wrong with study.yaml, the table, the corrections and the claims of a"
        " study, and warnings. Nothing is made. The exit code is 0 without mistakes, 1 with some,"
        " and 2 if there is no such study."
    )
    parser.add_argument(
        "studies",
        metavar="STUDY",
        nargs="*",
        help="name of a study in resources/, or a folder with a study.yaml anywhere; by default"
        " the studies that config.yaml names",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--all", action="store_true", help="all notes, and not the first few alone")
    form.add_argument("--json", action="store_true", help="as JSON, every finding with its cell")
    parser.set_defaults(carry_out=_check)


def _check(given: Namespace) -> int:
    found = [check.checked(folder) for folder in check.folders(given.studies, Path())]
    whole = check.in_json if given.json else check.in_words_whole
    _tell(whole(found) if given.json or given.all else check.in_words(found))
    return WRONG if any(each.wrong for each in found) else 0


def _add_new(parser: ArgumentParser) -> None:
    parser.description = (
        "Copy tables into a new folder of resources/, and write a draft of study.yaml beside them:"
        " what their columns seem to mean, each guess with its reason. Nothing is overwritten."
    )
    parser.epilog = (
        "A paper that prints summaries and no data of patients is begun with the word none in place"
        " of a table: casebook new none --name NAME. Before there is any table, begin with the"
        " template in docs/smallest-study.md."
    )
    parser.add_argument(
        "tables",
        metavar="TABLE",
        type=Path,
        nargs="+",
        help="a spreadsheet, .csv or .tsv; several are joined by the patients' identifiers",
    )
    parser.add_argument("--name", help="name of the study; by default that of the first table")
    parser.add_argument("--into", metavar="FOLDER", type=Path, help="another folder, to be made")
    _add_ways_of_reading(parser)
    parser.set_defaults(carry_out=_new)


def _add_ways_of_reading(parser: ArgumentParser) -> None:
    """The options that say how the tables are to be read."""
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        help="sheet of a workbook, or table of a document; given several times, they are joined",
    )
    parser.add_argument(
        "--header",
        metavar="ROWS",
        type=_header,
        default=[],
        help="the row with the headers, as in 3, or two, as in 3,4: that with names of groups of"
        " columns, and that below; by default casebook looks for them",
    )
    parser.add_argument("--encoding", help="encoding of a text file that is not UTF-8, as cp1252")
    parser.add_argument(
        "--dictionary",
        metavar="FILE",
        type=Path,
        help="REDCap's data dictionary of the table; by default one that lies beside it",
    )
    parser.add_argument(
        "--catalogue",
        metavar="FILE",
        type=Path,
        help="SAS's catalogue of formats, which has the labels of codes, for all tables of SAS; by"
        " default one beside each, of its name or called formats.sas7bcat",
    )
    parser.add_argument(
        "--leave-out",
        metavar="ROWS",
        type=_rows,
        action="extend",
        default=[],
        help="rows that are not used, as a title above the table, by their numbers: 1,18-20",
    )


def _rows(text: str) -> list[int]:
    """The numbers of rows that a user names, as in 3 or 1,18-20."""
    found: list[int] = []
    for part in text.split(","):
        ends = re.fullmatch(r" *(\d{1,7})(?: *[-–] *(\d{1,7}))? *", part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 0 < first <= last <= MOST_ROWS:
            raise ArgumentTypeError(f"{text!r} is not a list of row numbers, such as 3 or 1,18-20")
        found += range(first, last + 1)
    return found


def _header(text: str) -> list[int]:
    """The one or two rows of a header that a user names."""
    found = _rows(text)
    if len(found) > 2:
        raise ArgumentTypeError(f"{text!r} are {len(found)} rows, and a header has one or two")
    return found


def _new(given: Namespace) -> int:
    from casebook.cli import new
    from casebook.cli.given import Told
    from casebook.study.source import NO_TABLE

    if given.tables == [Path(NO_TABLE)] and not given.tables[0].is_file():
        return _new_printed(given)
    folder = given.into or new.folder_of(given.tables[0], given.name, Path())
    told = Told(
        None,
        given.encoding,
        given.leave_out,
        given.dictionary,
        given.catalogue,
        given.header,
    )
    begun = new.begin(given.tables, folder, told, given.sheet)
    _tell("\n".join(new.in_words(begun)))
    return WRONG if begun.wrong else 0


def _new_printed(given: Namespace) -> int:
    from casebook.cli.given import NotBegunError
    from casebook.cli.new import folder_of
    from casebook.cli.new_printed import begin_printed, next_steps

    if not (given.name or given.into):
        raise NotBegunError("without a table the study needs a name: --name NAME")
    folder = given.into or folder_of(given.tables[0], given.name, Path())
    begin_printed(folder)
    _tell("\n".join(next_steps(folder)))
    return 0


def _add_claims(parser: ArgumentParser) -> None:
    parser.description = (
        "Find every number that a paper prints, guess what of the study each corresponds to, and"
        " write a claims.tsv in which each line is marked for review. Where the study has results,"
        " they decide between guesses that the words leave open."
    )
    parser.add_argument("paper", metavar="PAPER", type=Path, help=".docx, .html, .xml, .pdf, .txt")
    parser.add_argument("study", metavar="STUDY", help="as for check")
    parser.add_argument("--into", metavar="FILE", type=Path, help="another file than claims.tsv")
    own = "of the paper; by default found from its"
    parser.add_argument("--language", choices=LANGUAGES, default="", help=f"that {own} words")
    parser.add_argument("--decimal", choices=DECIMAL_SIGNS, help=f"the decimal sign {own} numbers")
    parser.set_defaults(carry_out=_claims)


def _claims(given: Namespace) -> int:
    from casebook.cli import claims

    (folder,) = check.folders([given.study], Path())
    hints = Hints(given.language, given.decimal)
    found = claims.draft(given.paper, folder, Path("results", folder.name), given.into, hints)
    _tell("\n".join(claims.in_words(found, given.into or folder / CLAIMS)))
    return 0


def _add_fingerprint(parser: ArgumentParser) -> None:
    parser.description = (
        "Tell which statistics programs, by their defaults, give the quartiles, Wilcoxon tests"
        " and intervals of shifts that a paper prints, and what the others would have printed. It"
        " is read from the results of the last run."
    )
    parser.add_argument(
        "studies", metavar="STUDY", nargs="*", help="as for check; by default those of config.yaml"
    )
    parser.set_defaults(carry_out=_fingerprint)


def _fingerprint(given: Namespace) -> int:
    from casebook.cli import fingerprint

    for folder in check.folders(given.studies, Path()):
        _tell("\n".join(fingerprint.in_words(folder, Path("results", folder.name))))
    return 0


def _tell(text: str) -> None:
    print(text)  # noqa: T201 - what a command is for


if __name__ == "__main__":
    sys.exit(main())
