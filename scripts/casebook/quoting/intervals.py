"""Confidence intervals that a text prints.

An interval is of the estimate that stands before it, as in "37.6 m (95% CI 26.0-49.2)".
"""

import re
from dataclasses import dataclass

from casebook.claims.together import CONF_HIGH, CONF_LOW
from casebook.quoting.languages import Language

OF_A_LEVEL = "the level of an interval"
"""What the percentage is that stands before an interval."""
_SIGNED = r"[-\N{MINUS SIGN}\N{EN DASH}]?\s?\d[\d,]*(?:[.·∙⋅]\d+)?|[.·∙⋅]\d+"
_UNIT = r"\s*(?:%|(?!(?:to|bis|à|and|und|et)\b)[^\W\d_][^\s;,()]*)?"
_BETWEEN = r"\s*(?:;|,|[-\N{EN DASH}]|\b(?:to|bis|à|and|und|et)\b)\s*"


@dataclass(frozen=True, slots=True)
class Interval:
    """A place of a text that prints an interval: where it and its ends begin.

    Of a level alone, as in "changes with their 95% CIs", the ends are where it stops.
    """

    start: int
    low: int
    high: int
    stop: int

    def holds(self, place: int) -> bool:
        """Whether a place is within it."""
        return self.start <= place < self.stop

    def ends_from(self, start: int, stop: int) -> list[str]:
        """Which ends a number within it is, that goes from one place to another; none of both."""
        ends = ((CONF_LOW, self.low), (CONF_HIGH, self.high))
        return [name for name, place in ends if start <= place < stop]


def intervals_in(text: str, language: Language) -> list[Interval]:
    """The intervals of a text, in order."""
    named = rf"(?:{language.interval})"
    level = r"\d{2}(?:[.·∙⋅]\d+)?\s?%"
    first, second = rf"(?P<low>{_SIGNED}){_UNIT}", rf"(?P<high>{_SIGNED})"
    ends = rf"[\s,:=(\[]*(?:(?:of|from|de|von)\s+)?{first}{_BETWEEN}{second}"
    pattern = rf"(?:{level}[\s-]?{named}\b|\b{named}(?:\b|(?=\d))(?:[\s,(]*{level})?\)?)(?:{ends})?"
    return [
        Interval(
            found.start(), _first_digit(found, "low"), _first_digit(found, "high"), found.end()
        )
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _first_digit(found: re.Match[str], group: str) -> int:
    """Where a number has its first digit, as a sign may be none of it; the end if there is none."""
    digits = re.search(r"\d", found[group] or "")
    return found.start(group) + digits.start() if digits else found.end()
