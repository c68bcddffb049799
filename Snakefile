"""casebook: from a clinic's raw table to a checked, publishable case series."""

import os

from snakemake.utils import min_version

min_version("9.27")


include: "rules/common.smk"
include: "rules/inside.smk"
include: "rules/reruns.smk"
include: "rules/prepare.smk"
include: "rules/analyse.smk"
include: "rules/figures.smk"
include: "rules/audit.smk"
include: "rules/report.smk"
include: "rules/manifest.smk"
include: "rules/overview.smk"
include: "rules/refuse.smk"
include: "rules/ends.smk"


rule all:
    """Everything of every study: its manifest is written when all of it is there."""
    default_target: True
    input:
        expand("results/{study}/manifest.json", study=STUDIES),
        OVERVIEW,
        expand("results/{study}/refused", study=MISTAKEN),
    localrule: True
    message:
        "All is made"


show_progress()


onstart:
    if Path("results").exists() and not os.access("results", os.W_OK):
        raise WorkflowError("results/ cannot be written to; nothing was changed")
    begin_run()
    print_beginning()


onsuccess:
    print_warnings()
    print_ends(STUDIES)
    print_overview()
    print_log(log)


onerror:
    # A job that cannot write its results cannot write its log either.
    if disk_is_full():
        print(FULL_DISK, "What was made so far is whole.")
    else:
        print_failed_end()
    print_log(log)
