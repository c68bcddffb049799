"""One claim, held against what its reading gives under every convention.

A number is judged here; what compares texts or other claims is in `comparisons`. The convention
that the paper follows elsewhere, which takes all its claims to find, is given by `step`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from casebook.audit.data import Data
from casebook.audit.variants import Variant, variants
from casebook.base.printed import Fit, Printed, to_decimals
from casebook.claims.compared import ComparedTest
from casebook.claims.listed import Claim, is_p_value, is_tried, reading_is
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import PairedTest
from casebook.data.programs import IN_PROGRAM, ONLY_WHERE_NAMED
from casebook.data.verdicts import (
    CONTRADICTED,
    CUT_OFF,
    OTHER_CONVENTION,
    REPRODUCED,
)
from casebook.data.vocabulary import OF_STATISTIC, OTHER_VALUES, Change, Family, family

_OTHER_N = (Change.READING, Change.DENOMINATOR, Change.BOTH_VISITS)
"""What changes the number of patients, which a check of the printed number takes for granted."""


@dataclass(frozen=True)
class Trial:
    """A claim of a number, and what it would be under each convention, the study's own first.

    `chance` has what a convention may change without being one: that it gives what is printed is
    no agreement. `direction` says which way round differences are taken, if not as casebook does.
    """

    claim: Claim
    printed: Printed
    tried: Sequence[Variant]
    chance: Collection[Change] = OTHER_VALUES
    direction: str = ""

    def fit(self, variant: Variant) -> Fit | None:
        """How a convention gives the printed value."""
        return self.printed.fit(variant.value)

    @property
    def base(self) -> Variant:
        """By the convention that the paper names for this claim, or by the study's own.

        A name such as signed-rank leaves more than one open; then it is the study's own, if that
        has the name, or the first that has it. With a program, as signed-rank in SPSS, it is one.
        """
        return self._named or self.tried[0]

    @property
    def _named(self) -> Variant | None:
        fitting = [v for v in self.tried if v.change in OF_STATISTIC]
        return next((v for v in fitting if _names(self.claim.convention, v.convention)), None)

    @property
    def without_named(self) -> bool:
        """Whether the convention that the paper names is none of those that were tried."""
        named = self.claim.convention in [*Family, *IN_PROGRAM]
        return named and bool(self.tried) and self._named is None

    def right(self, variant: Variant) -> bool:
        """Whether the value, properly rounded, is the printed one."""
        return self.printed.gives(variant.value)

    @property
    def reproduced(self) -> bool:
        """Whether the convention that has to hold gives the printed value."""
        return bool(self.tried) and self.base.change != Change.READING and self.right(self.base)

    @property
    def matching(self) -> list[Variant]:
        """The conventions that give the printed value, if that is more than chance."""
        return [v for v in self.tried if self.right(v) and self.tells(v)]

    def tells(self, variant: Variant) -> bool:
        """Whether it says something that this convention gives what is printed.

        Among many tests some agree with a bound, or with significance, by chance, and so do the
        values of some other patients with any number.
        """
        if variant == self.base or variant.change == Change.READING:
            return True
        return not self._is_loose and variant.change not in self.chance

    @property
    def _is_loose(self) -> bool:
        """Whether many a value is what is printed."""
        return self.printed.relation != "=" or reading_is(self.claim.reading, "significant")

    @property
    def by_chance(self) -> list[str]:
        """What gives the printed value by chance; not told of one digit, which always fits."""
        if self._is_loose or not has_two_digits(self.printed.high):
            return []
        return [v.convention for v in self.tried if self.right(v) and not self.tells(v)]

    @property
    def cut_off(self) -> bool:
        """Whether the value was cut off, and not rounded."""
        return self.fit(self.base) == "cut off"

    @property
    def may_be_cut_off(self) -> bool:
        """Whether this may be an excuse: a p-value would seem smaller, and words are counts."""
        return not (self.printed.in_words or is_p_value(self.claim.reading))

    def at_printed_precision(self) -> int:
        """How many different values the conventions give at the decimals of the printed one."""
        decimals = self.printed.decimals
        return len({to_decimals(v.value, decimals) for v in self.tried})

    def nearest(self) -> Variant:
        """The convention that comes nearest to what is printed."""
        return min(self.tried, key=lambda variant: abs(self.printed.distance(variant.value)))

    def papers(self, papers: Collection[str]) -> Variant | None:
        """By the convention that the paper follows elsewhere, where one is known."""
        return next((v for v in self.tried if v.convention in papers), None)

    def shown(self, papers: Collection[str]) -> Variant:
        """What should have been printed: as the paper says here, or else as it does elsewhere."""
        return self._named or self.papers(papers) or self.base


@dataclass(frozen=True)
class Judgement:
    """What becomes of a claim of a number.

    Attributes:
        verdict: One of the verdicts, but for "not computable".
        reproduced_by: The conventions that give the printed value, the paper's own first.
        would_fit: What gives it too, but by chance, or cut off where that is no excuse.
        ruled_out: The conventions that give it, were it not for a check that fails.
    """

    verdict: str
    reproduced_by: tuple[str, ...] = ()
    would_fit: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()


def judge(trial: Trial, papers: Collection[str], *, fails: bool, fails_cut_off: bool) -> Judgement:
    """Judge a claim.

    Args:
        trial: The claim, with at least one value.
        papers: The conventions that the paper follows for this kind of claim.
        fails: Whether a check without raw data finds that the printed number cannot be.
        fails_cut_off: Whether it finds so even of a number that was cut off.
    """
    found = [v for v in trial.tried if trial.right(v) and _counts(trial, v, papers)]
    if trial.reproduced:
        return Judgement(REPRODUCED, _named(found, papers))
    kept = [v for v in found if not fails or v.change in _OTHER_N or v.convention in papers]
    excused = trial.cut_off and trial.may_be_cut_off and not fails_cut_off
    cut = (CUT_OFF,) if trial.cut_off else ()
    good = (*_named(kept, papers), *(cut if excused else ()))
    return Judgement(
        verdict=OTHER_CONVENTION if good else CONTRADICTED,
        reproduced_by=good,
        would_fit=(*trial.by_chance, *(() if excused else cut)),
        ruled_out=_named([v for v in found if v not in kept], papers),
    )


def _counts(trial: Trial, variant: Variant, papers: Collection[str]) -> bool:
    """Whether agreement says something: what the paper does elsewhere is not found by trying."""
    return trial.tells(variant) or variant.convention in papers


def _named(variants: Sequence[Variant], papers: Collection[str]) -> tuple[str, ...]:
    """The names of conventions, the paper's own first."""
    names = dict.fromkeys(variant.convention for variant in variants)
    return tuple(sorted(names, key=lambda name: name not in papers))


def _names(said: str, method: str) -> bool:
    """Whether what a claim says of its convention names a method, or the family that it is of."""
    return family(method) == said or IN_PROGRAM.get(said) == method


def trial(data: Data, claim: Claim) -> Trial | None:
    """Try a claim of a number under every convention; None for another sort of claim."""
    if claim.number is None or not is_tried(claim.reading):
        return None
    tried = [
        variant
        for variant in variants(data, claim.reading)
        if variant.change == Change.OWN or _is_meant(claim, variant)
    ]
    others = [
        Variant(Change.READING, source, first.value)
        for source, reading in claim.otherwise.items()
        for first in islice(variants(data, reading), 1)
    ]
    return Trial(claim, claim.number, [*tried, *others])


def _is_meant(claim: Claim, variant: Variant) -> bool:
    """Whether a variant is worth trying, or is tried only where a claim names it and this does not.

    What one program alone does is, and another test than the reading asks for by its name.
    """
    if variant.convention in ONLY_WHERE_NAMED:
        return variant.convention == IN_PROGRAM.get(claim.convention)
    if isinstance(claim.reading, VisitsTest) and variant.change == Change.TEST:
        return family(variant.convention) in (claim.reading.family, claim.convention)
    return True


def has_two_digits(number: Decimal) -> bool:
    """Whether a number has two significant digits or more."""
    return len(number.as_tuple().digits) > 1


def misprint(printed: Printed, value: float) -> str:
    """The slip that makes the printed value of the right one, or nothing.

    It is one digit in the place of another, or two digits exchanged, in a number of two digits or
    more: a single digit would explain anything.
    """
    digits = f"{printed.low:f}"
    if printed.relation != "=":
        return ""
    for number in printed.alike(value):
        right = f"{number:f}"
        if len(right) != len(digits) or not has_two_digits(number):
            continue
        places = [i for i, (a, b) in enumerate(zip(right, digits, strict=True)) if a != b]
        if len(places) == 1 and digits[places[0]].isdigit():
            return f"{right} with one digit changed"
        if len(places) == 2:
            first, second = places
            if (right[first], right[second]) == (digits[second], digits[first]):
                return f"{right} with two digits exchanged"
    return ""


def decision_error(trial: Trial, alpha: float, papers: Collection[str]) -> str:
    """How the significance that a claim prints differs from what is recomputed, or nothing."""
    reading = trial.claim.reading
    if not isinstance(reading, PairedTest | ComparedTest | VisitsTest) or not trial.tried:
        return ""
    if reading.name == "n_pairs":
        return ""
    expected = trial.shown(papers)
    if reading.name == "significant":
        said, found = bool(trial.printed.low), bool(expected.value)
        told = ""
    else:
        p_value = expected.value
        said_or_open = _said(trial.printed, alpha)
        if said_or_open is None:
            return ""
        said, found, told = said_or_open, p_value < alpha, f" (p = {p_value:.4g})"
    words: Mapping[bool, str] = {True: "significant", False: "not significant"}
    if said == found:
        return ""
    return f"{words[said]} as printed, {words[found]} when recomputed{told}"


def _said(printed: Printed, alpha: float) -> bool | None:
    """Whether a printed p-value is below the level; None if it leaves that open."""
    limit = float(printed.high)
    match printed.relation:
        case "=" if printed.fit(alpha):
            return None
        case "=":
            return limit < alpha
        case "<" | "<=":
            return True if limit <= alpha else None
        case ">" | ">=":
            return False if limit >= alpha else None
    return None
