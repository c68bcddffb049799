# The audit of the paper that a study comes from, for studies with a claims.tsv.
# Needs claims.tsv, results.csv and cohorts/<cohort>.csv; gives audit.csv, conventions.csv,
# conventions-followed.csv and figures/conventions, as SVG, PDF and PNG.


rule audit:
    """Recompute every claim of the paper under every convention, and judge it."""
    input:
        COHORTS_DONE,
        patients="results/{study}/patients.csv",
        slices=slices_of_study,
        results="results/{study}/results.csv",
    output:
        verdicts=shown("audit.csv", "audit", name="audit"),
        tried=result("conventions.csv"),
        followed=result("conventions-followed.csv"),
        record=record("audit"),
    log:
        "results/{study}/logs/audit.log",
    conda:
        "../envs/audit.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(10),
    params:
        command=command("audit"),
        study=STUDY_FILE,
        claims=claims_to_check,
    message:
        "Checking the claims of the paper of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --claims {params.claims}"
        " --patients {input.patients} --slices {input.slices} --results {input.results}"
        " --verdicts {output.verdicts}"
        " --tried {output.tried} --followed {output.followed} --record {output.record} > {log} 2>&1"


rule conventions:
    """Draw what each convention gives for the p-values and quartiles of the paper."""
    input:
        COHORTS_DONE,
        verdicts="results/{study}/audit.csv",
        tried="results/{study}/conventions.csv",
        results="results/{study}/results.csv",
    output:
        figure=figure("conventions"),
        record=record("conventions"),
    log:
        "results/{study}/logs/conventions.log",
    conda:
        "../envs/conventions.yaml"
    resources:
        mem_mb=growing(1000),
        runtime=growing(10),
    params:
        command=command("conventions"),
        study=STUDY_FILE,
    message:
        "Drawing the conventions of the paper of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --verdicts {input.verdicts}"
        " --tried {input.tried} --results {input.results} --figure {output.figure[0]}"
        " --record {output.record} > {log} 2>&1"
