"""Differences that a paper takes the other way round: a fall by 3.2, where the change is -3.2.

Those between cohorts may be the first minus the second, where ours are the second minus the first.

Which number is of a change is for `sentences` and `tables`; what follows for its claim is here.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from casebook.claims.together import CONF_HIGH, CONF_LOW
from casebook.data.patients import AFTER_MINUS_BEFORE, BEFORE_MINUS_AFTER, Direction
from casebook.data.results import ESTIMATE
from casebook.quoting.guesses import Guess, ValueOf, gives
from casebook.study.model import Study

_OF_CHANGES = re.compile(r"(?P<statistic>\w+)\((?P<column>\w+)(?:, .*)?\) in \w+")
_OF_ESTIMATES = re.compile(
    rf"result\(.*\bvariable=(?P<outcome>\w+),.*\bcontext={ESTIMATE},.*\bstatistic=(?P<statistic>\w+)"
    r".*\)"
)
_BETWEEN = re.compile(
    r"(?P<statistic>\w+)\((?:difference\()?(?P<column>\w+)(?:, .*)?\)* between \w+"
)
_ENDS = (("p25", "p75"), ("min", "max"), (CONF_LOW, CONF_HIGH))
_OTHER: Mapping[str, str] = {
    "mean": "mean",
    "median": "median",
    "difference": "difference",
    **dict(_ENDS),
    **{high: low for low, high in _ENDS},
}
"""The statistic that one is, with the other sign, of differences the other way round."""


def as_taken(study: Study, guess: Guess, value_of: ValueOf) -> Guess:
    """The guess, of which is told if differences the other way round give what is printed.

    Of changes its `convention` says so. Cohorts are compared the other way round without one.
    """
    forms = (_OF_CHANGES, _OF_ESTIMATES, _BETWEEN)
    of = next((found for form in forms if (found := form.fullmatch(guess.reading))), None)
    if guess.rests_on != "words" or of is None or of["statistic"] not in _OTHER:
        return guess
    named = of.groupdict()
    outcome = named.get("outcome") or study.changes.get(named.get("column", ""), ("",))[0]
    start, end = of.span("statistic")
    other = f"{guess.reading[:start]}{_OTHER[of['statistic']]}{guess.reading[end:]}"
    value = value_of(other)
    if value is None or not gives(-value, guess.printed):
        return guess
    if outcome:
        way = _other_way(study, outcome)
        return replace(guess, convention=way, value=-value, rests_on="words and value")
    if of.re is _BETWEEN:
        return replace(guess, value=-value, rests_on="other way")
    return guess


def _other_way(study: Study, outcome: str) -> Direction:
    """The way in which the study does not take the differences of an outcome."""
    later_first = study.outcomes[outcome].change == "later - earlier"
    own = study.source.differences or (AFTER_MINUS_BEFORE if later_first else BEFORE_MINUS_AFTER)
    other: Direction = BEFORE_MINUS_AFTER if own == AFTER_MINUS_BEFORE else AFTER_MINUS_BEFORE
    return other
