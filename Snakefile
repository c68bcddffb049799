"""casebook: from a clinic's raw table to a checked, publishable case series."""

from snakemake.utils import min_version

min_version("9.27")


configfile: "config.yaml"


include: "rules/common.smk"
include: "rules/prepare.smk"
include: "rules/analyse.smk"
include: "rules/figures.smk"
include: "rules/audit.smk"
include: "rules/report.smk"


rule all:
    """Everything that a person reads or takes along, of every study."""
    default_target: True
    input:
        figures_in_all_formats(),
        expand(
            "results/{study}/{file}",
            study=STUDIES,
            file=[
                "report.html",
                "results.csv",
                "measurements.csv",
                "therapies.csv",
                "tables/baseline.csv",
                "tables/baseline.docx",
                "tables/response.csv",
                "tables/response.docx",
            ],
        ),


onsuccess:
    for study in STUDIES:
        verdict = Path(f"results/{study}/verdict.txt")
        if verdict.exists():
            print(f"The report of {study} is results/{study}/report.html")
            print(verdict.read_text(encoding="utf-8").strip())
