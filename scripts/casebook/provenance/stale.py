"""What is stale among the results of a study, and why: the one answer for a run and for `verify`.

Snakemake looks at the dates of input files and at a rule's own text. A raw table replaced by one
with an older date, a module that a command imports, a template, or a result that was edited would
go unnoticed. So what is there is compared with the records of the jobs. Which jobs a study should
have, and how Snakemake is told, is not known here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from casebook.base.errors import UserError
from casebook.base.files import known_sha256
from casebook.provenance.record import (
    FOLDER,
    OF_ALL,
    Record,
    read_record_if_any,
    read_records,
    written,
)
from casebook.provenance.study_digest import study_digest
from casebook.study.folder import CLAIMS, CORRECTIONS
from casebook.study.load import load_study
from casebook.study.model import Study

# What may stand beside study.yaml or in the folder of the run, and the commands that then read it.
_OPTIONAL = {CLAIMS: {"report", OF_ALL}, CORRECTIONS: {"clean", "report", OF_ALL}}


class Why(StrEnum):
    """What is wrong with a file, in words for users."""

    CHANGED = "changed since the results were made"
    MISSING = "missing"
    NEW = "new since the results were made"


@dataclass(frozen=True, order=True)
class Misfit:
    """A file that is not as a job knew it.

    Attributes:
        read: Whether the job has read it; otherwise it has written it.
        file: Its path from the folder of the run, or, for code, from casebook's own folder.
        why: What is wrong with it.
    """

    read: bool
    file: str
    why: Why


@dataclass(frozen=True)
class Reruns:
    """The jobs that have to run again, whatever Snakemake makes of dates, and why.

    Attributes:
        records: The records of the jobs.
        changed: The files of the study and of casebook that were others when they were read.
        edited: The results that are not as they were written.
        elsewhere: The records of jobs that were not finished here.
    """

    records: frozenset[Path]
    changed: Sequence[str]
    edited: Sequence[str]
    elsewhere: Sequence[Path]


def reruns(
    results: Path,
    study: Study,
    code: Mapping[str, str],
    jobs: Iterable[Path],
    noted: Callable[[Path], float | None],
    now: float,
) -> Reruns:
    """The jobs of a study that have to run again before anything is made of their results.

    Args:
        results: The folder of the study's results.
        study: The study.
        code: The digests of all of casebook now, as `code_digests` gives them.
        jobs: The records of all jobs that the study has.
        noted: The end of the job that left a record, as Snakemake has noted it; None if it has not.
        now: Seconds since 1970.
    """
    found = stale(results, study, code)
    present = read_records(results)
    misfits = sorted(set().union(*found.values()))
    elsewhere = [path for path in present if _finished_elsewhere(path, noted(path))]
    ahead = [path for path, record in present.items() if _dated_ahead(results, path, record, now)]
    begun = [path for path in jobs if _is_unfinished(results, path)]
    # The last job vouches for all, so that it follows where the results come out the same, too.
    last = [_record_of_all(results)] if found else []
    changed = [each.file for each in misfits if each.read]
    return Reruns(
        frozenset([*found, *elsewhere, *ahead, *begun, *last]),
        [file for file in changed if not Path(file).is_relative_to(results)],
        [each.file for each in misfits if not each.read],
        elsewhere,
    )


def misfits_in_words(results: Path, code: Mapping[str, str]) -> Iterator[str]:
    """What is not as the records of a study's jobs say, results first; nothing where all is."""
    if not _record_of_all(results).is_file():
        yield f"{results}: not all of it was made, so nothing is known of these results"
    try:
        study = load_study(study_of(results))
    except UserError:
        study = None
    found = stale(results, study, code)
    yield from (f"{each.file}: {each.why}" for each in sorted(set().union(*found.values())))


def misfits_of_page(page: Path, code: Mapping[str, str]) -> Iterator[str]:
    """What is not as its record says of the page of several studies, in the folder of all results.

    Whether the results that it was made of hold, the studies' own records say.
    """
    if not read_records(page.parent):
        yield f"{page}: it has not been made, so nothing is known of it"
    found = stale(page.parent, None, code)
    yield from (f"{each.file}: {each.why}" for each in sorted(set().union(*found.values())))


def is_vouched_for(results: Path, code: Mapping[str, str]) -> bool:
    """Whether a study was made to its end, of the files and by the code that are there now.

    Args:
        results: The folder of the study's results.
        code: The digests of all of casebook now.
    """
    record = read_record_if_any(_record_of_all(results))
    return record is not None and not any(_misread(results, record, {}, code, _digest))


def stale(results: Path, study: Study | None, code: Mapping[str, str]) -> dict[Path, list[Misfit]]:
    """The records that do not hold any more, each with the files that are to blame, sorted.

    What another job has written counts as it wrote it: it is made again if it is not like that now.

    Args:
        results: The folder of a study's results.
        study: The study; None if it cannot be read, so that its file counts as a whole.
        code: The digests of all of casebook now.
    """
    records = read_records(results)
    made = written(results, filter(None, records.values()))
    present = cache(_digest)
    taken = cache(lambda command: study_digest(study, command) if study else "")

    def misfits(path: Path, record: Record | None) -> Iterator[Misfit]:
        if record is None:
            yield Misfit(False, path.as_posix(), Why.CHANGED)
            return
        own = written(results, [record])
        yield from _differences(False, own, {name: present(name) for name in own})
        yield from _misread(results, record, made, code, present)
        if record.study and study and record.study != taken(record.command):
            yield Misfit(True, study_of(results).as_posix(), Why.CHANGED)

    found = {path: sorted(misfits(path, record)) for path, record in records.items()}
    return {path: each for path, each in found.items() if each}


def _misread(
    results: Path,
    record: Record,
    made: Mapping[str, str],
    code: Mapping[str, str],
    present: Callable[[str], str],
) -> Iterator[Misfit]:
    """The files of data and of code that are not as a job has read them."""
    sources = [*record.files, *_optional_sources(results, record.command)]
    yield from _differences(
        True, record.files, {name: made.get(name) or present(name) for name in sources}
    )
    library = [*record.code, *(code if record.command == OF_ALL else ())]
    yield from _differences(True, record.code, {name: code.get(name, "") for name in library})


def _digest(name: str) -> str:
    return known_sha256(Path(name))


def _differences(read: bool, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Misfit]:
    for name, digest in now.items():
        if not digest:
            yield Misfit(read, name, Why.MISSING)
        elif name not in then:
            yield Misfit(read, name, Why.NEW)
        elif then[name] != digest:
            yield Misfit(read, name, Why.CHANGED)


def study_of(results: Path) -> Path:
    """The study.yaml of the study whose results are in a folder."""
    return Path("resources", results.name, "study.yaml")


def _record_of_all(results: Path) -> Path:
    """The record of the last job of a study."""
    return results / FOLDER / f"{OF_ALL}.json"


def _optional_sources(results: Path, command: str) -> list[str]:
    """The files that a command reads only if they are there, and would read now."""
    read = (name for name, readers in _OPTIONAL.items() if command in readers)
    beside = (study_of(results).with_name(name) for name in read)
    own = [Path("config.yaml")] if command == OF_ALL else []
    return [path.as_posix() for path in (*own, *beside) if path.is_file()]


def _finished_elsewhere(record: Path, noted: float | None) -> bool:
    """Whether a record is not of the job of which Snakemake has noted the end.

    Results can be put back from a copy, of which Snakemake would not know that they are not what it
    has noted. It notes the date of the record itself, which servers of files round. A copy of the
    whole folder, notes and all, may have lost the fractions of a second.
    """
    dated = _date(record)
    return noted is None or (abs(dated - noted) >= 0.01 and dated != int(noted))


def _dated_ahead(results: Path, path: Path, record: Record | None, now: float) -> bool:
    """Whether a file of a job is dated later than now, as by a clock that was put back since.

    Snakemake ends a run where what a job reads is dated later than what it has just written.
    """
    written = record.outputs if record else ()
    return any(_date(file) > now for file in [path, *map(results.joinpath, written)])


def _is_unfinished(results: Path, record: Path) -> bool:
    """Whether a job began and did not end; its old files may still be there, and look new."""
    return not record.exists() and (results / "logs" / f"{record.stem}.log").exists()


def _date(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0
