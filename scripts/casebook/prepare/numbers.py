"""What a cell's text says as a number, by what a study says of its column.

A number is within its range and written in the way of the study; what is used for one that is said
inexactly, as <5 or 30–40, the study says. Hints at other texts are worded in `number_hints`.
"""

import math
from collections.abc import Callable, Collection, Container
from decimal import Decimal

from casebook.base.inexact import inexact
from casebook.base.numerals import GROUP, SIGNS, Numerals, is_ambiguous, readings
from casebook.data.cells import folded
from casebook.data.patients import Value
from casebook.prepare.number_hints import hint_at_inexact, hint_at_more
from casebook.prepare.unreadable import InexactError, OtherWayError, UnreadableError
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

_HALF_OF_NEGATIVE = (
    "half of a negative limit is above it: in study.yaml, write censored: { below: limit }, or"
    " below: missing"
)
_TURNED_ROUND = "a range begins with its smaller number: correct it in corrections.tsv"
_OUT_OF_RANGE = "correct it in corrections.tsv, or widen the range in study.yaml"
_WORD_OUT_OF_RANGE = (
    "values in study.yaml says that it is {:.15g}: widen the range, or correct that"
)
_THOUSANDS = "read as {:.15g}: if the {} separates thousands, write {:.15g} in corrections.tsv"
_PERCENT = 'if the unit contains a %, as in unit: "%", this is read as the number before the sign'


def number_reader(
    numerals: Numerals, missing: Collection[str], allowed: NumberVariable | Outcome
) -> Callable[[str], Value]:
    """How the text of a cell is read as a number.

    Args:
        numerals: How numbers are written.
        missing: The texts that mean "not available", beside those of the column.
        allowed: What is said of the column.
    """
    # 999.0 is the code 999 as well, which some programs write with decimals.
    codes = {numerals.number(text) for text in (*missing, *allowed.missing)}
    low, high = allowed.range
    unit = f" {allowed.unit}" if allowed.unit else ""
    expected = f"a number from {low:.15g} to {high:.15g}{unit}"
    return lambda text: _number(allowed, numerals, codes, expected, text)


def without_percent(text: str) -> str:
    """What a text writes before a percent sign at its end; the text itself without one."""
    return text.removesuffix("%").rstrip()


def without_sign_of_zero(number: float) -> float:
    """The same number, but 0 for -0."""
    return number + 0.0


def _number(
    allowed: NumberVariable | Outcome,
    numerals: Numerals,
    codes: Container[float | None],
    expected: str,
    text: str,
) -> float | None:
    low, high = allowed.range
    if (meant := allowed.values.get(folded(text))) is not None:
        if not low <= meant <= high:
            raise UnreadableError(expected, _WORD_OUT_OF_RANGE.format(meant), meant)
        return without_sign_of_zero(meant)
    # 80% is 80 where percentages are counted, and 0.8 where they are not: the unit tells.
    digits = without_percent(text)
    said = inexact(digits)
    rule = allowed.rule(said.form) if said else ""
    written = said.numbers if said and rule else (digits,)
    numbers = [each for each in map(numerals.number, written) if each is not None]
    if len(numbers) < len(written):
        other = next((each for each in written if _is_of_another_way(each, numerals)), None)
        if other is not None:
            raise OtherWayError(expected, other, allowed.range)
        raise _no_number(allowed, expected, digits)
    if digits != text and "%" not in (allowed.unit or ""):
        raise UnreadableError(expected, _PERCENT)
    if rule == "missing" or (len(numbers) == 1 and numbers[0] in codes):
        return None
    used = _used(numbers, rule, expected)
    for each in [used] if rule == "half" else [used, *numbers]:
        if not (math.isfinite(each) and low <= each <= high):
            hint = _OUT_OF_RANGE
            if is_ambiguous(digits, numerals.decimal) and low <= GROUP * each <= high:
                hint = _THOUSANDS.format(each, SIGNS[numerals.decimal], GROUP * each)
            raise UnreadableError(expected, hint, each if math.isfinite(each) else None)
    return without_sign_of_zero(used)


def _is_of_another_way(text: str, numerals: Numerals) -> bool:
    return numerals.number(text) is None and bool(readings(text))


def _no_number(allowed: NumberVariable | Outcome, expected: str, digits: str) -> UnreadableError:
    """Why a text is no number, with what can be done about it."""
    if hint := hint_at_inexact(digits, allowed):
        return InexactError(expected, hint)
    return UnreadableError(expected, "" if allowed.pattern else hint_at_more(digits, allowed))


def _used(numbers: list[float], rule: str, expected: str) -> float:
    """The number that is used for those of a text, by a rule; the number itself without one."""
    first, *_, last = [*numbers, numbers[-1]]
    if first > last:
        raise UnreadableError(expected, _TURNED_ROUND)
    match rule:
        case "half":
            if first < 0:
                raise InexactError(expected, _HALF_OF_NEGATIVE)
            return first / 2
        case "midpoint":
            # Of the decimals that are written: of 0.1 and 0.2 it is 0.15.
            return float((Decimal(repr(first)) + Decimal(repr(last))) / 2)
        case "upper":
            return last
        case _:
            return first
