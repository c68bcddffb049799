"""The grid of tests under the main findings: for each cohort, outcome and contrast one cell.

A cell says whether the change is an improvement, how large it is, and what speaks for it. Every
number is traced to its row of results; nothing is computed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebook.data.results import ADJUSTED, HOLM, Result
from casebook.report.first_cohorts import first_cohorts_words, with_first_cohorts
from casebook.study.choices import TestKey
from casebook.study.model import Study
from casebook.study.visits import Contrast
from casebook.wording.conclusions import BETTER, NEITHER, WORSE, direction
from casebook.wording.numbers import (
    NOT_COMPUTED,
    interval_text,
    p_value_text,
    p_words,
    same_p,
    share_text,
)
from casebook.wording.paired_tests import PairedTest, called, level_words
from casebook.wording.subtractions import subtraction
from casebook.wording.traces import traced, traced_number

_WORDS = {BETTER: "Better", WORSE: "Worse", NEITHER: "Neither"}
_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A test in short.

    Attributes:
        size: The direction and the size of the change, or why the test was not made.
        n: In how many patients it was tested.
        p: The p-value, and the exact one where it is another.
        remarks: What else there is to say of it.
        reached: Whether p is below the study's level where an exact test could have given that.
    """

    size: str
    n: str = ""
    p: str = ""
    remarks: tuple[str, ...] = ()
    reached: bool = False


_PRIMARY, _NO_TEST = Cell("Primary: told above"), Cell(NOT_COMPUTED)


@dataclass(frozen=True, slots=True)
class Block:
    """The tests of one contrast: a row for each cohort, a cell for each outcome."""

    heading: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as it is printed; a study with one contrast has one block, without a heading."""

    title: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


def evidence_grid(study: Study, tests: Sequence[PairedTest]) -> Grid | None:
    """The grid of these tests; None where there are none."""
    if not tests:
        return None
    by_key = {test.key: test for test in tests}
    listed = with_first_cohorts(study)
    outcomes = [name for name in study.outcomes if any(name == test.outcome for test in tests)]
    columns = ("Cohort", *(_heading(study, name) for name in outcomes))
    blocks = []
    for contrast in study.every_contrast:
        rows = tuple(_rows(listed, by_key, contrast, outcomes))
        if rows:
            blocks.append(Block(contrast.label if len(study.every_contrast) > 1 else "", rows))
    title = f"{'The other' if study.primary else 'All'} {called(study)}s"
    notes = (*first_cohorts_words(study, "results.csv"), *_notes(study, tests))
    return Grid(title, columns, tuple(blocks), notes)


def _heading(study: Study, name: str) -> str:
    outcome = study.outcomes[name]
    return (
        f"{outcome.label}{f', {outcome.unit}' if outcome.unit else ''} ({outcome.better} is better)"
    )


def _rows(
    study: Study,
    tests: Mapping[TestKey, PairedTest],
    contrast: Contrast,
    outcomes: Sequence[str],
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The cohorts with a test in this contrast."""
    for cohort, described in study.cohorts.items():
        keys = [(cohort, outcome, contrast.name) for outcome in outcomes]
        if any(key in tests for key in keys):
            yield described.label, tuple(_cell_of(study, tests, key) for key in keys)


def _cell_of(study: Study, tests: Mapping[TestKey, PairedTest], key: TestKey) -> Cell:
    if key in tests:
        return _cell(tests[key])
    return _PRIMARY if key in study.primary else _NO_TEST


def _cell(test: PairedTest) -> Cell:
    if test.error:
        return Cell(f"Not tested: {test.error}")
    n = traced_number(test.row("n_pairs"))
    interval = (
        interval_text(*test.shift, traced) if test.has_interval else traced_number(test.shift[0])
    )
    size = f"{_WORDS[direction(test)]}: {interval}"
    alpha = test.study.analysis.alpha
    exact = test.row("exact_p_value")
    p = p_words(test.row("p_value"), alpha, traced)
    if not same_p(test.row("p_value"), exact, alpha):
        p = f"{p}, exact {p_value_text(exact, alpha, traced)}"
    return Cell(
        size,
        f"n = {n}".replace(" ", _SPACE),
        p,
        tuple(_remarks(test)),
        test.reached and test.possible,
    )


def _remarks(test: PairedTest) -> Iterator[str]:
    """What else there is to say of a test that was made."""
    alpha = test.study.analysis.alpha
    if adjusted := _adjusted(test):
        own, exact = (p_value_text(each, alpha, traced) for each in adjusted)
        yield f"adjusted {own}" if same_p(*adjusted, alpha) else f"adjusted {own}, exact {exact}"
    if not test.possible:
        yield "too few"
    if test.has_interval and test.coverage.warning:
        yield f"covers {traced(share_text(test.coverage.number), test.coverage)}"


def _adjusted(test: PairedTest) -> tuple[Result, Result] | None:
    """Both adjusted p-values of a test in the study's family."""
    own, exact = (
        [row for row in test.by_method(stat, ADJUSTED) if row.method == HOLM]
        for stat in ("p_value", "exact_p_value")
    )
    return (own[0], exact[0]) if own and exact else None


def _notes(study: Study, tests: Sequence[PairedTest]) -> Iterator[str]:
    """What stands in the cells; of what stands in none, nothing is said."""
    made = [test for test in tests if not test.error]
    if not made:
        return
    level, percent = level_words(study), share_text(study.analysis.confidence_level)
    yield (
        "Each cell shows whether the change is for the better, the Hodges-Lehmann shift"
        f" ({subtraction(study)}) with its {percent} confidence interval, the number of patients"
        " with both visits, and p of the paired test."
    )
    alpha = study.analysis.alpha
    if any(not same_p(test.row("p_value"), test.row("exact_p_value"), alpha) for test in made):
        yield "Exact p is that of the exact test, given where it is another one."
    if any(test.has_interval and test.coverage.warning for test in made):
        yield f"Covers: what the widest interval attains where that is less than {percent}."
    if not all(test.possible for test in made):
        yield f"Too few: so few patients changed that no exact test could have given {level}."
    if any(map(_adjusted, made)):
        yield "Adjusted: by Holm's method, for the tests that the study declares as one family."
    if any(test.reached and test.possible for test in made):
        yield f"Bold: {level}."
