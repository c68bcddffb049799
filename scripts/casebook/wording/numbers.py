"""How results are written for readers: numbers, percentages, p-values, and what stands for a gap.

Rounding is half away from zero on the decimal digits of the value, as people round. Nothing here
changes a result or decides which result is shown.
"""

import math
from collections.abc import Callable

from casebook.base.printed import to_decimals
from casebook.data.results import Result

NOT_COMPUTED = "–"

_LEAST_SHOWN = 0.001

Show = Callable[[str, Result], str]
"""Puts the text of a number into a larger one, knowing the result that it comes from."""


def plainly(text: str, _: Result) -> str:
    """The text as it is."""
    return text


def number_text(value: float, decimals: int = 2) -> str:
    """A number without zeros at its end: 7.75, 12, 0.5.

    It has at most `decimals` decimals, or two significant digits if that is more: 0.0043.
    """
    if value:
        decimals = max(decimals, 1 - math.floor(math.log10(abs(value))))
    text = f"{to_decimals(value, decimals):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else with_minus(text)


def with_minus(text: str) -> str:
    """A number as readers see it, with a minus in place of the hyphen that stands in files."""
    return text.replace("-", "\N{MINUS SIGN}")


def p_text(p_value: float, alpha: float) -> str:
    """A p-value with three decimals: 0.014, <0.001.

    It has more where three would blur it: where it would round to the other side of the study's
    level, and where it ends at four, as exact p-values of few pairs do (2/32 is 0.0625).
    """
    if _is_below_all_shown(p_value, alpha):
        return "<0.001"
    if p_value == round(p_value, 4):
        return number_text(p_value, 4)
    for decimals in range(3, 17):
        text = f"{to_decimals(p_value, decimals):f}"
        if (float(text) < alpha) == (p_value < alpha):
            break
    return text


def _is_below_all_shown(p_value: float, alpha: float) -> bool:
    """Whether a p-value is so small that its digits do not matter, as they do near the level."""
    return p_value < _LEAST_SHOWN <= alpha


def percent_text(value: float) -> str:
    """A percentage without decimals: 88%."""
    return f"{to_decimals(value, 0):f}%"


def share_text(share: float) -> str:
    """A share of 1 as a percentage with up to two decimals: 93.75%."""
    return f"{number_text(100 * share)}%"


def level_text(level: float) -> str:
    """The level of an interval as a percentage, with as many decimals as it has: 95%, 99.833%."""
    return f"{100 * level:g}%"


def count_text(count: Result, percent: Result, show: Show = plainly) -> str:
    """A count with its percentage: 4 (80%)."""
    if percent.error:
        return NOT_COMPUTED
    share = show(percent_text(percent.number), percent)
    return f"{show(number_text(count.number), count)} ({share})"


def median_text(median: Result, lower: Result, upper: Result, show: Show = plainly) -> str:
    """A median with its quartiles: 12 (7–27)."""
    if median.error:
        return NOT_COMPUTED
    middle, low, high = (show(number_text(r.number), r) for r in (median, lower, upper))
    between = " to " if min(lower.number, upper.number) < 0 else "–"
    return f"{middle} ({low}{between}{high})"


def interval_text(estimate: Result, low: Result, high: Result, show: Show = plainly) -> str:
    """An estimate with its interval, if it has one: −12 (−22 to −2)."""
    if estimate.error:
        return NOT_COMPUTED
    middle = show(number_text(estimate.number), estimate)
    if low.error:
        return middle
    return f"{middle} ({interval_words(low, high, show)})"


def interval_words(low: Result, high: Result, show: Show = plainly) -> str:
    """Both ends of an interval: −22 to −2."""
    return " to ".join(show(number_text(end.number), end) for end in (low, high))


def is_seen(p_value: Result, alpha: float) -> bool:
    """Whether a p-value is printed as a number, and neither missing nor as <0.001."""
    return not p_value.error and not _is_below_all_shown(p_value.number, alpha)


def p_value_text(result: Result, alpha: float, show: Show = plainly) -> str:
    """A p-value, or what stands for a missing one."""
    return NOT_COMPUTED if result.error else show(p_text(result.number, alpha), result)


def p_words(result: Result, alpha: float, show: Show = plainly) -> str:
    """A p-value in a sentence: p = 0.014, p < 0.001, not tested."""
    if result.error:
        return "not tested"
    text = p_text(result.number, alpha)
    if text.startswith("<"):
        return f"p < {show(text[1:], result)}"
    return f"p = {show(text, result)}"


def same_p(own: Result, exact: Result, alpha: float) -> bool:
    """Whether a reader sees no other number in the exact p-value than in the study's own."""
    return bool(exact.error) or p_value_text(own, alpha) == p_value_text(exact, alpha)


def both_p_words(own: Result, exact: Result, alpha: float, show: Show = plainly) -> str:
    """The study's p-value, and the exact one where it is another: p = 0.014, exact p = 0.008."""
    words = p_words(own, alpha, show)
    return words if same_p(own, exact, alpha) else f"{words}, exact {p_words(exact, alpha, show)}"
