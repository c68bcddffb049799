"""What the report says of what moved."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.differences import ADDED, AUDIT, COMPARED, REMOVED, VERDICT, Difference
from casebook.report.changes_section import change_words
from casebook.study.load import load_study
from markup import parsed, text_of

ReportOf = Callable[..., str]
TableOf = Callable[..., str]

EVERYONE = ("  older:\n    label: 65 or older\n    select: age >= 65\n", "")
HOSTILE = "<script>alert('x')</script> {{7*7}}"


def section(page: str) -> list[str]:
    """What the section of changes says, a line a block; cells stand between bars."""
    _, _, rest = page.partition('<section id="changes">')
    return text_of(rest.partition("</section>")[0]).splitlines()


def scores(table_of: TableOf, *changes: float) -> str:
    return table_of(*({"Before": "50", "After": f"{50 + change:g}"} for change in changes))


def test_the_first_report_has_no_word_of_changes(report_of: ReportOf) -> None:
    page = report_of()

    assert "#changes" not in page
    assert "What changed" not in page


def test_the_second_report_says_what_moved_the_most_important_first(
    report_of: ReportOf, table_of: TableOf
) -> None:
    by_r = ("cohorts:", "analysis: { signed_rank: r-4.5 }\ncohorts:")
    report_of(by_r, EVERYONE, table=scores(table_of, -1, -2, -3, -4, -5, -6))

    page = report_of(by_r, EVERYONE, table=scores(table_of, -1, -2, -3, -4, -5, 0))

    *told, digest = section(page)[1:]
    assert told == [
        "Compared with the results of the last report.",
        "Different now: 3 conclusions, 1 cell of the raw table and 240 numbers.",
        "Before: The only test gave p < 0.05. Now: The only test did not give p < 0.05; with an"
        " exact test it could not have.",
        "Conclusions",
        "Score, Everyone",
        "Now, p not below 0.05 (p = 0.059). Before, p < 0.05 (p = 0.031).",
        "Now, too few patients changed for p < 0.05 with an exact test (smallest possible"
        " p = 0.0625). Before, an exact test can reach p < 0.05 (smallest possible p = 0.031).",
        "Now, the interval of the shift includes 0: −2.5 (−5 to 0). Before, the interval of the"
        " shift excludes 0: −3.5 (−6 to −1).",
        "Patients and cells of the raw table",
        "| Patient | Column | Before | Now | How",
        "| p6 | After | 44 | 50 | edited",
        "Numbers",
        "Of all 453 numbers, 231 have a different value and 3 are new. 6 earlier ones no longer"
        " exist. Each is a line of changes.csv.",
        "Main numbers that now read differently",
        "| Outcome and cohort | Before | Now",
        "| Score, Everyone",
        "| Follow-up, median | 46.5 (45.25–47.75) | 47.5 (46.25–48.75)",
        "| Change, median | −3.5 (−4.75 to −2.25) | −2.5 (−3.75 to −1.25)",
        "| Shift (confidence interval) | −3.5 (−6 to −1) | −2.5 (−5 to 0)",
        "| p-value | 0.031 | 0.059",
        "| Exact p-value | 0.031 | 0.0625",
        "Medians are shown with their quartiles, and shifts with their intervals.",
    ]
    assert re.fullmatch(
        r"The earlier results are identified by results\.csv, SHA-256 [0-9a-f]{64}\.", digest
    )


def test_adverse_events_that_changed_are_told_row_by_row_and_lead_to_the_table_of_them(
    report_of: ReportOf,
) -> None:
    of_events = (
        "cohorts:",
        "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event, grade: G } } }\n"
        "cohorts:",
    )
    report_of(of_events, harms="ID,Event,G,Note\na,Rash,2,x\nb,Cough,1,x\n")

    page = report_of(of_events, harms="ID,Event,G,Note\na,Rash,3,x\nc,Fever,1,x\n")

    told = section(page)
    assert "2 adverse events added or removed" in told[2]
    assert "1 cell of the adverse events" in told[2]
    start = told.index("Adverse events")
    assert told[start + 1 : start + 5] == [
        "| Patient | Row | Column | Before | Now | How",
        "| c | 3 | – | – | Fever, 1 | added",
        "| b | 3 | – | Cough, 1 | – | removed: a row of the earlier table",
        "| a | 2 | G | 2 | 3 | edited",
    ]
    assert '<a href="#event-3-2">3</a>' in page.partition('id="changes"')[2]
    assert 'id="event-3-2"' in page


def test_a_column_of_the_adverse_events_that_came_or_went_is_told_with_what_follows(
    report_of: ReportOf,
) -> None:
    read = "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event%s } } }\n"
    serious, plain, other = (
        ("cohorts:", f"{read % more}cohorts:") for more in (", serious: SAE", "", ", serious: Bad")
    )
    report_of(plain, harms="ID,Event,Note\na,Rash,x\n")

    came = section(report_of(serious, harms="ID,Event,SAE\na,Rash,no\n"))
    renamed = section(report_of(other, harms="ID,Event,Bad\na,Rash,no\n"))
    went = section(report_of(plain, harms="ID,Event\na,Rash\n"))

    assert "2 columns of the adverse events" in came[2]
    new = "The column “SAE” is new in harms.csv: whether an event was serious was not known before."
    assert new in came
    assert "The column “Note” is no longer in harms.csv, and the study did not read it." in came
    says = "says whether an event was serious in"
    assert f"The column “Bad” is new in harms.csv, and {says} place of “SAE”." in renamed
    assert f"The column “SAE” is no longer in harms.csv, and “Bad” {says} its place." in renamed
    gone = "The column “Bad” is no longer in harms.csv: whether an event was serious is no longer"
    assert f"{gone} known." in went


def test_the_present_numbers_lead_to_their_results_and_cells_to_the_raw_table(
    report_of: ReportOf, table_of: TableOf
) -> None:
    report_of(table=table_of({}, {"After": "4"}))

    page = report_of(table=table_of({}, {"After": "5"}))

    found = parsed(page)
    _, _, rest = page.partition('<section id="changes">')
    links = set(re.findall('href="#([^"]+)"', rest.partition("</section>")[0]))
    assert {link[:2] for link in links} == {"r-", "ce"}
    assert links <= set(found.ids)
    assert len(set(found.ids)) == len(found.ids)


def test_the_main_findings_say_that_something_moved_and_where_it_is_told(
    report_of: ReportOf, table_of: TableOf
) -> None:
    report_of(table=table_of({"Remark": "well"}))

    page = report_of(table=table_of({"Remark": "better"}))

    assert (
        "Different since the last results: 1 cell of the raw table. What changed."
        in text_of(page).splitlines()
    )
    assert section(page)[2:4] == [
        "Different now: 1 cell of the raw table.",
        "No conclusion changed.",
    ]


@pytest.mark.parametrize(
    ("remark", "told"),
    [(ADDED, "a new audit of the paper"), (REMOVED, "an audit that was removed")],
)
def test_an_audit_that_came_or_went_is_no_verdict_that_changed(
    make_study: Callable[..., Path], remark: str, told: str
) -> None:
    study = load_study(make_study())
    audit = Difference(VERDICT, what=AUDIT, remark=remark)

    changes = change_words(study, [], [Difference(COMPARED), audit], 0)

    assert changes
    assert changes.headline == told
    assert len(changes.verdicts) == 1


def test_where_rows_only_change_places_nothing_changed(
    report_of: ReportOf, table_of: TableOf
) -> None:
    header, *rows = table_of({}, {"After": "4"}).splitlines()
    report_of(table="\n".join([header, *rows]) + "\n")

    page = report_of(table="\n".join([header, *reversed(rows)]) + "\n")

    assert section(page)[2] == "Nothing changed."
    assert "Different since" not in page


def test_patients_and_columns_that_come_and_go_are_named(
    report_of: ReportOf, table_of: TableOf
) -> None:
    report_of(table=table_of({"ID": "a"}, {"ID": "b", "Age": "40"}))
    table = table_of({"ID": "a"}, {"ID": "c", "Age": "50"}, {"ID": "d"})
    lines = zip(table.splitlines(), ("Note", "", "", ""), strict=True)

    told = section(report_of(table="".join(f"{line},{note}\n" for line, note in lines)))

    place = told.index("Patients and cells of the raw table")
    assert told[place + 1 : place + 4] == [
        "New patients: c (row 3), d (row 4).",
        "Patients who are no longer in the table: b (row 3 of the earlier table).",
        "New columns: Note.",
    ]


def test_patients_who_have_another_name_are_told(report_of: ReportOf, table_of: TableOf) -> None:
    first, second = {"ID": "x", "Age": "40"}, {"ID": "y", "Age": "50"}
    report_of(("  patient: ID\n", ""), table=table_of(first, second))

    told = section(report_of(("  patient: ID\n", ""), table=table_of(second)))

    assert "Patients with a new identifier: P02 is P01." in told


def test_cohorts_and_settings_that_change_are_told(report_of: ReportOf) -> None:
    report_of(EVERYONE)

    told = section(report_of(("range: [18, 120]", "range: [1, 120]")))

    place = told.index("The study")
    assert told[place + 1 : place + 5] == [
        "The cohort 65 or older is new.",
        "| Key of study.yaml | Before | Now",
        "| variables.age.range | [18, 120] | [1, 120]",
        '| cohorts.older | – | {label: 65 or older, select: "age >= 65"}',
    ]


def test_a_cohort_that_is_gone_is_told_by_its_name(report_of: ReportOf) -> None:
    report_of()

    assert "The cohort older was removed." in section(report_of(EVERYONE))


def test_what_could_not_be_compared_is_told(report_of: ReportOf) -> None:
    report_of()
    for name in ("results.csv", "cells.csv"):
        Path("out/earlier/last", name).write_text("a,b\n")

    assert section(report_of()) == [
        "What changed since the last results",
        "Nothing could be compared with the results of the last report: they were kept by another"
        " version of casebook, or edited.",
    ]


def test_hostile_text_in_what_changed_is_shown_and_not_run(
    report_of: ReportOf, table_of: TableOf
) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    report_of(table=table_of({"Remark": HOSTILE}))

    page = report_of(
        ("label: 65 or older", f"label: {quoted}"), table=table_of({"ID": HOSTILE}, {})
    )

    assert parsed(page).tags.count("script") == 1
    assert "<script>alert" not in page
    assert any(HOSTILE in line for line in section(page))
