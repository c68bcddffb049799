"""The earlier results that a run compares with: those of the last report, or others by name.

A report keeps a copy of the results that it was made of, beside that of the report before. The last
copy is of other results than the present ones until the report on these is written; then the copy
before it is. So a comparison comes out the same before and after, and however often it is made.
"""

import csv
import shutil
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from casebook.base.files import WriteError, ask_permission
from casebook.base.modelfile import Problem, raise_problems
from casebook.base.yamlfile import ModelFileError, read_yaml
from casebook.data.cells import folded, normalised, read_grid
from casebook.data.patients import read_rows
from casebook.history.snapshots import (
    AUDIT,
    CELLS,
    FILES,
    PATIENTS,
    RESULTS,
    STUDY,
    SnapshotError,
    by_name,
    check_file,
    main_file,
    read_as_left,
)
from casebook.study.config import load_config
from casebook.study.model import Study

LAST, BEFORE = "last", "before"
_NEXT, _GONE = "next", "gone"


def kept(folder: Path, present: Mapping[str, Path]) -> dict[str, Path]:
    """The results that were kept of the last report on other results than the present ones."""
    last = files_in(folder / LAST)
    return last if last and not _same(last, present) else files_in(folder / BEFORE)


def keep(folder: Path, present: Mapping[str, Path]) -> None:
    """Keep the results that a report was made of, and those of the report before.

    Stopped at any moment, it leaves the last results, the present ones or both whole, and does the
    same once more when it is called again.

    Raises:
        WriteError: The disk is full, or the folder cannot be written to, or another run has begun.
    """
    ask_permission(folder)
    try:
        _clear(folder)
        if not _same(files_in(folder / LAST), present):
            _replace(folder, present)
            _clear(folder)
    except OSError as error:
        raise WriteError(f"{folder} cannot be written to: {error.strerror}") from error


def _replace(folder: Path, present: Mapping[str, Path]) -> None:
    """Put the last results in the place of those before, and the present ones in theirs.

    A folder has its name as long as all of its files are in it, and no longer.
    """
    last, before = folder / LAST, folder / BEFORE
    fresh, stale = folder / _NEXT, folder / _GONE
    fresh.mkdir(parents=True)
    for name, path in present.items():
        shutil.copyfile(path, fresh / name)
    if last.exists():
        if before.exists():
            before.rename(stale)
        last.rename(before)
    fresh.rename(last)


def _clear(folder: Path) -> None:
    """Remove what is half copied or half removed."""
    for path in (folder / _NEXT, folder / _GONE):
        if path.exists():
            shutil.rmtree(path)


def files_in(folder: Path) -> dict[str, Path]:
    """The files of a snapshot in a folder, by their names; none where it holds no results."""
    found = by_name(folder / name for name in FILES if (folder / name).is_file())
    return found if main_file(found) in found else {}


def unfit(study: Study, files: Mapping[str, Path]) -> str:
    """Why results cannot be earlier ones of a study, in words; nothing if they can.

    Args:
        study: The study as it is now.
        files: The files of a snapshot by their names.
    """
    if study.source.has_table and RESULTS not in files:
        return f"no {RESULTS}, which a run of a study with a table leaves"
    if not study.source.has_table and RESULTS in files:
        return f"{RESULTS}, which is of a table, and this study has none"
    return ""


def of_another_study(study: Study, files: Mapping[str, Path]) -> str:
    """That results are of another study, in words; nothing if they may be of this one.

    They are of another one if none is of an outcome of this study, and the raw table has not half
    of the columns that this one reads: a study whose outcomes have got other names is the same.

    Args:
        study: The study as it is now.
        files: The files of a snapshot by their names.

    Raises:
        SnapshotError: one is not as a run of this casebook leaves it.
    """
    if not study.outcomes or RESULTS not in files:
        return ""
    with files[RESULTS].open(encoding="utf-8", newline="") as file:
        # Every job asks this; the first results of the same study tell it.
        if any(row.get("variable") in study.outcomes for row in csv.DictReader(file)):
            return ""
    headers = read_as_left(files[CELLS], read_grid).headers.values() if CELLS in files else ()
    shared = study.headers.intersection(map(normalised, headers))
    if 2 * len(shared) >= len(study.headers):
        return ""
    return "results of another study: none is of one of this study's outcomes"


def of_other_patients(study: Study, files: Mapping[str, Path], present: Mapping[str, Path]) -> str:
    """That results are of another study, in words, by its title and its patients.

    They are of another one if they have another title and no patient in common, by identifiers
    that stand in the tables; nothing is said where one of the two is not known.

    Args:
        study: The study as it is now.
        files: The files of a snapshot by their names.
        present: The same of the present results.

    Raises:
        SnapshotError: the patients are not as a run of this casebook leaves them.
    """
    if STUDY not in files or PATIENTS not in files.keys() & present.keys():
        return ""
    settings = read_yaml(files[STUDY])
    source = settings.get("source")
    title = str(settings.get("title"))
    is_told = study.source.patient and isinstance(source, Mapping) and source.get("patient")
    if not is_told or folded(title) == folded(study.title):
        return ""
    before, now = (read_as_left(each[PATIENTS], read_rows) for each in (files, present))
    if before.keys() & now.keys():
        return ""
    return f"results of another study, {title!r}: none of its patients is in this one"


def compared_folders(
    config: object, results: Path, studies: Mapping[str, Study]
) -> dict[str, Path]:
    """The folders of earlier results that `config.yaml` names, by study.

    Args:
        config: What Snakemake read from `config.yaml` and the command line.
        results: The folder in which a run leaves the results of each study.
        studies: The studies whose description can be read, by their names.

    Raises:
        ModelFileError: with all folders that do not hold results as a run leaves them.
    """
    folders = {study: Path(folder) for study, folder in load_config(config).compare.items()}
    problems = (
        _problems(name, folder, results / name, studies.get(name))
        for name, folder in folders.items()
    )
    raise_problems("config.yaml", config, chain.from_iterable(problems))
    return folders


def _same(one: Mapping[str, Path], other: Mapping[str, Path]) -> bool:
    if one.keys() != other.keys():
        return False
    return all(
        one[name].read_bytes() == other[name].read_bytes()
        or (name == STUDY and _say_the_same(one[name], other[name]))
        for name in one
    )


def _say_the_same(one: Path, other: Path) -> bool:
    """Whether two study.yaml differ in comments and the like alone."""
    try:
        return bool(read_yaml(one) == read_yaml(other))
    except ModelFileError:
        return False


def _problems(name: str, folder: Path, present: Path, study: Study | None) -> Iterator[Problem]:
    place = ("compare", name)
    mains = [RESULTS, AUDIT] if study is None else [RESULTS if study.source.has_table else AUDIT]
    needed = " or ".join(mains)
    allowed = f"allowed: a folder with {needed}, left by an earlier run"
    if not folder.is_dir():
        yield Problem(place, f"no folder {str(folder)!r}; {allowed}")
    elif folder.resolve() == present.resolve():
        yield Problem(place, f"{str(folder)!r} is where this run leaves its results; {allowed}")
    elif not (files := files_in(folder)):
        there = ", ".join(sorted(each.name for each in folder.iterdir())) or "nothing"
        yield Problem(place, f"no {needed} in {str(folder)!r}; found: {there}; {allowed}")
    elif study and (why := unfit(study, files)):
        yield Problem(place, f"{str(folder)!r} has {why}; found: {', '.join(files)}; {allowed}")
    else:
        yield from (Problem(place, problem) for problem in _unlike(study, folder, files))


def _unlike(study: Study | None, folder: Path, files: Mapping[str, Path]) -> Iterator[str]:
    """Which files are not as a run leaves them; or that they are of another study."""
    damaged = []
    for path in files.values():
        try:
            check_file(path)
        except SnapshotError as error:
            damaged.append(str(error))
    yield from damaged
    if study and not damaged:
        try:
            why = of_another_study(study, files)
        except SnapshotError as error:
            yield str(error)
        else:
            yield from [f"{str(folder)!r} has {why}"] * bool(why)
