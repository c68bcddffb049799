"""What is changed in Snakemake at run time is there, and stands in one small file."""

import inspect
import re
from pathlib import Path

import pytest
import snakemake.api  # noqa: F401 - before the others, which import one another
from snakemake.dag import DAG
from snakemake.jobs import Job
from snakemake.persistence import FileBackupMixin, MetadataRecord, PersistenceBase
from snakemake.scheduling.job_scheduler import JobScheduler

from workflow import ROOT

INSIDE = ROOT / "rules/inside.smk"
RULES = [ROOT / "Snakefile", *sorted((ROOT / "rules").glob("*.smk"))]


def test_snakemake_copies_and_writes_back_updated_files_by_the_methods_that_are_replaced() -> None:
    for method in (FileBackupMixin.backup_output, FileBackupMixin.restore_output):
        assert list(inspect.signature(method).parameters) == ["self", "path"]
    assert "backup_output" in inspect.getsource(Job.prepare)
    assert "if self.dag.workflow.persistence.restore_output(" in inspect.getsource(Job.postprocess)
    assert "Restored previous version" in inspect.getsource(Job.postprocess)


def test_snakemake_runs_jobs_whatever_their_dates_by_the_set_that_is_added_to() -> None:
    assert "self.forcefiles = set()" in inspect.getsource(DAG.__init__)
    assert "self.forcefiles.isdisjoint(job.output)" in inspect.getsource(DAG.update_needrun)


def test_snakemake_notes_the_end_of_jobs_where_it_is_looked_for() -> None:
    assert list(inspect.signature(PersistenceBase.metadata).parameters) == ["self", "target"]
    assert "endtime" in inspect.signature(MetadataRecord).parameters


def test_snakemake_keeps_to_a_rate_of_job_starts_by_the_class_that_is_replaced() -> None:
    made = "JobRateLimiter(self.workflow.scheduling_settings.max_jobs_per_timespan)"
    assert made in inspect.getsource(JobScheduler.__init__)
    assert "if self.job_rate_limiter is not None:" in inspect.getsource(JobScheduler.schedule)


def test_what_is_replaced_stands_in_one_file_that_can_be_read_at_a_glance() -> None:
    assert len(INSIDE.read_text(encoding="utf-8").splitlines()) <= 45


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_nothing_else_reaches_into_snakemake(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    allowed = {"os._exit"} if path == INSIDE else set()

    assert set(re.findall(r"\w+\._[a-z]\w*|import _\w+", text)) == allowed
    if path != INSIDE:
        assert re.findall(r"^ *[\w.]+\.\w+ = |\.forcefiles", text, re.MULTILINE) == [
            "logging.raiseExceptions = "
        ] * (path.stem == "reruns")
