"""Times to an end that not everyone has reached yet: the product-limit estimate and its median.

What ends, such as a treatment, and where the times come from, is not known here.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casebook.statistics.tails import half_outside, upper_normal_quantile
from casebook.statistics.terms import NotComputable

_TOLERANCE = 1.5e-8
"""R's survival takes shares no further apart than this as one, the square root of its epsilon."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is known at one time.

    Attributes:
        time: The time.
        at_risk: How many were followed to this time, or further.
        ended: For how many it ended at this time.
        censored: How many were followed no further, without an end.
        share: Estimated share for whom it goes on after this time.
        low: Lower end of the pointwise interval of the share, NaN where it has none.
        high: Upper end of the interval, NaN where it has none.
    """

    time: float
    at_risk: int
    ended: int
    censored: int
    share: float
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class Median:
    """The median time with its interval; what the data do not reach is infinity."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The estimated share for whom it goes on, as a function of time; a step for each time."""

    steps: tuple[Step, ...]

    def at(self, time: float) -> Step:
        """What is known at any time of 0 or more.

        The share is that of the last step at or before it, and nobody ends or is censored at a time
        between the steps. For whom it ended it does not go on later: a share of 0 stays 0.

        Raises:
            NotComputable: Nobody was followed as far, and it had not ended for all.
        """
        if time > self.steps[-1].time:
            if self.steps[-1].share:
                raise NotComputable("nobody was followed as long")
            return Step(time, 0, 0, 0, 0.0)
        following = next(step for step in self.steps if step.time >= time)
        if following.time == time:
            return following
        before = [step for step in self.steps if step.time < time]
        last = before[-1] if before else Step(0, 0, 0, 0, 1.0)
        return Step(time, following.at_risk, 0, 0, last.share, last.low, last.high)

    def median(self) -> Median:
        """The time at which the share falls to one half, with its interval.

        The interval holds the times at which that of the share holds one half (Brookmeyer & Crowley
        1982, Biometrics 38:29-41). Where the share, or an end of its interval, is one half for a
        while, it is the middle of that while, as in R's survival. The lower end may be known
        although the median is not.
        """
        shares, lows, highs = zip(*((s.share, s.low, s.high) for s in self.steps), strict=True)
        return Median(*map(self._half, (shares, lows, highs)))

    def _half(self, shares: Sequence[float]) -> float:
        """Where some shares fall to one half; infinity if they do not."""
        times = [step.time for step in self.steps]
        # A share without an interval is 1, 0 or none: R leaves it out.
        falling = [
            (t, s) for t, s in zip(times, shares, strict=True) if not math.isnan(s) and s < 1
        ]
        reached = [(t, s) for t, s in falling if s <= 0.5 + _TOLERANCE]
        if not reached:
            return math.inf
        first, share = reached[0]
        if share < 0.5 - _TOLERANCE:
            return first
        below = (t for t, s in reached if s < 0.5 - _TOLERANCE)
        return (first + next(below, times[-1])) / 2


def product_limit(times: Sequence[float], ended: Sequence[bool], *, level: float = 0.95) -> Curve:
    """The share for whom it goes on (Kaplan & Meier 1958, JASA 53:457-481).

    Those who are censored at a time at which it ends for others count as at risk then. The variance
    is Greenwood's (1926), and the interval is taken on the scale of log(-log(share)), which keeps
    it between 0 and 1 (Kalbfleisch & Prentice 1980, section 1.3). A share of 1 or 0 has none.

    Args:
        times: One value each, 0 or more: how long it went on, as far as it is known.
        ended: Whether it ended then; otherwise it is not known how long it went on after that.
        level: Of the intervals, between 0 and 1.

    Raises:
        NotComputable: There are no times, or one is negative.
        ValueError: The level is not between 0 and 1, or the two have different lengths.
    """
    z = upper_normal_quantile(half_outside(level))
    if not times:
        raise NotComputable("nobody with a known time")
    if min(times) < 0:
        raise NotComputable("a time is below 0")
    ends = Counter(time for time, end in zip(times, ended, strict=True) if end)
    at_risk, share, variance = len(times), 1.0, 0.0
    steps = []
    for time, leaving in sorted(Counter(times).items()):
        stopped = ends[time]
        share *= (at_risk - stopped) / at_risk
        if at_risk > stopped:
            variance += stopped / (at_risk * (at_risk - stopped))
        interval = _log_log(share, math.sqrt(variance), z)
        steps.append(Step(time, at_risk, stopped, leaving - stopped, share, *interval))
        at_risk -= leaving
    return Curve(tuple(steps))


def _log_log(share: float, error: float, z: float) -> tuple[float, float]:
    """The interval of a share from the standard error of its logarithm; NaN for 1 and 0."""
    if not 0 < share < 1:
        return math.nan, math.nan
    width = z * error / abs(math.log(share))
    return float(share ** math.exp(width)), float(share ** math.exp(-width))
