"""What the figures of one outcome are drawn from, read once for all of a job.

How a figure chooses from it, and what it shows of patients without a value, it says itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.data.patients import Patient, measurement
from casebook.data.results import Results, read_results
from casebook.data.slices import read_slices
from casebook.study.load import load_study
from casebook.study.model import Study
from casebook.study.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Measured:
    """An outcome: the results, without those of single patients, and who is in each cohort.

    Patients have the values of the outcome, and no others. `file` has all results.
    """

    study: Study
    name: str
    results: Results
    file: Path
    cohorts: Mapping[str, Sequence[Patient]]

    @property
    def outcome(self) -> Outcome:
        """What the study says of it."""
        return self.study.outcomes[self.name]

    def values(self, patient: Patient, visits: Sequence[str]) -> tuple[float | None, ...]:
        """A patient's values at these visits; None is missing."""
        return tuple(patient.number(measurement(self.name, visit)) for visit in visits)


def read_measured(
    study: Path,
    outcome: str,
    slices: Sequence[Path],
    results: Path,
) -> Measured:
    """Read what figures of an outcome are drawn from.

    Args:
        study: The study.yaml.
        outcome: Name of the outcome.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts.
    """
    model = load_study(study)
    names = [measurement(outcome, visit) for visit in model.visits_of(outcome)]
    return Measured(
        model,
        outcome,
        Results(read_results(results, each_patient=())),
        results,
        read_slices(slices, {name: model.kinds[name] for name in names}),
    )
