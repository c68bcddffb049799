"""The step that audits a paper: reads its claims, has each judged, and writes what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casebook.audit.among import among
from casebook.audit.data import Data
from casebook.audit.fingerprint import speakers, spoken
from casebook.audit.followed import kind_of
from casebook.audit.paper import read_paper
from casebook.audit.rows import check_compared, find_row
from casebook.audit.trial import Trial
from casebook.claims.compared import ComparedDifference, ComparedEffect, ComparedTest
from casebook.claims.listed import Claim, read_claims
from casebook.claims.readings import ReadingError, ResultRow
from casebook.data.findings import Finding, stop_at_errors
from casebook.data.harms import read_harms
from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices
from casebook.data.spoken import write_speakers, write_spoken
from casebook.data.verdicts import Tried, write_followed, write_tried, write_verdicts
from casebook.study.load import load_study
from casebook.study.model import Study


@dataclass(frozen=True)
class Files:
    """The files of an audit.

    Attributes:
        study: The study.yaml.
        claims: The claims.tsv.
        patients: All patients, and the rows where they stand; nothing of summaries alone.
        slices: The patients of all cohorts, in one file or several.
        results: The results of all cohorts; nothing of summaries alone.
        verdicts: Table to write, a row a claim.
        tried: Table to write, a row for each claim and convention.
        followed: Table to write, a row for each convention that the paper may follow.
        programs: Table to write, a row for each claim and program.
        together: Table to write, a row a program.
        harms: The harms of all patients, if the study has any.
    """

    study: Path
    claims: Path
    patients: Path | None
    slices: Sequence[Path]
    results: Path | None
    verdicts: Path
    tried: Path
    followed: Path
    programs: Path
    together: Path
    harms: Path | None = None


def audit(files: Files) -> None:
    """Judge every claim of a paper.

    Raises:
        DataError: with every mistake in the claims.
    """
    model = load_study(files.study)
    data = _data(files, model)
    read = read_claims(files.claims, model)
    if model.source.has_table:
        stop_at_errors(_without_row(data, read, str(files.claims)), "the claims")
    paper = read_paper(data, read)
    write_verdicts(files.verdicts, map(paper.verdict, paper.claims))
    write_tried(files.tried, (row for each in paper.trials.values() for row in _tried(each)))
    write_followed(files.followed, paper.conventions)
    by_programs = list(spoken(paper.data, read)) if model.source.has_table else []
    write_spoken(files.programs, by_programs)
    write_speakers(files.together, speakers(by_programs))


def _data(files: Files, study: Study) -> Data:
    """The data of a study; nobody of one that has no table."""
    if not (files.results and files.patients):
        return Data(study, dict.fromkeys(study.cohorts, ()), (), {})
    cohorts = read_slices(files.slices, study.kinds)
    harms = read_harms(files.harms) if files.harms else []
    return Data(study, cohorts, read_results(files.results), read_rows(files.patients), harms)


def _without_row(data: Data, claims: Sequence[Claim], file: str) -> Iterator[Finding]:
    """The claims whose reading names a row that the results do not have."""
    for claim in claims:
        for source, reading in {claim.source: claim.reading, **claim.otherwise}.items():
            column = "computed_as" if reading is claim.reading else "otherwise"
            try:
                if isinstance(reading, ResultRow):
                    find_row(among(data, reading), reading)
                elif isinstance(reading, ComparedTest | ComparedDifference | ComparedEffect):
                    check_compared(among(data, reading), reading)
            except ReadingError as problem:
                yield Finding("error", file, claim.line, column, source, "", str(problem))


def _tried(trial: Trial) -> Iterator[Tried]:
    kind = kind_of(trial.claim.reading)
    for variant in trial.tried:
        yield Tried(
            trial.claim.name,
            kind,
            variant.change,
            variant.name,
            repr(variant.value),
            trial.fit(variant) or "",
        )
