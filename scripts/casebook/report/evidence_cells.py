"""A test as a cell of a grid, and the headings of the columns in which such cells stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.base.texts import unsaid
from casebook.data.results import Result
from casebook.report.evidence import Evidence, Named, Said
from casebook.study.model import Study
from casebook.wording.numbers import level_text, p_value_text, p_words, same_p, share_text
from casebook.wording.paired_tests import level_words
from casebook.wording.traces import traced, traced_number

_EXACT = "Exact p is that of the exact test, given where it is another one."
_ADJUSTED = "Adjusted: by Holm's method, for the tests that the study declares as one family."
_NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Cell:
    """A test as the grid shows it.

    Attributes:
        size: The direction and the size of what was found, or why the test was not made.
        n: In how many patients it was tested.
        p: The p-value, and the exact one where it is another.
        remarks: What else there is to say of it.
        reached: Whether p is below the study's level where an exact test could have given that.
    """

    size: Said
    n: str = ""
    p: Said = _NOTHING
    remarks: tuple[Said, ...] = ()
    reached: bool = False


def cell_of(test: Evidence) -> Cell:
    """A test as its grid shows it."""
    if test.shows_p and test.p_value.error:
        return Cell(Said(f"Not tested: {test.p_value.error}"))
    n = f"n = {traced_number(test.n)}"
    if not test.shows_p:
        return Cell(test.size, n)
    alpha = test.study.analysis.alpha
    p = Said(p_words(test.p_value, alpha, traced))
    if not same_p(test.p_value, test.exact, alpha):
        p = Said(f"{p.text}, exact {p_value_text(test.exact, alpha, traced)}", _EXACT)
    return Cell(test.size, n, p, tuple(_remarks(test)), test.reached and test.possible)


def _remarks(test: Evidence) -> Iterator[Said]:
    """What a cell says beside size and p: adjusted p-values, and that patients are too few."""
    alpha = test.study.analysis.alpha
    if test.adjusted:
        own, exact = (p_value_text(each, alpha, traced) for each in test.adjusted)
        same = same_p(*test.adjusted, alpha)
        yield Said(f"adjusted {own}" if same else f"adjusted {own}, exact {exact}", _ADJUSTED)
    if not test.possible:
        never = f"an exact test could not have given {level_words(test.study)}"
        yield Said("too few", f"Too few: {never}, as {test.kind.because}.")
    yield from test.more()


def column_of(study: Study, name: str) -> Named:
    """The column of the grids in which an outcome, a condition or a grade stands."""
    if name in study.outcomes:
        outcome = study.outcomes[name]
        told = unsaid(outcome.unit, outcome.label)
        unit = f", {told}" if told else ""
        return Named(name, f"{outcome.label}{unit} ({outcome.better} is better)")
    if name in study.conditions:
        return Named(name, study.conditions[name].label)
    grade = study.grades[name]
    levels = [*study.levels_of(grade).values()]
    best = levels[0 if grade.better == "first" else -1]
    return Named(name, f"{grade.label} ({best} is {'best' if levels[2:] else 'better'})")


def covers(study: Study, coverage: Result) -> Said:
    """That an interval covers less often than it should."""
    level = level_text(study.analysis.confidence_level)
    return Said(
        f"covers {traced(share_text(coverage.number), coverage)}",
        f"Covers: what the widest interval attains where that is less than {level}.",
    )
