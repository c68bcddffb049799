"""What a text that is no number may mean where one should be: a limit, or a number and more.

Only hints are worded here; how numbers are read is for `values`.
"""

import re

from casebook.base.numerals import BELOW

_LIMIT = (
    "a value above or below a limit is not a number: say what to use for it beside the column in"
    " study.yaml, as in censored: {{ {side}: {rule} }}, or list this text under missing"
)
_NUMBER = r"[-+\N{MINUS SIGN}]?\d+(?:[.,]\d+)?"
_FORMS = {
    rf"{_NUMBER} *([-–—/]|to|bis) *{_NUMBER}": "the cell has two numbers, and only you can say"
    " which counts: write it in corrections.tsv with the reason; or, to use the one before {sign!r}"
    " in every cell, write {key} beside the column in study.yaml",
    rf"{_NUMBER} *(±|\+/-) *{_NUMBER}": "this looks like a mean with its spread: if the row is a"
    " patient, and the number before {sign!r} is the value, write {key} beside the column in"
    " study.yaml; if you need the spread too, put it into a column of its own in a copy of the"
    " table",
    rf"{_NUMBER} *([*†‡§¶#?]+)": "a mark follows the number: to use the number without"
    " {sign!r}, write {key} beside the column in study.yaml; if the mark says something about the"
    " patient, put that into a column of its own in a copy of the table",
}
"""What is said of texts of a form that is told by the sign in it."""


def hint_at_limit(sign: str) -> str:
    """What to do about a limit, as in <5, by the sign before it."""
    side, rule = ("below", "half") if sign in BELOW else ("above", "limit")
    return _LIMIT.format(side=side, rule=rule)


def hint_at_more(text: str) -> str:
    """How to read a text that has a number and more in it, without losing any; empty if unknown."""
    for form, hint in _FORMS.items():
        if found := re.fullmatch(form, text):
            sign = found[1]
            # A plain number fits as well; what stands before the sign is read.
            return hint.format(sign=sign, key=f"pattern: '(.+?)(?: *{re.escape(sign)}.*)?'")
    return ""
