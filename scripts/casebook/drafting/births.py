"""Columns of dates of birth whose years have two digits: before a patient's other dates.

Which hundred years these can be is for `centuries`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import repeat

from casebook.base.days import DayForms
from casebook.doubts.disclosure import LIKE_BIRTHS, risk_of_header
from casebook.drafting.centuries import century_of_births, usual_century_of
from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.parts import Variable

_YEAR = re.compile(r"(?<!\d)(?:(?<=\d[./-])|(?=\d{4}[./-]\d))((?:19|20)\d\d)(?!\d)")
"""A year in full beside a day or a month."""


def with_births_in_time(
    variables: Sequence[Variable], columns: Sequence[Column], who: Identifier
) -> Iterator[Variable]:
    """The same with births before the other dates of each row, where two digits allow it.

    Where no other column has dates, they are before the end of the latest year that stands in one.

    Args:
        variables: The variables of a table.
        columns: Its columns.
        who: What identifies its patients, and what tells the rows of each apart.
    """
    dated = [each for each in variables if each.guess.type == "date"]
    forms = {each.column: each.guess.forms for each in dated}
    births = {header for header in forms if risk_of_header(header) == LIKE_BIRTHS}
    if who.start:
        forms |= {who.start: who.forms, who.of_visits: who.forms}
    texts = {each.header: each.texts for each in columns}
    others = [(texts[header], forms[header]) for header in forms if header not in births]
    rest = (text for header, own in texts.items() if header not in births for text in own)
    latest = None if others else _latest_year(rest)
    for each in variables:
        guess = each.guess
        if each.column in births and guess.century.first_year is not None:
            own = texts[each.column]
            seen = _first_days(others) if others else repeat(latest, len(own))
            if others or latest:
                century = century_of_births(zip(own, seen, strict=True), guess.formats)
            else:
                century = usual_century_of(own, guess.formats)
            guess = replace(guess, century=century)
        yield replace(each, guess=guess)


def _latest_year(texts: Iterable[str]) -> date | None:
    """The end of the latest year that stands in texts like dates; None if none does."""
    years = [int(year) for text in texts for year in _YEAR.findall(text)]
    return date(max(years), 12, 31) if years else None


def _first_days(others: Sequence[tuple[Sequence[str], DayForms]]) -> Iterator[date | None]:
    """The first date of each row in some columns, each with how its dates are written."""
    for row in zip(*(texts for texts, _ in others), strict=True):
        days = (forms.days(text) for text, (_, forms) in zip(row, others, strict=True))
        yield min((day for found in days for day in found), default=None)
