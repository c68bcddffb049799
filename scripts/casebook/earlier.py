"""The earlier results that a run compares with: those of the last report, or others by name.

A report keeps a copy of the results that it was made of, beside that of the report before. The last
copy is of other results than the present ones until the report on these is written; then the copy
before it is. So a comparison comes out the same before and after, and however often it is made.
"""

import shutil
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from casebook.files import UNFINISHED, told_to_users, written
from casebook.modelfile import Problem, raise_problems, validate
from casebook.snapshots import FILES, RESULTS, SnapshotError, by_name, check_file
from casebook.study import Config

LAST, BEFORE = "last", "before"


def kept(folder: Path, present: Mapping[str, Path]) -> dict[str, Path]:
    """The results that were kept of the last report on other results than the present ones."""
    last = files_in(folder / LAST)
    return last if last and not _same(last, present) else files_in(folder / BEFORE)


def keep(folder: Path, present: Mapping[str, Path]) -> None:
    """Keep the results that a report was made of, and those of the report before.

    Stopped at any moment, it leaves the last results, the present ones or both whole, and does the
    same once more when it is called again.
    """
    last, before, fresh = (folder / name for name in (LAST, BEFORE, f"{UNFINISHED}{LAST}"))
    if _same(files_in(last), present):
        return
    with told_to_users(folder):
        if fresh.exists():
            shutil.rmtree(fresh)
        for name, path in present.items():
            with written(fresh / name) as unfinished:
                shutil.copyfile(path, unfinished)
        if last.exists():
            if before.exists():
                shutil.rmtree(before)
            last.rename(before)
        fresh.rename(last)


def files_in(folder: Path) -> dict[str, Path]:
    """The files of a snapshot in a folder, by their names; none where there is no such folder."""
    return by_name(folder / name for name in FILES if (folder / name).is_file())


def compared_folders(config: object, results: Path) -> dict[str, Path]:
    """The folders of earlier results that `config.yaml` names, by study.

    Args:
        config: What Snakemake read from `config.yaml` and the command line.
        results: The folder in which a run leaves the results of each study.

    Raises:
        ModelFileError: with all folders that do not hold results as a run leaves them.
    """
    folders = {
        study: Path(folder)
        for study, folder in validate("config.yaml", config, Config).compare.items()
    }
    problems = (_problems(study, folder, results / study) for study, folder in folders.items())
    raise_problems("config.yaml", config, chain.from_iterable(problems))
    return folders


def _same(one: Mapping[str, Path], other: Mapping[str, Path]) -> bool:
    if one.keys() != other.keys():
        return False
    return all(one[name].read_bytes() == other[name].read_bytes() for name in one)


def _problems(study: str, folder: Path, present: Path) -> Iterator[Problem]:
    place = ("compare", study)
    allowed = "allowed: a folder with results.csv, as an earlier run left it"
    if not folder.is_dir():
        yield Problem(place, f"no folder {str(folder)!r}; {allowed}")
    elif folder.resolve() == present.resolve():
        yield Problem(place, f"{str(folder)!r} is where this run leaves its results; {allowed}")
    elif RESULTS not in files_in(folder):
        there = ", ".join(sorted(each.name for each in folder.iterdir())) or "nothing"
        yield Problem(place, f"no results.csv in {str(folder)!r}; there: {there}; {allowed}")
    else:
        for path in files_in(folder).values():
            try:
                check_file(path)
            except SnapshotError as error:
                yield Problem(place, str(error))
