"""What outcomes, conditions and grades are at visits that follow from others: the last, the best.

At such a visit each has an expression, as a value has that a study computes itself, so nothing else
need know of these visits. What must be right about them is in `visit_references`, and how readers
are told in `wording/visit_notes`.
"""

from collections.abc import Container, Mapping
from typing import TypeVar

from casebook.data.patients import measurement
from casebook.study.headings import Rule
from casebook.study.outcomes import Condition, Grade, Outcome
from casebook.study.variables import AnyVariable
from casebook.study.visits import Visit

Followed = TypeVar("Followed", Outcome, Condition, Grade)

_FIRST_OR_LAST: Mapping[Rule, str] = {"first_of": "first(", "last_of": "last("}


def also_there(
    visits: Mapping[str, Visit],
    outcomes: Mapping[str, Outcome],
    conditions: Mapping[str, Condition],
    grades: Mapping[str, Grade],
    variables: Mapping[str, AnyVariable],
) -> dict[str, Mapping[str, Outcome] | Mapping[str, Condition] | Mapping[str, Grade]]:
    """These parts of a study with expressions at visits that follow from others, by their keys."""
    return {
        "outcomes": {n: _also_at(o, _of_outcome(visits, n, o)) for n, o in outcomes.items()},
        "conditions": {
            name: _also_at(each, _following(visits, each.at, _FIRST_OR_LAST))
            for name, each in conditions.items()
        },
        "grades": {n: _also_at(g, _of_grade(visits, g, variables)) for n, g in grades.items()},
    }


def _also_at(followed: Followed, at: Mapping[str, str]) -> Followed:
    return followed.model_copy(update={"at": {**followed.at, **at}})


def _of_outcome(visits: Mapping[str, Visit], name: str, outcome: Outcome) -> dict[str, str]:
    best = "lowest(" if outcome.better == "lower" else "highest("
    calls: dict[Rule, str] = {**_FIRST_OR_LAST, "best_of": best, "mean_of": "mean("}
    return _following(visits, {visit: measurement(name, visit) for visit in outcome.visits}, calls)


def _of_grade(
    visits: Mapping[str, Visit], grade: Grade, variables: Mapping[str, AnyVariable]
) -> dict[str, str]:
    # What is no variable with levels is refused elsewhere.
    levels = getattr(variables.get(next(iter(grade.at.values()), "")), "told_apart", {})
    ordered = [*levels] if grade.better == "first" else [*reversed(levels)]
    calls: dict[Rule, str] = {**_FIRST_OR_LAST, "best_of": f"foremost({ordered!r}, "}
    return _following(visits, grade.at, calls)


def _following(
    visits: Mapping[str, Visit], known: Mapping[str, str], calls: Mapping[Rule, str]
) -> dict[str, str]:
    """The calls that give the values at visits which follow from two or more that are known.

    A mean is of all the visits that it is said to be of, or of none.
    """
    values, found = dict(known), dict[str, str]()
    for name, visit in visits.items():
        call = calls.get(visit.rule) if visit.rule else None
        if call and name not in values:
            others = [values[each] for each in in_order(visits, visit.others) if each in values]
            if len(others) > 1 and (visit.rule != "mean_of" or len(others) == len(visit.others)):
                # A condition may end with a remark, which ends with its line.
                values[name] = found[name] = call + ",\n".join(others) + "\n)"
    return found


def in_order(visits: Mapping[str, Visit], names: Container[str]) -> list[str]:
    """These visits in the order of the study."""
    return [name for name in visits if name in names]
