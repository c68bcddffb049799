"""Tests within a cohort: of changes between two visits, and of all visits at once.

How they read is in `evidence`; the tables that explain them are in `manuscript`, `grades` and
`over_visits`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.data.results import (
    ADJUSTED,
    HOLM,
    OTHER_TESTS,
    OVER_CONTRASTS,
    SENSITIVITY,
    WITHOUT_A_PATIENT,
    Result,
    Results,
)
from casebook.data.vocabulary import OverVisits
from casebook.report.evidence import (
    TESTS,
    About,
    Doubt,
    Evidence,
    Explained,
    Kind,
    Named,
    Place,
    Said,
    interval_in_full,
    patients,
    with_unit,
)
from casebook.report.evidence_cells import column_of, covers
from casebook.report.first_cohorts import where_all_are
from casebook.report.grades import CategoryChange, category_changes
from casebook.report.over_visits import Followed, followed_over_visits
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording import places
from casebook.wording.conclusions import BETTER, NEITHER, WORSE, direction, disagreement
from casebook.wording.numbers import level_text, p_words
from casebook.wording.paired_tests import PairedTest, called, level_words, of_contrast
from casebook.wording.subtractions import subtraction
from casebook.wording.traces import traced, traced_number

_DIRECTIONS = {BETTER: "Better", WORSE: "Worse", NEITHER: "Neither better nor worse"}
_SENSITIVITY = f"the {places.SENSITIVITY}"
_ALL_VISITS = Named("", "All visits at once")
_TOO_FEW = ("even if every change had been in the same direction", "too few patients changed")
_CHANGES = {
    OTHER_TESTS: (
        About.OTHER_TESTS,
        "A different test of the same pairs would change the conclusion",
    ),
    WITHOUT_A_PATIENT: (About.ONE_PATIENT, "The conclusion changes without one patient"),
}


def tests_within_cohorts(study: Study, results: Results) -> list[Evidence]:
    """All of them, in the order of contrasts and cohorts; those of all visits come last."""
    categories = category_changes(study, results)
    outcomes = {name: study.contrasts_of(each.visits) for name, each in study.outcomes.items()}
    found: list[Evidence] = []
    for contrast in study.every_contrast:
        found += [
            _OfPairs(PairedTest(study, results, cohort, outcome, contrast))
            for cohort in study.cohorts
            for outcome, contrasts in outcomes.items()
            if contrast in contrasts
        ]
        found += [_OfCategory(each) for each in categories if each.contrast == contrast]
    return [*found, *map(_OfVisits, followed_over_visits(study, results))]


@dataclass(frozen=True, slots=True)
class _OfPairs(Evidence):
    """A paired test of an outcome."""

    test: PairedTest

    @property
    def study(self) -> Study:
        return self.test.study

    @property
    def kind(self) -> Kind:
        one = called(self.study)
        return Kind(one, f"{one}s", *_TOO_FEW)

    @property
    def key(self) -> TestKey:
        return self.test.key

    @property
    def place(self) -> Place:
        return _place(self.study, self.test.contrast, self.test.cohort, self.test.outcome)

    @property
    def explained(self) -> Explained:
        return Explained("response", "outcomes")

    @property
    def where(self) -> str:
        return self.test.where

    @property
    def p_value(self) -> Result:
        return self.test.row("p_value")

    @property
    def exact(self) -> Result:
        return self.test.row("exact_p_value")

    @property
    def least(self) -> Result:
        return self.test.row("smallest_exact_p")

    @property
    def least_called(self) -> str:
        return "least possible with an exact test"

    @property
    def n(self) -> Result:
        return self.test.row("n_pairs")

    @property
    def adjusted(self) -> tuple[Result, Result] | None:
        own, exact = (
            [row for row in self.test.by_method(stat, ADJUSTED) if row.method == HOLM]
            for stat in ("p_value", "exact_p_value")
        )
        return (own[0], exact[0]) if own and exact else None

    @property
    def over_contrasts(self) -> Result | None:
        return next(iter(self.test.by_method("p_value", OVER_CONTRASTS)), None)

    @property
    def size(self) -> Said:
        level = level_text(self.study.analysis.confidence_level)
        return Said(
            f"{_DIRECTIONS[direction(self.test)]}: {self.test.shift_text(traced)}",
            "Changes of outcomes: whether they are for the better, the Hodges-Lehmann shift"
            f" ({subtraction(self.study)}) with its {level} confidence interval, the number of"
            " patients with both visits, and p of the paired test.",
        )

    def more(self) -> Iterator[Said]:
        if self.test.falls_short:
            yield covers(self.study, self.test.coverage)

    def found_in_full(self) -> str:
        shift, low, high = self.test.shift
        interval = ""
        if self.test.has_interval:
            interval = interval_in_full(self.study, low, high, self.test.coverage)
        return (
            f"shift {with_unit(self.study, shift)}{interval}"
            f" in {patients(self.n)}, {direction(self.test)}"
        )

    def doubts(self) -> Iterator[Doubt]:
        """The approximation alone, an interval that disagrees, other tests, single patients."""
        alpha, grid = self.study.analysis.alpha, where_all_are(self.study, TESTS)
        yield from self.by_approximation_alone(grid)
        yield from self.by_disagreement(disagreement(self.test, traced), grid)
        sensitivity = where_all_are(self.study, _SENSITIVITY)
        for method, (about, says) in _CHANGES.items():
            if rows := self.test.by_level("p_value", SENSITIVITY, method):
                if method == WITHOUT_A_PATIENT and self.p_value.number == self.least.number:
                    yield self._by_too_few(rows, sensitivity)
                    continue
                details = (_changed(row, alpha) for row in rows)
                yield Doubt(about, says, tuple(details), sensitivity)

    def _by_too_few(self, without: Sequence[Result], others: str) -> Doubt:
        """That p is the least possible, and with one change fewer not below the level at all.

        Args:
            without: The p-values without each patient who changed, which are all the same.
            others: As in `Doubt`.
        """
        says = (
            "With one fewer patient who changed, whoever it is, an exact test cannot give"
            f" {level_words(self.study)}"
        )
        least = p_words(without[0], self.study.analysis.alpha, traced)
        details = (f"{len(without) - 1} patients: {least} at least",)
        return Doubt(About.ONE_PATIENT, says, details, others)


def _changed(row: Result, alpha: float) -> str:
    return f"{row.variable_level}: {' '.join([*row.warning, p_words(row, alpha, traced)])}"


def _place(study: Study, contrast: Contrast, cohort: str, name: str) -> Place:
    return Place(
        Named(contrast.name, contrast.label),
        Named(cohort, study.cohorts[cohort].label),
        column_of(study, name),
    )


@dataclass(frozen=True, slots=True)
class _OfCategory(Evidence):
    """A test of how a yes-or-no condition or a grade changed."""

    change: CategoryChange

    @property
    def study(self) -> Study:
        return self.change.study

    @property
    def kind(self) -> Kind:
        what = "grade" if self.change.is_grade else "condition"
        return Kind(f"test of {what}s", f"tests of {what}s", *_TOO_FEW)

    @property
    def key(self) -> TestKey:
        return self.change.key

    @property
    def place(self) -> Place:
        return _place(self.study, self.change.contrast, self.change.cohort, self.change.name)

    @property
    def explained(self) -> Explained:
        parts = {"conditions": self.study.conditions, "grades": self.study.grades}
        return Explained("category-changes", " and ".join(name for name in parts if parts[name]))

    @property
    def where(self) -> str:
        label = of_contrast(self.study, self.change.label, self.change.contrast)
        return f"{label}, {self.study.cohorts[self.change.cohort].label}"

    @property
    def p_value(self) -> Result:
        return self.change.p_value("p_value")

    @property
    def least(self) -> Result:
        return self.change.p_value("smallest_p")

    @property
    def n(self) -> Result:
        return self.change.row("n_pairs")

    @property
    def adjusted(self) -> tuple[Result, Result] | None:
        own, exact = map(self.change.adjusted, ("p_value", "exact_p_value"))
        return (own, exact) if own and exact else None

    @property
    def over_contrasts(self) -> Result | None:
        return self.change.over_contrasts

    @property
    def size(self) -> Said:
        gained, lost = map(traced_number, self.change.turned)
        if self.change.is_grade:
            return Said(
                f"{gained} better, {lost} worse",
                "Changes of grades: how many patients became better and worse, of n with both"
                " visits, and p of the sign test of these.",
            )
        return Said(
            f"{gained} to yes, {lost} to no",
            "Changes of conditions: how many patients changed to yes and to no, of n known at both"
            " visits, and p of McNemar's exact test.",
        )

    def more(self) -> Iterator[Said]:
        if self.change.is_grade and not self.change.homogeneity.error:
            p = p_words(self.change.homogeneity, self.study.analysis.alpha, traced)
            yield Said(
                f"homogeneity {p}",
                "Homogeneity: p of Stuart and Maxwell's test of whether the grades are as frequent"
                " at both visits, whatever their order.",
            )


@dataclass(frozen=True, slots=True)
class _OfVisits(Evidence):
    """A test of all visits at once."""

    followed: Followed

    @property
    def study(self) -> Study:
        return self.followed.study

    @property
    def kind(self) -> Kind:
        return Kind("test across all visits", "tests across all visits", *_TOO_FEW)

    @property
    def place(self) -> Place:
        cohort = self.followed.cohort
        row = Named(cohort, self.study.cohorts[cohort].label)
        return Place(_ALL_VISITS, row, column_of(self.study, self.followed.name))

    @property
    def explained(self) -> Explained:
        return Explained("over-visits", "all visits")

    @property
    def where(self) -> str:
        return self.followed.label

    @property
    def p_value(self) -> Result:
        return self.followed.row("p_value", by=self.followed.friedman)

    @property
    def least(self) -> Result:
        return self.followed.row("smallest_p", by=self.followed.friedman)

    @property
    def n(self) -> Result:
        return self.followed.row("n")

    @property
    def size(self) -> Said:
        if self.followed.page is None:
            return Said(
                "",
                "All visits of conditions: in how many patients who are known at every visit, and p"
                " of Cochran's Q, which asks whether the answers differ between the visits.",
            )
        concordance = self.followed.row("estimate", by=OverVisits.KENDALL)
        return Said(
            f"W = {traced_number(concordance)}",
            "All visits: Kendall's W, which says how far patients agree on the order of the visits,"
            " from 0 to 1, the number of patients with every visit, and p of Friedman's test, which"
            " asks whether anything differs between them.",
        )

    def more(self) -> Iterator[Said]:
        if self.followed.page is None:
            return
        page = self.followed.row("p_value", by=self.followed.page)
        if not page.error:
            yield Said(
                f"Page {p_words(page, self.study.analysis.alpha, traced)}{self._trend(page)}",
                "Page: p of Page's test, which asks for a rise or a fall from visit to visit, and"
                f" whether what it found is for the better, where {level_words(self.study)}.",
            )

    def _trend(self, page: Result) -> str:
        """Whether the trend of Page's test is for the better; nothing where it may be noise."""
        better = self.followed.improvement
        if page.number >= self.study.analysis.alpha:
            return ""
        return ", improving" if better > 0 else ", worsening" if better < 0 else ""

    def found_in_full(self) -> str:
        size = f"{self.size.text} " if self.size.text else ""
        return f"{size}in {patients(self.n)} with every visit"
