"""What is wrong with a line of claims.tsv: its names, its convention, and what is printed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casebook.base.errors import suggestion
from casebook.base.printed import Printed
from casebook.claims.compared import DIFFERENCES, ComparedDifference, ComparedEffect
from casebook.claims.giving import GIVE_NUMBERS, is_tried, named_test, needs_number, reading_is
from casebook.claims.naming import (
    CORRELATIONS,
    NAMED_CORRELATIONS,
    NAMED_TESTS,
    NAMES,
    OF_ONE_SAMPLE,
    TESTS,
)
from casebook.claims.over_visits import VisitsTest
from casebook.claims.printed_as import (
    above_or_below,
    count_of,
    decision,
    left_out_of,
    number_of,
    without_comma,
)
from casebook.claims.readings import (
    NOT_YET_SAID,
    ColumnStatistic,
    Combined,
    NotPublished,
    Reading,
    ResultRow,
    Universal,
    Values,
)
from casebook.claims.tested import Correlation, OneSample, PairedEffect
from casebook.data.patients import DIRECTIONS
from casebook.data.vocabulary import Family

_FAMILIES_OF: Mapping[str, Sequence[Family]] = {
    **dict.fromkeys(("mean", "median"), (Family.MEAN, Family.MEDIAN)),
    **dict.fromkeys(("p_value", "significant"), TESTS),
    **dict.fromkeys(DIFFERENCES, (Family.MEAN, Family.RISK_DIFFERENCE)),
    **dict.fromkeys(("sd", "se"), (Family.SD, Family.STANDARD_ERROR)),
}
_OVER_VISITS = (Family.FRIEDMAN, Family.PAGE, Family.COCHRAN)
_MORE_EXACTLY = (
    "a rank test with its program, as in signed-rank in SPSS,"
    " or a test as results.csv names it, as in signed-rank, exact"
)

_SUBTRACTION = (
    "for another direction write the subtraction out in computed_as, as in"
    " correlation(age, score_baseline - score_followup)"
)

Problem = tuple[str, str] | tuple[str, str, str]
"""The column, what is allowed there, and a hint."""


def misnamed(cells: Mapping[str, str], names: Mapping[str, int]) -> Iterator[Problem]:
    """A name that is none or comes twice, an empty cell, or a convention that nobody knows."""
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


def unnumbered(cells: Mapping[str, str]) -> Iterator[Problem]:
    """A printed text that is no number, where the reading gives one whatever its names mean."""
    name, printed = cells["computed_as"].partition("(")[0].strip(), cells["printed"]
    is_count = name in ("count", "percent") and bool(count_of(printed) or left_out_of(printed))
    is_decision = name == "p_value" and decision(printed) is not None
    is_compared = name == "less" and above_or_below(printed) is not None
    is_read = is_count or is_decision or is_compared or number_of(printed) is not None
    if name in GIVE_NUMBERS and not is_read:
        yield _no_number(printed)


def _no_number(printed: str) -> Problem:
    hint = without_comma(printed)
    if not hint and re.search(r"\w.*[\[(±/;].*\w", printed):
        hint = (
            "each number is a claim of its own, on a line of its own; only what follows from a"
            " mean, median, count, percentage, difference, effect size or correlation may stand"
            " beside it"
        )
    if above_or_below(printed):
        hint = "such words may be printed of less(...), which compares two numbers"
    if re.fullmatch(r"\W*[*†‡§¶#]+\W*", printed):
        hint = "write beside a mark what the legend says of it, as in ** (p < 0.01)"
    if re.search(r"\b(most|majority)\b", printed, re.IGNORECASE):
        hint = "write over 50% for most of the patients"
    return "printed", "a number, as in 10.5, 30%, <0.05, three, 3–4", hint


def misfit(
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
        case ComparedEffect():
            fitting = []
        case Correlation():
            fitting = list(CORRELATIONS)
    differences = (
        *(ColumnStatistic, Correlation, ResultRow, Values, Combined),
        *(ComparedDifference, ComparedEffect, PairedEffect),
    )
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
        is_turned = isinstance(primary, Correlation) and convention in DIRECTIONS
        hint = _SUBTRACTION if is_turned else ""
        yield "convention", f"nothing, as computed_as names the test, or {test}", hint
    if primary == NotPublished(NOT_YET_SAID) and not cells["review"]:
        yield "computed_as", "a reading, or none(...) with the reason why there is none"
    if len(readings) > 1 and not all(map(is_tried, readings.values())):
        yield "otherwise", "only readings that give a number, as computed_as does"
    elif len({isinstance(each, Universal) for each in readings.values()}) > 1:
        yield "otherwise", "always(...) and never(...) beside each other, and beside nothing else"


def unreadable(
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
        if isinstance(reading, Universal) and left_out_of(printed):
            hint = f"{printed!r} says that it is not true of all"
            yield "computed_as", "count(...) of the condition in place of always or never", hint
        if reading_is(reading, "significant") and said is None:
            yield (
                "printed",
                "a text with 'significant' or 'differ', and 'not' if it is not; or NS",
            )
        if reading_is(reading, "label") and not named:
            known = ", ".join(words[0] for words in NAMES.values())
            yield "printed", f"a text that names one of {known}"
