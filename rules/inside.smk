# All that is replaced or changed in Snakemake at run time, as nothing that it offers does the same. Tried
# with Snakemake 9.27.1; tests/workflow/test_inside.py fails when something of it is gone.

import os

from snakemake.logging import logger
from snakemake.persistence import FileBackupMixin
from snakemake.scheduling import job_scheduler

from casebook.base.files import permitted


# Snakemake copies each `update` file before a job, and writes the copy over the file of a job that failed:
# in place, so that a full disk or a kill leaves half of it. Jobs put files in place whole, so that no copy
# is needed. On a cluster each job has a Snakemake of its own, which goes on when the one that submitted it
# is killed: it ends here, before it takes files or notes of the next run for its own.
def before_job(persistence, path):
    """Remove the job's record: nothing else would tell that it was not finished, as its results stay."""
    end_if_overtaken(path)
    if path.parent.name == "records":
        path.unlink()


def after_failed_job(persistence, path):
    """Say that a file is as it was, so that Snakemake does not remove it."""
    end_if_overtaken(path)
    return True


def end_if_overtaken(path):
    if not workflow.is_main_process and not permitted(path):
        print("Another run has begun; this job ends.", flush=True)
        os._exit(1)


FileBackupMixin.backup_output = before_job
FileBackupMixin.restore_output = after_failed_job
logger.addFilter(lambda told: not str(told.msg).startswith("Restored previous version"))
# Jobs are chosen by dates; these run again whatever theirs are.
run_again = lambda records: workflow.dag.forcefiles.update(map(str, records))
# To keep to a rate of job starts Snakemake looks for jobs to start whenever the time of its limit is over:
# of a limit over no time without a pause, which costs as much as the jobs. That one is no limit.
job_scheduler.JobRateLimiter = lambda limit, limiter=job_scheduler.JobRateLimiter: (
    limiter(limit) if limit.timespan else None
)
