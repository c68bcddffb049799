"""Checks that a claim names in place of a value: `grim(n=C010)`, of what is printed beside it.

What each check finds is for the audit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casebook.base.printed import Printed, read_printed

CHECKS: Mapping[str, tuple[str, ...]] = {
    "grim": ("n", "items"),
    "grimmer": ("mean", "n", "items"),
    "debit": ("mean", "n"),
    "percent_of": ("count", "n"),
    "p_from": ("test", "statistic", "df"),
}
"""The checks of printed summaries without raw data, and what each takes, by name."""
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

    Degrees of freedom may be several, as in "2, 14".
    """
    parts = filter(str.strip, text.split(",")) if argument == "df" else [text]
    numbers = [read_printed(part) for part in parts]
    known = [number for number in numbers if number is not None and number.relation == "="]
    return known if len(known) == len(numbers) else None
