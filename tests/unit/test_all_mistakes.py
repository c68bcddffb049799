"""All mistakes in the files of a study are told in one round."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from casebook.data.findings import DataError, Finding
from casebook.mistakes import mistakes, mistakes_of, mistakes_or_where, wrong_with
from casebook.prepare.clean import Files, clean
from casebook.prepare.ingest import ingest

Make = Callable[..., Path]

CLAIMS = """\
claim\tplace\twords\tprinted\tcomputed_as\totherwise\tconvention\tnote
C1\tAbstract\tthree patients\t3\tn(patient) in everybody\t\t\t
"""
TABLE = """\
ID,Age,Sex,Drugs,Start,Remark,Before,After
a,7O,F,HCQ,2024-01-31,well,12.5,3
b,60,M,none,2024-02-01,,20
c,34,f,,,tired,800,NA
"""
RESULTS = ("cells", "remarks", "patients", "measurements", "therapies", "findings", "harms")
CORRECTIONS = "patient\tcolumn\told\tnew\treason\nz\tAge\t34\t43\ttypo\n"


def beside(study: Path, name: str, text: str) -> None:
    study.with_name(name).write_text(text, encoding="utf-8")


def test_mistakes_in_claims_shape_and_cells_are_told_together(make_study: Make) -> None:
    study = make_study(table=TABLE)
    beside(study, "claims.tsv", CLAIMS)

    told = mistakes(study).splitlines()

    assert told[0] == "4 errors in study:"
    assert "study/table.csv, row 3: found '7 cells'; allowed: 8 cells, as in the header" in told[1]
    assert "study/table.csv, row 2, column 'Age': found '7O'; allowed: a number" in told[2]
    assert "study/table.csv, row 4, column 'Before': found '800'; allowed: a number" in told[3]
    assert "study/claims.tsv, row 2, column 'computed_as': found 'n(patient) in every" in told[4]


@pytest.mark.parametrize("part", ["variables", "outcomes", "cohorts"])
def test_a_text_in_place_of_an_entry_leaves_the_claims_checked(make_study: Make, part: str) -> None:
    study = make_study((f"{part}:\n", f"{part}:\n  extra: a text\n"))
    beside(study, "claims.tsv", CLAIMS)

    told = mistakes(study)

    assert f"{part}.extra: must hold keys and values" in told
    assert "study/claims.tsv, row 2, column 'computed_as': found 'n(patient) in every" in told


def test_mistakes_in_corrections_are_told_beside_those_of_the_table(make_study: Make) -> None:
    study = make_study(table=TABLE.replace(",,20\n", ",,20,25\n"))
    beside(study, "corrections.tsv", CORRECTIONS)

    told = mistakes(study)

    assert "3 errors in study:" in told
    assert (
        "study/corrections.tsv, row 2, column 'patient': found 'z'; allowed: a patient of the table"
        in told
    )


def test_a_file_that_is_not_used_is_told_beside_what_it_may_have_been_to_mend(
    make_study: Make,
) -> None:
    study = make_study(table=TABLE)
    beside(study, "korrekturen.tsv", CORRECTIONS)

    told = mistakes(study).splitlines()

    assert told[-1] == ("not used in study, as nothing in study.yaml names it: korrekturen.tsv")


def test_a_missing_column_leaves_the_other_cells_checked(make_study: Make) -> None:
    study = make_study(
        ("column: Sex", "column: Gender"), table=TABLE.replace(",,20\n", ",,20,25\n")
    )

    told = mistakes(study)

    assert "found 'Gender'; allowed: a column of study/table.csv: 'ID', 'Age', 'Sex'" in told
    assert "column 'Age': found '7O'" in told


def test_a_table_that_cannot_be_read_is_told_once(make_study: Make) -> None:
    study = make_study(table="ID,Age\n")

    assert mistakes(study).startswith("1 error in study:\n  study/table.csv: allowed: a header and")


@pytest.mark.parametrize(
    "table",
    [
        "ID,Age,Sex,Drugs,Start,Remark,Score,Score\n,,,,,,Before,After\n",
        "ID,Age,Sex,Drugs,Start,Remark,Score,\n,,,,,,Before,After\n",
        "ID,Age,Sex,Drugs,Start,Remark\n,,,,,,Before,After\n",
        f"ID,Age,Sex,Drugs,Start,Remark,Before,{'After' * 10_000}\n",
        "".join(TABLE.splitlines(keepends=True)[:1]).replace(",", "|"),
    ],
)
def test_a_header_that_cannot_be_used_is_told_without_what_follows_from_it(
    make_study: Make, table: str
) -> None:
    row = "a,7O,F,HCQ,2024-01-31,well,12.5,3\n"
    study = make_study(table=table + 2 * (row.replace(",", "|") if "|" in table else row))

    assert mistakes(study).startswith("1 error in study:\n  study/table.csv, row 1")


def test_a_title_above_the_header_leaves_the_cells_checked(make_study: Make) -> None:
    told = mistakes(make_study(table=f"Patients of 2024\n{TABLE}"))

    assert "if 'Patients of 2024' is a title, source.leave_out of study.yaml can say { 1: a" in told
    assert "row 3, column 'Age': found '7O'" in told
    assert "allowed: a column of" not in told


def test_a_study_without_mistakes_has_none_to_tell(make_study: Make) -> None:
    assert mistakes(make_study()) == ""


def test_a_mistaken_study_is_told_apart_from_the_others(make_study: Make) -> None:
    good = make_study()
    for name, old, new in (("other", "better: lower", "better: lwer"), ("third", "", "")):
        Path(name).mkdir()
        for file in good.parent.iterdir():
            text = file.read_text(encoding="utf-8").replace(old, new)
            (Path(name) / file.name).write_text(text, encoding="utf-8")
    beside(Path("third/study.yaml"), "claims.tsv", CLAIMS)

    mistaken = mistakes_of(["study", "other", "third"], Path())

    assert list(mistaken) == ["other", "third"]
    assert "other/study.yaml, line 48: outcomes.score.better: 'lwer'" in mistaken["other"]
    assert "third/claims.tsv, row 2" in mistaken["third"]


def test_a_cell_that_cannot_be_read_is_told_once_and_with_it_those_that_can(
    make_study: Make,
) -> None:
    study = make_study(table=TABLE.replace("none,2024-02-01,,20", '"no"ne,2024-02-01,,20,25'))

    told = mistakes(study)

    assert told.count("found '\"no\"ne'") == 1


def test_an_error_of_a_formula_is_told_with_the_others(make_study: Make) -> None:
    study = make_study(table=TABLE.replace(",,20\n", ",#N/A,20,25\n"))

    assert "row 3, column 'Remark': found '#N/A'; allowed: a value, not the error" in mistakes(
        study
    )


@pytest.mark.parametrize(
    "mistake",
    [
        ("", ""),
        ("better: lower", "better: lwer"),
        ("harms: {", "treatment: { label: [x], duration: age }\nharms: {"),
        ("harms: {", "harms: { label: [x],"),
    ],
)
def test_mistakes_in_the_table_of_harms_are_told_beside_those_of_patients(
    make_study: Make, mistake: tuple[str, str]
) -> None:
    harms = (
        "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event, grade: G } } }"
    )
    Path("study").mkdir()
    Path("study/harms.csv").write_text("ID,Event,G\nz,Rash,1\na,Rash,7\n", encoding="utf-8")
    edits = (("cohorts:", f"{harms}\ncohorts:"), mistake)
    study = make_study(*edits, table=TABLE.replace(",,20\n", ",,20,\n"))

    told = mistakes(study)

    assert "study/table.csv, row 2, column 'Age': found '7O'" in told
    assert "study/harms.csv, row 2, column 'ID': found 'z'; allowed: a patient of table.csv" in told
    assert "study/harms.csv, row 3, column 'G': found '7'; allowed: a CTCAE grade" in told


@pytest.mark.parametrize("named", ["I.D.", "Initials"])
def test_a_wrong_column_of_identifiers_is_one_mistake(make_study: Make, named: str) -> None:
    """Neither events nor corrections are then said to be of nobody."""
    harms = "harms: { table: { table: harms.csv, columns: { patient: ID, term: Event } } }"
    Path("study").mkdir()
    Path("study/harms.csv").write_text("ID,Event\na,Rash\nb,Rash\n", encoding="utf-8")
    edits = (("cohorts:", f"{harms}\ncohorts:"), ("patient: ID\n", f"patient: {named}\n"))
    study = make_study(*edits, table=TABLE.replace(",,20\n", ",,20,\n").replace("800", "80"))
    beside(study, "corrections.tsv", CORRECTIONS.replace("z\tAge\t34\t43", "a\tAge\t7O\t70"))

    told = mistakes(study).splitlines()

    assert [each for each in told if "source.patient names it" in each] == [told[1]]
    assert not any("a patient of" in each for each in told)


BAD = (
    "",
    " NA ",
    "7O",
    "12.5.1",
    "800",
    "#DIV/0!",
    "a\u200b",
    "b",
    "Total",
    "x\x01",
    "50%",
    "<5",
    "P 1",
)


def random_table(random: Random, sizes: list[int]) -> str:
    """A table of patients with up to nine bad cells."""
    header, *rows = [line.split(",") for line in TABLE.replace(",,20\n", ",,20,25\n").splitlines()]
    rows = [[f"p{i}", *random.choice(rows)[1:]] for i in range(random.choice(sizes))]
    for row in random.sample(rows, random.choice([0, 1, min(9, len(rows))])):
        row[random.randrange(len(row))] = random.choice(BAD)
    return "\n".join(",".join(row) for row in [header, *rows]) + "\n"


@pytest.mark.parametrize("seed", range(40))
def test_the_errors_before_a_run_are_those_of_its_step(make_study: Make, seed: int) -> None:
    table = random_table(Random(seed), [1, 3, 30, 300]).replace("800", "8")
    study = make_study(table=table.replace("7O", "70" if seed % 3 else "7O"))
    results = {name: study.parents[1] / f"{name}.csv" for name in RESULTS}

    ingest(study, study.with_name("table.csv"), results["cells"], results["remarks"])
    try:
        clean(Files(study, corrections=[], **results))
        found = ""
    except DataError as error:
        found = str(DataError(error.findings, str(study.parent)))

    assert mistakes(study) == found


def test_what_only_a_step_can_find_is_never_denied_at_the_end(make_study: Make) -> None:
    study = make_study()
    reading = 'result(cohort=everyone, variable=score, context="estimate", statistic=none)'
    claim = f"C1\tAbstract\tthree\t3\t{reading}\t\t\t\n"
    beside(study, "claims.tsv", CLAIMS.splitlines()[0] + "\n" + claim)

    told = mistakes_or_where(["study"], study.parent.parent)

    assert told == "What failed, and why, is shown above."


def test_mistakes_are_told_again_at_the_end(make_study: Make) -> None:
    study = make_study(table=TABLE)

    assert "found '7O'; allowed: a number" in mistakes_or_where(["study"], study.parent.parent)


@pytest.mark.parametrize("seed", range(20))
def test_errors_are_told_in_one_order_in_words_and_one_by_one(make_study: Make, seed: int) -> None:
    table = random_table(Random(seed), [30]) + "p1,7O,F,HCQ,2024-01-31,well,1.250,3\n"
    study = make_study(("column: Sex", "column: Gender"), table=table)
    beside(study, "claims.tsv", CLAIMS)
    beside(study, "corrections.tsv", f"{CORRECTIONS}p1\tAgee\t34\t43\ttypo\n")

    wrong = wrong_with(study)

    files = ["study.yaml, line 17", "table.csv", "corrections.tsv", "claims.tsv"]
    columns = ["", *TABLE.splitlines()[0].split(",")]
    places = [
        (files.index(file), columns.index(each.column) if file == "table.csv" else 0, each.row)
        for each in wrong.findings
        for file in [each.file.removeprefix("study/")]
    ]
    assert places == sorted(places)
    assert {file for file, *_ in places} == {*range(len(files))}
    lines = [line.strip() for line in str(wrong).splitlines()[1:]]
    told = [[is_told(each, line) for each in wrong.findings].index(True) for line in lines]
    assert told == sorted(told)


def is_told(finding: Finding, line: str) -> bool:
    """Whether a line tells of a finding, perhaps with others of its cause."""
    where = f"{finding.file}, column {finding.column!r}: found "
    in_brief = line.startswith(where) and finding.allowed in line and finding.hint in line
    return line == str(finding) or in_brief
