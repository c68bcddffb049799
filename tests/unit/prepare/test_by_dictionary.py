"""REDCap's data dictionary says what the codes of a table mean, and is held against it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.mistakes import remarkable_in, wrong_with
from casebook.prepare.ingest import table_of
from casebook.reading.redcap import read_dictionary
from casebook.study.load import load_study

Make = Callable[..., Path]

HEADER = (
    '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label",'
    '"Choices, Calculations, OR Slider Labels","Field Note",'
    '"Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",'
    'Identifier?,"Branching Logic (Show field only if...)","Required Field?","Custom Alignment",'
    '"Question Number (surveys only)","Matrix Group Name","Matrix Ranking?","Field Annotation"\n'
)
FIELDS = """\
record_id,start,,text,"Record ID",,,,,,,,,,,,,
sex,start,,radio,"<b>Sex</b> at birth","1, Female | 2, Male, or not | 9, Not asked",,,,,,,,,,,,
smoker,start,,yesno,Smoker,,,,,,,,,,,,,
rx,start,,checkbox,Drugs,"1, Methotrexate | -9, Not known",,,,,,,,,,,,
weight,start,,text,Weight,,kg,number,30,200,,,,,,,,
"""
STUDY = """\
title: By dictionary
source:
  table: table.csv
  dictionary: dictionary.csv
  patient: record_id
variables:
  sex:
    { label: Sex, column: sex (label), type: category, levels: { Female: Female, Male, or not: M } }
cohorts:
  everyone: { label: Everyone }
""".replace("Male, or not:", '"Male, or not":')
TABLE = "record_id,sex,smoker,rx___1,rx____9,weight\na,1,1,1,0,70\nb,2,0,0,1,80\n"


@pytest.fixture
def of_redcap(make_study: Make) -> Callable[..., Path]:
    def make(*, table: str = TABLE, dictionary: str = HEADER + FIELDS, text: str = STUDY) -> Path:
        study = make_study(table=table, text=text)
        study.with_name("dictionary.csv").write_text(dictionary, encoding="utf-8")
        return study

    return make


def test_fields_have_labels_choices_limits_and_boxes(of_redcap: Callable[..., Path]) -> None:
    found = read_dictionary(of_redcap().with_name("dictionary.csv"))

    sex, weight = found.fields["sex"], found.fields["weight"]
    assert (sex.label, sex.form) == ("Sex at birth", "start")
    assert sex.choices == {"1": "Female", "2": "Male, or not", "9": "Not asked"}
    assert found.fields["smoker"].choices == {"1": "Yes", "0": "No"}
    assert (weight.note, weight.validation, weight.low, weight.high) == (
        "kg", "number", "30", "200",
    )  # fmt: skip
    boxes = {header: box.code for header, box in found.boxes.items()}
    assert boxes == {
        "rx___1": "1",
        "rx____9": "-9",
        "Drugs (choice=Methotrexate)": "1",
        "Drugs (choice=Not known)": "-9",
    }


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(TABLE, id="codes"),
        pytest.param(
            TABLE.replace("a,1", "a,Female").replace("b,2", 'b,"Male, or not"'), id="labels"
        ),
    ],
)
def test_labels_stand_beside_codes_and_are_the_same_in_an_export_of_labels(
    of_redcap: Callable[..., Path], table: str
) -> None:
    study = of_redcap(table=table)

    raw = table_of(load_study(study), study.with_name("table.csv"))

    columns = {texts[0]: texts[1:] for texts in raw.grid.columns.values()}
    assert columns["sex (label)"] == ["Female", "Male, or not"]
    assert columns["smoker (label)"] == ["Yes", "No"]
    assert not wrong_with(study)


def test_a_text_that_is_no_choice_is_told_once(of_redcap: Callable[..., Path]) -> None:
    text = STUDY.replace("Female: Female", "Female: Female, UNK: Unknown")

    study = of_redcap(table=TABLE + "c,UNK,0,0,0,70\nd,UNK,0,0,0,70\n", text=text)

    (told,) = [str(each) for each in remarkable_in(wrong_with(study)) if each.value == "UNK"]
    assert (
        "row 4, column 'sex (label)': found 'UNK'; allowed: a choice of the data dictionary" in told
    )
    assert "its codes are 1, 2, 9; 1 more have it" in told


def test_events_of_one_instance_are_told(make_study: Make) -> None:
    table = "record_id,redcap_repeat_instrument,redcap_repeat_instance,ae\n"
    table += "a,,,\na,events,1,Rash\na,events,1,Fever\n"
    text = """\
title: Twice
source: { table: table.csv, patient: record_id, rows_with: { redcap_repeat_instrument: "" } }
harms:
  table:
    table: table.csv
    rows_with: { redcap_repeat_instrument: events }
    columns: { patient: record_id, term: ae }
cohorts: { everyone: { label: Everyone } }
"""

    found = [str(each) for each in remarkable_in(wrong_with(make_study(table=table, text=text)))]

    assert [each for each in found if "form and instance of row 3" in each]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1, Female", "1 Female", "found '1 Female'; allowed: choices as in '1, Yes | 0, No'"),
        ("2, Male", "1, Male", "each code once; 1 is 'Female' already"),
        ("smoker,start", "sex,start", "row 4, column 'Variable / Field Name': found 'sex'"),
        ("Field Type", "Kind", "row 1: allowed: the columns Variable / Field Name, Form Name"),
    ],
)
def test_a_damaged_dictionary_is_told_at_its_place(
    of_redcap: Callable[..., Path], old: str, new: str, told: str
) -> None:
    found = str(wrong_with(of_redcap(dictionary=(HEADER + FIELDS).replace(old, new, 1))))

    assert "study/dictionary.csv" in found
    assert told in found


def test_a_dictionary_of_another_table_or_that_is_not_there_is_told(
    of_redcap: Callable[..., Path],
) -> None:
    other = HEADER + "x1,start,,text,X,,,,,,,,,,,,,\n"

    of_another = str(wrong_with(of_redcap(dictionary=other)))
    missing = str(wrong_with(of_redcap(text=STUDY.replace("dictionary.csv", "codebook.csv"))))

    assert "study/dictionary.csv: allowed: the dictionary of study/table.csv" in of_another
    assert "no file 'codebook.csv' in study" in missing


def test_a_code_for_missing_data_that_the_study_lists_is_not_told(
    of_redcap: Callable[..., Path],
) -> None:
    text = STUDY.replace("type: category,", "type: category, missing: [UNK],")

    study = of_redcap(table=TABLE + "c,UNK,0,0,0,70\n", text=text)

    assert not [each for each in remarkable_in(wrong_with(study)) if each.value == "UNK"]
