"""Errors planted in correct claims, fewer than benchmarks/planted_errors.py plants."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from planted.cells import (
    Audited,
    Kind,
    Notice,
    Planted,
    Table,
    audited,
    every_cell,
    judge_cells,
    judged,
)
from planted.measure import Judged, Measured, measure
from planted.studies import BUNDLED, bundled_table, papers
from planted.summaries import any_contradicted, summary_papers
from planted.systematic import bundled_claims, every_slip
from planted.truth import Error

from casebook.study.load import load_study


@pytest.fixture(scope="module", params=[1, pytest.param(5, marks=pytest.mark.slow)])
def each(request: pytest.FixtureRequest) -> int:
    """How many errors of each kind and statistic are planted in a study."""
    return int(request.param)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, each: int) -> Measured:
    """The verdicts on some correct claims, and on some with an error of each kind."""
    return measure(papers(tmp_path_factory.mktemp("planted")), most=52 * each, each=each)


def _told(judged: Sequence[Judged]) -> str:
    return "\n".join(
        f"{each.claim.kind}: {each.claim.printed!r} for {each.claim.fact.reading}, right is "
        f"{each.claim.fact.value:.10g}; {each.verdict.verdict}, {each.verdict.reproduced_by}"
        for each in judged
    )


def test_no_correct_claim_is_called_wrong(measured: Measured, each: int) -> None:
    assert len(measured.correct) > 200 * each
    assert not measured.false_alarms, _told(measured.false_alarms)


def test_every_error_that_rounding_does_not_hide_is_found(measured: Measured) -> None:
    assert {each.claim.kind for each in measured.planted} == set(Error)
    assert not measured.missed, _told(measured.missed)


@pytest.mark.parametrize(
    "kind",
    [
        *(Error.AVERAGE, Error.SPREAD, Error.QUARTILE, Error.TEST, Error.DENOMINATOR),
        *(Error.SIGN, Error.FLIPPED, Error.CUT),
    ],
)
def test_the_cause_of_a_wrong_number_is_named(measured: Measured, each: int, kind: Error) -> None:
    planted = [judged for judged in measured.planted if judged.claim.kind == kind]

    unnamed = [judged for judged in planted if not judged.explanations]

    assert len(planted) >= 3 * each
    assert not unnamed, _told(unnamed)


@pytest.mark.slow
def test_hardly_any_slip_in_the_bundled_paper_is_called_right(tmp_path: Path) -> None:
    slips = list(every_slip(bundled_claims(next(papers(tmp_path)))))

    called_right = [slip for slip in slips if slip.called_right]

    assert len(slips) > 1400
    assert len(called_right) <= 0.015 * len(slips), [
        (s.claim.name, s.verdict.printed) for s in called_right
    ]


def test_no_correct_summary_is_called_impossible(tmp_path: Path) -> None:
    papers = list(summary_papers(tmp_path))

    assert len(papers) == 9
    assert not [size for size, paper in papers if any_contradicted(paper)]


@pytest.fixture(scope="module")
def table() -> Table:
    """The bundled study's table, by its headers."""
    return Table.of(load_study(BUNDLED / "study.yaml"), bundled_table())


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The audit of the bundled paper by its table as it is."""
    return audited(tmp_path_factory.mktemp("right"), bundled_table())


def test_slips_are_planted_in_every_value_that_is_read_and_of_every_kind(table: Table) -> None:
    slips = list(every_cell(table, kinds=len(Kind)))

    assert {value for each in slips for value in each.values} == {
        (f"P{number:02}", name) for number in range(1, 11) for name in table.study.headings
    }
    assert {each.kind for each in slips} == set(Kind)
    assert table.text("Race", {}) == bundled_table()
    assert all(table.text(each.header, each.changed) != bundled_table() for each in slips)


@pytest.mark.parametrize(
    ("header", "place", "old", "new", "notice"),
    [
        ("Age (current), sex", 6, "31, F", "13, F", Notice.REFUSED),
        ("CDASI, pre-UPA", 0, "12", "21", Notice.CONTRADICTED),
        ("Duration of disease, years", 0, "2", "20", Notice.MAP),
    ],
)
def test_what_notices_a_slip_in_a_cell_is_told(
    tmp_path: Path,
    table: Table,
    right: Audited,
    header: str,
    place: int,
    old: str,
    new: str,
    notice: Notice,
) -> None:
    assert table.rows[place][header] == old

    found = judged(tmp_path, right, Planted(table, Kind.DIGIT, header, {place: new}))

    assert found.notice == notice


@pytest.mark.slow
def test_the_map_of_cells_is_true_of_slips_in_the_table(tmp_path: Path) -> None:
    slips = judge_cells(tmp_path, kinds=1)

    after_cleaning = [each for each in slips if each.notice not in (Notice.REFUSED, Notice.WARNED)]
    untested = [each for each in after_cleaning if not each.was_tested]
    unnoticed = [each for each in slips if each.notice == Notice.NOTHING]

    assert len(slips) == 140
    assert untested
    assert {each.notice for each in untested} == {Notice.MAP}
    assert unnoticed
    assert all(each.resting for each in unnoticed)
