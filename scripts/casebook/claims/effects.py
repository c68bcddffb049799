"""Readings of effect sizes by their names: `effect(cdasi, "r") in dm`.

Those of pairs and between cohorts stand for a row of the results; what the sizes are is for
`data.vocabulary`. Those of one sample are computed when a claim asks for them.
"""

import ast
from collections.abc import Mapping, Sequence

from casebook.base.errors import listed
from casebook.claims.compared import Compared, compared_names, of_term
from casebook.claims.readings import ReadingError
from casebook.claims.written import one_of
from casebook.data.results import BALANCE, CHANGE, DIFFERENCE, ESTIMATE
from casebook.data.vocabulary import Among, Effect
from casebook.study.model import Study

_SHORT: Mapping[str, Effect] = {
    "rank-biserial": Effect.RANK_BISERIAL,
    "d_z": Effect.COHENS_DZ,
    "r": Effect.R_FROM_Z,
    "baseline SDs": Effect.BASELINE_SDS,
}
EFFECTS: Mapping[str, Effect] = {**_SHORT, **{str(each): each for each in Effect}}
"""The effect sizes of pairs by how papers name them in short, and as the results do."""
OF_ONE_SAMPLE: Mapping[str, Effect] = {
    "d": Effect.COHENS_DZ,
    **{name: each for name, each in EFFECTS.items() if each != Effect.BASELINE_SDS},
}
"""Those of one sample against a number, by their names."""
_STANDARDISED = "standardised difference"
BETWEEN: Mapping[str, str] = {
    _STANDARDISED: _STANDARDISED,
    "standardized difference": _STANDARDISED,
    "epsilon squared": Among.EPSILON_SQUARED,
    "Cramér's V": Among.CRAMERS_V,
    "Cramer's V": Among.CRAMERS_V,
}
"""Those between cohorts, by their names, as the results and the messages here call them."""


def check_named(name: str, known: Mapping[str, str], of: str) -> None:
    """Make sure that an effect size of this sort has a name, and tell of which sort it is if not.

    Args:
        name: The name as a claim gives it.
        known: Those of this sort.
        of: What they are of, in words.

    Raises:
        ReadingError: none of them has it.
    """
    if name in known:
        return
    sorts = {
        "cohorts, as in ... between arms": BETWEEN,
        "the changes of pairs": EFFECTS,
        "one sample, with against=...": OF_ONE_SAMPLE,
    }
    but = next((f", but of {told}" for told, names in sorts.items() if name in names), "")
    shown = listed(list(known), name)
    raise ReadingError(f"{name!r} is not an effect size of {of}{but}; known: {shown}")


def row_of_effect(cohort: str, outcome: str, effect: str, contrast: str) -> dict[str, str]:
    """The keys of the row of an effect size of pairs, by one of its names."""
    of = {"cohort": cohort, "variable": outcome, "contrast": contrast}
    return {**of, "context": ESTIMATE, "method": EFFECTS[effect].value, "statistic": "estimate"}


def row_between(study: Study, comparison: str, of: Sequence[ast.expr], name: str) -> dict[str, str]:
    """The keys of the row of an effect size between cohorts.

    Two cohorts have a standardised difference of each variable that is reported at baseline; three
    or more have one number for how much they differ, of these and of all that is compared.

    Args:
        study: The study.
        comparison: The name of the comparison.
        of: What is compared, as it is written.
        name: The name of the effect size.

    Raises:
        ReadingError: the results have no such row.
    """
    check_named(name, BETWEEN, f"the comparison {comparison}")
    written, two = ", ".join(map(ast.unparse, of)), study.comparisons[comparison].two
    keys = {"cohort": comparison, "statistic": "estimate"}
    compared = compared_names(study)
    if reported := _reported(study, of):
        variable, level = reported
        has = _of_several(is_ranked=study.kinds[variable] == "number")
        keys |= {"variable": variable, "level": level, "context": BALANCE, "method": has}
        if two:
            has = _STANDARDISED
            keys |= {"statistic": "standardised_difference", "method": ""}
    else:
        term = of_term(of[0]) if study.harms and len(of) == 1 else None
        if term is None:
            one_of(written, [*compared, *study.reported], "what is compared between cohorts")
        each = term or compared[written]
        has = "" if two else _of_several(is_ranked=_is_ranked(study, each))
        keys |= {"variable": each.variable, "level": each.level, "context": DIFFERENCE}
        keys |= {"visit": each.visit, "contrast": each.contrast, "method": has}
    if BETWEEN[name] != has:
        raise ReadingError(_has_another(written, comparison, name, has))
    return keys


def _has_another(written: str, comparison: str, name: str, has: str) -> str:
    """What is said of an effect size that the results do not have of this."""
    if not has:
        instead = f"how far two cohorts are apart is difference({written}) between {comparison}"
    else:
        instead = f'write effect({written}, "{has}") between {comparison}'
    return f"the results have no {name} of {written} in {comparison}; {instead}"


def _of_several(*, is_ranked: bool) -> str:
    """What says how much three cohorts or more differ: by ranks, or by counts."""
    return Among.EPSILON_SQUARED if is_ranked else Among.CRAMERS_V


def _is_ranked(study: Study, compared: Compared) -> bool:
    """Whether cohorts are compared by ranks, as answers to a yes-or-no question are not."""
    if compared.of_harms or compared.level:
        return False
    return compared.variable not in study.conditions or compared.visit == CHANGE


def _reported(study: Study, of: Sequence[ast.expr]) -> tuple[str, str] | None:
    """The variable that is reported at baseline, and a member of a set of it, if one is named."""
    match of:
        case [ast.Name(id=name)] if name in study.reported and study.kinds[name] != "set":
            return name, ""
        case [
            ast.Compare(
                left=ast.Constant(value=str(member)),
                ops=[ast.In()],
                comparators=[ast.Name(id=name)],
            )
        ] if name in study.reported and study.kinds[name] == "set":
            one_of(member, list(study.levels(name)), f"a member of {name}")
            return name, member
    return None
