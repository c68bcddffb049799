"""How a ratio, a difference or a change in percent is computed of two numbers."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """A way of computing one number of two; it gives None where it cannot.

    Attributes:
        compute: The function of both.
        name: What it is called.
        other_way: What the same is called of the second and the first.
        why_not: Where it cannot, in words; nothing if it always can.
    """

    compute: Callable[[float, float], float | None]
    name: str
    other_way: str
    why_not: str = ""


def _ratio(first: float, second: float) -> float | None:
    return first / second if second else None


# In percent of a number below zero less would be more.
def _percent_decrease(first: float, second: float) -> float | None:
    return 100 * (first - second) / first if first > 0 else None


def _percent_increase(first: float, second: float) -> float | None:
    return 100 * (second - first) / first if first > 0 else None


_IN_PERCENT = (
    "from the first to the second",
    "from the second to the first",
    "a change in percent is of a first number above 0, which this one is not",
)
WAYS: Mapping[str, Way] = {
    "ratio": Way(
        _ratio,
        "the first by the second",
        "the second by the first",
        "the second of both numbers is 0",
    ),
    "less": Way(operator.sub, "the first minus the second", "the second minus the first"),
    "percent_decrease": Way(_percent_decrease, *_IN_PERCENT),
    "percent_increase": Way(_percent_increase, *_IN_PERCENT),
}
"""The ways by the names of their readings."""
