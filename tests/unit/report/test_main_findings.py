"""What the results say in words; most of it on one cohort with one outcome."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.data.results import Results, read_results
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import STUDY, patient, table

Told = Callable[..., list[str]]
TableOf = Callable[..., str]

WITHOUT_OLDER = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
SIX = (-1, -2, -3, -4, -5, -6)
NO_PRIMARY = (
    "The study declares no primary outcome, so no test counts for more than another. If one was"
    " chosen before the data were seen, name it under analysis.primary in study.yaml."
)
UNADJUSTED = (
    "No p-value is adjusted for the number of tests, as the study declares no family of tests."
)
LAST = (
    "A test without p < 0.05 does not show that nothing changed. Without a comparison group no"
    " change can be ascribed to the treatment alone."
)
LAST_OF_SEVERAL_COHORTS = (
    "A test without p < 0.05 does not show that nothing changed. Each test compares visits of"
    " one cohort, and none compares one cohort with another: p < 0.05 in one and not in another"
    " does not show that they differ, and no change can be ascribed to the treatment alone."
    " Tests of cohorts that share patients rest on the same changes."
)


def sentences(study: Path, results: Path) -> list[str]:
    rows = read_results(results)
    found = main_findings(load_study(study), rows, Results(rows))
    return [*map(plain, (*found.found, *found.limits))]


@pytest.fixture
def told(results_of: Callable[..., Path]) -> Told:
    """The main findings of a small study."""

    def run(*edits: tuple[str, str], **files: str) -> list[str]:
        out = results_of(*edits, **files)
        return sentences(Path("study/study.yaml"), out / "results.csv")

    return run


@pytest.fixture
def told_of(told: Told, table_of: TableOf) -> Told:
    """The main findings on everyone, the only cohort, of changes by so many points."""

    def run(changes: Sequence[float], *edits: tuple[str, str]) -> list[str]:
        rows = ({"Before": "50", "After": f"{50 + change:g}"} for change in changes)
        return told(WITHOUT_OLDER, *edits, table=table_of(*rows))

    return run


def analysis(content: str) -> tuple[str, str]:
    return ("cohorts:", f"analysis: {{ {content} }}\ncohorts:")


def starting(sentences: Sequence[str], start: str) -> list[str]:
    return [each for each in sentences if each.startswith(start)]


def test_the_findings_of_the_bundled_study_are_told_in_sentences(
    bundled: Path, bundled_study: Path
) -> None:
    found = sentences(bundled_study, bundled / "results.csv")

    # In R, wilcox.test(c(4,1,5,31,0), c(12,7,27,50,2), paired = TRUE) and so on; p.adjust of the
    # four gives 0.0566 for the test that is named as adjusted; of the exact ones 4 * 2 / 2^8.
    # Amyopathic DM: t.test(c(-7, -8, -7)) 0.0075; classic DM: wilcox.test(d, correct = FALSE,
    # exact = FALSE) 0.0431, t.test(d) 0.0421. The widest intervals of 5 and 3 cover with 1 - 2/2^n.
    # Four stopped prednisone at most, and 2 / 2^4 is 0.125.
    assert found == [
        NO_PRIMARY,
        "2 of the 7 paired tests gave p < 0.05: CDASI, Classic and amyopathic DM, shift −8 points"
        " (95% confidence interval −15.5 to −4.5, attained coverage 96.88%) in 8 patients, an"
        " improvement; CDASI, Everyone, shift −7 points (95% confidence interval −14 to −3.5,"
        " attained coverage 96.09%) in 10 patients, an improvement.",
        "None of the 8 tests of conditions gave p < 0.05.",
        "An exact test could not have given p < 0.05 in 5 of 7 paired tests and 8 of 8 tests of"
        " conditions, even if every change had been in the same direction, because too few patients"
        " changed (in the table of tests: too few).",
        "Adjusted (Holm) for the 4 tests that the study declares as one family: CDASI, Classic and"
        " amyopathic DM (p = 0.057, no longer below 0.05, exact p = 0.031).",
        "Not adjusted for the number of tests: the 11 tests outside the declared family.",
        "The interval excludes 0 although p is not below 0.05, because even the widest interval"
        " covers less often than it should: CDASI, Classic DM (93.75%); CDASI, Amyopathic DM"
        " (75%).",
        "A different test of the same pairs would change the conclusion: CDASI, Classic DM"
        " (signed-rank, normal: approximate p = 0.043, paired t-test: approximate p = 0.042);"
        " CDASI, Amyopathic DM (paired t-test: approximate p = 0.007).",
        LAST_OF_SEVERAL_COHORTS,
    ]


@pytest.mark.parametrize("table", [{"Before": "5", "After": "NA"}, {"Before": "5", "After": "5"}])
def test_a_study_in_which_nothing_could_be_tested_concludes_nothing(
    told: Told, table_of: TableOf, table: dict[str, str]
) -> None:
    assert told(table=table_of(table)) == [NO_PRIMARY, LAST_OF_SEVERAL_COHORTS]


def test_the_only_test_that_could_not_reach_the_level_says_so(told_of: Told) -> None:
    # One patient has no interval: the widest one would cover with 1 - 2 / 2^1.
    assert told_of([-2]) == [
        "The only test, Score, Everyone: shift −2 points in 1 patient, an improvement; p = 1, the"
        " least possible with an exact test, so p < 0.05 was out of reach as too few patients"
        " changed.",
        LAST,
    ]


def test_an_interval_that_cannot_reach_its_level_says_with_what_it_covers(told_of: Told) -> None:
    # 1 - 2 / 2^3
    assert (
        "(widest interval −4 to −1, which covers in only 75% of samples)"
        in told_of([-1, -2, -4])[0]
    )


def test_the_only_test_is_told_with_the_estimate_that_belongs_to_it(told_of: Told) -> None:
    found = told_of(SIX)

    # In R, wilcox.test(-(1:6), conf.int = TRUE): p-value 0.03125, -3.5 (-6 to -1)
    assert found[0] == (
        "The only test, Score, Everyone: shift −3.5 points (95% confidence interval −6 to −1,"
        " attained coverage 96.88%) in 6 patients, an improvement; p = 0.031, the least possible"
        " with an exact test."
    )


def test_a_shift_without_a_unit_is_told_without_one(told_of: Told) -> None:
    found = told_of(SIX, ("    unit: points\n", ""))

    assert "shift −3.5 (95% confidence" in found[0]


def test_a_shift_is_told_where_the_median_change_would_contradict_the_test(told_of: Told) -> None:
    """Seven of 15 fell, the others did not change: the median change is 0, and p is 0.016."""
    found = told_of([*([0] * 8), -1, -2, -3, -4, -5, -6, -7], analysis("signed_rank: exact"))

    assert "p = 0.016" in found[0]
    assert "median" not in found[0]
    assert found[1] == (
        "The interval includes 0 although p is below 0.05, because the interval counts every"
        " patient, and the test only those who changed: Score, Everyone (7 of 15)."
    )


def test_the_only_test_that_missed_the_level_says_what_was_possible(told_of: Told) -> None:
    first, *_, last = told_of([-1, -2, -3, -4, -5, 6])

    # In R, wilcox.test(c(-1, -2, -3, -4, -5, 6)) 0.4375; 2 / 2^6
    assert first.endswith("; p = 0.4375; least possible with an exact test: p = 0.031.")
    assert last == LAST


def test_none_of_several_tests_is_told(told: Told, table_of: TableOf) -> None:
    found = told(table=table_of({"Before": "5", "After": "3"}))

    assert found[1] == "None of the 2 tests gave p < 0.05."
    assert found[2].startswith(
        "An exact test could not have given p < 0.05 in 2 of 2 tests, even if"
    )


def test_a_level_that_the_approximation_alone_reaches_should_not_be_relied_on(
    told_of: Told,
) -> None:
    found = told_of([-5] * 5, analysis("signed_rank: r-4.5"))

    # In R up to 4.5, wilcox.test(rep(-5, 5)) gives 0.03689; 2 / 2**5 is 0.0625
    assert found[0].endswith(
        "; p = 0.037, exact p = 0.0625, the least possible with an exact test, so p < 0.05 was out"
        " of reach as too few patients changed."
    )
    assert found[1] == (
        "With so few patients an exact test cannot give p < 0.05; what follows from the"
        " approximation alone should not be relied on: Score, Everyone (p = 0.037, exact"
        " p = 0.0625)."
    )


@pytest.mark.parametrize("changes", [SIX, (-2,), (-1, -2, -3, -4, -5, 6)])
def test_a_level_that_the_exact_test_can_reach_is_not_called_unreliable(
    told_of: Told, changes: Sequence[float]
) -> None:
    assert not starting(told_of(changes), "With so few patients")


def primary(*members: str) -> tuple[str, str]:
    return analysis(f"primary: [{', '.join(members)}]")


def test_primary_outcomes_are_told_first_and_the_others_counted_without_them(
    told: Told, table_of: TableOf
) -> None:
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    found = told(primary("{ cohort: everyone, outcome: score }"), table=table_of(*rows))

    assert found[0].startswith("Primary outcome, Score, Everyone: shift −3.5 points (95%")
    assert found[1] == "The only other test gave p < 0.05: Score, 65 or older."
    assert NO_PRIMARY not in found


def test_a_primary_outcome_that_could_not_be_tested_says_why(told: Told, table_of: TableOf) -> None:
    found = told(primary("{ cohort: everyone, outcome: score }"), table=table_of({"After": "NA"}))

    assert found[0] == (
        "Primary outcome, Score, Everyone: not tested (no patient has both visits)."
    )


def test_no_sentence_lists_more_than_five_tests(told: Told, table_of: TableOf) -> None:
    cohorts = "".join(f"  c{i}: {{ label: C{i}, select: age > {i} }}\n" for i in range(1, 8))
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    found = told(WITHOUT_OLDER, ("cohorts:\n", f"cohorts:\n{cohorts}"), table=table_of(*rows))

    assert found[1] == "All 8 tests gave p < 0.05; all are in the table of tests."
    # In R, wilcox.test(-(1:5))$p.value is 0.0625, whichever of the six is left out.
    assert starting(found, "With one fewer") == [
        "With one fewer patient who changed, whoever it is, an exact test cannot give p < 0.05: "
        + "; ".join(f"Score, C{i} (5 patients: p = 0.0625 at least)" for i in range(1, 6))
        + "; and 3 more, in the table under Sensitivity."
    ]


def test_p_values_of_a_study_without_a_family_are_said_to_be_unadjusted(
    told: Told, table_of: TableOf
) -> None:
    assert UNADJUSTED in told(table=table_of({"Before": "5", "After": "3"}))


@pytest.mark.parametrize(
    ("changes", "test", "told_of"),
    [
        # R: 2 * wilcox.test(-(1:6), exact = FALSE, correct = FALSE)$p.value; exactly 2 * 2/64
        (SIX, "spss", "p = 0.055, no longer below 0.05, exact p = 0.0625, no longer below 0.05"),
        # R: d <- c(-(1:7), 8, -9, -10); 2 * wilcox.test(d, exact = FALSE)$p.value, where half of
        # it is 0.053, and 2 * wilcox.test(d)$p.value
        (
            (-1, -2, -3, -4, -5, -6, -7, 8, -9, -10),
            "normal",
            "p = 0.106, exact p = 0.098, no longer below 0.05",
        ),
    ],
    ids=["both", "exact alone"],
)
def test_it_is_told_which_of_both_p_values_an_adjustment_takes_above_the_level(
    told: Told, table_of: TableOf, changes: Sequence[float], test: str, told_of: str
) -> None:
    family = "[{ cohort: older, outcome: score }, { cohort: everyone, outcome: score }]"
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in changes)

    found = told(analysis(f"signed_rank: {test}, family: {family}"), table=table_of(*rows))

    (adjusted,) = starting(found, "Adjusted")
    assert adjusted.endswith(f"Score, Everyone ({told_of}).")


def test_a_small_p_value_is_adjusted_for_the_tests_that_were_made(
    told: Told, table_of: TableOf
) -> None:
    family = "[{ cohort: older, outcome: score }, { cohort: everyone, outcome: score }]"
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    found = told(analysis(f"family: {family}"), table=table_of(*rows))

    # In R, p.adjust(c(0.03125, 0.03125), "holm") is 0.0625 for both
    assert starting(found, "Adjusted") == [
        "Adjusted (Holm) for the 2 tests that the study declares as one family: Score, 65 or older"
        " (p = 0.0625, no longer below 0.05); Score, Everyone (p = 0.0625, no longer below 0.05)."
    ]


def test_p_values_that_the_number_of_contrasts_takes_above_the_level_are_told(told: Told) -> None:
    rows = (patient([50, 50 + change, 50, 50 + change], arm="B") for change in SIX)

    found = told(text=STUDY, table=table(*rows))

    # In R, p.adjust(c(0.03125, 0.03125), "holm") is 0.0625 for both
    kinds = "contrasts of one outcome, condition or grade in one cohort"
    assert (
        f"When adjusted (Holm) for the {kinds}, 2 of their 2 p-values below 0.05 are no longer"
        " below it."
    ) in found
    assert starting(found, "Also adjusted") == [
        f"Also adjusted (Holm) for the {kinds}; no longer below 0.05: Score, Month 6 against"
        " Before, Everyone (p = 0.0625); Score, After 1 month, Everyone (p = 0.0625)."
    ]
    assert f"Otherwise no{UNADJUSTED.removeprefix('No')}" in found


def test_p_values_that_stay_below_the_level_for_the_contrasts_lose_nothing(told: Told) -> None:
    rows = (patient([50, 50 + change, 50, 50 + change], arm="B") for change in (*SIX, -7))

    found = told(text=STUDY, table=table(*rows))

    # In R, p.adjust(c(0.015625, 0.015625), "holm") is 0.03125 for both
    assert not starting(found, "When adjusted")
    assert starting(found, "Also adjusted") == [
        "Also adjusted (Holm) for the contrasts of one outcome, condition or grade in one cohort."
    ]


def test_a_test_outside_the_family_is_not_adjusted(told: Told, table_of: TableOf) -> None:
    family = analysis("family: [{ cohort: older, outcome: score }]")
    rows = ({"Age": "50", "Before": "50", "After": f"{50 + change}"} for change in SIX)

    found = told(family, table=table_of(*rows))

    assert not starting(found, "Adjusted")
    assert (
        "Not adjusted for the number of tests: the one test outside the declared family." in found
    )


def test_the_number_of_tests_that_are_adjusted_for_is_of_those_that_were_made(
    told: Told, table_of: TableOf
) -> None:
    """Of a family of two, one has no patients: p = 0.03125 stays as it is, adjusted for one."""
    family = "[{ cohort: older, outcome: score }, { cohort: everyone, outcome: score }]"
    rows = ({"Age": "50", "Before": "50", "After": f"{50 + change}"} for change in SIX)

    (found,) = starting(told(analysis(f"family: {family}"), table=table_of(*rows)), "Adjusted")

    assert found.endswith("Score, Everyone (p = 0.031).")
    assert not found.startswith("Adjusted (Holm) for the 2 tests")


def test_a_conclusion_that_hangs_on_one_patient_names_who(told_of: Told) -> None:
    found = told_of([-1, -2, -3, -4, -5, -7, 6], analysis("signed_rank: exact"))

    # In R, wilcox.test(d) 0.219; without the last 0.031, without any other 0.31 or more
    assert starting(found, "The conclusion changes") == [
        "The conclusion changes without one patient: Score, Everyone (p7: p = 0.031)."
    ]


def test_of_six_who_each_carry_the_conclusion_none_is_named(told_of: Told) -> None:
    found = told_of(SIX, analysis("signed_rank: exact"))

    assert not starting(found, "The conclusion changes")
    assert starting(found, "With one fewer") == [
        "With one fewer patient who changed, whoever it is, an exact test cannot give p < 0.05:"
        " Score, Everyone (5 patients: p = 0.0625 at least)."
    ]


def test_a_stable_conclusion_is_not_called_unstable(told_of: Told) -> None:
    found = told_of([-i for i in range(1, 11)])

    assert [each.partition(":")[0] for each in found] == ["The only test, Score, Everyone", LAST]


def test_a_test_that_could_give_exactly_the_level_could_not_go_below_it(told_of: Told) -> None:
    first, *_ = told_of((-1, -2, -3, -4, -5), analysis("alpha: 0.0625, signed_rank: exact"))

    assert "so p < 0.0625 was out of reach" in first


def test_the_level_is_that_of_the_study(told_of: Told) -> None:
    found = told_of(SIX, analysis("alpha: 0.01"))

    assert "so p < 0.01 was out of reach" in found[0]
    assert found[-1].startswith("A test without p < 0.01 does not show that nothing changed.")


def test_no_sentence_calls_a_missing_significance_the_absence_of_an_effect(told_of: Told) -> None:
    text = " ".join(told_of([-1, -2, -3, -4, -5, 6])).casefold()

    assert not any(word in text for word in ("no effect", "no change was", "unchanged", "failed"))
