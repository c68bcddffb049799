"""Which way round a paper takes differences: later minus earlier value, as casebook does, or not.

It is a convention of the whole paper. A study or a claim can state it; otherwise the claims that
hang on it decide together. Were each of them free to choose, every lost sign would pass as right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.audit.among import among
from casebook.audit.data import Data
from casebook.audit.rows import find_row
from casebook.audit.trial import Trial, trial
from casebook.audit.turned import turns
from casebook.audit.variant import Variant
from casebook.claims.compared import ComparedDifference, ComparedEffect
from casebook.claims.listed import Claim
from casebook.claims.readings import ColumnStatistic, Combined, Reading, ResultRow, Values
from casebook.claims.tested import Correlation, PairedEffect
from casebook.data.patients import DIRECTIONS, Direction
from casebook.data.results import CHANGE
from casebook.data.verdicts import Followed
from casebook.data.vocabulary import Change, Kind
from casebook.study.model import Study

_FEWEST_CLAIMS = 2


@dataclass(frozen=True)
class _Both:
    """A claim that hangs on the direction, tried with differences either way round."""

    ways: Mapping[str, Trial]
    own: Direction
    """The way of the study."""

    @property
    def of(self) -> tuple[object, ...]:
        """What the same number, printed twice, has in common."""
        own = self.ways[self.own]
        return own.claim.source, own.printed

    @property
    def hangs_on_it(self) -> bool:
        """Whether its own reading does, and not another one that is as fair."""
        return len({tried.base.value for tried in self.ways.values()}) == len(DIRECTIONS)

    def given_by(self, direction: str) -> bool:
        """Whether the value is the printed one this way round."""
        tried = self.ways[direction]
        return tried.right(tried.base)


def trials(data: Data, claims: Iterable[Claim]) -> tuple[dict[str, Trial], list[Followed]]:
    """Every claim of a number tried, with differences taken as the paper takes them.

    Args:
        data: The study's data, with differences as the study takes them.
        claims: All claims.

    Returns:
        The trials by the names of the claims, and how many of those that hang on the direction
        each direction gives, if the paper has one or mixes both.
    """
    ways = {direction: replace(data, differences=direction) for direction in DIRECTIONS}
    found, both = {}, {}
    for claim in claims:
        own = trial(data, claim)
        if own is not None:
            found[claim.name] = own
            readings = (claim.reading, *claim.otherwise.values())
            if own.tried and any(_hangs_on_it(data, each) for each in readings):
                tried = {name: way for name, of in ways.items() if (way := trial(of, claim))}
                values = {name: _values(way) for name, way in tried.items() if way.tried}
                if len({*values.values()}) == len(DIRECTIONS):
                    taken = next(n for n, value in values.items() if value == _values(own))
                    both[claim.name] = _Both(tried, taken)
    free = [
        each
        for name, each in both.items()
        if each.hangs_on_it and not _stated(data.study, found[name].claim)
    ]
    followed = list(_followed(free))
    papers = next((each.convention for each in followed if each.followed), "")
    for name, each in both.items():
        stated = _stated(data.study, found[name].claim)
        found[name] = _this_way(each, stated or papers, settled=bool(stated or followed))
    return found, followed


def _values(tried: Trial) -> tuple[float, ...]:
    """What the reading of a claim gives, and what others do that are as fair."""
    return tried.base.value, *(v.value for v in tried.tried if v.change == Change.READING)


def as_in_the_paper(data: Data, followed: Iterable[Followed]) -> Data:
    """The data with differences as the paper takes them, for what has no trial, as lists."""
    stated = data.study.source.differences
    papers = {each.convention for each in followed if each.followed}
    found = next((direction for direction in DIRECTIONS if direction in papers), None)
    return replace(data, differences=stated or found)


def _hangs_on_it(data: Data, reading: Reading) -> bool:
    """Whether a number is of differences."""
    data = among(data, reading)
    match reading:
        case ResultRow():
            return turns(find_row(data, reading))
        case ComparedDifference():
            return turns(data.between(reading))
        case ComparedEffect(compared=of):
            return of.visit == CHANGE and of.variable in data.study.outcomes
        case PairedEffect():
            return True
        case ColumnStatistic() | Values():
            return not data.study.changes.keys().isdisjoint(reading.expression.names)
        case Correlation(name="correlation", first=first, second=second):
            return not data.study.changes.keys().isdisjoint(first.names | second.names)
        case Combined(first=first, second=second):
            return _hangs_on_it(data, first) or _hangs_on_it(data, second)
    return False


def _stated(study: Study, claim: Claim) -> str:
    """The direction that a claim, or the study for all of them, states; or nothing."""
    return claim.convention if claim.convention in DIRECTIONS else study.source.differences or ""


def _followed(both: Sequence[_Both]) -> Iterator[Followed]:
    """How many different claims each direction gives, and whether it is the paper's.

    It is the paper's if it gives all that either gives, and most of them all. Where some are given
    by the one alone and some by the other, the paper has none.
    """
    distinct = list({each.of: each for each in both}.values())
    given = {name: [each for each in distinct if each.given_by(name)] for name in DIRECTIONS}
    either = [each for each in distinct if any(map(each.given_by, DIRECTIONS))]
    papers = {
        name
        for name in DIRECTIONS
        if len(given[name]) == len(either) >= _FEWEST_CLAIMS and 2 * len(either) > len(distinct)
    }
    mixed = all(len(given[name]) < len(either) for name in DIRECTIONS)
    if papers or mixed:
        for name in DIRECTIONS:
            yes = "yes" if name in papers else ""
            yield Followed(Kind.DIFFERENCE, name, len(given[name]), len(either), len(distinct), yes)


def _this_way(both: _Both, direction: str, *, settled: bool) -> Trial:
    """A claim with differences this way round; the other way is one more value that is tried.

    Once it is settled which way is the paper's, that the other one fits is chance.
    """
    own = direction or both.own
    tried, other = both.ways[own], next(name for name in DIRECTIONS if name != own)
    change = Change.REVERSED if settled else Change.DIRECTION
    turned = [Variant(change, other, both.ways[other].base.value)] if both.hangs_on_it else []
    return replace(
        tried,
        tried=[*tried.tried, *turned],
        direction="" if own == both.own else own,
    )
