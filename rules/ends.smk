# What a run says: what it makes, a line for each step, and at its end the warnings about a table, where
# a report is and what it found, and which studies were not made, and why.

import os

from pathlib import Path

from snakemake.logging import ColorizingTextHandler, logger

from casebook.data.findings import read_findings, warnings_in_brief, without_texts
from casebook.study.unreviewed import unreviewed
from casebook.progress import Progress
from casebook.provenance.record import code_digests
from casebook.provenance.stale import misfits_in_words
from casebook.study.folder import STUDY

PROGRESS = Progress(at_rest=lambda: ends(STUDIES), told_later=["refuse"])


def show_progress():
    """Show a line for each step instead of Snakemake's log, which stands in its file.

    A dry run has no such file, and --verbose asks for all of it. The jobs of a cluster write their
    logs for those who look for a fault, and a workflow that casebook is a module of has its own way.
    """
    shown = workflow.output_settings
    if shown.dryrun or shown.verbose or shown.debug_dag:
        return
    if not workflow.is_main_process or workflow.modifier.parent_modifier:
        return
    for handler in logger.handlers:
        if isinstance(handler, ColorizingTextHandler):
            handler.addFilter(PROGRESS)
            handler.setFormatter(PROGRESS)


def print_beginning():
    """Say what is made, and for what."""
    for study in sorted(studies_of(workflow.dag.needrun_jobs()) & {*STUDIES}):
        print(f"Making {study}: {STUDIES[study].title}", flush=True)


def print_log(files):
    """Say where the whole log of Snakemake is."""
    print(f"The full log is {', '.join(map(os.path.relpath, files))}", flush=True)


def print_warnings():
    """Tell the warnings about each draft, and about each table that this run has checked."""
    for study in sorted(STUDIES):
        file = Path("resources", study, STUDY)
        if text := unreviewed(file):
            print(f"{file}: {text}")
    for job in workflow.dag.finished_jobs:
        if job.rule.name == "clean":
            columns = STUDIES[job.wildcards_dict["study"]].private_columns
            findings = without_texts(read_findings(Path(job.output.findings)), columns)
            if text := warnings_in_brief(findings, job.output.findings):
                print(text)


def print_ends(studies):
    """Say where the report of each study is and what it found."""
    if told := ends(studies):
        print(told)


def print_overview():
    """Say where all studies are listed, if they are as they are now."""
    for page in filter(os.path.exists, OVERVIEW):
        if not overview_is_due():
            print(f"All studies are listed in {page}")


def overview_is_due():
    """Whether the page of all studies is still to be made in this run."""
    return any(job.rule.name == "overview" for job in workflow.dag.needrun_jobs())


def ends(studies):
    """Where the report of each study is and what it found; or that it has been overtaken."""
    code = code_digests(CODE)
    return "\n".join(
        filter(None, (end(Path("results", study), code) for study in studies))
    )


def end(results, code):
    page = results / "report.html"
    if not page.exists():
        return ""
    if any(misfits_in_words(results, code)):
        return f"{page} does not show the current results; call snakemake without a target to make it again"
    verdict = (results / "verdict.txt").read_text(encoding="utf-8").strip()
    return f"The report of {results.name} is {page}\n{verdict}"


def print_failed_end():
    """Say which studies were made and which were not, and all mistakes that keep them from it."""
    print_warnings()
    unfinished = {*MISTAKEN, *studies_of(workflow.dag.needrun_jobs())}
    print_ends(sorted(studies_of(workflow.dag.jobs) - unfinished))
    print_overview()
    if not unfinished:
        return
    if PROGRESS.failed:
        print(f"\nFailed: {'; '.join(PROGRESS.failed)}")
    print(f"\nNot made: {', '.join(sorted(unfinished))}")
    from casebook.mistakes import mistakes_or_where

    print(mistakes_or_where(sorted(unfinished), Path("resources")), flush=True)


def studies_of(jobs):
    """The studies that jobs are of."""
    of = (job.wildcards_dict or {} for job in jobs)
    return {wildcards["study"] for wildcards in of if "study" in wildcards}
