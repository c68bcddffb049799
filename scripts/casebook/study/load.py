"""Reads and checks a `study.yaml`: all of its mistakes are found at once, named by line and key.

What the keys are is in `model`, and what they must agree on in `references`.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from casebook.base.errors import UserError, listed
from casebook.base.modelfile import Place, Problem, origin_of, raise_problems, validate
from casebook.base.yamlfile import parsed, read_text
from casebook.study.folder import CORRECTIONS, STUDY, misnamed, unused
from casebook.study.model import Study
from casebook.study.references import places_of_columns, references
from casebook.study.source import OF_SAS, TableFile


def load_study(path: Path) -> Study:
    """Read and check a `study.yaml`.

    Raises:
        ModelFileError: with all mistakes, each named by its line and key.
    """
    text = read_text(path)
    beside = sorted((each, each.is_file()) for each in path.parent.absolute().iterdir())
    return _loaded(path, text, tuple(beside))


def readable_studies(
    names: Iterable[str], resources: Path
) -> tuple[dict[str, Study], dict[str, str]]:
    """The studies whose description can be read, and what is wrong with each of the others.

    The files beside the description are not looked at, which may take seconds.

    Args:
        names: The folders of the studies.
        resources: The folder that these are in.
    """
    studies: dict[str, Study] = {}
    mistaken: dict[str, str] = {}
    for name in names:
        try:
            studies[name] = load_study(resources / name / STUDY)
        except UserError as error:
            mistaken[name] = str(error)
    return studies, mistaken


@cache
def _loaded(path: Path, text: str, _beside: tuple[tuple[Path, bool], ...]) -> Study:
    """The study of a text, among these files, which a job needs before, in and after its step.

    Args:
        path: The study.yaml.
        text: What it says.
        _beside: What is in its folder, and whether that is a file.
    """
    content = parsed(path, text)
    study = validate(path, content, Study)
    beside = chain(misnamed_files(path.parent, study.tables), table_problems(study, path.parent))
    raise_problems(path, content, chain(beside, references(study)))
    note_file(study, path, content)
    return study


def note_file(study: Study, path: Path, content: object) -> None:
    """Have a study know where its file names each column, and what beside it is not read."""
    study._unused_files = unused(path.parent, study.tables)
    origins: dict[str, dict[str, tuple[str, str]]] = {"": {}}
    for place, column in reversed(places_of_columns(study).items()):
        of_table = str(place[2]) if place[:2] == ("source", "joined") else ""
        told = (str(origin_of(path, content, place)), ".".join(map(str, place)))
        origins.setdefault(of_table, {})[column] = told
    study._origins = origins


def misnamed_files(folder: Path, tables: Collection[str]) -> Iterator[Problem]:
    """Names in a study's folder that are nearly those of files that are read."""
    for advice in misnamed(folder, tables):
        yield Problem((), advice, folder.as_posix())


def _beside_no_table(folder: Path) -> Iterator[Problem]:
    """The mistakes in what stands beside a study that has no table."""
    place: Place = ("source", "table")
    if (folder / CORRECTIONS).is_file():
        yield Problem(place, f"without a table nothing can be corrected; remove {CORRECTIONS}")


def _by_place(study: Study) -> dict[Place, TableFile]:
    """The tables of a study, by where it describes them."""
    joined = study.source.joined
    places: dict[Place, TableFile] = {("source", "joined", key): joined[key] for key in joined}
    if study.harms and study.harms.table:
        places["harms", "table"] = study.harms.table
    return {**places, ("source",): study.source}


def table_problems(study: Study, folder: Path) -> Iterator[Problem]:
    """The mistakes in the names of a study's tables, where there are no such files."""
    places: dict[str, Place] = {}
    if study.source.dictionary:
        places[study.source.dictionary] = ("source", "dictionary")
    for at, table in _by_place(study).items():
        places[table.table] = (*at, "table")
        if table.catalogue:
            places[table.catalogue] = (*at, "catalogue")
            if not table.is_of_sas:
                told = f"only a table of SAS ({', '.join(OF_SAS)}) has a catalogue; remove the key"
                yield Problem((*at, "catalogue"), f"{told}, or name it where such a table is named")
    if not study.source.has_table:
        del places[study.source.table]
        yield from _beside_no_table(folder)
    for name, place in places.items():
        if not (folder / name).is_file():
            files = sorted(each.name for each in folder.iterdir() if each.is_file())
            files.remove(STUDY)
            there = listed(files, name) or "none"
            yield Problem(place, f"no file {name!r} in {folder}; files there: {there}")
