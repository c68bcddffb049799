"""What is told of a study.yaml with mistakes, and of the files beside it, in one round."""

import re
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from casebook.mistakes import mistakes

Make = Callable[..., Path]
HEADER = "claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote\n"
SOUND_CLAIMS = (
    f"{HEADER}"
    "C1\tText\twords\t2\tmedian(score_baseline) in everyone\t\t\t\n"
    "C2\tText\twords\t2\tcount(age >= 60 and sex == 'F') in older\t\t\t\n"
    "C3\tText\twords\t1\tmean(drug_count) in older\t\t\t\n"
)
SOUND_CORRECTIONS = (
    "patient\tcolumn\told\tnew\treason\n"
    "a\tAge\t70\t71\ttypo\n"
    "b\tBefore\t20\t21\ttypo\n"
    "c\tRemark\ttired\ttired out\ttypo\n"
)
TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,70,F,"HCQ*, MTX",2024-01-31,well,12.5,3
b,NA,X,none,2024-02-30,,20,25
c,34,f,,,tired,800,NA
"""


@pytest.fixture
def told(make_study: Make) -> Callable[..., list[str]]:
    """Gives the mistakes in a study with sound files beside it, line by line."""

    def run(*edits: tuple[str, str], **files: str) -> list[str]:
        given = {"claims": SOUND_CLAIMS, "corrections": SOUND_CORRECTIONS} | files
        beside = {name: given.pop(name) for name in ("claims", "corrections")}
        study = make_study(*edits, **given)
        for name, text in beside.items():
            study.with_name(f"{name}.tsv").write_text(text, encoding="utf-8")
        return mistakes(study).splitlines()

    return run


def test_mistakes_in_keys_references_cells_corrections_and_claims_are_one_round(
    told: Callable[..., list[str]],
) -> None:
    lines = told(
        ("    unit: years", "    units: years"),
        ("better: lower", "better: lwer"),
        ("age >= 65", "age >= 65 and sx == 'F'"),
        ("therapies: [drugs]", "therapies: [drug]"),
        ("column: Remark", "column: Remarks"),
        table=TABLE,
        claims=SOUND_CLAIMS.replace("median(score_baseline) in everyone", "median(age) in evryone"),
        corrections=SOUND_CORRECTIONS.replace("b\tBefore", "z\tBefore").replace("Remark", "Age"),
    )

    for place in (
        r"line \d+: variables.age.units: no such key; .* did you mean 'unit'\?",
        r"line \d+: outcomes.score.better: 'lwer' is not allowed",
        r"line \d+: cohorts.older.select: 'sx' is not known",
        r"line \d+: therapies.0: 'drug' is not a set variable",
        r"claims.tsv, row 2, column 'computed_as': .*'evryone' is not a cohort",
        r"found 'Remarks'; allowed: a column of study/table.csv",
        r"table.csv, row 3, column 'Sex': found 'X'",
        r"table.csv, row 3, column 'Start': found '2024-02-30'",
        r"table.csv, row 4, column 'Before': found '800'",
        r"corrections.tsv, row 3, column 'patient': found 'z'; allowed: a patient of the table",
        r"corrections.tsv, row 4: found 'tired'; allowed: the text of the cell",
    ):
        assert len([line for line in lines if re.search(place, line)]) == 1, place
    assert len(lines) == 12
    assert lines[4] == "7 errors in study:"


def test_a_key_that_is_misspelt_in_hundreds_of_parts_is_told_within_seconds(
    told: Callable[..., list[str]],
) -> None:
    cohorts = [f"  c{n}: {{ lable: C{n}, select: age > {n} }}\n" for n in range(300)]

    begun = process_time()
    lines = told(("cohorts:\n", f"cohorts:\n{''.join(cohorts)}"))

    assert process_time() - begun < 4, "15 where each is compared with all others"
    assert "cohorts.c0.lable: no such key; " in lines[0]
    assert lines[-1] == "and 250 more"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    unit: years", "    units: years"),
        ("type: number", "type: nmber"),
        ("range: [18, 120]", "range: [120, 18]"),
        ("    column: Sex\n", ""),
        ("levels: { F: Female, M: Male }", "levels: [F, M]"),
        ("  sex:", "  Sex:"),
        ("  score:", "  Score:"),
        ("baseline: Before", "basline: Before"),
        ("    range: [0, 100]\n", ""),
        ("outcomes:", "outcoms:"),
        ("cohorts:", "cohort:"),
        ("variables:", "variabels:"),
        ("  older:", "  Older:"),
        ("  everyone:\n    label: Everyone\n", "  everyone: all\n"),
        ("expression: count(drugs)", "expression: count(drugs"),
        ("expression: count(drugs)", "expresion: count(drugs)"),
        ("missing: [NA]", "missing: NA"),
        ("  table: table.csv\n", ""),
        ("patient: ID", "patiennt: ID"),
        ("levels: { F: Female, M: Male }", "levels: { F: Female, M: Male"),
        ("column: Sex", "column: 'Sex"),
        ("column: Age", "column Age"),
        ("title: A study", "title: A: study"),
        ("  older:", "   older:"),
        ("    label: Sex", "    label: Sex\n    label: Gender"),
        ("title: A study\n", ""),
        ("variables:", "variables"),
        ("therapies: [drugs]\nderived:", "therapies: [drugs]\n derived:"),
        ("derived:\n", ""),
    ],
)
def test_what_follows_from_a_mistake_is_not_told_as_another_one(
    told: Callable[..., list[str]], old: str, new: str
) -> None:
    lines = told((old, new))

    assert len(lines) == 1, lines
    assert re.match(r"study/study\.yaml(, line \d+)?: ", lines[0])


def test_mistakes_in_the_yaml_of_several_parts_are_told_with_those_of_the_others(
    told: Callable[..., list[str]],
) -> None:
    lines = told(
        ("title: A study", "title: A: study"),
        ("levels: { HCQ: Hydroxychloroquine, MTX: Methotrexate }", "levels: { HCQ: H, MTX: M"),
        ("better: lower", "better: lwer"),
    )

    assert [re.sub(r"study/study.yaml, line (\d+): .*", r"\1", line) for line in lines] == [
        "1",
        "27",
        "48",
    ]


NAMES = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,70,F,HCQ,2024-01-31,Jane Secret,12.5,3
b,60,M,none,2024-02-01,Joan Sec\u0007ret,20,25
c,34,f,none,,Jill Secret,8,7
"""
PRIVATE = ("    type: text\n", "    type: text\n    private: true\n")


@pytest.mark.parametrize(
    "table",
    [
        NAMES,
        NAMES.replace("8,7", "8,7,Jill Secret"),
        NAMES.replace("After", "After,").replace("8,7", "8,7,Jill Secret"),
    ],
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: text", "type: txt"),
        ("    type: text\n", ""),
        ("type: text", "type: category"),
        ("type: text", 'type: set\n    levels: { "x,y": Both }'),
        ("type: text", "typ: text"),
        ("type: text", "type: text\n    unit: years"),
        ("  remark:", "  Remark:"),
        ("column: Remark", 'column: " Remark "\n    units: years'),
        ("label: Remark", "label: [Remark]"),
        ("label: Remark", "label: Rem: ark"),
        ("    column: Remark\n", ""),
        ("  remark:\n", "  remark: text\n"),
        ("variables:", "variabels:"),
        ("    private: true", "    private: yes"),
        ("    private: true", "    private:"),
        ("    private: true", "    prvate: true"),
        ("    private: true", "    Private: true"),
        ("    private: true", "    hide this: true"),
        ("    private: true", "  private: true"),
        ("therapies:", "private: true\ntherapies:"),
        ("select: age >= 65", "select: agee >= 65"),
    ],
)
def test_no_text_is_shown_of_a_private_column_whose_entry_has_a_mistake(
    told: Callable[..., list[str]], old: str, new: str, table: str
) -> None:
    corrections = "patient\tcolumn\told\tnew\treason\na\tRemark\tx\ty\tslip\n"

    lines = told(
        PRIVATE,
        (old, new),
        table=table,
        corrections=f"{corrections}b\tRemark\tOld Secret\tOld Secret\tslip\n",
    )

    assert "study.yaml" in lines[0]
    assert not re.search("Sec|Jane|Joan|Jill", "\n".join(lines))


def test_no_patient_is_named_by_a_column_that_may_be_meant_to_be_private(
    told: Callable[..., list[str]],
) -> None:
    lines = told(
        ("type: text", "type: text\n    private: yes"),
        ("patient: ID", "patient: Remark"),
        table=NAMES.replace("Jill", "Jane"),
        corrections="",
        claims=HEADER + SOUND_CLAIMS.splitlines()[1],
    )

    assert "variables.remark.private: must be true or false" in lines[0]
    assert not re.search("Jane|Joan", "\n".join(lines))


def test_texts_are_shown_of_a_column_that_is_plainly_not_private(
    told: Callable[..., list[str]],
) -> None:
    lines = told(
        ("type: text", "type: txt\n    private: false"),
        corrections="patient\tcolumn\told\tnew\treason\na\tRemark\tx\ty\tslip\n",
    )

    assert "found 'x'; allowed: the text of the cell, which is 'well'" in lines[-1]


def test_without_a_study_the_lines_of_claims_and_corrections_are_checked(
    told: Callable[..., list[str]],
) -> None:
    lines = told(
        ("title: A study", "- title: A study"),
        ("source:", "- source:"),
        claims=f"{HEADER}1\tText\twords\t2\tmedian(score) in everyone\t\t\t\n",
        corrections="patient\tcolumn\told\tnew\treason\na\tAge\t70\n",
    )

    assert "corrections.tsv, row 2: allowed: patient, column, old, new, reason" in lines[-2]
    assert "claims.tsv, row 2, column 'claim': found '1'; allowed: a name of letters" in lines[-1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: A study", "- title: A study"),
        ("levels: { F: Female, M: Male }", "levels: { F: Female, M: Male"),
        ("  older:\n", "   older:\n"),
    ],
)
def test_what_is_wrong_with_lines_whatever_the_study_is_is_told_beside_a_broken_one(
    told: Callable[..., list[str]], old: str, new: str
) -> None:
    lines = told(
        (old, new),
        claims=f"{HEADER}"
        "C1\tText\twords\t0,004\tp_value(score) in everyone\t\t\t\n"
        "C2\tText\twords\t5 (3)\tmean(age) in everyone\t\t\t\n"
        "C3\tText\twords\ttired\tvalue(remark, patient == 'c') in everyone\t\t\t\n",
        corrections="patient\tcolumn\told\tnew\treason\na\tAge\t70\t71\t\n",
    )

    assert lines[1] == "3 errors in study:"
    assert "corrections.tsv, row 2: allowed: a reason for the correction" in lines[2]
    assert "row 2, column 'printed': found '0,004'; allowed: a number, as in 10.5" in lines[3]
    assert "row 3, column 'printed': found '5 (3)'; allowed: a number, as in 10.5" in lines[4]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  patient: ID\n", "  patient: ID\n  patient: ID\n"),
        ("title: A study\nsource:", "- title: A study\n- source:"),
        ("  patient: ID\n", "  patient: 'ID\n"),
        ("source:", "source"),
    ],
)
def test_names_of_files_are_told_whatever_of_the_study_can_be_read(
    make_study: Make, old: str, new: str
) -> None:
    study = make_study((old, new), ("table.csv", "claims.csv"), name="claims.csv")
    study.with_name("corrections.csv").write_text("", encoding="utf-8")

    lines = mistakes(study).splitlines()

    assert [line for line in lines if "is not read" in line] == [
        "study: 'corrections.csv' is not read, only 'corrections.tsv' is: save it as"
        " corrections.tsv, a text file with tabs between the columns"
    ]


def test_cells_are_told_whose_column_is_sound_beside_a_part_that_cannot_be_read(
    told: Callable[..., list[str]],
) -> None:
    lines = told(("label: Everyone", "label: Every: one"), table=TABLE)

    assert "study.yaml, line " in lines[0]
    assert any("row 3, column 'Sex': found 'X'" in line for line in lines)
    assert any("row 4, column 'Before': found '800'" in line for line in lines)


CELLS = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,7O,F,HCQ,2024-01-31,well,800,3
b,60,X,none,2024-02-01,,<5,2x
"""
WRONG_CELLS = {"7O", "X", "800", "<5", "2x"}


@pytest.mark.parametrize(
    ("old", "new", "not_told"),
    [
        ("    better: lower", "    better: lwer", set()),
        ("    better: lower", "    beter: lower", set()),
        ("    better: lower", "    better: lower\n    rounding: 0", set()),
        ("    unit: years", "    units: years", set()),
        ("  score:", "  Score:", set()),
        ("  age:", "  Age:", set()),
        ("    range: [0, 100]", "    range: 0 to 100", {"800"}),
        ("    better: lower", "    better: lower\n    censored: limit", {"<5"}),
        ("baseline: Before", "basline: Before", {"800", "<5"}),
        ("baseline: Before", "baseline: { column: Before, patern: x }", {"800", "<5"}),
        ("    better: lower", "    better: lower\n    missing: -9", {"800", "<5", "2x"}),
        ("    column: Sex", "    column: Sex\n    hide this: x", {"X"}),
        ("    column: Sex", "    colunm: Sex", set()),
        ("    type: category", "    typ: category", set()),
        ("    type: category", "    kind: category", set()),
        ("    type: category", "    typ: categories", {"X"}),
        ("variables:", "vars:", set()),
        ("    column: Sex", "    column: Sex\n    column: Sexe", {"X"}),
        ("    label: Sex", "    label: Sex\n    label: Gender", set()),
        ("  drugs:", "  sex:\n    label: Sex at birth\n  drugs:", set()),
        ("  patient: ID", "  patient: ID\n  source_typo: x", set()),
        ("  patient: ID", "  patinet: ID", set()),
        ("  patient: ID", "  patient: ID\n  patient: Sex", WRONG_CELLS),
        ("  patient: ID", "  patient: ID\n  doi: 10.1136/a\n  doi: 10.1136/b", set()),
        ("source:", "sources:", set()),
        ("variables:", "variabels:", set()),
        ("cohorts:", "cohort:", set()),
    ],
)
def test_cells_are_checked_as_far_as_a_mistake_in_their_keys_allows(
    told: Callable[..., list[str]], old: str, new: str, not_told: set[str]
) -> None:
    lines = told((old, new), table=CELLS, claims=HEADER, corrections="")

    cells = [re.search(r"table\.csv, row .*: found '(.*?)'", line) for line in lines]
    assert {each[1] for each in cells if each} == WRONG_CELLS - not_told
    assert len([line for line in lines if "study.yaml, line" in line]) == 1


def test_a_patient_who_is_not_there_cannot_be_corrected_whatever_columns_are_read(
    told: Callable[..., list[str]],
) -> None:
    corrections = "patient\tcolumn\told\tnew\treason\nz\tSex\tX\tF\tslip\na\tSex\tX\tF\tslip\n"

    lines = told(("    column: Sex\n", ""), corrections=corrections)

    assert len(lines) == 3
    assert "corrections.tsv, row 2, column 'patient': found 'z'; allowed: a patient of" in lines[-1]


def test_what_a_key_of_the_source_that_there_is_not_may_have_mended_is_not_told(
    told: Callable[..., list[str]],
) -> None:
    unknown_key = ("  patient: ID", "  patient: ID\n  below_row: 1")

    lines = told(unknown_key, table=CELLS.replace("ID", "No"))

    assert len(lines) == 1, lines
    assert "source.below_row: no such key" in lines[0]


LONG = """\
title: A study
source: { table: table.csv, patient: ID, visit: Week }
visits:
  baseline: { label: Before, value: w0 }
  month3: { label: Month 3, value: w12 }
outcomes:
  score: { label: Score, column: Score, range: [0, 100], better: lower }
cohorts:
  everyone: { label: Everyone }
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: w12", "valu: w12"),
        ("value: w12", "value: [[w12]]"),
        ("label: Month 3, ", ""),
        ("  month3:", "  Month 3:"),
    ],
)
def test_a_mistake_in_a_visit_is_told_once_beside_the_cells_of_others(
    make_study: Make, old: str, new: str
) -> None:
    table = "ID,Week,Score\na,w0,8x\na,w12,3\nb,w0,7\nb,w12,2\n"

    lines = mistakes(make_study((old, new), text=LONG, table=table)).splitlines()

    mistake, heading, cell = lines
    assert "study.yaml, line 5: visits." in mistake
    assert heading == "1 error in study:"
    assert "row 2, column 'Score': found '8x'" in cell
