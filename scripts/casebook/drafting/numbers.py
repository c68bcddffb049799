"""Columns of numbers: how they are written, what stands beside them, and which are no values.

A text that can be two numbers is taken for none.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from casebook.base.absent import NO_AMOUNT
from casebook.base.inexact import Form, inexact
from casebook.base.numerals import Numerals, readings
from casebook.data.cells import folded
from casebook.drafting.behind import MOST_ODD, behind
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading
from casebook.drafting.marks import OF_PLUS, PLUS, without_marks, without_plus
from casebook.drafting.ranges import outside, range_of
from casebook.reading.sheetremarks import is_formula_error
from casebook.study.fields import LARGEST

_CODES = (99, 999, 9999, 99999, 888, 8888, -1, -8, -9, -88, -99, -999, -9999)
_AMOUNTS = re.compile(
    r"dos[ei]|dosage|dosis|count|\bn(?:o|r|umber)?\b\.?(?: of)? |anzahl|zahl der|nombre|n[úu]mero",
    re.IGNORECASE,
)
_DOSES = re.compile(r"(?:m|µ|μ|mc)?g(?!\w)(?! ?/ ?[md]?l)|tablets?\b|/(?:day|d|week|month|year)\b")
"""Headers and units of what is counted or given, of which there can be none."""
_MOST_UNREAD = 0.5
"""What share of a column's cells may be numbers that are written in another way than those."""


def number(
    column: Column, heading: Heading, numerals: Numerals, most_odd: float = MOST_ODD
) -> Guess | None:
    """The guess that a column holds numbers; None if more than this share of its cells are none."""
    if column.doubt:
        return None
    marked = without_marks(column)
    guess = _number(marked.column, heading, numerals, most_odd)
    if guess is None and (times := without_plus(column)):
        guess = _number(times, heading, numerals, most_odd)
        guess = guess and replace(guess, pattern=PLUS, reason=f"{guess.reason}; {OF_PLUS}")
        return guess and _as_written(guess, column, times)
    return guess and _as_written(marked.told(guess), column, marked.column)


def _as_written(guess: Guess, column: Column, plain: Column) -> Guess:
    """The guess with the texts of the cells in place of those of a column without their marks."""
    numbers: dict[str, dict[float, None]] = {}
    for text, number in guess.seen:
        numbers.setdefault(text, {})[number] = None
    cells = [*zip(column.texts, plain.texts, strict=True)]
    slips = dict.fromkeys(text for text, bare in cells if bare in guess.slips)
    seen = [(text, number) for text, bare in cells for number in numbers.get(bare, ())]
    return replace(guess, slips=[*slips], seen=seen)


def _number(column: Column, heading: Heading, numerals: Numerals, most_odd: float) -> Guess | None:
    """The same of a column whose cells have no marks."""
    texts = column.filled
    found = behind(texts, heading.unit)
    read = _read([found.without(text) for text in texts], numerals)
    odd = [each.text for each in read if not each.numbers]
    # Numbers that are written in another way than those of the table are no words.
    count, words = len(odd), sum(not readings(text) for text in odd)
    is_other = words > max(1, most_odd * len(texts)) or count > max(1, _MOST_UNREAD * len(texts))
    if is_other or all(each.is_no_plain_number for each in read):
        return None
    if found.out_of:
        limited = replace(heading, limits=heading.limits or (0, found.out_of), told_in="the cells")
        reason = f"cells are numbers out of {found.out_of}, as {texts[0]!r}"
        guess = _guess(column, limited, read, reason)
        return replace(guess, strip_unit=found.endings, strip_reason="behind the numbers")
    if not found.unit:
        reason = f"{len(texts) - count if count else 'all'} cells are numbers"
        return _guess(column, heading, read, reason)
    reason = f"cells are numbers, most or some with {found.unit!r} behind them"
    guess = _guess(column, heading, read, reason, found.unit)
    if found.is_worded:
        pattern = rf"({_part(texts, numerals)})(?: *{re.escape(found.unit)}.*)?"
        return replace(guess, pattern=pattern)
    told = "behind the numbers"
    if heading.unit and not folded(heading.unit).startswith(folded(found.unit)):
        told += f", but the header says {heading.unit}: numbers of another unit are to be converted"
    return replace(guess, strip_unit=found.endings, strip_reason=told)


@dataclass(frozen=True)
class _Read:
    """What a cell says as a number.

    Attributes:
        text: The cell without what stands behind the number.
        numbers: The number, or the limit, or both ends of a range; empty if there is none.
        form: In which way it says more, or less, than a number, if it does.
    """

    text: str
    numbers: Sequence[float] = ()
    form: Form | None = None

    @property
    def is_no_plain_number(self) -> bool:
        return not self.numbers or self.form is not None

    def is_code(self, codes: Collection[float]) -> bool:
        """Whether it is one of the numbers that mean that there is none."""
        return self.form is None and any(each in codes for each in self.numbers)


def _read(texts: Iterable[str], numerals: Numerals) -> list[_Read]:
    return [_read_one(text, numerals) for text in texts]


def _read_one(text: str, numerals: Numerals) -> _Read:
    """What a text says, unless its number is larger than a range can be."""
    plain = text.removesuffix("%").rstrip()
    said = inexact(plain)
    numbers = [*map(numerals.number, said.numbers if said else (plain,))]
    known = [each for each in numbers if each is not None and abs(each) <= LARGEST]
    if len(known) < len(numbers) or known != sorted(known):
        return _Read(text)
    return _Read(text, known, said.form if said else None)


def _part(texts: Iterable[str], numerals: Numerals) -> str:
    """The part of a pattern that fits the numbers of these texts."""
    limits = "[<>≤≥]" if any(text.startswith(("<", ">", "≤", "≥")) for text in texts) else ""
    within = "" if numerals.thousands in ".," else f"(?:{numerals.thousands}[0-9.,]+)*"
    return f"(?:{limits}=? *)?[-+0-9.,]+{within}" if limits else f"[-+0-9.,]+{within}"


def _guess(
    column: Column, heading: Heading, read: Sequence[_Read], reason: str, behind_them: str = ""
) -> Guess:
    """What is guessed of the numbers of a column, with the unit that stands behind them, if any."""
    cells = list(zip(column.filled, read, strict=True))
    codes = _codes([number for each in read if not each.form for number in each.numbers])
    coded = [text for text, each in cells if each.is_code(codes)]
    odd = [text for text, each in cells if not each.numbers]
    unit = heading.unit or behind_them
    zeros = _zeros(heading, unit, read) if column.filled else []
    words = [text for text in odd if not _is_slip(text) and text not in zeros]
    numbers = [number for each in read for number in each.numbers]
    values = [each for each in numbers if each not in codes] or numbers
    values += [0.0] * len(zeros)
    of_values = {*values}
    seen = [(text, n) for text, each in cells for n in each.numbers if n in of_values]
    seen += [(text, 0.0) for text in zeros]
    of_forms: dict[Form, list[str]] = {}
    for text, each in cells:
        if each.form:
            of_forms.setdefault(each.form, []).append(text)
    percent = "%" if any(text.endswith("%") for text in column.filled) else ""
    unit = unit or percent
    where = f"in {heading.told_in}" if heading.unit else "behind the numbers" if unit else ""
    low, high, why = range_of(heading, values, unit)
    return Guess(
        "number",
        reason,
        range=(low, high),
        range_reason=why,
        unit=unit,
        unit_reason=where,
        missing=[*dict.fromkeys([*coded, *words])],
        missing_reason="; ".join(
            ["no numbers, so they seem to mean that there is none"] * bool(words)
            + ["far from all other numbers, as codes are"] * bool(coded)
        ),
        values=dict.fromkeys(zeros, 0.0),
        inexact=of_forms,
        seen=seen,
        slips=[*dict.fromkeys([*filter(_is_slip, odd), *outside(seen, low, high)])],
    )


def _zeros(heading: Heading, unit: str, read: Sequence[_Read]) -> list[str]:
    """The words that say that there was none, in a column of amounts or counts, or beside a 0."""
    numbers = [number for each in read for number in each.numbers]
    low = heading.limits[0] if heading.limits else 0
    is_amount = _AMOUNTS.search(heading.label) or _DOSES.match(unit) or 0 in numbers
    if low > 0 or not is_amount:
        return []
    return [*dict.fromkeys(each.text for each in read if folded(each.text) in NO_AMOUNT)]


def _is_slip(text: str) -> bool:
    """Whether a text among numbers is a value that cannot be read: it has digits, or a formula."""
    return text.startswith("=") or is_formula_error(text) or any(map(str.isdecimal, text))


def _codes(numbers: Sequence[float]) -> set[float]:
    """The numbers that stand for a missing value, as 999 and -9 do far from all others."""
    found = {each for each in numbers if each in _CODES}
    others = [each for each in numbers if each not in found]
    if not others:
        return set()
    low, high = min(others), max(others)
    return {
        each
        for each in found
        if (each < 0 <= low) or (each > 0 and each >= 10 * max(high, 1) and each > 98)
        or (each in (999, 9999, 99999) and each >= 3 * high > 0)
    }  # fmt: skip
