"""What identifies the patients of a raw table, and rows that are perhaps one patient's.

One row a patient is what casebook reads: an identifier that is missing or stands twice is an error,
and of a table with a row for each visit it is said that it is long. Identifiers that readers can
hardly tell apart, and rows with the same contents, are signs that one patient was entered twice.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casebook.base.lists import enumerated
from casebook.base.lookup import blocks
from casebook.data.cells import column_name, folded, normalised
from casebook.data.findings import Finding
from casebook.doubts.long_tables import ANY, KEEP, LONG, in_braces, lines_for
from casebook.doubts.misspelt import where_they_differ

_TWICE = (
    "they are the same in every column: a row that was entered twice can be left out, with the"
    " reason: source.leave_out in study.yaml"
)
_NO_PATIENT = (
    "a row that is not a patient can be left out, with the reason: source.leave_out in study.yaml"
)
# Fillers, the joiner of graphemes and the selectors of variants, none of which can be seen.
_BLANK = re.compile(r"[\u034f\u115f\u1160\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
_LIKE_DIGITS = re.compile("[OoIl]")
_DIGITS = str.maketrans("OoIl", "0011")
_NUMBER_SIGN = re.compile(
    r"#\s*(?=\w)|(?:(?:#|N[OR]|N°|NR?O|NUM|NUMBER|NUMMER|NUM[ÉE]RO|N[ÚU]MERO|LFD|ID|PT|PAT|PATIENT(?:EN|IN)?)"
    r"[\s.:#_-]*)+(?=\d)"
)
"""What stands before a number and says no more than that it is one, or a patient's."""
_BETWEEN = "\0"
_NUMBER_SIGNS = re.compile(f"{_BETWEEN}(?:{_NUMBER_SIGN.pattern})")
"""The same in one of several texts with that sign before each."""
_WHOLE = re.compile(r"(\d+)[.,]0+")
"""A whole number with decimals, as programs write it once a cell of the column is empty."""
_JOINT = re.compile(r"(?<=[^\W\d_])[\s_-]+(?=\d)")
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_MADE = re.compile(r"\d(?:\.\d+)?E\+\d+|\d{4}-\d\d-\d\d|\d\d?([./])\d\d?\1\d{4}")
"""What a spreadsheet shows of 1E5, or of 1-2: a number in powers of ten, or a day."""
_MOST_COMPARED = 1000
_CHANCE = 0.05
"""How many pairs of patients may agree in everything by chance, for a pair to tell anything."""
# Cyrillic and Greek capitals that look like Latin ones, as keyboards of two alphabets mix them.
_LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTYXIJSABEZHIKMNOPTYX")


def rows_called(rows: Sequence[int]) -> str:
    """What several rows of a table are called."""
    return f"rows {enumerated([*map(str, rows)])}"


def columns_called(rows: Sequence[int]) -> str:
    """What they are called where the file has patients in columns."""
    return f"columns {enumerated([*map(column_name, rows)])}"


def problems(
    identifiers: Mapping[int, str],
    missing: Sequence[str],
    file: str,
    column: str,
    others: Callable[[], Mapping[str, Mapping[int, str]]],
    called: Callable[[Sequence[int]], str] = rows_called,
) -> Iterator[Finding]:
    """Identifiers that are missing or stand twice, as errors.

    Args:
        identifiers: The identifier in each row, normalised, from the top.
        missing: The texts that mean "not available".
        file: The table, for the message.
        column: The column of the identifiers, for the message.
        others: Gives the texts of all other columns, by their headers and rows.
        called: What several rows are called in messages.
    """
    codes, different = {"", *map(folded, missing)}, {*identifiers.values()}
    if len(different) == len(identifiers) and codes.isdisjoint(map(str.casefold, different)):
        return
    without = [row for row, text in identifiers.items() if text.casefold() in codes]
    named = {row: text for row, text in identifiers.items() if text.casefold() not in codes}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in named.items():
        rows[text].append(row)
    repeated = {text: places for text, places in rows.items() if len(places) > 1}
    errors = _Errors(file, column, called)
    if len(repeated) > 1 and len(repeated) * 2 >= len(rows):
        yield errors.several_rows(repeated, len(rows), lines_for(named, others()))
    elif _is_filled_once(identifiers, {*without}, len(rows)):
        yield errors.filled_once(without)
        return
    else:
        for text, places in repeated.items():
            yield errors.twice(text, places, _of_rows(places, others()))
    for row in without:
        yield errors.missing(row)


def made_by_spreadsheet(identifiers: Mapping[int, str]) -> list[int]:
    """The rows whose identifiers are numbers or days such as a spreadsheet makes of texts.

    There are none where that may be how patients are identified.
    """
    found = [row for row, text in identifiers.items() if _MADE.fullmatch(text)]
    return found if len(found) <= len(identifiers) / 2 else []


@dataclass(frozen=True)
class _Errors:
    """How it is told what is wrong with the identifiers in a column of a table."""

    file: str
    column: str
    called: Callable[[Sequence[int]], str]

    def several_rows(
        self, repeated: Mapping[str, Sequence[int]], patients: int, lines: str
    ) -> Finding:
        """Many patients have several rows; `lines` would make it a long table in study.yaml."""
        text, rows = next(iter(repeated.items()))
        allowed = (
            f"one row per patient; {len(repeated)} of {patients} patients have several rows, such"
            f" as {self.called(rows)}"
        )
        return self._error(rows[1], text, allowed, f"{LONG}: {lines}; {KEEP}")

    def filled_once(self, without: Sequence[int]) -> Finding:
        """The identifier stands in the first of a patient's rows alone."""
        allowed = f"the patient's identifier; {len(without)} rows have none"
        filled = f"write 'fill_down: {in_braces(self.column)}' under source in study.yaml"
        return self._error(without[0], "", allowed, f"{LONG}: {filled}, and {ANY}; {KEEP}")

    def twice(self, text: str, rows: Sequence[int], hint: str) -> Finding:
        """An identifier stands in several rows, as few or no others do."""
        stand = f"{self.called(rows)} have this identifier"
        return self._error(rows[1], text, f"one row per patient; {stand}", hint)

    def missing(self, row: int) -> Finding:
        """A row has no identifier."""
        return self._error(row, "", "the patient's identifier", _NO_PATIENT)

    def _error(self, row: int, text: str, allowed: str, hint: str) -> Finding:
        return Finding("error", self.file, row, self.column, text, allowed, hint)


def _is_filled_once(rows: Collection[int], without: Collection[int], patients: int) -> bool:
    """Whether rows without an identifier follow half of the patients or more, as their visits."""
    continued = sum(row - 1 in rows and row - 1 not in without for row in without)
    return continued > 1 and continued * 2 >= patients


def _of_rows(rows: Sequence[int], others: Mapping[str, Mapping[int, str]]) -> str:
    """What can be done about the rows of one identifier, if most patients have a single row.

    Many a column tells two rows apart, as one of sex, so that none is named as that of visits.
    """
    different = [
        header for header, texts in others.items() if len({texts[row] for row in rows}) > 1
    ]
    if not different:
        return _TWICE
    shown = ", ".join(map(repr, different[:3])) + " and others" * (len(different) > 3)
    return (
        f"they differ in {shown}: if they are one patient's visits, this is a long table:"
        f" {ANY}; if they are two patients, give one another identifier by a line of"
        " corrections.tsv that names the row; a row can be left out (source.leave_out) only if"
        " nothing is lost with it"
    )


def lookalikes(identifiers: Mapping[int, str]) -> dict[int, str]:
    """Which earlier identifier looks the same, in words, by the row of each later one."""
    looks = dict(zip(identifiers, looks_of(identifiers.values()), strict=True))
    same = _like_an_earlier(identifiers, looks)
    # Where one has a digit, an O or l of the other may be a slip; initials have letters alone.
    some = _LIKE_DIGITS.search("".join(identifiers.values()))
    with_letters = (row for row, text in identifiers.items() if some and _LIKE_DIGITS.search(text))
    with_digits = looks | {row: _looks(identifiers[row].translate(_DIGITS)) for row in with_letters}
    slips = {
        row: like
        for row, like in _like_an_earlier(identifiers, with_digits).items()
        if re.search(r"\d", identifiers[row] + identifiers[like])
    }
    return {
        row: f"{identifiers[row]!r} looks like {identifiers[like]!r} in row {like}"
        for row, like in sorted({**slips, **same}.items())
    }


def perhaps_misspelt(text: str, identifiers: Collection[str]) -> str:
    """The identifier that may be `text` with a slip, as PA-l3 may be PA-13; empty if none may.

    It differs by a letter, or looks the same, and most of the others are written as `text` is, with
    letters and digits in the same places, but it is not. Among thousands none is looked for.
    """
    if len(identifiers) > _MOST_COMPARED:
        return ""
    form = _form(text)
    odd = [each for each in identifiers if _form(each) != form]
    if len(odd) * 2 > len(identifiers):
        return ""
    return next((each for each in odd if _differ_by_a_slip(text, each)), "")


@lru_cache(_MOST_COMPARED)
def _form(identifier: str) -> str:
    """Where an identifier has digits, capitals and other letters, and what else is in it."""
    return re.sub(r"\d+", "0", re.sub("[A-Z]+", "A", re.sub("[a-z]+", "a", identifier)))


def _differ_by_a_slip(one: str, other: str) -> bool:
    return max(map(len, where_they_differ(one, other))) == 1 or bool(lookalikes({0: one, 1: other}))


def _like_an_earlier(identifiers: Mapping[int, str], looks: Mapping[int, str]) -> dict[int, int]:
    """The first row that looks as a later one, by the later, if the identifiers differ."""
    if len({*looks.values()}) == len(looks):
        return {}
    first: dict[str, int] = {}
    alike = {row: first.setdefault(look, row) for row, look in looks.items()}
    return {row: like for row, like in alike.items() if identifiers[row] != identifiers[like]}


def looks_of(identifiers: Iterable[str]) -> Iterator[str]:
    """What `_looks` gives of each; of letters and digits of ASCII, with a sign between, at once."""
    for some in blocks(identifiers):
        together = "".join(some)
        if together.isascii() and together.isalnum():
            text = _NUMBER_SIGNS.sub(_BETWEEN, _BETWEEN.join(["", *some]).upper())
            yield from _LEADING_ZEROS.sub("", text).split(_BETWEEN)[1:]
        else:
            yield from map(_looks, some)


def _looks(text: str) -> str:
    """An identifier without what readers pass over.

    That is case, white space, dashes, leading zeros, and what says that a number is one: No. 05.
    """
    text = text.upper() if text.isascii() else _in_latin(text)
    text = text if text.isalnum() else normalised(text).rstrip(" .,;:)")
    if sign := _NUMBER_SIGN.match(text):
        text = text[sign.end() :]
    if whole := _WHOLE.fullmatch(text):
        text = whole[1]
    return _LEADING_ZEROS.sub("", _JOINT.sub("", text))


def _in_latin(text: str) -> str:
    """A text in capitals, with the letters and dashes of ASCII for those that look like them."""
    plain = unicodedata.normalize("NFKC", _BLANK.sub("", text)).upper().translate(_LATIN)
    return "".join(
        "-" if unicodedata.category(c) == "Pd" or c == "\N{MINUS SIGN}" else c
        for c in plain
        if unicodedata.category(c) != "Cf"
    )


def twins(rows: Sequence[int], columns: Sequence[Sequence[str]]) -> dict[int, str]:
    """Which earlier row has the same contents, in words, by the row of each later one.

    Where two patients are likely to agree by chance, as with few columns of coarse scores, there is
    none.

    Args:
        rows: The numbers of the rows.
        columns: The texts of each column in them.
    """
    contents = list(zip(*columns, strict=True)) if columns else [()] * len(rows)
    counts = Counter(contents)
    if len(counts) == len(rows) or _alike_by_chance(counts, columns) >= _CHANCE:
        return {}
    first: dict[tuple[str, ...], int] = {}
    alike = {row: first.setdefault(each, row) for row, each in zip(rows, contents, strict=True)}
    return {
        row: f"it is the same as row {like} in every column that is read"
        for row, like in alike.items()
        if like != row
    }


def _alike_by_chance(contents: Counter[tuple[str, ...]], columns: Sequence[Sequence[str]]) -> float:
    """How many pairs of rows are to be expected that agree in all columns, were these unrelated.

    How often two rows agree in a column is counted, but for the pairs that agree in all of them.
    """
    pairs, same = math.comb(contents.total(), 2), _pairs(contents)
    agreeing = (_pairs(Counter(column)) - same for column in columns)
    return pairs * math.prod((each + 0.5) / (pairs - same + 1) for each in agreeing)


def _pairs(counts: Mapping[Any, int]) -> int:
    """How many pairs of values are equal, by how often each is there."""
    return sum(math.comb(count, 2) for count in counts.values())
