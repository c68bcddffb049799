"""What can be checked of a paper that prints summaries alone, by what study.yaml says of them.

Sizes, ranges, and t-tests by means and SDs: with data of each patient, all of these are recomputed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

from casebook.audit.checked import Checked, checked
from casebook.audit.data import Data
from casebook.audit.known import Known, Together, known_of, number_known, number_of, possible_size
from casebook.base.printed import Printed
from casebook.claims.compared import ComparedEffect, ComparedTest
from casebook.claims.effects import COHENS_D, HEDGES_G
from casebook.claims.listed import Claim
from casebook.claims.over_visits import VisitsTest
from casebook.claims.readings import PATIENT, ColumnStatistic, PairedTest, Reading, Share
from casebook.claims.tested import Correlation, OneSample
from casebook.data.vocabulary import Family, Method, family
from casebook.statistics.correlation import FEWEST
from casebook.statistics.describe import percent_of_name
from casebook.statistics.summaries.interval import Consistency, common, possible_values
from casebook.statistics.summaries.means import (
    EITHER,
    Group,
    GroupByError,
    TTest,
    compared_groups,
    compared_pairs,
    compared_with,
    d_of_groups,
    g_of_groups,
    p_fits,
    size_fits,
)
from casebook.statistics.summaries.p_value import p_of_correlation
from casebook.statistics.summaries.quartiles import QUARTILES, WIDTH, sprite_with_quartiles
from casebook.statistics.terms import OTHER_SIDE, NotComputable
from casebook.study.expressions import Expression, parse

_VALUES = ("min", "max")
"""Statistics that are a value of some patient."""
_AMONG = ("mean", "median")
"""Statistics between the smallest value and the largest, beside percentiles."""
_T_TESTS = (Family.WELCH_T, Family.STUDENT_T, Family.PAIRED_T, Family.ONE_SAMPLE_T)
_SPREADS = ("sd", "population_sd", "se", "iqr")
"""Statistics that are never negative."""


_SIZES = {COHENS_D: d_of_groups, HEDGES_G: g_of_groups}
"""The effect sizes that follow from means and SDs of two cohorts."""


def checks_of_summaries(data: Data, claim: Claim, together: Together) -> Iterator[Checked]:
    """The checks of a claim beside those that it has where the data are there as well.

    Args:
        data: The study, without patients.
        claim: The claim, which prints a number.
        together: What all claims print of the same values.
    """
    printed = claim.number
    if printed is None:
        return
    match claim.reading:
        case (
            ColumnStatistic(name="n" | "n_missing")
            | Share(name="count")
            | Correlation(name="n_pairs")
            | PairedTest(name="n_pairs") as counted
        ) if printed.relation == "=":
            everyone = ColumnStatistic("n", parse(PATIENT), counted.where, counted.cohort)
            if n := number_of(data, everyone, together):
                yield Checked("Size", _size(counted, printed, n))
        case ColumnStatistic(name=name) if name in _SPREADS and printed.low < 0:
            told = f"the {name} is not negative, as {printed.low} is"
            yield Checked("Range", Consistency(False, True, told))
        case ColumnStatistic() as reading if printed.relation == "=":
            known = known_of(data, reading, together)
            yield from _in_range(reading.name, printed, known)
            if reading.name == "sd":
                of = (reading.cohort, reading.expression.source, reading.where.source)
                yield from _with_quartiles(printed.low, known, together.get(of, {}))
        case Share(name="percent"):
            yield from _beyond(printed, (0, 100), "a percentage")
        case Correlation(name="correlation"):
            yield from _beyond(printed, (-1, 1), "a correlation")
        case Correlation(name="p_value") as of:
            yield from _beyond(printed, (0, 1), "a p-value")
            check = partial(_p_of_correlation, data, of, printed, claim.convention, together)
            yield checked("p_from", check)
        case ComparedEffect(effect=effect) as of if effect in _SIZES and printed.relation == "=":
            yield checked("effect", partial(_effect, data, of, printed, together))
        case PairedTest() | ComparedTest() | OneSample() | VisitsTest() as test if (
            test.name == "p_value"
        ):
            yield from _beyond(printed, (0, 1), "a p-value")
            if not isinstance(test, VisitsTest) and family(claim.convention) in _T_TESTS:
                yield checked("p_from_groups", partial(_p_value, data, test, printed, together))


def _size(counted: Reading, printed: Printed, n: int) -> Consistency:
    """Whether a count is one of so many patients; that of all who are there is their number."""
    is_all = isinstance(counted, ColumnStatistic) and counted.expression.source == PATIENT
    fits = printed.low == n if is_all else printed.low in range(n + 1)
    at_most = "" if is_all else "at most "
    told = "" if fits else f", not {printed.low}"
    return Consistency(fits, True, f"these are {at_most}{n} patients{told}")


def _in_range(name: str, printed: Printed, known: Known) -> Iterator[Checked]:
    """Whether a statistic that lies among the values is on their scale."""
    scale = known.scale
    if scale is None or (name not in (*_AMONG, *_VALUES) and percent_of_name(name) is None):
        return
    possible = possible_values(printed.low)
    fits = possible.low <= scale.high and possible.high >= scale.low
    if name in _VALUES and scale.step:
        steps = scale.in_steps(possible).whole()
        fits = len(common(steps, range(scale.top + 1))) > 0
    yield Checked("Range", Consistency(fits, True, f"values are {scale}, the {name} {printed.low}"))


def _with_quartiles(sd: Decimal, known: Known, beside: Mapping[str, Printed]) -> Iterator[Checked]:
    """Whether any sample has an SD with the mean and the quartiles that are printed beside it."""
    scale, n = known.scale, known.n
    quartiles = {name: beside[name].low for name in (*QUARTILES, WIDTH) if name in beside}
    if scale and scale.step and n and quartiles and "mean" in beside:
        order = {name: beside[name].low for name in (*_VALUES, "median") if name in beside}
        of = (beside["mean"].low, sd, n, scale)
        fits = partial(sprite_with_quartiles, *of, quartiles=quartiles, order=order)
        yield checked("quartiles", fits)


def _beyond(printed: Printed, ends: tuple[int, int], what: str) -> Iterator[Checked]:
    """That a number lies outside of where all numbers of its kind are; nothing if it does not."""
    least, most = ends
    if printed.low < least or printed.high > most:
        told = f"{what} is from {least} to {most}, not {printed.low}"
        yield Checked("Range", Consistency(False, True, told))


def pairs_of(of: Correlation) -> tuple[str, ...]:
    """Whose pairs of values a correlation is of, whichever of the two values stands first."""
    first, second = sorted((of.first.source, of.second.source))
    return of.cohort, first, second, of.where.source


def of_correlation(of: Correlation, named: str) -> tuple[str, ...]:
    """What a coefficient is of, and by which method; Pearson's is meant where none is named."""
    return *pairs_of(of), family(named) or Family.PEARSON


def _p_of_correlation(
    data: Data, of: Correlation, printed: Printed, named: str, together: Together
) -> Consistency:
    """Whether a printed p-value is that of the printed coefficient.

    That of Pearson's correlation follows from it and the number of pairs, and so does the
    approximation of Spearman's by Student's t, where the paper names it. Others hang on ties too.

    Raises:
        NotComputable: the coefficient, or how many patients there are, is not printed, or the
            p-value does not follow from it.
    """
    if printed.relation == "from-to":
        raise NotComputable(f"{printed.low} to {printed.high} is not one p-value")
    beside = together.get(of_correlation(of, named), {})
    if named != Method.SPEARMAN_T and family(named) not in (None, Family.PEARSON):
        raise NotComputable(f"the p-value of {named} does not follow from its coefficient")
    if "correlation" not in beside:
        raise NotComputable("the coefficient is not printed")
    r, pairs = beside["correlation"].low, _pairs(data, of, together)
    # Which way round the paper takes changes is not known, and so of r with one of them its sign.
    changes = {of.first.source, of.second.source} & data.study.changes.keys()
    sides = [of.side, *([OTHER_SIDE.get(of.side, of.side)] if len(changes) == 1 else ())]
    found = [p_of_correlation(r, pairs, printed.low, printed.relation, side=s) for s in sides]
    return next((each for each in found if each.consistent), found[0])


def _pairs(data: Data, of: Correlation, together: Together) -> range:
    """How many patients can have both values: as printed, or by what is printed of each value."""
    values, printed = _values(of), together.get(pairs_of(of), {}).get("n_pairs")
    everyone = number_of(data, values[0], together)
    if printed and (pairs := possible_size(printed.low, everyone)) is not None:
        return range(max(pairs, FEWEST), pairs + 1)
    counted = [number_known(data, value, together) for value in values]
    known = [count for count in counted if count is not None]
    at_most = min([*known, *([] if everyone is None else [everyone])], default=None)
    if at_most is None:
        raise NotComputable("it is not printed how many patients these are")
    at_least = sum(known) - everyone if everyone and len(known) == len(values) else 0
    return range(max(at_least, FEWEST), at_most + 1)


def _values(of: Correlation) -> list[ColumnStatistic]:
    """How many patients have each of the two values of a correlation."""
    return [ColumnStatistic("n", value, of.where, of.cohort) for value in (of.first, of.second)]


def _p_value(
    data: Data, test: PairedTest | ComparedTest | OneSample, printed: Printed, together: Together
) -> Consistency:
    """Whether a printed p-value is that of a t-test of the means and SDs that are printed.

    Raises:
        NotComputable: these are not printed, or more than two groups are compared.
    """
    if printed.relation == "from-to":
        raise NotComputable(f"{printed.low} to {printed.high} is not one p-value")
    tests = _t_tests(data, test, together)
    return p_fits(tests, printed.low, printed.relation, test.side)


def _t_tests(
    data: Data, test: PairedTest | ComparedTest | OneSample, together: Together
) -> list[TTest]:
    study = data.study
    if isinstance(test, OneSample):
        name = test.expression.source
        if group := _group(data, test.cohort, name, test.where, together):
            return [compared_with(Decimal(str(test.against)), group)]
        raise NotComputable(f"mean and SD of {name} are not printed")
    if isinstance(test, PairedTest):
        change = test.outcome, study.contrast_named[test.contrast]
        names = [name for name, each in study.changes.items() if each == change]
        for name in names:
            if group := _group(data, test.cohort, name, test.where, together):
                return [compared_pairs(group)]
        raise NotComputable(f"mean and SD of {' or '.join(names)} are not printed")
    name = test.compared.source
    tests = compared_groups(*_two_groups(data, test, together))
    # Which way round the paper takes changes is not known.
    return [replace(each, sides=EITHER) if name in study.changes else each for each in tests]


def _two_groups(
    data: Data, of: ComparedTest | ComparedEffect, together: Together
) -> tuple[Group, Group]:
    """What is printed of both cohorts that are compared.

    Raises:
        NotComputable: it is not, or these are more than two.
    """
    cohorts, name = data.study.comparison(of.comparison).cohorts, of.compared.source
    groups = [_group(data, cohort, name, of.where, together) for cohort in cohorts]
    known = [group for group in groups if group]
    if len(groups) != 2 or len(known) < 2:
        raise NotComputable(f"it takes mean and SD of {name} in each of two cohorts")
    return known[0], known[1]


def _effect(data: Data, of: ComparedEffect, printed: Printed, together: Together) -> Consistency:
    """Whether a printed effect size is that of the means and SDs that are printed.

    Raises:
        NotComputable: these are not printed.
    """
    sizes = _SIZES[of.effect](*_two_groups(data, of, together))
    return size_fits(of.effect, sizes, printed.low)


def _group(
    data: Data, cohort: str, name: str, where: Expression, together: Together
) -> Group | None:
    """What is printed of a value in a cohort or a part of it, if its mean and size are.

    Its SD has to be too, or the standard error, from which the SD follows.
    """
    beside = together.get((cohort, name, where.source), {})
    known = known_of(data, ColumnStatistic("mean", parse(name), where, cohort), together)
    spread = "sd" if "sd" in beside else "se"
    if known.n is None or not {"mean", spread} <= beside.keys():
        return None
    group = Group if spread == "sd" else GroupByError
    return group(beside["mean"].low, beside[spread].low, known.n)
