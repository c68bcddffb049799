"""What a study says of harms, and what must agree in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.base.yamlfile import ModelFileError
from casebook.claims.language import read_reading
from casebook.claims.readings import ReadingError, Share
from casebook.study.load import load_study

Make = Callable[..., Path]

TABLE = "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event } } }\ncohorts:"
NAMED = TABLE.replace("table: harms.csv,", "table: harms.csv, levels: { Rash: Skin rash },")


@pytest.fixture
def make(make_study: Make) -> Callable[[str], Path]:
    def run(harms: str) -> Path:
        Path("study").mkdir(exist_ok=True)
        Path("study/harms.csv").write_text("ID,Event\na,Rash\n")
        return make_study(("cohorts:", harms))

    return run


@pytest.mark.parametrize(
    ("harms", "words"),
    [
        ("harms: { label: AEs }\ncohorts:", "needs sets, terms or a table"),
        ("harms: { sets: [drug] }\ncohorts:", "'drug' is not a set variable"),
        ("harms: { sets: [sex] }\ncohorts:", "'sex' is not a set variable"),
        (
            "harms: { terms: { x: { label: X, condition: age } } }\ncohorts:",
            "harms.terms.x.condition: must be a condition, such as age >= 65, but gives a number",
        ),
        (
            "harms: { terms: { x: { label: X, condition: age > 3, grade: age > 3 } } }\ncohorts:",
            "harms.terms.x.grade: must be a number, but gives a boolean",
        ),
        (
            "harms: { sets: [drugs], terms: { HCQ: { label: X, condition: age > 3 } } }\ncohorts:",
            "'HCQ' cannot be a name",
        ),
        (TABLE.replace("harms.csv", "harm.csv"), "no file 'harm.csv' in study"),
        (TABLE.replace("harms.csv", "table.csv"), "this is the table of patients"),
        (TABLE.replace("columns:", "times: since start, columns:"), "need a treatment"),
        (TABLE.replace("term: Event", "term: ID"), "the column 'ID' cannot be two things"),
        (
            TABLE + "\n  rash: { label: R, select: '\"Rash\" in harms' }",
            "name its terms, under levels in harms.table",
        ),
        (
            NAMED + "\n  rash: { label: R, select: '\"Rahs\" in harms' }",
            "'Rahs' is not an adverse event of harms; known: Rash",
        ),
        ("treatment: { label: T, duration: age, start: age }\ncohorts:", "not a date variable"),
    ],
)
def test_a_mistake_is_told_with_what_is_allowed(
    make: Callable[[str], Path], harms: str, words: str
) -> None:
    with pytest.raises(ModelFileError) as error:
        load_study(make(harms))

    assert words in str(error.value)


@pytest.mark.parametrize(
    ("name", "harms", "place"),
    [
        ("start", "treatment: { label: T, duration: age, start: start }", "start"),
        ("start", "treatment: { label: T, start: start, end: start }", "start"),
        (
            "age",
            "harms: { terms: { x: { label: X, condition: age > 3, grade: age / 10 } } }",
            "harms.terms.x.grade",
        ),
    ],
)
def test_what_would_show_a_private_value_is_refused(
    make_study: Make, name: str, harms: str, place: str
) -> None:
    column = f"    column: {name.title()}\n"
    private = (column, f"{column}    private: true\n")
    study = make_study(private, ("cohorts:", f"{harms}\ncohorts:"))

    with pytest.raises(ModelFileError, match=f"{place}: '{name}' is private"):
        load_study(study)


def test_a_name_that_harms_need_is_refused(make_study: Make) -> None:
    taken = ("  drug_count:", "  harms:")
    study = make_study(taken, ("cohorts:", "harms: { sets: [drugs] }\ncohorts:"))

    with pytest.raises(ModelFileError, match="give yours another name"):
        load_study(study)


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("header", "2"),
        ("names", "{ A: ID }"),
        ("encoding", "cp1252"),
        ("catalogue", "formats.sas7bcat"),
    ],
)
def test_patients_and_events_of_one_table_have_one_header(
    make_study: Make, key: str, told: str
) -> None:
    chosen = ("  licence: CC0", "  licence: CC0\n  rows_with: { Sex: [F] }")
    events = TABLE.replace(
        "table: harms.csv,", f"table: table.csv, {key}: {told}, rows_with: {{ Sex: M }},"
    )

    with pytest.raises(ModelFileError, match=f"say it in source.{key} alone"):
        load_study(make_study(chosen, ("cohorts:", events)))


def test_one_term_has_one_label(make: Callable[[str], Path]) -> None:
    two = TABLE.replace("table: harms.csv,", "table: harms.csv, levels: { HCQ: Other },")

    with pytest.raises(ModelFileError, match="one adverse event has one label"):
        load_study(make(two.replace("harms: {", "harms: { sets: [drugs],")))


def test_harms_can_be_asked_for_in_expressions_and_readings(make: Callable[[str], Path]) -> None:
    study = load_study(make(NAMED + "\n  rash: { label: R, select: '\"Rash\" in harms' }"))

    reading = read_reading('count("Rash" in harms) in rash', study, [])

    assert isinstance(reading, Share)
    with pytest.raises(ReadingError, match="not an adverse event"):
        read_reading('count("Rahs" in harms) in rash', study, [])


def test_the_values_of_harms_are_no_baseline_characteristics(make: Callable[[str], Path]) -> None:
    study = load_study(make(NAMED))

    assert "harms" in study.kinds
    assert "harms" not in study.reported


def test_the_table_of_harms_is_a_file_that_is_used(make: Callable[[str], Path]) -> None:
    assert load_study(make(NAMED)).unused_files == ()
