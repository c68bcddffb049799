# When jobs run again, and what may write: what Snakemake does not watch by itself, and what killed
# runs and full disks leave. What is stale, and why, is decided in scripts/casebook/provenance/stale.py.

import logging
import os
import shutil
import time

from contextlib import suppress
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.io import IOFile

from casebook.base.errors import UserError
from casebook.base.files import RUN, take_over
from casebook.provenance.stale import reruns, stale

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

# Snakemake decides by checksum only at a checkpoint. Rules after one have such an edge beside their
# real inputs, so that it looks at them again once the checkpoint has run.
COHORTS_DONE = ancient("results/{study}/records/cohorts.json")
# Of summaries alone there are none, so that what both kinds of study have asks for these by functions.
COHORTS_DONE_IF_ANY = ancient(of_table("records/cohorts.json"))
RESULTS_DONE_IF_ANY = ancient(of_table("records/collect.json"))


def result(file):
    """A file of a study's results: the old one stays until the new one is whole."""
    return update(f"results/{{study}}/{file}")


def record(job):
    """What a job says of the files that it read and wrote: there only when the job was finished."""
    return result(f"records/{job}.json")


def results_once_checked(wildcards):
    """No file. All jobs follow from the one that asks for it, so that it is before any is chosen.

    An error here would be taken for a reason to make nothing; an exit is none.
    """
    if workflow.touch:
        raise SystemExit(
            "--touch would mark old results as up to date. Nothing was changed:"
            " call snakemake without it, which makes only what is out of date."
        )
    # Without the last jobs, a run that leaves out a study with mistakes would be a success.
    if MISTAKEN and workflow.is_main_process and workflow.dag_settings.until:
        raise SystemExit(
            f"{', '.join(MISTAKEN)}: there are mistakes. Nothing was made."
        )
    # A run that ends removes the folder of all locks, and this one is about to write its own there.
    Path(".snakemake/locks").mkdir(parents=True, exist_ok=True)
    try:
        distrust_stale(wildcards.study)
    except Exception as error:
        raise SystemExit(
            f"The results of {wildcards.study} could not be checked: {error!r}"
        )
    return []


def summaries_once_checked(wildcards):
    """No file. The first job of a study without a table asks for it."""
    if wildcards.study in OF_SUMMARIES:
        results_once_checked(wildcards)
    return []


def overview_once_checked(wildcards):
    """No file. The page of several studies is made again if it is not as it was made."""
    if workflow.is_main_process:
        found = stale(Path("results"), None, LIBRARY)
        run_again(found)
        for each in sorted(set().union(*found.values())):
            if not each.read:
                logger.warning(
                    f"{each.file} is not as casebook wrote it, and will be made again"
                )
    return []


@cache
def distrust_stale(study):
    """Have the jobs run again whose results are stale, and say why."""
    if not workflow.is_main_process or locked(study):
        return
    results = f"results/{study}"
    jobs = map(Path, [*records_of(study), f"{results}/records/manifest.json"])
    found = reruns(
        Path(results), STUDIES[study], LIBRARY, jobs, noted_by_snakemake, time.time()
    )
    run_again(found.records)
    for file in found.edited:
        logger.warning(f"{file} is not as casebook wrote it, and will be made again")
    if found.changed:
        changed = in_brief(found.changed)
        logger.info(f"Changed since {results} was made from it: {', '.join(changed)}")
    if found.elsewhere:
        logger.warning(
            f"{len(found.elsewhere)} of the jobs behind {results} were not finished here; they will run again"
        )


def in_brief(changed):
    """The files that have changed; of many that are casebook's own, how many there are."""
    own = [file for file in changed if file in LIBRARY]
    if len(own) <= 3:
        return changed
    others = [file for file in changed if file not in LIBRARY]
    return [*others, f"{len(own)} files of casebook itself"]


def noted_by_snakemake(record):
    """When the job that left a record ended, in seconds since 1970; None if nothing is noted."""
    noted = workflow.persistence.metadata(IOFile(str(record)))
    return noted and noted.endtime


def locked(study):
    """Whether another run holds the lock on a study's results, or has left it, and it is to be respected."""
    settings = workflow.execution_settings
    respected = settings is None or settings.lock
    return respected and any(
        file.startswith(f"results/{study}/") for file in locked_files()
    )


def locked_files():
    """The files that other runs make, or made when they were killed."""
    for lock in Path(".snakemake/locks").glob("*.output.lock"):
        with suppress(FileNotFoundError):  # the other run has just ended
            yield from lock.read_text().splitlines()


def begin_run():
    """Let no job write from now on into what this run makes but its own.

    A killed run may have left some behind. Those of runs on other studies are left alone.
    """
    run = os.environ[RUN] = f"{os.getpid()}-{time.time_ns()}"
    try:
        for study in sorted(studies_of(workflow.dag.needrun_jobs())):
            take_over(Path("results", study), run)
        for file in OVERVIEW_FILES if overview_is_due() else ():
            take_over(Path(file), run)
    except UserError as mistake:
        raise WorkflowError(str(mistake))
