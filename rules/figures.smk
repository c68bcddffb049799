# Figures, drawn from results and the patients' own values, each as SVG, PDF and PNG.
# Needs results.csv, together.csv and cohorts/<cohort>.csv; gives figures/paired-<outcome>,
# waterfall-<outcome>, forest, swimmer, therapies and dose-<dose>.


rule figures:
    """Draw the figures of one outcome; another outcome is another job."""
    input:
        COHORTS_DONE,
        slices=slices_for_outcome,
        results="results/{study}/results.csv",
    output:
        paired=figure("paired-{outcome}"),
        waterfall=figure("waterfall-{outcome}"),
        record=record("figures-{outcome}"),
    log:
        "results/{study}/logs/figures-{outcome}.log",
    conda:
        "../envs/figures.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("figures"),
        study=STUDY_FILE,
    message:
        "Drawing {wildcards.outcome} of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --outcome {wildcards.outcome}"
        " --slices {input.slices} --results {input.results} --paired {output.paired[0]}"
        " --waterfall {output.waterfall[0]} --record {output.record} > {log} 2>&1"


rule forest:
    """Draw how much each outcome changed in each cohort."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
    output:
        figure=figure("forest"),
        record=record("forest"),
    log:
        "results/{study}/logs/forest.log",
    conda:
        "../envs/forest.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("forest"),
        study=STUDY_FILE,
    message:
        "Drawing the estimates of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --figure {output.figure[0]} --record {output.record} > {log} 2>&1"


rule swimmer:
    """Draw each patient's time on treatment."""
    input:
        COHORTS_DONE,
        slices=slices_of_study,
        results="results/{study}/together.csv",
    output:
        figure=figure("swimmer"),
        record=record("swimmer"),
    log:
        "results/{study}/logs/swimmer.log",
    conda:
        "../envs/swimmer.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("swimmer"),
        study=STUDY_FILE,
    message:
        "Drawing the time on treatment of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --slices {input.slices}"
        " --results {input.results} --figure {output.figure[0]} --record {output.record} > {log} 2>&1"


rule therapies:
    """Draw which patient had which therapy."""
    input:
        COHORTS_DONE,
        slices=slices_of_study,
        results="results/{study}/together.csv",
    output:
        figure=figure("therapies"),
        record=record("therapies"),
    log:
        "results/{study}/logs/therapies.log",
    conda:
        "../envs/therapies.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("therapies"),
        study=STUDY_FILE,
    message:
        "Drawing the therapies of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --slices {input.slices}"
        " --results {input.results} --figure {output.figure[0]} --record {output.record} > {log} 2>&1"


rule doses:
    """Draw each patient's dose before and on the treatment; another dose is another job."""
    input:
        COHORTS_DONE,
        slices=slices_for_dose,
        results="results/{study}/together.csv",
    output:
        figure=figure("dose-{dose}"),
        record=record("doses-{dose}"),
    log:
        "results/{study}/logs/doses-{dose}.log",
    conda:
        "../envs/doses.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("doses"),
        study=STUDY_FILE,
    message:
        "Drawing the dose {wildcards.dose} of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --dose {wildcards.dose} --slices {input.slices}"
        " --results {input.results} --figure {output.figure[0]} --record {output.record} > {log} 2>&1"
