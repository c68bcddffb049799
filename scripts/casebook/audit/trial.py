"""One claim, held against what its reading gives under every convention.

Here are the values; whether one of them agrees with the paper is for `search`. The convention that
the paper follows elsewhere, which takes all its claims to find, is found by `followed`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from casebook.audit.data import Data
from casebook.audit.variant import Variant
from casebook.audit.variants import variants
from casebook.base.printed import Fit, Printed, to_decimals, whole
from casebook.claims.compared import ComparedDifference, ComparedEffect
from casebook.claims.effects import COHENS_D, HEDGES_G
from casebook.claims.giving import WITH_TEST, is_p_value, is_tried, named_test, reading_is
from casebook.claims.listed import Claim
from casebook.claims.naming import CORRELATIONS, NAMED_TESTS, TESTS, names_method
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import UNIVERSAL, PairedTest, Reading, Universal
from casebook.claims.tested import PairedEffect
from casebook.data.programs import IN_PROGRAM, ONLY_WHERE_NAMED
from casebook.data.vocabulary import OF_STATISTIC, Change, Family, Method, family

_OTHER_NAME = {COHENS_D: HEDGES_G, HEDGES_G: COHENS_D}


@dataclass(frozen=True)
class Trial:
    """A claim of a number, and what it would be under each convention, the study's own first.

    `direction` says which way round differences are taken, if not as casebook does.
    """

    claim: Claim
    printed: Printed
    tried: Sequence[Variant]
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
        return next((v for v in fitting if names_method(self.claim.convention, v.convention)), None)

    @property
    def named_elsewhere(self) -> Variant | None:
        """By the convention that the paper names where it prints this number again, if that fits.

        A bound or a decision is no such number, as many conventions agree with it.
        """
        said = self.claim.elsewhere
        if not said or self.is_loose:
            return None
        fitting = (v for v in self.tried if v.change in OF_STATISTIC and self.right(v))
        return next((v for v in fitting if names_method(said, v.convention)), None)

    @property
    def without_named(self) -> bool:
        """Whether the convention that the paper names is none of those that were tried."""
        named = self.claim.convention in [*Family, *NAMED_TESTS]
        return named and bool(self.tried) and self._named is None

    def is_of_another_test(self, variant: Variant) -> bool:
        """Whether this is another test than the paper says that it made.

        It has another number of sides, or another name, which may be that of its program; or it is
        of groups, and the paper, which names none, of pairs. An effect size has another name where
        it is Cohen's and the paper says Hedges', or the reverse.
        """
        if isinstance(self.claim.reading, ComparedEffect | PairedEffect):
            other = _OTHER_NAME.get(self.claim.reading.effect)
            return other is not None and variant.convention.startswith(other)
        if variant.change == Change.SIDES or self.names_another_than(variant):
            return True
        of_groups = family(variant.convention) == Family.RANK_SUM
        return of_groups and not self._said_test and isinstance(self.claim.reading, PairedTest)

    def names_another_than(self, variant: Variant) -> bool:
        """Whether the paper names a test for the claim, and this is not it."""
        return bool(self._said_test) and family(variant.convention) not in (None, self._said_test)

    @property
    def _said_test(self) -> str:
        """The test or correlation that the paper names, without its program, or nothing."""
        said = self.claim.convention
        named = family(IN_PROGRAM.get(said, said)) or said
        return named if named in (*TESTS, *CORRELATIONS) else ""

    def right(self, variant: Variant) -> bool:
        """Whether the value, properly rounded, is the printed one."""
        return self.printed.gives(variant.value)

    @property
    def reproduced(self) -> bool:
        """Whether the convention that has to hold gives the printed value."""
        return bool(self.tried) and self.base.change != Change.READING and self.right(self.base)

    @property
    def is_loose(self) -> bool:
        """Whether many a value is what is printed: of a bound, a range, or a decision."""
        return self.printed.relation != "=" or reading_is(
            self.claim.reading, "significant", *UNIVERSAL
        )

    @property
    def cut_off(self) -> bool:
        """Whether the value was cut off, and not rounded."""
        return self.fit(self.base) == "cut off"

    @property
    def may_be_cut_off(self) -> bool:
        """Whether this may be an excuse: a p-value would seem smaller, and words are counts.

        Of effect sizes, which programs print rounded, too many slips would pass as right.
        """
        if isinstance(self.claim.reading, ComparedEffect | PairedEffect):
            return False
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


def trial(data: Data, claim: Claim) -> Trial | None:
    """Try a claim of a number under every convention; None for another sort of claim."""
    # Whatever the words about everyone or nobody are, what they say is that it is so.
    printed = whole(True) if isinstance(claim.reading, Universal) else claim.number
    if printed is None or not is_tried(claim.reading):
        return None
    tried = [
        variant
        for variant in variants(data, _by_named_test(claim))
        if variant.change == Change.OWN or _is_meant(claim, variant)
    ]
    others = [
        other
        for source, reading in claim.otherwise.items()
        for other in _otherwise(data, source, reading)
    ]
    return Trial(claim, printed, [*tried, *others])


def _by_named_test(claim: Claim) -> Reading:
    """What a claim's number is of, by the test that the paper names."""
    if isinstance(claim.reading, WITH_TEST):
        return replace(claim.reading, test=claim.convention)
    return claim.reading


def _otherwise(data: Data, source: str, reading: Reading) -> Iterator[Variant]:
    """What another reading gives; of two cohorts also the first one minus the second."""
    yield from (
        Variant(Change.READING, source, first.value) for first in islice(as_read(data, reading), 1)
    )
    if isinstance(reading, ComparedDifference):
        for other in variants(data, reading):
            if other.change == Change.SIGN:
                yield replace(other, convention=f"{source}, {other.convention}")


def as_read(data: Data, reading: Reading) -> Iterator[Variant]:
    """What a reading gives, first by the study's own convention or by the test that it names."""
    return _by_test(variants(data, reading), named_test(reading))


def _by_test(tried: Iterable[Variant], test: str) -> Iterator[Variant]:
    """What was tried by the test that a reading names, or all of it."""
    of_test = (each for each in tried if each.change in OF_STATISTIC)
    return (
        (each for each in of_test if names_method(test, each.convention)) if test else iter(tried)
    )


def _is_meant(claim: Claim, variant: Variant) -> bool:
    """Whether a variant is worth trying, or is tried only where a claim names it and this does not.

    What one program alone does is, and another test than the reading asks for by its name. So is
    SAS's test of two groups where pairs are tested, which no paper should have taken for them.
    """
    is_of_pairs = isinstance(claim.reading, PairedTest)
    of_groups = is_of_pairs and variant.convention == Method.RANK_SUM_CORRECTED
    if variant.convention in ONLY_WHERE_NAMED or of_groups:
        said = (claim.convention, claim.elsewhere)
        return variant.convention in (*said, *map(IN_PROGRAM.get, said))
    if isinstance(claim.reading, VisitsTest) and variant.change == Change.TEST:
        return family(variant.convention) in (claim.reading.family, claim.convention)
    return True


def decision_error(trial: Trial, alpha: float, papers: Collection[str]) -> str:
    """How the significance that a claim prints differs from what is recomputed, or nothing."""
    reading = trial.claim.reading
    if not reading_is(reading, "p_value", "significant") or not trial.tried:
        return ""
    expected = trial.shown(papers)
    if reading_is(reading, "significant"):
        said, found = bool(trial.printed.low), bool(expected.value)
        told = ""
    else:
        p_value = expected.value
        said_or_open = said_significant(trial.printed, alpha)
        if said_or_open is None:
            return ""
        said, found, told = said_or_open, p_value < alpha, f" (p = {p_value:.4g})"
    words: Mapping[bool, str] = {True: "significant", False: "not significant"}
    if said == found:
        return ""
    return f"{words[said]} as printed, {words[found]} when recomputed{told}"


def said_significant(printed: Printed, alpha: float) -> bool | None:
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
