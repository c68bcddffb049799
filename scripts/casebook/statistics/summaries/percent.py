"""Whether a printed percentage can be that of a count of so many patients."""

import math
from decimal import Decimal
from fractions import Fraction

from casebook.statistics.summaries.interval import (
    Consistency,
    Rounding,
    all_possible,
    check_size,
    check_within,
    common,
    possible_values,
    rounded_like,
    unit_of,
)
from casebook.statistics.terms import NotComputable


def percent_of(
    percent: Decimal, count: int, n: int, *, rounding: Rounding = "nearest"
) -> Consistency:
    """Whether a count of n is the printed percentage.

    One that was cut off instead of rounded is consistent only if `rounding` says so, but the detail
    names it.

    Args:
        percent: As printed, from 0 to 100.
        count: Number of patients who have it.
        n: Number of patients.
        rounding: How the percentage was printed.

    Raises:
        NotComputable: There are no patients, the count is not between 0 and n, or the percentage
            not between 0 and 100.
    """
    check_within(percent, 100, "a percentage")
    check_size(n)
    if not 0 <= count <= n:
        raise NotComputable(f"a count of {count} is not between 0 and n = {n}")
    share = Fraction(100 * count, n)
    if possible_values(percent, rounding).holds(share):
        return Consistency(True, True, f"{count} of {n} is {percent}%")
    right = rounded_like(share, percent, rounding)
    detail = f"{count} of {n} is {right}%, not {percent}%"
    if possible_values(percent, "truncated").holds(share):
        detail += ", which is cut off and not rounded"
    return Consistency(False, True, detail, (right,))


def percent_possible(percent: Decimal, n: int, *, rounding: Rounding = "nearest") -> Consistency:
    """Whether any count of n patients is the printed percentage; the detail names the counts.

    Arguments and errors as in `percent_of`.
    """
    counts = possible_counts(percent, n, rounding=rounding)
    informative = not all_possible(n * unit_of(percent) / 100, rounding)
    if counts:
        ends = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
        return Consistency(True, informative, f"{ends} of {n} is {percent}%")
    below = math.floor(Fraction(percent) * n / 100)
    shares = {k: rounded_like(Fraction(100 * k, n), percent, rounding) for k in (below, below + 1)}
    named = " and ".join(f"{share}% ({k})" for k, share in shares.items())
    detail = f"no count of {n} is {percent}%; the nearest are {named}"
    return Consistency(False, informative, detail, tuple(shares.values()))


def possible_counts(percent: Decimal, n: int, *, rounding: Rounding = "nearest") -> range:
    """The counts of n patients that are the printed percentage.

    Arguments and errors as in `percent_of`.
    """
    check_within(percent, 100, "a percentage")
    check_size(n)
    counts = possible_values(percent, rounding).moved(Fraction(n, 100)).whole()
    return common(counts, range(n + 1))
