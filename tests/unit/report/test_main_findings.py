"""What the results say in words; most of it on one cohort with one outcome."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.data.results import Results, read_results
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain

Told = Callable[..., list[str]]
TableOf = Callable[..., str]

WITHOUT_OLDER = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
SIX = (-1, -2, -3, -4, -5, -6)
LAST = (
    "A test without p < 0.05 does not show that nothing changed. Without a comparison group no"
    " change can be ascribed to the treatment alone."
)
LAST_OF_SEVERAL_COHORTS = (
    "A test without p < 0.05 does not show that nothing changed. Each test compares two visits of"
    " one cohort, and none compares one cohort with another: p < 0.05 in one and not in another"
    " does not show that they differ, and no change can be ascribed to the treatment alone."
    " Tests of cohorts that share patients rest on the same changes."
)


@pytest.fixture
def told(results_of: Callable[..., Path]) -> Told:
    """The main findings of a small study."""

    def run(*edits: tuple[str, str], **files: str) -> list[str]:
        out = results_of(*edits, **files)
        results = Results(read_results(out / "results.csv"))
        return [*map(plain, main_findings(load_study(Path("study/study.yaml")), results))]

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
    results = Results(read_results(bundled / "results.csv"))

    found = [*map(plain, main_findings(load_study(bundled_study), results))]

    # In R, wilcox.test(c(4,1,5,31,0), c(12,7,27,50,2), paired = TRUE) and so on; p.adjust of the
    # four gives 0.0566 for the test of the second sentence; of the exact ones 4 * 2 / 2^8.
    assert found[:4] == [
        "2 of the 7 tests gave p < 0.05: CDASI, Classic and amyopathic DM (p = 0.014, exact"
        " p = 0.008): median change −7.5 points in 8 patients; CDASI, Everyone (p = 0.014, exact"
        " p = 0.008): median change −7 points in 10 patients.",
        "Adjusted (Holm) for the 4 tests that the study declares as one family: CDASI, Classic and"
        " amyopathic DM (p = 0.057, exact p = 0.031).",
        "An exact test could not have given p < 0.05 in 5 of 7 cases, even if every change had"
        " been in the same direction, because too few patients changed: CDASI, Classic DM"
        " (p = 0.0625); MMT8, Classic DM (p = 0.371, exact p = 0.5); CDASI, Amyopathic DM"
        " (p = 0.174, exact p = 0.25); MMT8, Classic and amyopathic DM (p = 0.371, exact p = 0.5);"
        " MMT8, Everyone (p = 0.371, exact p = 0.5).",
        "Not tested: MMT8, Amyopathic DM (no patient has both visits); CDASI, Antisynthetase"
        " syndrome (all differences are zero (n = 2)); MMT8, Antisynthetase syndrome (no patient"
        " has both visits).",
    ]
    assert found[-1] == LAST_OF_SEVERAL_COHORTS


def test_tests_that_change_the_conclusion_of_the_bundled_study_are_named(
    bundled: Path, bundled_study: Path
) -> None:
    results = Results(read_results(bundled / "results.csv"))

    (found,) = starting(
        [*map(plain, main_findings(load_study(bundled_study), results))],
        "Another test of the same pairs",
    )

    # In R, classic DM: wilcox.test(d, correct = FALSE, exact = FALSE) 0.0431, t.test(d) 0.0421.
    # Amyopathic DM: t.test(c(-7, -8, -7)) 0.0075.
    assert found == (
        "Another test of the same pairs would lead to another conclusion: CDASI, Classic DM"
        " (signed-rank, normal: approximate p = 0.043, paired t-test: approximate p = 0.042);"
        " CDASI, Amyopathic DM (paired t-test: approximate p = 0.007)."
    )


@pytest.mark.parametrize("table", [{"Before": "5", "After": "NA"}, {"Before": "5", "After": "5"}])
def test_a_study_in_which_nothing_could_be_tested_says_so_and_no_more(
    told: Told, table_of: TableOf, table: dict[str, str]
) -> None:
    found = told(table=table_of(table))

    reason = "no patient has both visits"
    reason = reason if table["After"] == "NA" else "all differences are zero (n = 1)"
    assert found == [
        f"Not tested: Score, 65 or older ({reason}); Score, Everyone ({reason}).",
        LAST_OF_SEVERAL_COHORTS,
    ]


def test_one_test_that_could_not_reach_the_level_is_told_in_the_singular(told_of: Told) -> None:
    assert told_of([-2]) == [
        "An exact test could not have given p < 0.05, even if every change had been in the same"
        " direction, because too few patients changed: Score, Everyone (p = 1).",
        LAST,
    ]


def test_one_test_that_reached_the_level_is_told_in_the_singular(told_of: Told) -> None:
    found = told_of(SIX)

    # In R, wilcox.test(-(1:6))$p.value is 0.03125
    assert found[0] == (
        "The only test gave p < 0.05: Score, Everyone (p = 0.031): median change −3.5 points in 6"
        " patients."
    )


def test_a_median_change_without_a_unit_is_told_without_one(told_of: Told) -> None:
    found = told_of(SIX, ("    unit: points\n", ""))

    assert found[0].endswith(": median change −3.5 in 6 patients.")


def test_one_test_that_missed_the_level_is_told_in_the_singular(told_of: Told) -> None:
    found = told_of([-1, -2, -3, -4, -5, 6])

    assert found == [
        "The only test could have given p < 0.05 but did not: Score, Everyone (p = 0.4375).",
        LAST,
    ]


def test_none_of_several_tests_is_told(told: Told, table_of: TableOf) -> None:
    found = told(table=table_of({"Before": "5", "After": "3"}))

    assert found[0] == "None of the 2 tests gave p < 0.05."
    assert found[1].startswith(
        "An exact test could not have given p < 0.05 in 2 of 2 cases, even if"
    )


def test_tests_that_could_not_and_that_did_not_reach_the_level_are_told_apart(
    told: Told, table_of: TableOf
) -> None:
    rows = [
        {"Age": "70" if i < 3 else "50", "Before": "50", "After": str(49 - i)} for i in range(5)
    ]
    found = told(table=table_of(*rows, {"Age": "50", "Before": "50", "After": "70"}))

    assert found[:3] == [
        "None of the 2 tests gave p < 0.05.",
        "An exact test could not have given p < 0.05 in 1 of 2 cases, even if every change had"
        " been in the same direction, because too few patients changed: Score, 65 or older"
        " (p = 0.25).",
        "1 of the 2 tests could have given p < 0.05 but did not: Score, Everyone (p = 0.4375).",
    ]


def test_a_level_that_the_approximation_alone_reaches_should_not_be_relied_on(
    told_of: Told,
) -> None:
    found = told_of([-5] * 5, analysis("signed_rank: r-4.5"))

    # In R up to 4.5, wilcox.test(rep(-5, 5)) gives 0.03689; 2 / 2**5 is 0.0625
    assert found[:2] == [
        "The only test gave p < 0.05: Score, Everyone (p = 0.037, exact p = 0.0625): median change"
        " −5 points in 5 patients.",
        "With so few patients an exact test cannot give p < 0.05; what follows from the"
        " approximation alone should not be relied on: Score, Everyone (p = 0.037, exact"
        " p = 0.0625).",
    ]


@pytest.mark.parametrize("changes", [SIX, (-2,), (-1, -2, -3, -4, -5, 6)])
def test_a_level_that_the_exact_test_can_reach_is_not_called_unreliable(
    told_of: Told, changes: Sequence[float]
) -> None:
    assert not starting(told_of(changes), "With so few patients")


def test_a_small_p_value_is_adjusted_for_the_tests_that_were_made(
    told: Told, table_of: TableOf
) -> None:
    family = "[{ cohort: older, outcome: score }, { cohort: everyone, outcome: score }]"
    rows = ({"Before": "50", "After": f"{50 + change}"} for change in SIX)

    found = told(analysis(f"family: {family}"), table=table_of(*rows))

    # In R, p.adjust(c(0.03125, 0.03125), "holm") is 0.0625 for both
    assert starting(found, "Adjusted") == [
        "Adjusted (Holm) for the 2 tests that the study declares as one family: Score, 65 or older"
        " (p = 0.0625); Score, Everyone (p = 0.0625)."
    ]


def test_a_test_outside_the_family_is_not_adjusted(told: Told, table_of: TableOf) -> None:
    family = analysis("family: [{ cohort: older, outcome: score }]")
    rows = ({"Age": "50", "Before": "50", "After": f"{50 + change}"} for change in SIX)

    assert not starting(told(family, table=table_of(*rows)), "Adjusted")


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


def test_six_who_all_improved_each_carry_the_conclusion(told_of: Told) -> None:
    found = told_of(SIX, analysis("signed_rank: exact"))

    assert starting(found, "The conclusion changes") == [
        "The conclusion changes without one patient: Score, Everyone (p1: p = 0.0625, p2:"
        " p = 0.0625, p3: p = 0.0625, p4: p = 0.0625, p5: p = 0.0625, p6: p = 0.0625)."
    ]


def test_a_stable_conclusion_is_not_called_unstable(told_of: Told) -> None:
    found = told_of([-i for i in range(1, 11)])

    assert [each.partition(":")[0] for each in found] == ["The only test gave p < 0.05", LAST]


def test_a_test_that_could_give_exactly_the_level_could_not_go_below_it(told_of: Told) -> None:
    first, *_ = told_of((-1, -2, -3, -4, -5), analysis("alpha: 0.0625, signed_rank: exact"))

    assert first.startswith("An exact test could not have given p < 0.0625, even if")


def test_the_level_is_that_of_the_study(told_of: Told) -> None:
    found = told_of(SIX, analysis("alpha: 0.01"))

    assert found[0].startswith("An exact test could not have given p < 0.01, even if")
    assert found[-1].startswith("A test without p < 0.01 does not show that nothing changed.")


def test_no_sentence_calls_a_missing_significance_the_absence_of_an_effect(told_of: Told) -> None:
    text = " ".join(told_of([-1, -2, -3, -4, -5, 6])).casefold()

    assert not any(word in text for word in ("no effect", "no change was", "unchanged", "failed"))
