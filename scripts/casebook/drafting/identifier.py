"""Which column identifies the patients, and whether the table has several rows of each.

A table in which identifiers come again is long; what tells its rows apart is for `told_apart`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from casebook.data.cells import folded
from casebook.doubts.disclosure import risk_of_identifiers
from casebook.drafting.columns import Column
from casebook.drafting.identified import (
    Identifier,
    filled_down,
    in_each_row,
    is_named_once,
    plain_header,
)
from casebook.drafting.told_apart import is_called_visit, names_visits, with_rows_told_apart
from casebook.drafting.visits import names_a_visit
from casebook.reading.sheetremarks import is_formula_error

_NAMED = re.compile(
    r"(?:study |record |patient(?:en)? ?|pat\.? ?|pt\.? ?|subj(?:ect|\.)? ?|case ?|participant ?"
    r"|person ?|proband(?:en)? ?|volunteer ?|animal ?|screening |randomi[sz]ation |enrol(?:l?ment) "
    r"|serial |se?r\.? ?|sl\.? ?|s\.? ?|lfd\.? ?|laufende )?"
    r"(?:ids?|id (?:no\.?|nr\.?|number|code)|nr\.?|no\.?|num|number|nummer|code|identifier"
    r"|kennung|#|subjid)"
    r"|(?:id\.?|n[°º]|num[ée]ro|n[úu]mero|c[óo]digo|codice) ?(?:(?:de |del |du |di )?"
    r"(?:pat|patient|paciente|paziente|dossier|sujet|n?hc|historia(?: cl[íi]nica)?))?"
    r"|patients?(?: above)?|pat\.?|pt\.?|subj(?:ects?|\.)?|cases?|participants?|proband|fall|pid"
    r"|rownames?|initials|initialen|k[üu]rzel|paciente|paziente|pati[ëe]nt|usubjid|pseudonym|volunteer|animal"
)
_CODE = re.compile(r"(?:[A-Za-z]{1,12}[ _.-]?)?\d{1,6}")


def identifier(columns: Sequence[Column]) -> Identifier:
    """What identifies the patients, as far as headers and repeated texts tell."""
    filled = [each for each in columns if each.filled]
    named = [each for each in filled if names_patients(each.header)]
    named.sort(key=_has_visits)
    for each in named:
        if is_unique(each):
            told = "it is called so, and no text stands in it twice"
            return Identifier(each.header, told)
    for each in named:
        if rows := _repeated(each):
            told = f"{_first(each)} stands in {rows} rows"
            return _told_apart(Identifier(each.header, told, rows), columns, each)
        if once := _by_first_rows(each, columns):
            return once
    first = columns[0] if columns else None
    if first and is_unique(first) and all(map(_CODE.fullmatch, first.texts)) and _count_up(first):
        return Identifier(first.header, "it is the first column, and holds a code or number of its"
                          " own in each row")  # fmt: skip
    for each in filled:
        if by_rows := _by_its_rows(each, columns):
            return by_rows
    for each in named:
        if twice := _twice(each):
            again = repr(twice) if may_be_quoted(each) else "a text"
            told = f"it is called so, but {again} stands in it again: whether that is one patient"
            return Identifier(each.header, told)
    return Identifier("", "no column holds another code in each row, so patients are P01, P02, ...")


def _has_visits(column: Column) -> bool:
    """Whether a column names visits alone, as one does whose patients stand in rows above them."""
    return all(map(names_a_visit, column.filled))


def may_be_quoted(column: Column) -> bool:
    """Whether the identifiers of a column are codes, and say nothing of who the patients are."""
    return not risk_of_identifiers(column.header, [*column.different.values()])


def _first(column: Column) -> str:
    """The first identifier of a column in words, quoted if it is plainly a code."""
    text = column.texts[0]
    is_code = text[1:] == "" or any(map(str.isdecimal, text))
    return repr(text) if is_code and may_be_quoted(column) else "its first text"


def names_patients(header: str) -> bool:
    """Whether a header is what a column with the patients' identifiers is called."""
    return _NAMED.fullmatch(plain_header(header)) is not None


def is_unique(column: Column) -> bool:
    """Whether each row has a text of its own in a column."""
    each_has_one = len({*column.filled}) == len(column.texts)
    return each_has_one and not any(map(is_formula_error, column.texts))


def _count_up(column: Column) -> bool:
    """Whether numbers are those of a list, which measurements are not."""
    numbers = [int(digits[0]) for text in column.texts if (digits := re.search(r"\d+", text))]
    coded = not all(text.isdecimal() for text in column.texts)
    return coded or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _by_first_rows(column: Column, columns: Sequence[Column]) -> Identifier | None:
    """A column with each patient in the first of several rows alone, if these are told apart."""
    if not is_named_once(column):
        return None
    told = f"{_first(column)} stands in the first of several rows"
    every = in_each_row(column)
    rows = max(Counter(every.texts).values())
    once = Identifier(column.header, told, rows, fill_down=column.header)
    found = with_rows_told_apart(once, filled_down(columns, column.header), every)
    return found if found.is_told else None


def _by_its_rows(column: Column, columns: Sequence[Column]) -> Identifier | None:
    """A column that is known to identify patients by its rows, if visits tell these apart.

    It has numbers or names by which patients are known elsewhere, or it is the first one, and has
    the rows of each code one below the other.
    """
    is_known = bool(risk_of_identifiers(column.header, []))
    if not (is_known or (column is columns[0] and _is_of_blocks(column))):
        return None
    if is_known and (once := _by_first_rows(column, columns)):
        return once
    rows = _repeated(column)
    below = "" if is_known else ", one below the other"
    who = Identifier(column.header, f"{_first(column)} stands in {rows} rows{below}", rows)
    found = _told_apart(who, columns, column) if rows else who
    return found if found.of_visits and (is_known or names_visits(found, columns)) else None


def _is_of_blocks(column: Column) -> bool:
    """Whether a column has codes, and no names of visits, each in rows one below the other."""
    codes = [code for code, _ in groupby(column.texts)]
    are_codes = all(map(_CODE.fullmatch, codes)) and not any(map(names_a_visit, codes))
    return are_codes and len(codes) == len({*codes}) and not is_called_visit(column)


def _told_apart(who: Identifier, columns: Sequence[Column], patient: Column) -> Identifier:
    """The same with what tells the rows of a patient apart, if need be below an only text."""
    found = with_rows_told_apart(who, columns, patient)
    if found.is_told:
        return found
    for each in filter(is_named_once, columns):
        filled = filled_down(columns, each.header)
        once = replace(who, fill_down=each.header)
        if (below := with_rows_told_apart(once, filled, patient)).is_told:
            return below
    return found


def _repeated(column: Column) -> int:
    """In how many rows the first patient stands, where most patients have several rows."""
    if len(column.different) > len(column.filled) * 0.75:
        return 0
    first = folded(column.texts[0])
    return max(2, sum(folded(text) == first for text in column.texts))


def _twice(column: Column) -> str:
    """The first code that comes again among codes most of which do not; empty if there is none."""
    if not all(map(_CODE.fullmatch, column.texts)):
        return ""
    counts = Counter(column.texts)
    again = [text for text in column.texts if counts[text] > 1]
    return again[0] if again and len(counts) > len(column.texts) * 0.75 else ""
