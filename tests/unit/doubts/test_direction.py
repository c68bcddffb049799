"""Which direction of a measurement is better, or that nobody can know."""

import pytest

from casebook.doubts.direction import better_answer, better_way


@pytest.mark.parametrize(
    ("label", "way"),
    [
        *(("Pain", "lower"), ("Schmerz (VAS)", "lower"), ("DAS28", "lower"), ("CRP", "lower")),
        *(("6-minute walk distance", "higher"), ("Hämoglobin", "higher"), ("MMT8", "higher")),
        *(("Number of polyps", "lower"), ("No. of polyps", "lower"), ("Dysfunction", "lower")),
        *(("Sleepiness", "lower"), ("Albuminuria", "lower"), ("Créatinine", "lower")),
        *(("6MWT (m)", "higher"), ("BCVA letters", "higher"), ("SLD", "lower"), ("Rash", "lower")),
        *(("Height z", "higher"), ("Height SDS", "higher"), ("Growth velocity", "higher")),
        *(("C3", "higher"), ("Komplement C4", "higher")),
        *(("Loss of function", "lower"), ("walks_unaided", "higher"), ("adverse_event", "lower")),
    ],
)
def test_a_word_of_the_label_tells_the_direction(label: str, way: str) -> None:
    found = better_way(label)

    assert (found.way, found.is_known) == (way, True)


@pytest.mark.parametrize(
    "label",
    [
        "Fever",
        "C3 fracture",
        "Cr",
        "Switch",
        "Score",
        "Weight",
        "Ferritin",
        "Pain on walking",
        "EQ-5D VAS",
        "BCVA logMAR",
        "walk25ft",
    ],
)
def test_a_direction_that_no_word_or_two_words_tell_is_not_known(label: str) -> None:
    found = better_way(label)

    assert not found.is_known
    assert found.reason.startswith("not known: nothing in the label tells which way is better")


@pytest.mark.parametrize(
    ("label", "way", "reason"),
    [
        ("In remission", "higher", "yes is usually better where a label has 'remission'"),
        ("Relapse", "lower", "no is usually better where a label has 'relapse'"),
        ("Relapse-free", "higher", "yes is usually better where a label has 'relapse-free'"),
        ("No response", "lower", "no is usually better where a label has 'no response'"),
        (
            "Anti-CCP",
            "lower",
            "not known: nothing in the label tells whether yes or no is better; the first level is"
            " no",
        ),
    ],
)
def test_of_an_answer_it_is_told_whether_yes_or_no_is_better(
    label: str, way: str, reason: str
) -> None:
    found = better_answer(label)

    assert (found.way, found.reason) == (way, reason)
