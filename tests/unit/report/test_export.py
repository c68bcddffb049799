import csv
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from casebook.data.results import Results, read_results
from casebook.report.export import tables
from casebook.report.manuscript import baseline_table, response_table
from casebook.study.load import load_study
from casebook.wording.traces import plain


def printed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_response_of_the_bundled_study_is_table_2_of_its_paper(bundled: Path) -> None:
    rows = printed(bundled / "tables/response.csv")

    assert rows[0] == [
        "Cohort and outcome", "Patients with both visits", "Before upadacitinib", "Last follow-up",
        "Shift (confidence interval)", "Attained coverage", "p-value", "Exact p-value",
        "Smallest possible exact p-value",
    ]  # fmt: skip
    # R: wilcox.test(change, conf.int = TRUE, conf.level = 0.9375); shift and interval of 5 changes.
    assert rows[1:9] == [
        ["Classic DM (n = 5)", "", "", "", "", "", "", "", ""],
        ["CDASI", "5", "12 (7–27)", "4 (1–5)", "−12 (−22 to −2)", "93.75%", "0.0625", "0.0625",
         "0.0625"],
        ["MMT8", "5", "150 (127–150)", "150 (150–150)", "2 (0 to 24)", "93.75%", "0.371", "0.5",
         "0.5"],
        ["Amyopathic DM (n = 3)", "", "", "", "", "", "", "", ""],
        ["CDASI", "3", "9 (8.5–11.5)", "1 (0.5–4)", "−7.5 (−9 to −7)", "75%", "0.174", "0.25",
         "0.25"],
        ["MMT8", "0", "–", "–", "–", "–", "–", "–", "–"],
        ["Classic and amyopathic DM (n = 8)", "", "", "", "", "", "", "", ""],
        ["CDASI", "8", "10.5 (7.75–17.25)", "2.5 (0.75–5.5)", "−8 (−15.5 to −4.5)", "96.88%",
         "0.014", "0.008", "0.008"],
    ]  # fmt: skip


def test_a_row_of_characteristics_is_counted_of_the_known(bundled: Path) -> None:
    rows = {row[0]: row[1:] for row in printed(bundled / "tables/baseline.csv")}

    assert rows["Characteristic"][0] == "Classic DM (n = 5)"
    assert rows["Age (current), years"][0] == "49 (39–50)"
    assert rows["Female"] == ["4 (80%)", "3 (100%)", "7 (88%)", "1 (50%)", "8 (80%)"]
    assert rows["Not known"] == ["0", "1", "1", "0", "1"]
    assert rows["Anti-MDA5"] == ["2 (40%)", "2 (100%)", "4 (57%)", "0 (0%)", "4 (44%)"]


def test_the_notes_say_how_each_p_value_was_found_and_why_one_is_missing(
    bundled: Path, bundled_study: Path
) -> None:
    results = Results(read_results(bundled / "results.csv"))

    notes = response_table(load_study(bundled_study), results).notes

    assert notes[7:] == (
        "Wilcoxon signed-rank test, exact (default rule of R up to 4.5): CDASI in Classic DM.",
        "Wilcoxon signed-rank test, normal approximation with continuity correction (default"
        " rule of R up to 4.5): all but CDASI in Classic DM; MMT8 in Amyopathic DM; CDASI in"
        " Antisynthetase syndrome; MMT8 in Antisynthetase syndrome.",
        "Not tested, no patient has both visits: MMT8 in Amyopathic DM; MMT8 in Antisynthetase"
        " syndrome.",
        "Not tested, all differences are zero (n = 2): CDASI in Antisynthetase syndrome.",
        "p < 0.05 could not have been reached: CDASI in Classic DM; MMT8 in Classic DM;"
        " CDASI in Amyopathic DM; MMT8 in Classic and amyopathic DM; MMT8 in Everyone.",
        "Rests on 5 pairs with a difference: CDASI in Classic DM.",
        "Rests on 2 pairs with a difference: MMT8 in Classic DM; MMT8 in Classic and amyopathic DM;"
        " MMT8 in Everyone.",
        "The approximation gives a smaller p-value than the exact test ever could: MMT8 in Classic"
        " DM; CDASI in Amyopathic DM; MMT8 in Classic and amyopathic DM; MMT8 in Everyone.",
        "Rests on 3 pairs with a difference: CDASI in Amyopathic DM.",
    )
    assert any(
        each.endswith("is not below 0.05, too few patients changed for a significant result.")
        for each in notes
    )
    assert (
        "MMT8, Manual Muscle Testing Subset of Eight Muscles in points: higher is better." in notes
    )


def test_who_was_lost_is_a_column_and_what_says_nothing_is_none(
    results_of: Callable[..., Path],
) -> None:
    """Three were seen before, two of them after, who are the pairs; p is exact everywhere."""
    results = Results(read_results(results_of() / "results.csv"))

    table = response_table(load_study(Path("study/study.yaml")), results)

    assert table.columns[1:] == (
        "Patients, Baseline", "Patients with both visits", "Baseline", "Follow-up",
        "Shift (confidence interval)", "Attained coverage", "p-value",
        "Smallest possible exact p-value",
    )  # fmt: skip
    # The changes are -9.5 and 5; 1 - 2 / 2^2.
    assert tuple(map(plain, table.rows[-1].cells[:6])) == (
        "3", "2", "12.5 (10.25–16.25)", "14 (8.5–19.5)", "−2.25 (−9.5 to 5)", "50%",
    )  # fmt: skip


def test_a_least_p_below_a_thousandth_everywhere_is_no_column(
    results_of: Callable[..., Path], table_of: Callable[..., str]
) -> None:
    table = table_of(*({"Before": "50", "After": str(50 - i)} for i in range(1, 13)))
    results = Results(read_results(results_of(table=table) / "results.csv"))

    found = response_table(load_study(Path("study/study.yaml")), results)

    # 2 / 2^12 in both cohorts
    assert found.columns[1:] == (
        "Patients with both visits", "Baseline", "Follow-up", "Shift (confidence interval)",
        "p-value",
    )  # fmt: skip
    assert not [note for note in found.notes if "smallest possible" in note]


def test_a_cohort_without_patients_is_a_column_of_dashes(results_of: Callable[..., Path]) -> None:
    out = results_of(("age >= 65", "age > 119"))
    results = Results(read_results(out / "results.csv"))

    table = baseline_table(load_study(Path("study/study.yaml")), results)

    assert plain(table.columns[1]) == "65 or older (n = 0)"
    assert {plain(row.cells[0]) for row in table.rows if row.cells} == {"–", "0"}


def test_levels_that_no_patient_has_are_left_out(results_of: Callable[..., Path]) -> None:
    out = results_of(("M: Male", "M: Male, X: Diverse"))
    results = Results(read_results(out / "results.csv"))

    labels = [r.label for r in baseline_table(load_study(Path("study/study.yaml")), results).rows]

    assert labels == ["Age, years", "Not known", "Sex", "Female", "Male", "Drugs",
                      "Hydroxychloroquine", "Methotrexate", "Not known", "Number of drugs",
                      "Not known"]  # fmt: skip


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ("[]", ["A patient can be counted more than once under: Drugs."]),
        ("[age, drugs]", ["A patient can be counted more than once under: Drugs."]),
        ("[age]", []),
    ],
)
def test_a_note_names_the_sets_that_the_table_has(
    results_of: Callable[..., Path], reported: str, expected: list[str]
) -> None:
    edit = ("cohorts:", f"analysis: {{ baseline_table: {reported} }}\ncohorts:")
    results = Results(read_results(results_of(edit) / "results.csv"))

    table = baseline_table(load_study(Path("study/study.yaml")), results)

    assert [note for note in table.notes if "more than once" in note] == expected


def test_a_study_without_variables_has_its_tables_too(results_of: Callable[..., Path]) -> None:
    study = """\
title: T
source: { table: table.csv, citation: C, licence: L }
outcomes:
  score:
    { label: Score, columns: { baseline: Before, followup: After }, range: [0, 9], better: higher }
cohorts:
  all: { label: All }
"""

    out = results_of(text=study, table="Before,After\n1,2\n3,NA\n")
    tables(Path("study/study.yaml"), out / "results.csv", out / "findings.csv", out / "tables")

    # The one patient's change has no interval that could cover: the widest would 1 - 2 / 2^1.
    assert printed(out / "tables/response.csv")[2] == [
        "Score", "2", "1", "2 (1.5–2.5)", "2 (2–2)", "1", "1", "1"
    ]  # fmt: skip
    assert printed(out / "tables/baseline.csv") == [["Characteristic", "All (n = 2)"]]


def test_a_label_that_a_spreadsheet_would_run_is_a_text_in_every_file(
    results_of: Callable[..., Path],
) -> None:
    edit = ("label: Everyone", 'label: "=cmd(<script>)"')
    out = results_of(edit)

    tables(Path("study/study.yaml"), out / "results.csv", out / "findings.csv", out / "tables")

    assert printed(out / "tables/baseline.csv")[0][2] == "'=cmd(<script>) (n = 3)"
    assert printed(out / "tables/response.csv")[3][0] == "'=cmd(<script>) (n = 3)"
    assert "=cmd(&lt;script&gt;) (n = 3)" in (out / "tables/baseline.html").read_text("utf-8")
    word = docx.Document(str(out / "tables/response.docx"))
    assert word.tables[0].rows[3].cells[0].text == "=cmd(<script>) (n = 3)"


@pytest.mark.parametrize("name", ["baseline", "response"])
def test_a_table_in_html_is_a_whole_page_without_links_and_scripts(
    bundled: Path, name: str
) -> None:
    page = (bundled / f"tables/{name}.html").read_text(encoding="utf-8")

    assert page.startswith("<!doctype html>\n<html lang")
    assert page.endswith("</html>\n")
    assert '<meta charset="utf-8">' in page
    assert page.count("<table") == page.count("<title>") == page.count("<style>") == 1
    assert not re.search(r"<(a|script|link|img|iframe)\b|href|src=|url\(|@import", page)


@pytest.fixture(scope="module")
def written_again(
    bundled: Path, bundled_study: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder with the tables of the bundled study, made a second time."""
    again = tmp_path_factory.mktemp("again")
    tables(bundled_study, bundled / "results.csv", bundled / "findings.csv", again)
    return again


@pytest.mark.parametrize("suffix", ["csv", "html", "docx"])
@pytest.mark.parametrize("name", ["baseline", "response"])
def test_tables_have_the_same_bytes_again(
    bundled: Path, written_again: Path, name: str, suffix: str
) -> None:
    first = (bundled / f"tables/{name}.{suffix}").read_bytes()

    again = (written_again / f"{name}.{suffix}").read_bytes()

    assert again == first
    assert suffix == "docx" or b"\r" not in first
