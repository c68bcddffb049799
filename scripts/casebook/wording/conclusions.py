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
    HOLM,
    OUTCOME,
    RESPONDERS,
    Result,
)
from casebook.study.choices import Analysis
from casebook.wording.numbers import (
    Show,
    count_text,
    interval_text,
    level_text,
    median_text,
    number_text,
    p_value_text,
    p_words,
    plainly,
    share_text,
)
from casebook.wording.paired_tests import PairedTest, level_words

NEITHER, BETTER, WORSE = "neither better nor worse", "an improvement", "a worsening"
"""The directions of a change."""

_DISAGREEING = {("below", "with 0"), ("not below", "without 0")}
_SAME_LEVEL = 1e-9


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An answer, the words that say it with its number, and whether an interval leaves it open."""

    answer: str
    words: str
    is_open: bool = False


def conclusions(test: PairedTest, show: Show = plainly) -> dict[str, Conclusion]:
    """What the results on an outcome in a cohort say, by the question that is answered."""
    alpha = test.study.analysis.alpha
    found = {"the paired test": of_p_value(test.row("p_value"), alpha, "p", show)}
    for row in test.by_method("p_value", ADJUSTED):
        if row.method == HOLM:
            found["the paired test, adjusted"] = of_p_value(row, alpha, "adjusted p", show)
    if not test.error and not test.row("smallest_exact_p").error:
        found["what an exact test can reach"] = _possible(test, show)
    return found | {
        "the interval of the shift": _interval(test, show),
        "the direction of the change": _direction(test, show),
    }


def of_p_value(row: Result, alpha: float, name: str, show: Show) -> Conclusion:
    """Whether a p-value is below the level, with what it is called before it."""
    if row.error:
        return Conclusion("not tested", f"not tested, {row.error}")
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
    shift, low, high = test.shift
    if low.error:
        return Conclusion("none", f"no interval of the shift, {low.error}")
    coverage = test.coverage
    if coverage.number == 0:
        return Conclusion("none", "no interval of the shift, as even the widest never covers")
    told = interval_text(shift, low, high, show)
    if coverage.warning:
        attained = show(share_text(coverage.number), coverage)
        told = f"{told}, which covers in only {attained} of samples"
    if low.number <= 0 <= high.number:
        return Conclusion("with 0", f"the interval of the shift includes 0: {told}")
    return Conclusion("without 0", f"the interval of the shift excludes 0: {told}")


def _direction(test: PairedTest, show: Show) -> Conclusion:
    shift, low, high = test.shift
    if shift.error:
        return Conclusion("none", f"no shift, {shift.error}")
    answer = direction(test)
    words = f"the shift, {show(number_text(shift.number), shift)}, is {answer}"
    return Conclusion(answer, words, is_open=not low.error and low.number <= 0 <= high.number)


def direction(test: PairedTest) -> str:
    """Whether the shift, which has been computed, is an improvement."""
    outcome = test.study.outcomes[test.outcome]
    rise = outcome.sign * test.shift[0].number
    if rise == 0:
        return NEITHER
    return BETTER if (rise > 0) == (outcome.better == "higher") else WORSE


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Why p and the interval of the shift lead to different conclusions, and the number for it."""

    why: str
    number: str = ""


def disagreement(test: PairedTest, show: Show = plainly) -> Disagreement | None:
    """Why p and the interval of the shift lead to different conclusions; None where they do not.

    Without ties and zeros an exact test always agrees with an interval that attains the level that
    is one less that of the test.
    """
    alpha = test.study.analysis.alpha
    answers = (of_p_value(test.row("p_value"), alpha, "p", show), _interval(test, show))
    if tuple(each.answer for each in answers) not in _DISAGREEING:
        return None
    analysis, exact = test.study.analysis, test.row("exact_p_value")
    covers = interval_at_odds(analysis, test.coverage, show, reached=test.reached)
    if covers is not None:
        return covers
    if not exact.error and (exact.number < analysis.alpha) != test.reached:
        return approximate_at_odds(exact, analysis.alpha, show)
    informative, pairs = test.row("n_informative"), test.row("n_pairs")
    if informative.number < pairs.number:
        some, of = (show(number_text(each.number), each) for each in (informative, pairs))
        why = "the interval counts every patient, and the test only those who changed"
        return Disagreement(why, f"{some} of {of}")
    return Disagreement("test and interval take changes of equal size differently")


def approximate_at_odds(exact: Result, alpha: float, show: Show) -> Disagreement:
    """That an exact interval agrees with the exact test, whose p-value is not the study's own."""
    told = p_words(exact, alpha, show)
    return Disagreement("the interval is exact and p an approximation", f"exact {told}")


def interval_at_odds(
    analysis: Analysis, coverage: Result, show: Show, *, reached: bool
) -> Disagreement | None:
    """Why an interval may disagree with any test, because of what it covers; None if for that not.

    Args:
        analysis: The levels of the study.
        coverage: What the interval attains, with a warning where that is too little.
        show: Puts the text of a number into a larger one.
        reached: Whether p is below the level.
    """
    if coverage.warning and not reached:
        attained = show(share_text(coverage.number), coverage)
        return Disagreement("even the widest interval covers less often than it should", attained)
    if abs(1 - analysis.confidence_level - analysis.alpha) > _SAME_LEVEL:
        level, alpha = level_text(analysis.confidence_level), number_text(analysis.alpha, 4)
        return Disagreement(f"the interval is of {level}, and the test of p < {alpha}")
    return None


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
            "Shift (confidence interval)": interval_text(*test.shift, show),
            "p-value": p_value_text(test.row("p_value"), alpha, show),
            "Exact p-value": p_value_text(test.row("exact_p_value"), alpha, show),
        }
        | {f"Responders: {label}": text for label, text in _responders(test, show)}
    )


def _median(found: Callable[[str], Result], show: Show) -> str:
    median, low, high = map(found, ("median", "p25", "p75"))
    return median_text(median, low, high, show)


def _responders(test: PairedTest, show: Show) -> Iterator[tuple[str, str]]:
    """Those by each threshold that the results have: one may have been declared later."""
    percents = {row.variable_level: row for row in test.by_level("percent", RESPONDERS, "Wilson")}
    for name, threshold in test.study.outcomes[test.outcome].responders.items():
        if name in percents:
            count = test.row("count", RESPONDERS, level=name)
            yield threshold.label, count_text(count, percents[name], show)
