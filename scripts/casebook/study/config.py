"""What `config.yaml` says: which studies are made, and what of a run can be chosen.

It is read as `study.yaml` is, so that a mistake has its line and a damaged file is told before
Snakemake reads it by rules of its own. What a study is belongs to `study`.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated

from pydantic import Field

from casebook.base.modelfile import all_of, one_of, raise_problems, validate
from casebook.base.yamlfile import Keys, Mistake, ModelFileError, Origin, read_yaml
from casebook.study.described import Model
from casebook.study.fields import Name, PathText
from casebook.study.folder import check_study_is_named

COMMAND_LINE = "--config"
_ADVICE = (
    "it says which studies to make, as in: studies: [my-study], for resources/my-study/study.yaml"
)


class Config(Model):
    """What `config.yaml` says."""

    studies: Annotated[tuple[Name, ...], Field(min_length=1)]
    """Names of the studies to make: each is a folder in resources/."""
    compare: dict[Name, PathText] = Field({})
    """Earlier results of a study to compare with: the path of a folder that a run left."""
    image: PathText = "containers/casebook.sif"
    """The container image of the steps, for runs in containers."""


def read_config(files: Sequence[Path], given: Mapping[str, object]) -> Keys:
    """What configuration files and the command line say together, each value with its origin.

    Args:
        files: The files; a later one overrules those before it.
        given: What the command line says, which overrules all files.

    Raises:
        ModelFileError: A file is not there, or cannot be read as YAML.
    """
    merged = Keys()
    for path in files:
        if not path.exists():
            raise ModelFileError(Mistake(Origin(str(path)), f"no such file; {_ADVICE}"))
        _overrule(merged, read_yaml(path))
    _overrule(merged, given)
    return merged


def _overrule(keys: Keys, others: Mapping[str, object]) -> None:
    """Take over the values of other keys, those within both one by one, as Snakemake does."""
    origins = others.origins if isinstance(others, Keys) else {}
    for key, value in others.items():
        present = keys.get(key)
        if isinstance(present, Keys) and isinstance(value, Mapping):
            _overrule(present, value)
        else:
            keys[key] = value
            keys.origins[key] = origins.get(key, Origin(COMMAND_LINE))


def load_config(config: object) -> Config:
    """Check what `read_config` gave.

    Raises:
        ModelFileError: with all mistakes.
    """
    return validate("config.yaml", config, Config)


def why_no_name(folder: str) -> str:
    """Why no study can have a folder of this name, as a run tells it; nothing if one can."""
    try:
        load_config({"studies": [folder]})
    except ModelFileError as error:
        return error.mistakes[0].text
    return ""


def study_names(config: object, resources: Path) -> tuple[str, ...]:
    """The studies that the configuration names.

    Raises:
        ModelFileError: with all mistakes in the configuration.
    """
    read = load_config(config)
    present = sorted(path.parent.name for path in resources.glob("*/study.yaml"))
    for name in read.studies:
        check_study_is_named(resources / name)
    folder = f"a folder of its name in {resources.as_posix()}, with a study.yaml in it"
    study = f"a study (a new one needs {folder})"
    named = all_of(("studies",), read.studies, present, study)
    compared = (one_of(("compare", name), name, present, "a study") for name in read.compare)
    raise_problems("config.yaml", config, chain(named, *compared))
    return read.studies
