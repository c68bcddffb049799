from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casebook.data.findings import DataError
from casebook.data.patients import Member, Value, read_rows

Clean = Callable[..., Any]
TableOf = Callable[..., str]
HEADER = "patient\tcolumn\told\tnew\treason\n"

SLIP = "correct a slip in corrections.tsv; list what means 'no value' under missing in study.yaml"
NO_DAY = (
    "there is no such day: correct a slip in corrections.tsv, or list the text under missing in"
    " study.yaml"
)
UNDER = "under source in study.yaml"
RANGE = "correct it in corrections.tsv, or widen the range in study.yaml"
LEVEL = "add it to levels in study.yaml if it is one"
COMMA = ("  licence: CC0", '  licence: CC0\n  decimal: ","')
SYNONYMS = ("M: Male }", "M: Male, W: Female, f.: Female }")


def errors(clean_study: Clean, *edits: tuple[str, str], **files: str | bytes) -> list[str]:
    with pytest.raises(DataError) as error:
        clean_study(*edits, **files)
    return [str(each) for each in error.value.findings]


def test_a_table_becomes_typed_patients(clean_study: Clean) -> None:
    first, second, third = clean_study().patients

    assert first.id == "a"
    assert first.values == {
        "age": 70.0,
        "sex": "F",
        "drugs": (Member("HCQ", marked=True), Member("MTX")),
        "start": date(2024, 1, 31),
        "remark": "well",
        "score_baseline": 12.5,
        "score_followup": 3.0,
        "drug_count": 2.0,
    }
    assert (second.values["age"], second.values["drugs"]) == (None, ())
    assert (third.values["sex"], third.values["drugs"], third.values["drug_count"]) == (
        "F", None, None,
    )  # fmt: skip


def test_measurements_and_therapies_are_written_long(clean_study: Clean) -> None:
    folder = clean_study().folder

    assert (folder / "measurements.csv").read_text() == (
        "patient,outcome,visit,value\n"
        "a,score,baseline,12.5\na,score,followup,3\n"
        "b,score,baseline,20\nb,score,followup,25\n"
        "c,score,baseline,8\nc,score,followup,\n"
    )
    assert (folder / "therapies.csv").read_text() == (
        "patient,variable,therapy,marked\na,drugs,HCQ,yes\na,drugs,MTX,no\n"
    )


@pytest.mark.parametrize(
    ("column", "text", "name", "expected"),
    [
        ("Age", "\xa070 ", "age", 70.0),
        ("Age", "7e1", "age", 70.0),
        ("Age", "+70.50", "age", 70.5),
        ("Age", "", "age", None),
        ("Age", "\xa0", "age", None),
        ("Age", " NA ", "age", None),
        ("Age", "na", "age", None),
        ("Sex", "f", "sex", "F"),
        ("Drugs", "hcq *,mtx", "drugs", (Member("HCQ", marked=True), Member("MTX"))),
        ("Drugs", "MTX,\nHCQ", "drugs", (Member("MTX"), Member("HCQ"))),
        ("Drugs", "none", "drugs", ()),
        ("Drugs", " None", "drugs", ()),
        ("Drugs", "NA", "drugs", None),
        ("Start", "2024-02-29", "start", date(2024, 2, 29)),
        ("Remark", " much\n better ", "remark", "much better"),
    ],
)
def test_a_cell_gives_its_value(
    clean_study: Clean, table_of: TableOf, column: str, text: str, name: str, expected: Value
) -> None:
    (patient,) = clean_study(table=table_of({column: text})).patients

    assert patient.values[name] == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("Age", "7O", f"a number from 18 to 120 years; {SLIP}"),
        (
            "Age",
            "70,5",
            f'a number from 18 to 120 years; it is a number with decimal: ",", {UNDER}',
        ),
        (
            "Age",
            "-70,5",
            f'a number from 18 to 120 years; it is a number with decimal: ",", {UNDER}',
        ),
        ("Age", "121", f"a number from 18 to 120 years; {RANGE}"),
        ("Age", "\N{MINUS SIGN}70", f"a number from 18 to 120 years; {RANGE}"),
        ("Age", "1e999", f"a number from 18 to 120 years; {RANGE}"),
        ("Age", "nan", f"a number from 18 to 120 years; {SLIP}"),
        ("Age", "inf", f"a number from 18 to 120 years; {SLIP}"),
        ("Age", "٧٠", f"a number from 18 to 120 years; {SLIP}"),
        ("Sex", "X", f"one of F, M; {LEVEL}"),
        (
            "Sex",
            "female",
            "one of F, M; it is the label of 'F': add 'female: Female' to levels in study.yaml",
        ),
        ("Drugs", "HQC, MTX", "one of HCQ, MTX, none; did you mean 'HCQ'?"),
        (
            "Age",
            "61 years",
            "a number from 18 to 120 years; to read the number before 'years', add strip_unit:"
            " years beside the column in study.yaml",
        ),
        (
            "Drugs",
            "HCQ+MTX*",
            "one of HCQ, MTX, none; its members are separated by '+': if they are so in all cells,"
            " add separator: '+' beside the column in study.yaml; otherwise write ',' in its place"
            " by corrections.tsv",
        ),
        ("Drugs", "HCQ, hcq*", f"each member once; {SLIP}"),
        ("Drugs", "HCQ, none", f"one of HCQ, MTX, none; {LEVEL}"),
        ("Drugs", "HCQ,", f"members separated by ',', none of them empty; {SLIP}"),
        (
            "Start",
            "2024-02-30",
            f"a day of the calendar, written as %Y-%m-%d, as in 2024-02-29; {NO_DAY}",
        ),
        (
            "Start",
            "31.01.2024",
            "a day of the calendar, written as %Y-%m-%d, as in 2024-02-29; to read it as a day,"
            " write format: '%d.%m.%Y' beside the column in study.yaml",
        ),
    ],
)
def test_a_cell_that_does_not_fit_is_an_error_at_its_place(
    clean_study: Clean, table_of: TableOf, column: str, text: str, expected: str
) -> None:
    found = errors(clean_study, table=table_of({}, {column: text}))

    assert found == [
        f"study/table.csv, row 3, column {column!r}: found {text!r}; allowed: {expected}"
    ]


@pytest.mark.parametrize(
    ("text", "addition"),
    [
        ("61 years", "column: Age, pattern: '([-+0-9.,]+)(?: *years)?'"),
        ("61years", "column: Age, pattern: '([-+0-9.,]+)(?: *years)?'"),
    ],
)
def test_a_number_with_a_unit_is_read_once_what_its_message_says_is_done(
    clean_study: Clean, table_of: TableOf, text: str, addition: str
) -> None:
    age = addition.replace(", ", "\n    ")

    cleaned = clean_study(("column: Age", age), table=table_of({}, {"Age": text}))

    assert [patient.values["age"] for patient in cleaned.patients] == [70, 61]


def test_a_negative_number_may_have_a_typographic_minus(
    clean_study: Clean, table_of: TableOf
) -> None:
    cleaned = clean_study(("[18, 120]", "[-90, 120]"), table=table_of({"Age": "\N{MINUS SIGN}7.5"}))

    assert cleaned.patients[0].values["age"] == -7.5


@pytest.mark.parametrize("text", ["18", "120", "18.0"])
def test_the_limits_of_a_range_are_within_it(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    (patient,) = clean_study(table=table_of({"Age": text})).patients

    assert patient.values["age"] == float(text)


def test_all_errors_of_a_table_come_at_once(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of({"Age": "x", "Sex": "?"}, {"Drugs": "y"}, {"After": "101"})

    found = errors(clean_study, table=table)

    assert [each.split(": ")[0] for each in found] == [
        "study/table.csv, row 2, column 'Age'",
        "study/table.csv, row 2, column 'Sex'",
        "study/table.csv, row 3, column 'Drugs'",
        "study/table.csv, row 4, column 'After'",
    ]


def test_nothing_is_written_where_there_are_errors(clean_study: Clean, table_of: TableOf) -> None:
    errors(clean_study, table=table_of({"Age": "x"}))

    assert not Path("out/patients.csv").exists()


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("(.+), [FM]", "70, F", 70.0),
        ("(.+?)( years)?", "70 years", 70.0),
        ("([0-9]+) .*", "70 (approx.)", 70.0),
        ("([0-9]+)|unknown", "70", 70.0),
        ("(.+), [FM]", "NA, F", None),
        ("(.+), [FM]", "na , F", None),
    ],
)
def test_a_pattern_pulls_the_value_out_of_a_cell(
    clean_study: Clean, table_of: TableOf, pattern: str, text: str, expected: float | None
) -> None:
    edit = ("    unit: years", f'    unit: years\n    pattern: "{pattern}"')

    (patient,) = clean_study(edit, table=table_of({"Age": text})).patients

    assert patient.values["age"] == expected


def test_a_cell_that_does_not_fit_its_pattern_is_an_error(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("    unit: years", '    unit: years\n    pattern: "(.+), [FM]"')

    assert errors(clean_study, edit, table=table_of({"Age": "70 F"})) == [
        "study/table.csv, row 2, column 'Age': found '70 F'; allowed: a text that fits the pattern"
        f" of age in study.yaml; {SLIP}"
    ]


def test_a_pattern_that_fits_without_its_group_is_an_error_at_the_cell(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("    unit: years", '    unit: years\n    pattern: "([0-9]+)|unknown"')

    (found,) = errors(clean_study, edit, table=table_of({"Age": "unknown"}))

    assert found.startswith("study/table.csv, row 2, column 'Age': found 'unknown'; allowed: ")


def test_a_missing_code_in_study_yaml_is_read_as_cells_are(
    clean_study: Clean, table_of: TableOf
) -> None:
    cleaned = clean_study(("[NA]", '["Not  done "]'), table=table_of({"Age": "Not  done"}))

    assert cleaned.patients[0].values["age"] is None


def test_a_code_for_no_member_in_study_yaml_is_read_as_cells_are(
    clean_study: Clean, table_of: TableOf
) -> None:
    cleaned = clean_study(("[none]", '["No  drugs "]'), table=table_of({"Drugs": "no\ndrugs"}))

    assert cleaned.patients[0].values["drugs"] == ()


@pytest.mark.parametrize("text", ["", " ", "\N{ZERO WIDTH SPACE}", "none"])
def test_an_empty_cell_can_mean_no_member(clean_study: Clean, table_of: TableOf, text: str) -> None:
    table = table_of({"Drugs": text}, {"Drugs": "NA"}, {"Drugs": "MTX"})

    cleaned = clean_study(("none: [none]", 'none: [none, ""]'), table=table)

    assert [each.values["drugs"] for each in cleaned.patients] == [(), None, (Member("MTX"),)]
    assert [each.values["drug_count"] for each in cleaned.patients] == [0, None, 1]


def test_an_empty_cell_that_means_no_member_means_it_behind_a_pattern(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("none: [none]", 'none: [""]\n    pattern: "drugs:(.*)"')
    table = table_of({"Drugs": "drugs:"}, {"Drugs": "drugs: MTX"})

    assert [e.values["drugs"] for e in clean_study(edit, table=table).patients] == [
        (),
        (Member("MTX"),),
    ]
    (found,) = errors(clean_study, edit, table=table_of({"Drugs": "drugs: AZA"}))
    assert "allowed: one of HCQ, MTX, an empty cell; " in found


def test_the_missing_code_of_a_variable_is_missing_there_alone(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ('mark: "*"', 'mark: "*"\n    missing: [Not done]')

    (patient,) = clean_study(edit, table=table_of({"Drugs": "Not done"})).patients
    (found,) = errors(clean_study, edit, table=table_of({"Sex": "Not done"}))

    assert patient.values["drugs"] is None
    assert "found 'Not done'; allowed: one of F, M" in found


def test_a_level_with_a_letter_of_another_alphabet_is_told_as_such(
    clean_study: Clean, table_of: TableOf
) -> None:
    (found,) = errors(clean_study, table=table_of({"Sex": "М"}))

    assert found.endswith(
        "allowed: one of F, M; it only looks like 'M' and has U+041C, CYRILLIC CAPITAL LETTER EM;"
        " correct a slip in corrections.tsv"
    )


@pytest.mark.parametrize("text", ["1.0", "1,00"])
def test_a_level_with_decimals_is_told_as_such(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    edit = ("M: Male }", "M: Male, 1: Unknown }")

    (found,) = errors(clean_study, edit, table=table_of({"Sex": text}))

    assert found.endswith(
        f"one of F, M, 1; it is '1' with decimals: add \"{text}\": Unknown to levels in study.yaml"
    )


@pytest.mark.parametrize("text", ["1.5", "2", "F.0", "11.0"])
def test_no_other_text_is_told_as_a_level_with_decimals(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    edit = ("M: Male }", "M: Male, 1: Unknown }")

    (found,) = errors(clean_study, edit, table=table_of({"Sex": text}))

    assert "allowed: one of F, M, 1; " in found
    assert "with decimals" not in found


@pytest.mark.parametrize(
    ("cell", "shown", "character"),
    [
        ({"ID": "P\0 1"}, r"column 'ID': found 'P\x00 1'", "U+0000, a control character"),
        (
            {"Remark": "\x1b[31m"},
            r"column 'Remark': found '\x1b[31m'",
            "U+001B, a control character",
        ),
        (
            {"Remark": "\u202etxt"},
            r"column 'Remark': found '\u202etxt'",
            "U+202E, which changes the direction of writing",
        ),
    ],
)
def test_a_cell_that_cannot_be_printed_is_an_error_at_its_place(
    clean_study: Clean, table_of: TableOf, cell: dict[str, str], shown: str, character: str
) -> None:
    assert errors(clean_study, table=table_of({}, cell)) == [
        f"study/table.csv, row 3, {shown}; allowed: text that can be printed; remove {character}"
    ]


def test_a_header_that_cannot_be_printed_is_an_error(clean_study: Clean, table_of: TableOf) -> None:
    table = "".join(f"{line},x\n" for line in table_of({}).splitlines()).replace(
        "After,x", "After,a\x9bb"
    )

    assert errors(clean_study, table=table) == [
        r"study/table.csv, row 1: found 'a\x9bb'; allowed: text that can be printed; remove"
        r" U+009B, a control character"
    ]


def test_a_cell_that_no_one_reads_may_hold_anything(clean_study: Clean, table_of: TableOf) -> None:
    header, line = table_of({}).splitlines()

    assert clean_study(table=f"{header},Other\n{line},\x1b\n").patients


def test_numbers_that_are_listed_as_missing_are_counted_and_told_where_they_could_be_values(
    clean_study: Clean, table_of: TableOf
) -> None:
    ages = [("70", "18"), ("999", "18.0"), ("-9", "18"), ("NA", "3")]
    rows = [{"ID": f"p{n}", "Age": age, "Before": before} for n, (age, before) in enumerate(ages)]
    codes = ("[NA]", "[NA, '18', '999', '-9']")

    found = clean_study(codes, table=table_of(*rows)).findings

    notes = [str(each) for each in found if "taken as missing" in each.hint]
    listed = "taken as missing, as missing in study.yaml lists the number"
    within = (
        f"{listed}, which is within the range of the column: if it is a value, take it out of the"
        " list"
    )
    assert notes == [
        f"study/table.csv: found '999, -9'; 2 cells are {listed} ('Age': 2)",
        f"study/table.csv, column 'Before': found '18'; 2 cells are {within}",
        f"study/table.csv, column 'Before': found '18.0'; 1 cell is {within}",
    ]


@pytest.mark.parametrize("text", ["99", "99.0", "+99.00", "9.9e1"])
def test_a_number_that_is_a_code_for_missing_is_one_however_it_is_written(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    table = table_of({"Age": text, "Before": text})

    (patient,) = clean_study(("[NA]", "[NA, 99]"), table=table).patients

    assert (patient.values["age"], patient.values["score_baseline"]) == (None, None)


def test_a_row_in_which_nothing_can_be_seen_is_told(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of({}) + "\N{ZERO WIDTH SPACE},,,,,,,\n"

    assert any("there is nothing beside it" in each for each in errors(clean_study, table=table))


def test_two_variables_may_read_one_column(clean_study: Clean, table_of: TableOf) -> None:
    edits = (
        ("column: Sex", 'column: Age\n    pattern: ".+, ([FM])"'),
        ("    unit: years", '    unit: years\n    pattern: "(.+), [FM]"'),
    )

    (patient,) = clean_study(*edits, table=table_of({"Age": "70, M"})).patients

    assert (patient.values["age"], patient.values["sex"]) == (70.0, "M")


def test_a_date_has_the_form_that_the_study_says(clean_study: Clean, table_of: TableOf) -> None:
    edit = ("type: date", 'type: date\n    format: "%d.%m.%Y"')

    (patient,) = clean_study(edit, table=table_of({"Start": "31.01.2024"})).patients

    assert patient.values["start"] == date(2024, 1, 31)


def test_a_date_of_a_workbook_is_read_whatever_form_the_study_says(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("type: date", 'type: date\n    format: "%d.%m.%Y"')

    (patient,) = clean_study(edit, table=table_of({"Start": "2024-01-31"})).patients

    assert patient.values["start"] == date(2024, 1, 31)


def test_a_time_behind_a_day_is_told_as_the_reason(clean_study: Clean, table_of: TableOf) -> None:
    with pytest.raises(DataError, match="a time follows the day"):
        clean_study(("type: date", "type: date"), table=table_of({"Start": "2024-01-31T12:30:00Z"}))


@pytest.mark.parametrize(
    ("text", "first_year", "expected"),
    [
        ("5.3.23", 1930, date(2023, 3, 5)),
        ("05.03.43", 1930, date(1943, 3, 5)),
        ("5.3.30", 1930, date(1930, 3, 5)),
        ("5.3.29", 1930, date(2029, 3, 5)),
        ("5.3.29", 1900, date(1929, 3, 5)),
        ("29.2.00", 1930, date(2000, 2, 29)),
        ("5.3.2023", 1900, date(2023, 3, 5)),
        ("2023-03-05", 1900, date(2023, 3, 5)),
        ("44990", 1930, date(2023, 3, 5)),
        ("99999", 1930, date(2173, 10, 13)),
    ],
)
def test_years_of_two_digits_are_of_the_hundred_that_the_study_names(
    clean_study: Clean, table_of: TableOf, text: str, first_year: int, expected: date
) -> None:
    said = f"format: ['%d.%m.%Y', '%d.%m.%y', serial]\n    two_digit_years_from: {first_year}"

    cleaned = clean_study(
        ("type: date", f"type: date\n    {said}"), table=table_of({"Start": text})
    )

    assert cleaned.patients[0].values["start"] == expected
    odd = [each.value for each in cleaned.findings if each.column == "Start"]
    assert odd == [expected.isoformat()] * (expected.year > 2100)


@pytest.mark.parametrize(
    ("text", "first_year", "hint"),
    [
        (
            "29.2.00",
            1900,
            "there is no such day in its year: if another century is meant, write another"
            " two_digit_years_from beside the column in study.yaml, or correct a slip in"
            " corrections.tsv",
        ),
        # As %y.%m.%d, which the other days would be as well, it is in 2029 or 2031.
        ("29.2.23", 1930, NO_DAY),
        ("31.4.23 10:30", 1930, SLIP),
    ],
)
def test_a_day_that_a_year_of_two_digits_has_not_is_an_error(
    clean_study: Clean, table_of: TableOf, text: str, first_year: int, hint: str
) -> None:
    formats = "['%d.%m.%y', '%d.%m.%y %H:%M']"
    said = f"type: date\n    format: {formats}\n    two_digit_years_from: {first_year}"

    with pytest.raises(DataError) as error:
        clean_study(("type: date", said), table=table_of({"Start": text}))

    assert [(each.value, each.hint) for each in error.value.findings] == [(text, hint)]


def test_a_form_of_days_is_told_of_a_private_column_without_its_text(
    clean_study: Clean, table_of: TableOf
) -> None:
    private = ("type: date", "type: date\n    private: true")

    with pytest.raises(DataError) as error:
        clean_study(private, table=table_of({"Start": "5.3.43"}))

    assert "write format: '%d.%m.%y', and two_digit_years_from: 1930, beside" in str(error.value)
    assert "5.3.43" not in str(error.value)


def test_a_date_without_signs_needs_all_of_its_digits(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("type: date", 'type: date\n    format: "%d%m%Y"')

    (patient,) = clean_study(edit, table=table_of({"Start": "01122022"})).patients
    with pytest.raises(DataError) as error:
        clean_study(edit, table=table_of({"Start": "1122022"}))

    assert patient.values["start"] == date(2022, 12, 1)
    (finding,) = error.value.findings
    assert (finding.column, finding.value) == ("Start", "1122022")
    assert "day and month need two digits each" in finding.hint


@pytest.mark.parametrize(("end", "days"), [("stop", [30, None]), ("[stop, seen]", [30, 60])])
def test_the_time_on_treatment_is_that_from_its_start_to_the_first_end_that_is_known(
    clean_study: Clean, table_of: TableOf, end: str, days: list[int | None]
) -> None:
    stop = "stop:\n    label: Stop\n    column: Remark\n    type: date\n"
    stop += "  seen: { label: Seen, column: Seen, type: date }\n"
    edits = (
        ("remark:\n    label: Remark\n    column: Remark\n    type: text\n", stop),
        ("derived:\n", f"treatment: {{ label: T, start: start, end: {end} }}\nderived:\n"),
    )
    first = {"Start": "2024-01-01", "Remark": "2024-01-31"}
    header, *rows = table_of(first, {**first, "Remark": ""}).splitlines()
    table = "\n".join([f"{header},Seen", *(f"{row},2024-03-01" for row in rows)])

    patients = clean_study(*edits, table=table).patients

    found = [patient.values["time_on_treatment"] for patient in patients]
    assert found == [day if day is None else day / 30.4375 for day in days]


def test_the_days_between_two_dates_are_a_number(clean_study: Clean, table_of: TableOf) -> None:
    stop = "  stop: { label: Stop, column: Remark, type: date }\ntherapies:"
    edits = (("therapies:", stop), ("count(drugs)", "stop - start"))

    (patient,) = clean_study(*edits, table=table_of({"Remark": "2024-02-10"})).patients

    assert patient.values["drug_count"] == 10


def test_headers_are_found_whatever_white_space_they_have(clean_study: Clean) -> None:
    table = 'ID,"Age\n(now) ",Sex,Drugs,Start,Remark,Before,After\na,70,F,,,,1,2\n'

    (patient,) = clean_study(("column: Age", "column: Age (now)"), table=table).patients

    assert patient.values["age"] == 70


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("ID,Aeg,Sex,Drugs,Start,Remark,Before,After", "study/study.yaml, line 11: found 'Age';"
         " allowed: a column of study/table.csv: 'ID', 'Aeg', 'Sex', 'Drugs', 'Start', 'Remark',"
         " 'Before', 'After'; variables.age.column names it; did you mean 'Aeg'?"),
        ("ID,Age,Sex,Sex,Drugs,Start,Remark,Before,After", "study/table.csv, row 1, column 'Sex':"
         " allowed: one column of this name; write names: { D: another name } under source in"
         " study.yaml"),
        ("Id,Age,Sex,Drugs,Start,Remark,Before,After", "study/study.yaml, line 4: found 'ID';"
         " allowed: a column of study/table.csv: 'Id', 'Age', 'Sex', 'Drugs', 'Start', 'Remark',"
         " 'Before', 'After'; source.patient names it; did you mean 'Id'?"),
    ],
)  # fmt: skip
def test_a_column_that_is_missing_or_stands_twice_is_an_error(
    clean_study: Clean, header: str, expected: str
) -> None:
    table = f"{header}\n{',' * header.count(',')}x\n"

    found = errors(clean_study, ('mark: "*"', 'mark: "*"\n    missing: [x]'), table=table)

    assert expected in found


def test_the_columns_of_a_table_are_told_once_and_where_its_header_is(clean_study: Clean) -> None:
    found = errors(clean_study, table="\nNr,Alter\nx,70\ny,71\n")

    missing = [each for each in found if "study.yaml" in each]
    assert len(missing) == 8
    assert (
        "a column of study/table.csv: 'Nr', 'Alter'; its header is row 2, the first with text; "
        in missing[0]
    )
    assert sum("'Nr'" in each for each in missing) == 1


def test_a_column_that_no_one_reads_is_noted(clean_study: Clean) -> None:
    table = "ID,Age,Sex,Drugs,Start,Remark,Before,After,Height\na,70,F,,,,1,2,180\n"

    (note,) = clean_study(table=table).findings

    assert (note.severity, str(note)) == (
        "note",
        "study/table.csv, row 1, column 'Height': not used",
    )


def test_patients_without_identifiers_are_numbered_from_the_top(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of(*({"Age": str(20 + i)} for i in range(100)))

    patients = clean_study(("  patient: ID\n", ""), table=table).patients

    assert [patients[0].id, patients[99].id] == ["P001", "P100"]


def test_a_correction_changes_one_cell_and_is_noted(clean_study: Clean) -> None:
    cleaned = clean_study(corrections=f"{HEADER}b\tBefore\t20\t21.5\ttypo in the chart\n")

    (note,) = cleaned.findings

    assert [p.values["score_baseline"] for p in cleaned.patients] == [12.5, 21.5, 8.0]
    assert (note.severity, str(note)) == (
        "note",
        "study/table.csv, row 3, column 'Before': found '20'; corrected from '20' to '21.5': typo"
        " in the chart",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}b\tAge\tNA\t50\tfound\n",
        "\ufeff" + f"{HEADER}b\tAge\tNA\t50\tfound\n".replace("\n", "\r\n"),
        f"{HEADER}\n\nb\tAge\tNA\t50\tfound",
        f"{HEADER}b \tAge\t NA\t50 \tfound\n",
        f"{HEADER}b\tAge\tNA\t40\tfound\nb\tAge\t40\t50\tread again\n",
    ],
)
def test_corrections_are_read_in_each_of_their_forms(clean_study: Clean, text: str) -> None:
    assert clean_study(corrections=text).patients[1].values["age"] == 50


def test_a_correction_can_take_a_value_away(clean_study: Clean) -> None:
    cleaned = clean_study(corrections=f"{HEADER}a\tAge\t70\t\tnot to be trusted\n")

    assert cleaned.patients[0].values["age"] is None


def test_a_correction_mends_an_error(clean_study: Clean, table_of: TableOf) -> None:
    cleaned = clean_study(
        table=table_of({"Age": "7O"}), corrections=f"{HEADER}p1\tAge\t7O\t70\tletter O\n"
    )

    assert cleaned.patients[0].values["age"] == 70


def test_every_correction_that_does_not_fit_is_an_error_at_its_row(clean_study: Clean) -> None:
    lines = (
        "a\tAge\t71\t72\tx\n",
        "z\tAge\t70\t72\tx\n",
        "a\tAgee\t70\t72\tx\n",
        "a\tAge\t70\t72\t \n",
        "a\tAge\t72\t7z\tx\n",
        "z\tAge\t70\t72\t\n",
    )

    found = errors(clean_study, corrections=HEADER + "".join(lines))

    assert [each.removeprefix("study/") for each in found] == [
        "corrections.tsv, row 2: found '71'; allowed: the text of the cell, which is '70'; row 2"
        " may have been corrected in the table itself",
        "corrections.tsv, row 3, column 'patient': found 'z'; allowed: a patient of the table:"
        " a, b, c; no row of the table has it",
        "corrections.tsv, row 4: found 'Agee'; allowed: a column that the study reads values from;"
        " did you mean 'Age'?",
        "corrections.tsv, row 5: allowed: a reason for the correction; the last column is empty",
        "corrections.tsv, row 6, column 'new': found '7z'; allowed: a number from 18 to 120 years;"
        f" {SLIP}",
        "corrections.tsv, row 7: allowed: a reason for the correction; the last column is empty",
        "corrections.tsv, row 7, column 'patient': found 'z'; allowed: a patient of the table:"
        " a, b, c; no row of the table has it",
    ]


@pytest.mark.parametrize("again", ["70", "69"])
def test_a_cell_that_another_line_has_corrected_is_told_as_such(
    clean_study: Clean, again: str
) -> None:
    lines = f"a\tAge\t70\t72\tx\na\tAge\t{again}\t71\tx\n"

    (found,) = errors(clean_study, corrections=HEADER + lines)

    assert found == (
        f"study/corrections.tsv, row 3: found {again!r}; allowed: the text of the cell, which is"
        " '72'; row 2 of this file has already corrected the cell"
    )


def test_a_correction_may_go_on_from_an_earlier_one(clean_study: Clean) -> None:
    lines = "a\tAge\t70\t72\tmisread\na\tAge\t72\t71\ttold by the ward\n"

    assert clean_study(corrections=HEADER + lines).patients[0].values["age"] == 71


def test_a_correction_that_changes_nothing_is_an_error(clean_study: Clean) -> None:
    (found,) = errors(clean_study, corrections=f"{HEADER}a\tAge\t70\t70\tx\n")

    assert found == (
        "study/corrections.tsv, row 2: found '70'; allowed: a text under new that differs from"
        " the one under old; remove the line, or write under new what the cell should say"
    )


def test_the_row_of_a_correction_counts_blank_lines(clean_study: Clean) -> None:
    (found,) = errors(clean_study, corrections=f"{HEADER}\n\nz\tAge\t70\t72\tx\n")

    assert found.startswith("study/corrections.tsv, row 4, column 'patient': ")


def test_the_identifier_of_a_patient_is_corrected_by_the_one_that_the_table_has(
    clean_study: Clean,
) -> None:
    lines = f"{HEADER}b\tID\tb\td\ttypo\nb\tAge\tNA\t50\tfound\n"

    cleaned = clean_study(corrections=lines)

    assert [each.id for each in cleaned.patients] == ["a", "d", "c"]
    assert cleaned.patients[1].values["age"] == 50


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("a", "column 'new': found 'a'; allowed: one row per patient; rows 2 and 3"),
        ("", "column 'new': allowed: the patient's identifier"),
    ],
)
def test_a_correction_must_leave_each_patient_an_identifier_of_its_own(
    clean_study: Clean, new: str, told: str
) -> None:
    (found,) = errors(clean_study, corrections=f"{HEADER}b\tID\tb\t{new}\ttypo\n")

    assert found.startswith(f"study/corrections.tsv, row 2, {told}")


@pytest.mark.parametrize("column", ["Age (now)", "Age  (now)"])
def test_a_column_is_corrected_whatever_white_space_its_header_has(
    clean_study: Clean, column: str
) -> None:
    edit = ("column: Age", 'column: "Age  (now)"')
    table = "ID,Age  (now),Sex,Drugs,Start,Remark,Before,After\na,70,F,,,,1,2\n"

    cleaned = clean_study(edit, table=table, corrections=f"{HEADER}a\t{column}\t70\t71\ttypo\n")

    assert cleaned.patients[0].values["age"] == 71


@pytest.mark.parametrize(
    ("text", "found"),
    [("patient,column,old,new,reason\n", "found 'patient,column,old,new,reason'; ")],
)
def test_a_file_of_corrections_with_other_columns_is_an_error(
    clean_study: Clean, text: str, found: str
) -> None:
    assert errors(clean_study, corrections=text) == [
        f"study/corrections.tsv, row 1: {found}allowed: patient, column, old, new, reason, with"
        " tabs between; commas stand where tabs belong; save it as text with tabs between the"
        " columns"
    ]


def test_corrections_that_are_not_utf8_are_an_error_of_the_user(clean_study: Clean) -> None:
    text = f"{HEADER}b\tAge\tNA\t50\tbefore café\n".encode("latin-1")

    (error,) = errors(clean_study, corrections=text)

    assert error.startswith(
        "study/corrections.tsv, row 2, column 'reason': found 'before café'; allowed: UTF-8 text;"
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("b\tAge\tNA\t50\tread\tagain", "b, Age, NA, 50, read, again"),
        ("b\tAge\tNA\t50", "b, Age, NA, 50"),
    ],
)
def test_a_correction_with_another_number_of_cells_is_an_error(
    clean_study: Clean, line: str, found: str
) -> None:
    assert errors(clean_study, corrections=f"{HEADER}{line}\n") == [
        f"study/corrections.tsv, row 2: found {found!r}; allowed: patient, column, old, new,"
        " reason, with tabs between"
    ]


def test_corrections_without_a_header_are_an_error(clean_study: Clean) -> None:
    (found,) = errors(clean_study, corrections="b\tAge\tNA\t50\tread again\n")

    assert found.startswith("study/corrections.tsv, row 1: found 'b, Age, NA, 50, read again'; ")


def test_hostile_text_is_kept_as_text(clean_study: Clean, table_of: TableOf) -> None:
    text = "<script>alert(1)</script> {{7*7}} $(rm -rf /) =1+1"

    assert clean_study(table=table_of({"Remark": text})).patients[0].values["remark"] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("70,5", 70.5),
        ("70", 70.0),
        ("+70,50", 70.5),
        ("\N{MINUS SIGN}7,5", -7.5),
        ("7,05e1", 70.5),
        ("NA", None),
    ],
)
def test_a_study_may_write_decimals_with_a_comma(
    clean_study: Clean, table_of: TableOf, text: str, expected: float | None
) -> None:
    edits = (COMMA, ("[18, 120]", "[-90, 120]"))

    (patient,) = clean_study(*edits, table=table_of({"Age": text})).patients

    assert patient.values["age"] == expected


def test_the_decimal_sign_is_that_of_outcomes_too(clean_study: Clean, table_of: TableOf) -> None:
    (patient,) = clean_study(COMMA, table=table_of({"Before": "12,5", "After": "0,25"})).patients

    assert (patient.values["score_baseline"], patient.values["score_followup"]) == (12.5, 0.25)


def test_a_correction_has_the_decimal_sign_of_the_table(
    clean_study: Clean, table_of: TableOf
) -> None:
    cleaned = clean_study(
        COMMA,
        table=table_of({"Age": "7O,5"}),
        corrections=f"{HEADER}p1\tAge\t7O,5\t70,5\tletter O\n",
    )

    assert cleaned.patients[0].values["age"] == 70.5


def test_a_correction_with_another_decimal_sign_is_told_at_its_line(
    clean_study: Clean, table_of: TableOf
) -> None:
    (found,) = errors(
        clean_study,
        COMMA,
        table=table_of({"Age": "7O,5"}),
        corrections=f"{HEADER}p1\tAge\t7O,5\t70.50\tletter O\n",
    )

    assert found == (
        "study/corrections.tsv, row 2, column 'new': found '70.50'; allowed: a number from 18 to"
        " 120 years; write 70,5, as the study writes numbers"
    )


def leave_out(rows: str) -> tuple[str, str]:
    return ("  licence: CC0", f"  licence: CC0\n  leave_out: {rows}")


def test_a_row_can_be_left_out_with_its_reason(clean_study: Clean, table_of: TableOf) -> None:
    table = table_of({"ID": "a"}, {"ID": "mean", "Age": "x", "Sex": "?"}, {"ID": "b", "Age": "50"})

    cleaned = clean_study(leave_out("{ 3: the means }"), table=table)

    assert read_rows(cleaned.folder / "patients.csv") == {"a": 2, "b": 4}
    assert [(each.severity, str(each)) for each in cleaned.findings] == [
        ("note", "study/table.csv, row 3: left out: the means")
    ]


@pytest.mark.parametrize("identifier", ["a", ""])
def test_a_row_that_is_no_patient_of_its_own_can_be_left_out(
    clean_study: Clean, table_of: TableOf, identifier: str
) -> None:
    table = table_of({"ID": "a"}, {"ID": identifier})

    assert len(clean_study(leave_out("{ 3: twice }"), table=table).patients) == 1


def test_patients_are_numbered_without_the_rows_left_out(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = table_of({"Age": "30"}, {"Age": "40"}, {"Age": "50"})
    edits = (leave_out("{ 3: no consent }"), ("  patient: ID\n", ""))

    patients = clean_study(*edits, table=table).patients

    assert [(each.id, each.values["age"]) for each in patients] == [("P01", 30), ("P02", 50)]


def test_a_row_left_out_is_no_twin_and_cannot_be_corrected(
    clean_study: Clean, table_of: TableOf
) -> None:
    out, table = leave_out("{ 3: entered twice }"), table_of({}, {})

    findings = clean_study(out, table=table).findings
    (found,) = errors(clean_study, out, table=table, corrections=f"{HEADER}p2\tAge\t70\t71\tx\n")

    assert [each.severity for each in findings] == ["note"]
    assert "found 'p2'; allowed: a patient of the table" in found


def test_not_every_row_can_be_left_out(clean_study: Clean, table_of: TableOf) -> None:
    assert errors(clean_study, leave_out("{ 2: no consent }"), table=table_of({})) == [
        "study/table.csv: allowed: a row with a patient; source.leave_out of study.yaml leaves out"
        " every row"
    ]


TITLES = "Table 1. Patients,,,,,,,\n,,,,,,,\n"


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        (TITLES, "{ 1: the title }"),
        (TITLES, "{ 1: the title, 2: an empty row }"),
        ("Table 1. Patients\n\n", "{ 1: the title }"),
        (",,,,,,Score,Score\n", "{ 1: what the columns below belong to }"),
        (f"{TITLES}As of May\n", "{ 1: the title, 3: the date }"),
    ],
)
def test_what_stands_above_the_header_can_be_left_out(
    clean_study: Clean, table_of: TableOf, above: str, rows: str
) -> None:
    table = above + table_of({"Age": "50"}, {"Age": "60"}, {"Age": "7O"})
    start = above.count("\n") + 1

    (found,) = errors(clean_study, leave_out(rows), table=table)
    cleaned = clean_study(leave_out(rows), table=table.replace("7O", "70"))

    assert found.startswith(f"study/table.csv, row {start + 3}, column 'Age': found '7O'")
    assert [each.values["age"] for each in cleaned.patients] == [50, 60, 70]
    assert read_rows(cleaned.folder / "patients.csv")["p1"] == start + 1
    assert "left out: " in str(cleaned.findings[0])


def test_a_header_that_stands_further_down_is_told_where(
    clean_study: Clean, table_of: TableOf
) -> None:
    table = f",,,,,,Exported,2024-03-01\n{table_of({})}"

    found = errors(clean_study, table=table)

    assert len(found) == 1
    assert found[0].endswith(
        "row 2 has the columns of the study: the rows above it, such as a title, can be left out"
        " with source.leave_out in study.yaml"
    )


def test_a_header_that_is_left_out_is_told(clean_study: Clean, table_of: TableOf) -> None:
    found = errors(clean_study, leave_out("{ 1: the title }"), table=table_of({}, {}))

    header = "its header is row 2, the first with text that source.leave_out does not leave out"
    assert f"; {header}; source.patient names it" in found[0]


@pytest.mark.parametrize("row", [0, 5, 99, -2])
def test_a_row_that_is_not_there_cannot_be_left_out(
    clean_study: Clean, table_of: TableOf, row: int
) -> None:
    found = errors(clean_study, leave_out(f"{{ {row}: means }}"), table=table_of({}, {}, {}))

    assert len(found) == 1
    assert found[0].startswith("study/table.csv")
    assert found[0].endswith(
        "allowed: rows 2 to 4; source.leave_out of study.yaml names a row that is not in the table"
    )


@pytest.mark.parametrize("text", ["F", "f", "W", "w", "f.", "F."])
def test_levels_with_one_label_are_one_level_known_by_the_first(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    (patient,) = clean_study(SYNONYMS, table=table_of({"Sex": text})).patients

    assert patient.values["sex"] == "F"


def test_members_with_one_label_are_one_member_known_by_the_first(
    clean_study: Clean, table_of: TableOf
) -> None:
    edit = ("MTX: Methotrexate }", "MTX: Methotrexate, Plaquenil: Hydroxychloroquine }")

    (patient,) = clean_study(edit, table=table_of({"Drugs": "plaquenil*, MTX"})).patients
    (found,) = errors(clean_study, edit, table=table_of({"Drugs": "HCQ, Plaquenil"}))

    assert patient.values["drugs"] == (Member("HCQ", marked=True), Member("MTX"))
    assert "found 'HCQ, Plaquenil'; allowed: each member once" in found


def test_a_text_that_is_no_level_is_told_the_synonyms_too(
    clean_study: Clean, table_of: TableOf
) -> None:
    (found,) = errors(clean_study, SYNONYMS, table=table_of({"Sex": "?"}))

    assert found.endswith(f"allowed: one of F, M, W, f.; {LEVEL}")


def test_a_number_with_a_percent_sign_in_the_first_column_is_no_label(clean_study: Clean) -> None:
    lines = [f"{60 + n},F,none,,well,{n},{2 * n},{n}" for n in range(1, 5)]
    lines[1] = lines[1].replace(",", "%,", 1)
    table = "Share,Sex,Drugs,Start,Remark,Age,Before,After\n" + "\n".join(lines) + "\n"
    edits = (
        ("  patient: ID\n", ""),
        ("column: Age", "column: Share"),
        ("unit: years", 'unit: "%"'),
    )

    found = clean_study(*edits, table=table).findings

    assert [each for each in found if "usual label" in each.hint] == []


def test_dates_that_a_spreadsheet_may_have_turned_round_are_warnings(
    clean_study: Clean, table_of: TableOf
) -> None:
    said = ("type: date", "type: date\n    format: '%d/%m/%Y'")
    cells = [{"Start": text} for text in ("13/01/2024", "2024-03-02", "25/02/2024")]

    found = clean_study(said, table=table_of(*cells)).findings
    sound = clean_study(said, table=table_of(*cells[:2], {"Start": "11/02/2024"})).findings
    private = (said[0], f"{said[1]}\n    private: true")
    hidden = clean_study(private, table=table_of(*cells)).findings

    (turned,) = [each for each in found if "taken the day for the month" in each.hint]
    assert (turned.row, turned.column, turned.value) == (3, "Start", "2024-03-02")
    assert "as '13/01/2024'" in turned.hint
    (turned,) = [each for each in hidden if "taken the day for the month" in each.hint]
    assert (turned.row, turned.column, turned.value) == (3, "Start", "")
    assert "/2024" not in turned.hint
    assert not [each for each in sound if "taken the day" in each.hint]


@pytest.mark.parametrize("text", ["31.01.2024", "5-Oct-2024"])
def test_a_day_that_does_not_fit_its_pattern_is_not_told_as_what_a_spreadsheet_made(
    clean_study: Clean, table_of: TableOf, text: str
) -> None:
    said = ("type: date", "type: date\n    pattern: 'on (.+)'")

    (found,) = errors(clean_study, said, table=table_of({"Start": text}))

    allowed = "a text that fits the pattern of start in study.yaml; correct a slip"
    assert f"found '{text}'; allowed: {allowed}" in found
