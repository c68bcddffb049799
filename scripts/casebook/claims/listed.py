"""The claims of a paper, as claims.tsv lists them: each printed value, and what it corresponds to.

The file is checked as a whole: a claim that cannot be read, or whose reading points to nothing, is
a finding at its line. Whether a claim is right is for the audit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.base.circles import circles
from casebook.base.lists import first_of
from casebook.base.printed import Printed, whole
from casebook.claims.checked import Check
from casebook.claims.giving import WITH_TEST, named_test, reading_is
from casebook.claims.language import read_reading
from casebook.claims.line_problems import Problem, misfit, misnamed, unnumbered, unreadable
from casebook.claims.naming import named_conventions
from casebook.claims.parts import each_claim, of_another_level, why_not
from casebook.claims.printed_as import decision, number_of, printed_as
from casebook.claims.readings import (
    ColumnStatistic,
    Comparison,
    Reading,
    ReadingError,
    Universal,
)
from casebook.claims.reviewed import reviews
from casebook.claims.written import readings_in
from casebook.data.findings import Finding, stop_at_errors
from casebook.data.verdicts import REVIEWED_AS
from casebook.data.vocabulary import Family
from casebook.reading.user_tables import read_tabbed
from casebook.study.model import Study

_SHOWN = 200
_LISTED = 10
COLUMNS = (
    "claim",
    "place",
    "words",
    "printed",
    "computed_as",
    "otherwise",
    "convention",
    "note",
    "review",
)
_OPTIONAL = ("otherwise", "convention", "note", "review")


@dataclass(frozen=True)
class Claim:
    """A printed value of the paper.

    Attributes:
        line: Its line in claims.tsv.
        name: What other claims call it.
        place: Where it stands in the paper.
        words: Some words of the paper to find it by.
        printed: The value as printed.
        number: The number that this is, of a decision 1 or 0; None where it is neither, and of
            words about everyone or nobody.
        of: Of how many patients a printed count says that it is; None where it does not say.
        elsewhere: The convention that it names where it prints the same number again, or nothing.
        named: The families of methods that a label names.
        source: The reading as written.
        reading: What the value corresponds to.
        otherwise: Other readings that would be fair, by how they are written.
        convention: The convention or the direction of differences that the paper names for it, in
            this column or as the test of its reading, or nothing.
        note: A remark for the reader.
        review: What a draft of it rests on, until somebody has looked at it; then nothing, and
            `REVIEWED_AS` another claim where it repeats that.
    """

    line: int
    name: str
    place: str
    words: str
    printed: str
    number: Printed | None
    named: Sequence[Family]
    source: str
    reading: Reading
    otherwise: Mapping[str, Reading]
    convention: str
    note: str
    review: str = ""
    of: int | None = None
    elsewhere: str = ""

    @property
    def meant(self) -> Reading:
        """What the paper says that it prints: the standard error, where it names that for an SD."""
        match self.reading:
            case ColumnStatistic(name="sd") as sd if self.convention == Family.STANDARD_ERROR:
                return replace(sd, name="se")
        return self.reading


_MOST_FINDINGS = 1000
"""To put each into words takes a while."""
_NOT_YET = "this line and those below are looked at once the others are mended"


def read_claims(path: Path, study: Study) -> list[Claim]:
    """Read claims.tsv.

    Raises:
        DataError: with every mistake in it.
    """
    lines, findings = read_tabbed(path, COLUMNS, _OPTIONAL)
    if not lines and not findings:
        findings.append(
            Finding("error", str(path), 0, "", "", "one claim per line below the header")
        )
    of_lines = {number: [*each_claim(cells)] for number, cells in lines.items()}
    names = _names(of_lines)
    claims: dict[str, Claim] = {}
    level = study.analysis.confidence_level
    for number, of_line in of_lines.items():
        if len(findings) >= _MOST_FINDINGS:
            findings.append(Finding("error", str(path), number, "", "", "", _NOT_YET))
            break
        read = [_claim(number, cells, study, names) for cells in of_line]
        findings += _findings(path, number, of_line, [problems for _, problems in read])
        if other := of_another_level(lines[number], level):
            told = (f"an interval of {100 * level:g}%, as analysis.confidence_level has it", "")
            findings.append(Finding("error", str(path), number, "printed", other, *told))
        claims |= {claim.name: claim for claim, _ in read if claim}
    found = reviews(cells for of_line in of_lines.values() for cells in of_line)
    claims = {name: replace(claim, review=found[name]) for name, claim in claims.items()}
    for name, by_way_of in circles({name: _rests_on(claim) for name, claim in claims.items()}):
        shown = ", ".join(first_of(by_way_of, _LISTED))
        hint = "it rests on itself" + (f", by way of {shown}" if shown else "")
        circle = claims[name]
        findings.append(
            Finding("error", str(path), circle.line, "computed_as", circle.source, "", hint)
        )
    stop_at_errors(sorted(findings, key=lambda finding: finding.row), "the claims")
    return [*claims.values()]


def mistakes_in_lines(path: Path) -> list[Finding]:
    """What is wrong with a claims.tsv whatever the study is.

    That are its lines, its names, empty cells, and texts where a number must be printed.
    """
    lines, findings = read_tabbed(path, COLUMNS, _OPTIONAL)
    of_lines = {number: [*each_claim(cells)] for number, cells in lines.items()}
    names = _names(of_lines)
    for number, of_line in of_lines.items():
        problems = [[*misnamed(cells, names), *unnumbered(cells)] for cells in of_line]
        findings += _findings(path, number, of_line, problems)
    return findings


def unreviewed_claims(path: Path) -> str:
    """How many lines of a claims.tsv nobody has reviewed, in words; nothing if all are."""
    lines, _ = read_tabbed(path, COLUMNS, _OPTIONAL)
    of_lines = {number: [*each_claim(cells)] for number, cells in lines.items()}
    found = reviews(cells for of_line in of_lines.values() for cells in of_line)
    waiting = [
        number
        for number, of_line in of_lines.items()
        if any(_waits(found[cells["claim"]]) for cells in of_line)
    ]
    if not waiting:
        return ""
    are = f"{len(waiting):,} claims of the draft are" if waiting[1:] else "1 claim of the draft is"
    return f"{are} not reviewed yet (first: line {waiting[0]}); empty `review` where you agree"


def _waits(review: str) -> bool:
    return bool(review) and not review.startswith(REVIEWED_AS)


def _names(of_lines: Mapping[int, Sequence[Mapping[str, str]]]) -> Counter[str]:
    """How often each name is given to a claim."""
    return Counter(cells["claim"] for of_line in of_lines.values() for cells in of_line)


def _findings(
    path: Path,
    number: int,
    of_line: Sequence[Mapping[str, str]],
    problems: Sequence[Sequence["Problem"]],
) -> Iterator[Finding]:
    """What is wrong with the claims of a line; what is with several of them is told once."""
    seen: set[str] = set()
    for cells, of_claim in zip(of_line, problems, strict=True):
        for column, *told in of_claim:
            if column not in seen:
                yield Finding("error", str(path), number, column, _short(cells[column]), *told)
        seen |= {column for column, *_ in of_claim}


def _rests_on(claim: Claim) -> Iterable[str]:
    """The claims that have to be judged before a claim can be."""
    if isinstance(claim.reading, Comparison):
        return claim.reading.claims
    # A check takes what other claims print, whatever these rest on.
    given = claim.reading.claims.values() if isinstance(claim.reading, Check) else ()
    return [name for name in given if name == claim.name]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _claim(
    number: int, cells: Mapping[str, str], study: Study, names: Mapping[str, int]
) -> tuple[Claim | None, list[Problem]]:
    """The claim of a line, or what is wrong with it."""
    problems: list[Problem] = list(misnamed(cells, names))
    written, wrong = _readings(cells, study, names)
    problems += wrong
    printed = cells["printed"]
    said, named = decision(printed), named_conventions(printed)
    read = {source: printed_as(printed, each) for source, each in written.items()}
    readings = {source: each.reading for source, each in read.items()}
    taken = read.get(cells["computed_as"])
    primary = taken.reading if taken else None
    value = taken.number if taken else number_of(printed)
    problems += misfit(cells, primary, readings)
    problems += unreadable(printed, readings.values(), said, value, named)
    if primary is None or taken is None or problems:
        return None, problems
    convention = cells["convention"] or named_test(primary)
    if isinstance(primary, WITH_TEST):
        primary = replace(primary, test="")
    return (
        Claim(
            line=number,
            name=cells["claim"],
            place=cells["place"],
            words=cells["words"],
            printed=printed,
            number=_number(primary, said, value),
            of=taken.of,
            named=named,
            source=cells["computed_as"],
            reading=primary,
            otherwise={s: r for s, r in readings.items() if s != cells["computed_as"]},
            convention=convention,
            note=cells["note"],
            review=cells["review"],
        ),
        [],
    )


def _readings(
    cells: Mapping[str, str], study: Study, names: Mapping[str, int]
) -> tuple[dict[str, Reading], list[Problem]]:
    """The readings of a line by how they are written, and what is wrong with others."""
    readings: dict[str, Reading] = {}
    problems: list[Problem] = []
    others = [("otherwise", each) for each in readings_in(cells["otherwise"])]
    if told := why_not(cells):
        return {}, [("printed", "a number, and others that follow from it", told)]
    for column, source in [("computed_as", cells["computed_as"]), *others]:
        try:
            readings[source] = read_reading(source, study, names)
        except ReadingError as problem:
            problems.append((column, "", str(problem)))
    return readings, problems


def _number(reading: Reading, said: bool | None, value: Printed | None) -> Printed | None:
    """What a claim prints as a number; "none" and "all" of a condition are words."""
    if isinstance(reading, Universal):
        return None
    return whole(bool(said)) if reading_is(reading, "significant") else value
