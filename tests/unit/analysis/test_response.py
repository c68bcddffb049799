"""Rows that count: responders and who is not evaluable, conditions and their change."""

from collections.abc import Callable

import pytest

from casebook.analysis.cohort import analyse
from casebook.data.patients import Patient
from casebook.data.results import CONDITION, RESPONDERS, Result, Results
from casebook.study.load import load_study

Analyse = Callable[..., Results]

THRESHOLDS = (
    "    better: lower",
    """    better: lower
    responders:
      points: { label: P, improvement: 4, source: S }
      percent: { label: P, improvement: 40, unit: percent, source: S }""",
)
TREATED = (
    "outcomes:",
    "conditions:\n  high: { label: H, at: { baseline: score_baseline > 9,"
    " followup: score_followup > 9 } }\noutcomes:",
)


def of(results: Results, level: str, stat: str, method: str = "") -> Result:
    return results.get("everyone", "score", RESPONDERS, stat, level=level, method=method)


def condition(results: Results, stat: str, visit: str = "", method: str = "") -> Result:
    return results.get("everyone", "high", CONDITION, stat, visit=visit, method=method)


@pytest.mark.parametrize(
    ("cohort", "threshold", "count", "n"),
    [
        ("classic_dm", "four_points", 4, 5),
        ("classic_dm", "forty_percent", 4, 5),
        ("amyopathic_dm", "four_points", 3, 3),
        ("dm", "four_points", 7, 8),
        ("dm", "forty_percent", 7, 8),
        ("antisynthetase", "four_points", 0, 2),
        ("antisynthetase", "forty_percent", 0, 0),
        ("everyone", "four_points", 7, 10),
        ("everyone", "forty_percent", 7, 8),
    ],
)
def test_the_responders_of_the_bundled_study(
    bundled_results: Results, cohort: str, threshold: str, count: int, n: int
) -> None:
    found = [
        bundled_results.get(cohort, "cdasi", RESPONDERS, stat, level=threshold).number
        for stat in ("count", "n")
    ]

    assert found == [count, n]


@pytest.mark.parametrize(
    ("cohort", "method", "expected"),
    [
        # In R, prop.test(7, 8, correct = FALSE), binom.test(7, 8), and so on
        ("dm", "Wilson", [87.5, 52.911181778714644, 97.758250854994333]),
        ("dm", "Clopper-Pearson", [87.5, 47.349032912479344, 99.684027646874807]),
        ("classic_dm", "Wilson", [80, 37.553462976252544, 96.377589136756980]),
        ("classic_dm", "Clopper-Pearson", [80, 28.358206388191060, 99.494923662053192]),
        ("amyopathic_dm", "Clopper-Pearson", [100, 29.240177382128668, 100]),
        ("everyone", "Wilson", [70, 39.677814746114537, 89.220873259369904]),
        ("everyone", "Clopper-Pearson", [70, 34.754714994000269, 93.326048882226553]),
    ],
)
def test_a_share_of_responders_has_both_intervals(
    bundled_results: Results, cohort: str, method: str, expected: list[float]
) -> None:
    found = [
        bundled_results.get(
            cohort, "cdasi", RESPONDERS, stat, level="four_points", method=method
        ).number
        for stat in ("percent", "conf_low", "conf_high")
    ]

    assert found == pytest.approx(expected)


def test_an_outcome_without_thresholds_has_no_responders(bundled_results: Results) -> None:
    with pytest.raises(KeyError):
        bundled_results.get("dm", "mmt8", RESPONDERS, "count", level="four_points")


def test_who_is_not_evaluable_is_named_with_the_reason(analysed: Analyse) -> None:
    pairs = [(10.0, 6.0), (10.0, 7.0), (0.0, 0.0), (None, 5.0), (5.0, None), (None, None)]

    results = analysed(pairs, THRESHOLDS)

    points, percent = (of(results, each, "n_not_evaluable") for each in ("points", "percent"))
    assert [of(results, "points", stat).stat for stat in ("count", "n")] == ["1", "3"]
    assert [of(results, "percent", stat).stat for stat in ("count", "n")] == ["1", "2"]
    missing = (
        "p4 (no value at “Baseline”)",
        "p5 (no value at “Follow-up”)",
        "p6 (no value at “Baseline”)",
    )
    assert (points.stat, points.warning) == ("3", missing)
    zero = "p3 (percent change is undefined at a baseline of 0)"
    assert (percent.stat, percent.warning) == ("4", (zero, *missing))


@pytest.mark.parametrize(
    ("better", "after", "count"), [("lower", 6.3, 1), ("higher", 14.3, 1), ("higher", 6.3, 0)]
)
def test_an_improvement_of_exactly_the_threshold_reaches_it(
    analysed: Analyse, better: str, after: float, count: int
) -> None:
    """10.3 - 6.3 is 4 on paper, and 4.000000000000001 or 3.9999999999999996 in floats."""
    higher = ("better: lower", f"better: {better}")

    results = analysed([(10.3, after)], THRESHOLDS, higher)

    assert of(results, "points", "count").number == count


@pytest.mark.parametrize(
    ("better", "before", "after", "count"),
    [
        # 40 % of 10.3 is 4.12, and of 10 below 0 it is 4.
        ("lower", 10.3, 6.18, 1),
        ("lower", 10.3, 6.19, 0),
        ("higher", 10.3, 14.42, 1),
        ("higher", 10.3, 14.41, 0),
        ("lower", -10.0, -14.0, 1),
        ("lower", -10.0, -13.9, 0),
        ("higher", -10.0, -6.0, 1),
    ],
)
def test_an_improvement_of_exactly_the_percentage_reaches_it(
    analysed: Analyse, better: str, before: float, after: float, count: int
) -> None:
    higher = ("better: lower", f"better: {better}")

    results = analysed([(before, after)], THRESHOLDS, higher)

    assert of(results, "percent", "count").number == count


def test_a_percentage_of_a_baseline_below_0_is_told_with_the_patients(analysed: Analyse) -> None:
    results = analysed([(-10.0, -14.0), (0.0, 1.0), (0.5, 0.1), (-0.5, -1.0)], THRESHOLDS)

    assert of(results, "points", "count").warning == ()
    assert of(results, "percent", "count").warning == (
        "in percent of the size of a baseline below 0: p1, p4",
    )
    assert of(analysed([(0.0, 1.0), (0.5, 0.1)], THRESHOLDS), "percent", "count").warning == ()


def test_responders_where_nobody_is_evaluable_say_so(analysed: Analyse) -> None:
    results = analysed([(5.0, None)], THRESHOLDS)

    assert [of(results, "points", stat).stat for stat in ("count", "n")] == ["0", "0"]
    for method in ("Wilson", "Clopper-Pearson"):
        found = of(results, "points", "percent", method)
        assert (found.stat, found.error) == ("", "no evaluable patients")


def test_the_conditions_of_the_bundled_study(bundled_results: Results) -> None:
    def found(stat: str, visit: str = "") -> float:
        return bundled_results.get("everyone", "prednisone", CONDITION, stat, visit=visit).number

    # 7 of 10 had prednisone before, 3 of them still after; nobody began it.
    assert [found(stat, "baseline") for stat in ("count", "n", "n_missing")] == [7, 10, 0]
    assert [found(stat, "followup") for stat in ("count", "n", "n_missing")] == [3, 10, 0]
    assert [found(stat) for stat in ("n_pairs", "n_gained", "n_lost")] == [10, 0, 4]
    # In R, binom.test(0, 4)$p.value
    assert [found(stat) for stat in ("p_value", "smallest_p")] == [0.125, 0.125]


def test_a_condition_is_tested_in_those_who_are_known_at_both_visits(analysed: Analyse) -> None:
    pairs = [(10.0, 1.0), (10.0, 2.0), (1.0, 10.0), (10.0, 10.0), (10.0, None), (None, 1.0)]

    results = analysed(pairs, TREATED)

    assert [condition(results, s, "baseline").stat for s in ("count", "n", "n_missing")] == [
        "4", "5", "1",
    ]  # fmt: skip
    assert [condition(results, s).stat for s in ("n_pairs", "n_gained", "n_lost")] == [
        "4", "1", "2",
    ]  # fmt: skip
    # In R, binom.test(1, 3)$p.value is 1; binom.test(0, 3)$p.value is 0.25
    assert condition(results, "p_value").number == 1
    assert condition(results, "p_value").warning == (
        "p < 0.05 could not have been reached",
        "rests on 3 pairs with a difference",
    )
    assert condition(results, "smallest_p").number == 0.25


def test_a_test_of_a_condition_that_could_reach_the_level_has_no_warning(
    analysed: Analyse,
) -> None:
    found = condition(analysed([(10.0, 1.0)] * 6, TREATED), "p_value")

    # In R, binom.test(0, 6)$p.value
    assert (found.number, found.warning) == (0.03125, ())


def test_a_share_with_a_condition_has_both_intervals(analysed: Analyse) -> None:
    results = analysed([(10.0, 1.0), (1.0, 1.0)], TREATED, CONFIDENCE)

    # In R, prop.test(1, 2, conf.level = 0.9, correct = FALSE), binom.test(1, 2, conf.level = 0.9)
    for method, low in (("Wilson", 12.086631942227374), ("Clopper-Pearson", 2.5320565519103604)):
        stats = ("percent", "conf_low", "conf_high")
        found = [condition(results, stat, "baseline", method).number for stat in stats]
        assert found == pytest.approx([50, low, 100 - low])


CONFIDENCE = ("cohorts:", "analysis: { confidence_level: 0.9 }\ncohorts:")


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(10.0, 10.0), (1.0, 1.0)], "no patient changed (n = 2)"),
        ([(10.0, None)], None),
        ([], None),
    ],
)
def test_a_condition_that_cannot_be_tested_says_why(
    analysed: Analyse, pairs: list[tuple[float, float | None]], error: str | None
) -> None:
    found = condition(analysed(pairs, TREATED), "p_value")

    assert found.stat == ""
    assert found.error
    assert error is None or found.error == error


def test_conditions_hold_of_text_and_sets_too(make_study: Callable[..., object]) -> None:
    edit = (
        "outcomes:",
        "conditions:\n  high: { label: H, at: { baseline: '\"HCQ\" in drugs',"
        ' followup: sex == "F" } }\n'
        "outcomes:",
    )
    study = load_study(make_study(edit))  # type: ignore[arg-type]
    patient = Patient("p1", dict.fromkeys(study.kinds) | {"drugs": (), "sex": "F"})

    results = Results(analyse(study, "everyone", [patient]))

    assert condition(results, "count", "baseline").stat == "0"
    assert condition(results, "count", "followup").stat == "1"
    assert condition(results, "n_gained").stat == "1"
