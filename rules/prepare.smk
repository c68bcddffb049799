# From a study's raw table to its patients, typed and sorted into cohorts.
# Needs resources/<study>/study.yaml and the table that it names; corrections.tsv if there is one.
# Gives patients.csv, measurements.csv, therapies.csv, findings.csv and cohorts/<cohort>.csv.


rule ingest:
    """Read the raw table as cells of text, each with the row and column where it stands."""
    input:
        study="resources/{study}/study.yaml",
        table=raw_table,
    output:
        cells="results/{study}/cells.csv",
    log:
        "results/{study}/logs/ingest.log",
    conda:
        "../envs/ingest.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("ingest"),
        content=content(study_file, raw_table),
    message:
        "Reading the raw table of {wildcards.study}"
    shell:
        "python scripts/ingest.py --study {input.study} --cells {output.cells} > {log} 2>&1"


rule clean:
    """Turn texts into typed values as study.yaml says, and find everything that does not fit."""
    input:
        study="resources/{study}/study.yaml",
        cells="results/{study}/cells.csv",
        corrections=corrections,
    output:
        patients="results/{study}/patients.csv",
        measurements="results/{study}/measurements.csv",
        therapies="results/{study}/therapies.csv",
        findings="results/{study}/findings.csv",
    log:
        "results/{study}/logs/clean.log",
    conda:
        "../envs/clean.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("clean"),
        content=content(study_file, raw_table, corrections),
    message:
        "Checking every cell of {wildcards.study}"
    shell:
        "python scripts/clean.py --study {input.study} --cells {input.cells}"
        " --corrections {input.corrections} --patients {output.patients}"
        " --measurements {output.measurements} --therapies {output.therapies}"
        " --findings {output.findings} > {log} 2>&1"


checkpoint cohorts:
    """Sort the patients into cohorts, a file each, so that a cohort without a change is left alone."""
    input:
        study="resources/{study}/study.yaml",
        patients="results/{study}/patients.csv",
    output:
        slices=directory("results/{study}/cohorts"),
        membership="results/{study}/membership.csv",
    log:
        "results/{study}/logs/cohorts.log",
    conda:
        "../envs/cohorts.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("cohorts"),
        content=content(study_file),
    message:
        "Sorting the patients into cohorts of {wildcards.study}"
    shell:
        "python scripts/cohorts.py --study {input.study} --patients {input.patients}"
        " --slices {output.slices} --membership {output.membership} > {log} 2>&1"
