# What a run says at its end: the warnings about a table, where a report is and what it found, and
# which studies were not made, and why.

from pathlib import Path

from casebook.data.findings import read_findings, warnings_in_brief, without_texts
from casebook.provenance.record import code_digests
from casebook.provenance.stale import misfits_in_words


def print_warnings():
    """Tell the warnings about each table that this run has checked."""
    for job in workflow.dag.finished_jobs:
        if job.rule.name == "clean":
            columns = STUDIES[job.wildcards_dict["study"]].private_columns
            findings = without_texts(read_findings(Path(job.output.findings)), columns)
            if text := warnings_in_brief(findings, job.output.findings):
                print(text)


def print_ends(studies):
    """Say where the report of each study is and what it found; or that it has been overtaken."""
    code = code_digests(CODE)
    for study in studies:
        print_end(Path("results", study), code)


def print_end(results, code):
    page = results / "report.html"
    if not page.exists():
        return
    if any(misfits_in_words(results, code)):
        print(
            f"{page} does not show the current results; call snakemake without a target to make it again"
        )
        return
    print(f"The report of {results.name} is {page}")
    print((results / "verdict.txt").read_text(encoding="utf-8").strip())


def print_failed_end():
    """Say which studies were made and which were not, and all mistakes that keep them from it."""
    print_warnings()
    unfinished = {*MISTAKEN, *studies_of(workflow.dag.needrun_jobs())}
    print_ends(sorted(studies_of(workflow.dag.jobs) - unfinished))
    if not unfinished:
        return
    print(f"\nNot made: {', '.join(sorted(unfinished))}")
    from casebook.mistakes import mistakes_or_where

    print(mistakes_or_where(sorted(unfinished), Path("resources")), flush=True)


def studies_of(jobs):
    """The studies that jobs are of."""
    of = (job.wildcards_dict or {} for job in jobs)
    return {wildcards["study"] for wildcards in of if "study" in wildcards}
