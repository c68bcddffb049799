"""casebook: from a clinic's raw table to a checked, publishable case series."""

from snakemake.utils import min_version

min_version("9.27")


configfile: "config.yaml"


include: "rules/common.smk"
include: "rules/prepare.smk"
include: "rules/analyse.smk"
include: "rules/figures.smk"
include: "rules/report.smk"


rule all:
    """Every study's report; what else there is hangs on it."""
    default_target: True
    input:
        expand("results/{study}/report.html", study=STUDIES),


onsuccess:
    for study in STUDIES:
        print(f"The report of {study} is results/{study}/report.html")
