from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.analysis.cohort import analyse
from casebook.data.patients import Member, Patient, Value
from casebook.data.results import (
    CHANGE,
    CHARACTERISTIC,
    OUTCOME,
    PAIRED_TEST,
    PATIENTS,
    TOGETHER,
    Result,
    Results,
    read_results,
)
from casebook.study.load import load_study

Pair = tuple[float | None, float | None]
Analyse = Callable[..., Results]

TEST_STATS = ("n_pairs", "n_informative", "statistic", "p_value", "smallest_p")
EXACT_STATS = ("exact_p_value", "smallest_exact_p")


def of_test(results: Results, stat: str) -> Result:
    return results.get("everyone", "score", PAIRED_TEST, stat)


def of_visit(results: Results, visit: str, stat: str) -> Result:
    return results.get("everyone", "score", OUTCOME, stat, visit=visit)


@pytest.mark.parametrize(
    ("cohort", "outcome", "before", "after", "p_value"),
    [
        ("classic_dm", "cdasi", (12, 7, 27), (4, 1, 5), 0.0625),
        ("classic_dm", "mmt8", (150, 127, 150), (150, 150, 150), 0.371),
        ("amyopathic_dm", "cdasi", (9, 8.5, 11.5), (1, 0.5, 4), 0.174),
        ("dm", "cdasi", (10.5, 7.75, 17.25), (2.5, 0.75, 5.5), 0.014),
    ],
)
def test_the_bundled_study_gives_table_2_of_its_paper(
    bundled: Path,
    cohort: str,
    outcome: str,
    before: tuple[float, ...],
    after: tuple[float, ...],
    p_value: float,
) -> None:
    results = Results(read_results(bundled / "results.csv"))

    for visit, expected in (("baseline", before), ("followup", after)):
        found = [
            results.get(cohort, outcome, OUTCOME, stat, visit=visit).number
            for stat in ("median", "p25", "p75")
        ]
        assert found == list(expected)
    found_p = results.get(cohort, outcome, PAIRED_TEST, "p_value").number
    assert round(found_p, 4 if p_value == 0.0625 else 3) == p_value


@pytest.mark.parametrize(
    ("cohort", "size"),
    [("classic_dm", 5), ("amyopathic_dm", 3), ("dm", 8), ("antisynthetase", 2), ("everyone", 10)],
)
def test_the_cohorts_of_the_bundled_study_have_the_sizes_of_its_paper(
    bundled: Path, cohort: str, size: int
) -> None:
    results = Results(read_results(bundled / "results.csv"))

    assert results.get(cohort, PATIENTS, CHARACTERISTIC, "n").stat == str(size)


def test_the_order_of_results_is_that_of_the_cohorts_of_the_study(bundled: Path) -> None:
    cohorts = dict.fromkeys(each.group1_level for each in read_results(bundled / "results.csv"))

    declared = ["classic_dm", "amyopathic_dm", "dm", "antisynthetase", "everyone"]
    assert list(cohorts) == [*declared, TOGETHER]


@pytest.mark.parametrize(
    ("pairs", "n_pairs", "reason"),
    [
        ([], "0", "no patient has both visits"),
        ([(None, None)], "0", "no patient has both visits"),
        ([(5.0, None), (None, 3.0)], "0", "no patient has both visits"),
        ([(5.0, 5.0)], "1", "all differences are zero (n = 1)"),
        ([(5.0, 5.0), (0.0, 0.0), (1.0, None)], "2", "all differences are zero (n = 2)"),
    ],
)
def test_a_test_that_cannot_be_made_is_rows_that_say_why(
    analysed: Analyse, pairs: Sequence[Pair], n_pairs: str, reason: str
) -> None:
    results = analysed(pairs)

    assert of_test(results, "n_pairs").stat == n_pairs
    for stat in (*TEST_STATS[1:], *EXACT_STATS):
        found = of_test(results, stat)
        assert (found.stat, found.error) == ("", reason)


@pytest.mark.parametrize(
    ("pairs", "p_value", "smallest", "warning"),
    [
        ([(5.0, 3.0)], 1.0, 1.0, "p < 0.05 could not have been reached; rests on 1 pair"
         " with a difference"),
        ([(5.0, 3.0), (9.0, 2.0)], 0.5, 0.5, "p < 0.05 could not have been reached;"
         " rests on 2 pairs with a difference"),
        ([(float(i), 0.0) for i in range(1, 7)], 0.03125, 0.03125, ""),
        ([(0.0, 1.0), *((float(i), 0.0) for i in range(2, 7))], 0.0625, 0.03125, ""),
    ],
)  # fmt: skip
def test_a_small_test_says_what_it_could_have_given(
    analysed: Analyse, pairs: Sequence[Pair], p_value: float, smallest: float, warning: str
) -> None:
    results = analysed(pairs)

    found = of_test(results, "p_value")

    assert (found.number, "; ".join(found.warning)) == (p_value, warning)
    assert of_test(results, "smallest_p").number == smallest


@pytest.mark.parametrize(
    ("choice", "p_value", "method"),
    [
        ("r-4.5", 0.1736, "Wilcoxon signed-rank test, normal approximation with continuity"
         " correction (default rule of R up to 4.5)"),
        ("r-4.6", 0.25, "Wilcoxon signed-rank test, exact (default rule of R 4.6)"),
        ("exact-pratt", 0.25, "Wilcoxon signed-rank test, exact, Pratt's zeros"),
        ("normal", 0.1736, "Wilcoxon signed-rank test, normal approximation with continuity"
         " correction"),
        ("exact", 0.25, "Wilcoxon signed-rank test, exact"),
    ],
)  # fmt: skip
def test_the_study_chooses_the_distribution_of_the_test(
    analysed: Analyse, choice: str, p_value: float, method: str
) -> None:
    edit = ("cohorts:", f"analysis: {{ signed_rank: {choice} }}\ncohorts:")

    found = of_test(analysed([(8.0, 1.0), (9.0, 0.0), (14.0, 7.0)], edit), "p_value")

    assert (round(found.number, 4), found.method) == (p_value, method)


def test_a_cohort_of_none_is_counted_and_its_statistics_say_why_they_are_missing(
    analysed: Analyse,
) -> None:
    results = analysed([])

    size = results.get("everyone", PATIENTS, CHARACTERISTIC, "n")
    percent = results.get("everyone", "sex", CHARACTERISTIC, "percent", level="F")
    median = results.get("everyone", "age", CHARACTERISTIC, "median")

    assert size.stat == "0"
    assert (percent.stat, percent.error) == ("", "no patient with a known value")
    assert (median.stat, median.error) == ("", "needs at least 1 value, has 0")


def test_one_patient_has_a_median_and_no_standard_deviation(analysed: Analyse) -> None:
    results = analysed([(5.0, 3.0)])

    assert of_visit(results, "baseline", "median").stat == "5.0"
    assert of_visit(results, CHANGE, "median").stat == "-2.0"
    assert of_visit(results, "baseline", "sd").error == "needs at least 2 values, has 1"


def test_a_visit_counts_all_who_have_it_and_the_change_those_who_have_both(
    analysed: Analyse,
) -> None:
    results = analysed([(5.0, 3.0), (7.0, None), (None, 1.0), (None, None)])

    counts = {
        visit: [of_visit(results, visit, stat).stat for stat in ("n", "n_missing", "mean")]
        for visit in ("baseline", "followup", CHANGE)
    }

    assert counts == {
        "baseline": ["2", "2", "6.0"],
        "followup": ["2", "2", "2.0"],
        CHANGE: ["1", "3", "-2.0"],
    }
    assert of_test(results, "n_pairs").stat == "1"


def test_changes_that_are_equal_on_paper_are_equal(analysed: Analyse) -> None:
    results = analysed([(0.1, 0.3), (1.0, 1.2), (2.2, 2.4)])

    assert of_visit(results, CHANGE, "min").stat == of_visit(results, CHANGE, "max").stat == "0.2"


@pytest.mark.parametrize(("kind", "lower"), [(7, "1.75"), (6, "1.25"), (2, "1.5"), (1, "1.0")])
def test_the_study_chooses_the_definition_of_quartiles(
    analysed: Analyse, kind: int, lower: str
) -> None:
    edit = ("cohorts:", f"analysis: {{ quantile_type: {kind} }}\ncohorts:")

    found = of_visit(analysed([(float(i), 0.0) for i in (1, 2, 3, 4)], edit), "baseline", "p25")

    assert (found.stat, found.method) == (lower, f"quantile type {kind}")


def test_characteristics_are_counted_of_those_who_are_known(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(("count(drugs)", "age > 60")))
    known: list[tuple[Value, ...]] = [
        (70.0, "F", (Member("HCQ", marked=True), Member("MTX"))),
        (50.0, "M", ()),
        (None, "F", (Member("MTX"),)),
        (None, None, None),
    ]
    patients = [
        Patient(
            str(row), dict.fromkeys(study.kinds)
            | {"age": age, "sex": sex, "drugs": drugs, "drug_count": age and age > 60},
        )
        for row, (age, sex, drugs) in enumerate(known, start=2)
    ]  # fmt: skip

    results = Results(analyse(study, "everyone", patients))

    def stats(variable: str, level: str = "") -> list[str]:
        names = ("count", "percent")
        of_all = [results.get("everyone", variable, CHARACTERISTIC, n) for n in ("n", "n_missing")]
        found = [
            results.get("everyone", variable, CHARACTERISTIC, name, level=level) for name in names
        ]
        return [each.stat for each in (*of_all, *found)]

    assert stats("sex", "F") == ["3", "1", "2", repr(200 / 3)]
    assert stats("drugs", "HCQ") == ["3", "1", "1", repr(100 / 3)]
    assert stats("drugs", "MTX") == ["3", "1", "2", repr(200 / 3)]
    assert stats("drug_count") == ["2", "2", "1", "50.0"]


def test_the_order_of_patients_does_not_change_a_result(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study())
    values = [(12.5, 3.1), (0.1, 0.3), (7.7, None), (1.1, 1.0), (50.0, 0.2)]
    patients = [
        Patient(str(row), dict.fromkeys(study.kinds) | {"score_baseline": b, "score_followup": a})
        for row, (b, a) in enumerate(values)
    ]

    assert analyse(study, "everyone", patients) == analyse(study, "everyone", patients[::-1])
