# What a study's results rest on, and whether they still do.
# Needs the records of all jobs and the files of the study; gives manifest.json.

import shlex
import sys


rule manifest:
    """Write down the digests of sources, code and results, and remove what the study no longer has."""
    input:
        COHORTS_DONE_IF_ANY,
        RESULTS_DONE_IF_ANY,
        records=records_of_study,
    output:
        page=result("manifest.json"),
        record=record("manifest"),
    log:
        "results/{study}/logs/manifest.log",
    localrule: True
    conda:
        "../envs/manifest.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("manifest"),
        code=code_folder,
        config=config_file,
        study=study_file,
        tables=raw_tables,
        corrections=corrections,
        claims=claims,
        named=NAMED,
        # With `input` as an argument it is no reason to run again.
        call=lambda wildcards, input: shlex.join(["snakemake", *sys.argv[1:]]),
    message:
        "Writing down what the results of {wildcards.study} rest on"
    shell:
        "{params.command} --sources {params.study} {params.config} {params.tables:q} {params.corrections}"
        " {params.claims} {params.named:q} --kept {input.records} --command {params.call:q} --code {params.code:q}"
        " --page {output.page} --record {output.record} > {log} 2>&1"


rule verify:
    """Compare sources, code and results with the records of all jobs; change nothing."""
    log:
        "results/logs/verify.log",
    localrule: True
    conda:
        "../envs/verify.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("verify"),
        code=code_folder,
        results=expand("results/{study}", study=[*STUDIES, *MISTAKEN]),
        pages=OVERVIEW,
    message:
        "Comparing the results with their records"
    shell:
        "{params.command} --results {params.results} --pages {params.pages} --code {params.code:q}"
        " > {log} 2>&1 && cat {log}"
