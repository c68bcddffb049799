"""What the figures of one outcome are drawn from, read once for all of a job.

How a figure chooses from it, and what it shows of patients without a value, it says itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.base.inexact import Form
from casebook.data.patients import Patient, measurement, read_forms
from casebook.data.results import Results, read_results
from casebook.data.slices import read_slices
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome

Forms = tuple[Form | None, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome: the results, without those of single patients, and who is in each cohort.

    Patients have the values of the outcome, and no others. `file` has all results. `forms` has the
    form in which a cell says its number inexactly, as <5 does, by patient and visit.
    """

    study: Study
    name: str
    results: Results
    file: Path
    cohorts: Mapping[str, Sequence[Patient]]
    forms: Mapping[tuple[str, str], Form]

    @property
    def outcome(self) -> Outcome:
        """What the study says of it."""
        return self.study.outcomes[self.name]

    def values(self, patient: Patient, visits: Sequence[str]) -> tuple[float | None, ...]:
        """A patient's values at these visits; None is missing."""
        return tuple(patient.number(measurement(self.name, visit)) for visit in visits)

    def forms_of(self, patient: Patient, visits: Sequence[str]) -> Forms:
        """In which form the cells of these values say them inexactly; None if they do not."""
        return tuple(self.forms.get((patient.id, visit)) for visit in visits)


def read_measured(
    study: Path,
    outcome: str,
    slices: Sequence[Path],
    results: Path,
    measurements: Sequence[Path] = (),
) -> Measured:
    """Read what figures of an outcome are drawn from.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
        measurements: The file that says which values are inexact, if some can be.
    """
    model = load_study(study)
    names = [measurement(outcome, visit) for visit in model.visits_of(outcome)]
    return Measured(
        model,
        outcome,
        Results(read_results(results, each_patient=())),
        results,
        read_slices(slices, {name: model.kinds[name] for name in names}),
        {at: form for path in measurements for at, form in read_forms(path, outcome).items()},
    )
