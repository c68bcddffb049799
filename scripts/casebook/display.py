"""How results are written for readers: numbers, percentages, p-values, and what stands for a gap.

Rounding is half away from zero on the decimal digits of the value, as people round. Nothing here
changes a result or decides which result is shown.
"""

import math

from casebook.printed import rounded, significant
from casebook.results import Result

NOT_COMPUTED = "–"


def number_text(value: float, decimals: int = 2) -> str:
    """A number without zeros at its end: 7.75, 12, 0.5.

    It has at most `decimals` decimals, or two significant digits if that is more: 0.0043.
    """
    if value:
        decimals = max(decimals, 1 - math.floor(math.log10(abs(value))))
    text = _rounded(value, decimals)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def p_text(p_value: float, alpha: float) -> str:
    """A p-value with three decimals: 0.014, <0.001.

    It has more where three would blur it: where it would round to the other side of the study's
    level, and where it ends at four, as exact p-values of few pairs do (2/32 is 0.0625).
    """
    if p_value < 0.001 <= alpha:
        return "<0.001"
    if p_value == round(p_value, 4):
        return number_text(p_value, 4)
    for decimals in range(3, 17):
        text = _rounded(p_value, decimals)
        if (float(text) < alpha) == (p_value < alpha):
            break
    return text


def percent_text(value: float) -> str:
    """A percentage without decimals: 88%."""
    return f"{_rounded(value, 0)}%"


def _rounded(value: float, decimals: int) -> str:
    return f"{rounded(significant(value), decimals):f}"


def count_text(count: Result, percent: Result) -> str:
    """A count with its percentage: 4 (80%)."""
    if percent.error:
        return NOT_COMPUTED
    return f"{number_text(count.number)} ({percent_text(percent.number)})"


def median_text(median: Result, lower: Result, upper: Result) -> str:
    """A median with its quartiles: 12 (7–27)."""
    if median.error:
        return NOT_COMPUTED
    quartiles = f"{number_text(lower.number)}–{number_text(upper.number)}"
    if lower.number < 0 or upper.number < 0:
        quartiles = f"{number_text(lower.number)} to {number_text(upper.number)}"
    return f"{number_text(median.number)} ({quartiles})"


def p_value_text(result: Result, alpha: float) -> str:
    """A p-value, or what stands for a missing one."""
    return NOT_COMPUTED if result.error else p_text(result.number, alpha)


def p_words(result: Result, alpha: float) -> str:
    """A p-value in a sentence: p = 0.014, p < 0.001, not tested."""
    text = p_value_text(result, alpha)
    if result.error:
        return "not tested"
    return f"p < {text[1:]}" if text.startswith("<") else f"p = {text}"
