# What all files here share: the studies and the container image, checked before the first job; the
# names that wildcards can take; and the files and jobs of a study.

import os
import shlex
import sys

from pathlib import Path

# casebook's own folder, wherever Snakemake was called and also where it is a module of another workflow.
CODE = Path(workflow.current_basedir.get_path_or_uri(secret_free=True)).parent

# This casebook, and not another one that is installed where Snakemake runs. The folder is not left at
# the front, as packages there would be found before those of Snakemake by the same names.
sys.path.insert(0, f"{CODE}/scripts")
import casebook

sys.path.pop(0)

from snakemake.deployment.singularity import Singularity
from snakemake.exceptions import WorkflowError
from snakemake.settings.types import DeploymentMethod

from casebook.base.errors import UserError
from casebook.study import figure_registry
from casebook.history.earlier import compared_folders, files_in
from casebook.provenance.images import check_image, image_name
from casebook.provenance.record import code_digests
from casebook.provenance.stale import is_vouched_for
from casebook.study.config import load_config, read_config, study_names
from casebook.study.load import readable_studies

# Python otherwise prefers the user's own packages (~/.local) to those of a conda environment.
BEFORE_COMMANDS = "export PYTHONNOUSERSITE=1; "

# By this profiles/slurm finds what it calls.
os.environ.update(CASEBOOK=str(CODE))


def refuse(mistakes):
    """Make nothing, and say why; of another error Snakemake would show the lines of code."""
    raise SystemExit(f"{mistakes}\nNothing was made.")


def configuration():
    """What config.yaml, the files of --configfile and --config say, or the workflow that calls this."""
    told = workflow.config_settings
    if workflow.modifier.skip_configfile:
        return config
    files = [Path(file) for file in told.configfiles]
    own = Path("config.yaml")
    says_which = files or "studies" in told.config
    if not says_which or (
        own.exists() and not (files and told.replace_workflow_config)
    ):
        files.insert(0, own)
    return read_config(files, told.config)


def checked(studies, mistaken):
    """The studies without any mistake, and all mistakes of the others in all of their files.

    A study whose last run ended with the present files and code has none.
    """
    doubted = [
        study
        for study in studies
        if not is_vouched_for(Path("results", study), LIBRARY)
    ]
    if doubted or mistaken:
        # The checks are those of the steps: what these import is needed for nothing else here.
        from casebook.mistakes import mistakes_of

        mistaken = mistaken | mistakes_of([*doubted, *mistaken], Path("resources"))
    return {name: studies[name] for name in studies if name not in mistaken}, mistaken


# config.yaml is read here first, as Snakemake names no line, takes the last of two keys that are the
# same, and ends with a traceback where a file is nested too deeply.
try:
    CONFIG = configuration()
    STUDIES, MISTAKEN = readable_studies(
        study_names(CONFIG, Path("resources")), Path("resources")
    )
    # A job on a cluster is of a study that was checked before it was sent there.
    LIBRARY = code_digests(CODE) if workflow.is_main_process else {}
    if workflow.is_main_process:
        STUDIES, MISTAKEN = checked(STUDIES, MISTAKEN)
    COMPARED = compared_folders(CONFIG, Path("results"), STUDIES)
    IMAGE = image_name(load_config(CONFIG).image)
    IN_CONTAINERS = (
        DeploymentMethod.APPTAINER in workflow.deployment_settings.deployment_method
    )
    # Reading the whole image takes a second, which each job on a cluster would take again.
    if IN_CONTAINERS and workflow.is_main_process:
        check_image(IMAGE)
except UserError as error:
    refuse(str(error))


if not STUDIES:
    refuse("\n".join(MISTAKEN.values()))
if MISTAKEN and workflow.is_main_process:
    print(*MISTAKEN.values(), sep="\n", file=sys.stderr, flush=True)

# The page of several studies; one alone has its report.
OVERVIEW = ["results/index.html"] if len({*STUDIES, *MISTAKEN}) > 1 else []
OVERVIEW_FILES = ["results/index.html", "results/records/overview.json"]


# Without the file, --config has said which studies are made.
if Path("config.yaml").exists():

    configfile: "config.yaml"


if Path("results").exists() and not Path("results").is_dir():
    raise WorkflowError("results is a file; it must be a folder, or not exist")

# Only where it is used, so that results of other runs are not recorded as made in it.
if IN_CONTAINERS:
    # Snakemake 9.27 looks for apptainer only after it has called it where results are there already;
    # until then it believes that the command is singularity.
    Singularity().check()
    # The one folder that steps can write to is bound into the container, and must be there before.
    Path("results").mkdir(exist_ok=True)
    # The folder of the run is there as well; code that lies elsewhere is added, to be read.
    if not CODE.samefile(Path()):
        parts = ("Snakefile", "envs", "profiles", "rules", "scripts")
        for variable in ("APPTAINER_BIND", "SINGULARITY_BIND"):
            bound = [f"{CODE / part}:{CODE / part}:ro" for part in parts]
            before = os.environ.get(variable, "").split(",")
            os.environ[variable] = ",".join(
                dict.fromkeys([*filter(None, before), *bound])
            )

    containerized: IMAGE


# A paper that prints only summaries gets an audit and a report on that, and nothing else.
OF_TABLES = [name for name, study in STUDIES.items() if study.source.has_table]
OF_SUMMARIES = [name for name in STUDIES if name not in OF_TABLES]
# No study has this name.
NO_STUDY = "-"


wildcard_constraints:
    study="|".join(STUDIES),
    part="[a-z][a-z0-9_-]*",
    outcome="|".join(
        sorted({name for study in STUDIES.values() for name in study.outcomes})
    ),
    comparison="|".join(
        sorted({name for study in STUDIES.values() for name in study.comparisons})
    ),


# The files of a study are `params` and no `input`: Snakemake would go by their dates, and ends a run where
# one lies in the future, as by a clock that is ahead. The records say what of them a job has read, so that
# Snakemake need not compare `params` either, for which it would import pandas: it leaves out those whose
# function takes `input`.
def command(rule):
    """A function that gives how the command of a rule is called."""
    return lambda wildcards, input: (
        f"{BEFORE_COMMANDS}python {shlex.quote(str(code_folder(wildcards, input) / f'scripts/{rule}.py'))}"
    )


def code_folder(wildcards, input):
    """casebook's own folder, relative if it is that of the run."""
    return Path() if CODE.samefile(Path()) else CODE


def config_file(wildcards, input):
    """The configuration of the run, if it is in the file of its usual name."""
    return [path for path in ["config.yaml"] if Path(path).is_file()]


def growing(amount):
    """A resource that a job asks for more of with each attempt: it may have failed for want of it."""
    return lambda wildcards, attempt: amount * attempt


def study_file(wildcards, input):
    """The description of a study."""
    return f"resources/{wildcards.study}/study.yaml"


def raw_table(wildcards, input):
    """The raw table of a study."""
    return [f"resources/{wildcards.study}/{STUDIES[wildcards.study].source.table}"]


def dictionary(wildcards, input):
    """The data dictionary of a study's raw table, if it has one."""
    name = STUDIES[wildcards.study].source.dictionary
    return [f"resources/{wildcards.study}/{name}"] if name else []


def catalogues(wildcards, input):
    """The catalogues of the formats of a study's tables of patients, of those that have one."""
    tables = STUDIES[wildcards.study].source.tables.values()
    names = dict.fromkeys(each.catalogue for each in tables if each.catalogue)
    return [f"resources/{wildcards.study}/{name}" for name in names]


def joined_tables(wildcards, input):
    """The tables that are joined to the raw table of a study, if there are any."""
    tables = STUDIES[wildcards.study].source.joined.values()
    return [f"resources/{wildcards.study}/{each.table}" for each in tables]


def table_of_harms(wildcards, input):
    """The table of adverse events, which not every study has."""
    harms = STUDIES[wildcards.study].harms
    if harms is None or harms.table is None:
        raise WorkflowError(f"{wildcards.study} has no table of adverse events")
    return [f"resources/{wildcards.study}/{harms.table.table}"]


def catalogue_of_harms(wildcards, input):
    """The catalogue of the formats of the table of adverse events, if it has one."""
    name = STUDIES[wildcards.study].form_of_harms.catalogue
    return [f"resources/{wildcards.study}/{name}"] if name else []


def raw_tables(wildcards, input):
    """All tables of a study, as its user keeps them."""
    tables = STUDIES[wildcards.study].tables
    return [f"resources/{wildcards.study}/{table}" for table in tables]


def of_table(*files):
    """A function that gives files made from the raw table, of a study that has one."""
    return lambda wildcards: (
        expand(f"results/{wildcards.study}/{{file}}", file=files)
        if wildcards.study in OF_TABLES
        else []
    )


def of_events(file):
    """A function that gives a file read from the table of adverse events, for a study that has one."""

    def files(wildcards):
        harms = STUDIES[wildcards.study].harms
        there = harms is not None and harms.table is not None
        return [f"results/{wildcards.study}/{file}"] if there else []

    return files


def with_harms(file):
    """A function that gives a file on harms, for a study that has some."""
    return lambda wildcards: (
        [f"results/{wildcards.study}/{file}"] if STUDIES[wildcards.study].harms else []
    )


def corrections(wildcards, input):
    """The corrections of a study's raw table, if there are any."""
    path = f"resources/{wildcards.study}/corrections.tsv"
    return [path] if Path(path).is_file() else []


def claims_of(study):
    """The claims of a study's paper, if they are listed."""
    path = f"resources/{study}/claims.tsv"
    return [path] if Path(path).is_file() else []


def claims(wildcards, input):
    """The claims of the paper of the study that is meant."""
    return claims_of(wildcards.study)


def claims_to_check(wildcards, input):
    """The claims of the paper, which the audit cannot do without."""
    found = claims(wildcards, input)
    if not found:
        raise WorkflowError(f"resources/{wildcards.study} has no claims.tsv to audit")
    return found


def parts(study):
    """The parts that the cohorts are in, each by its first cohort, in the order of the study.

    Until `cohorts` has run they are those of the last run, or the one that there is in any case.
    """
    first, *others = STUDIES[study].cohorts
    folder = Path("results", study, "cohorts")
    return [first, *(name for name in others if (folder / f"{name}.csv").exists())]


def declared(study, part, names):
    """Do nothing if the study declares these outcomes or doses."""
    known = getattr(STUDIES[study], part)
    for name in names:
        if name not in known:
            raise WorkflowError(
                f"{study} has no {name} in its {part}: {', '.join(known)}"
            )


def slice_of_part(wildcards):
    """The patients of the cohorts of one part; nothing if it is a part no more."""
    if wildcards.part not in STUDIES[wildcards.study].cohorts:
        refuse(f"{wildcards.study} has no cohort {wildcards.part}")
    return [
        file for file in slices_of_study(wildcards) if Path(file).stem == wildcards.part
    ]


def slice_to_analyse(wildcards, input):
    """The patients of one part, which is none where the cohort is in the part of another."""
    if not input.patients:
        raise WorkflowError(
            f"{wildcards.part} of {wildcards.study} is analysed together with the cohorts before it;"
            " 'cohorts_per_job: 1' in study.yaml gives each cohort a job and a file of its own"
        )
    return input.patients


def slices_of_study(wildcards):
    """The patients of each part, once all are sorted into cohorts."""
    if wildcards.study in OF_SUMMARIES:
        return []
    checkpoints.cohorts.get(study=wildcards.study)
    return of_each_part("cohorts/{part}.csv")(wildcards)


def of_each_part(file):
    """A function that gives a file of the results for each part of a study."""
    return lambda wildcards: expand(
        f"results/{{study}}/{file}", study=wildcards.study, part=parts(wildcards.study)
    )


def shown(file, category, **labels):
    """A result that Snakemake's own report shows, with the caption of its category."""
    return report(
        result(file),
        caption=f"{CODE}/rules/captions/{category}.rst",
        category="{study}",
        labels={"kind": category, **labels},
    )


def figure(name):
    """A figure in every format, the SVG first: a command is told that one and writes all."""
    svg, *others = (f"figures/{name}.{form}" for form in ("svg", "pdf", "png"))
    return [shown(svg, "figure", name=name), *map(result, others)]


def figures_of_study(wildcards):
    """All figures of a study as the report shows them."""
    names = figure_registry.names(STUDIES[wildcards.study])
    return [f"results/{wildcards.study}/figures/{name}.svg" for name in names]


def jobs(study):
    """All jobs of a study, by the names of their records."""
    described = STUDIES[study]
    if not described.source.has_table:
        return ["audit", "changes", "printed"]
    return [
        *("ingest", "clean", "cohorts", "collect", "tables", "changes", "report"),
        *(f"summarise-{part}" for part in parts(study)),
        *figure_registry.jobs(described),
        *(["audit", "conventions"] if claims_of(study) else []),
        *(["events"] if described.harms and described.harms.table else []),
        *(["harms", "harm_table"] if described.harms else []),
        *(f"one_comparison-{name}" for name in described.comparisons),
        *(
            f"each_two-{name}"
            for name, comparison in described.comparisons.items()
            if described.outcomes and not comparison.two
        ),
    ]


def records_of(study):
    """What all jobs of a study say of the files that they read and wrote."""
    return [f"results/{study}/records/{job}.json" for job in jobs(study)]


def records_of_study(wildcards):
    """What all jobs of the study that is meant say of their files."""
    return records_of(wildcards.study)


def audited(file):
    """A function that gives a file of the audit, for a study whose paper's claims are listed."""
    return lambda wildcards: (
        [f"results/{wildcards.study}/{file}"] if claims_of(wildcards.study) else []
    )


def compared(wildcards):
    """The files of the earlier results that config.yaml names for a study, if it does."""
    folder = COMPARED.get(wildcards.study)
    return [str(path) for path in files_in(folder).values()] if folder else []


# No record tells that other earlier results are named, so that Snakemake compares this parameter if any are.
NAMED = compared if COMPARED else lambda wildcards, input: []
