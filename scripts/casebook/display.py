"""How results are written for readers: numbers, percentages, p-values, and what stands for a gap.

Rounding is half away from zero on the decimal digits of the value, as people round. Nothing here
changes a result or decides which result is shown.
"""

from decimal import ROUND_HALF_UP, Decimal

from casebook.results import Result

NOT_COMPUTED = "–"


def number_text(value: float, decimals: int = 2) -> str:
    """A number with at most `decimals` decimals, without zeros at the end: 7.75, 12, 0.5."""
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text.replace("-", "\N{MINUS SIGN}")


def p_text(p_value: float) -> str:
    """A p-value with three decimals: 0.014, <0.001.

    It has four where three would blur it: close to 0.05, and where it ends there, as the exact
    p-values of few pairs do (2/32 is 0.0625).
    """
    if p_value < 0.001:
        return "<0.001"
    if p_value == round(p_value, 4):
        return number_text(p_value, 4)
    last = "0.0001" if 0.0495 <= p_value <= 0.0505 else "0.001"
    return f"{Decimal(repr(p_value)).quantize(Decimal(last), ROUND_HALF_UP):f}"


def count_text(count: Result, percent: Result) -> str:
    """A count with its percentage: 4 (80%)."""
    if percent.error:
        return NOT_COMPUTED
    return f"{number_text(count.number)} ({number_text(percent.number, 0)}%)"


def median_text(median: Result, lower: Result, upper: Result) -> str:
    """A median with its quartiles: 12 (7–27)."""
    if median.error:
        return NOT_COMPUTED
    quartiles = f"{number_text(lower.number)}–{number_text(upper.number)}"
    if lower.number < 0 or upper.number < 0:
        quartiles = f"{number_text(lower.number)} to {number_text(upper.number)}"
    return f"{number_text(median.number)} ({quartiles})"


def p_value_text(result: Result) -> str:
    """A p-value, or what stands for a missing one."""
    return NOT_COMPUTED if result.error else p_text(result.number)


def p_words(result: Result) -> str:
    """A p-value in a sentence: p = 0.014, p < 0.001, not tested."""
    text = p_value_text(result)
    if result.error:
        return "not tested"
    return f"p < {text[1:]}" if text.startswith("<") else f"p = {text}"
