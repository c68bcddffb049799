"""Rows that are perhaps no patients of their own, in tables as clinics keep them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError, Finding
from casebook.mistakes import mistakes
from drawing import START

Clean = Callable[..., Any]
Found = Callable[..., list[Finding]]

STUDY = (
    START
    + """\
  missing: [NA]
variables:
  age: { label: Age, column: Age, type: number, range: [0, 2000] }
  sex: { label: Sex, column: Sex, type: category, levels: { f: Female, m: Male } }
outcomes:
  score: { label: Score, columns: { baseline: Before, followup: After }, range: [0, 2000],
    better: lower }
  pain: { label: Pain, columns: { baseline: Pain before, followup: Pain after }, range: [0, 100],
    better: lower }
cohorts:
  everyone: { label: Everyone }
"""
)
HEADER = "ID|Age|Sex|Before|After|Pain before|Pain after"
PATIENTS = """\
P1|70|f|22.4|3.1|7|2
P2|61|m|31|12.5|8|3
P3|34|f|18.2|0|5|1
P4|50|m|40.1|22|9|NA
P5|32|f|12|12|4|4
P6|77|m|27.5|8|6|1"""
NAMED = """\
Anna|70|f|22.4|3.1|7|2
SD|61|m|31|12.5|8|3
Max|34|f|18.2|0|5|1
N|50|m|40.1|22|9|NA
Mittel|32|f|12|12|4|4"""
ROWS = PATIENTS.count("\n") + 2


@pytest.fixture
def found(clean_study: Clean) -> Found:
    """What cleaning finds in a table that is written with bars; errors as well as warnings."""

    def run(*lines: str, header: str = HEADER, edits: tuple[tuple[str, str], ...] = ()) -> Any:
        bars = header.count("|")
        rows = [line.split("|") for each in (header, *lines) for line in each.split("\n")]
        padded = [[*row, *[""] * (bars + 1 - len(row))] for row in rows]
        table = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in padded)
        try:
            findings = clean_study(*edits, text=STUDY, table=table).findings
        except DataError as error:
            findings = error.findings
        # What a warning tells of a column as a whole is not the matter here.
        serious = [each for each in findings if each.severity != "note"]
        return [each for each in serious if each.severity == "error" or each.row > 1]

    return run


def keep(rows: str) -> tuple[str, str]:
    return ("  licence: CC0", f"  licence: CC0\n  keep: {rows}")


def leave_out(rows: str) -> tuple[str, str]:
    return ("  licence: CC0", f"  licence: CC0\n  leave_out: {rows}")


@pytest.mark.parametrize(
    ("lines", "is_told"), [(("Drug A", PATIENTS), True), ((PATIENTS, "Drug A"), False)]
)
def test_a_row_with_an_only_text_above_others_may_name_their_group(
    found: Found, lines: tuple[str, ...], is_told: bool
) -> None:
    (doubt,) = [each for each in found(*lines) if "nothing beside it" in each.hint]

    assert ("write group_rows: { Group: 2 } under source" in doubt.hint) == is_told


@pytest.mark.parametrize(
    "footer",
    [
        "Total||||22",
        "Total (n = 6)|324||151.2|57.6|39|11",
        "Mean|54|NA|25.2|9.6|6.5|2.2",
        "Mean ± SD|NA|NA|25.2|9.6|NA|NA",
        "Group mean|54||25.2|9.6|6.5|2.2",
        "MEDIAN|55||24.95|10|6.5|2",
        "n|6|6|6|6|6|5",
        "n = 12",
        "N=6||||||5",
        "SD|19||10|8|2|1",
        "p|||0.03||0.04|",
        "p = 0.03",
        "Max|77||40.1|22|9|4",
        "Subtotal:|54||25.2|9.6|6.5|2.2",
        "Σ|324||151.2|57.6|39|11",
        "Summe|324||151.2|57.6|39|11",
        "Mittelwert|54||25.2|9.6|6.5|2.2",
        "Mittelwert ± Standardabweichung|54||25.2|9.6|6.5|2.2",
        "Gesamt (6 Patienten)|||25.2|9.6|6.5|2.2",
        "Ø|54||25.2|9.6|6.5|2.2",
        "Moyenne|54||25.2|9.6|6.5|2.2",
        "E\u0301cart-type|19||10|8|2|1",
        "Médiane [IIQ]|55||24.95|10|6.5|2",
        "Media|54||25.2|9.6|6.5|2.2",
        "Desviación estándar|19||10|8|2|1",
        "Totale|54||25.2|9.6|6.5|2.2",
        "Média geral|54||25.2|9.6|6.5|2.2",
        "Gemiddelde|54||25.2|9.6|6.5|2.2",
        "Medelvärde|54||25.2|9.6|6.5|2.2",
        "Średnia|54||25.2|9.6|6.5|2.2",
        "Průměr|54||25.2|9.6|6.5|2.2",
        "Átlag|54||25.2|9.6|6.5|2.2",
        "Ortalama|54||25.2|9.6|6.5|2.2",
        "Итого|54||25.2|9.6|6.5|2.2",
        "Σύνολο|54||25.2|9.6|6.5|2.2",
        "合计|54||25.2|9.6|6.5|2.2",
        "平均値|54||25.2|9.6|6.5|2.2",
        "المتوسط|54||25.2|9.6|6.5|2.2",
        "* p<0.05",
        "† stopped early",
        "NA: not available; f: female; m: male",
        "Abbreviations: VAS, visual analogue scale",
        "Count|40|f|20|11|3|2",
        "Anzahl|40|f|20|11|3|2",
        "Gesamtergebnis|40|f|20|11|3|2",
        "Totalsumma|40|f|20|11|3|2",
        "Sammenlagt|40|f|20|11|3|2",
        "Std Dev|40|f|20|11|3|2",
        "Std. Dev.|40|f|20|11|3|2",
        "Std.-Abw.|40|f|20|11|3|2",
        "s.d.|40|f|20|11|3|2",
        "e.t.|40|f|20|11|3|2",
        "Varianz|40|f|20|11|3|2",
        "Q1|40|f|20|11|3|2",
        "25%|40|f|20|11|3|2",
        "CI95|40|f|20|11|3|2",
        "95% KI|40|f|20|11|3|2",
        "Spannweite|40|f|20|11|3|2",
        "x\N{COMBINING MACRON}|40|f|20|11|3|2",
        "gem.|40|f|20|11|3|2",
        "Сред.|40|f|20|11|3|2",
        "p-value|40|f|20|11|3|2",
        "% change|40|f|20|11|3|2",
        "Normal range|40|f|20|11|3|2",
        "Einheit|40|f|20|11|3|2",
        "All patients|40|f|20|11|3|2",
        "Responders|40|f|20|11|3|2",
        "*|40|f|20|11|3|2",
        "† died|40|f|20|11|3|2",
        "Source: chart|40|f|20|11|3|2",
        "Data as of 3 March 2024",
        "Group B",
        "x|324||151.2|57.6|39|11",
        "P7|54.0||25.2|9.6|6.5|2.2",
        "|54||25.2|9.6|6.5|2.2",
        "P7|40|f|NA|NA|NA|NA",
        "P7|40|f||||",
        "\nP7|40|f|20|11|3|2",
        "\n\nend of table|40|f|20|11|3|2",
    ],
)
def test_a_row_below_the_data_that_may_be_no_patient_is_told(found: Found, footer: str) -> None:
    findings = found(PATIENTS, footer)

    assert {each.row for each in findings} == {ROWS + 1 + footer.count("\n")}
    assert [each.about for each in findings].count("patients") == 1


@pytest.mark.parametrize(
    "row",
    [
        "|years||points|points|0-10|0-10",
        "ID|Age|Sex|Before|After|Pain before|Pain after",
        "No.|(years)|(m/f)|(0–72)|(0–72)|VAS|VAS",
        "||||month 6||month 6",
    ],
)
def test_a_second_line_of_the_header_is_told_once(found: Found, row: str) -> None:
    (finding,) = found(row, PATIENTS)

    assert (finding.severity, finding.row) == ("error", 2)
    assert "none of its numbers can be read" in finding.hint


def test_means_between_the_groups_are_told(found: Found) -> None:
    rows = PATIENTS.split("\n")

    findings = found("Group A", *rows[:3], "Mean|55|NA|23.9|5.2|6.7|2", "Group B", *rows[3:])

    assert [(each.row, each.value) for each in findings] == [
        (2, "Group A"),
        (6, "Mean"),
        (7, "Group B"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        PATIENTS,
        NAMED,
        NAMED.replace("Max", "Summer").replace("SD", "M. Ean"),
        PATIENTS.replace("P", "TOTAL-"),
        PATIENTS.replace("P", "n"),
        PATIENTS.replace("P", "#"),
        PATIENTS.replace("P", "*"),
        PATIENTS.replace("P", ""),
        PATIENTS.replace("P", "1-1"),
        PATIENTS.replace("P", "Patient "),
        PATIENTS.replace("P4", "P4 (relapse)"),
        PATIENTS.replace("\n", "\n\n"),
        PATIENTS.replace("\nP3", "\n\nP3").replace("\nP5", "\n\nP5"),
        f"\n{PATIENTS}",
        PATIENTS.replace("\nP3", "\n\nP3"),
        "P1|0|f|0|0|0|0\nP2|0|m|0|0|0|0\nP3|1|f|0|0|0|0\nP4|0|m|1|0|0|0",
        "P1|5|f|5|5|5|5\nP2|4|m|5|5|5|5\nP3|6|f|5|5|5|5\nP4|5|m|5|5|5|5",
        "P1|0|f|0|1|0|1\nP2|1|m|1|0|1|1\nP3|1|f|1|1|0|0\nP4|0|m|0|1|1|0\nP5|1|f|0|0|0|1",
        "P1|1|f|3|1|0|2\nP2|2|m|1|2|3|1\nP3|3|f|3|2|1|3\nP4|0|m|1|0|2|2\nP5|2|f|2|1|2|2",
        PATIENTS.replace("\nP4", "\n\nP4"),
        NAMED.replace("SD", "Mean").replace("Max", "Otto"),
        "P1|5|f|1|2|NA|NA",
        "P1|5|f|1|2|NA|NA\nP2|5|f|1|3|NA|NA",
    ],
)
def test_a_table_of_patients_raises_no_doubt(found: Found, table: str) -> None:
    assert found(table) == []


def test_rows_below_a_line_of_means_are_told(found: Found) -> None:
    rows = found(PATIENTS, "Mean|54||25.2|9.6|6.5|2.2", "Spread|45||28|22|5|3", "P7|40|f|20|11|3|2")

    assert [(each.row, each.value) for each in rows] == [(8, "Mean"), (9, "Spread")]
    assert "it is below a row of totals, means or the like" in rows[1].hint


def test_means_and_deviations_without_a_label_are_told(found: Found) -> None:
    header = HEADER.removeprefix("ID|")
    rows = [line.partition("|")[2] for line in PATIENTS.split("\n")]
    summary = ("||25.2|9.6|6.5|2.2", "||10|8|2|1")

    told = found(*rows, *summary, header=header, edits=(("  patient: ID\n", ""),))

    assert [(each.row, each.value) for each in told] == [(8, "P07"), (9, "P08")]


@pytest.mark.parametrize("place", ["top", "end"])
@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["55.5||24.95|10|7|2"], ["medians"]),
        (["54||25.2|9.6|6.5|2.2", "18.6||9.9|7.8|1.9|1.3"], ["means", "standard deviations"]),
        (["54||25|10|7|2", "6||6|6|6|5"], ["means", "counts"]),
        (
            ["54||25.2|9.6|6.5|2.2", "6||6|6|6|5", "18.6||9.9|7.8|1.9|1.3"],
            ["means", "counts", "standard deviations"],
        ),
    ],
)
def test_medians_deviations_and_counts_without_a_label_are_told(
    found: Found, place: str, rows: list[str], told: list[str]
) -> None:
    header = HEADER.removeprefix("ID|")
    patients = [line.partition("|")[2] for line in PATIENTS.split("\n")]
    table = [*rows, *patients] if place == "top" else [*patients, *rows]

    findings = found(*table, header=header, edits=(("  patient: ID\n", ""),))

    first = 2 if place == "top" else ROWS + 1
    assert [each.row for each in findings] == [first + i for i in range(len(rows))]
    for finding, kind in zip(findings, told, strict=True):
        assert f"its numbers are the {kind} of the others" in finding.hint


def test_deviations_below_a_line_at_the_top_that_is_called_means_are_told(found: Found) -> None:
    rows = found("Mean|54||25.2|9.6|6.5|2.2", "x|18.6||9.9|7.8|1.9|1.3", PATIENTS)

    assert [(each.row, each.value) for each in rows] == [(2, "Mean"), (3, "x")]


def test_no_patient_beside_a_line_of_means_is_told(found: Found) -> None:
    of_medians = "P7||f||10||"

    rows = found(PATIENTS, of_medians, "x|54||25.2|9.66|6.5|2.2")

    assert [(each.row, each.value) for each in rows] == [(9, "x")]


def test_whole_numbers_in_coarse_columns_may_be_a_patients_and_raise_no_doubt(found: Found) -> None:
    rows = [f"P{i}||f|||{i + 2}|{i % 4}" for i in range(8)]

    assert found(*rows, "P9||f|||6|2") == []


def test_a_mean_that_is_rounded_half_up_is_told(found: Found) -> None:
    rows = [f"P{i}|{age}|f|{age}|{i}|{i}|{i}" for i, age in enumerate((12, 13, 12, 12), start=1)]

    (told,) = found(*rows, "P5|12.3||12.3|2.5|2.5|2.5")

    assert told.hint.startswith("perhaps not a separate patient: its numbers are the means")


def test_coarse_scores_that_agree_by_chance_raise_no_doubt(clean_study: Clean) -> None:
    scores = ("2,1", "3,1", "2,0", "2,1", "3,2", "1,0", "3,0", "1,1", "2,2")
    table = "ID,Age,Sex,Drugs,Start,Remark,Before,After\n" + "".join(
        f"S{i},,,,,,{score}\n" for i, score in enumerate(scores, start=1)
    )

    findings: list[Finding] = clean_study(table=table).findings

    assert [each for each in findings if each.about == "patients"] == []


def test_a_category_is_not_the_label_of_a_row(found: Found) -> None:
    header = HEADER.removeprefix("ID|")
    rows = [line.partition("|")[2] for line in PATIENTS.split("\n")]

    assert found(*rows, "|m|20|11|3|2", header=header, edits=(("  patient: ID\n", ""),)) == []


def test_a_row_that_may_be_no_patient_is_told_with_what_to_do(found: Found) -> None:
    (finding,) = found(PATIENTS, "Total|||||")

    assert (finding.severity, finding.about) == ("warning", "patients")
    assert str(finding) == (
        "study/table.csv, row 8, column 'ID': found 'Total'; perhaps not a separate patient:"
        " 'Total' is a usual label for a row of totals, means or the like, and there is nothing"
        " beside it; if this row is not a patient, write leave_out: { row number: reason } under"
        " source in study.yaml; if it is one, write keep: { row number: reason } there"
    )


def test_a_row_that_is_no_patient_can_be_left_out(found: Found) -> None:
    assert found(PATIENTS, "Total||||22", edits=(leave_out("{ 8: the totals }"),)) == []


def test_a_row_of_totals_that_cannot_be_read_is_one_error(found: Found) -> None:
    (finding,) = found(PATIENTS, "Mean (SD)|54 (19)||25.2 (10)|9.6 (8)|6.5 (2)|2.2 (1)")

    assert (finding.severity, finding.value) == ("error", "Mean (SD)")


def test_sums_out_of_range_are_told_beside_the_doubt(found: Found) -> None:
    score, pain = (f"followup: {column} }}, range: [0, " for column in ("After", "Pain after"))
    ranges = ((f"{score}2000", f"{score}60"), (f"{pain}100", f"{pain}10"))

    findings = found(PATIENTS, "P9|324||151.2|57.6|39|11", edits=ranges)

    doubt, *out_of_range = findings
    assert [(each.row, each.value) for each in out_of_range] == [
        (8, "151.2"),
        (8, "39"),
        (8, "11"),
    ]
    assert "perhaps not a separate patient: its numbers are the sums of the others;" in doubt.hint
    assert "can be read" not in doubt.hint


def test_no_row_is_doubted_while_a_column_is_missing(found: Found) -> None:
    findings = found("P1||f", "P1||f", PATIENTS, header=HEADER.replace("Before", "Score"))

    assert [(each.file, each.value) for each in findings] == [
        ("study/study.yaml, line 12", "Before"),
        ("study/table.csv", "P1"),
    ]


def test_no_row_of_a_long_table_is_doubted(found: Found) -> None:
    rows = [f"P{i}|{visit}0|f|||||" for i in range(1, 5) for visit in (1, 2)]

    (finding,) = found(*rows)

    assert "do not leave rows out" in finding.hint


def test_a_mistake_in_the_corrections_is_told_beside_a_row_of_the_same_number(
    clean_study: Clean, table_of: Callable[..., str]
) -> None:
    table = table_of({}, {"ID": "Total", "Age": "x", "Before": "y"})
    corrections = "patient\tcolumn\told\tnew\treason\n\nz\tAge\t1\t2\tx\n"

    with pytest.raises(DataError) as error:
        clean_study(table=table, corrections=corrections)

    assert [(each.file, each.row, each.value) for each in error.value.findings] == [
        ("study/table.csv", 3, "Total"),
        ("study/corrections.tsv", 3, "z"),
    ]


def test_a_patient_can_be_kept_with_the_reason(clean_study: Clean) -> None:
    edit = keep("{ 4: seen once }")
    table = "ID,Age,Sex,Drugs,Start,Remark,Before,After\n" + "".join(
        f"{name},70,F,,,{name},{score},{score}\n"
        for name, score in {"a": 5, "b": 6, "c": ""}.items()
    )

    cleaned = clean_study(edit, table=table)

    assert len(cleaned.patients) == 3
    assert [(each.severity, str(each)) for each in cleaned.findings] == [
        ("note", "study/table.csv, row 4, column 'ID': found 'c'; kept as a patient: seen once")
    ]


def test_a_patient_who_is_kept_has_the_errors_of_each_cell(found: Found) -> None:
    edit = keep("{ 8: her name is Total }")

    findings = found(PATIENTS, "Total|x|f|y|1|1|1", edits=(edit,))

    assert [(each.column, each.value) for each in findings] == [("Age", "x"), ("Before", "y")]


def test_a_row_that_is_kept_for_nothing_is_told(found: Found) -> None:
    (finding,) = found(PATIENTS, edits=(keep("{ 3: fine }"),))

    assert (finding.severity, finding.row) == ("warning", 3)
    assert "remove it from source.keep" in finding.hint


@pytest.mark.parametrize("row", [1, 8, 99])
def test_a_row_that_is_not_there_cannot_be_kept(found: Found, row: int) -> None:
    (finding,) = found(PATIENTS, edits=(keep(f"{{ {row}: fine }}"),))

    assert (finding.severity, finding.row) == ("error", row)
    assert "source.keep of study.yaml names a row that is not in the table" in finding.hint


def test_totals_are_known_where_no_column_identifies_the_patients(found: Found) -> None:
    header, table = HEADER.removeprefix("ID|"), PATIENTS
    rows = [line.partition("|")[2] for line in table.split("\n")]

    edit = ("  patient: ID\n", "")

    at_the_row, at_the_cell = found(*rows, "Mean age: 54", header=header, edits=(edit,))

    assert (at_the_cell.row, at_the_cell.column) == (8, "Age")
    assert (at_the_row.row, at_the_row.value) == (8, "P07")
    assert "'Mean age: 54' is a usual label for a row of totals" in at_the_row.hint


def test_a_text_merged_over_all_outcomes_is_told_as_a_merged_cell(tmp_path: Path) -> None:
    rows = ["<th>ID<th>Before<th>After", "<td>p1<td>9<td>5", "<td>p2<td colspan=2>not done"]
    page = "".join(f"<tr>{row}" for row in [*rows, "<td>p3<td>8<td>3", "<td>p4<td>7<td>3"])
    (tmp_path / "t.html").write_text(f"<table>{page}</table>", encoding="utf-8")
    study = tmp_path / "study.yaml"
    study.write_text(
        "title: Small\ndescription: A case series.\nsource: { table: t.html, patient: ID }\n"
        "visits: { pre: Before, post: After }\noutcomes:\n  score:\n    label: Score\n"
        "    columns: { pre: Before, post: After }\n    range: [0, 10]\n    better: lower\n"
        "cohorts: { everyone: { label: Everyone } }\n",
        encoding="utf-8",
    )

    told = mistakes(study)

    assert "row 3, column 'After': found 'not done'; allowed: a cell of its own" in told
    assert "it is merged with B3: unmerge them" in told
