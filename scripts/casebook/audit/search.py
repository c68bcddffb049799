"""The one search for how a paper may have computed a number, best known ways first.

Of each way it is known why a paper should go it: because the paper says so, because it does so
elsewhere, because a common program does, because it is a fair reading of the sentence, or for no
reason that is known. The search goes through them in this order. The more has been tried, the more
likely it is that one of the values is what a slip of the pen makes of the right one; past a limit,
agreement of what may be a slip is chance. What other patients, visits or cohorts give always is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

from casebook.audit.followed import Habits
from casebook.audit.slips import has_two_digits, slips
from casebook.audit.trial import Trial
from casebook.audit.variant import ROUNDED_UP, SIZE, Variant
from casebook.base.printed import Printed, to_decimals
from casebook.claims.giving import reading_is
from casebook.claims.printed_as import sizes_in
from casebook.data.programs import DEFAULTS
from casebook.data.verdicts import BY_CHANCE, CONTRADICTED, CUT_OFF, OTHER_CONVENTION, REPRODUCED
from casebook.data.vocabulary import OF_STATISTIC, OTHER_VALUES, Change

LIMIT = 1 / 20
"""Which part of all slips may pass as right by what is tried without a reason in the paper."""

_OTHER_N = (
    *(Change.READING, Change.ALL, Change.DENOMINATOR, Change.LARGER_COHORT),
    Change.BOTH_VISITS,
)
"""What changes the number of patients, which a check of the printed number takes for granted."""


class Reason(IntEnum):
    """Why a paper should compute a number in some way, the best reason first."""

    STATED = auto()
    """The paper says so; where it says nothing, the study's own convention."""
    FOLLOWED = auto()
    """The paper does so elsewhere, or the program does that it follows there."""
    DEFAULT = auto()
    """A common program does so if it is not told otherwise."""
    FAIR = auto()
    """It is a fair reading of the sentence.

    That is one that claims.tsv allows, everyone as the n, a larger cohort whose size the sentence
    prints as the n, or those with both visits as the patients whose values at one of them are
    summarised, or whole patients as the number needed to treat.
    """
    OTHER = auto()
    """It can be done."""
    CHANCE = auto()
    """There is none: of other values, or by another way than the paper is known to go."""

    @property
    def is_limited(self) -> bool:
        """Whether it lies outside the paper, so that agreement may be chance."""
        return self in (Reason.DEFAULT, Reason.OTHER)


@dataclass(frozen=True)
class Way:
    """A way of computing a number, or of printing it cut off, and the reason for it."""

    name: str
    reason: Reason
    variant: Variant
    cut_off: bool = False

    def gives(self, printed: Printed) -> bool:
        """Whether what is printed comes out."""
        fit = printed.fit(self.variant.value)
        return fit == "cut off" if self.cut_off else fit not in (None, "cut off")


@dataclass(frozen=True)
class Judgement:
    """What becomes of a claim of a number.

    Attributes:
        verdict: One of the verdicts, but for "not computable".
        reproduced_by: The conventions that give the printed value, the best known first.
        would_fit: What gives it too, but by chance, or cut off where that is no excuse.
        ruled_out: The conventions that give it, were it not for a check that fails.
        slips_fit: Which part of all slips would have passed as right by what was tried until
            one was.
    """

    verdict: str
    reproduced_by: tuple[str, ...] = ()
    would_fit: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    slips_fit: float = 0.0


def judge(trial: Trial, habits: Habits, *, fails: bool, fails_cut_off: bool) -> Judgement:
    """Judge a claim.

    Args:
        trial: The claim, with at least one value.
        habits: What is known of the paper.
        fails: Whether a check without raw data finds that the printed number cannot be.
        fails_cut_off: Whether it finds so even of a number that was cut off.
    """
    ways = sorted(_ways(trial, habits, fails_cut_off), key=lambda way: way.reason)
    slips = _wrong_slips(trial, trial.shown(habits.of(trial)).value)
    right = [way for way in ways if way.gives(trial.printed)]
    with_reason = [way for way in right if way.reason != Reason.CHANCE]
    if trial.reproduced:
        share = _part_that_fits(slips, ways, Reason.OTHER)
        return Judgement(REPRODUCED, _names(with_reason), slips_fit=share)
    ruled_out = [way for way in with_reason if fails and _needs_the_check(way)]
    left = [way for way in with_reason if way not in ruled_out]
    shares = {way.reason: _part_that_fits(slips, ways, way.reason) for way in left}
    may_be_slip = any(slip.low == trial.printed.low for slip in slips)
    limit = LIMIT if may_be_slip else 1
    found = [r for r, share in shares.items() if not r.is_limited or share <= limit]
    told = [way for way in right if way.reason == Reason.CHANCE and _is_told(trial, way)]
    if found:
        names = (_names(left), _names(told), _names(ruled_out))
        return Judgement(OTHER_CONVENTION, *names, slips_fit=shares[found[0]])
    would_fit = [*left, *told]
    by_chance = not ruled_out and any(not way.cut_off for way in would_fit)
    return Judgement(
        BY_CHANCE if by_chance else CONTRADICTED,
        would_fit=_names(would_fit),
        ruled_out=_names(ruled_out),
        slips_fit=_part_that_fits(slips, ways, Reason.OTHER),
    )


def _ways(trial: Trial, habits: Habits, fails_cut_off: bool) -> Iterator[Way]:
    """All that was tried, and last that the right value was cut off."""
    for variant in trial.tried:
        yield Way(variant.name, reason_for(trial, variant, habits), variant)
    excused = trial.may_be_cut_off and not fails_cut_off
    yield Way(CUT_OFF, Reason.OTHER if excused else Reason.CHANCE, trial.base, cut_off=True)


def reason_for(trial: Trial, variant: Variant, habits: Habits) -> Reason:
    """Why a paper of which this is known should have computed a claim in this way.

    Among many ways some agree with a bound, or with significance, by chance: there only what the
    paper says, does elsewhere, or may fairly mean counts. And a paper that is known to compute its
    quartiles by one definition did not compute one of them by another. Half a p-value, which is
    that of one side, or the p-value of another test than the paper names, is none of what it says.
    Nor did it take a larger cohort for the denominator where neither the sentence nor other
    percentages say so.
    """
    if variant == trial.base and variant.change != Change.READING:
        return Reason.STATED
    if habits.does(trial, variant) or _is_base_in_floats(trial, variant):
        return Reason.FOLLOWED
    if variant.change == Change.READING:
        return Reason.FAIR
    if trial.is_of_another_test(variant):
        return Reason.CHANCE
    if variant.convention in habits.by_programs:
        return Reason.FOLLOWED
    if variant.change in OTHER_VALUES or trial.is_loose:
        return Reason.CHANCE
    if variant.change == Change.LARGER_COHORT:
        return Reason.FAIR if variant.of in sizes_in(trial.claim.words) else Reason.CHANCE
    is_whole = variant.convention == ROUNDED_UP
    if variant.change in (Change.OWN, Change.ALL) or is_whole or _leaves_out(trial, variant):
        return Reason.FAIR
    if variant.change in (*OF_STATISTIC, Change.ADJUSTMENT) and habits.of(trial):
        return Reason.CHANCE
    return Reason.DEFAULT if variant.convention in DEFAULTS else Reason.OTHER


def _is_base_in_floats(trial: Trial, variant: Variant) -> bool:
    """Whether it is the test that has to hold, as programs that lose ties make it."""
    return variant.in_floats and variant.convention == trial.base.convention


def _leaves_out(trial: Trial, variant: Variant) -> bool:
    """Whether it summarises those with both visits alone, and the others matter; no number of n."""
    if variant.change != Change.BOTH_VISITS or reading_is(trial.claim.reading, "n", "n_missing"):
        return False
    return variant.value != trial.tried[0].value


def _needs_the_check(way: Way) -> bool:
    """Whether a failed check speaks against it: against what has no reason in the whole paper."""
    return not way.cut_off and way.reason > Reason.FOLLOWED and way.variant.change not in _OTHER_N


def _part_that_fits(slips: Sequence[Printed], ways: Iterable[Way], until: Reason) -> float:
    """Which part of all single slips in the expected number some way gives, up to a reason."""
    tried = [way for way in ways if way.reason <= until]
    return sum(any(way.gives(slip) for way in tried) for slip in slips) / max(1, len(slips))


def _wrong_slips(trial: Trial, expected: float) -> list[Printed]:
    """What a slip makes of the expected number, where it is no longer right.

    None for a bound or a range, whose slips are not those of a number.
    """
    right = to_decimals(expected, trial.printed.decimals)
    return [] if trial.is_loose else [slip for slip in slips(right) if not slip.gives(expected)]


def _is_told(trial: Trial, way: Way) -> bool:
    """Whether it is told what fits by chance: not of one digit, which something always gives.

    Nor of a sign, of which the reason tells why it is not right.
    """
    if way.variant.convention == SIZE:
        return False
    return way.cut_off or (not trial.is_loose and has_two_digits(trial.printed.high))


def _names(ways: Sequence[Way]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way.name for way in ways))
