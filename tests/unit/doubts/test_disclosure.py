"""What tells who a patient is: told as a risk, and kept out of all that is passed on."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZipFile

import pytest

from casebook.claims.language import read_reading
from casebook.claims.readings import ReadingError
from casebook.cli.main import main
from casebook.data.findings import Finding
from casebook.doubts.disclosure import disclosed
from casebook.mistakes import mistakes
from casebook.study.load import load_study

START = "    column: Start\n    type: date"
REMARK = "    column: Remark\n    type: text"
Clean = Callable[..., Any]


def column(header: str, kind: str = "text") -> tuple[str, str]:
    """An edit that has the study read a column, as another kind, under that header."""
    return REMARK, f"    column: {header}\n    type: {kind}"


def table_with(header: str, *texts: str) -> str:
    """A table of patients with these texts in the column that is free text otherwise."""
    rows = [f"{i},70,F,HCQ,2024-01-1{i},{text},12,3" for i, text in enumerate(texts)]
    return "\n".join([f"ID,Age,Sex,Drugs,Start,{header},Before,After", *rows, ""])


def warned(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.severity == "warning"]


@pytest.mark.parametrize(
    "header",
    [
        *("DOB", "D.O.B.", "Date of birth", "Birthdate", "Born", "Geb.-Datum", "geboren am"),
        *("Geburtsdatum", "Date de naissance", "Né(e) le", "Fecha de nacimiento", "Дата рождения"),
    ],
)
def test_a_column_of_dates_of_birth_is_told_once_by_its_header(
    clean_study: Clean, header: str
) -> None:
    table = table_with(header, "2024-01-01", "2024-01-02", "")

    (found,) = warned(clean_study(column(header, "date"), table=table).findings)

    assert (found.row, found.column, found.value) == (1, header, "")
    assert found.hint == (
        "these look like dates of birth, which everyone who receives the report can read; give"
        " ages instead,"
        " or add 'private: true' to variables.remark of study.yaml, which keeps the column out of"
        " the report; expressions can still use it"
    )


@pytest.mark.parametrize(("year", "count"), [(2004, 1), (2005, 0), (1951, 1), (2023, 0)])
def test_dates_twenty_years_before_the_others_are_taken_for_dates_of_birth(
    clean_study: Clean, year: int, count: int
) -> None:
    table = table_with("First", f"{year}-01-01", f"{year}-01-02", "")

    found = warned(clean_study(column("First", "date"), table=table).findings)

    assert len(found) == count
    assert all("years before the patient's others" in each.hint for each in found)


def test_dates_decades_before_a_birth_in_another_century_are_no_dates_of_birth(
    clean_study: Clean,
) -> None:
    table = table_with("Born", "2061-01-01", "2062-01-02", "")

    found = warned(clean_study(column("Born", "date"), table=table).findings)

    assert {each.column for each in found if each.about == "identity"} == {"Born"}


@pytest.mark.parametrize(("day", "count"), [(10, 1), (11, 0)])
def test_twenty_years_to_the_day_are_twenty(clean_study: Clean, day: int, count: int) -> None:
    """The starts are on 10 and 11 January 2024."""
    table = table_with("First", f"2004-01-{day}", f"2004-01-{day + 1}")

    found = warned(clean_study(column("First", "date"), table=table).findings)

    assert len(found) == count


@pytest.mark.parametrize(
    ("header", "risk"),
    [
        ("Initials", "names or initials"),
        ("Nachname", "names or initials"),
        ("Patient name", "names or initials"),
        ("MRN", "numbers that identify patients elsewhere"),
        ("NHS number", "numbers that identify patients elsewhere"),
        ("PLZ", "addresses or phone numbers"),
        ("Zip code", "addresses or phone numbers"),
        ("E-mail", "addresses or phone numbers"),
    ],
)
def test_names_numbers_and_addresses_are_told_by_their_header(
    clean_study: Clean, header: str, risk: str
) -> None:
    found = warned(clean_study(column(header), table=table_with(header, "x", "y")).findings)

    assert [each.column for each in found] == [header]
    assert risk in found[0].hint


@pytest.mark.parametrize("header", ["Date of diagnosis", "Onset", "Erstdiagnose"])
def test_an_illness_may_have_begun_decades_before(clean_study: Clean, header: str) -> None:
    table = table_with(header, "1985-01-01", "1990-01-02", "")

    assert warned(clean_study(column(header, "date"), table=table).findings) == []


@pytest.mark.parametrize(("label", "count"), [("Drug", 0), ("Remark", 1)])
def test_names_are_those_of_patients_unless_the_label_says_of_what(
    clean_study: Clean, label: str, count: int
) -> None:
    edits = (column("Name"), ("label: Remark", f"label: {label}"))

    found = warned(clean_study(*edits, table=table_with("Name", "MTX", "AZA")).findings)

    assert len(found) == count


@pytest.mark.parametrize(
    "header",
    [
        "Remark",
        "Initial",
        "Drug name",
        "Birthmarks",
        "Newborn",
        "Record ID",
        "Geburtsort",
        "Nominal",
    ],
)
def test_other_headers_are_told_by_no_more_than_they_say(clean_study: Clean, header: str) -> None:
    found = warned(clean_study(column(header), table=table_with(header, "x", "y")).findings)

    assert bool(found) == (header == "Geburtsort")


@pytest.mark.parametrize(
    "text", ["ask ann.doe@example.org", "call +49 30 1234567", "0171/1234567", "(555) 123-4567"]
)
def test_an_address_in_free_text_is_told_by_its_row_and_not_repeated(
    clean_study: Clean, text: str
) -> None:
    (found,) = warned(clean_study(table=table_with("Remark", "well", text, "")).findings)

    assert found.column == "Remark"
    assert found.hint.startswith("row 3: this looks like an e-mail address or phone number")
    assert text not in str(found)


@pytest.mark.parametrize(
    "text", ["01-02-2021", "01/02/2021", "120/80 mmHg", "12 @ 5 mg", "10 20 30 40", "2021-2022"]
)
def test_days_doses_and_numbers_are_no_addresses(clean_study: Clean, text: str) -> None:
    assert warned(clean_study(table=table_with("Remark", "well", text, "")).findings) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "born 12.03.1961",
            "geb. 12.3.61",
            "DOB 1961-03-12",
            "Mr X (geb.12.03.61)",
            "dob:12/03/61",
        ),
        *("date of birth: 12 March 1961", "born on March 12th, 1961", "D.O.B. 12-Mar-1961"),
        *("geboren am 12. März 1961", "born 03/1961", "well; née le 12/03/1961", "12.3.61 geboren"),
        *("nacimiento: 12 de marzo de 1961", "født den 12.03.1961", "дата рождения 12.03.1961"),
        *(
            "出生于1961年3月12日",
            "1961年3月12日生",
            "生年月日：1961-03-12",
            "seen 3.4.21, born 12.3.61",
        ),
    ],
)
def test_a_date_of_birth_in_free_text_is_told_by_its_row_and_not_repeated(
    clean_study: Clean, text: str
) -> None:
    (found,) = warned(clean_study(table=table_with("Remark", "well", f'"{text}"')).findings)

    assert found.hint.startswith("row 3: this looks like a date of birth, which everyone who")
    assert text not in str(found)


@pytest.mark.parametrize(
    "text",
    [
        *("seen 12.03.2021", "born 1961", "born in 1961", "born at term; seen 12.03.2021"),
        *("stillbirth 12", "newborn 12.03.2021", "diagnosed 12.03.2021; born prematurely"),
        *("birthmark seen on 12.03.2021", "Geb 12 mg", "reborn 12.03.2021", "born 12 weeks early"),
    ],
)
def test_another_date_in_free_text_is_no_date_of_birth(clean_study: Clean, text: str) -> None:
    assert warned(clean_study(table=table_with("Remark", "well", text)).findings) == []


def test_an_address_and_a_date_of_birth_in_one_column_are_told_together(clean_study: Clean) -> None:
    texts = ("born 12.03.1961", "ann.doe@example.org", "DOB 1961-03-12")

    (found,) = warned(clean_study(table=table_with("Remark", *texts)).findings)

    assert found.hint.startswith(
        "row 3: this looks like an e-mail address or phone number, and rows 2, 4: this looks like a"
        " date of birth, which everyone"
    )


@pytest.mark.parametrize(
    ("identifiers", "risk"),
    [
        (["Baumann", "Doe, J.", "Li", "4"], "names or initials"),
        (["A.B.", "K.L.", "M.N."], "names or initials"),
        (["1048211", "2210934", "8830017"], "identify patients elsewhere"),
        (["P01", "P02", "P03"], ""),
        (["a", "b", "c"], ""),
        (["CaseA", "CaseB", "CaseC"], ""),
        (["202401", "202402", "202403"], ""),
        (["1", "2", "999999"], ""),
        (["Baumann", "Doe", "3"], ""),
        (["Baumann", "Doe", "Li", "4", "5", "6"], ""),
        (["Baumann", "Doe", "Li", "Fox", "5", "6"], "names or initials"),
        (["100000", "100150", "100300"], ""),
        (["100000", "100150", "100301"], "identify patients elsewhere"),
        (["100000", "990000", "3"], ""),
        (["100000", "200000", "300000", "4", "5", "6"], ""),
        ([f"{first}{'0' * 5000}" for first in "123"], ""),
    ],
)
def test_identifiers_that_are_known_outside_of_the_study_are_told(
    clean_study: Clean, identifiers: list[str], risk: str
) -> None:
    rows = [f'"{each}",7{i},F,HCQ,,,12,3' for i, each in enumerate(identifiers)]
    table = "\n".join(["ID,Age,Sex,Drugs,Start,Remark,Before,After", *rows, ""])

    found = warned(clean_study(table=table).findings)

    assert [each.column for each in found] == ["ID"] * bool(risk)
    assert all(risk in each.hint and "source.patient" in each.hint for each in found)


def test_patients_of_a_long_table_are_not_advised_to_be_numbered_by_their_rows(
    clean_study: Clean,
) -> None:
    study = """
title: T
source: { table: table.csv, patient: MRN, visit: Visit }
visits: { before: Before, after: After }
outcomes: { pain: { label: Pain, column: Pain, range: [0, 10], better: lower } }
cohorts: { everyone: { label: Everyone } }
"""
    table = "MRN,Visit,Pain\nk1,before,4\nk1,after,3\nk2,before,5\nk2,after,1\n"

    (found,) = warned(clean_study(text=study, table=table).findings)

    assert found.hint.endswith("use codes that only you can link to the patients")


PRIVATE = (
    (START, f"{START}\n    format: '%d.%m.%Y'\n    private: true"),
    (REMARK, f"{REMARK}\n    private: true"),
    ("    unit: years\n", "    unit: years\n    private: true\n"),
    ("derived:\n", "derived:\n  senior: { label: Senior, expression: age >= 60.5 }\n"),
)
SECRETS = ["63.125", "41.875", "07.03.1951", "1951", "08.04.1952", "1952", "zebra", "yak", "gnu"]
TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Unread,Before,After
a,63.125,F,"HCQ*, MTX",07.03.1951,zebra,gnu,12.5,3
b,NA,M,none,01.02.2024,,,20,25
c,41.875,f,,,yak zebra,,8,5
d,70,f,,,,,9,5
"""


def published(out: Path) -> dict[str, str]:
    """The texts of what is passed on of a run, by file."""
    working = {"cells.csv", "patients.csv", "findings.csv", "changes.csv"}
    texts = {}
    for path in out.rglob("*"):
        name = path.relative_to(out)
        if path.is_dir() or str(name) in working or name.parts[0] in ("cohorts", "earlier"):
            continue
        texts[str(name)] = text_of(path)
    return texts


def text_of(path: Path) -> str:
    if path.suffix in (".png", ".pdf"):
        return ""  # The same drawing as the SVG, which is read.
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with ZipFile(io.BytesIO(path.read_bytes())) as document:
        return document.read("word/document.xml").decode()


def test_what_is_private_is_nowhere_in_what_is_passed_on(
    report_of: Callable[..., str], illustrated_report_of: Callable[..., Path]
) -> None:
    report_of(*PRIVATE, table=TABLE)
    claims = Path("study/claims.tsv")
    claims.write_text(
        "claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote\n"
        "C1\tText\twords\t2\tcount(senior) in everyone\t\t\t\n"
        "C2\tText\twords\t2\tcount(age >= 60) in everyone\t\t\t\n"
    )
    corrections = (
        "patient\tcolumn\told\tnew\treason\n"
        "a\tStart\t07.03.1951\t08.04.1952\tthe zebra said so\n"
        "c\tAge\t41.875\t43.625\tzebra\n"
    )
    edited = TABLE.replace("yak zebra", "yak").replace("gnu", "gnu gnu").replace("25\n", "26\n")

    page = illustrated_report_of(*PRIVATE, table=edited, corrections=corrections)

    texts = published(page.parent)
    assert {"report.html", "results.csv", "tables/baseline.docx", "audit.csv"} <= texts.keys()
    assert any(name.endswith(".svg") for name in texts)
    for name, text in texts.items():
        assert [each for each in SECRETS if re.search(rf"(?<![\w.]){each}(?![\w.])", text)] == [], (
            name
        )
    report = texts["report.html"]
    assert "Senior" in report
    assert "Private, and not shown: Age, Remark, Start." in " ".join(report.split())
    assert report.count("the column is private") == 2 + 3
    assert "Cells that changed" in report


@pytest.mark.parametrize(
    ("count", "named"),
    [
        (1, "column 'c0' looks"),
        (2, "columns 'c0' and 'c1' look"),
        (6, "'c4' and 'c5' look"),
        (7, "'c4' and 2 more look"),
    ],
)
def test_up_to_six_columns_that_tell_who_patients_are_are_named(count: int, named: str) -> None:
    found = [
        Finding("warning", "t.csv", 1, f"c{i}", "", "", "hint", about="identity")
        for i in range(count)
    ]

    (sentence,) = disclosed(found)

    assert f"{named} identifying;" in sentence


def test_a_column_that_is_private_is_no_risk(clean_study: Clean) -> None:
    header = "Born"
    edit = (REMARK, f"    column: {header}\n    type: text\n    private: true")

    assert warned(clean_study(edit, table=table_with(header, "1951", "1950")).findings) == []


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (
            ("cohorts:", "analysis: { baseline_table: [age] }\ncohorts:"),
            "analysis.baseline_table.0",
        ),
        (("cohorts:", "treatment: { label: T, duration: age }\ncohorts:"), "treatment.duration"),
        (
            (
                "cohorts:",
                "doses: { d: { label: D, at: { baseline: age, followup: drug_count } } }\ncohorts:",
            ),
            "doses.d.at.baseline",
        ),
        (("baseline: Before", "baseline: Age"), "outcomes.score.columns.baseline"),
        (("patient: ID", "patient: Age"), "source.patient"),
    ],
)
def test_what_would_show_a_private_value_is_a_mistake(
    make_study: Callable[..., Path], edit: tuple[str, str], place: str
) -> None:
    study = make_study(("    unit: years\n", "    private: true\n"), edit)

    with pytest.raises(Exception, match=rf"{place}: .* is private, and this would show it"):
        load_study(study)


@pytest.mark.parametrize("source", ["median(age)", "value(age, sex == 'M')", "max(age)"])
def test_a_claim_on_a_private_value_is_refused_and_one_on_a_derived_value_is_not(
    make_study: Callable[..., Path], source: str
) -> None:
    study = load_study(make_study(*PRIVATE))

    with pytest.raises(ReadingError, match="'age' is private, and this would show it"):
        read_reading(f"{source} in everyone", study, [])
    assert read_reading("count(age >= 65) in everyone", study, [])
    assert read_reading("n(age) in everyone", study, [])


def test_the_main_findings_say_that_columns_tell_who_the_patients_are(clean_study: Clean) -> None:
    table = table_with("Date of birth", "2024-01-01", "2024-01-02").replace("ID,", "Name,")
    edits = (column("Date of birth", "date"), ("patient: ID", "patient: Name"))

    assert [*disclosed(clean_study(*edits, table=table).findings)] == [
        "This report may reveal who the patients are: columns 'Name' and 'Date of birth' look"
        " identifying; before you pass it on, see the warnings in the section Data."
    ]
    assert [*disclosed(clean_study().findings)] == []


@pytest.mark.parametrize(
    "text",
    [
        "y" * 32_000,
        "y@" * 16_000,
        "y@y." * 8_000 + "1",
        "001 (" * 6_000 + "1x",
        "born 1.1.61x" * 2_000,
        "出生" * 16_000,
        "1.1." * 8_000,
        "рожд" * 8_000,
        "on " * 10_000,
    ],
)
def test_a_long_text_is_searched_for_addresses_in_no_time(clean_study: Clean, text: str) -> None:
    begin = process_time()

    clean_study(table=table_with("Remark", text))

    assert process_time() - begin < 1


def test_an_address_is_found_in_the_middle_of_a_long_text(clean_study: Clean) -> None:
    text = f"{'y' * 9000} see dr.a+b@ward.example.org{'.' * 9000}"

    (found,) = warned(clean_study(table=table_with("Remark", text)).findings)

    assert "row 2: this looks like an e-mail address or phone number" in found.hint


def test_an_identifier_of_many_points_is_read_in_no_time(
    clean_study: Clean, table_of: Callable[..., str]
) -> None:
    begin = process_time()

    clean_study(table=table_of(*({"ID": f"{letter}{'..a' * 30}1"} for letter in "xyz")))

    assert process_time() - begin < 1


PRIVATE_SLIPS = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,63.I25,F,"HCQ*, MTX",7.3.1951?,zebra,12.5,3
b,419,M,none,01.02.2024,gnu\x07,20,25
c,41.875,f,,,yak,8,5
"""
PRIVATE_CORRECTIONS = """\
patient\tcolumn\told\tnew\treason
c\tRemark\tyaks\tyak zebra\ttypo
c\tAge\t41.875\t41.B75\tread again
c\tRemark\tyak\tyak\tread again
"""


def test_no_message_shows_the_text_of_a_private_column(make_study: Callable[..., Path]) -> None:
    study = make_study(*PRIVATE, table=PRIVATE_SLIPS)
    study.with_name("corrections.tsv").write_text(PRIVATE_CORRECTIONS, encoding="utf-8")

    told = mistakes(study)

    assert told.startswith("7 errors")
    assert "study/table.csv, column 'Age': found 2 times, in row 2 and row 3; allowed: " in told
    for place in ("row 2, column 'Start'", "row 3, column 'Remark'"):
        assert f"study/table.csv, {place}: allowed: " in told
    for row, column in ((2, ""), (3, ", column 'new'"), (4, "")):
        assert f"study/corrections.tsv, row {row}{column}: allowed: " in told
    for text in ("63.I25", "419", "7.3.1951", "41.B75", "41.875", "gnu", "zebra", "yak"):
        assert text not in told


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_warning_or_note_of_a_check_shows_the_text_of_a_private_column(
    make_study: Callable[..., Path], capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    study = make_study(*PRIVATE, table=TABLE.replace("yak zebra", "GrÃ¼n yak"))
    corrections = "patient\tcolumn\told\tnew\treason\na\tRemark\tzebra\tgnu\tslip\n"
    study.with_name("corrections.tsv").write_text(corrections, encoding="utf-8")

    code = main(["check", "study", *form])

    told = capsys.readouterr().out
    assert code == 0
    assert "column 'Remark': what was found is not shown" in told
    assert not [text for text in (*SECRETS, "Grün", "GrÃ¼n") if text in told]


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ('"ya"k', "Remark"),
        ('"yak', "Remark"),
        ("y\xffak", "Remark"),
        ('x,1,2,3,"ya"k', "J"),
        ("x,1,2,3,y\xffak", "J"),
    ],
)
def test_no_message_shows_a_cell_of_a_table_with_private_columns_that_cannot_be_read(
    make_study: Callable[..., Path], cell: str, column: str
) -> None:
    table = PRIVATE_SLIPS.replace("yak", cell).encode("latin-1")

    told = mistakes(make_study(*PRIVATE, table=table))

    assert f"study/table.csv, row 4, column {column!r}: allowed: " in told
    assert not re.search("y\xff?a", told.replace(".yaml", ""))


@pytest.mark.parametrize("cell", ["y\xffak", "y\xff'ak", "y\xff(ak)"])
def test_the_encoding_of_a_table_with_private_columns_is_told_without_its_cell(
    make_study: Callable[..., Path], cell: str
) -> None:
    table = PRIVATE_SLIPS.replace("yak", cell).encode("latin-1")

    told = mistakes(make_study(*PRIVATE, table=table))

    assert "name what is right in study.yaml, as in source.encoding: cp1252; in Excel" in told
    assert "ak" not in told.partition("column 'Remark'")[2]


@pytest.mark.parametrize(
    "lines",
    [
        "c\tRemark\tyak\n",
        "c\tRemark\tya\x07k\tx\ty\n",
        'c\tRemark\t"ya"k\tx\ty\n',
        "c\tRemark\ty\xffak\tx\ty\n",
    ],
)
@pytest.mark.parametrize("broken", [("title: A study", "title: A study"), ("title:", "- title:")])
def test_no_message_shows_a_line_of_the_corrections_beside_private_columns_that_cannot_be_read(
    make_study: Callable[..., Path], broken: tuple[str, str], lines: str
) -> None:
    study = make_study(*PRIVATE, broken)
    text = PRIVATE_CORRECTIONS.splitlines()[0] + f"\n{lines}"
    study.with_name("corrections.tsv").write_bytes(text.encode("latin-1"))

    told = mistakes(study)

    assert "study/corrections.tsv, row 2" in told
    assert not re.search("y\xff?a", told.replace(".yaml", ""))
