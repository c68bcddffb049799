"""What a study concludes beside its paired tests, each with the number that it hangs on.

That is of comparisons between cohorts, of conditions and grades, of all visits at once, and of
harms. As in `conclusions`, a conclusion is an answer to a question, and nothing is computed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casebook.data.harms import KINDS as HARMS_OF_A_PATIENT
from casebook.data.results import (
    ADJUSTED,
    ALL_VISITS,
    CHANGE,
    COMPARED,
    COMPARED_OTHERWISE,
    CONDITION,
    DIFFERENCE,
    GAINED,
    HARM,
    HOLM,
    LOST,
    SHIFT,
    TOGETHER,
    TRANSITIONS,
    Key,
    Result,
    Results,
)
from casebook.data.vocabulary import Family, Method, OfGrades, OverVisits, family
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.wording.conclusions import Conclusion, of_p_value
from casebook.wording.harms import HAD
from casebook.wording.numbers import (
    Show,
    interval_text,
    number_text,
    p_words,
    percent_text,
    plainly,
)
from casebook.wording.paired_tests import of_contrast

TURNS = {GAINED: "gained, of those without it", LOST: "lost, of those with it"}
"""Who gained a condition between two visits, and who lost it."""

_MCNEMAR, _SIGN_TEST = "McNemar's test", "the sign test"
_TESTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    ALL_VISITS: {
        "Friedman's test": (OverVisits.FRIEDMAN_EXACT, OverVisits.FRIEDMAN_CHI_SQUARE),
        "Cochran's Q": (OverVisits.COCHRAN_EXACT, OverVisits.COCHRAN_CHI_SQUARE),
        "Page's test": (OverVisits.PAGE_EXACT, OverVisits.PAGE_NORMAL),
    },
    TRANSITIONS: {
        _SIGN_TEST: (OfGrades.SIGN,),
        "the test of marginal homogeneity": (
            OfGrades.STUART_MAXWELL_EXACT,
            OfGrades.STUART_MAXWELL_CHI_SQUARE,
        ),
    },
}
"""The tests of a context, each by the methods of which the first that could be computed is told."""


@dataclass(frozen=True)
class Concluded:
    """The conclusions on one thing, `where`, by the questions that they answer."""

    where: str
    answers: dict[str, Conclusion] = field(default_factory=dict)


def more_conclusions(
    study: Study, rows: Iterable[Result], show: Show = plainly
) -> dict[TestKey, Concluded]:
    """What results say beside the paired tests, by cohort or comparison, variable and contrast.

    Results of what the study no longer has are passed over.
    """
    found: dict[TestKey, Concluded] = {}
    for question, conclusion, row in _Reading(study, rows, show).all():
        key = (row.group1_level, row.variable, row.contrast)
        found.setdefault(key, Concluded(_where(study, row))).answers[question] = conclusion
    return found


def by_exact_test(results: Mapping[Key, Result] | Results, row: Result) -> Result:
    """The same of the exact test where the row is of another rank-sum test of two cohorts.

    Where that could not be made, of too many patients, it is the row itself.
    """
    if row.error or row.method == Method.RANK_SUM_EXACT or family(row.method) != Family.RANK_SUM:
        return row
    exact = results[row.key._replace(context=COMPARED_OTHERWISE, method=str(Method.RANK_SUM_EXACT))]
    return row if exact.error else exact


def shows_p(study: Study, p_value: Result) -> bool:
    """Whether a comparison shows its p-value: of the first visit only where the study asks."""
    first, *later = study.visits
    at_start = bool(later) and p_value.group2_level == first
    return not at_start or study.comparisons[p_value.group1_level].baseline_p_values


def _label(study: Study, variable: str) -> str:
    if variable in HARMS_OF_A_PATIENT:
        return study.harms.label if study.harms else ""
    for part in (study.outcomes, study.conditions, study.grades):
        if variable in part:
            return str(part[variable].label)
    return ""


def _where(study: Study, row: Result) -> str:
    """What a result is of, for readers: the variable, the contrast and the cohort."""
    label = _label(study, row.variable)
    if row.contrast:
        label = of_contrast(study, label, study.contrast_named[row.contrast])
    return f"{label}, {study.group(row.group1_level)}"


class _Reading:
    """One pass over results, each conclusion with its question and the row that it is of."""

    def __init__(self, study: Study, rows: Iterable[Result], show: Show) -> None:
        self.study, self.show = study, show
        groups = {*study.cohorts, *study.comparisons}
        self.rows = {
            row.key: row
            for row in rows
            if row.group1_level in groups
            and _label(study, row.variable)
            and (not row.contrast or row.contrast in study.contrast_named)
        }

    def all(self) -> Iterator[tuple[str, Conclusion, Result]]:
        """All conclusions, in the order of the results."""
        for row in self.rows.values():
            if row.context == HARM:
                yield from self._of_harms(row)
            elif row.stat_name == "p_value":
                yield from self._of_test(row)

    def _of_test(self, row: Result) -> Iterator[tuple[str, Conclusion, Result]]:
        if row.context == COMPARED:
            yield from self._of_comparison(row)
        elif row.context == CONDITION:
            yield from self._answers(_MCNEMAR, row)
        elif (row.context, row.method) == (ADJUSTED, HOLM) and (test := self._adjusted(row)):
            name = f"{test}, adjusted"
            yield name, self._p(row, name), row
        for name, methods in _TESTS.get(row.context, {}).items():
            every = [self.rows.get(row.key._replace(method=method)) for method in methods]
            made = [each for each in every if each is not None]
            if row is next((each for each in made if not each.error), made[0] if made else None):
                yield from self._answers(name, row)

    def _answers(self, name: str, row: Result) -> Iterator[tuple[str, Conclusion, Result]]:
        """What a test gave, and what it could have given; the name stands in the words too."""
        yield name, self._p(row, name), row
        least = self.rows.get(row.key._replace(statistic="smallest_p"))
        # Of harms this follows from how many had one, which each new event moves.
        if row.error or least is None or least.error or row.variable in HARMS_OF_A_PATIENT:
            return
        if row.context == COMPARED:
            least = by_exact_test(self.rows, least)
        alpha = self.study.analysis.alpha
        possible = least.number < alpha
        told = p_words(least, alpha, self.show)
        words = f"{name} can{'' if possible else 'not'} reach p < {number_text(alpha, 4)}"
        answer = "possible" if possible else "impossible"
        yield f"what {name} can reach", Conclusion(answer, f"{words} (smallest {told})"), row

    def _p(self, row: Result, name: str) -> Conclusion:
        """Whether the p-value of a test of that name is below the study's level."""
        told = of_p_value(row, self.study.analysis.alpha, "p", self.show)
        return Conclusion(told.answer, f"{name}: {told.words}")

    def _adjusted(self, row: Result) -> str:
        """What the test is called that is adjusted; nothing of a paired test."""
        if row.group1_level in self.study.comparisons:
            return "the comparison of changes"
        if row.variable in self.study.conditions:
            return _MCNEMAR
        return _SIGN_TEST if row.variable in self.study.grades else ""

    def _of_comparison(self, row: Result) -> Iterator[tuple[str, Conclusion, Result]]:
        what = self._compared(row)
        if not what or not shows_p(self.study, row):
            return
        yield from self._answers(f"the comparison of {what}", row)
        method = SHIFT if self._is_of_values(row) else Method.RISK_DIFFERENCE
        key = row.key._replace(context=DIFFERENCE, method=method)
        ends = [
            self.rows.get(key._replace(statistic=stat))
            for stat in ("estimate", "conf_low", "conf_high")
        ]
        known = [each for each in ends if each is not None and not each.error]
        if len(known) == len(ends):
            yield from self._of_difference(what, known, row)

    def _of_difference(
        self, what: str, ends: list[Result], row: Result
    ) -> Iterator[tuple[str, Conclusion, Result]]:
        estimate, low, high = ends
        told = interval_text(estimate, low, high, self.show)
        includes = low.number <= 0 <= high.number
        words = f"the interval of the difference in {what} {'in' if includes else 'ex'}cludes 0"
        answer = "with 0" if includes else "without 0"
        yield f"the difference in {what}", Conclusion(answer, f"{words}: {told}"), row
        sign = (estimate.number > 0) - (estimate.number < 0)
        side = {1: "above 0", 0: "0", -1: "below 0"}[sign]
        shown = self.show(number_text(estimate.number), estimate)
        words = f"the difference in {what}, {shown}, is {side}"
        concluded = Conclusion(side, words, is_open=includes)
        yield f"the direction of the difference in {what}", concluded, row

    def _is_of_values(self, row: Result) -> bool:
        return row.variable in self.study.outcomes and not row.variable_level

    def _compared(self, row: Result) -> str:
        """What is compared, for readers; nothing for what the study no longer has."""
        study, level = self.study, row.variable_level
        if row.variable in HARMS_OF_A_PATIENT:
            return study.harm_terms.get(level, level) if level else HAD[row.variable]
        if level and row.variable in study.conditions:
            return f"patients ({TURNS[level]})" if level in TURNS else ""
        if level:
            responders = study.outcomes[row.variable].responders
            return f"responders ({responders[level].label})" if level in responders else ""
        if row.group2_level == CHANGE:
            return "changes"
        visit = study.visits.get(row.group2_level)
        return f"values at {visit.label}" if visit else ""

    def _of_harms(self, row: Result) -> Iterator[tuple[str, Conclusion, Result]]:
        """Whether any patient of a cohort had an adverse event of a kind."""
        is_count = row.stat_name == "count" and not row.variable_level
        evaluable = self.rows.get(row.key._replace(statistic="n"))
        if not is_count or evaluable is None or row.group1_level == TOGETHER:
            return
        count, n = (self.show(number_text(each.number), each) for each in (row, evaluable))
        what = HAD[row.variable]
        if row.number:
            conclusion = Conclusion("some", f"{count} of {n} patients had {what}")
        elif evaluable.number:
            told = f"none of {n} patients had {what}"
            conclusion = Conclusion("none", told + self._compatible(row.key))
        else:
            conclusion = Conclusion("not known", f"of no patient it is known who had {what}")
        yield f"whether any patient had {what}", conclusion, row

    def _compatible(self, key: Key) -> str:
        """What no event can exclude, if it is known."""
        by = key._replace(statistic="conf_high", method="Clopper-Pearson")
        high = self.rows.get(by)
        if high is None or high.error:
            return ""
        share = self.show(percent_text(high.number), high)
        return f", which is compatible with up to {share} of such patients having one"
