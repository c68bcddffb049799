"""What a check of a printed number found, in words, or why it could not be made.

Which checks a claim has is for `checks`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from casebook.claims.checked import OF_MEANS
from casebook.statistics.summaries.interval import Consistency
from casebook.statistics.terms import NotComputable

_TITLES = {
    "grim": "GRIM",
    "grimmer": "GRIMMER",
    "debit": "DEBIT",
    "tides": "TIDES",
    "sprite": "SPRITE",
    "quartiles": "SPRITE with quartiles",
    "percent_of": "Percentage",
    "effect": "Effect size",
    "p_from": "p-value and statistic",
    **dict.fromkeys((*OF_MEANS, "t_from_groups", "t_from_pairs"), "t-test"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, or why it could not be made."""

    title: str
    found: Consistency | NotComputable

    @property
    def failed(self) -> bool:
        """Whether no data give what is printed."""
        return isinstance(self.found, Consistency) and not self.found.consistent

    def __str__(self) -> str:
        if isinstance(self.found, NotComputable):
            return f"{self.title} cannot be checked: {self.found}"
        if not self.found.informative:
            return f"{self.title} could not have failed here"
        return f"{self.title} {'passes' if self.found.consistent else 'fails'}: {self.found.detail}"


def checked(name: str, check: Callable[[], Consistency]) -> Checked:
    """What the check of this name finds."""
    try:
        return Checked(_TITLES[name], check())
    except NotComputable as reason:
        return Checked(_TITLES[name], reason)
