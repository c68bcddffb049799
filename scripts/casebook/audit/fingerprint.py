"""Which programs give a paper's p-values, quartiles and intervals, each by its defaults.

Programs differ in what they call Wilcoxon's test, in the interval that goes with it, and in which
quartiles they print. A program that gives all numbers which any program gives may be the one that
was used; one that misses some was not, or not with its defaults. One of which is not known what it
prints is not held against a number. Whether a number is right is not asked here.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from casebook.audit.among import among
from casebook.audit.asked import is_asked
from casebook.audit.data import Data
from casebook.audit.floating import FLOATING, floating_p_values
from casebook.audit.program_ends import ByProgram, Does, ends_by_program
from casebook.audit.variant import IN_FLOATS
from casebook.base.printed import Printed, to_decimals
from casebook.claims.compared import ComparedDifference, ComparedTest
from casebook.claims.giving import reading_is
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic, PairedTest, ResultRow
from casebook.data.programs import IN_PROGRAM, PROGRAM_NAMES, QUANTILES_BY, RANK_SUM_BY
from casebook.data.results import BY_CONVENTION, Result
from casebook.data.spoken import Speaker, Spoken
from casebook.data.vocabulary import Family, Kind, Method
from casebook.statistics.describe import QUANTILE_NAMES, quantile
from casebook.statistics.terms import Program

_PROBABILITIES = {"p25": 0.25, "p75": 0.75}
_TESTS = ("p_value", "significant")


@dataclass(frozen=True)
class _Asked:
    """A claim on which programs can differ, and what each of them does and gets.

    The value of a decision is the p-value that it rests on. Programs of which is not known what
    they do are left out.
    """

    claim: Claim
    printed: Printed
    kind: Kind
    by: ByProgram
    alpha: float

    def gives(self, value: float) -> bool:
        """Whether what a program gets is what is printed."""
        decides = reading_is(self.claim.reading, "significant")
        if not math.isfinite(value):
            return False
        return self.printed.gives(float(value < self.alpha) if decides else value)

    def done_by(self, program: Program) -> Does:
        """What a program did if it gave what is printed, and else what it does first."""
        does = self.by[program]
        return next((each for each in does if self.gives(each.value)), does[0])

    def shown(self, value: float) -> str:
        """What a program gets, with the decimals that are printed; of a decision, in words."""
        if reading_is(self.claim.reading, "significant"):
            return "significant" if value < self.alpha else "not significant"
        if not math.isfinite(value):
            return "none" if math.isnan(value) else str(value)
        return f"{to_decimals(value, self.printed.decimals):f}"


def spoken(data: Data, claims: Sequence[Claim]) -> Iterator[Spoken]:
    """A row for each program and each claim of a quartile, of a Wilcoxon test or its interval.

    Claims of tests that the programs make alike, such as a t-test, are left out. Where a paper
    names the rank-sum test for pairs, it is meant, or the signed-rank test, for all of them:
    whichever lets more of its numbers be given by some program.
    """
    meant = _meant_by_rank_sum(data, claims)
    for asked in _all_asked(data, claims, meant):
        claim = asked.claim
        done = {program: asked.done_by(program) for program in asked.by}
        tells = len({asked.shown(each.value) for each in done.values()}) > 1
        for program, (convention, value) in done.items():
            below = "yes" if value < asked.alpha else "no"
            yield Spoken(
                claim.name,
                claim.place,
                claim.words,
                claim.printed,
                asked.kind,
                PROGRAM_NAMES[program],
                convention,
                "" if math.isnan(value) else repr(value),
                asked.shown(value),
                _yes(asked.gives(value)),
                below if asked.kind in (Kind.P_VALUE, Kind.P_BETWEEN) else "",
                _yes(tells),
            )


@dataclass(frozen=True)
class _Given:
    """The programs that were asked for a number, and those that give it."""

    asked: frozenset[str]
    by: frozenset[str]

    def misses(self, program: str) -> bool:
        """Whether it is known that a program prints another number, or none."""
        return program in self.asked - self.by


def speakers(rows: Sequence[Spoken]) -> list[Speaker]:
    """How many of the numbers each program gives, in the order of the programs."""
    given: dict[tuple[str, ...], _Given] = {}
    for _, each in groupby(rows, key=attrgetter("claim")):
        of_claim = list(each)
        same = (of_claim[0].printed, *(row.value for row in of_claim))
        given[same] = _Given(
            frozenset(row.program for row in of_claim),
            frozenset(row.program for row in of_claim if row.gives),
        )
    by_any = [each for each in given.values() if each.by]
    everyone = {row.program for row in rows}
    telling = [each for each in by_any if each.by != each.asked]

    def is_none(program: str) -> bool:
        asked = [each for each in telling if program in each.asked]
        return bool(asked) and all(each.misses(program) for each in asked)

    return [
        Speaker(
            program,
            sum(program in each.by for each in by_any),
            len(by_any),
            len(telling),
            len(given),
            all=_yes(
                any(program in each.by for each in by_any)
                and not any(each.misses(program) for each in by_any)
            ),
            none=_yes(is_none(program)),
        )
        for program in PROGRAM_NAMES.values()
        if program in everyone
    ]


def _meant_by_rank_sum(data: Data, claims: Sequence[Claim]) -> Family:
    """The test that was made of pairs where the paper names the rank-sum test."""
    open_ones = [claim for claim in claims if _named(claim) == Family.RANK_SUM]

    def given(family: Family) -> int:
        found = _all_asked(data, open_ones, family)
        return sum(
            any(asked.gives(asked.done_by(program).value) for program in asked.by)
            for asked in found
        )

    return max((Family.RANK_SUM, Family.SIGNED_RANK), key=given)


def _all_asked(data: Data, claims: Sequence[Claim], meant: Family) -> Iterator[_Asked]:
    for claim in claims:
        kind, by = _by_program(data, claim, meant)
        if claim.number is not None and by:
            yield _Asked(claim, claim.number, kind, by, data.study.analysis.alpha)


def _by_program(data: Data, claim: Claim, meant: Family) -> tuple[Kind, ByProgram]:
    """What each program does and gets in the place of a claim; nothing where they do not differ."""
    named, data = _named(claim), among(data, claim.reading)
    match claim.reading:
        case ColumnStatistic(name="p25" | "p75") as reading:
            return Kind.QUARTILE, _quartiles(data, reading)
        case reading if is_asked(reading):
            return Kind.P_VALUE, {}
        case PairedTest() as reading if reading.name in _TESTS and named is not None:
            tests = data.tests(reading.cohort, reading.outcome, reading.contrast)
            family = meant if named == Family.RANK_SUM else Family.SIGNED_RANK
            methods = BY_CONVENTION if family == Family.SIGNED_RANK else RANK_SUM_BY
            in_floats = dict(floating_p_values(data, reading))
            return Kind.P_VALUE, _tests(tests, in_floats, methods.__getitem__)
        case ComparedTest() as reading if reading.name in _TESTS and named != Family.SIGNED_RANK:
            tests = data.tests_between(reading) if named is not None else {}
            in_floats = dict(floating_p_values(data, reading))
            return Kind.P_BETWEEN, _tests(tests, in_floats, RANK_SUM_BY.__getitem__)
        case ResultRow() | ComparedDifference() as reading:
            return Kind.DIFFERENCE, ends_by_program(data, reading)
    return Kind.P_VALUE, {}


def _named(claim: Claim) -> Family | Literal[""] | None:
    """Which of Wilcoxon's tests the paper names, or nothing; None if it names another test."""
    if not claim.convention:
        return ""
    families = (Family.SIGNED_RANK, Family.RANK_SUM)
    of_program = claim.convention if claim.convention in IN_PROGRAM else ""
    return next((f for f in families if claim.convention == f or of_program.startswith(f)), None)


def _quartiles(data: Data, reading: ColumnStatistic) -> ByProgram:
    column = [data.number(p, reading.expression) for p in data.where(reading.cohort, reading.where)]
    known = [value for value in column if value is not None]
    if not known:
        return {}
    probability = _PROBABILITIES[reading.name]
    return {
        program: [Does(QUANTILE_NAMES[kind], quantile(known, probability, kind))]
        for program in PROGRAM_NAMES
        for kind in [QUANTILES_BY[program]]
    }


def _tests(
    made: Mapping[str, Result],
    in_floats: Mapping[Method, float],
    method_of: Callable[[Program], Method],
) -> ByProgram:
    found: dict[Program, list[Does]] = {}
    for program in PROGRAM_NAMES:
        method = method_of(program)
        if program in FLOATING and method in in_floats:
            found[program] = [Does(f"{method}{IN_FLOATS}", in_floats[method])]
        if method in made:
            found.setdefault(program, []).append(Does(method, made[method].number))
    return found


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
