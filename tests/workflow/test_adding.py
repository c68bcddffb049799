"""How little has to be touched to add something: it is added to a copy, and used there."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from casebook.claims.listed import COLUMNS
from casebook.data.patients import BEFORE_MINUS_AFTER
from workflow import Workflow, small

MODULE = '''"""A toy."""

from pathlib import Path


def toy(study: Path, together: Path, figure: Path) -> None:
    """Draw a toy."""
    figure.write_text("<svg/>", encoding="utf-8")
'''
COMMAND = '''"""Draw a toy."""

from casebook.commands import perform
from casebook.figures.toy import toy

if __name__ == "__main__":
    perform(toy)
'''
ENTRY = '    Drawing("toy", ("toy",), "the toy", ("together",)),\n'

FUNCTION = '''

def trimmed_mean(values: "ArrayLike") -> float:
    """Mean without the outer fifths."""
    ordered = np.sort(np.asarray(values, dtype=float))
    cut = ordered.size // 5
    return float(ordered[cut : ordered.size - cut].mean())
'''
# SciPy: trim_mean of the changes -12, -1, 2, -23, -9 and -9, with 0.2 cut off at either end.
TRIMMED = "-7.75"
# Everything from the raw table to the verdicts and the table of the report, without Snakemake.
USE = """\
from pathlib import Path

from casebook.analysis.cohort import summarise
from casebook.analysis.family import collect
from casebook.audit.step import Files as AuditFiles
from casebook.audit.step import audit
from casebook.data.results import Results, read_results
from casebook.data.verdicts import read_verdicts
from casebook.prepare.clean import Files, clean
from casebook.prepare.cohorts import cohorts
from casebook.prepare.ingest import ingest
from casebook.report.effects import effect_sizes_table
from casebook.study.load import load_study

folder, out = Path("resources/small"), Path("out")
study = folder / "study.yaml"
read = (out / "cells.csv", out / "remarks.csv")
ingest(study, folder / "table.csv", *read)
clean(Files(study, *read, [], *(out / f"{name}.csv" for name in ("patients", *"mtfh"))))
cohorts(study, out / "patients.csv", out / "cohorts", out / "membership.csv")
slices = sorted((out / "cohorts").glob("*.csv"))
for each in slices:
    summarise(study, each, out / "summaries" / each.name)
summaries = [out / "summaries" / each.name for each in slices]
results = out / "results.csv"
collect(study, slices, summaries, out / "together.csv", results)
names = ("audit", "tried", "followed", "programs", "together")
audited = [out / f"{name}.csv" for name in names]
of = (study, folder / "claims.tsv", out / "patients.csv", slices, results)
audit(AuditFiles(*of, *audited))
for verdict in read_verdicts(out / "audit.csv"):
    print(verdict.claim, verdict.verdict)
table = effect_sizes_table(load_study(study), Results(read_results(results)))
print(table.columns, table.rows[-1].cells, table.notes)
"""


@pytest.fixture
def workflow(warm: Path, tmp_path: Path) -> Workflow:
    return small(tmp_path / "casebook", commands=warm)


def test_a_figure_is_added_with_a_module_a_command_an_environment_and_one_entry(
    workflow: Workflow,
) -> None:
    scripts, environments = workflow.folder / "scripts", workflow.folder / "envs"
    (scripts / "casebook/figures/toy.py").write_text(MODULE, encoding="utf-8")
    (scripts / "toy.py").write_text(COMMAND, encoding="utf-8")
    (environments / "toy.yaml").write_text((environments / "forest.yaml").read_text())
    first = '    Drawing(\n        "forest"'
    workflow.edit("scripts/casebook/study/figure_registry.py", first, ENTRY + first)

    run = workflow.snakemake("--dry-run", "--printshellcmds")

    assert "Drawing the toy of small" in run.jobs
    drawing, report = (
        next(line for line in run.text.splitlines() if f"python scripts/{command}.py" in line)
        for command in ("toy", "report")
    )
    assert "--together results/small/together.csv --figure results/small/figures/toy.svg" in drawing
    assert "figures/toy.svg results/small/figures/forest.svg" in report


def test_a_summary_of_columns_is_added_in_one_file_and_claims_can_be_of_it(
    workflow: Workflow,
) -> None:
    describe = "scripts/casebook/statistics/describe.py"
    before = "\n\n@dataclass(frozen=True, slots=True)\nclass Summary"
    workflow.edit(describe, before, FUNCTION + before)
    entry = "Summary('trimmed', 'Trimmed mean', lambda values, _: trimmed_mean(values), 'trimmed'),"
    first = '        Summary("min"'
    workflow.edit(describe, first, f"        {entry}\n{first}")
    workflow.edit(describe, "np.asarray(values, dtype=float)", "_sample(values).ordered")
    row = (
        "result(cohort=everyone, variable=score, visit=change, context=outcome, statistic=trimmed)"
    )

    told = _used(workflow, "trimmed(score_change) in everyone", row)

    assert f"everyone,visit,change,change,score,,outcome,,trimmed,Trimmed mean,{TRIMMED}" in _rows(
        workflow
    )
    assert told.startswith("C1 reproduced\nC2 reproduced\n")


def test_an_effect_is_added_in_three_files_with_its_place_in_the_report_and_for_claims(
    workflow: Workflow,
) -> None:
    library = "scripts/casebook"
    estimate, magnitude = f"{library}/statistics/estimate.py", f"{library}/analysis/magnitude.py"
    before, entry = "\n\ndef cohens_dz(", "        Effect.COHENS_DZ: "
    workflow.edit(estimate, before, FUNCTION + before)
    workflow.edit(magnitude, "    rank_biserial,\n", "    rank_biserial,\n    trimmed_mean,\n")
    new = "        Effect.TRIMMED: partial(trimmed_mean, changes),\n"
    workflow.edit(magnitude, entry, new + entry)
    declared = "'20% trimmed mean', 'Trimmed', 'Trimmed mean', 'outer fifths are left out', True"
    first = "    RANK_BISERIAL = ("
    workflow.edit(f"{library}/data/vocabulary.py", first, f"    TRIMMED = ({declared})\n{first}")
    row = (
        "result(cohort=everyone, variable=score, context=estimate, statistic=estimate,"
        ' method="20% trimmed mean")'
    )

    told = _used(workflow, row, row)

    row_begins = "everyone,,,change,score,,estimate,20% trimmed mean,estimate,Trimmed"
    assert f"{row_begins},{TRIMMED}" in _rows(workflow)
    assert told.startswith("C1 reproduced\nC2 reproduced\n")
    assert "'Trimmed mean'" in told
    assert "−7.75" in told
    assert "Outer fifths are left out" in told


def _used(workflow: Workflow, reading: str, turned: str) -> str:
    """What comes of two claims of the trimmed mean, one of them with its differences turned."""
    given = [
        {"claim": "C1", "printed": "−7.75", "computed_as": reading},
        {"claim": "C2", "printed": "7.75", "computed_as": turned, "convention": BEFORE_MINUS_AFTER},
    ]
    lines = [{"place": "Results", "words": "the trimmed mean", **each} for each in given]
    texts = ["\t".join(COLUMNS)]
    texts += ["\t".join(line.get(column, "") for column in COLUMNS) for line in lines]
    claims = workflow.folder / "resources/small/claims.tsv"
    claims.write_text("\n".join([*texts, ""]), encoding="utf-8")
    library = replace(workflow, environment={"PYTHONPATH": str(workflow.folder / "scripts")})
    run = library.command(sys.executable, "-c", USE)
    assert run.status == 0, run.text
    return run.text


def _rows(workflow: Workflow) -> str:
    return (workflow.folder / "out/results.csv").read_text(encoding="utf-8")
