"""What can be checked of a paper that prints summaries alone, by what study.yaml says of them.

Sizes, ranges, and t-tests by means and SDs: with data of each patient, all of these are recomputed.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from casebook.audit.checked import Checked, checked
from casebook.audit.data import Data
from casebook.audit.known import Known, Together, known_of, number_of
from casebook.base.printed import Printed
from casebook.claims.compared import ComparedTest
from casebook.claims.listed import Claim
from casebook.claims.readings import PATIENT, ColumnStatistic, PairedTest, Share
from casebook.data.vocabulary import Family, family
from casebook.statistics.describe import percent_of_name
from casebook.statistics.summaries.interval import Consistency, common, possible_values
from casebook.statistics.summaries.means import (
    EITHER,
    Group,
    TTest,
    compared_groups,
    compared_pairs,
    p_fits,
)
from casebook.statistics.terms import NotComputable
from casebook.study.expressions import Expression, parse

_VALUES = ("min", "max")
"""Statistics that are a value of some patient."""
_AMONG = ("mean", "median")
"""Statistics between the smallest value and the largest, beside percentiles."""
_T_TESTS = (Family.WELCH_T, Family.STUDENT_T, Family.PAIRED_T)
_SPREADS = ("sd", "population_sd", "se", "iqr")
"""Statistics that are never negative."""


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
        case ColumnStatistic(name="n") | Share(name="count") as counted if printed.relation == "=":
            if n := number_of(data, counted, together):
                yield Checked("Size", _size(counted, printed, n))
        case ColumnStatistic(name=name) if name in _SPREADS and printed.low < 0:
            told = f"the {name} is not negative, as {printed.low} is"
            yield Checked("Range", Consistency(False, True, told))
        case ColumnStatistic() as reading if printed.relation == "=":
            beside = together.get((reading.cohort, reading.expression.source, reading.where.source))
            known = known_of(data, reading, beside or {}, together)
            yield from _in_range(reading.name, printed, known)
        case Share(name="percent"):
            yield from _beyond(printed, 100, "a percentage")
        case PairedTest(name="p_value") | ComparedTest(name="p_value") as test:
            yield from _beyond(printed, 1, "a p-value")
            if family(test.test or claim.convention) in _T_TESTS:
                yield checked("p_from_groups", partial(_p_value, data, test, printed, together))


def _size(counted: ColumnStatistic | Share, printed: Printed, n: int) -> Consistency:
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


def _beyond(printed: Printed, most: int, what: str) -> Iterator[Checked]:
    """That a number lies outside of where all numbers of its kind are; nothing if it does not."""
    if printed.low < 0 or printed.high > most:
        told = f"{what} is from 0 to {most}, not {printed.low}"
        yield Checked("Range", Consistency(False, True, told))


def _p_value(
    data: Data, test: PairedTest | ComparedTest, printed: Printed, together: Together
) -> Consistency:
    """Whether a printed p-value is that of a t-test of the means and SDs that are printed.

    Raises:
        NotComputable: these are not printed, or more than two groups are compared.
    """
    if printed.relation == "from-to":
        raise NotComputable(f"{printed.low} to {printed.high} is not one p-value")
    tests = _t_tests(data, test, together)
    return p_fits(tests, printed.low, printed.relation, test.side)


def _t_tests(data: Data, test: PairedTest | ComparedTest, together: Together) -> list[TTest]:
    study = data.study
    if isinstance(test, PairedTest):
        change = test.outcome, study.contrast_named[test.contrast]
        names = [name for name, each in study.changes.items() if each == change]
        for name in names:
            if group := _group(data, test.cohort, name, test.where, together):
                return [compared_pairs(group)]
        raise NotComputable(f"mean and SD of {' or '.join(names)} are not printed")
    cohorts, name = study.comparisons[test.comparison].cohorts, test.compared.source
    groups = [_group(data, cohort, name, test.where, together) for cohort in cohorts]
    known = [group for group in groups if group]
    if len(groups) != 2 or len(known) < 2:
        raise NotComputable(f"it takes mean and SD of {name} in each of two cohorts")
    tests = compared_groups(known[0], known[1])
    # Which way round the paper takes changes is not known.
    return [replace(each, sides=EITHER) if name in study.changes else each for each in tests]


def _group(
    data: Data, cohort: str, name: str, where: Expression, together: Together
) -> Group | None:
    """What is printed of a value in a cohort or a part of it, if its mean, SD and size are."""
    beside = together.get((cohort, name, where.source), {})
    known = known_of(data, ColumnStatistic("mean", parse(name), where, cohort), beside, together)
    if known.n is None or not {"mean", "sd"} <= beside.keys():
        return None
    return Group(beside["mean"].low, beside["sd"].low, known.n)
