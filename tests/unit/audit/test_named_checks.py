"""Checks of printed summaries that a claim names: samples, bounds of SDs, tests, decisions."""

from collections.abc import Sequence

import pytest

from casebook.data.findings import DataError
from casebook.data.verdicts import CONTRADICTED, NOT_COMPUTABLE
from claimlines import Audited, claim

ON_TEN = 'mean=3.21, n=14, range="0, 10"'
GROUPS = "mean1=7.21, sd1=1.93, n1=14, mean2=4.15, sd2=2.20, n2=13"
"""In R, tests of samples with these means and SDs: t(25) = 3.85, p = 0.0007."""


CHECKS = [
    ("1.93", f"tides({ON_TEN}, step=1)", NOT_COMPUTABLE, "TIDES passes: 14 values from 0"),
    ("4.71", f"tides({ON_TEN}, step=1)", CONTRADICTED, "SD from 0.43 to 4.64, and not 4.71"),
    ("0.21", f"tides({ON_TEN})", NOT_COMPUTABLE, "SD from 0.00 to 4.64, as 0.21 is"),
    ("1.93", f"sprite({ON_TEN})", NOT_COMPUTABLE, "SPRITE passes: there are 14 values"),
    ("1.93", f"sprite({ON_TEN}, min=1, median=7)", CONTRADICTED, "without these there are some"),
    ("0.95", f"sprite({ON_TEN})", CONTRADICTED, "SPRITE fails: there are no 14 values"),
    ("1.2", 'sprite(mean=3.4, n=12, range="1, 5", items=3)', NOT_COMPUTABLE, "in steps of 1/3"),
    ("1.2", 'sprite(mean=3.4, n=12, range="5, 1")', NOT_COMPUTABLE, "has no length"),
    ("1.2", "sprite(mean=3.4, n=12, range=5)", NOT_COMPUTABLE, "a range has two ends"),
    ("1.2", 'sprite(mean=3.4, n=12, range="1, 5", items=0)', NOT_COMPUTABLE, "whole number"),
    ("3.85", f"t_from_groups({GROUPS})", NOT_COMPUTABLE, "Student's t(25) = 3.83 to 3.87"),
    ("2.85", f"t_from_groups({GROUPS})", CONTRADICTED, "not t = 2.85"),
    ("0.0008", f"p_from_groups({GROUPS})", NOT_COMPUTABLE, "Welch's t("),
    ("<0.001", f"p_from_groups({GROUPS})", NOT_COMPUTABLE, "passes"),
    ("0.0004", f"p_from_groups({GROUPS})", CONTRADICTED, "which fits a one-sided test"),
    ("5.93", "t_from_pairs(mean=-3.06, sd=1.93, n=14)", NOT_COMPUTABLE, "paired t(13) = 5.9"),
    ("0.04", "p_from_pairs(mean=-3.06, sd=1.93, n=14)", CONTRADICTED, "fails: paired t(13)"),
    ("0.036", 'p_from("t(28) = 2.20")', NOT_COMPUTABLE, "passes: t(28) = 2.20"),
    ("<.001", 'p_from("F(2, 14) = 3.6")', CONTRADICTED, "fails: F(2, 14) = 3.6"),
    (".028", 'p_from("χ²(1, N = 90) = 4.8")', NOT_COMPUTABLE, "passes: chi2(1) = 4.8"),
    (".061", 'p_from("r(16) = −.45")', NOT_COMPUTABLE, "passes: r(16) = -0.45"),
    ("0.025", 'p_from("Z = 1.96")', CONTRADICTED, "which fits a one-sided test"),
]
DECISIONS = [
    # 2 * pt(-2, 28) is 0.055, and between 0.050 and 0.061 as 2.0 is rounded.
    ("0.03", 'p_from("t(28) = 2.00")', "not significant when recomputed (p = 0.0547 to 0.0559)"),
    ("0.06", 'p_from("t(28) = 2.20")', "not significant as printed, significant when"),
    ("<0.05", 'p_from("t(28) = 2.00")', "significant as printed, not significant when"),
    ("0.03", 'p_from("t(28) = 2.0")', ""),
    ("0.01", 'p_from("t(28) = 2.20")', ""),
    (">0.01", 'p_from("t(28) = 2.00")', ""),
    ("0.3", f"p_from_groups({GROUPS})", "not significant as printed, significant when"),
]


def _claims(cases: Sequence[tuple[str, ...]]) -> list[str]:
    return [claim(f"C{i}", printed, source) for i, (printed, source, *_) in enumerate(cases)]


def test_summaries_are_checked_against_each_other(audited: Audited) -> None:
    found = audited(*_claims(CHECKS))

    for (printed, computed_as, verdict, told), each in zip(CHECKS, found.values(), strict=True):
        assert told in " ".join(each.checks + each.failed_checks), (printed, computed_as)
        assert each.verdict == verdict, (printed, computed_as)


def test_a_printed_significance_that_its_test_does_not_give_is_told(audited: Audited) -> None:
    found = audited(*_claims(DECISIONS))

    for (printed, computed_as, flips), each in zip(DECISIONS, found.values(), strict=True):
        assert flips in each.decision_error, (printed, computed_as)
        assert bool(each.decision_error) == bool(flips), (printed, computed_as)


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ('p_from("q(3) = 2")', "'q(3) = 2' is not a test; write one as in \"t(18) = 2.20\"; known"
         " are t, z, F, chi2, r"),
        ('p_from("t(18) = x")', "'t(18) = x' is not a test; write one as in"),
        ('p_from("t(x) = 2")', "'t(x) = 2' is not a test; write one as in"),
        ('result(cohort=everyone, variable=score, context="outcmoe", statistic=mean)',
         "no result has the context 'outcmoe'; known: outcome; "),
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_its_place_and_what_is_allowed(
    audited: Audited, reading: str, told: str
) -> None:
    with pytest.raises(DataError) as error:
        audited(claim("C1", "0.04", reading))

    where = f"study/claims.tsv, row 2, column 'computed_as': found {reading!r}; "
    assert f"{where}{told}" in str(error.value)
