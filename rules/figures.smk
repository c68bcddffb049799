# Figures, drawn from results and the patients' own values.
# Needs results.csv and cohorts/<cohort>.csv; gives figures/paired-<outcome>.svg.


rule figures:
    """Draw the figures of one outcome; another outcome is another job."""
    input:
        COHORTS_DONE,
        study="resources/{study}/study.yaml",
        slices=slices_for_outcome,
        results="results/{study}/results.csv",
    output:
        paired="results/{study}/figures/paired-{outcome}.svg",
    log:
        "results/{study}/logs/figures-{outcome}.log",
    conda:
        "../envs/figures.yaml"
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("figures"),
        content=content(study_file),
    message:
        "Drawing {wildcards.outcome} of {wildcards.study}"
    shell:
        "python scripts/figures.py --study {input.study} --outcome {wildcards.outcome}"
        " --slices {input.slices} --results {input.results} --figure {output.paired}"
        " > {log} 2>&1"
