"""p-values that are adjusted for each other, and the results of all cohorts in one table."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.analysis.family import adjusted, collect
from casebook.data.results import ADJUSTED, PAIRED_TEST, TOGETHER, Result, Results, read_results
from casebook.study.load import load_study

METHODS = ["Holm", "Hochberg", "Benjamini-Hochberg", "Benjamini-Yekutieli", "Bonferroni"]
FAMILY = [("classic_dm", "cdasi"), ("classic_dm", "mmt8"), ("amyopathic_dm", "cdasi"),
          ("dm", "cdasi")]  # fmt: skip
OLDER, EVERYONE = "{ cohort: older, outcome: score }", "{ cohort: everyone, outcome: score }"
APART = ("cohorts:", "cohorts_per_job: 1\ncohorts:")


def family(*members: str) -> tuple[str, str]:
    return ("cohorts:", f"analysis: {{ family: [{', '.join(members)}] }}\ncohorts:")


def p_values(cohort: str, value: float | None, exact: float | None = None) -> list[Result]:
    """The p-value of a test, and that of the exact test, which is the same unless given."""
    return [
        Result(
            "cohort", cohort, "", "", "change", "score", "", PAIRED_TEST, "m", name, "p",
            *(("", (), "no patient has both visits") if number is None else (repr(number), (), "")),
        )
        for name, number in (("p_value", value), ("exact_p_value", exact or value))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # In R, p.adjust(c(0.0625, 0.371093369522697558, 0.173568166555921555,
        # 0.014147403886021537), m) with m "holm", "hochberg", "BH", "BY"
        ("Holm", [0.1875, 0.371093369522697558, 0.347136333111843109, 0.056589615544086147]),
        ("Hochberg", [0.1875, 0.371093369522697558, 0.347136333111843109, 0.056589615544086147]),
        ("Benjamini-Hochberg",
         [0.125, 0.371093369522697558, 0.231424222074562064, 0.056589615544086147]),
        ("Benjamini-Yekutieli",
         [0.26041666666666669, 0.77311118650561994, 0.48213379598867107, 0.11789503238351282]),
    ],
)  # fmt: skip
def test_the_adjusted_p_values_of_the_bundled_study(
    bundled_results: Results, method: str, expected: list[float]
) -> None:
    found = [bundled_results.get(*test, ADJUSTED, "p_value", method=method) for test in FAMILY]

    assert [each.number for each in found] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # In R, p.adjust(c(0.0625, 0.5, 0.25, 0.0078125), m); by hand, the sorted p-values times 4,
        # 3, 2, 1 (Holm), and 4 / 1, 4 / 2, 4 / 3, 4 / 4 (BH), times 25 / 12 (BY)
        ("Holm", [0.1875, 0.5, 0.5, 0.03125]),
        ("Hochberg", [0.1875, 0.5, 0.5, 0.03125]),
        ("Benjamini-Hochberg", [0.125, 0.5, 1 / 3, 0.03125]),
        ("Benjamini-Yekutieli", [0.125 * 25 / 12, 1, 25 / 36, 0.03125 * 25 / 12]),
        ("Bonferroni", [0.25, 1, 1, 0.03125]),
    ],
)
def test_the_adjusted_exact_p_values_of_the_bundled_study(
    bundled_results: Results, method: str, expected: list[float]
) -> None:
    found = [
        bundled_results.get(*test, ADJUSTED, "exact_p_value", method=method) for test in FAMILY
    ]

    assert [each.number for each in found] == pytest.approx(expected)


def test_the_label_says_for_how_many_tests_a_p_value_is_adjusted(bundled_results: Results) -> None:
    found = [
        bundled_results.get(*test, ADJUSTED, "p_value", method=method)
        for test in FAMILY
        for method in METHODS
    ]

    assert {each.stat_label for each in found} == {"p-value, two-sided, adjusted for 4 tests"}


def test_a_test_outside_the_family_has_no_adjusted_p_value(bundled_results: Results) -> None:
    with pytest.raises(KeyError):
        bundled_results.get("everyone", "cdasi", ADJUSTED, "p_value", method="Holm")


def test_a_study_without_a_family_has_no_adjusted_p_values(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study())

    assert list(adjusted(study, [*p_values("older", 0.01), *p_values("everyone", 0.02)])) == []


def test_a_family_of_one_keeps_its_p_value(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study(family(OLDER)))

    found = list(adjusted(study, [*p_values("older", 0.01), *p_values("everyone", 0.02)]))

    assert [(each.stat_name, each.method, each.group1_level, each.number) for each in found] == [
        (stat, method, "older", 0.01) for stat in ("p_value", "exact_p_value") for method in METHODS
    ]


def test_exact_p_values_are_adjusted_apart_from_the_others(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(family(OLDER, EVERYONE)))
    rows = [*p_values("older", 0.04, exact=0.25), *p_values("everyone", 0.03, exact=0.0625)]

    found = Results(adjusted(study, rows))

    # In R, p.adjust(c(0.25, 0.0625), "holm")
    assert [
        found.get(cohort, "score", ADJUSTED, stat, method="Holm").number
        for stat in ("p_value", "exact_p_value")
        for cohort in ("older", "everyone")
    ] == pytest.approx([0.06, 0.06, 0.25, 0.125])


def test_the_methods_differ_where_they_should(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study(family(OLDER, EVERYONE)))

    found = Results(adjusted(study, [*p_values("older", 0.04), *p_values("everyone", 0.03)]))

    numbers = {
        method: [
            found.get(cohort, "score", ADJUSTED, "p_value", method=method).number
            for cohort in ("older", "everyone")
        ]
        for method in METHODS
    }
    # In R, p.adjust(c(0.04, 0.03), m)
    assert numbers == {
        "Holm": pytest.approx([0.06, 0.06]),
        "Hochberg": pytest.approx([0.04, 0.04]),
        "Benjamini-Hochberg": pytest.approx([0.04, 0.04]),
        "Benjamini-Yekutieli": pytest.approx([0.06, 0.06]),
        "Bonferroni": pytest.approx([0.08, 0.06]),
    }


def test_a_test_that_was_not_made_is_not_counted_and_says_why(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(family(OLDER, EVERYONE)))

    found = Results(adjusted(study, [*p_values("older", None), *p_values("everyone", 0.02)]))

    for method in METHODS:
        missing, made = (
            found.get(cohort, "score", ADJUSTED, "p_value", method=method)
            for cohort in ("older", "everyone")
        )
        assert (missing.stat, missing.error) == ("", "no patient has both visits")
        assert made.number == 0.02


def test_a_family_of_tests_of_which_none_was_made_says_why(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study(family(OLDER)))

    found = list(adjusted(study, p_values("older", None)))

    assert [each.error for each in found] == ["no patient has both visits"] * (2 * len(METHODS))


def test_all_cohorts_come_in_the_order_of_the_study_and_then_the_family(
    results_of: Callable[..., Path],
) -> None:
    out = results_of(family(EVERYONE, OLDER), APART)
    slices, summaries = (
        [out / folder / f"{name}.csv" for name in ("everyone", "older")]
        for folder in ("cohorts", "summaries")
    )

    collect(Path("study/study.yaml"), slices, summaries, out / "a.csv", out / "again.csv")

    rows = read_results(out / "again.csv")
    assert (out / "again.csv").read_bytes() == (out / "results.csv").read_bytes()
    assert list(dict.fromkeys(row.group1_level for row in rows)) == [
        "older",
        "everyone",
        TOGETHER,
    ]
    assert [row.context == ADJUSTED for row in rows] == [False] * (len(rows) - 20) + [True] * 20
