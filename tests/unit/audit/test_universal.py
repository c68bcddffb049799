"""The audit of words about everyone or nobody: all, none, lacked, normal."""

import pytest

from casebook.data.findings import DataError
from casebook.data.verdicts import (
    CONTRADICTED,
    NOT_COMPUTABLE,
    OTHER_CONVENTION,
    REPRODUCED,
)
from casebook.report.audit_section import audit_words
from claimlines import Audited, claim

UNKNOWN = (
    "it is not known for b; if the paper means those of whom it is, the second condition needs"
    " known(age)"
)


def test_words_about_everyone_or_nobody_are_judged(audited: Audited) -> None:
    """Of b the age is not known; the scores before are 12.5, 20, 8, 10 and 40."""
    expected = {
        "always(score_baseline > 7) in everyone": (REPRODUCED, ""),
        "never(score_baseline < 8) in everyone": (REPRODUCED, ""),
        'always(age > 30, sex == "F") in everyone': (REPRODUCED, ""),
        'never(age > 70, where=sex == "F") in everyone': (REPRODUCED, ""),
        "always(score_baseline > 10) in everyone": (
            CONTRADICTED,
            "the condition is not true of c, d",
        ),
        'never("HCQ" in drugs, age > 67) in everyone': (
            CONTRADICTED,
            "the condition is true of a, e",
        ),
        "always(age >= 65) in everyone": (CONTRADICTED, "the condition is not true of c"),
        "never(age >= 80) in everyone": (CONTRADICTED, "the condition is true of e"),
        "always(age > 30) in everyone": (NOT_COMPUTABLE, UNKNOWN),
        "never(age > 90) in everyone": (NOT_COMPUTABLE, UNKNOWN),
        'always(age > 30, patient != "c") in everyone': (NOT_COMPUTABLE, UNKNOWN),
        "always(age > 30, known(age)) in everyone": (REPRODUCED, ""),
        "always(age > 30, age > 99) in older": (
            NOT_COMPUTABLE,
            "there is no patient of whom it could be true",
        ),
    }

    found = audited(*(claim(f"C{i}", "normal", reading) for i, reading in enumerate(expected)))

    assert {v.computed_as: (v.verdict, v.reason) for v in found.values()} == expected
    assert {v.slips_fit for v in found.values()} == {""}


def test_a_patient_who_may_be_meant_leaves_it_open_only_where_it_matters(
    audited: Audited,
) -> None:
    """It is not known whether b is old, who scores 20."""
    found = audited(
        claim("C1", "all", "always(score_baseline > 30, age > 75) in everyone"),
        claim("C2", "all", "always(score_baseline > 15, age > 75) in everyone"),
    )

    assert (found["C1"].verdict, found["C1"].reason) == (NOT_COMPUTABLE, UNKNOWN)
    assert found["C2"].verdict == REPRODUCED


def test_a_contradiction_names_the_patients_and_the_cells_in_words(audited: Audited) -> None:
    verdicts = audited(claim("C1", "none", "never(score_baseline > 15) in everyone"))

    found, (told,) = verdicts["C1"], audit_words([*verdicts.values()], []).rows[CONTRADICTED]

    assert (found.cohort, found.of) == ("everyone", "score_baseline > 15")
    assert (found.patients, found.columns) == (("b", "e"), ("Before",))
    assert found.rows == (2, 3, 4, 5, 6)
    assert told.recomputed == "not true of nobody"
    assert told.why[0] == "The condition is true of b, e."


def test_nothing_but_what_the_claim_allows_is_tried_besides(audited: Audited) -> None:
    over_15, over_30, over_39 = (f"never(score_baseline > {s}) in everyone" for s in (15, 30, 39))
    of_older, open_one = "always(score_baseline > 7) in older", "never(age > 90) in everyone"

    found = audited(
        claim("C1", "none", over_15, otherwise=f"{over_39} ; {of_older}"),
        claim("C2", "none", over_15, otherwise=over_39),
        claim("C3", "none", open_one, otherwise=over_30),
        claim("C4", "none", open_one, otherwise=of_older),
    )

    assert {name: (each.verdict, each.reproduced_by) for name, each in found.items()} == {
        "C1": (OTHER_CONVENTION, (of_older,)),
        "C2": (CONTRADICTED, ()),
        "C3": (NOT_COMPUTABLE, ()),
        "C4": (OTHER_CONVENTION, (of_older,)),
    }
    assert not any(each.would_fit for each in found.values())


def test_all_and_none_are_words_here_and_no_numbers(audited: Audited) -> None:
    found = audited(
        claim("C1", "none", "never(score_baseline > 50) in everyone"),
        claim("C2", "all", "never(score_baseline > 50) in everyone"),
        claim("C3", "None", "same(C1)"),
    )

    assert [each.verdict for each in found.values()] == [REPRODUCED] * 3
    assert not found["C1"].elsewhere


def test_what_cannot_be_read_is_told_with_a_hint(audited: Audited) -> None:
    of_age = "(age > 3) in older"

    with pytest.raises(DataError, match="in the claims") as error:
        audited(
            claim("C1", "0", f"alway{of_age}"),
            claim("C2", "0", "never(age) in older"),
            claim("C3", "0", f"none{of_age}"),
            claim("C4", "0", f"never{of_age}", otherwise=f"count{of_age}"),
            claim("C5", "0", f"count{of_age}", otherwise=f"never{of_age}"),
        )

    told = str(error.value)
    assert "did you mean 'always'" in told
    assert "'age' is a number, where never needs a condition" in told
    assert "write never(...) of what is true of nobody" in told
    assert "and row 6 'never(age > 3) in older'" in told
    assert (
        "; allowed: always(...) and never(...) beside each other, and beside nothing else" in told
    )
