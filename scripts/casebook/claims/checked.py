"""Checks that a claim names in place of a value: `grim(n=C010)`, of what is printed beside it.

What each check finds is for the audit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebook.base.printed import Printed, read_printed

_OF_GROUPS = ("mean1", "sd1", "n1", "mean2", "sd2", "n2")
_OF_PAIRS = ("mean", "sd", "n")
CHECKS: Mapping[str, tuple[str, ...]] = {
    "grim": ("n", "items"),
    "grimmer": ("mean", "n", "items"),
    "debit": ("mean", "n"),
    "tides": ("mean", "n", "range", "step", "items"),
    "sprite": ("mean", "n", "range", "step", "items", "min", "median", "max"),
    "percent_of": ("count", "n"),
    "p_from": ("test", "statistic", "df"),
    "t_from_groups": _OF_GROUPS,
    "p_from_groups": _OF_GROUPS,
    "t_from_pairs": _OF_PAIRS,
    "p_from_pairs": _OF_PAIRS,
}
"""The checks of printed summaries without raw data, and what each takes, by name."""
OF_MEANS = ("p_from_groups", "p_from_pairs")
"""The checks of a p-value by means and SDs."""
OPTIONAL = frozenset({"items", "df", "step", "min", "median", "max"})
"""What a check can do without; how it takes what is left out is for the check."""
STATISTICS_WITH_P = ("t", "z", "F", "chi2", "r")
"""The test statistics from which a p-value can be had."""


@dataclass(frozen=True)
class Check:
    """A check of a printed summary by others, which are printed numbers or other claims.

    `test` is the statistic of a test, and `claims` has the names of claims that print what is not
    in `given`. Degrees of freedom may be several numbers.
    """

    name: str
    given: Mapping[str, Sequence[Printed]]
    claims: Mapping[str, str]
    test: str = ""


def printed_numbers(argument: str, text: str) -> list[Printed] | None:
    """The number that a text prints for an argument of a check; None if it prints none.

    Degrees of freedom may be several, as in "2, 14"; a range has two ends, as in "0, 10".
    """
    parts = filter(str.strip, text.split(",")) if argument in ("df", "range") else [text]
    numbers = [read_printed(part) for part in parts]
    known = [number for number in numbers if number is not None and number.relation == "="]
    return known if len(known) == len(numbers) else None
