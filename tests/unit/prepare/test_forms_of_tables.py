"""Tables whose header is not one row at the top, and that do not have a row for each patient."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebook.data.findings import DataError
from casebook.mistakes import mistakes
from casebook.prepare.headers import with_header
from casebook.prepare.raw import read_table
from casebook.study.source import Source

Clean = Callable[..., Any]
Make = Callable[..., Path]
CASES = Path(__file__).parents[2] / "cases"

END = """\
outcomes:
  score:
    label: Score
    columns: { baseline: Before, followup: After }
    range: [0, 99]
    better: lower
cohorts: { everyone: { label: Everyone } }
"""
GROUP = "variables: { g: { label: G, column: Group, type: category, levels: { A: A, B: B } } }\n"


def study(source: str, more: str = END) -> str:
    return f"title: Forms\nsource: {{ table: table.csv, {source} }}\n{more}"


def values(cleaned: Any, name: str) -> dict[str, Any]:
    return {each.id: each.values[name] for each in cleaned.patients}


def test_the_header_may_stand_below_other_rows(clean_study: Clean) -> None:
    table = "Table 1\n\nID,Before,After\na,9,5\nb,8,4\n"

    cleaned = clean_study(text=study("patient: ID, header: 3"), table=table)

    assert values(cleaned, "score_followup") == {"a": 5, "b": 4}


def test_the_names_of_groups_are_put_before_those_of_their_columns(clean_study: Clean) -> None:
    table = "Patients,,Score,\nID,Sex,Before,After\na,f,9,5\n"
    text = study("patient: Patients ID, header: [1, 2]", END.replace("Before", "Score Before"))

    cleaned = clean_study(text=text.replace("After", "Score After"), table=table)

    assert values(cleaned, "score_baseline") == {"a": 9}


def test_a_merged_name_of_a_group_is_that_of_the_columns_below_it_alone() -> None:
    source = Source.model_validate({"table": "t.xlsx", "header": ["1", "2"]})
    rows = {1: {1: "ID", 2: "Score"}, 2: {2: "Before", 3: "After", 4: "Age"}, 3: {1: "a"}}

    found = with_header(source, rows, {2: 3})

    assert found == {2: {1: "ID", 2: "Score Before", 3: "Score After", 4: "Age"}, 3: {1: "a"}}


def test_a_header_that_is_not_there_is_told(clean_study: Clean) -> None:
    with pytest.raises(DataError, match=r"row 9: allowed: a row with text, as the head"):
        clean_study(text=study("patient: ID, header: 9"), table="ID,Before,After\na,9,5\n")


def test_an_empty_cell_may_have_the_text_above_it(clean_study: Clean) -> None:
    table = "Group,ID,Before,After\nA,a,9,5\n,b,8,4\nB,c,7,3\n,d,6,2\n"

    cleaned = clean_study(text=study("patient: ID, fill_down: Group", GROUP + END), table=table)

    assert values(cleaned, "g") == {"a": "A", "b": "A", "c": "B", "d": "B"}
    places = (cleaned.folder / "places.csv").read_text(encoding="utf-8").splitlines()
    assert places[2] == "3,B3,A2,C3,D3"


@pytest.mark.parametrize(
    ("groups", "row"), [("A,B,A,", 5), ("A,,A,B", 3), ("A,,B,", 0), ("A,B,A,B", 0)]
)
def test_a_patient_who_has_the_text_of_another_where_most_have_their_own_is_told(
    clean_study: Clean, groups: str, row: int
) -> None:
    rows = [f"{group},{name},9,5" for group, name in zip(groups.split(","), "abcd", strict=True)]
    table = "\n".join(["Group,ID,Before,After", *rows, ""])

    cleaned = clean_study(text=study("patient: ID, fill_down: Group", GROUP + END), table=table)

    told = [each for each in cleaned.findings if "1 patient has no text here" in each.hint]
    assert [(each.severity, each.row, each.column) for each in told] == [
        ("warning", row, "Group")
    ] * bool(row)


def test_a_text_that_fills_cells_below_is_told_where_it_stands(clean_study: Clean) -> None:
    table = "Group,ID,Before,After\nA,a,9,5\n,b,8,4\nX,c,7,3\n,d,6,2\n"

    with pytest.raises(DataError) as error:
        clean_study(text=study("patient: ID, fill_down: Group", GROUP + END), table=table)

    assert [(each.row, each.column) for each in error.value.findings] == [(4, "Group")]


def test_a_correction_of_a_filled_cell_is_of_its_patient_alone(clean_study: Clean) -> None:
    table = "Group,ID,Before,After\nA,a,9,5\n,b,8,4\n,c,7,3\n"
    corrections = "patient\tcolumn\told\tnew\treason\nb\tGroup\tA\tB\trecord\n"
    text = study("patient: ID, fill_down: Group", GROUP + END)

    cleaned = clean_study(text=text, table=table, corrections=corrections)

    assert values(cleaned, "g") == {"a": "A", "b": "B", "c": "A"}
    (noted,) = [each for each in cleaned.findings if each.about == "correction"]
    assert (noted.row, noted.column) == (3, "Group")


def test_a_header_to_fill_down_that_is_not_there_is_told_with_its_line(make_study: Make) -> None:
    text = study("patient: ID, fill_down: Groop")

    found = mistakes(make_study(text=text, table="Group,ID,Before,After\nA,a,9,5\n"))

    assert "study.yaml, line 2: found 'Groop'; allowed: a column of study/table.csv" in found


TRANSPOSED = "ID,a,b,mean\nBefore,9,8,8.5\nAfter,5,4,4.5\nAge,50,6O,55\n"
AGE = "variables: { age: { label: Age, column: Age, type: number, range: [0, 99] } }\n"


def test_patients_may_stand_in_columns(clean_study: Clean) -> None:
    text = study("patient: ID, transpose: true, leave_out: { 4: the means }")

    cleaned = clean_study(text=text, table=TRANSPOSED)

    assert values(cleaned, "score_baseline") == {"a": 9, "b": 8}
    places = (cleaned.folder / "places.csv").read_text(encoding="utf-8").splitlines()
    assert places == ["row of the patient,ID,Before,After", "2,B1,B2,B3", "3,C1,C2,C3"]
    notes = {str(each) for each in cleaned.findings if each.severity == "note"}
    assert "study/table.csv, column 'mean': left out: the means" in notes
    assert "study/table.csv, row 4: not used" in notes


def test_a_bad_cell_of_a_transposed_table_is_told_where_the_file_has_it(clean_study: Clean) -> None:
    text = study("patient: ID, transpose: true, leave_out: { 4: the means }", AGE + END)

    with pytest.raises(DataError) as error:
        clean_study(text=text, table=TRANSPOSED)

    assert str(error.value.findings[0]).startswith("study/table.csv, row 4, column 'b': found '6O'")


@pytest.mark.parametrize(
    ("patients", "lines", "read"),
    [
        ("ID,a,b,mean", "\tb\tID\tb\tc\n\tb\tBefore\t8\t7", {"a": 9, "c": 7}),
        ("ID,a,a,mean", "C\ta\tID\ta\tb", {"a": 9, "b": 8}),
        ("ID,a,,mean", "C\t\tID\t\tb\nB\ta\tBefore\t9\t1", {"a": 1, "b": 8}),
    ],
)
def test_a_patient_in_a_column_has_cells_and_identifier_corrected(
    clean_study: Clean, patients: str, lines: str, read: dict[str, float]
) -> None:
    text = study("patient: ID, transpose: true, leave_out: { 4: the means }")
    written = "\tslip\n".join(["row\tpatient\tcolumn\told\tnew\treason", *lines.split("\n"), ""])

    cleaned = clean_study(
        text=text,
        table=TRANSPOSED.replace("ID,a,b,mean", patients),
        corrections=written.replace("\tslip", "", 1),
    )

    assert values(cleaned, "score_baseline") == read


def test_which_of_two_columns_a_correction_means_is_asked(clean_study: Clean) -> None:
    text = study("patient: ID, transpose: true, leave_out: { 4: the means }")
    correction = "patient\tcolumn\told\tnew\treason\na\tID\ta\tb\tslip\n"

    with pytest.raises(DataError) as error:
        clean_study(text=text, table=TRANSPOSED.replace("a,b", "a,a"), corrections=correction)

    told = str(error.value)
    assert (
        "table.csv, row 1, column 'a': found 'a'; allowed: one row per patient; columns B" in told
    )
    assert "corrections.tsv, row 2: found 'a'; allowed: one column: B, C have it; give the" in told


def test_a_missing_separator_moves_no_patient(clean_study: Clean) -> None:
    text = study("patient: ID, transpose: true")

    with pytest.raises(DataError, match=r"row 2: found '2 cells'; allowed: 3 cells, as in the lo"):
        clean_study(text=text, table="ID,a,b\nBefore,8\nAfter,5,4\nPart\n")


def test_a_group_merged_over_patients_in_columns_is_filled_or_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [["Arm", "A", ""], ["ID", "a", "b"], ["Before", 9, 8]]:
        book.active.append(row)
    book.active.merge_cells("B1:C1")
    book.save(tmp_path / "t.xlsx")
    turned = Source(table="t.xlsx", transpose=True)

    filled = turned.model_copy(update={"fill_down": ("Arm",)})

    assert read_table(tmp_path / "t.xlsx", form=filled).remarks == []
    (told,) = read_table(tmp_path / "t.xlsx", form=turned).remarks
    assert (told.severity, told.row, told.column) == ("error", 1, 3)


def case(name: str) -> str:
    """The published table of a case, with commas between its cells."""
    (path,) = (CASES / name).glob("*.tsv")
    file = io.StringIO()
    with path.open(encoding="utf-8", newline="") as tabbed:
        csv.writer(file).writerows(csv.reader(tabbed, delimiter="\t"))
    return file.getvalue()


PUBLISHED_COLUMNS = """\
variables:
  group: { label: Group, column: Group, type: text }
  age: { label: Age, column: "Age, years", type: number, range: [0, 100] }
cohorts: { everyone: { label: Everyone } }
"""


def test_a_published_table_with_patients_in_columns_is_read(clean_study: Clean) -> None:
    source = (
        "transpose: true, names: { 1: Group, 2: Number }, fill_down: Group,"
        " leave_out: { 7: means, 13: means, 14: means }"
    )

    cleaned = clean_study(text=study(source, PUBLISHED_COLUMNS), table=case("transposed"))

    assert [*values(cleaned, "age").values()] == [40, 56, 53, 47, 24, 24, 27, 52, 19, 32]
    groups = [*values(cleaned, "group").values()]
    assert (groups[4], groups[5]) == ("Group A patients (n = 5)", "Group B patients (n = 5)")


PUBLISHED_ROWS = """\
visits: { pre: Before, post: After, later: After 3 months }
outcomes:
  box:
    label: Box and Block
    measure: Box and Block (Affected UE)
    columns: { pre: Pre, post: Post, later: FU 3* }
    range: [0, 150]
    better: higher
  pegs:
    label: Purdue Pegboard
    measure: Purdue Pegboard (Affected UE)
    columns: { pre: Pre, post: Post, later: FU 3* }
    range: [0, 30]
    better: higher
cohorts: { everyone: { label: Everyone } }
"""


def test_a_published_table_with_parts_for_each_measure_is_read(clean_study: Clean) -> None:
    source = (
        "patient: Participant, measure: Test, names: { A: Test }, fill_down: Test,"
        " leave_out: { 7: means, 13: means, 19: means, 25: means }"
    )

    cleaned = clean_study(text=study(source, PUBLISHED_ROWS), table=case("long-table"))

    assert [*values(cleaned, "box_post").values()] == [59, 21, 8, 28, 7]
    assert [*values(cleaned, "pegs_later").values()] == [7, 2, 0, 3, 0]


GROUPED = "ID,Before,After\nGroup A\na,9,5\nb,8,4\nGroup B,,\nc,7,3\n"
NAMED = (
    "variables: { g: { label: G, column: Arm, type: category,"
    " levels: { Group A: A, Group B: B } } }\n"
)


def test_a_row_may_name_the_group_of_those_below(clean_study: Clean) -> None:
    text = study("patient: ID, group_rows: { Arm: [2, 5] }", NAMED + END)

    cleaned = clean_study(text=text, table=GROUPED)

    assert values(cleaned, "g") == {"a": "Group A", "b": "Group A", "c": "Group B"}
    assert values(cleaned, "score_baseline") == {"a": 9, "b": 8, "c": 7}
    places = (cleaned.folder / "places.csv").read_text(encoding="utf-8").splitlines()
    assert places[-1] == "6,A6,A5,B6,C6"


def test_a_row_of_a_group_that_is_not_there_is_told(clean_study: Clean) -> None:
    text = study("patient: ID, group_rows: { Arm: [2, 5, 9] }", NAMED + END)

    with pytest.raises(DataError, match="row 9: allowed: a row with the name of a group"):
        clean_study(text=text, table=GROUPED)


def test_a_group_that_was_forgotten_is_told_with_the_key_for_it(clean_study: Clean) -> None:
    text = study("patient: ID, group_rows: { Arm: 2 }", NAMED + END)

    found = clean_study(text=text, table=GROUPED).findings

    (told,) = [each for each in found if each.severity == "warning"]
    assert told.row == 5
    assert "group of the rows below it, add its number to source.group_rows" in told.hint


def test_a_bad_name_of_a_group_is_told_at_its_row(clean_study: Clean) -> None:
    text = study("patient: ID, group_rows: { Arm: [2, 5] }", NAMED + END)

    with pytest.raises(DataError) as error:
        clean_study(text=text, table=GROUPED.replace("Group B", "Group C"))

    (found,) = error.value.findings
    assert (found.row, found.column, found.value) == (5, "ID", "Group C")


LONG_END = (
    "visits: { baseline: { label: Pre, value: pre }, followup: { label: F, value: post } }\n"
    + END.replace("columns: { baseline: Before, followup: After }", "column: Score")
)


def test_a_patient_may_be_named_in_the_first_row_alone(clean_study: Clean) -> None:
    table = "ID,Visit,Score\na,pre,9\n,post,5\nb,pre,8\n,post,4\n"
    source = "patient: ID, visit: Visit, fill_down: ID"

    cleaned = clean_study(text=study(source, LONG_END), table=table)

    assert values(cleaned, "score_followup") == {"a": 5, "b": 4}


@pytest.mark.parametrize(
    ("left_out", "found"),
    [("b,pre,8", {"a": 5, "b": 4}), ("ID,Visit,Score", {"a": 4}), (",x,", {"a": 4})],
)
def test_a_row_that_is_left_out_still_names_the_patient_of_the_rows_below(
    clean_study: Clean, left_out: str, found: dict[str, int]
) -> None:
    at_first = ",post,5\n" * ("b" in found)
    table = f"ID,Visit,Score\na,pre,9\n{at_first}{left_out}\n,post,4\n"
    row = table.splitlines().index(left_out, 1) + 1
    source = f"patient: ID, visit: Visit, fill_down: ID, leave_out: {{ {row}: entered twice }}"

    cleaned = clean_study(text=study(source, LONG_END), table=table)

    assert values(cleaned, "score_followup") == found
    told = {each.row: each.hint for each in cleaned.findings if each.column == "ID"}
    assert [*told] == ([row + 1] if "b" in found else [])
    assert all("is named in a row above that is left out" in each for each in told.values())


@pytest.mark.parametrize("below", ["", "b"])
def test_a_row_of_totals_that_is_left_out_names_no_patient_of_the_rows_below(
    clean_study: Clean, below: str
) -> None:
    table = f"ID,Visit,Score\na,pre,9\n,post,5\nTotal,,14\n{below},pre,8\n,post,4\n"
    source = "patient: ID, visit: Visit, fill_down: ID, leave_out: { 4: a total }"
    text = study(source, LONG_END)

    if below:
        assert values(clean_study(text=text, table=table), "score_followup") == {"a": 5, "b": 4}
        return
    with pytest.raises(DataError) as error:
        clean_study(text=text, table=table)

    assert [each.row for each in error.value.findings] == [5, 6]
    assert "row 4, which is left out, has 'Total' there" in error.value.findings[0].hint


def test_a_row_may_name_the_patient_of_the_visits_below(clean_study: Clean) -> None:
    table = "Visit,Score\nPat. 1,\npre,9\npost,5\nPat. 2,\nPat. 3,\npost,4\npre,8\n"
    source = "patient: Pat, visit: Visit, group_rows: { Pat: [2, 5, 6] }"

    cleaned = clean_study(text=study(source, LONG_END), table=table)

    assert values(cleaned, "score_followup") == {"Pat. 1": 5, "Pat. 3": 4}
    (told,) = [each for each in cleaned.findings if each.severity == "warning"]
    assert (told.row, told.hint[:22]) == (5, "no row below is of it,")


def test_a_group_is_no_patient_of_the_rows_below_that_name_none(clean_study: Clean) -> None:
    table = "ID,Visit,Score\nGroup A,,\na,pre,9\n,post,5\nGroup B,,\n,pre,8\nb,post,4\n"
    source = "patient: ID, visit: Visit, fill_down: ID, group_rows: { Arm: [2, 5] }"

    with pytest.raises(DataError) as error:
        clean_study(text=study(source, LONG_END), table=table)

    (found,) = error.value.findings
    assert (found.row, found.column, found.allowed) == (6, "ID", "the patient's identifier")


def test_a_report_shows_a_transposed_table_with_a_row_for_each_patient(
    report_of: Callable[..., str],
) -> None:
    text = study("patient: ID, transpose: true, leave_out: { 4: the means }")

    page = report_of(text=text, table=TRANSPOSED)

    assert "The file has other rows" in page
    assert ">8 <small>C2</small></td>" in page
