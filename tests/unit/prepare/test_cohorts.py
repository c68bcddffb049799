from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.memberships import MEMBER, OPEN, Membership
from casebook.data.patients import Member, Roster, Value
from casebook.prepare.cohorts import cohorts, find_memberships
from casebook.study.load import load_study


@pytest.mark.parametrize(
    ("select", "age", "drugs", "member"),
    [
        ("age >= 65", 65.0, None, MEMBER),
        ("age >= 65", 64.9, None, None),
        ("age >= 65", None, None, OPEN),
        ("not age >= 65", None, None, OPEN),
        ("known(age)", None, None, None),
        ("known(age) and age >= 65", None, None, None),
        ("'age >= 65 or \"HCQ\" in drugs'", None, (Member("HCQ"),), MEMBER),
        ("count(drugs) == 0", None, (), MEMBER),
        ("count(drugs) == 0", None, None, OPEN),
    ],
)
def test_a_patient_belongs_does_not_or_may_belong(
    make_study: Callable[..., Path],
    select: str,
    age: float | None,
    drugs: tuple[Member, ...] | None,
    member: str | None,
) -> None:
    study = load_study(make_study(("age >= 65", select)))
    values: dict[str, list[Value]] = {name: [None] for name in study.kinds}

    found = list(find_memberships(study, Roster(["a"], values | {"age": [age], "drugs": [drugs]})))

    expected = [] if member is None else [Membership("older", "a", member)]
    assert found == [*expected, Membership("everyone", "a", MEMBER)]


def test_each_cohort_is_a_slice_of_the_patients_without_those_that_are_open(
    results_of: Callable[..., Path],
) -> None:
    out = results_of()

    assert (out / "cohorts/older.csv").read_text().splitlines() == [
        "patient,age,sex,drugs,start,remark,score_baseline,score_followup,drug_count",
        "a,70,F,HCQ*; MTX,2024-01-31,well,12.5,3,2",
    ]
    everyone = (out / "cohorts/everyone.csv").read_text().splitlines()
    assert [line[:2] for line in everyone] == ["pa", "a,", "b,", "c,"]
    assert (out / "membership.csv").read_text().splitlines()[1:] == [
        "older,a,yes",
        "older,b,not known",
        "everyone,a,yes",
        "everyone,b,yes",
        "everyone,c,yes",
    ]


def test_a_cohort_without_patients_is_a_header(results_of: Callable[..., Path]) -> None:
    out = results_of(("age >= 65", "age > 119"))

    assert len((out / "cohorts/older.csv").read_text().splitlines()) == 1


def test_an_edit_of_one_patient_leaves_the_other_cohorts_as_they_were(
    results_of: Callable[..., Path],
) -> None:
    before = (results_of() / "cohorts/older.csv").read_bytes()

    table = Path("study/table.csv").read_text().replace("tired,8,NA", "rested,7,NA")
    after = (results_of(table=table) / "cohorts/older.csv").read_bytes()

    assert after == before


def test_a_change_of_the_study_alone_sorts_the_same_patients_anew(
    make_study: Callable[..., Path], results_of: Callable[..., Path]
) -> None:
    out = results_of()
    study = make_study(("age >= 65", "age < 65"))

    cohorts(study, out / "patients.csv", out / "cohorts", out / "membership.csv")

    assert (out / "cohorts/older.csv").read_text().splitlines()[1].startswith("c,34,")
