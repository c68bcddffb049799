"""How each reading is written: an example of it, with names of the study."""

from collections.abc import Mapping

from casebook.claims.checked import CHECKS
from casebook.claims.compared import DIFFERENCES
from casebook.claims.over_visits import OVER_VISITS
from casebook.claims.readings import COMBINED, PATIENT, PERCENTILE, SHARES, TESTS, UNIVERSAL
from casebook.claims.tested import CORRELATION, EFFECT
from casebook.data.patients import Kind
from casebook.study.model import Study

_OF_CLAIMS: Mapping[str, str] = {
    "same": "same(C005)",
    "total": "total(C003, C004)",
    "between": "between(C003, C004)",
    "label": "label(C041, C042)",
    "says": 'says(C150, "severity index")',
    "none": 'none("not in the table")',
    "p_from": 'p_from("t(18) = 2.20")',
}


def example_of(name: str, study: Study) -> str:
    """A reading by a name, of what the study has, or of what it could have."""
    if name in _OF_CLAIMS:
        return _OF_CLAIMS[name]
    if name in CHECKS:
        return f"{name}({', '.join(f'{each}=C010' for each in CHECKS[name])})"
    cohort = next(iter(study.cohorts))
    # Where the study has nothing of the sort, it is a name that it could have.
    numbers = list(dict.fromkeys([*study.measured, *_of_kind(study, "number")])) or ["age"]
    first, second = numbers[0], numbers[1 % len(numbers)]
    outcome = next(iter(study.outcomes), "score")
    of_name = {
        PERCENTILE: f"{first}, 10",
        CORRELATION: f'{first}, {second}, method="spearman"',
        EFFECT: f'{outcome}, "r"',
        **dict.fromkeys((*SHARES, *UNIVERSAL), f"{first} > 3"),
        **dict.fromkeys(TESTS, outcome),
        **{each: next(iter(test.seen(study)), outcome) for each, test in OVER_VISITS.items()},
        **dict.fromkeys(DIFFERENCES, next(iter(study.changes), f"{outcome}_change")),
        "n": PATIENT,
        "members": next(iter(_of_kind(study, "set")), "antibodies"),
    }
    if name in COMBINED:
        return f"{name}(mean({first}) in {cohort}, median({first}) in {cohort})"
    where = f"between {next(iter(study.comparisons), 'arms')}" if name in DIFFERENCES else ""
    return f"{name}({of_name.get(name, first)}) {where or f'in {cohort}'}"


def _of_kind(study: Study, kind: Kind) -> list[str]:
    """The names of the study's values of a kind."""
    return [name for name, each in study.kinds.items() if each == kind]
