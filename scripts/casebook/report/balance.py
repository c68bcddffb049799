"""What the table of characteristics has of comparisons: standardised differences and p-values."""

from collections.abc import Iterator

from casebook.data.results import BALANCE, Results
from casebook.study.model import Study
from casebook.wording.numbers import p_value_text
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
        if comparison.baseline_p_values:
            found.append(f"p-value, {comparison.label}")
    return found


def balance_cells(
    study: Study, results: Results, variable: str, level: str = ""
) -> tuple[str, ...]:
    """The cells of these columns for a variable, or for a member of a set."""
    found = []
    named = study.first_of_two_levels(variable)
    for name, comparison in study.comparisons.items():
        stats = ["standardised_difference"] * comparison.two
        stats += ["p_value"] * comparison.baseline_p_values
        for stat in stats:
            row = results.get(name, variable, BALANCE, stat, level=level)
            is_p = stat == "p_value"
            shown = p_value_text(row, study.analysis.alpha, traced) if is_p else traced_number(row)
            of_level = named and not is_p and not row.error
            found.append(f"{shown} ({named})" if of_level else shown)
    return tuple(found)


def balance_notes(study: Study) -> Iterator[str]:
    """What a reader of these columns must know."""
    comparisons = study.comparisons.values()
    if any(each.two for each in comparisons):
        yield (
            "A standardised difference is that of two means in units of the root of their mean"
            " variance, and of shares likewise, the second cohort less the first; of a"
            " characteristic with two levels it is that of the level named beside it, and with more"
            " a distance without sign. Where the cohorts have no level in common there is none."
        )
    if any(each.baseline_p_values for each in comparisons):
        yield NOTHING_USEFUL
