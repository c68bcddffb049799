"""Which visit is meant by a text that is none of a study's."""

import pytest

from casebook.doubts.unknown_visits import told_of_unknown_visit

TOLD = {"pre": "baseline", "Week 12": "week12", "Week 24": "week24", "Week 52": "week52"}
UNKNOWN = "list it under value of its visit in study.yaml"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Week 25", "did you mean 'Week 24'?; if it is week24, of which LN04 has no row, correct"),
        ("Week 42", "did you mean 'Week 24'?; if it is week24, of which LN04 has no row, correct"),
        ("wk 12", "did you mean 'Week 12'?; if it is week12, list it under visits.week12.value"),
        ("per", "did you mean 'pre'?; if it is baseline, list it under visits.baseline.value"),
        ("Week 53", UNKNOWN),
        ("Week 36", UNKNOWN),
        ("Month 24", UNKNOWN),
        ("Screening", UNKNOWN),
    ],
)
def test_another_number_is_that_of_a_visit_that_the_patient_lacks(text: str, hint: str) -> None:
    found = told_of_unknown_visit(text, TOLD, {"LN04"}, {"baseline", "week12", "week52"})

    assert found.startswith(hint)
    assert ("LN04 has no row of week24" in found) == (hint == UNKNOWN)


def test_of_several_patients_none_is_named() -> None:
    found = told_of_unknown_visit("Week 25", TOLD, {"LN04", "LN05"}, {"baseline"})

    assert "if it is week24, of which these 2 have no row, correct it" in found
