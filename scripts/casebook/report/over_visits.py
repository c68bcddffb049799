"""Tables and sentences on outcomes of three visits or more: all visits at once, and who was lost.

They show rows of results, each number traced to its own; a study of two visits has none of them.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from casebook.base.lists import enumerated
from casebook.data.results import (
    ALL_VISITS,
    ATTRITION,
    COMPLETE_VISITS,
    HOLM,
    OVER_CONTRASTS,
    Result,
    Results,
)
from casebook.data.vocabulary import OverVisits
from casebook.report.manuscript import Row, Table
from casebook.study.model import Study
from casebook.study.outcomes import Condition, Grade, Outcome
from casebook.wording.columns import Column, exceptions, least_p_values, notes_of, telling
from casebook.wording.numbers import median_text, p_value_text
from casebook.wording.paired_tests import PairedTest, tests_of
from casebook.wording.sentences import ending, with_places
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared

_ASYMPTOTIC = (
    *(OverVisits.FRIEDMAN_CHI_SQUARE, OverVisits.COCHRAN_CHI_SQUARE, OverVisits.PAGE_NORMAL),
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What was followed over three visits or more in a cohort: an outcome, grade or condition."""

    study: Study
    results: Results
    cohort: str
    name: str

    def row(self, stat: str, context: str = ALL_VISITS, *, visit: str = "", by: str = "") -> Result:
        """A result on it in the cohort."""
        return self.results.get(self.cohort, self.name, context, stat, visit=visit, method=by)

    @property
    def label(self) -> str:
        """It and the cohort, for readers."""
        named = _named(self.study)[self.name]
        return f"{named.label}, {self.study.cohorts[self.cohort].label}"

    @property
    def visits(self) -> list[str]:
        """The visits at which patients were seen, in order."""
        return self.study.visits_over(_measured(_named(self.study)[self.name]))

    @property
    def is_outcome(self) -> bool:
        """Whether it has numbers at visits."""
        return self.name in self.study.outcomes

    @property
    def friedman(self) -> OverVisits:
        """By which distribution Friedman's test, or Cochran's, is told."""
        if self.name in self.study.conditions:
            return self._reachable(OverVisits.COCHRAN_EXACT, OverVisits.COCHRAN_CHI_SQUARE)
        return self._reachable(OverVisits.FRIEDMAN_EXACT, OverVisits.FRIEDMAN_CHI_SQUARE)

    @property
    def page(self) -> OverVisits | None:
        """By which distribution Page's test is told, if it is made."""
        if self.name in self.study.conditions:
            return None
        return self._reachable(OverVisits.PAGE_EXACT, OverVisits.PAGE_NORMAL)

    @property
    def improvement(self) -> float:
        """How far Page's L is from its mean, n k (k + 1)^2 / 4 of all n; above 0 for the better.

        Only of outcomes and grades, where the test was made.
        """
        study, by, k = self.study, self.page or "", len(self.visits)
        outcome = study.outcomes.get(self.name)
        mean = self.row("n").number * k * (k + 1) ** 2 / 4
        rise = self.row("statistic", by=by).number - mean
        higher = outcome.better == "higher" if outcome else study.grades[self.name].better == "last"
        return rise if higher else -rise

    def _reachable(self, exact: OverVisits, otherwise: OverVisits) -> OverVisits:
        """The exact test, or the other one where only the exact one is beyond reach."""
        error = self.row("p_value", by=exact).error
        return otherwise if error and not self.row("p_value", by=otherwise).error else exact


def _named(study: Study) -> dict[str, Outcome | Grade | Condition]:
    return {**study.outcomes, **study.grades, **study.conditions}


def _measured(each: Outcome | Grade | Condition) -> Container[str]:
    return each.visits if isinstance(each, Outcome) else each.at


def followed_over_visits(study: Study, results: Results) -> list[Followed]:
    """All that was followed over three visits or more, in each cohort."""
    names = [name for name, each in _named(study).items() if study.visits_over(_measured(each))]
    return [Followed(study, results, cohort, name) for cohort in study.cohorts for name in names]


def over_visits_table(study: Study, results: Results) -> Table | None:
    """Tests over all visits, and the values they are of; None without three visits."""
    followed = followed_over_visits(study, results)
    if not followed:
        return None
    seen = {visit for each in followed if each.is_outcome for visit in each.visits}
    visits = [visit for visit in study.visits if visit in seen]
    columns = telling(_columns(study, visits, followed), followed)
    heads = ("Outcome and cohort", *(column.heading for column in columns))
    rows = [Row(each.label, tuple(column.cell(each) for column in columns)) for each in followed]
    notes = (
        f"Of patients with a value at every visit{': medians with quartiles' if visits else ''}.",
        *notes_of(columns),
        "None of this says which visits differ.",
        *_distributions(followed),
        *with_places(_reasons(followed), (each.label for each in followed)),
    )
    title = "All visits at once, by outcome and cohort"
    return Table("over-visits", title, heads, tuple(rows), notes)


def _columns(
    study: Study, visits: Sequence[str], followed: Sequence[Followed]
) -> Iterator[Column[Followed]]:
    """All columns; Page's test and Kendall's W, by Friedman's, are not for conditions."""
    alpha = study.analysis.alpha

    def p_value(each: Followed, stat: str, by: OverVisits | None) -> str:
        return p_value_text(each.row(stat, by=by), alpha, traced) if by else ""

    what, asks = _first_test(followed)
    yield Column("Patients with every visit", lambda each: traced_number(each.row("n")))
    for visit in visits:
        yield Column(study.visits[visit].label, partial(_median, visit))
    agreement = (
        "Kendall's W says how far patients agree, from 0 to 1 (all have the visits in one order),"
        " where a patient without any change agrees with nobody."
    )
    yield Column("Kendall's W", _concordance, agreement)
    yield Column(f"{what}, p-value", lambda each: p_value(each, "p_value", each.friedman), asks)
    yield least_p_values(
        "Smallest possible p-value", lambda each: each.row("smallest_p", by=each.friedman), alpha
    )
    trend = "Page's test asks whether the outcome rises, or falls, from visit to visit."
    yield Column("Page's test, p-value", lambda each: p_value(each, "p_value", each.page), trend)


def _first_test(followed: Sequence[Followed]) -> tuple[str, str]:
    """What the test is called that asks whether visits differ at all, and what is said of it."""
    asks = "asks whether anything differs between the visits."
    kinds = {each.page is None for each in followed}
    if kinds == {True}:
        return "Cochran's Q", f"Cochran's Q {asks}"
    if kinds == {False}:
        return "Friedman's test", f"Friedman's test {asks}"
    name = "Friedman's test, or Cochran's Q of conditions"
    return name, f"Friedman's test, and Cochran's Q of conditions, {asks}"


def _concordance(each: Followed) -> str:
    return traced_number(each.row("estimate", by=OverVisits.KENDALL)) if each.page else ""


def _median(visit: str, each: Followed) -> str:
    if not each.is_outcome or visit not in each.visits:
        return ""
    median, lower, upper = (
        each.row(stat, COMPLETE_VISITS, visit=visit) for stat in ("median", "p25", "p75")
    )
    return median_text(median, lower, upper, traced)


def _distributions(followed: Sequence[Followed]) -> Iterator[str]:
    """Which p-values are exact."""
    asymptotic = [
        f"{each.label} ({', '.join(told)})"
        for each in followed
        if (told := [method for method in (each.friedman, each.page) if method in _ASYMPTOTIC])
    ]
    exact = "P-values are exact, given the observed ranks, ties among them"
    yield f"{exact}{', except for' if asymptotic else ''}{ending(asymptotic, 'in results.csv')}"


def _reasons(followed: Sequence[Followed]) -> Iterator[tuple[str, str]]:
    """Why there is no test, and of what."""
    for each in followed:
        if error := each.row("p_value", by=each.friedman).error:
            yield f"Not tested, {error}", each.label


def attrition_table(study: Study, results: Results) -> Table | None:
    """Who had a value at which visit, and who was lost before it; None without three visits.

    What was known of the same patients stands together.
    """
    together: dict[tuple[object, ...], list[Followed]] = {}
    for each in followed_over_visits(study, results):
        together.setdefault(_losses(each), []).append(each)
    if not together:
        return None
    first = [alike[0] for alike in together.values()]
    columns = telling(
        _attrition_columns(), [(each, visit) for each in first for visit in each.visits]
    )
    rows: list[Row] = []
    for each, *others in together.values():
        size = traced_number(results.size(each.cohort))
        names = enumerated([_named(study)[of.name].label for of in (each, *others)])
        rows.append(Row(f"{names}, {study.cohorts[each.cohort].label} (n = {size})"))
        rows += [
            Row(
                study.visits[visit].label,
                tuple(column.cell((each, visit)) for column in columns),
                level=1,
            )
            for visit in each.visits
        ]
    heads = ("Measured, cohort and visit", *(column.heading for column in columns))
    notes = (
        "A patient is counted as lost once, at the first visit from which on there is no value; at"
        " the first visit these are patients without any value.",
    )
    title = "Who was followed, and who was lost when"
    return Table("attrition", title, heads, tuple(rows), notes)


def _losses(followed: Followed) -> tuple[object, ...]:
    """All that the table tells of what was followed, to see whether it is told of others too."""
    rows = (
        (visit, followed.row(stat, ATTRITION, visit=visit))
        for visit in followed.visits
        for stat in ("n", "n_skipped", "n_lost")
    )
    return (followed.cohort, *((visit, row.stat, row.warning) for visit, row in rows))


def _attrition_columns() -> Iterator[Column[tuple[Followed, str]]]:
    """All columns, for what was followed at a visit."""

    def at(of: tuple[Followed, str], stat: str) -> Result:
        followed, visit = of
        return followed.row(stat, ATTRITION, visit=visit)

    yield Column("With a value", lambda of: traced_number(at(of, "n")))
    yield exceptions("Without, but with a later value", lambda of: at(of, "n_skipped"))
    yield Column(
        "Lost: without a value from this visit on", lambda of: traced_number(at(of, "n_lost"))
    )
    yield Column("Who was lost", lambda of: ", ".join(at(of, "n_lost").warning))


def contrasts_table(study: Study, results: Results) -> Table | None:
    """The contrasts of each outcome beside each other, adjusted for their number; None for one."""
    rows: list[Row] = []
    for cohort in study.cohorts:
        for outcome in study.outcomes:
            tests = tests_of(study, results, cohort, outcome)
            if len(tests) > 1:
                rows.append(Row(Followed(study, results, cohort, outcome).label))
                rows += [
                    Row(each.contrast.label, tuple(_contrast(each)), level=1) for each in tests
                ]
    if not rows:
        return None
    columns = (
        "Outcome, cohort and contrast",
        "Patients with both visits",
        "Shift (confidence interval)",
        "p-value",
        "p-value, adjusted for the contrasts",
    )
    notes = (
        "Which visits differ: p-values of the study's paired test, adjusted (Holm) for the"
        " contrasts of one outcome in one cohort, and for nothing else.",
        *visit_notes(study, visits_compared(study.every_contrast)),
    )
    title = "Contrasts of each outcome, adjusted for their number"
    return Table("contrasts", title, columns, tuple(rows), notes)


def _contrast(test: PairedTest) -> Iterator[str]:
    alpha = test.study.analysis.alpha
    yield traced_number(test.row("n_pairs"))
    yield test.shift_text(traced)
    yield p_value_text(test.row("p_value"), alpha, traced)
    yield p_value_text(test.row("p_value", OVER_CONTRASTS, by=HOLM), alpha, traced)
