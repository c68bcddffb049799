# From the patients of each cohort to one table of results.
# Needs cohorts/<part>.csv, and harms.csv if the study has harms; gives summaries/<part>.csv, harm-results.csv,
# together.csv and results.csv. A part is named after the first of its cohorts.


rule summarise:
    """Compute every statistic of some cohorts, as many as make a job worth its start."""
    input:
        patients=slice_of_part,
    output:
        results=result("summaries/{part}.csv"),
        record=record("summarise-{part}"),
    log:
        "results/{study}/logs/summarise-{part}.log",
    conda:
        "../envs/summarise.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(2),
    params:
        command=command("summarise"),
        study=study_file,
        slice=slice_to_analyse,
    message:
        "Computing the statistics of the cohorts from {wildcards.part} on, of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --slice {params.slice}"
        " --results {output.results} --record {output.record} > {log} 2>&1"


rule harms:
    """Count the adverse events of every cohort, of a study that describes some."""
    input:
        COHORTS_DONE,
        slices=slices_of_study,
        harms="results/{study}/harms.csv",
    output:
        results=result("harm-results.csv"),
        record=record("harms"),
    log:
        "results/{study}/logs/harms.log",
    localrule: True
    conda:
        "../envs/harms.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("harms"),
        study=study_file,
    message:
        "Counting the adverse events of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --slices {input.slices}"
        " --harms {input.harms} --results {output.results} --record {output.record} > {log} 2>&1"


checkpoint collect:
    """Put the results of all cohorts into one table; what follows is made only if it has changed."""
    input:
        COHORTS_DONE,
        slices=slices_of_study,
        summaries=of_each_part("summaries/{part}.csv"),
        harms=with_harms("harm-results.csv"),
    output:
        together=result("together.csv"),
        results=shown("results.csv", "results", name="results"),
        record=record("collect"),
    log:
        "results/{study}/logs/collect.log",
    localrule: True
    conda:
        "../envs/collect.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("collect"),
        study=study_file,
    message:
        "Collecting the results of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --slices {input.slices}"
        " --summaries {input.summaries} --harms {input.harms} --together {output.together}"
        " --results {output.results} --record {output.record} > {log} 2>&1"
