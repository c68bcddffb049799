"""What steps wrote, as tests look at it."""

from collections.abc import Mapping
from pathlib import Path

from casebook.data.patients import Kind, Patient, patients_of, read_roster


def read_patients(path: Path, kinds: Mapping[str, Kind]) -> list[Patient]:
    """Each patient of a patients.csv, with the values of these names."""
    return list(patients_of(read_roster(path, kinds), kinds))
