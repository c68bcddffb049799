"""Tables of yes-or-no conditions and of grades: how often at each visit, and who changed how.

They show rows of results, each number traced to its own, and compute nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.data.results import (
    ADJUSTED,
    CONDITION,
    GRADE,
    HOLM,
    OVER_CONTRASTS,
    TRANSITIONS,
    Result,
    Results,
    transition,
)
from casebook.data.vocabulary import OfGrades
from casebook.report.manuscript import Row, Table
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.study.outcomes import Condition, Grade
from casebook.study.visits import Contrast
from casebook.wording.columns import Column, least_p_values, notes_of, telling
from casebook.wording.numbers import count_text, p_value_text
from casebook.wording.paired_tests import of_contrast
from casebook.wording.sentences import with_places
from casebook.wording.traces import traced, traced_number
from casebook.wording.visit_notes import visit_notes, visits_compared


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """A condition or a grade at the two visits of a contrast, in a cohort."""

    study: Study
    results: Results
    cohort: str
    name: str
    contrast: Contrast

    @property
    def is_grade(self) -> bool:
        """Whether it is a grade, and no condition."""
        return self.name in self.study.grades

    @property
    def label(self) -> str:
        """It, for readers."""
        return _followed(self.study)[self.name].label

    @property
    def test(self) -> str:
        """The test of it that is shown."""
        return OfGrades.SIGN if self.is_grade else ""

    def p_value(self, stat: str) -> Result:
        """The p-value of that test, or the least that it could have given."""
        return self.row(stat, self.test)

    @property
    def key(self) -> TestKey:
        """The names of cohort, condition or grade, and contrast."""
        return self.cohort, self.name, self.contrast.name

    def adjusted(self, stat: str = "p_value") -> Result | None:
        """The p-value by Holm's method, of a test that is in the study's family."""
        if self.key not in self.study.family:
            return None
        of = (self.cohort, self.name, ADJUSTED, stat)
        return self.results.get(*of, contrast=self.contrast.name, method=HOLM)

    @property
    def over_contrasts(self) -> Result | None:
        """The same among the contrasts of this condition or grade, if there are several."""
        if len(self.study.contrasts_of(_followed(self.study)[self.name].at)) < 2:
            return None
        of = (self.cohort, self.name, OVER_CONTRASTS, "p_value")
        return self.results.get(*of, contrast=self.contrast.name, method=HOLM)

    @property
    def turned(self) -> tuple[Result, Result]:
        """How many gained a condition and lost it, or have a better grade and a worse one."""
        stats = ("n_improved", "n_worsened") if self.is_grade else ("n_gained", "n_lost")
        gained, lost = map(self.row, stats)
        return gained, lost

    @property
    def homogeneity(self) -> Result:
        """The p-value of marginal homogeneity of a grade: exact where that could be computed."""
        exact = self.row("p_value", OfGrades.STUART_MAXWELL_EXACT)
        other = self.row("p_value", OfGrades.STUART_MAXWELL_CHI_SQUARE)
        return other if exact.error else exact

    def row(self, stat: str, by: str = "", level: str = "") -> Result:
        """A result on it."""
        of = (self.cohort, self.name, TRANSITIONS if self.is_grade else CONDITION, stat)
        return self.results.get(*of, level=level, contrast=self.contrast.name, method=by)


def _followed(study: Study) -> Mapping[str, Condition | Grade]:
    return {**study.conditions, **study.grades}


def _kinds(study: Study) -> list[str]:
    """What is in these tables, as far as the study has it."""
    parts = {"condition": study.conditions, "grade": study.grades}
    return [kind for kind, part in parts.items() if part]


def category_tables(study: Study, results: Results) -> Iterator[Table]:
    """All tables of the conditions and grades that a study has."""
    if not _kinds(study):
        return
    yield _at_visits(study, results)
    changes = category_changes(study, results)
    if changes:
        yield _changes(study, changes)
    for name in study.grades:
        if of_grade := [each for each in changes if each.name == name]:
            yield _transitions(study, name, of_grade)


def category_changes(study: Study, results: Results) -> list[CategoryChange]:
    """All conditions and grades at the two visits of a contrast, by contrast and cohort."""
    followed = {name: study.contrasts_of(each.at) for name, each in _followed(study).items()}
    return [
        CategoryChange(study, results, cohort, name, contrast)
        for contrast in study.every_contrast
        for cohort in study.cohorts
        for name, contrasts in followed.items()
        if contrast in contrasts
    ]


def _at_visits(study: Study, results: Results) -> Table:
    """How many have each condition and each grade at each visit."""
    followed = _followed(study).values()
    visits = [visit for visit in study.visits if any(visit in each.at for each in followed)]
    rows: list[Row] = []
    for cohort, described in study.cohorts.items():
        rows.append(Row(f"{described.label} (n = {traced_number(results.size(cohort))})"))
        for name, condition in study.conditions.items():
            cells = (
                _count(results, cohort, name, visit) if visit in condition.at else ""
                for visit in visits
            )
            rows.append(Row(condition.label, tuple(cells), level=1))
        for name, grade in study.grades.items():
            for level, label in study.levels_of(grade).items():
                cells = (
                    _count(results, cohort, name, visit, level) if visit in grade.at else ""
                    for visit in visits
                )
                rows.append(Row(f"{grade.label}: {label}", tuple(cells), level=1))
    first = f"Cohort and {' or '.join(_kinds(study))}"
    columns = (first, *(study.visits[visit].label for visit in visits))
    notes = (
        "Counts are patients, with the percentage of those of whom it is known.",
        *visit_notes(study, visits),
    )
    title = f"{_title(study)} at each visit, by cohort"
    return Table("categories", title, columns, tuple(rows), notes)


def _count(results: Results, cohort: str, name: str, visit: str, level: str = "") -> str:
    context, by = (GRADE, "") if level else (CONDITION, "Wilson")
    count = results.get(cohort, name, context, "count", visit=visit, level=level)
    percent = results.get(cohort, name, context, "percent", visit=visit, level=level, method=by)
    return count_text(count, percent, traced)


def _title(study: Study) -> str:
    return " and ".join(f"{kind}s" for kind in _kinds(study)).capitalize()


def _changes(study: Study, changes: Sequence[CategoryChange]) -> Table:
    """How many gained and lost a condition, or have a better or worse grade, with the tests."""
    columns = telling(_columns(study), changes)
    rows: list[Row] = []
    heading = None
    for each in changes:
        if heading != (heading := (each.cohort, each.contrast)):
            label = study.cohorts[each.cohort].label
            rows.append(Row(of_contrast(study, label, each.contrast)))
        rows.append(Row(each.label, tuple(column.cell(each) for column in columns), level=1))
    heads = (
        f"Cohort and {' or '.join(_kinds(study))}",
        *(column.heading for column in columns),
    )
    notes = (
        *_test_notes(study, changes),
        *notes_of(columns),
        *_visits(study, changes),
        *with_places(_reasons(changes), map(_place, changes)),
    )
    title = f"Changes of {_title(study).lower()}, by cohort"
    return Table("category-changes", title, heads, tuple(rows), notes)


def _columns(study: Study) -> Iterator[Column[CategoryChange]]:
    """All columns; marginal homogeneity is of grades alone, and few p-values are adjusted."""
    alpha = study.analysis.alpha

    def adjusted(row: Result | None) -> str:
        return p_value_text(row, alpha, traced) if row else ""

    better, worse = _sides(study)
    yield Column("Patients with both visits", lambda each: traced_number(each.row("n_pairs")))
    yield Column(better, lambda each: traced_number(each.turned[0]))
    yield Column(worse, lambda each: traced_number(each.turned[1]))
    yield Column("p-value", lambda each: p_value_text(each.p_value("p_value"), alpha, traced))
    yield least_p_values(
        "Smallest possible p-value", lambda each: each.p_value("smallest_p"), alpha
    )
    yield Column("p-value, adjusted for the contrasts", lambda each: adjusted(each.over_contrasts))
    yield Column("Adjusted p-value (Holm)", lambda each: adjusted(each.adjusted()))
    yield Column(
        "Marginal homogeneity, p-value",
        lambda each: p_value_text(each.homogeneity, alpha, traced) if each.is_grade else "",
        "Marginal homogeneity (Stuart and Maxwell) asks whether the grades are as frequent at"
        " both visits, whatever their order; exact where that could be computed, and otherwise"
        " chi-square.",
    )


def _sides(study: Study) -> tuple[str, str]:
    """What those are called who gained and who lost: a grade may be better by becoming a no."""
    match _kinds(study):
        case ["condition"]:
            return "To yes", "To no"
        case ["grade"]:
            return "Better", "Worse"
        case _:
            return "Grade better, or condition to yes", "Grade worse, or condition to no"


def _test_notes(study: Study, changes: Sequence[CategoryChange]) -> Iterator[str]:
    tests = {
        "condition": "by McNemar's test",
        "grade": "by the sign test of those who became better or worse",
    }
    several = len(_kinds(study)) > 1
    told = " and ".join(f"of {k}s {tests[k]}" if several else tests[k] for k in _kinds(study))
    of_family = any(each.adjusted() for each in changes)
    of_contrasts = any(each.over_contrasts for each in changes)
    sides = " and two-sided" if of_family or of_contrasts else ", two-sided and not adjusted"
    yield f"P-values are exact{sides}, {told}."
    if of_contrasts:
        yield (
            "Those adjusted for the contrasts (Holm) are so for the contrasts of one"
            f" {' or '.join(_kinds(study))} in one cohort, and for nothing else: they say which"
            " visits differ."
        )
    if of_family:
        yield (
            "The adjusted p-values (Holm) are for the number of tests that the study declares as"
            " one family."
        )


def _reasons(changes: Sequence[CategoryChange]) -> Iterator[tuple[str, str]]:
    """Why there is no test, and of what."""
    for each in changes:
        if error := each.p_value("p_value").error:
            yield f"Not tested, {error}", _place(each)


def _place(change: CategoryChange) -> str:
    cohort = change.study.cohorts[change.cohort].label
    return of_contrast(change.study, f"{change.label} in {cohort}", change.contrast)


def _visits(study: Study, changes: Sequence[CategoryChange]) -> Iterator[str]:
    """What of the visits that are compared follows from others."""
    return visit_notes(study, visits_compared(each.contrast for each in changes))


def _transitions(study: Study, name: str, changes: Sequence[CategoryChange]) -> Table:
    """How many patients of a cohort went from which level of a grade to which."""
    levels = study.levels_of(study.grades[name])
    rows: list[Row] = []
    for each in changes:
        label = study.cohorts[each.cohort].label
        rows.append(Row(of_contrast(study, label, each.contrast)))
        for before, earlier in levels.items():
            counts = (each.row("count", level=transition(before, after)) for after in levels)
            rows.append(Row(earlier, tuple(map(traced_number, counts)), level=1))
    title = f"{study.grades[name].label}: who went from which grade to which, by cohort"
    columns = ("Cohort, and grade at the first of the two visits", *levels.values())
    notes = (
        "A row is the grade at the first of the two visits, a column that at the second.",
        *_visits(study, changes),
    )
    return Table(f"transitions-{name}", title, columns, tuple(rows), notes)
