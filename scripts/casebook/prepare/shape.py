"""Where in a file its table stands: the header, the columns below it, and what is beside them.

A table that is not one header with rows of its length below it is refused, with what it looks like
instead. What is in the cells is not looked at, but for telling a header from what it is not.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casebook.base.absent import NOT_AVAILABLE
from casebook.base.numerals import SEEMING
from casebook.data.cells import MOST_CELLS, Grid, TableError, column_name, folded
from casebook.data.findings import Finding

NUMBER = re.compile(SEEMING)
"""A number, however it is written."""
_LETTER = re.compile(r"[^\W\d_]")
_MOST = 0.8
_SHOWN = 60
_SEPARATORS = "|^~:"
_TOLD = 20


@dataclass(frozen=True)
class Body:
    """The rows of a table from its header on that hold any text.

    Attributes:
        header: The number of the row with the headers.
        width: The last column with a header.
        rows: The texts of the columns up to there, by the number of the row.
        beside: The first text to the right of them in a row, with its column, where there is one.
    """

    header: int
    width: int
    rows: dict[int, Sequence[str]]
    beside: dict[int, tuple[int, str]]

    def without(self, left_out: Collection[int]) -> dict[int, tuple[int, str]]:
        """The texts beside the table in the rows that are used."""
        return {row: told for row, told in self.beside.items() if row not in left_out}

    @property
    def grid(self) -> Grid:
        """The same by columns."""
        columns = zip(*self.rows.values(), strict=True)
        return Grid(list(self.rows), dict(enumerate(columns, start=1)))


def has_text(row: Iterable[str]) -> bool:
    """Whether anything but white space stands in a row."""
    together = "".join(row)
    return bool(together) and not together.isspace()


@contextmanager
def on_header(header: int) -> Iterator[None]:
    """Let an error in the row of the header that the block raises say that it is of the header."""
    try:
        yield
    except TableError as error:
        error.of_header = error.row == header
        raise


def header_of(rows: Collection[int], left_out: Collection[int], least: int) -> int:
    """The number of the row with the headers, the first that is not left out.

    Raises:
        TableError: there are fewer than `least` rows below it.
    """
    numbers = list(rows)
    header = next((number for number in numbers if number not in left_out), min(numbers, default=0))
    if not numbers or sum(number > header for number in numbers) < least:
        hint = "the table is empty; if it is on another sheet, name that sheet in source.sheet"
        raise TableError("a header and at least one row below it", hint)
    return header


def width_of(headers: Iterable[tuple[int, str]], rows: int) -> int:
    """The last column with a header, of a table of so many rows.

    Raises:
        TableError: there are more cells than a table can have.
    """
    width = max(column for column, text in headers if text.strip())
    if rows * width > MOST_CELLS:
        found = f"{rows:,} rows and {width:,} columns"
        hint = "copy what belongs to the study into a table of its own"
        raise TableError(f"a table of up to {MOST_CELLS:,} cells", hint, value=found)
    return width


def first_text(cells: Iterable[tuple[int, str]]) -> tuple[int, str] | None:
    """The first cell that holds any text."""
    return next(((column, text) for column, text in cells if text.strip()), None)


def refuse_title(body: Body, left_out: Collection[int]) -> None:
    """Do nothing if the header is as wide as most rows below it.

    Raises:
        TableError: it is not, as a title above the header would be, or names of groups of columns.
    """
    header, width = body.header, body.width
    below = len(body.rows.keys() - {header, *left_out})
    wider = len(body.beside.keys() - {header, *left_out})
    if wider > below / 2:
        found = f"{width} cell{'s' * (width != 1)}"
        allowed = f"a header as wide as the table: {wider} of {below} rows below it are wider"
        named = [text.strip() for text in body.rows[header] if text.strip()]
        row = f"{{ {header}: a title }}"
        hint = f"if {named[0][:_SHOWN]!r} is a title, source.leave_out of study.yaml can say {row}"
        following = next(n for n in body.rows if n > header and n not in left_out)
        names = _seems_names(body, following, left_out)
        in_pieces = names and all(
            text.strip() for text in (*body.rows[header], *body.rows[following])
        )
        if len(named) == 1 or in_pieces:
            # A title can have commas in it. Names of groups would have gaps between them, or no
            # names of columns below each.
            error = TableError(allowed, hint, value=found, row=header)
            error.title = ", ".join(named)
            raise error
        # Names of columns would be lost with the row.
        raise _two_rows(header, following, allowed, found, sure=names)


def _seems_names(body: Body, following: int, left_out: Collection[int]) -> bool:
    """Whether the row below a narrow first one names columns, and is not that of a patient."""
    others = [row for n, row in body.rows.items() if n > following and n not in left_out]
    names = {at: name for at, text in enumerate(body.rows[following]) if (name := text.strip())}
    if any(name == row[at].strip() for row in others for at, name in names.items()):
        return False
    _, beside = body.beside.get(following, (0, ""))
    numbered = [name for name in (*names.values(), beside.strip()) if NUMBER.fullmatch(name)]
    are_visits = all(map(str.isdecimal, numbered))
    return are_visits and (not numbered or _stand_over_numbers(body.rows[following], others))


def _stand_over_numbers(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row of which some texts are numbers has a word over numbers, as Age over 50."""
    for place, name in enumerate(names):
        is_word = _LETTER.search(name) and folded(name) not in NOT_AVAILABLE
        numbers = sum(NUMBER.fullmatch(row[place].strip()) is not None for row in rows)
        if is_word and numbers > _MOST * len(rows):
            return True
    return False


def _two_rows(header: int, below: int, allowed: str, value: str, *, sure: bool) -> TableError:
    hint = (
        f"this looks like a header of two rows: write header: [{header}, {below}] under source in"
        " study.yaml; names of groups are put before those of their columns"
    )
    error = TableError(allowed, hint, value=value, row=header)
    error.of_header, error.header_rows, error.is_sure = True, (header, below), sure
    return error


def refuse_groups(body: Body, left_out: Collection[int]) -> None:
    """Do nothing if the header names columns, and not groups of those that the next row names.

    Raises:
        TableError: it holds groups: it has the same text above different ones, or none beside one
            as merged cells have, and numbers stand in these columns, but none in the next row.
    """
    used = [row for number, row in body.rows.items() if number not in {body.header, *left_out}]
    if len(used) < 2:
        return
    names = [text.strip() for text in used[0]]
    groups: defaultdict[str, list[int]] = defaultdict(list)
    group = ""
    for place, text in enumerate(body.rows[body.header]):
        group = text.strip() or group
        groups[group].append(place)
    several = {group: places for group, places in groups.items() if group and len(places) > 1}
    named = [[names[place] for place in places] for places in several.values()]
    told_apart = all(len({*each}) == len(each) for each in named)
    words = all(_LETTER.search(name) for each in named for name in each)
    numbers = {name for name in names if NUMBER.fullmatch(name)}
    if numbers:
        # Visits may be named by numbers alone, as 0, 4 and 8 below a score.
        own = [name for each in named for name in each]
        in_groups = all(map(str.isdecimal, numbers)) and numbers <= {*own}
        words = in_groups and _stand_over_numbers(names, used[1:])
    if not (told_apart and words):
        return
    for group, places in several.items():
        for place in places:
            below = [row[place].strip() for row in used[1:]]
            count = sum(NUMBER.fullmatch(text) is not None for text in below)
            if count * 2 > len(below) and names[place] not in below:
                following = next(n for n, row in body.rows.items() if row is used[0])
                allowed = "a header with a name for each column"
                raise _two_rows(body.header, following, allowed, group, sure=True)


def refuse_one_column(table: Path, body: Body) -> None:
    """Do nothing if a text file has several columns, or one without a sign between its parts.

    Raises:
        TableError: it has one column, and a sign as often in the header as in the row below.
    """
    first, *further = (row[0] for row in islice(body.rows.values(), 2))
    below = further[0] if further else first
    tabs = table.suffix.lower() == ".tsv"
    for sign in (_SEPARATORS + ",;" * tabs) * (body.width == 1):
        if 0 < first.count(sign) == below.count(sign):
            allowed = "tabs" if tabs else "commas, semicolons or tabs"
            hint = f"{sign!r} was found: save the table as CSV in UTF-8" + " with tabs" * tabs
            error = TableError(f"{allowed} between the columns", hint, value=first, row=body.header)
            raise error


def ragged(
    table: Path, body: Body, written: int, rows: Mapping[int, Sequence[str]]
) -> Iterator[Finding]:
    """Rows of a text file that have more or fewer cells than the header.

    Args:
        table: The file.
        body: Its rows.
        written: How many cells the header has with empty ones at its end, which programs write
            where a text is beside the table.
        rows: The rows of another length that are used, as they are written.
    """
    width = body.width
    for number, row in rows.items():
        count = len(row)
        beside = list(outside(str(table), body, body.beside.keys() & {number}))
        if beside and count <= written:
            yield from beside
            continue
        if beside:
            count = max(place for place, text in enumerate(row, start=1) if text.strip())
            hint = (
                "look for a separator inside a cell, which needs quotes around it; or, if"
                f" the text in column {beside[0].column} stands beside the table, {beside[0].hint}"
            )
        elif count < width:
            hint = "look for a missing separator, also at the end of the row"
        else:
            continue
        found = f"{count} cell{'s' * (count != 1)}"
        allowed = f"{width} cell{'s' * (width != 1)}, as in the header"
        yield Finding("error", str(table), number, "", found, allowed, hint)


def uneven(place: str, rows: Mapping[int, Sequence[str]]) -> Iterator[Finding]:
    """Rows of a text file with patients in columns that have fewer cells than there are patients.

    A row with one text, as the title of a part, is no such row.
    """
    filled = {
        number: [place for place, text in enumerate(row, start=1) if text.strip()]
        for number, row in rows.items()
    }
    width = max((places[-1] for places in filled.values() if places), default=0)
    for number, row in rows.items():
        if len(row) < width and len(filled[number]) > 1:
            hint = "look for a missing separator, also at the end of the row"
            told = (f"{len(row)} cells", f"{width} cells, as in the longest row", hint)
            yield Finding("error", place, number, "", *told)


def outside(place: str, body: Body, rows: Iterable[int]) -> Iterator[Finding]:
    """The first cell of each of these rows that stands beside the table."""
    last = column_name(body.width)
    allowed = f"no text to the right of the header, which is row {body.header}, columns A to"
    hint = "give its column a header; a column that study.yaml does not name is not read"
    for row in rows:
        column, text = body.beside[row]
        told = (text[:_SHOWN], f"{allowed} {last}", hint)
        yield Finding("error", place, row, column_name(column), *told)


def few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first findings, and how many more there are."""
    findings = iter(findings)
    yield from islice(findings, _TOLD)
    if more := list(findings):
        hint = f"and {len(more)} more rows"
        yield Finding("error", more[0].file, 0, "", "", more[0].allowed, hint)
