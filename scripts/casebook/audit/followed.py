"""The conventions that a paper follows: one for all its quartiles, one for all its p-values.

A convention is the paper's when it gives every claim of its kind that any convention gives, or all
of them but one, which then is an outlier: a misprint does not take a paper's convention away. One
that was found for a single claim by trying many is not the paper's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.audit.definitions import change_of_definition
from casebook.audit.trial import Trial
from casebook.audit.variant import Variant
from casebook.claims.compared import ComparedTest
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import ColumnStatistic, Reading
from casebook.claims.tested import Correlation
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
    return _P_VALUES.get(type(reading), kind) if kind == Kind.P_VALUE else kind


def kind_followed(reading: Reading) -> str:
    """The kind whose convention a claim follows.

    A decision follows that of the p-values, and any percentile that of the quartiles.
    """
    if getattr(reading, "name", "") == "significant":
        return _P_VALUES.get(type(reading), Kind.P_VALUE)
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
class _Defined:
    """A claim and what each definition of its statistic gives for it."""

    trial: Trial
    by: Sequence[Variant]

    def given_by(self, convention: str) -> bool:
        """Whether a convention gives what is printed."""
        return any(v.convention == convention and self.trial.right(v) for v in self.by)


def find_followed(trials: Collection[Trial]) -> Iterator[Followed]:
    """How many claims of its kind each convention reproduces, and whether it is the paper's."""
    for kind in (*dict.fromkeys(_KINDS.values()), *_P_VALUES.values()):
        of_kind = _printed_once(t for t in trials if kind_of(t.claim.reading) == kind)
        if len(of_kind) < _FEWEST_CLAIMS:
            continue
        reproducible = [each for each in of_kind if any(map(each.trial.right, each.by))]
        names = dict.fromkeys(v.convention for each in of_kind for v in each.by)
        others = {
            name: [each.trial for each in reproducible if not each.given_by(name)] for name in names
        }
        fewest = min(map(len, others.values()))
        for name, outliers in others.items():
            count = len(reproducible) - len(outliers)
            needed = _FEWEST_BESIDE_AN_OUTLIER if outliers else _FEWEST_CLAIMS
            misprints = len(outliers) <= 1 and not any(each.reproduced for each in outliers)
            # What is counted can be read in one way alone: if most percentages follow from none of
            # the cohorts, that some follow from a larger one says nothing of the others.
            enough = count >= needed and (kind != Kind.PERCENT or 2 * count > len(of_kind))
            papers = len(outliers) == fewest and misprints and enough
            yield Followed(
                kind=kind,
                convention=name,
                reproduced=count,
                reproducible=len(reproducible),
                claims=len(of_kind),
                followed="yes" if papers else "",
                outliers=tuple(each.claim.name for each in outliers) if papers else (),
            )


def _printed_once(trials: Iterable[Trial]) -> list[_Defined]:
    """The claims that print a number, what is printed several times alike once.

    A bound is none of them: among many tests some agree with it by chance.
    """
    found = {
        (trial.claim.source, trial.printed): _Defined(trial, by)
        for trial in trials
        if trial.printed.relation == "=" and (by := definitions(trial))
    }
    return list(found.values())
