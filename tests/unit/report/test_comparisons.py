"""What a report says of a comparison: sentences, tables, methods, and what it no longer says."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from arms import ACTIVE, ARMS, CONDITION, HARMS, OF_GRADES, PLACEBO, RESPONDERS, THREE, arms_table
from casebook.data.results import Results, read_results
from casebook.report.comparisons import comparison_table
from casebook.report.export import each_two, one_comparison
from casebook.report.main_findings import main_findings
from casebook.study.load import load_study
from casebook.wording.traces import plain
from followed import CHANGING, STUDY, patient, table

ReportOf = Callable[..., str]
OUTCOMES = """\
outcomes:
  score:
    label: Score
    columns:
      baseline: Before
      followup: After
    unit: points
    range: [0, 100]
    better: lower
"""


def words(page: str, section: str) -> str:
    """The text of a section, without tags."""
    found = re.search(rf'<section id="{section}">(.*?)</section>', page, re.DOTALL)
    assert found, f"no section {section}"
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split())


@pytest.fixture
def page(report_of: ReportOf, made_once: Callable[[str, Callable[[Path], None]], Path]) -> str:
    def make(folder: Path) -> None:
        folder.mkdir()
        text = report_of(ARMS, RESPONDERS, CONDITION, table=arms_table())
        (folder / "page.html").write_text(text, encoding="utf-8")

    return (made_once("compared-arms", make) / "page.html").read_text(encoding="utf-8")


def test_the_main_findings_count_the_comparisons_and_show_each_in_a_grid(page: str) -> None:
    found = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "findings"))
    assert (
        "3 of the 6 comparisons between cohorts gave p &lt; 0.05: Score, change, Arms, Active minus"
        in found
    )
    assert "All comparisons between cohorts" in found
    assert "Better: −21 (−27 to −8) n = 10; p = 0.008" in found
    assert re.search(r"Baseline see comparison (Higher|Lower): ", found)


@pytest.mark.parametrize(
    ("edit", "side"),
    [
        (("better: lower", "better: higher"), "worse"),
        (("    better: lower\n", "    better: lower\n    change: earlier - later\n"), "better"),
    ],
)
def test_which_side_of_a_difference_is_better_follows_the_outcome_and_its_sign(
    results_of: Callable[..., Path], edit: tuple[str, str], side: str
) -> None:
    primary = "analysis: { primary: [{ cohort: arms, outcome: score }] }\n"
    out = results_of((ARMS[0], primary + ARMS[1]), edit, table=arms_table())
    rows = read_results(out / "results.csv")

    told, *_ = main_findings(load_study(Path("study/study.yaml")), rows, Results(rows)).found
    assert f", {side} for Active; p = " in told


def test_the_table_of_a_comparison_without_anything_to_compare_says_so(
    make_study: Callable[..., Path],
) -> None:
    table = comparison_table(load_study(make_study(ARMS)), "arms", [])

    assert [row.label for row in table.rows] == [
        "Nothing: the study describes no outcome, condition or grade to compare."
    ]


def test_with_a_comparison_it_is_not_said_that_there_is_none(report_of: ReportOf) -> None:
    alone = "no change can be ascribed to the treatment alone"
    assert alone in report_of(table=arms_table())
    assert alone not in report_of(ARMS, table=arms_table())


def test_a_comparison_has_a_table_with_a_row_for_each_visit_the_change_and_each_threshold(
    page: str,
) -> None:
    found = words(page, "comparisons")
    heads = "Compared Placebo Active Difference (confidence interval) p-value Smallest possible"
    assert heads in found
    for row in ("Baseline", "Follow-up", "Change", "At least 10 points", "Score above 30"):
        assert row in found
    assert "Differences are Active minus Placebo." in found
    assert "0 ( 0% ) 4 ( 80% ) 80" in found
    assert "Change 0 to yes, 0 to no, 5 unchanged 0 to yes, 3 to no, 2 unchanged – 0.167" in found
    assert "Lost, of those with it 0 ( 0% ) 3 ( 60% ) 60 (" in found
    ranked = "Rank-sum, exact: Score, Follow-up; Score, change; Score above 30, change."
    assert ranked in found


def test_a_rank_sum_test_that_the_study_chooses_has_the_exact_one_beside_it_everywhere(
    report_of: ReportOf,
) -> None:
    """3 against 4 without overlap: exact 2 of 35. R 4.2: wilcox.test(c(-14, -24, -9, -28),
    c(1, -2, -1), exact = FALSE, correct = FALSE) has p = 0.03389.
    """
    settings = "{ rank_sum: spss, primary: [{ cohort: arms, outcome: score }] }"
    choice = ("cohorts:\n", f"analysis: {settings}\ncohorts:\n")

    page = report_of(choice, ARMS, table=arms_table(PLACEBO[:3], ACTIVE[1:]))

    findings = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "findings"))
    assert (
        "p = 0.034, exact p = 0.057, the least possible with an exact test, so p &lt; 0.05 was out"
        " of reach as there are too few patients" in findings
    )
    assert "what follows from the approximation alone should not be relied on" in findings
    table = words(page, "comparisons")
    assert "p-value Exact p-value Smallest possible p-value" in table
    assert "the exact test would have given had all values of one cohort" in table
    assert "Rank-sum, normal. " in table
    told = words(page, "methods")
    assert "two-sided, always the normal approximation without continuity correction, as in" in told
    assert "Its p-value is reported together with that of the exact test" in told


def test_coverage_has_a_column_where_an_interval_falls_short(report_of: ReportOf) -> None:
    page = report_of(ARMS, table=arms_table(PLACEBO[:3], ACTIVE[:3]))

    found = words(page, "comparisons")

    assert "Difference (confidence interval) Attained coverage p-value" in found
    assert "90%" in found


def test_least_p_values_below_0_001_everywhere_have_no_column(report_of: ReportOf) -> None:
    found = words(report_of(ARMS, table=arms_table(PLACEBO * 4, ACTIVE * 4)), "comparisons")

    assert "p-value Patients without whom the conclusion changes" in found
    assert "The smallest possible p-value is" not in found


def test_the_first_visit_has_p_values_on_demand_alone(page: str, report_of: ReportOf) -> None:
    """They are among the results all the same."""
    found = words(page, "comparisons")
    assert re.search(r"\) – – – Follow-up", found)
    assert "Baseline is the first visit, whose p-values are not shown" in found

    demanded = ("[placebo, active] }", "[placebo, active], baseline_p_values: true }")
    found = words(
        report_of(ARMS, RESPONDERS, CONDITION, demanded, table=arms_table()), "comparisons"
    )
    assert "Rank-sum, exact: Score, Baseline; Score, Follow-up; Score, change; Score" in found
    assert "Not tested, all patients are alike: Score above 30, Baseline." in found
    assert "Baseline is the first visit. Of patients who were assigned at random" in found


def test_a_table_with_changes_says_which_way_they_run_and_what_is_better(
    page: str, report_of: ReportOf
) -> None:
    rises = "Changes are the later value minus the earlier one: above 0 the outcome rose"
    assert f"{rises}, below 0 it fell. Lower values are better: Score." in words(
        page, "comparisons"
    )

    falls = ("    better: lower\n", "    better: lower\n    change: earlier - later\n")
    found = words(report_of(ARMS, falls, table=arms_table()), "comparisons")
    assert "the earlier value minus the later one: above 0 the outcome fell" in found


def test_where_a_test_and_its_interval_disagree_it_is_said_why(report_of: ReportOf) -> None:
    """0 of 5 and 3 of 5: Fisher's p is 1/6, and the interval begins just above 0."""
    active = [(42, 20), (39, 25), (55, 31), (47, 46), (58, 57)]
    found = words(report_of(ARMS, RESPONDERS, table=arms_table(active=active)), "comparisons")
    assert "the interval of the difference disagree on Score, At least 10 points: the test" in found


def test_the_verdict_tells_of_comparisons_too(report_of: ReportOf) -> None:
    """No test of changes within a cohort of 5 can give p < 0.05, but one between them does."""
    only = (
        "  older:\n    label: 65 or older\n    select: age >= 65\n"
        "  everyone:\n    label: Everyone\n"
    )
    found = words(report_of(ARMS, (only, ""), table=arms_table()), "findings")
    assert "None of the 2 paired tests gave p &lt; 0.05" in found
    assert Path("out/verdict.txt").read_text(encoding="utf-8") == (
        "None of the 2 paired tests gave p < 0.05; with an exact test none of the 2 could have."
        " The only comparison of changes between cohorts gave p < 0.05.\n"
    )


def test_without_other_tests_there_is_no_table_of_them(report_of: ReportOf) -> None:
    """Neither where a cohort is empty nor where one visit is compared."""
    said = "what other tests would give"
    nobody = ('select: sex == "M"', "select: age > 99")
    assert said not in report_of(ARMS, RESPONDERS, nobody, table=arms_table())

    one = ("      baseline: Before\n      followup: After\n", "      followup: After\n")
    assert said not in report_of(one, ARMS, table=arms_table())


def test_other_tests_stand_below(page: str) -> None:
    found = words(page, "comparisons")
    assert "Arms: what other tests would give" in found
    assert "Arms: what other tests of counts would give" in found
    assert "Boschloo's test" in found.replace("&#39;", "'")


def test_every_number_of_the_section_leads_to_its_result(page: str) -> None:
    section = re.search(r'<section id="comparisons">(.*?)</section>', page, re.DOTALL)
    assert section
    linked = set(re.findall(r'href="#(r-\w+)"', section[1]))
    assert len(linked) > 50
    assert all(f'id="{name}"' in page for name in linked)


def test_the_characteristics_have_standardised_differences_and_p_values_on_demand(
    report_of: ReportOf,
) -> None:
    found = words(report_of(ARMS, table=arms_table()), "baseline")
    assert "Standardised difference, Arms" in found
    assert "p-value, Arms" not in found

    demanded = ("[placebo, active] }", "[placebo, active], baseline_p_values: true }")
    found = words(report_of(ARMS, demanded, table=arms_table()), "baseline")
    assert "p-value, Arms" in found
    assert "a p-value of a characteristic tests what is known to be true" in found
    assert "P-values are of numbers by the rank-sum test, and of categories by Fisher" in found


def test_the_methods_name_the_tests_of_characteristics_alone(report_of: ReportOf) -> None:
    demanded = ("[placebo, active] }", "[placebo, active], baseline_p_values: true }")
    described = (ARMS, (OUTCOMES, ""))

    asked = words(report_of(*described, demanded, table=arms_table()), "methods")
    others = words(report_of(*described, table=arms_table()), "methods")

    for told in ("compared with the rank-sum test", "compared with Fisher"):
        assert told in asked
        assert told not in others


def test_the_standardised_difference_of_two_levels_says_of_which_it_is(
    report_of: ReportOf,
) -> None:
    by_age = ('select: sex == "F"', "select: age <= 62"), ('select: sex == "M"', "select: age > 62")
    found = words(report_of(ARMS, *by_age, table=arms_table(ACTIVE, PLACEBO[:2])), "baseline")
    assert "Sex 1.41 (Female)" in found


def test_the_methods_name_the_tests_and_cite_them(page: str) -> None:
    found = words(page, "methods")
    for cited in ("Mann HB, Whitney DR", "Freeman GH", "Miettinen O", "Austin PC"):
        assert cited in found


def test_a_comparison_is_told_to_go_beyond_a_case_series(page: str, report_of: ReportOf) -> None:
    said = "if patients were assigned to them at random, report it by CONSORT"
    assert said in words(page, "checklists")
    assert said not in words(report_of(table=arms_table()), "checklists")


def test_its_table_is_exported(results_of: Callable[..., Path], tmp_path: Path) -> None:
    results = results_of(ARMS, RESPONDERS, table=arms_table()) / "results.csv"

    one_comparison(Path("study/study.yaml"), results, tmp_path, "arms")

    names = {path.name for path in tmp_path.glob("comparison-arms.*")}
    assert names == {"comparison-arms.csv", "comparison-arms.html", "comparison-arms.docx"}
    written = (tmp_path / "comparison-arms.csv").read_text(encoding="utf-8-sig")
    head, _, *rows = csv.reader(io.StringIO(written))
    assert head[:4] == ["Compared", "Placebo", "Active", "Difference (confidence interval)"]
    change = next(row for row in rows if row[0].strip() == "Change")
    assert change[3:5] == ["−21 (−27 to −8)", "0.008"]


def test_the_differences_of_each_two_of_three_cohorts_are_exported(
    results_of: Callable[..., Path], tmp_path: Path
) -> None:
    """In R, median(outer(b, a, "-")) and its range, as 2 patients and 4 have no narrower one."""
    results = results_of(THREE, table=arms_table()) / "results.csv"

    each_two(Path("study/study.yaml"), results, tmp_path, "all")

    names = {path.name for path in tmp_path.glob("*all*")}
    assert names == {f"each-two-all.{form}" for form in ("csv", "html", "docx")}
    written = (tmp_path / "each-two-all.csv").read_text(encoding="utf-8-sig")
    rows = {row[0].strip(): row[1:] for row in csv.reader(io.StringIO(written))}
    assert rows["Change: Two minus One"] == ["−2 (−25 to 21)", "86.67%"]


def test_no_name_of_a_comparison_gives_its_tables_the_names_of_others(
    report_of: ReportOf,
) -> None:
    whole = "  all: { label: All, cohorts: [one, two, three] }\n"
    others = ("pairs", "tests", "harms", "each-two")
    named = (whole.replace("all:", f"all-{name}:") for name in others)
    several = (THREE[0], THREE[1].replace(whole, whole + "".join(named)))
    page = report_of(several, HARMS, table=arms_table())

    tables = re.findall(r'<figure class="table" id="([^"]+)"', page)
    assert len([name for name in tables if "all" in name]) == 4 * (1 + len(others))
    assert len({*tables}) == len(tables)


def test_of_three_cohorts_the_page_tells_how_much_they_differ_and_each_two_of_them(
    report_of: ReportOf,
) -> None:
    page = report_of(THREE, RESPONDERS, CONDITION, table=arms_table())

    found = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "comparisons"))
    assert "Compared One Two Three Effect size p-value" in found
    assert "ε² 0.0091 0.970" in found
    assert "Score above 30 Baseline 2 (100%) 4 (100%) 4 (100%) –" in found
    assert "1 (50%) 2 (50%) 1 (25%) V 0.25" in found
    assert "A condition can change to no, not at all, or to yes" in found
    assert (
        "By chance alone ε² is 2/(n − 1) on average with n patients, and the square of V" in found
    )
    assert "All: how far each two are apart Compared Difference (confidence interval)" in found
    assert found.count("Lower values are better: Score.") == 2
    assert "Change: Three minus Two 1 (−27 to 26) 97.14%" in found
    assert "all 3 of a visit or change hold together in at least 85% of samples" in found
    grid = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "findings"))
    assert (
        "ε² 0.0091; Two minus One −2 (−25 to 21), better for Two n = 10; p = 0.970; covers 86.67%"
        in grid
    )
    assert "takes no account of this choice" in grid


@pytest.mark.parametrize(
    ("edits", "table", "words", "count"),
    [
        ((ARMS, CONDITION), arms_table(), "All 5", 5),
        # Changes of -10 and -11; -2, -1, -3 and -4; 10 to 13.
        (
            (THREE,),
            arms_table(
                [(40, 30), (40, 38), (40, 39), (40, 50), (40, 51)],
                [(40, 29), (40, 37), (40, 36), (40, 52), (40, 53)],
            ),
            "Both",
            2,
        ),
    ],
)
def test_a_list_of_the_main_findings_has_no_item_that_is_parted_as_it_is(
    results_of: Callable[..., Path],
    edits: tuple[tuple[str, str], ...],
    table: str,
    words: str,
    count: int,
) -> None:
    level = ("cohorts:\n", "analysis: { alpha: 0.2 }\ncohorts:\n")
    out = results_of(*edits, level, table=table)
    rows = read_results(out / "results.csv")

    found = main_findings(load_study(Path("study/study.yaml")), rows, Results(rows)).found

    (told,) = (plain(each) for each in found if "comparisons between cohorts gave" in each)
    counted, items = told.split(" gave p < 0.2: ")
    assert (counted, len(items.split("; "))) == (f"{words} comparisons between cohorts", count)


@pytest.mark.parametrize(
    ("turn", "difference"),
    [
        ("", "Two minus One −2 points (widest interval −25 to 21"),
        ("    change: earlier - later\n", "Two minus One 2 points (widest interval −21 to 25"),
    ],
)
def test_a_primary_comparison_of_three_cohorts_says_for_which_the_largest_difference_is_better(
    report_of: ReportOf, turn: str, difference: str
) -> None:
    primary = "analysis: { primary: [{ cohort: all, outcome: score }] }\n"
    sign = ("    better: lower\n", f"    better: lower\n{turn}")
    page = report_of((THREE[0], primary + THREE[1]), sign, table=arms_table())

    told = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "findings"))
    assert f"ε² 0.0091, the largest of 3 differences between two cohorts being {difference}" in told
    # 13 of the 15 ways to choose the two patients of One from the six
    assert (
        "covers in only 86.67% of samples), better for Two (the interval takes no account of this"
        " choice), in 10 patients; p = 0.970"
    ) in told


def test_too_few_patients_are_told(report_of: ReportOf) -> None:
    page = report_of(ARMS, table=arms_table(PLACEBO[:2], ACTIVE[:3]))
    assert (
        "2 of 2 comparisons between cohorts, however far apart the cohorts had been, because there"
        " are too few patients, or too few whose values differ"
        ' (in the <a href="#tests">table of tests</a>: too few).'
    ) in page.replace("\xa0", " ")


def test_only_tests_of_the_kind_of_the_primary_one_are_others(
    results_of: Callable[..., Path],
) -> None:
    """The changes of both arms are -2 and 2; the paired tests are of both, and of everyone."""
    primary = "analysis: { primary: [{ cohort: arms, outcome: score }] }\n"
    alike = [(40, 38), (50, 52)]
    out = results_of((ARMS[0], primary + ARMS[1]), table=arms_table(alike, alike))
    rows = read_results(out / "results.csv")

    found = main_findings(load_study(Path("study/study.yaml")), rows, Results(rows))

    told = [*map(plain, found.found)]
    assert "in 4 patients, neither better nor worse for Active; p = 1" in told[0]
    assert told[1] == "The only other comparison between cohorts did not give p < 0.05."
    assert told[2] == "None of the 3 paired tests gave p < 0.05."
    assert "p < 0.05 in the only other comparison between cohorts, however" in found.limits[0]
    assert [grid.title for grid in found.grids] == [
        "The other comparisons between cohorts",
        "All tests within cohorts",
    ]


def test_the_p_value_of_a_comparison_in_the_family_is_shown_adjusted(report_of: ReportOf) -> None:
    members = "[{ cohort: arms, outcome: score }, { cohort: active, outcome: score }]"
    page = report_of(
        ARMS, ("cohorts:\n", f"analysis: {{ family: {members} }}\ncohorts:\n"), table=arms_table()
    )
    assert "Adjusted p-value (Holm)" in words(page, "comparisons")
    found = re.sub(r"\s+(?=[),;])|(?<=\()\s+", "", words(page, "findings"))
    assert "n = 10; p = 0.008; adjusted 0.016" in found
    assert "one family: Score, change, Arms (p = 0.016)" in found


def test_a_comparison_outside_of_the_family_is_said_to_be_unadjusted(report_of: ReportOf) -> None:
    family = "analysis: { family: [{ cohort: active, outcome: score }] }\ncohorts:\n"
    found = words(report_of(ARMS, ("cohorts:\n", family), table=arms_table()), "findings")
    assert "Not adjusted for the number of tests: the 5 tests outside the declared family." in found


def test_a_primary_test_of_the_family_is_shown_adjusted_whatever_it_gave(
    report_of: ReportOf,
) -> None:
    """Placebo has 1, -2, -1, 2 and -3 points: its test is in no grid, as it is told in full."""
    members = "[{ cohort: arms, outcome: score }, { cohort: placebo, outcome: score }]"
    primary = "primary: [{ cohort: placebo, outcome: score }]"
    declared = ("cohorts:\n", f"analysis: {{ family: {members}, {primary} }}\ncohorts:\n")
    found = words(report_of(ARMS, declared, table=arms_table()), "findings")
    assert re.search(r"Primary outcome, Score, Placebo: [^;]*; .*; adjusted \(Holm\) p = ", found)


def test_without_outcomes_only_the_characteristics_are_compared(report_of: ReportOf) -> None:
    """There is nothing to test, and no test is named."""
    page = report_of((OUTCOMES, ""), ARMS, table=arms_table())

    assert '<section id="comparisons">' not in page
    assert "Standardised difference, Arms" in words(page, "baseline")
    assert "rank-sum" not in words(page, "methods")


def test_with_one_visit_the_main_findings_tell_of_its_values(report_of: ReportOf) -> None:
    one = ("      baseline: Before\n      followup: After\n", "      followup: After\n")
    found = words(report_of(one, ARMS, table=arms_table()), "findings")
    assert "The only test, Score, Follow-up, Arms: Active minus Placebo" in found


def test_a_study_of_one_visit_compares_it_and_says_so(report_of: ReportOf) -> None:
    study = """\
title: Once
source: { table: table.csv, patient: ID, citation: Doe J. 2024., licence: CC0 }
variables:
  sex: { label: Sex, column: Sex, type: category, levels: { F: Female, M: Male } }
cohorts:
  women: { label: Women, select: sex == "F" }
  men: { label: Men, select: sex == "M" }
comparisons: { sexes: { label: Sexes, cohorts: [women, men] } }
visits: { seen: Seen }
outcomes:
  pain: { label: Pain, columns: { seen: After }, unit: points, range: [0, 100], better: lower }
"""
    page = report_of(text=study, table=arms_table())
    found = words(page, "findings")
    assert "The only test, Pain, Seen, Sexes: Men minus Women" in found
    assert "Rank-sum, exact." in words(page, "comparisons")
    assert Path("out/verdict.txt").read_text(encoding="utf-8") == (
        "No outcome is compared between visits. The only comparison of values between cohorts gave"
        " p < 0.05.\n"
    )


def test_a_primary_comparison_is_told_first_and_with_the_least_p_possible(
    report_of: ReportOf,
) -> None:
    primary = "analysis: { primary: [{ cohort: arms, outcome: score }] }\n"
    declared = (ARMS[0], primary + ARMS[1])

    found = re.sub(
        r"\s+(?=[),;.])|(?<=\()\s+", "", words(report_of(declared, table=arms_table()), "findings")
    )

    # 2 / choose(10, 5), which is given where the cohorts do not overlap at all
    assert "Primary outcome, Score, change, Arms: Active minus Placebo −21 points (95%" in found
    assert "attained coverage 96.83%) in 10 patients, better for Active; p = 0.008, the" in found
    assert "the least possible." in found
    assert "declares no primary outcome" not in found


def test_an_interval_across_0_leaves_open_for_which_cohort_a_difference_is_better(
    report_of: ReportOf,
) -> None:
    primary = "analysis: { primary: [{ cohort: arms, outcome: score }] }\n"
    table = arms_table(active=[(42, 40), (39, 40), (55, 49), (47, 48), (58, 54)])

    found = words(report_of((ARMS[0], primary + ARMS[1]), table=table), "findings")

    assert "better for Active by the estimate, though the interval includes 0" in found


def test_cohorts_that_the_label_of_a_comparison_names_are_not_named_again(
    report_of: ReportOf,
) -> None:
    named = (ARMS[0], ARMS[1].replace("label: Arms", "label: Active against placebo"))

    page = report_of(named, table=arms_table())

    found = words(page, "comparisons")
    assert found.startswith("Comparisons Active against placebo Compared")
    assert "Differences are Active minus Placebo." in found
    assert "Placebo against Active" not in page


def test_grades_are_shown_by_how_many_patients_have_each(report_of: ReportOf) -> None:
    grades = [("A", "severe")] * 4 + [("A", "mild")] + [("B", "none")] * 2 + [("B", "mild")] * 3
    patients = [patient([], ["mild", grade], arm) for arm, grade in grades]

    page = report_of(OF_GRADES, text=STUDY, table=table(*patients))

    found = words(page, "comparisons")
    assert "Dyspnoea: None / Mild / Severe" in found
    assert "Month 1 0 / 1 / 4 2 / 3 / 0 – 0.032" in found
    assert "they are compared by their order alone, and have no difference" in found


def test_a_primary_change_of_a_grade_is_told_with_who_became_better_and_worse(
    report_of: ReportOf,
) -> None:
    primary = "analysis: { primary: [{ cohort: arms, outcome: dyspnoea, contrast: early }] }\n"
    page = report_of(
        OF_GRADES, ("contrasts:\n", primary + "contrasts:\n"), text=STUDY, table=table(*CHANGING)
    )

    told = re.sub(r"(?<=\()\s+", "", words(page, "findings"))
    assert "Dyspnoea, change, After 1 month, Arms: Arm A (1 better, 1 worse) and Arm B (4" in told
    assert "4 better, 0 worse), better for Arm B by mean ranks, in 10 patients; p = 0.103" in told
    assert "by how many levels it became better or worse" in words(page, "comparisons")
    assert "by the number of levels that each patient rose or fell" in words(page, "methods")


def test_that_cohorts_share_patients_is_said_only_where_they_do(report_of: ReportOf) -> None:
    said = "A patient can belong to several cohorts."
    assert said in words(report_of(ARMS, table=arms_table()), "baseline")

    others = (
        "  older:\n    label: 65 or older\n    select: age >= 65\n"
        "  everyone:\n    label: Everyone\n"
    )
    assert said not in report_of(ARMS, (others, ""), table=arms_table())


def test_many_patients_are_counted_by_a_test_whose_least_p_value_nobody_looks_for(
    report_of: ReportOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook.statistics.contingency._LARGEST_TABLE", 1)

    page = report_of(ARMS, RESPONDERS, CONDITION, table=arms_table())

    assert "chi-squared" in words(page, "comparisons")
