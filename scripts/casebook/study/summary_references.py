"""What the parts of a study must agree on about sizes and steps, and about having no table."""

from collections.abc import Iterator
from fractions import Fraction

from casebook.base.modelfile import Place, Problem
from casebook.study.model import Study
from casebook.study.source import NO_TABLE

_OF_A_TABLE = ("derived", "conditions", "grades", "doses", "therapies", "treatment", "harms")
"""Parts that are computed from the values of each patient."""
_BESIDE = frozenset({"table", "citation", "doi", "licence", "differences"})
"""What is said of the source of summaries."""


def summary_problems(study: Study) -> Iterator[Problem]:
    """Mistakes in the steps of values, the sizes of cohorts, and in a study without a table."""
    yield from _steps(study)
    if study.source.has_table:
        for name, cohort in study.cohorts.items():
            if cohort.n is not None:
                hint = "remove it, or say select which patients they are"
                problem = f"how many patients there are is counted in the table; {hint}"
                yield Problem(("cohorts", name, "n"), problem)
        return
    for name, cohort in study.cohorts.items():
        if cohort.n is None:
            problem = f"needs n, the number of its patients, as the table is {NO_TABLE!r}"
            yield Problem(("cohorts", name), problem)
        if cohort.select:
            yield Problem(("cohorts", name, "select"), f"the table is {NO_TABLE!r}; use n alone")
    for key in sorted(study.source.model_fields_set - _BESIDE):
        yield Problem(
            ("source", key), f"the table is {NO_TABLE!r}, so this key has nothing to read"
        )
    for part in _OF_A_TABLE:
        if getattr(study, part):
            hint = "only outcomes and variables can be described without one"
            yield Problem((part,), f"the table is {NO_TABLE!r}; {hint}")


def _steps(study: Study) -> Iterator[Problem]:
    """Ranges that are no whole number of steps."""
    for part in ("outcomes", "variables"):
        for name, each in getattr(study, part).items():
            if step := getattr(each, "step", None):
                low, high = (Fraction(str(end)) for end in each.range)
                ends = " to ".join(f"{end:g}" for end in each.range)
                if (high - low) % Fraction(step):
                    place: Place = (part, name, "step")
                    problem = f"the range, {ends}, is not a whole number of steps of {step}"
                    yield Problem(place, problem)
