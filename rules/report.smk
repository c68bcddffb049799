# What people read: tables for a manuscript, and the report.
# Needs results.csv, the figures and the findings; gives report.html and tables/*, each as .csv, .html and .docx.


rule tables:
    """Make the tables of a manuscript: baseline characteristics, and the response to treatment."""
    input:
        COHORTS_DONE,
        study="resources/{study}/study.yaml",
        results="results/{study}/results.csv",
    output:
        baseline_csv=shown(
            "results/{study}/tables/baseline.csv", "table", name="baseline"
        ),
        baseline_html="results/{study}/tables/baseline.html",
        baseline_docx="results/{study}/tables/baseline.docx",
        response_csv=shown(
            "results/{study}/tables/response.csv", "table", name="response"
        ),
        response_html="results/{study}/tables/response.html",
        response_docx="results/{study}/tables/response.docx",
    log:
        "results/{study}/logs/tables.log",
    conda:
        "../envs/tables.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("tables"),
        content=content(study_file),
        folder=subpath(output.baseline_csv, parent=True),
    message:
        "Making the tables of {wildcards.study}"
    shell:
        "python scripts/tables.py --study {input.study} --results {input.results}"
        " --folder {params.folder} > {log} 2>&1"


rule report:
    """Put tables, figures and findings together in one HTML file that needs nothing else."""
    input:
        COHORTS_DONE,
        study="resources/{study}/study.yaml",
        results="results/{study}/results.csv",
        cells="results/{study}/cells.csv",
        patients="results/{study}/patients.csv",
        figures=figures_of_study,
        findings="results/{study}/findings.csv",
        membership="results/{study}/membership.csv",
        table=raw_table,
        corrections=corrections,
        claims=claims,
        verdicts=audited("audit.csv"),
        followed=audited("conventions-followed.csv"),
        conventions=audited("figures/conventions.svg"),
    output:
        page=shown("results/{study}/report.html", "report", name="report"),
        verdict="results/{study}/verdict.txt",
    log:
        "results/{study}/logs/report.log",
    conda:
        "../envs/report.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report"),
        content=content(study_file, raw_table, corrections, claims),
    message:
        "Writing the report of {wildcards.study}"
    shell:
        "python scripts/report.py --study {input.study} --results {input.results}"
        " --cells {input.cells} --patients {input.patients} --figures {input.figures}"
        " --findings {input.findings} --membership {input.membership}"
        " --sources {input.study} {input.table:q} {input.corrections} {input.claims}"
        " --verdicts {input.verdicts} --followed {input.followed}"
        " --conventions {input.conventions} --page {output.page}"
        " --verdict {output.verdict} > {log} 2>&1"
