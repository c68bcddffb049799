# When jobs run again, and what may write: what Snakemake does not watch by itself, what of it is
# switched off, and what killed runs and full disks leave.

import logging
import os
import shutil
import sys
import time

from contextlib import suppress
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.io import IOFile, _IOFile
from snakemake.logging import logger
from snakemake.persistence import FileBackupMixin

from casebook.base.errors import UserError
from casebook.base.files import RUN, permitted, take_over
from casebook.data.findings import read_findings, warnings_in_brief, without_texts
from casebook.mistakes import mistakes
from casebook.provenance import manifests, records
from casebook.provenance.misreaders import misreaders
from casebook.study.load import load_study

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

# On a cluster each job is called by a Snakemake of its own, which goes on when the one that submitted it
# is killed. It removes files before a job and after one that failed: they may be the next run's by then.
if not workflow.is_main_process:
    remove = _IOFile.remove

    async def remove_or_end(file, **options):
        """Remove a file; end at once if another run has begun."""
        if not permitted(Path(file)):
            print("Another run has begun; this job ends.", file=sys.stderr, flush=True)
            os._exit(1)
        await remove(file, **options)

    _IOFile.remove = remove_or_end


# The files of a study are `params` and no `input`: Snakemake would go by their dates, and ends a run where
# one lies in the future, as by a clock that is ahead. The records say what of them a job has read.
STUDY_FILE = "resources/{study}/study.yaml"

# Snakemake decides by checksum only at a checkpoint. Rules after one have such an edge beside their
# real inputs, so that it looks at them again once the checkpoint has run.
COHORTS_DONE = ancient("results/{study}/records/cohorts.json")
RESULTS_DONE = ancient("results/{study}/records/collect.json")


def result(file):
    """A file of a study's results: the old one stays until the new one is whole."""
    return update(f"results/{{study}}/{file}")


def record(job):
    """What a job says of the files that it read and wrote, in a file of its own.

    Snakemake removes it before the job and after one that failed. Nothing else tells afterwards that
    the job was not finished, as its old results stay.
    """
    return f"results/{{study}}/records/{job}.json"


def results_once_checked(wildcards):
    """No file. All jobs follow from the one that asks for it, so that it is before any is chosen."""
    if workflow.touch:
        end_at_once(
            "--touch would note that results are new which are not. Nothing was changed:"
            " call snakemake without it, and only what is not up to date is made again."
        )
    # It is not known before whether Snakemake is to keep going.
    if MISTAKEN and not keeps_going():
        end_at_once("\n".join([*MISTAKEN.values(), "Nothing was made."]))
    # A run that ends removes the folder of all locks, and this one is about to write its own there.
    Path(".snakemake/locks").mkdir(parents=True, exist_ok=True)
    try:
        distrust_misfits(wildcards.study)
    except Exception as error:
        end_at_once(f"The results of {wildcards.study} could not be checked: {error!r}")
    return []


def end_at_once(why):
    """End Snakemake, which takes an error of an input function for a reason to make nothing."""
    print(why, file=sys.stderr, flush=True)
    os._exit(1)


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


def finished_here(record):
    """Whether Snakemake's notes on a job are of the run that left this record.

    Results can be put back from a copy, of which Snakemake would not know that they are not what it has
    noted. It notes the date of the record itself, which servers of files round. A copy of the whole folder,
    notes and all, may have lost the fractions of a second.
    """
    noted = workflow.persistence.metadata(IOFile(str(record)))
    dated = record.stat().st_mtime
    return noted is not None and (
        abs(dated - noted.endtime) < 0.01 or dated == int(noted.endtime)
    )


@cache
def present_misreaders(study):
    """The records of jobs that would not read now what they read, and the files that are others now."""
    found = misreaders(STUDIES[study], Path("results", study), CODE)
    return {path: found[path] for path in map(Path, records_of(study)) if path in found}


def changed_since_read(study):
    """The files that are others now than when a study's jobs read them."""
    return sorted(set().union(*present_misreaders(study).values()))


@cache
def distrust_misfits(study):
    """Have jobs run again whose files are not as they wrote them, or were made of others, or elsewhere.

    Snakemake itself asks only whether a file is newer than what is made from it.
    """
    if not workflow.is_main_process or locked(study):
        return
    results = Path("results", study)
    # Snakemake ends a run where what a job reads is dated later than what the job has just written.
    workflow.dag.forcefiles.update(map(str, records.dated_ahead(results, time.time())))
    for path, blamed in records.misfits(results).items():
        workflow.dag.forcefiles.add(str(path))
        for file in blamed:
            logger.warning(f"{file} is not as casebook wrote it, and is made again")
    workflow.dag.forcefiles.update(map(str, present_misreaders(study)))
    if changed := changed_since_read(study):
        logger.info(f"Changed since {results} was made of it: {', '.join(changed)}")
    manifest = results / "manifest.json"
    if manifest.exists() and any(manifests.misfits(manifest, CODE)):
        workflow.dag.forcefiles.add(str(manifest))
    for path in map(Path, records_of(study)):
        if not path.exists() and Path(results, "logs", f"{path.stem}.log").exists():
            # It began and did not end; its old files may still be there, and look new.
            workflow.dag.forcefiles.add(str(path))
    unknown = [
        path for path in records.record_files(results) if not finished_here(path)
    ]
    if unknown:
        workflow.dag.forcefiles.update(map(str, unknown))
        logger.warning(
            f"{len(unknown)} of the jobs behind {results} were not finished here; they run again"
        )


def overtaken(results):
    """Whether a study's results are not those of its sources as they are at the end of a run."""
    if any(manifests.misfits(results / "manifest.json", CODE)):
        return True
    try:
        study = load_study(manifests.study_of(results))
    except UserError:
        return True
    return bool(misreaders(study, results, CODE))


def print_warnings():
    """Tell the warnings about each table that this run has checked."""
    for job in workflow.dag.finished_jobs:
        if job.rule.name == "clean":
            columns = STUDIES[job.wildcards_dict["study"]].private_columns
            findings = without_texts(read_findings(Path(job.output.findings)), columns)
            if text := warnings_in_brief(findings, job.output.findings):
                print(text)


def print_end(results):
    """Say where the report of a study is and what it found; or that it has been overtaken."""
    page = results / "report.html"
    if not page.exists():
        return
    if overtaken(results):
        print(
            f"{page} does not show the present results; snakemake without a target makes it again"
        )
        return
    print(f"The report of {results.name} is {page}")
    print((results / "verdict.txt").read_text(encoding="utf-8").strip())


def print_failed_end():
    """Say which studies were made and which were not, and all mistakes that keep them from it."""
    print_warnings()
    unfinished = {*MISTAKEN, *studies_of(workflow.dag.needrun_jobs())}
    for study in sorted(studies_of(workflow.dag.jobs) - unfinished):
        print_end(Path("results", study))
    if not unfinished:
        return
    nothing = (
        "What failed is told above; no mistake was found in the files of the study."
    )
    print(f"\nNot made: {', '.join(sorted(unfinished))}")
    files = [Path("resources", study, "study.yaml") for study in sorted(unfinished)]
    print("\n".join(filter(None, map(mistakes, files))) or nothing, flush=True)


def studies_of(jobs):
    """The studies that jobs are of."""
    of = (job.wildcards_dict or {} for job in jobs)
    return {wildcards["study"] for wildcards in of if "study" in wildcards}


def begin_run():
    """Let no job write from now on into what this run makes but its own.

    A killed run may have left some behind. Those of runs on other studies are left alone.
    """
    run = os.environ[RUN] = f"{os.getpid()}-{time.time_ns()}"
    try:
        for study in sorted(studies_of(workflow.dag.needrun_jobs())):
            take_over(Path("results", study), run)
    except UserError as mistake:
        raise WorkflowError(str(mistake))
