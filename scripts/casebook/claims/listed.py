"""The claims of a paper, as claims.tsv lists them: each printed value, and what it corresponds to.

The file is checked as a whole: a claim that cannot be read, or whose reading points to nothing, is
a finding at its line. Whether a claim is right is for the audit.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook.base.circles import circles
from casebook.base.errors import suggestion
from casebook.base.lists import first_of
from casebook.base.printed import Printed, has_decimal_comma, whole
from casebook.claims.checked import CHECKS, Check
from casebook.claims.compared import DIFFERENCES, ComparedDifference, ComparedTest
from casebook.claims.language import read_reading
from casebook.claims.naming import (
    CORRELATIONS,
    NAMED_CORRELATIONS,
    NAMED_TESTS,
    NAMES,
    OF_ONE_SAMPLE,
    TESTS,
    named_conventions,
)
from casebook.claims.over_visits import OVER_VISITS, VisitsTest
from casebook.claims.plus_minus import each_claim
from casebook.claims.printed_as import count_of, decision, number_of, printed_as
from casebook.claims.readings import (
    COMBINED,
    NOT_YET_SAID,
    PERCENTILE,
    SHARES,
    STATISTICS,
    ColumnStatistic,
    Combined,
    Comparison,
    NotPublished,
    PairedTest,
    Reading,
    ReadingError,
    ResultRow,
    Universal,
    Values,
)
from casebook.claims.tested import CORRELATION, EFFECT, Correlation, OneSample
from casebook.claims.written import readings_in
from casebook.data.findings import Finding, stop_at_errors
from casebook.data.patients import DIRECTIONS
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
_FAMILIES_OF: Mapping[str, Sequence[Family]] = {
    **dict.fromkeys(("mean", "median"), (Family.MEAN, Family.MEDIAN)),
    **dict.fromkeys(("p_value", "significant"), TESTS),
    **dict.fromkeys(DIFFERENCES, (Family.MEAN, Family.RISK_DIFFERENCE)),
    **dict.fromkeys(("sd", "se"), (Family.SD, Family.STANDARD_ERROR)),
}
_OVER_VISITS = (Family.FRIEDMAN, Family.PAGE, Family.COCHRAN)
_GIVE_NUMBERS = (
    *(*STATISTICS, PERCENTILE, *SHARES, *CHECKS, *OVER_VISITS, *DIFFERENCES),
    *("p_value", "n_pairs", "total", "between", "result", EFFECT, CORRELATION, *COMBINED),
)
"""The readings that give a number whatever they are of."""
_WITH_TEST = PairedTest | ComparedTest | OneSample | Correlation
"""The readings that may name the test that the paper names."""
_MORE_EXACTLY = (
    "a rank test with its program, as in signed-rank in SPSS,"
    " or a test as results.csv names it, as in signed-rank, exact"
)
_P_VALUES = ("p_value", "exact_p_value")
"""The statistics in the results that are p-values."""


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
        review: What a draft of it rests on, until somebody has looked at it; then nothing.
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
    for number, of_line in of_lines.items():
        read = [_claim(number, cells, study, names) for cells in of_line]
        findings += _findings(path, number, of_line, [problems for _, problems in read])
        claims |= {claim.name: claim for claim, _ in read if claim}
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
        problems = [[*_misnamed(cells, names), *_unnumbered(cells)] for cells in of_line]
        findings += _findings(path, number, of_line, problems)
    return findings


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


Problem = tuple[str, str] | tuple[str, str, str]
"""The column, what is allowed there, and a hint."""


def _claim(
    number: int, cells: Mapping[str, str], study: Study, names: Mapping[str, int]
) -> tuple[Claim | None, list[Problem]]:
    """The claim of a line, or what is wrong with it."""
    problems: list[Problem] = list(_misnamed(cells, names))
    readings: dict[str, Reading] = {}
    others = readings_in(cells["otherwise"])
    for column, source in [
        ("computed_as", cells["computed_as"]),
        *(("otherwise", o) for o in others),
    ]:
        try:
            readings[source] = read_reading(source, study, names)
        except ReadingError as problem:
            problems.append((column, "", str(problem)))
    printed = cells["printed"]
    said, named = decision(printed), named_conventions(printed)
    read = {source: printed_as(printed, each) for source, each in readings.items()}
    readings = {source: each.reading for source, each in read.items()}
    taken = read.get(cells["computed_as"])
    primary, value = readings.get(cells["computed_as"]), number_of(printed)
    if taken:
        value = taken.number
    problems += _misfit(cells, primary, readings)
    problems += _unreadable(printed, readings.values(), said, value, named)
    if primary is None or taken is None or problems:
        return None, problems
    convention = cells["convention"] or named_test(primary)
    if isinstance(primary, _WITH_TEST):
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


def _number(reading: Reading, said: bool | None, value: Printed | None) -> Printed | None:
    """What a claim prints as a number; "none" and "all" of a condition are words."""
    if isinstance(reading, Universal):
        return None
    return whole(bool(said)) if reading_is(reading, "significant") else value


def _misnamed(cells: Mapping[str, str], names: Mapping[str, int]) -> Iterator[Problem]:
    name, convention = cells["claim"], cells["convention"]
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        yield "claim", "a name of letters and digits, as in C001"
    elif names[name] > 1:
        yield "claim", "a name that no other claim has"
    for column in ("place", "words", "printed"):
        if not cells[column]:
            yield column, "a text", "it must not be empty"
    known = [*map(str, Family), *DIRECTIONS]
    named = [*known, *NAMED_TESTS, *NAMED_CORRELATIONS]
    if convention and convention not in named:
        allowed = f"nothing, or {', '.join(known)}, or {_MORE_EXACTLY}"
        yield "convention", allowed, suggestion(convention, named)


def _unnumbered(cells: Mapping[str, str]) -> Iterator[Problem]:
    """A printed text that is no number, where the reading gives one whatever its names mean."""
    name, printed = cells["computed_as"].partition("(")[0].strip(), cells["printed"]
    is_count = name in ("count", "percent") and count_of(printed) is not None
    is_decision = name == "p_value" and decision(printed) is not None
    is_read = is_count or is_decision or number_of(printed) is not None
    if name in _GIVE_NUMBERS and not is_read:
        yield _no_number(printed)


def _no_number(printed: str) -> Problem:
    comma = has_decimal_comma(printed)
    hint = "write a decimal comma as a point, 0.014 for 0,014" if comma else ""
    if not comma and re.search(r"\d.*[(±/;].*\d", printed):
        hint = "each number is a claim of its own, on a line of its own"
        hint += "; of a mean(...) both are read" * ("±" in printed)
    if re.fullmatch(r"\W*[*†‡§¶#]+\W*", printed):
        hint = "write beside a mark what the legend says of it, as in ** (p < 0.01)"
    if re.search(r"\b(most|majority)\b", printed, re.IGNORECASE):
        hint = "write over 50% for most of the patients"
    return "printed", "a number, as in 10.5, 30%, <0.05, three, 3–4", hint


def _misfit(
    cells: Mapping[str, str], primary: Reading | None, readings: Mapping[str, Reading]
) -> Iterator[Problem]:
    """A convention, or another reading, that does not go with the reading of a claim."""
    convention = cells["convention"]
    fitting: list[str] = list(_FAMILIES_OF.get(getattr(primary, "name", ""), ()))
    match primary:
        case VisitsTest():
            fitting = list(_OVER_VISITS)
        case OneSample() if not primary.effect:
            fitting = list(OF_ONE_SAMPLE)
        case Correlation():
            fitting = list(CORRELATIONS)
    differences = ColumnStatistic | Correlation | ResultRow | Values | Combined | ComparedDifference
    if isinstance(primary, differences) and is_tried(primary):
        fitting += DIRECTIONS
    allowed = fitting
    if Family.SIGNED_RANK in fitting:
        allowed = [*fitting, *NAMED_TESTS]
    elif Family.PEARSON in fitting:
        allowed = [*fitting, *NAMED_CORRELATIONS]
    is_known = convention in [*Family, *NAMED_TESTS, *NAMED_CORRELATIONS, *DIRECTIONS]
    if is_known and primary and convention not in allowed:
        shown = [*fitting, _MORE_EXACTLY] if allowed is not fitting else fitting
        yield "convention", " or ".join(["nothing for this reading", *shown])
    if convention and (test := named_test(primary)) and convention != test:
        yield "convention", f"nothing, as computed_as names the test, or {test}"
    if primary == NotPublished(NOT_YET_SAID) and not cells["review"]:
        yield "computed_as", "a reading, or none(...) with the reason why there is none"
    if len(readings) > 1 and not all(map(is_tried, readings.values())):
        yield "otherwise", "only readings that give a number, as computed_as does"
    elif len({isinstance(each, Universal) for each in readings.values()}) > 1:
        yield "otherwise", "always(...) and never(...) beside each other, and beside nothing else"


def _unreadable(
    printed: str,
    readings: Iterable[Reading],
    said: bool | None,
    value: Printed | None,
    named: Sequence[Family],
) -> Iterator[Problem]:
    """A printed text that is not what its readings give."""
    for reading in readings:
        if needs_number(reading) and value is None:
            yield _no_number(printed)
            return
        if reading_is(reading, "significant") and said is None:
            yield (
                "printed",
                "a text with 'significant' or 'statistical', and 'not' if it is not; or NS",
            )
        if reading_is(reading, "label") and not named:
            known = ", ".join(words[0] for words in NAMES.values())
            yield "printed", f"a text that names one of {known}"


def named_test(reading: Reading | None) -> str:
    """The test that a reading names, as the paper does, or nothing."""
    return reading.test if isinstance(reading, _WITH_TEST) else ""


def reading_is(reading: Reading | None, *names: str) -> bool:
    """Whether a reading has one of these names."""
    return getattr(reading, "name", "") in names


def is_tried(reading: Reading) -> bool:
    """Whether a reading gives a number, or a decision, that can be tried under conventions."""
    if isinstance(reading, Values):
        return reading.name == "value" and reading.numeric
    return not isinstance(reading, Comparison | Check | NotPublished)


def is_p_value(reading: Reading) -> bool:
    """Whether a reading gives a p-value."""
    if isinstance(reading, ResultRow):
        return reading.keys["statistic"] in _P_VALUES
    return reading_is(reading, "p_value")


def needs_number(reading: Reading) -> bool:
    """Whether what a reading gives is a number."""
    if isinstance(reading, Values):
        return is_tried(reading)
    return isinstance(reading, ColumnStatistic | ResultRow) or reading_is(reading, *_GIVE_NUMBERS)
