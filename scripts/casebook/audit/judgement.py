"""One claim, held against what its reading gives under every convention.

A number is judged here; what compares texts or other claims is in `texts`. The convention that the
paper follows elsewhere, which takes all its claims to find, is given by `paper`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import islice

from casebook.audit.conventions import Variant, variants
from casebook.audit.data import Data
from casebook.claims import Claim, decision, is_tried, reading_is
from casebook.printed import Fit, Printed, read_printed, rounded, significant
from casebook.readings import PairedTest
from casebook.verdicts import (
    CONTRADICTED,
    NOT_COMPUTABLE,
    OF_STATISTIC,
    OTHER_CONVENTION,
    OTHER_VALUES,
    READING,
    REPRODUCED,
)

CUT_OFF = "cut off, not rounded"


@dataclass(frozen=True)
class Trial:
    """A claim of a number, and what it would be under each convention, the study's own first."""

    claim: Claim
    printed: Printed
    tried: Sequence[Variant]

    def fit(self, variant: Variant) -> Fit | None:
        """How a convention gives the printed value."""
        return self.printed.fit(variant.value)

    @property
    def base(self) -> Variant:
        """By the convention that the paper names for this claim, or by the study's own.

        A name such as signed-rank leaves more than one open; then it is the study's own, if that
        has the name, or the first that has it.
        """
        named = self.claim.convention
        fitting = [v for v in self.tried if v.change in OF_STATISTIC and named]
        return next((v for v in fitting if v.convention.startswith(named)), self.tried[0])

    def right(self, variant: Variant) -> bool:
        """Whether the value, properly rounded, is the printed one."""
        return self.printed.gives(variant.value)

    @property
    def matching(self) -> list[Variant]:
        """The conventions that give the printed value, if that is more than chance."""
        return [v for v in self.tried if self.right(v) and self._tells(v)]

    def _tells(self, variant: Variant) -> bool:
        """Whether it says something that this convention gives what is printed.

        Among many tests some agree with a bound, or with significance, by chance, and so do the
        values of some other patients with a single digit.
        """
        if variant == self.base or variant.change == READING:
            return True
        if self.printed.relation != "=" or reading_is(self.claim.reading, "significant"):
            return False
        return has_two_digits(self.printed.high) or variant.change not in OTHER_VALUES

    @property
    def verdict(self) -> str:
        """One of the verdicts."""
        if not self.tried:
            return NOT_COMPUTABLE
        if self.right(self.base) and self.base.change != READING:
            return REPRODUCED
        cut = self.fit(self.base) == "cut off"
        return OTHER_CONVENTION if self.matching or cut else CONTRADICTED

    def reproduced_by(self, papers: Sequence[str]) -> list[str]:
        """The names of the conventions that give the printed value, the paper's own first."""
        found = [variant.convention for variant in self.matching]
        if self.fit(self.base) == "cut off":
            found.append(CUT_OFF)
        return sorted(dict.fromkeys(found), key=lambda name: name not in papers)

    def at_printed_precision(self) -> int:
        """How many different values the conventions give at the decimals of the printed one."""
        decimals = self.printed.decimals
        return len({rounded(significant(v.value), decimals) for v in self.tried})

    def nearest(self) -> Variant:
        """The convention that comes nearest to what is printed."""
        return min(self.tried, key=lambda variant: abs(self.printed.distance(variant.value)))

    def expected(self, papers: Sequence[str]) -> Variant:
        """What should have been printed: by the paper's convention where one is known."""
        followed = [v for v in self.tried if v.convention in papers]
        return followed[0] if followed else self.base


def trial(data: Data, claim: Claim) -> Trial | None:
    """Try a claim of a number under every convention; None for another sort of claim."""
    printed = _printed(claim)
    if printed is None:
        return None
    others = [
        Variant(READING, source, first.value)
        for source, reading in claim.otherwise.items()
        for first in islice(variants(data, reading), 1)
    ]
    return Trial(claim, printed, [*variants(data, claim.reading), *others])


def _printed(claim: Claim) -> Printed | None:
    """The number that is printed; a decision is 1 for significant and 0 for not."""
    match claim.reading:
        case PairedTest(name="significant"):
            said = Decimal(int(decision(claim.printed) is True))
            return Printed("=", said, said)
        case reading if is_tried(reading):
            return read_printed(claim.printed)
    return None


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
    for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN):
        number = rounded(significant(value), printed.decimals, mode)
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


def decision_error(trial: Trial, alpha: float, papers: Sequence[str]) -> str:
    """How the significance that a claim prints differs from what is recomputed, or nothing."""
    reading = trial.claim.reading
    if not isinstance(reading, PairedTest) or reading.name == "n_pairs" or not trial.tried:
        return ""
    if reading.name == "significant":
        said, found = bool(trial.printed.low), bool(trial.expected(papers).value)
        told = ""
    else:
        p_value = trial.expected(papers).value
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
