# What all files here share: the studies, checked before the first job; the names that wildcards can
# take; and digests of what Snakemake does not watch by itself.

import sys

sys.path.append(f"{workflow.basedir}/scripts")

from pathlib import Path

from snakemake.exceptions import WorkflowError

from casebook import digests
from casebook.errors import UserError
from casebook.study import NAME, load_studies

try:
    STUDIES = load_studies(config, Path("resources"))
except UserError as mistakes:
    raise WorkflowError(str(mistakes))


wildcard_constraints:
    study=NAME,
    cohort=NAME,
    outcome=NAME,


# Snakemake decides by checksum only at a checkpoint. Rules after one have this edge beside their
# real inputs, so that it looks at them again once the checkpoint has run.
COHORTS_DONE = ancient("results/{study}/cohorts")


def code(command):
    """Digest of a command in scripts/ and of all that it imports."""
    return digests.code_digest(Path(workflow.basedir, "scripts", f"{command}.py"))


def study_digest(wildcards):
    """Digest of study.yaml."""
    return digests.file_digest([Path("resources", wildcards.study, "study.yaml")])


def source_digest(wildcards):
    """Digest of study.yaml, the raw table and its corrections."""
    files = [*raw_table(wildcards), *corrections(wildcards)]
    return digests.file_digest(
        [Path("resources", wildcards.study, "study.yaml"), *map(Path, files)]
    )


def raw_table(wildcards):
    """The raw table of a study."""
    return [f"resources/{wildcards.study}/{STUDIES[wildcards.study].source.table}"]


def corrections(wildcards):
    """The corrections of a study's raw table, if there are any."""
    path = f"resources/{wildcards.study}/corrections.tsv"
    return [path] if Path(path).exists() else []


def slice_of_cohort(wildcards):
    """The patients of one cohort, once all are sorted into cohorts."""
    folder = checkpoints.cohorts.get(study=wildcards.study).output.slices
    return f"{folder}/{wildcards.cohort}.csv"


def slices_of_study(wildcards):
    """The patients of each cohort, once all are sorted into cohorts."""
    folder = checkpoints.cohorts.get(study=wildcards.study).output.slices
    return expand(f"{folder}/{{cohort}}.csv", cohort=STUDIES[wildcards.study].cohorts)


def summaries_of_study(wildcards):
    """The results of each cohort."""
    return expand(
        "results/{study}/summaries/{cohort}.csv",
        study=wildcards.study,
        cohort=STUDIES[wildcards.study].cohorts,
    )


def figures_of_study(wildcards):
    """All figures of a study, in the order of the report."""
    return expand(
        "results/{study}/figures/paired-{outcome}.svg",
        study=wildcards.study,
        outcome=STUDIES[wildcards.study].outcomes,
    )
