"""Which files of a study's folder are read, which seem to be meant for it, and which are not used.

A file whose name is nearly that of one that is read would otherwise be passed over without a word,
and the results would be those without it. What the files hold is not looked at.
"""

from collections.abc import Collection
from difflib import SequenceMatcher
from pathlib import Path

from casebook.base.yamlfile import Mistake, ModelFileError, Origin
from casebook.data.findings import Finding

STUDY, CORRECTIONS, CLAIMS = "study.yaml", "corrections.tsv", "claims.tsv"
_READ = (STUDY, CORRECTIONS, CLAIMS)
_SAME_FORMAT = {"yaml": {"yaml", "yml"}, "tsv": {"tsv", "txt", "tab"}}
_TABLES = {
    "tsv",
    "txt",
    "tab",
    "csv",
    "xlsx",
    "xlsm",
    "xls",
    "ods",
    "docx",
    "html",
    "htm",
    "dta",
    "sav",
}
_NEAR = 0.85
"""`correction`, `Corections` and `claim` are near, `corrections_old` and `aims` are not."""
_SCRIPTS = (".py", ".r")
"""What a table was made or drawn by can lie beside it."""
_ABOUT = ("license", "licence", "readme", "copying", "notice", "citation", "thumbs", "desktop")


def misnamed(folder: Path, tables: Collection[str]) -> list[str]:
    """What is wrong with the names of files that seem to be meant, and how to mend it."""
    paths = _others(folder, tables)
    names = {path.name for path in folder.iterdir()}
    return [_advice(path, meant, names) for path in paths if (meant := _meant(path, names))]


def unused(folder: Path, tables: Collection[str]) -> tuple[str, ...]:
    """The names of what is in a study's folder and is not read, sorted."""
    return tuple(path.name for path in _others(folder, tables))


def unused_notes(folder: Path, names: tuple[str, ...]) -> list[Finding]:
    """A finding for each file that is not read."""
    told = "not used: nothing in study.yaml names it"
    return [Finding("note", (folder / name).as_posix(), 0, "", "", "", told) for name in names]


def check_study_is_named(folder: Path) -> None:
    """Do nothing if there is a study.yaml, or nothing like it.

    Raises:
        ModelFileError: There is none, but a file that seems to be meant for it.
    """
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else {STUDY}
    if STUDY not in names:
        for path in _others(folder, ()):
            if _meant(path, names) == STUDY:
                advice = _advice(path, STUDY, names)
                raise ModelFileError(Mistake(Origin(folder.as_posix()), advice))


def _others(folder: Path, tables: Collection[str]) -> list[Path]:
    """What else is in the folder, but for files about it, scripts, and hidden ones."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.name not in tables
        and not (path.name in _READ and path.is_file())
        and not path.name.startswith((".", "~$"))
        and path.suffix.casefold() not in _SCRIPTS
        and path.name.casefold().split(".")[0] not in _ABOUT
    ]


def _meant(path: Path, names: set[str]) -> str | None:
    """The file that one of this name seems to be meant for, if any."""
    stem, *endings = path.name.casefold().split(".")
    if path.is_dir() and not endings:
        return None
    for meant in _READ:
        name, ending = meant.split(".")
        fitting = _SAME_FORMAT["yaml"] | {"txt"} if meant == STUDY else _TABLES
        near = SequenceMatcher(None, stem, name).ratio() >= _NEAR
        begins = meant not in names and stem.startswith(name.removesuffix("s"))
        if set(endings) <= fitting and (endings or ending == "tsv") and (near or begins):
            return meant
    return None


def _advice(path: Path, meant: str, names: set[str]) -> str:
    ending = meant.rpartition(".")[2]
    if path.is_dir():
        advice = f"it is a folder, but {meant} must be a file"
    elif meant in names:
        advice = f"move its contents into {meant}, and remove {path.name} from the folder"
    elif set(path.name.casefold().split(".")[1:]) <= _SAME_FORMAT[ending]:
        advice = f"rename it to {meant}"
    else:
        advice = f"save it as {meant}, a text file with tabs between the columns"
    return f"{path.name!r} is not read, only {meant!r} is: {advice}"
