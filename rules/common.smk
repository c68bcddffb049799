# What all files here share: the studies and the container image, checked before the first job; the
# names that wildcards can take; and how Snakemake learns of what it does not watch by itself.

import logging
import os
import shlex
import shutil
import sys
import time

sys.path.append(f"{workflow.basedir}/scripts")

from functools import cache
from pathlib import Path

from snakemake.deployment.singularity import Singularity
from snakemake.exceptions import WorkflowError
from snakemake.io import IOFile
from snakemake.logging import logger
from snakemake.persistence import FileBackupMixin
from snakemake.settings.types import DeploymentMethod

from casebook import digests, manifests, records
from casebook.earlier import compared_folders, files_in
from casebook.errors import UserError
from casebook.files import PERMISSION
from casebook.images import check_image, image_name
from casebook.study import load_config, load_studies

# Python otherwise prefers the user's own packages (~/.local) to those of a conda environment. The
# rest of the line is what Snakemake sets by itself where no prefix is given.
shell.prefix("set -euo pipefail; export PYTHONNOUSERSITE=1; ")

try:
    STUDIES = load_studies(config, Path("resources"))
    COMPARED = compared_folders(config, Path("results"))
    IMAGE = image_name(load_config(config).image)
    IN_CONTAINERS = (
        DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method
    )
    # Reading the whole image takes a second, which each job on a cluster would take again.
    if IN_CONTAINERS and workflow.is_main_process:
        check_image(IMAGE)
except UserError as mistakes:
    raise WorkflowError(str(mistakes))

ROOM = 2**20
FULL_DISK = "The disk is full: make room and call snakemake again."

# A message that a full disk keeps from Snakemake's log is on the terminal all the same; Python would
# show the traceback of writing it.
logging.raiseExceptions = False


def disk_is_full():
    """Whether the disk of the results, or that of Snakemake's notes, has no room for larger results."""
    folders = [Path(), *filter(Path.exists, [Path("results"), Path(".snakemake")])]
    disks = [shutil.disk_usage(folder) for folder in folders]
    # A disk of size 0 is one that does not tell.
    return any(disk.free < ROOM < disk.total for disk in disks)


# Without room, Snakemake itself fails before the first job, in words that help nobody. It can still
# remove a lock then.
if disk_is_full() and not any(Path(".snakemake/locks").glob("*")):
    raise WorkflowError(f"{FULL_DISK} Nothing was changed.")

# Snakemake keeps a copy of each file that is to be updated, and writes it over the file when the job
# has failed: in place, so that a full disk or a kill leaves half of it. The files need no copies, as
# jobs put them in place whole.
FileBackupMixin.backup_output = lambda persistence, path: None
FileBackupMixin.restore_output = lambda persistence, path: True
logger.addFilter(lambda told: not str(told.msg).startswith("Restored previous version"))


# Only where it is used, so that results of other runs are not recorded as made in it.
if IN_CONTAINERS:
    # Snakemake 9.27 looks for apptainer only after it has called it where results are there already;
    # until then it believes that the command is singularity.
    Singularity().check()
    # The one folder that steps can write to is bound into the container, and must be there before.
    Path("results").mkdir(exist_ok=True)

    containerized: IMAGE


wildcard_constraints:
    study="|".join(STUDIES),
    cohort="|".join(
        sorted({name for study in STUDIES.values() for name in study.cohorts})
    ),
    outcome="|".join(
        sorted({name for study in STUDIES.values() for name in study.outcomes})
    ),


# Nothing depends on the date of a study.yaml: `described` says what in it matters to a command.
STUDY_FILE = ancient("resources/{study}/study.yaml")

# Snakemake decides by checksum only at a checkpoint. Rules after one have such an edge beside their
# real inputs, so that it looks at them again once the checkpoint has run.
COHORTS_DONE = ancient("results/{study}/records/cohorts.json")
RESULTS_DONE = ancient("results/{study}/records/collect.json")


def result(file):
    """A file of a study's results: the old one stays until the new one is whole."""
    return update(f"results/{{study}}/{file}")


def record(job):
    """What a job says of the files that it wrote, in a file of its own.

    Snakemake removes it before the job and after one that failed. Nothing else tells afterwards that
    the job was not finished, as its old results stay.
    """
    return f"results/{{study}}/records/{job}.json"


def code(command):
    """Digest of a command in scripts/ and of all that it imports."""
    return digests.code_digest(Path(workflow.basedir, "scripts", f"{command}.py"))


def described(command):
    """A function that gives the digest of what a command takes from study.yaml."""
    return lambda wildcards: digests.study_digest(STUDIES[wildcards.study], command)


def content(*inputs):
    """A function that gives the digest of files, each named by a function of the wildcards."""
    return lambda wildcards: digests.file_digest(
        Path(path) for files in inputs for path in files(wildcards)
    )


def growing(amount):
    """A resource that a job asks for more of with each attempt: it may have failed for want of it."""
    return lambda wildcards, attempt: amount * attempt


def study_file(wildcards):
    """The description of a study."""
    return [f"resources/{wildcards.study}/study.yaml"]


def raw_table(wildcards):
    """The raw table of a study."""
    return [f"resources/{wildcards.study}/{STUDIES[wildcards.study].source.table}"]


def raw_table_once_checked(wildcards):
    """The raw table of a study. All jobs follow from it: it is asked for before any is chosen."""
    distrust_misfits(wildcards.study)
    return raw_table(wildcards)


@cache
def distrust_misfits(study):
    """Have jobs run again whose files are not as they wrote them, or were made elsewhere.

    Snakemake itself asks only whether a file is newer than what is made from it.
    """
    if not workflow.is_main_process or any(Path(".snakemake/locks").iterdir()):
        return
    results = Path("results", study)
    for path, blamed in records.misfits(results).items():
        workflow.dag.forcefiles.add(str(path))
        for file in blamed:
            logger.warning(f"{file} is not as casebook wrote it, and is made again")
    manifest = results / "manifest.json"
    if manifest.exists() and any(manifests.misfits(manifest)):
        workflow.dag.forcefiles.add(str(manifest))
    for job in jobs(study):
        told = results / f"records/{job}.json"
        if not told.exists() and Path(results, "logs", f"{job}.log").exists():
            # It began and did not end; its old files may still be there, and look new.
            workflow.dag.forcefiles.add(str(told))
    unknown = [
        path
        for path in records.record_files(results)
        if workflow.persistence.metadata(IOFile(str(path))) is None
    ]
    if unknown:
        workflow.dag.forcefiles.update(map(str, unknown))
        logger.warning(
            f"{len(unknown)} of the jobs behind {results} were not finished here; they run again"
        )


def begin_run():
    """Let no job write from now on but those of this run; a killed run may have left some behind."""
    permission = Path(f".snakemake/casebook-run-{os.getpid()}-{time.time_ns()}")
    for other in Path(".snakemake").glob("casebook-run-*"):
        other.unlink(missing_ok=True)
    permission.touch()
    os.environ[PERMISSION] = str(permission)


def corrections(wildcards):
    """The corrections of a study's raw table, if there are any."""
    path = f"resources/{wildcards.study}/corrections.tsv"
    return [path] if Path(path).is_file() else []


def claims_of(study):
    """The claims of a study's paper, if they are listed."""
    path = f"resources/{study}/claims.tsv"
    return [path] if Path(path).is_file() else []


def claims(wildcards):
    """The claims of the paper of the study that is meant."""
    return claims_of(wildcards.study)


def slices(study, cohorts):
    """The patients of these cohorts, once all are sorted into cohorts."""
    declared(study, "cohorts", cohorts)
    checkpoints.cohorts.get(study=study)
    return [f"results/{study}/cohorts/{cohort}.csv" for cohort in cohorts]


def declared(study, part, names):
    """Do nothing if the study declares these cohorts, outcomes or doses."""
    known = list(getattr(STUDIES[study], part))
    for name in names:
        if name not in known:
            raise WorkflowError(
                f"{study} has no {name} in its {part}: {', '.join(known)}"
            )


def slice_of_cohort(wildcards):
    """The patients of one cohort."""
    return slices(wildcards.study, [wildcards.cohort])


def slices_of_study(wildcards):
    """The patients of each cohort."""
    return slices(wildcards.study, STUDIES[wildcards.study].cohorts)


def slices_for_outcome(wildcards):
    """The patients of each cohort, for the figures of an outcome of the study."""
    declared(wildcards.study, "outcomes", [wildcards.outcome])
    return slices_of_study(wildcards)


def slices_for_dose(wildcards):
    """The patients of each cohort, for the figure of a dose of the study."""
    declared(wildcards.study, "doses", [wildcards.dose])
    return slices_of_study(wildcards)


def of_each_cohort(file):
    """A function that gives a file of the results for each cohort of a study."""
    return lambda wildcards: expand(
        f"results/{{study}}/{file}",
        study=wildcards.study,
        cohort=STUDIES[wildcards.study].cohorts,
    )


def shown(file, category, **labels):
    """A result that Snakemake's own report shows, with the caption of its category."""
    return report(
        result(file),
        caption=f"{workflow.basedir}/rules/captions/{category}.rst",
        category="{study}",
        labels={"kind": category, **labels},
    )


def figure(name):
    """A figure in every format, the SVG first: a command is told that one and writes all."""
    svg, *others = (f"figures/{name}.{form}" for form in ("svg", "pdf", "png"))
    return [shown(svg, "figure", name=name), *map(result, others)]


def figure_names(study):
    """All figures of a study, in the order of the report."""
    described = STUDIES[study]
    return [
        *(f"paired-{outcome}" for outcome in described.outcomes),
        *(f"waterfall-{outcome}" for outcome in described.outcomes),
        "forest",
        *(["swimmer"] if described.treatment else []),
        *(["therapies"] if described.therapies else []),
        *(f"dose-{dose}" for dose in described.doses),
    ]


def figures_of_study(wildcards):
    """All figures of a study as the report shows them."""
    names = figure_names(wildcards.study)
    return [f"results/{wildcards.study}/figures/{name}.svg" for name in names]


def jobs(study):
    """All jobs of a study, by the names of their records."""
    described = STUDIES[study]
    return [
        *("ingest", "clean", "cohorts", "collect", "forest", "tables"),
        *("changes", "report"),
        *(f"summarise-{cohort}" for cohort in described.cohorts),
        *(f"figures-{outcome}" for outcome in described.outcomes),
        *(["swimmer"] if described.treatment else []),
        *(["therapies"] if described.therapies else []),
        *(f"doses-{dose}" for dose in described.doses),
        *(["audit", "conventions"] if claims_of(study) else []),
    ]


def records_of_study(wildcards):
    """What all jobs of a study say of the files that they wrote."""
    return [
        f"results/{wildcards.study}/records/{job}.json" for job in jobs(wildcards.study)
    ]


def audited(file):
    """A function that gives a file of the audit, for a study whose paper's claims are listed."""
    return lambda wildcards: (
        [f"results/{wildcards.study}/{file}"] if claims(wildcards) else []
    )


def compared(wildcards):
    """The files of the earlier results that config.yaml names for a study, if it does."""
    folder = COMPARED.get(wildcards.study)
    return [str(path) for path in files_in(folder).values()] if folder else []
