"""The conventions that a paper follows: one for all its quartiles, one for all its p-values.

A convention is the paper's when it gives every claim of its kind that any convention gives, or all
of them but one, which then is an outlier: a misprint does not take a paper's convention away. One
that was found for a single claim by trying many is not the paper's.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from casebook.audit.definitions import change_of_definition
from casebook.audit.trial import Trial
from casebook.audit.variant import Variant
from casebook.claims.compared import ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import ColumnStatistic, Reading
from casebook.claims.tested import Correlation
from casebook.data.programs import of_same_programs
from casebook.data.verdicts import Followed
from casebook.data.vocabulary import OF_STATISTIC, Change, Kind

_KINDS: Mapping[str, Kind] = {
    "p25": Kind.QUARTILE,
    "p75": Kind.QUARTILE,
    "p_value": Kind.P_VALUE,
    "sd": Kind.SPREAD,
    "correlation": Kind.CORRELATION,
    "percent": Kind.PERCENT,
}
"""The kinds of claim by what their readings ask for."""
_P_VALUES: Mapping[type[Reading], Kind] = {
    ComparedTest: Kind.P_BETWEEN,
    VisitsTest: Kind.P_OVER_VISITS,
    Correlation: Kind.P_OF_CORRELATION,
}
"""The kinds of p-value for which other tests are made than of pairs."""
_FEWEST_CLAIMS = 2
_FEWEST_BESIDE_AN_OUTLIER = 3


def kind_of(reading: Reading) -> str:
    """The kind of a claim, or what its reading asks for."""
    name: str = getattr(reading, "name", "")
    kind: str = _KINDS.get(name, name)
    return _kind_of_p_value(reading) if kind == Kind.P_VALUE else kind


def _kind_of_p_value(reading: Reading) -> Kind:
    if isinstance(reading, ComparedTest) and reading.compared.of_shares:
        return Kind.P_OF_SHARES
    return _P_VALUES.get(type(reading), Kind.P_VALUE)


def kind_followed(reading: Reading) -> str:
    """The kind whose convention a claim follows.

    A decision follows that of the p-values, and any percentile that of the quartiles.
    """
    if getattr(reading, "name", "") == "significant":
        return _kind_of_p_value(reading)
    if isinstance(reading, ColumnStatistic):
        by_quantiles = change_of_definition(reading.name) == Change.QUANTILE
        return Kind.QUARTILE if by_quantiles else kind_of(reading)
    return kind_of(reading)


def definitions(trial: Trial) -> list[Variant]:
    """What a claim would be under each definition of its statistic, its own first.

    Of a percentage these are the cohorts that it may be of, if it can tell which.
    """
    if kind_of(trial.claim.reading) != Kind.PERCENT:
        return [v for v in trial.tried if v.change in OF_STATISTIC]
    own = trial.tried[:1]
    larger = [
        v for v in trial.tried if v.change == Change.LARGER_COHORT and v.value != own[0].value
    ]
    return [*own, *larger] if larger else []


@dataclass(frozen=True)
class Habits:
    """How a paper computes its numbers, as far as all its claims together tell.

    Attributes:
        followed: The conventions that it follows, by the kind of claim.
        by_programs: The tests of the programs whose conventions these are, for other kinds too.
        misnomers: The conventions that it calls by the name of another test, each with that name.
    """

    followed: Mapping[str, Collection[str]] = field(default_factory=dict)
    by_programs: Collection[str] = ()
    misnomers: Collection[tuple[str, str]] = ()

    def does(self, trial: Trial, variant: Variant) -> bool:
        """Whether it computes other claims of this kind so, or names it for this number elsewhere.

        A convention that it follows is none where it names another test for the claim, unless it
        calls the one by the name of the other.
        """
        name, named = variant.convention, trial.named_elsewhere
        follows = name in self.followed.get(kind_followed(trial.claim.reading), ())
        is_called = (name, trial.claim.convention) in self.misnomers
        if follows and (is_called or not trial.names_another_than(variant)):
            return True
        return named is not None and named.convention == name

    def of(self, trial: Trial) -> list[str]:
        """The conventions among those that were tried for a claim by which it computes others."""
        return [each.convention for each in trial.tried if self.does(trial, each)]


def habits_of(trials: Iterable[Trial], conventions: Iterable[Followed]) -> Habits:
    """How a paper computes its numbers.

    Args:
        trials: What was tried for each claim.
        conventions: What `find_followed` found, and `direction.trials`.
    """
    followed: dict[str, list[str]] = {}
    for each in conventions:
        if each.followed:
            followed.setdefault(each.kind, []).append(each.convention)
    everywhere = [name for names in followed.values() for name in names]
    return Habits(followed, of_same_programs(everywhere), misnomers(trials))


@dataclass(frozen=True)
class _Defined:
    """A claim and what each definition of its statistic gives for it."""

    trial: Trial
    by: Sequence[Variant]

    def given_by(self, convention: str) -> bool:
        """Whether a convention gives what is printed."""
        return any(v.convention == convention and self.trial.right(v) for v in self.by)

    @cached_property
    def is_reproducible(self) -> bool:
        """Whether any convention gives it."""
        return any(map(self.trial.right, self.by))

    def names_another_than(self, convention: str) -> bool:
        """Whether the paper names a test for the claim, and this is not it."""
        return any(v.convention == convention and self.trial.names_another_than(v) for v in self.by)


def misnomers(trials: Iterable[Trial]) -> frozenset[tuple[str, str]]:
    """The conventions that a paper calls by the name of another test, each with that name.

    It does so if one gives two different numbers or more for which the paper names the other: one
    alone may be a slip.
    """
    found = Counter(
        (name, each.trial.claim.convention)
        for each in _printed_once(trials)
        for name in {variant.convention for variant in each.by}
        if each.given_by(name) and each.names_another_than(name)
    )
    return frozenset(called for called, count in found.items() if count >= _FEWEST_CLAIMS)


def find_followed(trials: Collection[Trial]) -> Iterator[Followed]:
    """How many claims of its kind each convention reproduces, and whether it is the paper's.

    A convention is held against the claims alone that can be by it.
    """
    called = misnomers(trials)
    for kind in (*dict.fromkeys(_KINDS.values()), *_P_VALUES.values(), Kind.P_OF_SHARES):
        of_kind = _printed_once(t for t in trials if kind_of(t.claim.reading) == kind)
        if len(of_kind) < _FEWEST_CLAIMS:
            continue
        names = dict.fromkeys(v.convention for each in of_kind for v in each.by)
        counts = [_Count(name, of_kind, called) for name in names]
        for each in counts:
            as_telling = [other for other in counts if len(other.tells) >= len(each.tells)]
            fewest = min(len(other.missed) for other in as_telling)
            papers = len(each.missed) == fewest and each.may_be_papers(kind)
            yield Followed(
                kind=kind,
                convention=each.convention,
                reproduced=len(each.gives),
                reproducible=sum(claim.is_reproducible for claim in of_kind),
                claims=len(of_kind),
                followed="yes" if papers else "",
                outliers=tuple(trial.claim.name for trial in each.missed) if papers else (),
            )


@dataclass(frozen=True)
class _Count:
    """The claims of a kind that a convention gives, and those that only others give."""

    convention: str
    of_kind: Sequence[_Defined]
    called: Container[tuple[str, str]]

    @cached_property
    def gives(self) -> list[_Defined]:
        """What it gives."""
        return [each for each in self.of_kind if each.given_by(self.convention)]

    @cached_property
    def tells(self) -> list[_Defined]:
        """What of that speaks for it: no single number for which the paper names another test."""
        return [
            each
            for each in self.gives
            if not each.names_another_than(self.convention)
            or (self.convention, each.trial.claim.convention) in self.called
        ]

    @cached_property
    def missed(self) -> list[Trial]:
        """What others give, though it may be by this one."""
        return [
            each.trial
            for each in self.of_kind
            if self.convention in {variant.convention for variant in each.by}
            and each.is_reproducible
            and not each.given_by(self.convention)
        ]

    def may_be_papers(self, kind: Kind) -> bool:
        """Whether it gives enough, and misses one that may be a misprint at most.

        What is counted can be read in one way alone: if most percentages follow from none of the
        cohorts, that some follow from a larger one says nothing of the others.
        """
        needed = _FEWEST_BESIDE_AN_OUTLIER if self.missed else _FEWEST_CLAIMS
        may_be_misprint = len(self.missed) <= 1 and not any(each.reproduced for each in self.missed)
        are_most = kind != Kind.PERCENT or 2 * len(self.tells) > len(self.of_kind)
        return may_be_misprint and len(self.tells) >= needed and are_most


def _printed_once(trials: Iterable[Trial]) -> list[_Defined]:
    """The claims that print a number, what is printed several times alike once.

    A bound is none of them: among many tests some agree with it by chance.
    """
    found = {
        (trial.claim.source, trial.printed): _Defined(trial, by)
        for trial in trials
        if trial.printed.relation == "=" and (by := _open(trial))
    }
    return list(found.values())


def _open(trial: Trial) -> list[Variant]:
    """The definitions that a claim may be by.

    Where the paper names a test, and this gives what is printed, it is by no other.
    """
    found = definitions(trial)
    if not trial.claim.convention:
        return found
    named = [variant for variant in found if not trial.is_of_another_test(variant)]
    return named if any(map(trial.right, named)) else found
