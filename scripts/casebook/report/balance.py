"""What the table of characteristics has of comparisons: how alike cohorts were, and p-values."""

from collections.abc import Iterator
from functools import partial

from casebook.data.results import BALANCE, Results
from casebook.data.vocabulary import Among
from casebook.study.model import Study
from casebook.wording.numbers import NOT_COMPUTED, p_value_text
from casebook.wording.several_cohorts import size_words
from casebook.wording.traces import traced, traced_number

NOTHING_USEFUL = (
    "Of patients who were assigned at random, a p-value of a characteristic tests what is known to"
    " be true, and of others it does not say how alike they are: look at the standardised"
    " differences."
)


def balance_columns(study: Study) -> list[str]:
    """What the table of characteristics has of comparisons, by its heads of columns."""
    found = []
    for comparison in study.comparisons.values():
        if comparison.two:
            found.append(f"Standardised difference, {comparison.label}")
        else:
            found.append(f"Effect size, {comparison.label}")
        if comparison.baseline_p_values:
            found.append(f"p-value, {comparison.label}")
    return found


def balance_cells(
    study: Study, results: Results, variable: str, level: str = ""
) -> tuple[str, ...]:
    """The cells of these columns for a variable, or for a member of a set."""
    found = []
    named = study.first_of_two_levels(variable)
    of_numbers = study.kinds[variable] == "number"
    among = Among.EPSILON_SQUARED if of_numbers else Among.CRAMERS_V
    for name, comparison in study.comparisons.items():
        find = partial(results.get, name, variable, BALANCE, level=level)
        if comparison.two:
            row = find("standardised_difference")
            of_level = f" ({named})" if named and not row.error else ""
            found.append(f"{traced_number(row)}{of_level}")
        else:
            row = find("estimate")
            found.append(NOT_COMPUTED if row.error else f"{among.symbol} {traced_number(row)}")
        if comparison.baseline_p_values:
            found.append(p_value_text(find("p_value"), study.analysis.alpha, traced))
    return tuple(found)


def balance_notes(study: Study) -> Iterator[str]:
    """What a reader of these columns must know."""
    comparisons = study.comparisons.values()
    if any(each.two for each in comparisons):
        yield (
            "A standardised difference is the mean of the second cohort minus that of the first,"
            " divided by the square root of the mean of their variances, and likewise for shares."
            " Of a characteristic with two levels it is that of the level named beside it; of one"
            " with more it is a distance, which has no sign. Where the cohorts have no level in"
            " common there is none."
        )
    if several := [len(each.cohorts) for each in comparisons if not each.two]:
        of_numbers = {study.kinds[variable] == "number" for variable in study.reported}
        yield size_words(min(several), ranks=True in of_numbers, counts=False in of_numbers)
    if any(each.baseline_p_values for each in comparisons):
        yield f"P-values are {_tests(study)}."
        yield NOTHING_USEFUL


def _tests(study: Study) -> str:
    """The tests of the p-values, of all comparisons that show them."""
    sizes = [each.two for each in study.comparisons.values() if each.baseline_p_values]
    by_ranks = {True: "the rank-sum test", False: "Kruskal and Wallis's test"}
    ranked = " or ".join(test for two, test in by_ranks.items() if two in sizes)
    tests = {True: f"of numbers by {ranked}", False: "of categories by Fisher's exact test"}
    of_numbers = {study.kinds[variable] == "number" for variable in study.reported}
    return ", and ".join(told for numbers, told in tests.items() if numbers in of_numbers)
