"""What is said below the table of a comparison: of its cells, its columns, and its tests."""

from collections.abc import Iterable, Iterator, Sequence

from casebook.base.texts import capital
from casebook.data.results import Result
from casebook.report.balance import NOTHING_USEFUL
from casebook.report.cohort_tests import CohortTest
from casebook.study.comparisons import Comparison
from casebook.study.model import Study
from casebook.wording.numbers import NOT_COMPUTED, level_text
from casebook.wording.sentences import ending, listed, with_places
from casebook.wording.several_cohorts import size_words
from casebook.wording.subtractions import sign_words

EXACT_INTERVAL = (
    "The exact interval beside it, Chan and Zhang's, covers in at least {} of samples whatever the"
    " percentages are: go by it where patients are few."
)
"""What is said of the exact interval of a difference of counts, with its level."""


def of_cells(study: Study) -> Iterator[str]:
    """What stands in the columns of the cohorts."""
    yield (
        "Medians with lower and upper quartiles, or patients with their percentage, of all patients"
        " with a value."
    )
    if study.grades:
        yield (
            "For grades it is how many patients have each; they are compared by their order alone,"
            " and have no difference."
        )


def of_differences(study: Study, labels: Sequence[str]) -> str:
    """What the difference of two cohorts is that are called so, and its interval."""
    level = level_text(study.analysis.confidence_level)
    return (
        f"Differences are {labels[1]} minus {labels[0]}. For values it is the Hodges-Lehmann"
        " estimate, the median of all differences between a patient of one cohort and one of"
        f" the other, with its exact interval of at least {level}, or the widest that exists;"
        " for patients it is in percentage points, with Miettinen and Nurminen's score interval,"
        f" which covers in about {level} of samples on average over the true percentages, but"
        " in fewer where one is near 0% and the other near 100%: one of 95% in 80 to 85% at"
        " worst."
        f" {EXACT_INTERVAL.format(level)}"
    )


def of_sizes(comparison: Comparison, tests: Sequence[CohortTest]) -> str:
    """What the effect sizes of several cohorts are, of those that these tests have."""
    sized = [test for test in tests if test.size_text() != NOT_COMPUTED]
    return size_words(
        len(comparison.cohorts),
        ranks=any(not test.of_counts for test in sized),
        counts=any(test.of_counts for test in sized),
    )


def of_tests(study: Study, comparison: Comparison) -> Iterator[str]:
    """What is not tested, and for what p-values are not adjusted."""
    if not comparison.two:
        yield (
            "Of more than two cohorts only an overall test is made: a test of two of them needs a"
            " comparison of its own."
        )
    in_family = any(study.comparisons.get(cohort) is comparison for cohort, _, _ in study.family)
    others = "The other p-values" if in_family else "These p-values"
    yield f"{others} are not adjusted for their number."


def of_the_least(study: Study, comparison: Comparison) -> str:
    """What the smallest possible p-value is."""
    test = "the test" if study.analysis.rank_sum == "exact" else "the exact test"
    apart = "the values of the cohorts not overlapped"
    if comparison.two:
        apart = "all values of one cohort been above all those of the other"
    return (
        f"The smallest possible p-value is what {test} would have given had {apart}, or of"
        " patients counted had they been divided most unevenly. Where it is not"
        f" below {study.analysis.alpha:g}, there are too few patients,"
        " or too few whose values differ, for a significant result."
    )


def of_turns(tests: Sequence[CohortTest]) -> Iterator[str]:
    """How changes of grades and conditions are compared, and who could gain a condition."""
    turned = [test for test in tests if test.of_ranks_alone and test.is_change]
    if any(test.of_grades for test in turned):
        yield (
            "The change of a grade is by how many levels it became better or worse in a patient;"
            " cohorts are compared by the ranks of these steps, which takes every level to be as"
            " far from the next as any other."
        )
    if any(not test.of_grades for test in turned):
        yield (
            "A condition can change to no, not at all, or to yes; cohorts are compared by the ranks"
            " of these three. Who gained it is counted of those without it at the first of the two"
            " visits, and who lost it of those with it, as nobody else can."
        )


def of_directions(study: Study, tests: Sequence[CohortTest]) -> Iterator[str]:
    """Which way changes run beside the values of the visits, and what is better."""
    if any(test.is_change and test.of_values for test in tests):
        yield sign_words(study)
    for better in ("lower", "higher"):
        named = {test.variable: None for test in tests if test.of_values and test.better == better}
        if named:
            told = ending(named, "as study.yaml says", between=", ")
            yield f"{better.capitalize()} values are better{told}"


def of_the_start(tests: Sequence[CohortTest]) -> Iterator[str]:
    """Why the first visit has no p-values, or what those that are asked for do not say."""
    at_start = [test for test in tests if test.at_start]
    if not at_start:
        return
    when = at_start[0].when
    if at_start[0].shows_p:
        yield f"{when} is the first visit. {NOTHING_USEFUL}"
        return
    yield (
        f"{when} is the first visit, whose p-values are not shown: of patients who were assigned at"
        " random they test what is known to be true, and of others they do not say how alike they"
        " are. They are among the results, and with baseline_p_values in this table."
    )


def reasons(tests: Sequence[tuple[str, CohortTest]]) -> Iterator[str]:
    """How the p-values were found, or why there is none, of tests with what they are of."""
    told = ((_reason(test.p_value), what) for what, test in tests)
    return with_places(told, (what for what, _ in tests))


def _reason(row: Result) -> str:
    return f"Not tested, {row.error}" if row.error else capital(row.method)


def disagreements(tests: Iterable[tuple[str, CohortTest]]) -> Iterator[str]:
    """Where test and interval disagree, and why they can."""
    found: dict[str, list[str]] = {}
    for what, test in tests:
        if disagreement := test.disagreement:
            found.setdefault(disagreement.why, []).append(what)
    for why, places in found.items():
        some = "; ".join(listed(places))
        yield f"The p-value and the interval of the difference disagree on {some}: {why}."
