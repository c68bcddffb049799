"""Which programs give a paper's p-values and quartiles, each by its defaults.

Programs differ in what they call Wilcoxon's test and in which quartiles they print. A program that
gives all numbers which any program gives may be the one that was used; one that misses some was
not, or not with its defaults. Whether a number is right is not asked here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from casebook.audit.among import among
from casebook.audit.data import Data
from casebook.base.printed import Printed, to_decimals
from casebook.claims.compared import ComparedTest
from casebook.claims.listed import Claim, reading_is
from casebook.claims.readings import ColumnStatistic, PairedTest
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

    The value of a decision is the p-value that it rests on.
    """

    claim: Claim
    printed: Printed
    kind: Kind
    by: Mapping[Program, tuple[str, float]]
    alpha: float

    def gives(self, program: Program) -> bool:
        """Whether what a program gets is what is printed."""
        value = self.by[program][1]
        decides = reading_is(self.claim.reading, "significant")
        return self.printed.gives(float(value < self.alpha) if decides else value)

    def shown(self, program: Program) -> str:
        """What a program gets, with the decimals that are printed; of a decision, in words."""
        value = self.by[program][1]
        if reading_is(self.claim.reading, "significant"):
            return "significant" if value < self.alpha else "not significant"
        return f"{to_decimals(value, self.printed.decimals):f}"


def spoken(data: Data, claims: Sequence[Claim]) -> Iterator[Spoken]:
    """A row for each program and each claim of a quartile or of a Wilcoxon test.

    Claims of tests that the programs make alike, such as a t-test, are left out. Where a paper
    names the rank-sum test for pairs, it is meant, or the signed-rank test, for all of them:
    whichever lets more of its numbers be given by some program.
    """
    meant = _meant_by_rank_sum(data, claims)
    for asked in _all_asked(data, claims, meant):
        claim = asked.claim
        tells = len({asked.shown(program) for program in asked.by}) > 1
        for program, (convention, value) in asked.by.items():
            below = "yes" if value < asked.alpha else "no"
            yield Spoken(
                claim.name,
                claim.place,
                claim.words,
                claim.printed,
                asked.kind,
                PROGRAM_NAMES[program],
                convention,
                repr(value),
                asked.shown(program),
                _yes(asked.gives(program)),
                "" if asked.kind == Kind.QUARTILE else below,
                _yes(tells),
            )


def speakers(rows: Sequence[Spoken]) -> list[Speaker]:
    """How many of the numbers each program gives, in the order of the programs."""
    given: dict[tuple[str, ...], frozenset[str]] = {}
    for _, each in groupby(rows, key=attrgetter("claim")):
        of_claim = list(each)
        same = (of_claim[0].printed, *(row.value for row in of_claim))
        given[same] = frozenset(row.program for row in of_claim if row.gives)
    by_any = [programs for programs in given.values() if programs]
    everyone = frozenset(row.program for row in rows)
    telling = [programs for programs in by_any if programs != everyone]
    return [
        Speaker(
            program,
            sum(program in programs for programs in by_any),
            len(by_any),
            len(telling),
            len(given),
            all=_yes(bool(by_any) and all(program in programs for programs in by_any)),
            none=_yes(bool(telling) and not any(program in programs for programs in telling)),
        )
        for program in PROGRAM_NAMES.values()
        if program in everyone
    ]


def _meant_by_rank_sum(data: Data, claims: Sequence[Claim]) -> Family:
    """The test that was made of pairs where the paper names the rank-sum test."""
    open_ones = [claim for claim in claims if _named(claim) == Family.RANK_SUM]

    def given(family: Family) -> int:
        found = _all_asked(data, open_ones, family)
        return sum(any(map(asked.gives, asked.by)) for asked in found)

    return max((Family.RANK_SUM, Family.SIGNED_RANK), key=given)


def _all_asked(data: Data, claims: Sequence[Claim], meant: Family) -> Iterator[_Asked]:
    for claim in claims:
        kind, by = _by_program(data, claim, meant)
        if claim.number is not None and by:
            yield _Asked(claim, claim.number, kind, by, data.study.analysis.alpha)


def _by_program(
    data: Data, claim: Claim, meant: Family
) -> tuple[Kind, Mapping[Program, tuple[str, float]]]:
    """What each program does and gets in the place of a claim; nothing where they do not differ."""
    named, data = _named(claim), among(data, claim.reading)
    match claim.reading:
        case ColumnStatistic(name="p25" | "p75") as reading:
            return Kind.QUARTILE, _quartiles(data, reading)
        case PairedTest() as reading if reading.name in _TESTS and named is not None:
            tests = data.tests(reading.cohort, reading.outcome, reading.contrast)
            family = meant if named == Family.RANK_SUM else Family.SIGNED_RANK
            methods = BY_CONVENTION if family == Family.SIGNED_RANK else RANK_SUM_BY
            return Kind.P_VALUE, _tests(tests, methods.__getitem__)
        case ComparedTest() as reading if reading.name in _TESTS and named != Family.SIGNED_RANK:
            tests = data.tests_between(reading) if named is not None else {}
            return Kind.P_BETWEEN, _tests(tests, RANK_SUM_BY.__getitem__)
    return Kind.P_VALUE, {}


def _named(claim: Claim) -> Family | Literal[""] | None:
    """Which of Wilcoxon's tests the paper names, or nothing; None if it names another test."""
    if not claim.convention:
        return ""
    families = (Family.SIGNED_RANK, Family.RANK_SUM)
    of_program = claim.convention if claim.convention in IN_PROGRAM else ""
    return next((f for f in families if claim.convention == f or of_program.startswith(f)), None)


def _quartiles(data: Data, reading: ColumnStatistic) -> Mapping[Program, tuple[str, float]]:
    column = [data.number(p, reading.expression) for p in data.where(reading.cohort, reading.where)]
    known = [value for value in column if value is not None]
    if not known:
        return {}
    probability = _PROBABILITIES[reading.name]
    return {
        program: (QUANTILE_NAMES[kind], quantile(known, probability, kind))
        for program in PROGRAM_NAMES
        for kind in [QUANTILES_BY[program]]
    }


def _tests(
    made: Mapping[str, Result], method_of: Callable[[Program], Method]
) -> Mapping[Program, tuple[str, float]]:
    methods = {program: method_of(program) for program in PROGRAM_NAMES}
    return {
        program: (method, made[method].number)
        for program, method in methods.items()
        if method in made
    }


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
