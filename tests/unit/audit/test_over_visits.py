"""The audit of what a paper says of all visits at once, and of grades.

In R, friedman.test of the five patients' scores gives 10.59183673 and p = 0.0141506831, which is a
W of 10.59183673 / (5 * 3); of who has no dyspnoea it gives Q = 8.571428571, p = 0.03556654007. The
sums of their ranks are 19, 13.5, 11.5 and 6, so that Page's L is 104.5. All 24^5 orders of ranks,
enumerated in R, give the exact p = 0.004261911651. Of the grades, friedman.test gives p =
0.006633035377.
"""

from collections.abc import Callable

import pytest

from casebook.data.findings import DataError
from casebook.data.verdicts import (
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
    Verdict,
)
from claimlines import Audited, claim
from followed import STUDY, patient, table

PATIENTS = [
    patient([30, 20, 12, 9], ["mild", "mild", "none", "none"]),
    patient([25, 24, 11, 10], ["mild", "none", "none", "none"]),
    patient([40, 41, 30, 22], ["severe", "mild", "mild", "none"]),
    patient([18, 12, 12, 3], ["severe", "severe", "mild", "mild"]),
    patient([33, 20, 25, 21], ["mild", "mild", "none", "none"]),
    patient([35, None, None, None]),
    patient([35, 20, None, None], arm="B"),
]


@pytest.fixture
def judged(audited: Audited) -> Callable[..., Verdict]:
    def run(printed: str, computed_as: str, **cells: str) -> Verdict:
        lines = [claim("C1", printed, computed_as, **cells)]
        text = STUDY + '  b: { label: Arm B, select: arm == "B" }\n'
        return audited(*lines, text=text, table=table(*PATIENTS))["C1"]

    return run


@pytest.mark.parametrize(
    ("printed", "computed_as"),
    [
        ("0.0142", "friedman(score) in a"),
        ("<0.05", "friedman(score) in a"),
        ("10.59", "friedman(score, statistic) in a"),
        ("5", "friedman(score, n) in a"),
        ("0.71", "kendalls_w(score) in a"),
        ("5", "kendalls_w(score, n) in a"),
        ("104.5", "page(score, statistic) in a"),
        ("0.036", "cochran(well) in a"),
        ("8.57", "cochran(well, statistic) in a"),
    ],
)
def test_a_test_over_all_visits_is_reproduced(
    judged: Callable[..., Verdict], printed: str, computed_as: str
) -> None:
    found = judged(printed, computed_as)

    assert found.verdict == REPRODUCED
    # The claim leads to its row of the results.
    assert {"a", "all visits"} <= set(found.result)


def test_the_exact_test_is_another_convention(judged: Callable[..., Verdict]) -> None:
    row = 'result(cohort=a, variable=score, context="all visits", statistic=p_value, method="{}")'

    found = judged("0.00426", "friedman(score) in a")

    assert found.verdict == OTHER_CONVENTION
    assert found.reproduced_by == ("Friedman's test, exact",)
    assert judged("0.00426", row.format("Friedman's test, exact")).verdict == REPRODUCED


def test_a_wrong_p_value_is_contradicted(judged: Callable[..., Verdict]) -> None:
    found = judged("0.9", "friedman(score) in a")

    assert found.verdict == CONTRADICTED
    assert (found.recomputed[:6], found.recomputed_by) == ("0.0141", "Friedman's test, chi-square")


def test_without_a_patient_at_every_visit_the_reason_is_told(
    judged: Callable[..., Verdict],
) -> None:
    found = judged("0.04", "friedman(score) in b")

    assert found.verdict == NOT_COMPUTABLE
    assert found.reason == "no patient has a value at every visit"


@pytest.mark.parametrize(
    ("printed", "computed_as"),
    [
        ("4", 'count(grade6 == "none") in a'),
        ("80%", 'percent(grade6 == "none") in a'),
        (
            "4",
            "result(cohort=a, visit=month6, variable=dyspnoea, context=grade, level=none,"
            " statistic=count)",
        ),
        ("5", "result(cohort=a, variable=dyspnoea, context=transitions, statistic=n_improved)"),
        ("3", 'count(grade0 == "mild" and grade6 == "none") in a'),
        ("0.0066", "friedman(dyspnoea) in a"),
    ],
)
def test_claims_of_grades_are_reproduced(
    judged: Callable[..., Verdict], printed: str, computed_as: str
) -> None:
    assert judged(printed, computed_as).verdict == REPRODUCED


def test_pages_test_is_tried_for_a_claim_of_friedmans_only_where_it_is_named(
    judged: Callable[..., Verdict],
) -> None:
    """Of all 24^5 orders, as above, L is as far from its mean in 0.0003812812."""
    found = judged("0.000381", "friedman(score) in a")

    assert found.verdict == CONTRADICTED
    assert found.would_fit == ()
    named = judged("0.000381", "friedman(score) in a", convention="Page's test")
    assert named.verdict == REPRODUCED
    assert named.recomputed_by == "Page's test, exact"


@pytest.mark.parametrize(
    ("printed", "computed_as", "verdict"),
    [
        ("significant", "significant(friedman(score)) in a", REPRODUCED),
        ("not significant", "significant(cochran(well)) in a", CONTRADICTED),
        ("not significant", "friedman(score, significant) in a", None),
    ],
)
def test_a_decision_over_all_visits_is_judged(
    judged: Callable[..., Verdict], printed: str, computed_as: str, verdict: str | None
) -> None:
    if verdict is None:
        with pytest.raises(DataError, match="'significant' is not a statistic of friedman"):
            judged(printed, computed_as)
        return
    found = judged(printed, computed_as)
    assert found.verdict == verdict
    assert bool(found.decision_error) == (verdict == CONTRADICTED)


def test_a_bound_that_says_another_decision_is_told(judged: Callable[..., Verdict]) -> None:
    found = judged(">0.05", "friedman(score) in a")

    assert "not significant as printed, significant when recomputed" in found.decision_error
