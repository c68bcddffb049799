"""What `casebook claims` does: a draft of claims.tsv from the paper itself, for review.

What is guessed belongs to `quoting`, and what readings give to the audit; both meet here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from casebook.audit.data import Data
from casebook.audit.trial import as_read
from casebook.base.errors import UserError
from casebook.base.files import write_text
from casebook.claims.language import read_reading
from casebook.claims.readings import PATIENT, ReadingError
from casebook.data.cells import TableError
from casebook.data.findings import Finding
from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices
from casebook.provenance.record import FOLDER, read_record_if_any
from casebook.provenance.study_digest import study_digest
from casebook.quoting.draft import guesses, unlabelled
from casebook.quoting.guesses import ValueOf
from casebook.quoting.joined import Line, lines_of
from casebook.quoting.page import page, repeats_in
from casebook.quoting.written import FOUND, Hints
from casebook.reading.papers import read_paper
from casebook.study.folder import CLAIMS, STUDY
from casebook.study.load import load_study
from casebook.study.model import Study

_BEHIND = ("clean", "cohorts", "collect")
"""The jobs whose files readings are computed from."""


class NotDraftedError(UserError):
    """Nothing was written, and why."""


@dataclass(frozen=True)
class Drafted:
    """The lines of a draft, and the abbreviations beside open numbers that no label has."""

    lines: Sequence[Line]
    unlabelled: Sequence[str]


def draft(
    paper: Path, study: Path, results: Path, into: Path | None = None, hints: Hints = FOUND
) -> Drafted:
    """Write a draft of what a paper claims.

    Args:
        paper: The paper.
        study: The folder of the study.
        results: The folder of its results; it need not be there.
        into: The file to write, which must not be there; by default the study's claims.tsv.
        hints: What is known of how the paper is written.

    Raises:
        NotDraftedError: the paper cannot be read, or the file is there already.
    """
    file = into or study / CLAIMS
    if file.exists():
        raise NotDraftedError(f"{file} is there already; name another file with --into FILE")
    model = load_study(study / STUDY)
    try:
        is_known = not model.source.has_table or _are_of(model, results)
        value_of = values(model, results) if is_known else _unknown
        text = read_paper(paper)
        found = list(guesses(text, model, value_of, hints))
        lines = lines_of(found, model, value_of)
    except TableError as problem:
        told = Finding("error", str(paper), 0, "", problem.value, problem.allowed, problem.hint)
        raise NotDraftedError(str(told)) from None
    except OSError as problem:
        raise NotDraftedError(f"{paper}: {problem.strerror}") from None
    write_text(file, page(lines))
    return Drafted(lines, unlabelled(text, model, found, hints))


def _are_of(study: Study, results: Path) -> bool:
    """Whether results were made of the study as it is now."""
    records = [read_record_if_any(results / FOLDER / f"{job}.json") for job in _BEHIND]
    return all(each and each.study == study_digest(study, each.command) for each in records)


def _unknown(_: str) -> None:
    """What a reading gives where there are no results."""


def values(study: Study, results: Path) -> ValueOf:
    """What readings give by the results, if any; of a study without a table its cohorts' sizes."""
    if not study.source.has_table:
        return {f"n({PATIENT}) in {name}": each.n for name, each in study.cohorts.items()}.get
    slices = sorted((results / "cohorts").glob("*.csv"))
    table, patients = results / "results.csv", results / "patients.csv"
    if not slices or not table.is_file():
        return _unknown
    cohorts = read_slices(slices, study.kinds)
    rows = (cohorts, read_results(table), read_rows(patients))
    data = Data(study, *rows, differences=study.source.differences)

    def value_of(reading: str) -> float | None:
        # A reading that the study cannot have, as of a visit that an outcome lacks, has no value.
        with suppress(ReadingError, KeyError):
            found = as_read(data, read_reading(reading, study, ()))
            return next((variant.value for variant in found), None)
        return None

    return value_of


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def in_words(drafted: Drafted, file: Path) -> Iterator[str]:
    """What was drafted."""
    found = [guess for line in drafted.lines for guess in line.all]
    count = Counter(guess.rests_on for guess in found)
    lines, again = len(drafted.lines), len(repeats_in(drafted.lines))
    yield f"{file}: {_counted(len(found), 'number')} of the paper, on {_counted(lines, 'line')}:"
    yield f"- {count['words and value']} with a reading that fits the words and gives the number"
    if turned := count["other way"]:
        yield f"- {turned} with one that gives the number with its cohorts the other way round"
    yield f"- {count['bound']} with one that fits the words and a bound, as < 0.05 or significant"
    yield f"- {count['words']} with one that fits the words and gives another number"
    yield f"- {count['words alone']} with one that fits the words, of which no value is known"
    yield f"- {count['value']} with one that gives the number, of which the words say nothing"
    yield f"- {count['nothing']} without any"
    if again:
        yield (
            f"{again} of the lines print{'s' * (again == 1)} again what another one does, as the"
            f" column review says: with that one. {lines - again} are to be looked at."
        )
    if count["words alone"] and not count["words and value"] + count["words"] + count["value"]:
        yield (
            "No value is known, as there are no results of the study as it is now. With those that"
            " `make` makes, values decide between readings, and misprints show."
        )
    yield (
        "The draft knows what study.yaml names. If much is left open, label outcomes, visits, units"
        " and cohorts as the paper prints them, declare its thresholds as responders and what it"
        " compares under comparisons, run the study, and draft again."
    )
    if drafted.unlabelled:
        yield f"No label has these abbreviations of the paper: {', '.join(drafted.unlabelled)}."
    yield (
        "Correct what each line is computed as, add what the paper says in words, and empty the"
        " column review of every line that you have looked at; the report counts the others."
    )
