"""Changes that nearly tie are told, those of measured values are not."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casebook.data.findings import Finding
from casebook.data.patients import Roster
from casebook.doubts.near_ties import near_tie, near_ties
from casebook.study.load import load_study

Pair = tuple[float, float]
SIXTHS = [(n, n - step) for n, step in ((20, 4), (11, 2), (18, 4), (9, -2), (13, 6), (24, 4))]


def written(form: str) -> list[Pair]:
    """Whole scores of 24 in percent, written so."""
    values = [tuple(float(form % (100 * n / 24)) for n in pair) for pair in SIXTHS]
    return [(before, after) for before, after in values]


@pytest.mark.parametrize(
    ("decimals", "smaller", "larger", "digits"),
    [(2, "16.66", "16.67", 3), (3, "16.666", "16.667", 4), (6, "16.666666", "16.666667", 7)],
)
def test_two_sizes_that_rounding_has_made_of_one_are_found(
    decimals: int, smaller: str, larger: str, digits: int
) -> None:
    found = near_tie(written(f"%.{decimals}f"))

    assert found is not None
    assert (found.smaller, found.larger) == (Decimal(smaller), Decimal(larger))
    assert found.rounding == digits
    assert near_tie(written(f"%.{decimals}f"), rounding=found.rounding) is None


@pytest.mark.parametrize("form", ["%.15g", "%.17g", "%.10f", "%.0f", "%.1f"])
def test_what_ties_or_has_too_few_decimals_is_no_near_tie(form: str) -> None:
    assert near_tie(written(form)) is None


@pytest.mark.parametrize(
    ("changes", "near"),
    [
        # Two units of the last place are near, three are not
        ((20, 20.02, 30), True),
        ((20, 20.03, 30), False),
        # if they are at most three thousandths of the change,
        ((6.65, 6.67, 30), True),
        ((6.64, 6.66, 30), False),
        # and all others ten times as far apart.
        ((20, 20.02, 20.22), True),
        ((20, 20.02, 20.21), False),
        ((20, 20.02, 20.02), True),
    ],
)
def test_changes_nearly_tie_if_they_are_close_and_all_others_far_apart(
    changes: tuple[float, ...], near: bool
) -> None:
    found = near_tie([(0, change) for change in changes])

    assert (found is not None) is near


def test_values_that_were_stored_with_half_the_digits_are_found() -> None:
    pairs = [(float(np.float32(b)), float(np.float32(a))) for b, a in written("%.17g")]

    found = near_tie(pairs)

    assert found is not None
    assert near_tie(pairs, rounding=found.rounding) is None


def test_measured_changes_are_not_said_to_nearly_tie() -> None:
    """One in a hundred such studies of ten weights has two changes that are close by chance."""
    random = np.random.default_rng(1)
    before = random.uniform(40, 120, (100, 10)).round(2)
    after = (before + random.normal(-2, 5, (100, 10))).round(2)

    studies = zip(before.tolist(), after.tolist(), strict=True)
    told = [near_tie(list(zip(*visits, strict=True))) for visits in studies]

    assert len(told) - told.count(None) <= 3


def test_nobody_has_no_near_tie() -> None:
    assert near_tie([]) is None


def test_an_outcome_with_near_ties_is_named_with_what_to_do(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study())
    before, after = zip(*written("%.2f"), (3.0, None), strict=True)
    ids = [f"p{i}" for i, _ in enumerate(before)]
    roster = Roster(ids, {"score_baseline": before, "score_followup": after})

    (found,) = near_ties(study, "table.tsv", roster)

    assert found == Finding(
        "warning",
        "table.tsv",
        0,
        "After",
        "changes of 16.66 and 16.67",
        "",
        "they are ranked as different; if the values were rounded after they were computed, give"
        " them with all their digits, or write rounding: 3 under outcomes.score of study.yaml",
    )


def test_cleaning_warns_of_changes_that_nearly_tie(
    clean_study: Callable[..., Any], table_of: Callable[..., str]
) -> None:
    rows = [{"Before": f"{b}", "After": f"{a}"} for b, a in written("%.2f")]

    found = clean_study(table=table_of(*rows)).findings

    assert [each.value for each in found if "rounding: 3" in each.hint] == [
        "changes of 16.66 and 16.67"
    ]
