"""Patients of cohorts of whom some had an adverse event, for tests of comparisons of harms."""

from collections.abc import Sequence

from casebook.analysis.description import size
from casebook.analysis.harms import AllHarms, harm_results
from casebook.data.harms import Harm
from casebook.data.patients import Patient
from casebook.data.results import TOGETHER, Results
from casebook.study.model import Study


def harmed(study: Study, more: Sequence[Harm] = (), **cohorts: Sequence[int]) -> Results:
    """The results on harms of patients placebo1, placebo2 and so on, of whom the first had HCQ.

    Args:
        study: The study.
        more: What else happened.
        **cohorts: By cohort, how many had the event, and how many there are.
    """
    patients = {
        cohort: [Patient(f"{cohort}{i}", {"age": 12.0}) for i in range(1, n + 1)]
        for cohort, (_, n) in cohorts.items()
    }
    harms = [
        Harm(f"{cohort}{i}", "HCQ", serious="no")
        for cohort, (count, _) in cohorts.items()
        for i in range(1, count + 1)
    ]
    missing = {name: [] for name in study.cohorts if name not in patients}
    every = patients | missing
    sizes = [size(name, members) for name, members in every.items()]
    everyone = [patient for members in patients.values() for patient in members]
    rows = harm_results(study, every, AllHarms(study, [*harms, *more]))
    return Results([size(TOGETHER, everyone), *sizes, *rows])
