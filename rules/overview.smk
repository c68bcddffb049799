# What several studies found, on one page.
# Needs the reports of all studies that can be made; gives index.html.

# Of each study; the last two are there if it has a table.
READ_BY_OVERVIEW = ["verdict.txt", "patients.csv", "findings.csv"]


rule overview:
    """List the studies of a run, with what each found and where its report is."""
    input:
        overview_once_checked,
        manifests=expand("results/{study}/manifest.json", study=STUDIES),
    output:
        page=update("results/index.html"),
        record=update("results/records/overview.json"),
    log:
        "results/logs/overview.log",
    localrule: True
    conda:
        "../envs/overview.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("overview"),
        # With `input` as an argument these are no reason to run again: other studies are other inputs.
        studies=lambda wildcards, input: [
            f"resources/{study}/study.yaml" for study in STUDIES
        ],
        results=lambda wildcards, input: expand(
            "results/{study}/{file}", study=STUDIES, file=READ_BY_OVERVIEW
        ),
        mistaken=lambda wildcards, input: sorted(MISTAKEN),
    message:
        "Listing all studies"
    shell:
        "{params.command} --studies {params.studies} --results {params.results} --mistaken {params.mistaken}"
        " --page {output.page} --record {output.record} > {log} 2>&1"
