# What people read: tables for a manuscript, what has changed, and the report.
# Needs results.csv, the figures and the findings; gives report.html, changes.csv and tables/*, each as .csv,
# .html and .docx.


rule tables:
    """Make the tables of a manuscript: baseline characteristics, and the response to treatment."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
        findings="results/{study}/findings.csv",
    output:
        baseline_csv=shown("tables/baseline.csv", "table", name="baseline"),
        baseline_html=result("tables/baseline.html"),
        baseline_docx=result("tables/baseline.docx"),
        response_csv=shown("tables/response.csv", "table", name="response"),
        response_html=result("tables/response.html"),
        response_docx=result("tables/response.docx"),
        record=record("tables"),
    log:
        "results/{study}/logs/tables.log",
    localrule: True
    conda:
        "../envs/tables.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("tables"),
        study=study_file,
        folder=subpath(output.baseline_csv, parent=True),
    message:
        "Making the tables of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --findings {input.findings} --folder {params.folder} --record {output.record} > {log} 2>&1"


rule harm_table:
    """Make the table of adverse events, of a study that describes some."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
    output:
        csv=shown("tables/harms.csv", "table", name="harms"),
        html=result("tables/harms.html"),
        docx=result("tables/harms.docx"),
        record=record("harm_table"),
    log:
        "results/{study}/logs/harm_table.log",
    localrule: True
    conda:
        "../envs/harm_table.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("harm_table"),
        study=study_file,
        folder=subpath(output.csv, parent=True),
    message:
        "Making the table of adverse events of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --folder {params.folder} --record {output.record} > {log} 2>&1"


rule one_comparison:
    """Make the table of a comparison of cohorts, of a study that declares some."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
    output:
        csv=shown("tables/comparison-{comparison}.csv", "table", name="{comparison}"),
        html=result("tables/comparison-{comparison}.html"),
        docx=result("tables/comparison-{comparison}.docx"),
        record=record("one_comparison-{comparison}"),
    log:
        "results/{study}/logs/one_comparison-{comparison}.log",
    localrule: True
    conda:
        "../envs/one_comparison.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("one_comparison"),
        study=study_file,
        folder=subpath(output.csv, parent=True),
    message:
        "Making the table of {wildcards.comparison} of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --folder {params.folder} --comparison {wildcards.comparison} --record {output.record} > {log} 2>&1"


rule each_two:
    """Make the table of how far each two of several cohorts are apart, of a study that compares some."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
    output:
        csv=shown(
            "tables/each-two-{comparison}.csv",
            "table",
            name="{comparison}, each two",
        ),
        html=result("tables/each-two-{comparison}.html"),
        docx=result("tables/each-two-{comparison}.docx"),
        record=record("each_two-{comparison}"),
    log:
        "results/{study}/logs/each_two-{comparison}.log",
    localrule: True
    conda:
        "../envs/each_two.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("each_two"),
        study=study_file,
        folder=subpath(output.csv, parent=True),
    message:
        "Making the table of each two of {wildcards.comparison} of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --folder {params.folder} --comparison {wildcards.comparison} --record {output.record} > {log} 2>&1"


rule changes:
    """Say what moved since the last report, or since earlier results that config.yaml names."""
    input:
        COHORTS_DONE_IF_ANY,
        results=of_table("results.csv"),
        cells=of_table("cells.csv"),
        places=of_table("places.csv"),
        patients=of_table("patients.csv"),
        findings=of_table("findings.csv"),
        events=of_events("events.csv"),
        verdicts=audited("audit.csv"),
    output:
        changes=result("changes.csv"),
        record=record("changes"),
    log:
        "results/{study}/logs/changes.log",
    localrule: True
    conda:
        "../envs/changes.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("changes"),
        study=study_file,
        named=NAMED,
    message:
        "Looking for changes since the last results of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --present {params.study} {input.results}"
        " {input.cells} {input.places} {input.patients} {input.findings} {input.events} {input.verdicts}"
        " --earlier results/{wildcards.study}/earlier --named {params.named:q}"
        " --changes {output.changes} --record {output.record} > {log} 2>&1"


rule report:
    """Put tables, figures and findings together in one HTML file that needs nothing else."""
    input:
        COHORTS_DONE,
        results="results/{study}/results.csv",
        cells="results/{study}/cells.csv",
        places="results/{study}/places.csv",
        patients="results/{study}/patients.csv",
        figures=figures_of_study,
        findings="results/{study}/findings.csv",
        membership="results/{study}/membership.csv",
        records=of_each_part("records/summarise-{part}.json"),
        changes="results/{study}/changes.csv",
        harms=with_harms("harms.csv"),
        events=of_events("events.csv"),
        verdicts=audited("audit.csv"),
        followed=audited("conventions-followed.csv"),
        programs=audited("programs.csv"),
        together=audited("programs-together.csv"),
        conventions=audited("figures/conventions.svg"),
    output:
        page=shown("report.html", "report", name="report"),
        verdict=result("verdict.txt"),
        record=record("report"),
    log:
        "results/{study}/logs/report.log",
    wildcard_constraints:
        study="|".join(OF_TABLES) or NO_STUDY,
    localrule: True
    conda:
        "../envs/report.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("report"),
        study=study_file,
        tables=raw_tables,
        corrections=corrections,
        claims=claims,
    message:
        "Writing the report of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --results {input.results}"
        " --cells {input.cells} --places {input.places} --patients {input.patients} --figures {input.figures}"
        " --findings {input.findings} --membership {input.membership}"
        " --records {input.records} --sources {params.study} {params.tables:q} {params.corrections} {params.claims}"
        " --verdicts {input.verdicts} --followed {input.followed}"
        " --programs {input.programs} --together {input.together}"
        " --conventions {input.conventions} --page {output.page}"
        " --verdict {output.verdict} --changes {input.changes} --harms {input.harms} --events {input.events}"
        " --earlier results/{wildcards.study}/earlier --record {output.record} > {log} 2>&1"


rule printed:
    """Write the report on a paper that prints only summaries, which tells of its audit alone."""
    input:
        verdicts="results/{study}/audit.csv",
        changes="results/{study}/changes.csv",
    output:
        page=shown("report.html", "report", name="report"),
        verdict=result("verdict.txt"),
        record=record("printed"),
    log:
        "results/{study}/logs/printed.log",
    wildcard_constraints:
        study="|".join(OF_SUMMARIES) or NO_STUDY,
    localrule: True
    conda:
        "../envs/printed.yaml"
    resources:
        mem_mb=growing(500),
        runtime=growing(5),
    params:
        command=command("printed"),
        study=study_file,
        claims=claims,
    message:
        "Writing the report of {wildcards.study}"
    shell:
        "{params.command} --study {params.study} --verdicts {input.verdicts}"
        " --sources {params.study} {params.claims} --page {output.page} --verdict {output.verdict}"
        " --changes {input.changes} --earlier results/{wildcards.study}/earlier --record {output.record} > {log} 2>&1"
