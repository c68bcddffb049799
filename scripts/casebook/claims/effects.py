"""Readings of effect sizes by their names: `effect(cdasi, "r") in dm`.

Some stand for a row of the results; what these sizes are is for `data.vocabulary`. Those that only
papers print, and those of one sample, are computed when a claim asks for them.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence

from casebook.base.errors import listed
from casebook.claims.compared import Compared, compared_names, of_term
from casebook.claims.readings import ReadingError
from casebook.claims.written import one_of
from casebook.data.results import BALANCE, DIFFERENCE, ESTIMATE
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
}
"""Those between cohorts that results have, by their names, as the messages here call them."""

COHENS_D, HEDGES_G, R = "Cohen's d", "Hedges' g", "r"
GLASS_DELTA, RANK_BISERIAL = "Glass's delta", "rank-biserial"
SUPERIORITY = "probability of superiority"
ODDS_RATIO, RISK_RATIO, PHI, CRAMERS_V = "odds ratio", "risk ratio", "phi", "Cramér's V"
NEEDED_TO_TREAT = "number needed to treat"
OF_PAIRS = (COHENS_D, HEDGES_G, "d_av", "d_rm", "g_z", "g_av", "g_rm")
"""The effect sizes of pairs that papers print, and no results have."""
WITH_INTERVAL = (ODDS_RATIO, RISK_RATIO, NEEDED_TO_TREAT, COHENS_D, HEDGES_G, GLASS_DELTA)
"""Those of two cohorts whose interval is computed too."""
OF_PAIRS_WITH_INTERVAL = (COHENS_D, HEDGES_G, "g_z")
"""Those of pairs."""
_OF_ORDER: Sequence[str] = (RANK_BISERIAL, R, SUPERIORITY)
_OF_VALUES: Sequence[str] = (COHENS_D, HEDGES_G, GLASS_DELTA, *_OF_ORDER)
_OF_ANSWERS: Sequence[str] = (ODDS_RATIO, RISK_RATIO, NEEDED_TO_TREAT, PHI, CRAMERS_V)
OF_TWO_COHORTS = (*_OF_VALUES, *_OF_ANSWERS)
"""Those of two cohorts that papers print, and no results have."""
OTHER_NAMES = {
    "d": COHENS_D,
    "g": HEDGES_G,
    "Hedges's g": HEDGES_G,
    "Glass' delta": GLASS_DELTA,
    "Cliff's delta": RANK_BISERIAL,
    "OR": ODDS_RATIO,
    "RR": RISK_RATIO,
    "relative risk": RISK_RATIO,
    "NNT": NEEDED_TO_TREAT,
    "NNH": NEEDED_TO_TREAT,
    "number needed to harm": NEEDED_TO_TREAT,
    "Cramer's V": CRAMERS_V,
}
"""Other names that papers have for some of these."""


def by_one_name(name: str) -> str:
    """An effect size of pairs or cohorts by the name that it has here, where it has several."""
    plain = name.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return OTHER_NAMES.get(plain, plain)


def check_named(name: str, known: Iterable[str], of: str) -> None:
    """Make sure that an effect size of this sort has a name, and tell of which sort it is if not.

    Args:
        name: The name as a claim gives it.
        known: Those of this sort.
        of: What they are of, in words.

    Raises:
        ReadingError: none of them has it.
    """
    names = list(known)
    if name in names:
        return
    sorts = {
        "cohorts, as in ... between arms": [*OF_TWO_COHORTS, *BETWEEN],
        "the changes of pairs": [*OF_PAIRS, *EFFECTS],
        "one sample, with against=...": list(OF_ONE_SAMPLE),
    }
    but = next((f", but of {told}" for told, others in sorts.items() if name in others), "")
    shown = listed(names, name)
    raise ReadingError(f"{name!r} is not an effect size of {of}{but}; known: {shown}")


def row_of_effect(cohort: str, outcome: str, effect: str, contrast: str) -> dict[str, str]:
    """The keys of the row of an effect size of pairs, by one of its names."""
    of = {"cohort": cohort, "variable": outcome, "contrast": contrast}
    return {**of, "context": ESTIMATE, "method": EFFECTS[effect].value, "statistic": "estimate"}


def what_is_compared(study: Study, of: Sequence[ast.expr], *others: str) -> Compared:
    """What is compared between cohorts, by how it is written.

    Args:
        study: The study.
        of: What is written.
        others: What could have been meant as well.

    Raises:
        ReadingError: it is nothing of the sort.
    """
    if len(of) == 1 and study.harms and (term := of_term(of[0])):
        return term
    known, name = compared_names(study), ", ".join(map(ast.unparse, of))
    meant = [each for each in known if each.startswith(f"{name}_") and "," not in each]
    if meant and name not in known:
        told = f"{name!r} is not what is compared between cohorts; write which of these is meant"
        raise ReadingError(f"{told}: {listed(meant)}")
    if name not in known:
        one_of(name, [*known, *others], "what is compared between cohorts")
    return known[name]


def check_size(study: Study, of: Compared, name: str) -> None:
    """Make sure that there is an effect size of two cohorts of this that no results have.

    Args:
        study: The study.
        of: What is compared.
        name: The name of the effect size.

    Raises:
        ReadingError: there is none.
    """
    fitting, what = _fitting(study, of)
    if name not in fitting:
        raise ReadingError(f"{of.name} has no {name}, as it is {what}; known: {', '.join(fitting)}")


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
    written, two = ", ".join(map(ast.unparse, of)), study.comparison(comparison).two
    if name not in (*OF_TWO_COHORTS, *BETWEEN):
        fitting = [*OF_TWO_COHORTS, _STANDARDISED] if two else list(map(str, Among))
        check_named(name, fitting, f"the comparison {comparison}")
    keys = {"cohort": comparison, "statistic": "estimate"}
    if reported := _reported(study, of):
        variable, level = reported
        has = _of_several(is_ranked=study.kinds[variable] == "number")
        keys |= {"variable": variable, "level": level, "context": BALANCE, "method": has}
        if two:
            has = _STANDARDISED
            keys |= {"statistic": "standardised_difference", "method": ""}
    else:
        each = what_is_compared(study, of, *study.reported)
        usual, *_ = _fitting(study, each)[0]
        has = usual if two else _of_several(is_ranked=not each.of_shares)
        keys |= {"variable": each.variable, "level": each.level, "context": DIFFERENCE}
        keys |= {"visit": each.visit, "contrast": each.contrast, "method": has}
    if BETWEEN.get(name) != has:
        instead = f'write effect({written}, "{has}") between {comparison}'
        raise ReadingError(f"the results have no {name} of {written} in {comparison}; {instead}")
    return keys


def _of_several(*, is_ranked: bool) -> str:
    """What says how much three cohorts or more differ: by ranks, or by counts."""
    return Among.EPSILON_SQUARED if is_ranked else Among.CRAMERS_V


def _fitting(study: Study, compared: Compared) -> tuple[Sequence[str], str]:
    """The effect sizes of two cohorts that there are, the usual one first, and of what they are."""
    if compared.of_shares:
        return _OF_ANSWERS, "yes or no"
    if compared.variable in study.grades or compared.variable in study.conditions:
        return _OF_ORDER, "an order of steps"
    return _OF_VALUES, "a number"


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
