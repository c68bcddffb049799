# Figures, drawn from results and the patients' own values, each as SVG, PDF and PNG.
# Needs results.csv, together.csv, cohorts/<part>.csv and what the audit gives; gives figures/*, as
# scripts/casebook/study/figure_registry.py lists them.

# Where a command finds what it draws from, by the names of its arguments.
DRAWN_FROM = {
    "results": "results/{study}/results.csv",
    "together": "results/{study}/together.csv",
    "harms": "results/{study}/harms.csv",
    "verdicts": "results/{study}/audit.csv",
    "tried": "results/{study}/conventions.csv",
}


def drawn_from(drawing):
    """What a command draws from, by the names of its arguments."""
    files = {
        "slices": slices_for(drawing),
        "measurements": inexact_values,
        **DRAWN_FROM,
    }
    return {name: files[name] for name in drawing.reads}


def slices_for(drawing):
    """A function that gives the patients of each cohort, for an outcome or dose of the study."""

    def files(wildcards):
        if drawing.of:
            declared(
                wildcards.study, f"{drawing.of}s", [getattr(wildcards, drawing.of)]
            )
        return slices_of_study(wildcards)

    return files


def inexact_values(wildcards):
    """What says which values of an outcome are inexact, of one that can have some."""
    outcome = STUDIES[wildcards.study].outcomes.get(wildcards.outcome)
    if outcome is None or not any(outcome.rules):
        return []
    return [f"results/{wildcards.study}/measurements.csv"]


def drawn(drawing):
    """The figures of a command in every format."""
    return [file for name in drawing.files for file in figure(name)]


def arguments(drawing):
    """A function that gives what a command is told beside the study; it writes all formats of an SVG."""

    def told(wildcards, input, output):
        of = [f"--{drawing.of} {getattr(wildcards, drawing.of)}"] if drawing.of else []
        given = {name: getattr(input, name) for name in drawing.reads}
        read = [f"--{name} {files}" for name, files in given.items() if files]
        svgs = [file for file in output.figure if file.endswith(".svg")]
        return " ".join([*of, *read, "--figure", *svgs])

    return told


for drawing in figure_registry.FIGURES:

    rule:
        """Draw a figure, or all of an outcome; for each outcome and each dose there is a job."""
        name:
            drawing.command
        input:
            COHORTS_DONE,
            **drawn_from(drawing),
        output:
            figure=drawn(drawing),
            record=record(drawing.job),
        log:
            f"results/{{study}}/logs/{drawing.job}.log",
        conda:
            f"../envs/{drawing.command}.yaml"
        resources:
            mem_mb=growing(1000),
            runtime=growing(10),
        params:
            command=command(drawing.command),
            study=study_file,
            arguments=arguments(drawing),
        message:
            f"Drawing {drawing.message} of {{wildcards.study}}"
        shell:
            "{params.command} --study {params.study} {params.arguments}"
            " --record {output.record} > {log} 2>&1"
