# From the patients of each cohort to one table of results.
# Needs cohorts/<cohort>.csv; gives summaries/<cohort>.csv and results.csv.


rule summarise:
    """Compute every statistic of one cohort."""
    input:
        study="resources/{study}/study.yaml",
        patients=slice_of_cohort,
    output:
        results="results/{study}/summaries/{cohort}.csv",
    log:
        "results/{study}/logs/summarise-{cohort}.log",
    conda:
        "../envs/summarise.yaml"
    resources:
        mem_mb=500,
        runtime=10,
    params:
        code=code("summarise"),
        content=content(study_file),
    message:
        "Computing the statistics of cohort {wildcards.cohort} of {wildcards.study}"
    shell:
        "python scripts/summarise.py --study {input.study} --cohort {wildcards.cohort}"
        " --patients {input.patients} --results {output.results} > {log} 2>&1"


checkpoint collect:
    """Put the results of all cohorts into one table; what follows is made only if it has changed."""
    input:
        COHORTS_DONE,
        study="resources/{study}/study.yaml",
        summaries=summaries_of_study,
    output:
        results=shown("results/{study}/results.csv", "results", name="results"),
    log:
        "results/{study}/logs/collect.log",
    conda:
        "../envs/collect.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("collect"),
        content=content(study_file),
    message:
        "Collecting the results of {wildcards.study}"
    shell:
        "python scripts/collect.py --study {input.study} --summaries {input.summaries}"
        " --results {output.results} > {log} 2>&1"
