"""What a text that is no number may mean where one should be, and how to have it read.

A limit, a range, a number with its spread, with a mark or with a unit. Only hints are worded here;
how numbers are read is for `numbers`.
"""

import re

from casebook.base.absent import NO_AMOUNT
from casebook.base.inexact import Form, inexact
from casebook.base.lists import enumerated
from casebook.base.numerals import SEEMING
from casebook.base.texts import quoted
from casebook.data.cells import folded
from casebook.doubts.turned import hint_at_turned
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

# One that can be meant in one way only; of others nobody could say what is to be read.
_NUMBER = r"[-+\N{MINUS SIGN}]?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_LIMIT = (
    "a value above or below a limit is not a number: say what to use for it beside the column in"
    " study.yaml, as in censored: {{ {} }}, or list this text under missing"
)
_INEXACT: dict[Form, str] = {
    "below": _LIMIT.format("below: half"),
    "above": _LIMIT.format("above: limit"),
    "from_to": "this looks like a range: say what to use for it beside the column in study.yaml, as"
    " in from_to: midpoint (or lower, upper, missing); or write what counts in corrections.tsv,"
    " with the reason",
    "plus_minus": "this looks like a mean with its spread: if the row is a patient, and the number"
    " before the spread is the value, write plus_minus: value beside the column in study.yaml; if"
    " you need the spread too, put it into a column of its own in a copy of the table",
}
_MARKED = re.compile(
    r"([~≈∼*†‡§¶#?]+|(?:ca|c|circa|approx|about|etwa)\b\.?)? *(.*?\d) *([*†‡§¶#?]+)?"
)
_MARK = (
    "a mark stands beside the number: to use the number without it, write {} beside the column in"
    " study.yaml; if the mark says something about the patient, put that into a column of its own"
    " in a copy of the table"
)
_NO_AMOUNT = (
    "if there was none, so that the value is 0, write values: {{ {}: 0 }} beside the column in"
    " study.yaml; if the value is not known, list the text under missing there"
)
_NEGATIVE_SPREAD = re.compile(r".*\d *(?:±|\+/-) *[-\N{MINUS SIGN}].*")
_NO_SPREAD = "a spread is never negative: correct it in corrections.tsv"
_TWO = re.compile(rf"{_NUMBER} */ *{_NUMBER}")
_ONE_OF_TWO = (
    "the cell has two numbers, and only you can say which counts: write it in corrections.tsv with"
    " the reason; where all cells have two, as those of two visits, docs/study.md says how pattern"
    " reads one of them"
)
# A single letter that follows at once is rather a slip: 7O for 70.
_WITH_UNIT = re.compile(rf"{SEEMING}[.,]?(?: +|(?=\D\D))([^\W\d_%]\D{{0,19}})")


def hint_at_inexact(text: str, column: NumberVariable | Outcome) -> str:
    """What to do about a number that is said inexactly, or with a mark; empty of any other text."""
    said = inexact(text)
    if said and not column.rule(said.form):
        return _INEXACT[said.form]
    return "" if said or column.pattern else _hint_at_mark(text, column)


def hint_at_more(text: str, column: NumberVariable | Outcome) -> str:
    """What to do about two numbers, a unit, a date or the word none; empty of any other text."""
    if _NEGATIVE_SPREAD.fullmatch(text):
        return _NO_SPREAD
    if turned := hint_at_turned(text):
        return turned
    if folded(text) in NO_AMOUNT and column.range[0] <= 0 <= column.range[1]:
        return _NO_AMOUNT.format(text)
    return _ONE_OF_TWO if _TWO.fullmatch(text) else _hint_at_unit(text, column)


def _hint_at_mark(text: str, column: NumberVariable | Outcome) -> str:
    found = _MARKED.fullmatch(text)
    if not found or not (re.fullmatch(_NUMBER, found[2]) or inexact(found[2])):
        return ""
    before, _, behind = found.groups()
    if not (before or behind):
        return ""
    signs = [before] if before and before[0].isalpha() else [*(before or "")]
    told = [quoted(each) for each in dict.fromkeys([*column.marks, *signs, *(behind or "")])]
    listed = ", ".join(told)
    return _MARK.format(f"marks: [{listed}]" if told[1:] else f"marks: {listed}")


def _hint_at_unit(text: str, column: NumberVariable | Outcome) -> str:
    """How a number with a unit after it is read, if a text is one; another unit is told as such."""
    found = _WITH_UNIT.fullmatch(text)
    if not found:
        return ""
    unit = found[1].strip()
    listed = ", ".join(map(_in_yaml, (*column.strip_unit, unit)))
    key = f"strip_unit: [{listed}]" if column.strip_unit else f"strip_unit: {listed}"
    for other in column.strip_unit:
        if other.casefold() == unit.casefold():
            return (
                f"strip_unit has {other!r}, and the case of letters can tell units apart, as mM and"
                f" mm: if {unit!r} is the same unit, write {key} beside the column in study.yaml;"
                " if it is not, convert the number in corrections.tsv"
            )
    hint = f"to read the number before {unit!r}, add {key} beside the column in study.yaml"
    if column.strip_unit:
        of_cells = enumerated([*map(repr, column.strip_unit)])
        told = (
            f"the column has more than one unit, {of_cells} and {unit!r}: convert the number in"
            " corrections.tsv, with the reason"
        )
        # Spellings of one unit begin alike, as kg and kilos do, unlike kg and lb.
        alike = any(other[0].casefold() == unit[0].casefold() for other in column.strip_unit)
        return f"{told}; only if they are spellings of one unit, write {key}" if alike else told
    if not column.unit:
        return (
            f"{hint}, if the other numbers of the column are in {unit!r}, too; if they are in"
            " another unit, convert this one in corrections.tsv, with the reason"
        )
    if column.unit.casefold().startswith(unit.casefold()):
        return hint
    return (
        f"the unit of the column is {column.unit}: convert the number in corrections.tsv if"
        f" {unit!r} is another unit; if it is not, {hint}"
    )


def _in_yaml(unit: str) -> str:
    return unit if re.fullmatch(r"[^\W\d_][\w /.^-]*", unit) else quoted(unit)
