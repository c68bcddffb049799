# What all files here share: the studies, checked before the first job; the names that wildcards can
# take; and digests of what Snakemake does not watch by itself.

import sys

sys.path.append(f"{workflow.basedir}/scripts")

from pathlib import Path

from snakemake.exceptions import WorkflowError

from casebook import digests
from casebook.errors import UserError
from casebook.study import load_studies

try:
    STUDIES = load_studies(config, Path("resources"))
except UserError as mistakes:
    raise WorkflowError(str(mistakes))


wildcard_constraints:
    study="|".join(STUDIES),
    cohort="|".join(
        sorted({name for study in STUDIES.values() for name in study.cohorts})
    ),
    outcome="|".join(
        sorted({name for study in STUDIES.values() for name in study.outcomes})
    ),


# Snakemake decides by checksum only at a checkpoint. Rules after one have this edge beside their
# real inputs, so that it looks at them again once the checkpoint has run.
COHORTS_DONE = ancient("results/{study}/cohorts")


def code(command):
    """Digest of a command in scripts/ and of all that it imports."""
    return digests.code_digest(Path(workflow.basedir, "scripts", f"{command}.py"))


def content(*inputs):
    """A function that gives the digest of files, each named by a function of the wildcards."""
    return lambda wildcards: digests.file_digest(
        Path(path) for files in inputs for path in files(wildcards)
    )


def study_file(wildcards):
    """The description of a study."""
    return [f"resources/{wildcards.study}/study.yaml"]


def raw_table(wildcards):
    """The raw table of a study."""
    return [f"resources/{wildcards.study}/{STUDIES[wildcards.study].source.table}"]


def corrections(wildcards):
    """The corrections of a study's raw table, if there are any."""
    path = f"resources/{wildcards.study}/corrections.tsv"
    return [path] if Path(path).is_file() else []


def claims_of(study):
    """The claims of a study's paper, if they are listed."""
    path = f"resources/{study}/claims.tsv"
    return [path] if Path(path).is_file() else []


def claims(wildcards):
    """The claims of the paper of the study that is meant."""
    return claims_of(wildcards.study)


def slices(study, cohorts):
    """The patients of these cohorts, once all are sorted into cohorts."""
    declared(study, "cohorts", cohorts)
    folder = Path(checkpoints.cohorts.get(study=study).output.slices)
    paths = [folder / f"{cohort}.csv" for cohort in cohorts]
    gone = [str(path) for path in paths if not path.exists()]
    if gone:
        raise WorkflowError(
            f"{', '.join(gone)} was removed; run again with --forcerun cohorts"
        )
    return [str(path) for path in paths]


def declared(study, part, names):
    """Do nothing if the study declares these cohorts, outcomes or doses."""
    known = list(getattr(STUDIES[study], part))
    for name in names:
        if name not in known:
            raise WorkflowError(
                f"{study} has no {name} in its {part}: {', '.join(known)}"
            )


def slice_of_cohort(wildcards):
    """The patients of one cohort."""
    return slices(wildcards.study, [wildcards.cohort])


def slices_of_study(wildcards):
    """The patients of each cohort."""
    return slices(wildcards.study, STUDIES[wildcards.study].cohorts)


def slices_for_outcome(wildcards):
    """The patients of each cohort, for the figures of an outcome of the study."""
    declared(wildcards.study, "outcomes", [wildcards.outcome])
    return slices_of_study(wildcards)


def slices_for_dose(wildcards):
    """The patients of each cohort, for the figure of a dose of the study."""
    declared(wildcards.study, "doses", [wildcards.dose])
    return slices_of_study(wildcards)


def summaries_of_study(wildcards):
    """The results of each cohort."""
    return expand(
        "results/{study}/summaries/{cohort}.csv",
        study=wildcards.study,
        cohort=STUDIES[wildcards.study].cohorts,
    )


def shown(path, category, **labels):
    """An output that Snakemake's own report shows, with the caption of its category."""
    return report(
        path,
        caption=f"{workflow.basedir}/rules/captions/{category}.rst",
        category="{study}",
        labels={"kind": category, **labels},
    )


def figure(name):
    """A figure in every format, the SVG first: a command is told that one and writes all."""
    svg, *others = (
        f"results/{{study}}/figures/{name}.{form}" for form in ("svg", "pdf", "png")
    )
    return [shown(svg, "figure", name=name), *others]


def figure_names(study):
    """All figures of a study, in the order of the report."""
    described = STUDIES[study]
    return [
        *(f"paired-{outcome}" for outcome in described.outcomes),
        *(f"waterfall-{outcome}" for outcome in described.outcomes),
        "forest",
        *(["swimmer"] if described.treatment else []),
        *(["therapies"] if described.therapies else []),
        *(f"dose-{dose}" for dose in described.doses),
    ]


def figures_of_study(wildcards):
    """All figures of a study as the report shows them."""
    names = figure_names(wildcards.study)
    return [figure(name)[0].format(study=wildcards.study) for name in names]


def figures_in_all_formats():
    """All figures of all studies, as a person takes them along."""
    return [
        path.format(study=study)
        for study in STUDIES
        for name in [
            *figure_names(study),
            *(["conventions"] if claims_of(study) else []),
        ]
        for path in figure(name)
    ]


def audited(file):
    """A function that gives a file of the audit, for a study whose paper's claims are listed."""
    return lambda wildcards: (
        [f"results/{wildcards.study}/{file}"] if claims(wildcards) else []
    )
