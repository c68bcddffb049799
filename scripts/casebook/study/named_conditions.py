"""Conditions at visits by names of their own, as values of outcomes have them: `relapse_month6`."""

from casebook.data.patients import measurement
from casebook.study.expressions import Expression
from casebook.study.model import Study


def conditions_at_visits(study: Study) -> dict[str, Expression]:
    """Each condition of a study at each of its visits, but where another value has the name."""
    harms = study.harms.kinds if study.harms else {}
    taken = {*study.variables, *study.derived, *study.measured, *study.changes, *harms}
    return {
        name: condition.parsed_at(visit)
        for of, condition in study.conditions.items()
        for visit in condition.at
        if (name := measurement(of, visit)) not in taken
    }
