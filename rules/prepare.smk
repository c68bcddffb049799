# From a study's raw table to its patients, typed and sorted into cohorts.
# Needs resources/<study>/study.yaml and the table that it names; corrections.tsv if there is one.
# Gives cells.csv and remarks.csv, patients.csv, places.csv, measurements.csv, therapies.csv, harms.csv, findings.csv and
# cohorts/<part>.csv; events.csv and event-remarks.csv for a study with a table of adverse events.


rule ingest:
    """Read the raw tables as cells of text, each with the row and column where it stands."""
    input:
        results_once_checked,
    output:
        cells=result("cells.csv"),
        remarks=result("remarks.csv"),
        record=record("ingest"),
    log:
        "results/{study}/logs/ingest.log",
    localrule: True
    conda:
        "../envs/ingest.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("ingest"),
        study=study_file,
        table=raw_table,
        dictionary=dictionary,
        catalogues=catalogues,
        joined=joined_tables,
    message:
        "Reading the raw table of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --table {params.table:q}"
        " --dictionary {params.dictionary:q} --catalogues {params.catalogues:q} --joined {params.joined:q}"
        " --cells {output.cells} --remarks {output.remarks} --record {output.record} > {log} 2>&1"


rule events:
    """Read the table of adverse events as cells of text, of a study that has one."""
    input:
        results_once_checked,
    output:
        cells=result("events.csv"),
        remarks=result("event-remarks.csv"),
        record=record("events"),
    log:
        "results/{study}/logs/events.log",
    localrule: True
    conda:
        "../envs/events.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("events"),
        study=study_file,
        table=table_of_harms,
        catalogue=catalogue_of_harms,
    message:
        "Reading the adverse events of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --table {params.table:q} --catalogue {params.catalogue:q}"
        " --cells {output.cells} --remarks {output.remarks} --record {output.record} > {log} 2>&1"


rule clean:
    """Turn texts into typed values as study.yaml says, and find everything that does not fit."""
    input:
        cells="results/{study}/cells.csv",
        remarks="results/{study}/remarks.csv",
        events=of_events("events.csv"),
        event_remarks=of_events("event-remarks.csv"),
    output:
        patients=result("patients.csv"),
        measurements=result("measurements.csv"),
        therapies=result("therapies.csv"),
        findings=result("findings.csv"),
        harms=result("harms.csv"),
        places=result("places.csv"),
        record=record("clean"),
    log:
        "results/{study}/logs/clean.log",
    localrule: True
    conda:
        "../envs/clean.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("clean"),
        study=study_file,
        corrections=corrections,
    message:
        "Checking every cell of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --cells {input.cells}"
        " --remarks {input.remarks} --corrections {params.corrections}"
        " --patients {output.patients} --measurements {output.measurements}"
        " --therapies {output.therapies} --findings {output.findings} --harms {output.harms}"
        " --events {input.events} --event_remarks {input.event_remarks} --places {output.places}"
        " --record {output.record} > {log} 2>&1"


checkpoint cohorts:
    """Sort the patients into cohorts, in files by jobs, so that cohorts without a change are left alone."""
    input:
        patients="results/{study}/patients.csv",
    output:
        membership=result("membership.csv"),
        record=record("cohorts"),
    log:
        "results/{study}/logs/cohorts.log",
    localrule: True
    conda:
        "../envs/cohorts.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("cohorts"),
        study=study_file,
    message:
        "Sorting the patients into cohorts of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --patients {input.patients}"
        " --slices results/{wildcards.study}/cohorts --membership {output.membership} --record {output.record} > {log} 2>&1"
