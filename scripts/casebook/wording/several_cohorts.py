"""What the numbers mean that say how much three cohorts or more differ."""

from casebook.data.vocabulary import Among

_MEANINGS = {
    Among.EPSILON_SQUARED: (
        "ε² is the share of the variation of the ranks that lies between the cohorts"
    ),
    Among.CRAMERS_V: "Cramér's V, of patients counted, is how unevenly they are divided",
}


def size_words(cohorts: int, *, ranks: bool, counts: bool) -> str:
    """What is said of effect sizes below a table.

    Args:
        cohorts: How many cohorts are compared, or the fewest where several comparisons are.
        ranks: Whether some are of ranks.
        counts: Whether some are of counts.
    """
    shown = {Among.EPSILON_SQUARED: ranks, Among.CRAMERS_V: counts}
    meanings = "; ".join(_MEANINGS[among] for among, is_shown in shown.items() if is_shown)
    by_chance = f"{cohorts - 1}/(n − 1)"
    alone = (
        f"ε² is {by_chance} on average with n patients{', and the square of V no less' * counts}"
        if ranks
        else f"the square of V is {by_chance} on average with n patients or more"
    )
    return (
        f"Effect sizes go from 0, the cohorts are alike, to 1: {meanings}. By chance alone {alone},"
        " so that few patients give large ones where nothing differs."
    )
