"""What a study uses for values of which only a limit is known, as sentences of its methods.

How many values there are is a finding of cleaning.
"""

from collections import defaultdict
from collections.abc import Iterator

from casebook.base.lists import enumerated
from casebook.study.model import Study
from casebook.study.outcomes import Outcome
from casebook.study.variables import NumberVariable

_USED = {
    "limit": "counted as that limit",
    "half": "counted as half of it",
    "missing": "taken as missing",
}


def of_limits(study: Study) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A sentence for each side of limits and each rule, with what it applies to."""
    labels: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    numbers = [each for each in study.variables.values() if isinstance(each, NumberVariable)]
    every: list[NumberVariable | Outcome] = [*numbers, *study.outcomes.values()]
    for each in every:
        for side in ("below", "above"):
            if rule := getattr(each.censored, side, None):
                labels[side, rule].append(each.label)
    for (side, rule), named in labels.items():
        values = f"Values of {enumerated(named)} {side} the limit of measurement"
        yield f"{values} were {_USED[rule]}", ()
