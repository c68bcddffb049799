"""What a reading between cohorts can name: values and conditions at visits, and changes."""

from casebook.data.patients import measurement
from casebook.data.results import CHANGE
from casebook.study.model import Study


def compared_names(study: Study) -> dict[str, tuple[str, str, str]]:
    """What is compared between cohorts by its name: a variable, and a visit or a contrast."""
    conditions = {
        measurement(name, visit): (name, visit, "")
        for name, condition in study.conditions.items()
        for visit in condition.at
    }
    measured = {name: (*of, "") for name, of in study.measured.items()}
    changes = {name: (o, CHANGE, contrast.name) for name, (o, contrast) in study.changes.items()}
    return conditions | measured | changes
