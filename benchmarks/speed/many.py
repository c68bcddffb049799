"""Many cohorts, many patients, many studies: what each more of them costs.

In each series the sizes grow; where one did not finish, larger ones and what follows are not run.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from speed.inputs import edit_first_patient, synthetic
from speed.measure import Cost, snakemake
from speed.rows import Row
from speed.small_run import IDLE, NOTHING

COHORTS, PATIENTS, STUDIES = "many cohorts", "many patients", "many studies"
FEW, FULL = "10 patients, 2 outcomes each", "50 patients, 20 outcomes each"
EDITED = "one row changed"
CSV, XLSX = "from CSV to report", "from XLSX to report"
PLANNING, ONE_CHANGED = "planning", "one of them changed"
RESULTS = "results/study0001/results.csv"
TOOL = "casebook"


def measure_cohorts(folder: Path, few: Sequence[int], full: int, limit: float) -> Iterator[Row]:
    """To all results without figures, from nothing and after an edit; full cohorts in one size."""
    for shape, sizes, patients, outcomes in ((FEW, few, 10, 2), (FULL, [full], 50, 20)):
        for size in sizes:
            workflow = synthetic(
                folder / f"cohorts-{size}-{patients}",
                cohorts=size,
                patients=patients,
                outcomes=outcomes,
            )
            run = partial(snakemake, workflow, RESULTS, limit=limit)
            first = run()
            yield first.row(COHORTS, f"{shape}: {NOTHING}", TOOL, size)
            if first.cpu is None:
                break
            yield run().row(COHORTS, f"{shape}: {IDLE}", TOOL, size)
            edit_first_patient(workflow)
            yield run().row(COHORTS, f"{shape}: {EDITED}", TOOL, size)


def measure_patients(folder: Path, sizes: Sequence[int], xlsx: int, limit: float) -> Iterator[Row]:
    """To the report, in four cohorts with two outcomes; one size as a workbook as well."""
    for case, form, of_form in ((CSV, "csv", sizes), (XLSX, "xlsx", [xlsx])):
        for size in of_form:
            workflow = synthetic(
                folder / f"{form}-{size}", cohorts=4, patients=size // 4, outcomes=2, form=form
            )
            run = snakemake(workflow, limit=limit)
            page = workflow.result("report.html")
            yield run.row(PATIENTS, case, TOOL, size)
            if run.cpu is None:
                break
            yield Row(PATIENTS, "report", form, size, mb=round(page.stat().st_size / 2**20, 2))


def measure_studies(folder: Path, sizes: Sequence[int], limit: float) -> Iterator[Row]:
    """Studies of six patients, one cohort and one outcome, in one run."""
    finished = True
    for size in sizes:
        workflow = synthetic(
            folder / f"studies-{size}", studies=size, cohorts=1, patients=6, outcomes=1
        )

        def row(case: str, measured: Cost, size: int = size) -> Row:
            return measured.row(STUDIES, case, TOOL, size)

        run = partial(snakemake, workflow, limit=limit)
        yield row(PLANNING, run("--dry-run"))
        if finished:
            first = run()
            yield row(NOTHING, first)
            finished = first.cpu is not None
        if finished:
            yield row(IDLE, run())
            edit_first_patient(workflow)
            yield row(ONE_CHANGED, run())
