"""Edits of the small study, of casebook and of its results, each of a kind that happens.

An edit is a function of the workflow and of a source of randomness; its name says what it edits.
Some do one thing the first time, and take it back the next time.
"""

import csv
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from workflow import Workflow

Edit = Callable[[Workflow, Random], None]
Row = dict[str, str]

STUDY = "resources/small"
TABLE = f"{STUDY}/table.csv"
DESCRIPTION = f"{STUDY}/study.yaml"
CLAIMS = f"{STUDY}/claims.tsv"
CODE = "scripts/casebook"
DRUGS = ("none", "HCQ", "MTX", "NEW", "HCQ, MTX", "MTX, NEW")
CORRECTIONS = "patient\tcolumn\told\tnew\treason\np1\tAfter\t8\t9\tmisread in the chart\n"
# The correction and the claims speak of this one, who stays as he is.
KEPT = "p1"


def an_outcome(workflow: Workflow, random: Random) -> None:
    _change_a_patient(
        workflow, random, random.choice(["Before", "After"]), str(random.randint(1, 60))
    )


def a_therapy(workflow: Workflow, random: Random) -> None:
    _change_a_patient(workflow, random, "Drugs now", random.choice(DRUGS))


def a_dose(workflow: Workflow, random: Random) -> None:
    _change_a_patient(workflow, random, "Dose now", str(random.randint(0, 20)))


def the_cohort_of_a_patient(workflow: Workflow, random: Random) -> None:
    _change_a_patient(workflow, random, "Type", random.choice("AB"))


def a_patient_more(workflow: Workflow, random: Random) -> None:
    rows = _rows(workflow)
    taken = {row["ID"] for row in rows}
    free = next(name for number in range(100) if (name := f"p{number}") not in taken)
    _write(workflow, [*rows, random.choice(rows) | {"ID": free}])


def a_patient_less(workflow: Workflow, random: Random) -> None:
    rows = _rows(workflow)
    gone = random.choice(_others(rows))
    _write(workflow, [row for row in rows if row is not gone])


def the_order_of_the_rows(workflow: Workflow, random: Random) -> None:
    rows = _rows(workflow)
    random.shuffle(rows)
    _write(workflow, rows)


def an_unrelated_column(workflow: Workflow, random: Random) -> None:
    remark = f"remark {random.random()}"
    _write(workflow, [row | {"Remark": remark} for row in _rows(workflow)])


def a_table_with_an_old_date(workflow: Workflow, random: Random) -> None:
    an_outcome(workflow, random)
    os.utime(workflow.folder / TABLE, (0, 0))


def a_date(workflow: Workflow, random: Random) -> None:
    sources = [*Path(workflow.folder, "scripts").rglob("*.py"), workflow.folder / TABLE]
    random.choice(sorted(sources)).touch()


def a_claim(workflow: Workflow, random: Random) -> None:
    if (workflow.folder / CLAIMS).exists():
        _switch(workflow, CLAIMS, "\t22.5\t", "\t23.5\t")


def all_claims(workflow: Workflow, random: Random) -> None:
    path = workflow.folder / CLAIMS
    if path.exists():
        path.unlink()
    else:
        shutil.copy(Path(__file__).with_name("small") / path.name, path)


def a_correction(workflow: Workflow, random: Random) -> None:
    path = workflow.folder / STUDY / "corrections.tsv"
    if path.exists():
        path.unlink()
    else:
        path.write_text(CORRECTIONS, encoding="utf-8")


def a_label(workflow: Workflow, random: Random) -> None:
    _switch(workflow, DESCRIPTION, "label: Score\n", "label: Activity score\n")


def a_comment(workflow: Workflow, random: Random) -> None:
    _switch(workflow, DESCRIPTION, "analysis:\n", "analysis: # as usual\n")


def the_level_of_the_analysis(workflow: Workflow, random: Random) -> None:
    _switch(workflow, DESCRIPTION, "alpha: 0.05", "alpha: 0.3")


def a_cohort_of_the_study(workflow: Workflow, random: Random) -> None:
    before = "cohorts:\n  a:"
    after = "cohorts:\n  high: { label: High, select: score_baseline >= 20 }\n  a:"
    _switch(workflow, DESCRIPTION, before, after)


def the_cohorts_of_a_job(workflow: Workflow, random: Random) -> None:
    _switch(workflow, DESCRIPTION, "cohorts_per_job: 1\n", "cohorts_per_job: 9\n")


def the_module_of_a_figure(workflow: Workflow, random: Random) -> None:
    _switch(workflow, f"{CODE}/figures/swimmer.py", '"time not known"', '"time unknown"')


def the_style_of_all_figures(workflow: Workflow, random: Random) -> None:
    _switch(workflow, f"{CODE}/figures/style.py", '"font.size": 8', '"font.size": 9')


def a_module_of_statistics(workflow: Workflow, random: Random) -> None:
    right = "math.fsum(numbers) / len(numbers)"
    _switch(workflow, f"{CODE}/statistics/describe.py", right, f"{right} + 0.001")


def a_template(workflow: Workflow, random: Random) -> None:
    _switch(workflow, f"{CODE}/report/templates/report.css", "line-height: 1.2", "line-height: 1.3")


def a_result_by_hand(workflow: Workflow, random: Random) -> None:
    path = _some_result(workflow, random)
    content = path.read_bytes()
    change = random.choice(["longer", "shorter", "gone"])
    if change == "gone":
        path.unlink()
    else:
        path.write_bytes(content + b"0" if change == "longer" else content[: len(content) // 2])


def what_snakemake_keeps(workflow: Workflow, random: Random) -> None:
    shutil.rmtree(workflow.folder / ".snakemake")


def a_record(workflow: Workflow, random: Random) -> None:
    path = random.choice(sorted(workflow.result("records").glob("*.json")))
    if random.random() < 0.5:
        path.unlink()
    else:
        path.write_text("{", encoding="utf-8")


def results_put_back_from_a_copy(workflow: Workflow, random: Random) -> None:
    results, kept = workflow.folder / "results", workflow.folder / "kept"
    if kept.exists():
        shutil.rmtree(results)
        kept.rename(results)
    else:
        shutil.copytree(results, kept)


EDITS: tuple[Edit, ...] = (
    an_outcome,
    a_therapy,
    a_dose,
    the_cohort_of_a_patient,
    a_patient_more,
    a_patient_less,
    the_order_of_the_rows,
    an_unrelated_column,
    a_table_with_an_old_date,
    a_date,
    a_claim,
    all_claims,
    a_correction,
    a_label,
    a_comment,
    the_level_of_the_analysis,
    a_cohort_of_the_study,
    the_cohorts_of_a_job,
    the_module_of_a_figure,
    the_style_of_all_figures,
    a_module_of_statistics,
    a_template,
    a_result_by_hand,
    what_snakemake_keeps,
    a_record,
    results_put_back_from_a_copy,
)


def _rows(workflow: Workflow) -> list[Row]:
    with (workflow.folder / TABLE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(workflow: Workflow, rows: list[Row]) -> None:
    with (workflow.folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _others(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["ID"] != KEPT]


def _change_a_patient(workflow: Workflow, random: Random, column: str, value: str) -> None:
    rows = _rows(workflow)
    random.choice(_others(rows))[column] = value
    _write(workflow, rows)


def _switch(workflow: Workflow, file: str, one: str, other: str) -> None:
    """Replace the one text by the other, or back if the other one is there."""
    there = other in (workflow.folder / file).read_text(encoding="utf-8")
    workflow.edit(file, *((other, one) if there else (one, other)))


def _some_result(workflow: Workflow, random: Random) -> Path:
    return workflow.folder / "results" / random.choice(sorted(workflow.results()))
