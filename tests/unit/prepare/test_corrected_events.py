"""Corrections of the table of adverse events, and of a row of it among several of a patient."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError
from casebook.data.harms import Harm, read_harms
from casebook.mistakes import mistakes

Clean = Callable[..., Any]

HARMS = (
    "cohorts:",
    "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event, grade: Grade,"
    " start: From, end: To } } }\ncohorts:",
)
EVENTS = "ID,Event,Grade,From,To\na,Rash,2,2024-03-01,\na,Fever,2,2024-04-01,\nb,Cough,1,,\n"
HEADER = "table\trow\tpatient\tcolumn\told\tnew\treason\n"


def corrected(clean_study: Clean, *lines: str, events: str = EVENTS) -> list[Harm]:
    text = HEADER + "".join(f"{line}\tread again\n" for line in lines)
    folder: Path = clean_study(HARMS, harms=events, corrections=text).folder
    return read_harms(folder / "harms.csv")


def refused(clean_study: Clean, *lines: str, events: str = EVENTS) -> list[str]:
    with pytest.raises(DataError) as error:
        corrected(clean_study, *lines, events=events)
    return [str(each).removeprefix("study/corrections.tsv, ") for each in error.value.findings]


def test_a_cell_is_found_by_its_patient_and_text(clean_study: Clean) -> None:
    harms = corrected(clean_study, "harms.csv\t\ta\tEvent\tRash\tHives", "\t\tb\tAge\tNA\t50")

    assert [harm.term for harm in harms] == ["Hives", "Fever", "Cough"]


def test_a_row_tells_which_of_several_cells_is_meant(clean_study: Clean) -> None:
    harms = corrected(clean_study, "harms.csv\t3\ta\tGrade\t2\t3")

    assert [harm.grade for harm in harms] == ["2", "3", "1"]


def test_the_patient_of_an_event_can_be_corrected(clean_study: Clean) -> None:
    events = EVENTS.replace("b,Cough", "B 1,Cough")

    harms = corrected(clean_study, "harms.csv\t\tB 1\tID\tB 1\tb", events=events)

    assert [harm.patient for harm in harms] == ["a", "a", "b"]


@pytest.mark.parametrize(
    ("lines", "patients"),
    [
        (("harms.csv\t\tB 1\tID\tB 1\tb",), "abbb"),
        (("harms.csv\t3\tB 1\tID\tB 1\tb", "harms.csv\t4\tB 1\tID\tB 1\ta"), "abab"),
    ],
)
def test_a_corrected_patient_is_that_of_the_rows_below_that_name_none(
    clean_study: Clean, report_of: Callable[..., str], lines: tuple[str, ...], patients: str
) -> None:
    filled = HARMS[1].replace("table: harms.csv,", "table: harms.csv, fill_down: ID,")
    events = EVENTS.splitlines()[0] + "\na,Rash,2,,\nB 1,Cough,1,,\n,Fever,1,,\nb,Rash,1,,\n"
    text = HEADER + "".join(f"{line}\tread again\n" for line in lines)

    folder = clean_study((HARMS[0], filled), harms=events, corrections=text).folder
    page = report_of((HARMS[0], filled), harms=events, corrections=text)

    assert "".join(harm.patient for harm in read_harms(folder / "harms.csv")) == patients
    assert f">{patients[2]}, row 4: Fever</a>" in page


def test_a_slip_in_the_table_of_patients_is_told_of_their_events_with_its_correction(
    clean_study: Clean, table_of: Callable[..., str]
) -> None:
    rows = [{"ID": each} for each in ("PA-11", "PA-12", "PA-l3", "PA-14")]
    files = {"table": table_of(*rows), "harms": EVENTS.splitlines()[0] + "\nPA-13,Rash,2,,\n"}

    with pytest.raises(DataError) as error:
        clean_study(HARMS, **files)

    (found,) = map(str, error.value.findings)
    assert "did you mean" not in found
    assert found.endswith(
        "'table.csv', row 4 has 'PA-l3', which is not written as most others there: one of the two"
        " is misspelt; if it is 'PA-l3', correct it in corrections.tsv (patient PA-l3, column ID,"
        " old PA-l3, new PA-13)"
    )
    folder = clean_study(
        HARMS, **files, corrections=f"{HEADER}\t\tPA-l3\tID\tPA-l3\tPA-13\ttypo\n"
    ).folder
    assert [harm.patient for harm in read_harms(folder / "harms.csv")] == ["PA-13"]


def test_a_correction_of_an_event_is_noted_at_its_cell(clean_study: Clean) -> None:
    text = f"{HEADER}harms.csv\t\tb\tGrade\t1\t2\tread again\n"

    cleaned = clean_study(HARMS, harms=EVENTS, corrections=text)

    (note,) = [each for each in cleaned.findings if "correct" in each.about]
    assert str(note) == (
        "study/harms.csv, row 4, column 'Grade': found '1'; corrected from '1' to '2': read again"
    )


def test_every_correction_of_an_event_that_does_not_fit_is_an_error_at_its_line(
    clean_study: Clean,
) -> None:
    found = refused(
        clean_study,
        "harms.csv\t\ta\tGrade\t2\t3",
        "harms.csv\t\ta\tGrade\t1\t3",
        "harms.csv\t\tb\tGrade\t2\t3",
        "harms.csv\t4\ta\tGrade\t1\t3",
        "harms.csv\t\tz\tGrade\t1\t3",
        "harms.csv\t\tb\tgrade\t1\t3",
        "harms.csv\t\tb\tGrade\t1\t1",
        "harm.csv\t\tb\tGrade\t1\t2",
        "harms.csv\t\tb\tGrade\t1\t2",
        "harms.csv\t\tb\tGrade\t1\t2",
        "harms.csv\t\ta\tEvent\tRash\tHives",
        "harms.csv\t\ta\tEvent\tRash\tHives",
        "harms.csv\t2\ta\tEvent\tFever\tHives",
        "harms.csv\t3\ta\tEvent\tCough\tHives",
    )

    of_line = {text.split(":")[0]: text.partition(": ")[2] for text in found}
    assert of_line == {
        "row 2": "found '2'; allowed: one row: 2, 3 have it; give the row, in the columns table"
        " and row before patient",
        "row 3": "found '1'; allowed: the text of a cell of the patient: '2' in row 2, '2' in row"
        " 3; the table itself may have been corrected",
        "row 4": "found '2'; allowed: the text of the cell, which is '1'; row 4 may have been"
        " corrected in the table itself",
        "row 5": "found '4'; allowed: a row of 'a' in study/harms.csv: 2, 3; rows are counted as a"
        " spreadsheet does; those left out cannot be corrected",
        "row 6, column 'patient'": "found 'z'; allowed: a patient of the table: a, b; no row of"
        " the table has it",
        "row 7": "found 'grade'; allowed: a column that the study reads values from; did you mean"
        " 'Grade'?",
        "row 8": "found '1'; allowed: a text under new that differs from the one under old; remove"
        " the line, or write under new what the cell should say",
        "row 9, column 'table'": "found 'harm.csv'; allowed: a table: 'table.csv' or 'harms.csv';"
        " leave it empty for the patients",
        "row 11": "found '1'; allowed: the text of the cell, which is '2'; row 10 of this file has"
        " already corrected the cell",
        "row 13": "found 'Rash'; allowed: the text of a cell of the patient: 'Hives' in row 2,"
        " 'Fever' in row 3; row 12 of this file has already corrected the cell",
        "row 14": "found 'Fever'; allowed: the text of the cell, which is 'Hives'; row 12 of this"
        " file has already corrected the cell",
        "row 15": "found 'Cough'; allowed: the text of the cell, which is 'Fever'; row 3 may have"
        " been corrected in the table itself; or the table has changed since, and its rows have"
        " moved: look where the cell is now",
    }


def test_a_text_that_a_correction_has_put_there_is_refused_at_its_line(clean_study: Clean) -> None:
    found = refused(clean_study, "harms.csv\t\tb\tGrade\t1\t7", "harms.csv\t2\ta\tTo\t\t2024-02-01")

    assert [text.partition("; allowed")[0] for text in found] == [
        "row 2, column 'new': found '7'",
        "row 3, column 'new': found '2024-02-01'",
    ]


def test_an_event_has_no_visit(clean_study: Clean) -> None:
    text = "table\tpatient\tcolumn\tvisit\told\tnew\treason\n"
    line = "harms.csv\tb\tGrade\tbaseline\t1\t2\tread again\n"

    with pytest.raises(DataError, match="found 'baseline'; allowed: no visit; leave it empty"):
        clean_study(HARMS, harms=EVENTS, corrections=text + line)


def test_a_study_with_mistakes_does_not_doubt_which_tables_there_are(
    make_study: Callable[..., Path],
) -> None:
    file = make_study(HARMS, ("better: lower", "better: lowest"))
    (file.parent / "harms.csv").write_text(EVENTS)
    line = "harms.csv\t\tb\tGrade\t1\t2\tread again\n"
    (file.parent / "corrections.tsv").write_text(f"{HEADER}{line}")

    assert "corrections.tsv" not in mistakes(file)


def test_the_page_shows_the_correction_where_it_was_made(report_of: Callable[..., str]) -> None:
    text = f"{HEADER}harms.csv\t\ta\tEvent\tRash\tHives\tread again\n"

    page = report_of(HARMS, harms=EVENTS, corrections=text)

    assert "Rash<br><em>corrected from &#39;Rash&#39; to &#39;Hives&#39;: read again</em>" in page
    assert ">a, row 2: Hives (corrected from Rash)</a>" in page
