"""The step that writes a study's typed tables, and what was found in its raw ones.

How a text becomes a value, and what is wrong with it, is for `cleaned`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.data.cells import read_grid
from casebook.data.findings import stop_at_errors, write_findings
from casebook.data.harms import write_harms
from casebook.data.patients import (
    write_measurements,
    write_roster,
    write_therapies,
)
from casebook.data.places import write_places
from casebook.data.remarks import read_remarks
from casebook.prepare.cleaned import cleaned
from casebook.prepare.harms import read_events
from casebook.prepare.tables import names_of_patients
from casebook.study.folder import unused_notes
from casebook.study.load import load_study


@dataclass(frozen=True)
class Files:
    """What is read of a study, and the files to write.

    Attributes:
        study: The study.yaml.
        cells: The cells of its table.
        remarks: Remarks on them.
        corrections: The corrections of the table, if there are any.
        patients: The patients.
        measurements: Their outcomes, a row each.
        therapies: Their therapies, a row each.
        findings: What was found.
        harms: Their adverse events, a row each.
        events: The cells of the table of adverse events, if there is one.
        event_remarks: Remarks on them.
        places: Where in the file the patients' texts are, to write.
    """

    study: Path
    cells: Path
    remarks: Path
    corrections: Sequence[Path]
    patients: Path
    measurements: Path
    therapies: Path
    findings: Path
    harms: Path
    events: Path | None = None
    event_remarks: Path | None = None
    places: Path | None = None


def clean(files: Files) -> None:
    """Write the typed tables of a study, and what was found in it.

    Raises:
        DataError: with every error in the tables and in the corrections.
    """
    folder, model = files.study.parent, load_study(files.study)
    events = None
    if files.events and files.event_remarks:
        events = read_events(model, folder, files.events, files.event_remarks)
    grid, remarks = read_grid(files.cells), read_remarks(files.remarks)
    found = cleaned(
        model, names_of_patients(model, folder), grid, remarks, files.corrections, events
    )
    unused = unused_notes(folder, model.unused_files)
    findings = found.in_order([*unused, *found.findings])
    stop_at_errors(findings)
    write_roster(files.patients, model.kinds, found.rows, found.roster)
    visits = {name: model.visits_of(name) for name in model.outcomes}
    write_measurements(files.measurements, visits, found.roster, found.forms)
    write_therapies(files.therapies, model.therapies, found.roster)
    write_harms(files.harms, found.harms)
    write_findings(files.findings, findings)
    if files.places:
        write_places(files.places, found.places)
