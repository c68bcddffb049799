# From the patients of each cohort to one table of results.
# Needs cohorts/<cohort>.csv; gives summaries/<cohort>.csv, together.csv and results.csv.


rule summarise:
    """Compute every statistic of one cohort."""
    input:
        patients=slice_of_cohort,
    output:
        results=result("summaries/{cohort}.csv"),
        record=record("summarise-{cohort}"),
    log:
        "results/{study}/logs/summarise-{cohort}.log",
    conda:
        "../envs/summarise.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(2),
    params:
        command=command("summarise"),
        study=study_file,
    message:
        "Computing the statistics of cohort {wildcards.cohort} of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --cohort {wildcards.cohort}"
        " --patients {input.patients} --results {output.results} --record {output.record} > {log} 2>&1"


checkpoint collect:
    """Put the results of all cohorts into one table; what follows is made only if it has changed."""
    input:
        COHORTS_DONE,
        slices=slices_of_study,
        summaries=of_each_cohort("summaries/{cohort}.csv"),
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
        " --summaries {input.summaries} --together {output.together}"
        " --results {output.results} --record {output.record} > {log} 2>&1"
