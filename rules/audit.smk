# The audit of the paper that a study comes from, for studies with a claims.tsv.
# Needs claims.tsv, results.csv, cohorts/<part>.csv, and harms.csv if the study has harms; gives audit.csv,
# conventions.csv, conventions-followed.csv, programs.csv and programs-together.csv.


rule audit:
    """Recompute every claim of the paper under every convention, and judge it."""
    input:
        summaries_once_checked,
        COHORTS_DONE_IF_ANY,
        patients=of_table("patients.csv"),
        slices=slices_of_study,
        results=of_table("results.csv"),
        harms=with_harms("harms.csv"),
    output:
        verdicts=shown("audit.csv", "audit", name="audit"),
        tried=result("conventions.csv"),
        followed=result("conventions-followed.csv"),
        programs=result("programs.csv"),
        together=result("programs-together.csv"),
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
        study=study_file,
        claims=claims_to_check,
    message:
        "Checking the claims of the paper of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --claims {params.claims}"
        " --patients {input.patients} --slices {input.slices} --results {input.results}"
        " --harms {input.harms} --verdicts {output.verdicts}"
        " --tried {output.tried} --followed {output.followed} --programs {output.programs}"
        " --together {output.together} --record {output.record} > {log} 2>&1"
