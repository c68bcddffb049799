"""The map of the cells that claims rest on."""

from pathlib import Path

from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices
from casebook.data.verdicts import Verdict
from casebook.report.tested_cells import CellMap, map_of_cells
from casebook.study.load import load_study
from claimlines import TABLE, Audited, claim


def drawn(verdicts: dict[str, Verdict]) -> CellMap | None:
    study, out = load_study(Path("study/study.yaml")), Path("out")
    slices = read_slices(sorted((out / "cohorts").glob("*.csv")), study.kinds)
    members = {name: [patient.id for patient in found] for name, found in slices.items()}
    patient_of = {row: patient for patient, row in read_rows(out / "patients.csv").items()}
    return map_of_cells(
        study, verdicts.values(), read_results(out / "results.csv"), members, patient_of
    )


def test_a_cell_is_tested_if_a_claim_looks_at_it_and_is_told_if_none_does(
    audited: Audited,
) -> None:
    found = drawn(audited(claim("C1", "2", 'count(sex == "M") in older')))

    assert found
    by_heading = dict(zip(found.headings, zip(*found.rows.values(), strict=True), strict=True))
    # Whoever is 65 or older is in the cohort, which takes the age of all; the sex is that of three.
    assert by_heading["Age"] == (True,) * 5
    assert by_heading["Sex"] == (True, False, False, True, True)
    assert not any(by_heading["Before"])
    assert f"rests on 8 of the {5 * len(found.headings)} values" in found.sentence
    assert "No claim rests on anybody's value of: " in found.sentence


def test_what_decides_who_is_in_a_part_is_tested_of_those_outside_as_well(
    audited: Audited,
) -> None:
    found = drawn(audited(claim("C1", "1", 'p_value(score, sex == "F") in everyone')))

    assert found
    by_heading = dict(zip(found.headings, zip(*found.rows.values(), strict=True), strict=True))
    assert by_heading["Sex"] == (True,) * 5
    assert not all(by_heading["Before"])


def test_a_test_rests_on_both_visits_and_what_cannot_be_computed_on_nothing(
    audited: Audited,
) -> None:
    named = 'result(cohort=everyone, variable=score, context="paired test", statistic=p_value)'

    found = drawn(audited(claim("C1", "0.5", named), claim("C2", "x", 'none("no data")')))

    assert found
    assert sum(found.counts) == dict(zip(found.headings, found.counts, strict=True))["Before"] * 2


def test_without_a_claim_that_is_computed_there_is_no_map(audited: Audited) -> None:
    assert drawn(audited(claim("C1", "x", 'none("no data")'))) is None


def test_two_values_of_one_cell_are_two(audited: Audited) -> None:
    together = TABLE.replace("ID,Age,Sex", "ID,Age and sex").replace(",70,F,", ",70 F,")
    for text in (",NA,M,", ",34,F,", ",66,F,", ",80,M,"):
        together = together.replace(text, f"{text[:-3]} {text[-2:]}")
    edits = [
        ("    column: Age\n", '    column: Age and sex\n    pattern: "(.+) .*"\n'),
        ("    column: Sex\n", '    column: Age and sex\n    pattern: ".+ (.)"\n'),
    ]

    found = drawn(
        audited(claim("C1", "3", 'count(sex == "F") in everyone'), table=together, edits=edits)
    )

    assert found
    counts = dict(zip(found.headings, found.counts, strict=True))
    assert (counts["Sex"], counts["Age"]) == (5, 0)
