"""Events in a time under observation, and how often they may happen."""

from dataclasses import dataclass

from casebook.statistics.distributions import gamma_quantile
from casebook.statistics.tails import half_outside
from casebook.statistics.terms import NotComputable


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per unit of time with their interval."""

    value: float
    low: float
    high: float


def poisson_rate(events: int, time: float, *, level: float = 0.95) -> Rate:
    """The rate of events with the exact interval of a Poisson count (Garwood 1936).

    Its ends are gamma quantiles: the rates at which as many events, or as few, have half of the
    probability outside the level (Biometrika 28:437-442). It holds where events come independently
    of each other, which several events of one patient may not.

    Args:
        events: Number of events.
        time: Time under observation, of all patients together.
        level: Between 0 and 1.

    Raises:
        NotComputable: There is no time.
        ValueError: The number or the time is below 0, or the level not between 0 and 1.
    """
    if events < 0 or time < 0:
        raise ValueError(f"events and time are 0 or more, got {events} and {time}")
    tail = half_outside(level)
    if time == 0:
        raise NotComputable("no time under observation")
    low = gamma_quantile(tail, events) if events else 0.0
    high = gamma_quantile(tail, events + 1, upper=True)
    return Rate(events / time, low / time, high / time)
