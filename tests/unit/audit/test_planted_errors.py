"""Errors planted in correct claims, fewer than benchmarks/planted_errors.py plants."""

from collections.abc import Sequence

import pytest
from planted.measure import Judged, Measured, measure
from planted.studies import papers
from planted.truth import Error


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The verdicts on some correct claims, and on some with an error of each kind."""
    return measure(papers(tmp_path_factory.mktemp("planted")), most=260, each=5)


def _told(judged: Sequence[Judged]) -> str:
    return "\n".join(
        f"{each.claim.kind}: {each.claim.printed!r} for {each.claim.fact.reading}, right is "
        f"{each.claim.fact.value:.10g}; {each.verdict.verdict}, {each.verdict.reproduced_by}"
        for each in judged
    )


def test_no_correct_claim_is_called_wrong(measured: Measured) -> None:
    assert len(measured.correct) > 1000
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
def test_the_cause_of_a_wrong_number_is_named(measured: Measured, kind: Error) -> None:
    planted = [each for each in measured.planted if each.claim.kind == kind]

    unnamed = [each for each in planted if not each.explanations]

    assert len(planted) >= 15
    assert not unnamed, _told(unnamed)
