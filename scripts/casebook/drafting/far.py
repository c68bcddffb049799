"""Numbers far from all others of their column, as a decimal sign makes them that was lost or moved.

What is far is judged by modified z-scores, of the numbers and of their logarithms: many a score and
most of what laboratories measure is skewed, and its largest numbers are no slips. A small number is
never far from the others but in logarithms; of those that are spread widely it is no slip, either.
"""

from collections.abc import Collection, Mapping, Sequence
from math import log
from statistics import median

_FAR, _FAR_IN_LOGARITHMS = 5, 2.5
"""Beyond which scores a number is far.

Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, call one beyond 3.5 a potential
outlier. With these, of 8 to 40 values drawn at random from the columns of patients in the data sets
of R, one is told in some 300 times.
"""
_GAP = 5
"""One that is far is so many times the next one at least, or the next one so many times it.

Others than a small one are spread widely if the largest is more than so many times the least.
"""
_FEWEST = 8
"""Among fewer numbers none is far from the others."""
_SHARE = 10
"""If more than one in so many are far from the others, they are rather of another kind."""
_TIMES = (10.0, 100.0, 1000.0)


def far(numbers: Collection[float]) -> dict[float, float]:
    """The numbers that are far from all others, each with that which it would be among these.

    A large number is far if its modified z-score is beyond 5, and beyond 2.5 among the logarithms
    of those above zero; if it is five times the next one at least; and if a tenth of it lies
    between the least and the largest of the others. A small one is if its score among the
    logarithms is beyond 5; if it is a fifth of the next one at most; if the largest of the others
    is five times their least at most; and if 10, 100 or 1000 times it lies between these. The small
    ones are looked for in what the large ones leave. None is where some numbers are negative.
    """
    ordered = sorted(numbers)
    if ordered and ordered[0] < 0:
        return {}
    above = (_above(ordered[-n:], ordered[:-n]) for n in _counts(ordered))
    found = next(filter(None, above), {})
    rest = [each for each in ordered if each not in found]
    below = (_below(rest[:n], rest[n:]) for n in _counts(rest))
    return found | next(filter(None, below), {})


def _counts(numbers: Sequence[float]) -> Sequence[int]:
    """How many of these numbers may be far from the others on one side, the most first."""
    return range(max(1, len(numbers) // _SHARE), 0, -1) if len(numbers) >= _FEWEST else ()


def _above(large: Sequence[float], others: Sequence[float]) -> dict[float, float]:
    """The largest numbers with a tenth of each; empty unless all are far from the others."""
    if not 0 < others[-1] * _GAP <= large[0]:
        return {}
    would_be = {each: each / _TIMES[0] for each in large}
    every = [*large, *others]
    is_far = all(_score(each, every) > _FAR for each in large)
    is_slip = is_far and _are_slips(would_be, others, _FAR_IN_LOGARITHMS)
    return would_be if is_slip else {}


def _below(small: Sequence[float], others: Sequence[float]) -> dict[float, float]:
    """The smallest numbers with what each would be; empty unless all are far from the others."""
    if not 0 < small[0] <= small[-1] <= others[0] / _GAP or others[-1] > others[0] * _GAP:
        return {}
    would_be = {
        each: next((each * times for times in _TIMES if each * times >= others[0]), 0.0)
        for each in small
    }
    return would_be if _are_slips(would_be, others, _FAR) else {}


def _are_slips(would_be: Mapping[float, float], others: Sequence[float], least: float) -> bool:
    """Whether numbers score more than the least among logarithms, and would be among the others."""
    logarithms = [log(each) for each in (*would_be, *others) if each > 0]
    return all(
        _score(log(each), logarithms) > least and others[0] <= moved <= others[-1]
        for each, moved in would_be.items()
    )


def _score(number: float, numbers: Collection[float]) -> float:
    """The modified z-score of one of some numbers: by the median of their distances to the median.

    Where that is 0, by the mean of these distances.
    """
    middle = median(numbers)
    distances = [abs(each - middle) for each in numbers]
    spread = median(distances) / 0.6745 or 1.253314 * sum(distances) / len(distances)
    return abs(number - middle) / spread if spread else 0.0
