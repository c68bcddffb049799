"""What a study concludes of an outcome in a cohort, each with the number that it hangs on.

A conclusion is an answer to a question. Of two sets of results, the conclusions differ where the
answers do, whatever the numbers. Nothing is computed: every number is a row of the results.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from casebook.data.results import (
    ADJUSTED,
    CHANGE,
    ESTIMATE,
    HOLM,
    OUTCOME,
    RESPONDERS,
    SHIFT,
    Result,
)
from casebook.wording.numbers import (
    Show,
    count_text,
    interval_text,
    median_text,
    number_text,
    p_value_text,
    p_words,
    plainly,
    share_text,
)
from casebook.wording.paired_tests import PairedTest, level_words

_DIRECTIONS = {0: "neither better nor worse", 1: "an improvement", -1: "a worsening"}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An answer, and the words that say it with its number."""

    answer: str
    words: str


def conclusions(test: PairedTest, show: Show = plainly) -> dict[str, Conclusion]:
    """What the results on an outcome in a cohort say, by the question that is answered."""
    found = {"the paired test": _p_value(test, test.row("p_value"), "p", show)}
    for row in test.by_method("p_value", ADJUSTED):
        if row.method == HOLM:
            found["the paired test, adjusted"] = _p_value(test, row, "adjusted p", show)
    if not test.error and not test.row("smallest_exact_p").error:
        found["what an exact test can reach"] = _possible(test, show)
    return found | {
        "the interval of the shift": _interval(test, show),
        "the direction of the change": _direction(test, show),
    }


def _p_value(test: PairedTest, row: Result, name: str, show: Show) -> Conclusion:
    if row.error:
        return Conclusion("not tested", f"not tested, {row.error}")
    alpha = test.study.analysis.alpha
    level, p = number_text(alpha, 4), p_words(row, alpha, show)
    if row.number < alpha:
        return Conclusion("below", f"{name} < {level} ({p})")
    return Conclusion("not below", f"{name} not below {level} ({p})")


def _possible(test: PairedTest, show: Show) -> Conclusion:
    level = level_words(test.study)
    told = p_words(test.row("smallest_exact_p"), test.study.analysis.alpha, show)
    if test.possible:
        words = f"an exact test can reach {level} (smallest possible {told})"
        return Conclusion("possible", words)
    words = f"too few patients changed for {level} with an exact test (smallest possible {told})"
    return Conclusion("impossible", words)


def _interval(test: PairedTest, show: Show) -> Conclusion:
    shift, low, high = _shift(test)
    if low.error:
        return Conclusion("none", f"no interval of the shift, {low.error}")
    coverage = test.row("coverage", ESTIMATE, by=SHIFT)
    if coverage.number == 0:
        return Conclusion("none", "no interval of the shift, as even the widest covers with 0%")
    told = interval_text(shift, low, high, show)
    if coverage.warning:
        attained = show(share_text(coverage.number), coverage)
        told = f"{told}, which covers with only {attained}"
    if low.number <= 0 <= high.number:
        return Conclusion("with 0", f"the interval of the shift includes 0: {told}")
    return Conclusion("without 0", f"the interval of the shift excludes 0: {told}")


def _direction(test: PairedTest, show: Show) -> Conclusion:
    median = test.row("median", OUTCOME, visit=CHANGE)
    if median.error:
        return Conclusion("none", f"no median change, {median.error}")
    outcome = test.study.outcomes[test.outcome]
    rise = outcome.sign * ((median.number > 0) - (median.number < 0))
    direction = _DIRECTIONS[rise if outcome.better == "higher" else -rise]
    value = show(number_text(median.number), median)
    return Conclusion(direction, f"the median change, {value}, is {direction}")


def main_numbers(test: PairedTest, show: Show = plainly) -> dict[str, str]:
    """The numbers on an outcome in a cohort that readers look for first, as they are shown."""
    alpha, pairs = test.study.analysis.alpha, test.row("n_pairs")
    medians = {
        test.study.visits[visit].label: partial(test.at, visit) for visit in test.contrast.visits
    }
    medians["Change"] = partial(test.row, context=OUTCOME, visit=CHANGE)
    return (
        {"Patients with both visits": show(number_text(pairs.number), pairs)}
        | {f"{label}, median": _median(found, show) for label, found in medians.items()}
        | {
            "Shift (confidence interval)": interval_text(*_shift(test), show),
            "p-value": p_value_text(test.row("p_value"), alpha, show),
            "Exact p-value": p_value_text(test.row("exact_p_value"), alpha, show),
        }
        | {f"Responders: {label}": text for label, text in _responders(test, show)}
    )


def _median(found: Callable[[str], Result], show: Show) -> str:
    median, low, high = map(found, ("median", "p25", "p75"))
    return median_text(median, low, high, show)


def _shift(test: PairedTest) -> tuple[Result, Result, Result]:
    shift, low, high = (
        test.row(stat, ESTIMATE, by=SHIFT) for stat in ("estimate", "conf_low", "conf_high")
    )
    return shift, low, high


def _responders(test: PairedTest, show: Show) -> Iterator[tuple[str, str]]:
    """Those by each threshold that the results have: one may have been declared later."""
    percents = {row.variable_level: row for row in test.by_level("percent", RESPONDERS, "Wilson")}
    for name, threshold in test.study.outcomes[test.outcome].responders.items():
        if name in percents:
            count = test.row("count", RESPONDERS, level=name)
            yield threshold.label, count_text(count, percents[name], show)
