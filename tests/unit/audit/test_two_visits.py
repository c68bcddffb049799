"""What is told of the numbers of two visits that are of other patients."""

from casebook.data.verdicts import OTHER_CONVENTION, REPRODUCED
from claimlines import Audited, claim

ROSE = {"words": "fell from 18.1 ± 13.1 to 9.2"}


def test_a_visit_of_more_patients_than_the_other_one_beside_it_is_told_of_both(
    audited: Audited,
) -> None:
    """The score of e, 40, is not known after; the others had 8, 10, 12.5 and 20 before."""
    found = audited(
        claim("C1", "18.1", "mean(score_baseline) in everyone", **ROSE),
        claim("C2", "13.1", "sd(score_baseline) in everyone", **ROSE),
        claim("C3", "9.25", "mean(score_followup) in everyone", words="to 9.25 from 18.1"),
        claim("C4", "10.5", "sd(score_followup) in everyone", place="Abstract"),
        claim("C5", "12.5", "median(score_baseline) in everyone", place="Table 2"),
        claim("C6", "-4.5", "median(score_change) in everyone", place="Table 2", words="change"),
        claim("C7", "9.0", "p25(score_baseline) in everyone", place="Table 2"),
        claim("C8", "30.0", "p75(score_baseline) in everyone", place="Table 2"),
        claim("C9", "3.25", "p25(score_followup) in everyone", place="Table 2"),
    )

    assert {name: each.reason for name, each in found.items() if each.reason} == {
        "C1": "of 5 patients, and 9.25 beside it (C3) of 4; of the 4 with both visits it is 12.6",
        "C5": "of 5 patients, and -4.5 beside it (C6) of 4; of the 4 with both visits it is 11.3",
        "C7": "of 5 patients, and 3.25 beside it (C9) of 4; of the 4 with both visits it is 8.5",
    }
    assert found["C1"].verdict == found["C5"].verdict == REPRODUCED
    assert found["C7"].verdict == OTHER_CONVENTION


def test_of_a_wrong_number_it_is_told_what_those_with_both_visits_would_give(
    audited: Audited,
) -> None:
    """Three of five are women, and four have both visits: before they had 8, 10, 12.5 and 20."""
    found = audited(
        claim("C1", "75%", 'percent(sex == "F") in everyone'),
        claim("C2", "12.6", "mean(score_followup) in everyone"),
        claim("C3", "71%", 'percent(sex == "F") in everyone'),
    )

    assert [each.reason for each in found.values()] == [
        "3 of the 4 with both visits of Score would be what is printed",
        "score_baseline of those with both visits would give what is printed",
        "",
    ]
