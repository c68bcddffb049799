"""How each reading is written: an example of it, with names of the study."""

from collections.abc import Mapping

from casebook.claims.checked import CHECKS
from casebook.claims.compared import DIFFERENCES
from casebook.claims.effects import EFFECT
from casebook.claims.over_visits import OVER_VISITS
from casebook.claims.readings import COMBINED, PERCENTILE, SHARES, TESTS, UNIVERSAL
from casebook.claims.tested import CORRELATION
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
    outcome = next(iter(study.outcomes), "score")
    value = next(iter(study.measured), "age")
    part = f"{value} > 3"
    of_name = {
        PERCENTILE: f"{value}, 10",
        CORRELATION: f'age, {value}, method="spearman"',
        EFFECT: f'{outcome}, "r"',
        **dict.fromkeys((*SHARES, *UNIVERSAL), part),
        **dict.fromkeys((*TESTS, *OVER_VISITS), outcome),
        **dict.fromkeys(DIFFERENCES, f"{outcome}_change"),
        "members": "antibodies",
    }
    cohort = next(iter(study.cohorts))
    if name in COMBINED:
        return f"{name}(mean({value}) in {cohort}, median({value}) in {cohort})"
    where = f"between {next(iter(study.comparisons), 'arms')}" if name in DIFFERENCES else ""
    return f"{name}({of_name.get(name, value)}) {where or f'in {cohort}'}"
