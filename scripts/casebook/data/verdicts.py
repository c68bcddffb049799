"""The tables that an audit leaves: a verdict for each claim, and what each convention gave.

They are written by the audit and shown by the report and the figure; nothing is judged here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebook.base.csvfiles import read_records, write_records
from casebook.data.vocabulary import Change, Kind

REPRODUCED = "reproduced"
OTHER_CONVENTION = "reproduced under another convention"
BY_CHANCE = "fits only by chance"
CONTRADICTED = "contradicted"
NOT_COMPUTABLE = "not computable"
VERDICTS = (REPRODUCED, OTHER_CONVENTION, BY_CHANCE, CONTRADICTED, NOT_COMPUTABLE)
WRONG = (BY_CHANCE, CONTRADICTED)
"""The verdicts by which a number is not confirmed, so that it is told what it should be."""

SMALLEST_AND_LARGEST = "smallest and largest value"
"""The convention by which papers print the range where they say quartiles."""
CUT_OFF = "cut off, not rounded"
REVIEWED_AS = "reviewed as "
"""How the `review` of a claim begins that repeats a reviewed one, whose name follows."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim.

    Attributes:
        claim: Its name.
        place: Where it stands in the paper.
        words: Words of the paper to find it by.
        printed: What the paper prints.
        computed_as: What it corresponds to, as claims.tsv says it.
        statistic: The statistic that this names, or the comparison or check.
        cohort: The cohort that it is of.
        of: The outcome, column or condition that it is of.
        where: The condition for the patients of the cohort whose values are taken, if there is one.
        decimals: How many decimals are printed.
        kind: What sort of number it is, as in mean or p_value.
        verdict: One of `VERDICTS`.
        recomputed: The value by the study's own convention, or by the one that the paper names.
        recomputed_by: That convention.
        rounding: How the printed value comes from the recomputed one.
        direction: Which way round the paper takes differences, where that is not casebook's own.
        reproduced_by: Every convention that gives the printed value, the best known first.
        would_fit: What else gives it, which is chance and no agreement: another visit or cohort,
            other patients, a convention that the paper does not follow, or one of too many.
        ruled_out: Conventions that give it, but that a failed check rules out.
        n_tried: How many ways of computing it were tried, by conventions or of other patients.
        n_values: How many different values they give at the printed precision.
        slips_fit: Which part of all single slips in the expected number would have passed as right
            by what was tried until one convention gave it, or, where it is right, by all that is no
            chance; from 0 to 1; empty where many numbers are right, as of a bound.
        distance: Printed minus recomputed, where it is contradicted.
        nearest: The nearest value under any convention, where it is contradicted.
        nearest_by: That convention.
        misprint: The slip of one digit or of two exchanged digits that would explain it.
        papers_value: The value by the convention that the paper follows elsewhere, where the
            recomputed one is by another that it names here.
        papers_convention: That convention.
        decision_error: How the claim's significance flips.
        elsewhere: Claims that print another value of the same.
        checks: What the checks without raw data say that it does not fail.
        failed_checks: What those say that it fails.
        reason: Why it cannot be computed, what contradicts it, or what it is of other patients than
            the numbers beside it, in words.
        patients: Whose values it rests on.
        columns: The columns of the raw table that it rests on.
        rows: The rows in which it rests on them.
        event_columns: The columns of the table of adverse events that it rests on.
        event_rows: The rows in which it rests on them.
        result: The key of the row of the results that it corresponds to, if there is one.
        note: The remark of claims.tsv.
        review: What the draft of the claim rests on; empty once somebody has looked at it, and
            `REVIEWED_AS` another claim where it repeats that.
    """

    claim: str
    place: str
    words: str
    printed: str
    computed_as: str
    kind: str
    verdict: str
    statistic: str = ""
    cohort: str = ""
    of: str = ""
    where: str = ""
    decimals: int = 0
    recomputed: str = ""
    recomputed_by: str = ""
    rounding: str = ""
    direction: str = ""
    reproduced_by: tuple[str, ...] = ()
    would_fit: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    n_tried: int = 0
    n_values: int = 0
    slips_fit: str = ""
    distance: str = ""
    nearest: str = ""
    nearest_by: str = ""
    misprint: str = ""
    papers_value: str = ""
    papers_convention: str = ""
    decision_error: str = ""
    elsewhere: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    failed_checks: tuple[str, ...] = ()
    reason: str = ""
    patients: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    event_columns: tuple[str, ...] = ()
    event_rows: tuple[int, ...] = ()
    result: tuple[str, ...] = ()
    note: str = ""
    review: str = ""

    @property
    def is_unreviewed(self) -> bool:
        """Whether it is a draft that nobody has looked at."""
        return bool(self.review) and not self.is_repeat

    @property
    def is_repeat(self) -> bool:
        """Whether it was reviewed with the claim that it repeats."""
        return self.review.startswith(REVIEWED_AS)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a claim would be under one convention.

    `fits` says how the value gives what is printed, or nothing.
    """

    claim: str
    kind: str
    change: Change
    convention: str
    value: str
    fits: str


@dataclass(frozen=True, slots=True)
class Followed:
    """How many claims of a kind a convention reproduces.

    `reproducible` counts those that any convention of this sort reproduces, and `followed` says
    whether this one reproduces all of them, so that it is the paper's convention, or all but one:
    `outliers` has the claim that it does not.
    """

    kind: Kind
    convention: str
    reproduced: int
    reproducible: int
    claims: int
    followed: str
    outliers: tuple[str, ...] = ()


def write_verdicts(path: Path, verdicts: Iterable[Verdict]) -> None:
    """Write a row a claim."""
    write_records(path, Verdict, verdicts)


def read_verdicts(path: Path) -> list[Verdict]:
    """Read what `write_verdicts` wrote."""
    return read_records(path, Verdict)


def write_tried(path: Path, tried: Iterable[Tried]) -> None:
    """Write a row for each claim and convention."""
    write_records(path, Tried, tried)


def read_tried(path: Path) -> list[Tried]:
    """Read what `write_tried` wrote."""
    return read_records(path, Tried)


def write_followed(path: Path, followed: Iterable[Followed]) -> None:
    """Write a row for each kind of claim and convention."""
    write_records(path, Followed, followed)


def read_followed(path: Path) -> list[Followed]:
    """Read what `write_followed` wrote."""
    return read_records(path, Followed)
