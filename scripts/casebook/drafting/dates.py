"""Columns of dates, and how these are written."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations, permutations

from casebook.base.days import (
    ISO,
    SERIAL,
    USUAL_FIRST_YEAR,
    day_in,
    is_part_of_a_day,
    is_with_year_moved,
    with_time,
)
from casebook.drafting.behind import MOST_ODD
from casebook.drafting.centuries import century_of, years_apart
from casebook.drafting.columns import Column, Guess

_DAYS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d"),
    *("%Y.%m.%d", "%d %b %Y", "%d-%b-%Y", "%d. %b %Y", "%d.%b.%Y", "%d de %b de %Y", "%b %d, %Y"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d %b %y", "%d-%b-%y"),
    *("%d. %b %y", "%d.%b.%y"),
    *("%y-%m-%d", "%y/%m/%d", "%y.%m.%d"),
)
_LIKE_A_DAY = re.compile(r"\d{1,4}(?:er|st|nd|rd|th|º|ª)?[./ -]|[^\W\d_]{3,9} \d")
_MOST_FORMATS = 3
_CALLED_DAYS = re.compile(
    r"(?<![^\W_])(?:dat(?:e|es|um)|fecha|day|tag|dob|born|births?|geb\w*|naissance|seen|since|seit"
    r"|onset|begin\w*|began|start|started|stop|stopped|end|ended|ende|d[ée]but|inicio|fin)(?![^\W_])"
)
_COUNTED = re.compile(r"\d{5}")
_FIRST, _LAST = 1930, 2049
"""Between which years numbers are taken for days as spreadsheets count them."""
_FEWEST_IN_ORDER = 3
"""Of fewer dates than one more it cannot be seen that one has another order than they all have."""
_MOST_WORDS = 3
"""So many words may stand in cells that are no dates, as that something goes on."""


def days(column: Column) -> Guess | None:
    """The guess that a column holds dates, but for a few cells with a slip or a word for none."""
    if counted := counted_days(column):
        return counted
    forms = _forms_of(column.filled)
    odd = {text for text in column.filled if _read(text, *forms) is None}
    odd |= _of_another_order([text for text in column.filled if text not in odd], forms)
    if not odd:
        return dates(column)
    without = [t for t in column.different.values() if not any(map(str.isdecimal, t))]
    slips = [text for text in column.filled if text in odd and text not in without]
    if parts := _parts_of_days(column, odd, len(slips)):
        return parts
    some = replace(column, texts=["" if t in odd or t in without else t for t in column.texts])
    if len(without) > _MOST_WORDS or len(slips) > max(1, MOST_ODD * len(column.filled)):
        return None
    if len(some.filled) * 2 <= len(column.filled) or not (found := dates(some)):
        return None
    told = replace(found, reason=found.reason.replace("all", "most", 1), slips=slips)
    if not without:
        return told
    reason = "no dates, so they seem to mean that there is none; what they say, as that a treatment"
    reason += " goes on, needs a column of its own"
    return replace(told, missing=without, missing_reason=reason)


def _of_another_order(texts: Sequence[str], forms: Sequence[str]) -> set[str]:
    """The few texts that are no days in the order of day, month and year that all others have.

    Such as 31.2.23 among days as 28.2.23, of which there is none but in the year 2031. Without
    them the others have one order, or lie in fewer years; nothing if that is not so.
    """
    every = _dates_of(texts)
    for start in ("%d", "%m", "%y"):
        others = {"%d", "%m", "%y"} - {start}
        kept = [form for form in forms if form[:2] not in others or "%b" in form]
        odd = {text for text in texts if _read(text, *kept) is None}
        rest = [text for text in texts if text not in odd]
        few = 0 < len(texts) - len(rest) <= max(1, MOST_ODD * len(texts))
        found = _dates_of(rest) if few and len(rest) > _FEWEST_IN_ORDER else None
        if found and (not every or _apart(rest, found) < _apart(texts, every)):
            return odd
    return set()


def _apart(texts: Sequence[str], found: Guess) -> int:
    """How many years lie between dates whose years have two digits, at least."""
    return max(years_apart(texts, form) for form in found.formats)


def _parts_of_days(column: Column, odd: Collection[str], slips: int) -> Guess | None:
    """The guess that a column has months and years beside days, or alone, which are kept as text.

    Args:
        column: The column.
        odd: The texts that are no days.
        slips: How many cells have one of these that could be a slip.
    """
    parts = [text for text in column.filled if text in odd and is_part_of_a_day(text)]
    few = slips <= max(1, MOST_ODD * len(column.filled))
    if few or 10 * len(parts) < 9 * slips or all(map(str.isdecimal, parts)):
        return None
    shown = "" if column.private else f", as {parts[0]!r}"
    which = f"{len(parts)} cells of {len(column.filled)} have a month or a year{shown}, and no day"
    todo = (
        "to have dates, write the days that may stand for them in corrections.tsv, and type: date"
    )
    return Guess("text", f"{which}: {todo}")


def counted_days(column: Column) -> Guess | None:
    """The guess that a column called so has days of which a spreadsheet counts all, or some."""
    texts = column.filled
    counted = sum(map(_is_counted, texts))
    if not counted or not _CALLED_DAYS.search(column.header.lower()):
        return None
    if counted < len(texts):
        return _dates_of(texts, is_private=bool(column.private))
    reason = "all cells seem to be days as a spreadsheet counts them"
    if not column.private:
        reason += f", {texts[0]!r} for {day_in(texts[0], SERIAL)}"
    return Guess("date", reason, formats=[SERIAL])


def _is_counted(text: str) -> bool:
    """Whether a text can be a day of our time as a spreadsheet counts it."""
    day = _day(text, SERIAL) if _COUNTED.fullmatch(text) else None
    return day is not None and _FIRST <= day.year <= _LAST


def dates(column: Column) -> Guess | None:
    """The guess that a column holds dates; None if it does not."""
    return counted_days(column) or _dates_of(column.filled, is_private=bool(column.private))


def _dates_of(filled: Iterable[str], *, is_private: bool = False) -> Guess | None:
    """The guess that all of some texts are dates, which quotes none if they are private."""
    texts = [*dict.fromkeys(filled)]
    forms = _forms_of(texts)
    if not texts or _read(texts[0], *forms) is None:
        return None
    fitting = _likely([*_fitting(texts, forms)], texts)
    if not fitting:
        several = _several(texts, forms)
        reason = f"all cells are dates, written in {len(several)} ways"
        century = century_of(texts, several)
        return Guess("date", reason, formats=several, century=century) if several else None
    first, *others = fitting
    reason = "all cells are dates"
    if others:
        read = ((text, _read(text, first)) for text in texts)
        text, day = next((text, day) for text, day in read if day)
        shown = f"{first!r} is taken" if is_private else f"{text!r} is taken for {day:%d %B %Y}"
        which = (
            "which is the year"
            if others[0].startswith("%y")
            else "whether day or month comes first"
        )
        reason += f"; {which} cannot be seen:"
        reason += f" {shown}, and {others[0]!r} is the other way"
    return Guess("date", reason, formats=[first], century=century_of(texts, [first]))


def _forms_of(texts: Iterable[str]) -> list[str]:
    """The forms that days can have, with a time behind them where some texts have one."""
    different = {*texts}
    times = dict.fromkeys(with_time(text)[1] for text in different)
    counted = sum(map(_is_counted, different))
    beside = [SERIAL] if 0 < counted < len(different) else []
    return [*_DAYS, *(form + time for time in times if time for form in _DAYS), *beside]


def _fitting(texts: Sequence[str], forms: Sequence[str]) -> Iterator[str]:
    """The formats that all texts are written in; a workbook gives its own dates in ISO form."""
    for written in forms:
        is_of_all = all(_read(text, written, ISO) is not None for text in texts)
        if is_of_all and any(_read(text, written) is not None for text in texts):
            yield written


def _likely(fitting: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Those of the formats by which the dates lie in the fewest years, as far as these are short.

    22-03-05 and 22-04-30 are rather of one year than of two that lie far apart.
    """
    apart = {each: years_apart(texts, each) for each in fitting}
    least = min(apart.values(), default=0)
    return [each for each in fitting if apart[each] == least]


def _several(texts: Sequence[str], forms: Sequence[str]) -> Sequence[str]:
    """The fewest formats of which each text is written in one, and read as one day by all."""
    days = {
        written: {text: day for text in texts if (day := _read(text, written))}
        for written in (ISO, *(each for each in forms if each != ISO))
    }
    used = {written: read for written, read in days.items() if read or written == ISO}
    for count in range(2, _MOST_FORMATS + 1):
        found = []
        for chosen in combinations(used, count):
            # A day in ISO form is always read.
            read = [used[written] for written in {ISO, *chosen}]
            if any(is_with_year_moved(*pair) for pair in permutations(chosen, 2)):
                continue
            if all(len({each[t] for each in read if t in each}) == 1 for t in texts):
                found.append(chosen)
        if found:
            return min(found, key=_orders)
    return ()


def _orders(formats: Iterable[str]) -> int:
    """In how many orders day, month and year stand, but for that in which they are always read."""
    letters = (re.findall("%([dmbByY])", each) for each in formats if each != ISO)
    return len({"".join(each).lower().replace("b", "m") for each in letters})


def _read(text: str, *formats: str) -> date | None:
    """The day that a text is in the first of some formats that it is written in."""
    if _COUNTED.fullmatch(text):
        return _day(text, SERIAL) if SERIAL in formats else None
    # What looks like no day is told as soon as possible, as notes can be many.
    if not _LIKE_A_DAY.match(text):
        return None
    likely = (written for written in formats if written[2] in text)
    return next(filter(None, (_day(text, written) for written in likely)), None)


@lru_cache(maxsize=100_000)
def _day(text: str, written: str) -> date | None:
    return day_in(text, written, USUAL_FIRST_YEAR)
