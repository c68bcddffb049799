"""Rows that share what they are about."""

from casebook.analysis.topic import Topic
from casebook.data.results import OUTCOME, Result
from casebook.statistics.terms import NotComputable

TOPIC = Topic("older", "score", OUTCOME, visit="baseline")


def refuse() -> float:
    raise NotComputable("needs at least 2 values, has 1")


def test_a_row_says_what_it_is_of() -> None:
    assert TOPIC.row("sd", "SD", 2.5, "few") == Result(
        "cohort",
        "older",
        "visit",
        "baseline",
        "",
        "score",
        "",
        OUTCOME,
        "",
        "sd",
        "SD",
        "2.5",
        ("few",),
    )
    assert Topic("older", "sex", OUTCOME, level="F", method="m").row("n", "N", 3) == Result(
        "cohort", "older", "", "", "", "sex", "F", OUTCOME, "m", "n", "N", "3"
    )


def test_a_number_is_written_so_that_it_reads_back_the_same() -> None:
    assert TOPIC.row("p", "P", 0.1 + 0.2).stat == "0.30000000000000004"
    assert TOPIC.row("p", "P", 1e-300).number == 1e-300


def test_what_cannot_be_computed_is_a_row_with_the_reason() -> None:
    assert TOPIC.computed("sd", "SD", lambda: 2.0) == TOPIC.row("sd", "SD", 2.0)
    assert TOPIC.computed("sd", "SD", refuse) == TOPIC.failed(
        "sd", "SD", "needs at least 2 values, has 1"
    )
    assert TOPIC.failed("sd", "SD", "why").stat == ""
