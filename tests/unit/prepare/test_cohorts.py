from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.data.memberships import MEMBER, OPEN, Membership
from casebook.data.patients import Member, Roster, Value, read_roster
from casebook.prepare.cohorts import cohorts, find_memberships
from casebook.study.expressions import Expression
from casebook.study.load import load_study

APART = ("cohorts:", "cohorts_per_job: 1\ncohorts:")


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

    assert [path.name for path in (out / "cohorts").iterdir()] == ["older.csv"]
    header, older, *everyone = (out / "cohorts/older.csv").read_text().splitlines()
    assert header == (
        "patient,in cohort,age,sex,drugs,start,remark,score_baseline,score_followup,drug_count"
    )
    assert older == "a,older,70,F,HCQ*; MTX,2024-01-31,well,12.5,3,2"
    assert [line.split(",")[:2] for line in everyone] == [[p, "everyone"] for p in "abc"]
    assert (out / "membership.csv").read_text().splitlines()[1:] == [
        "older,a,yes",
        "older,b,not known",
        "everyone,a,yes",
        "everyone,b,yes",
        "everyone,c,yes",
    ]


def test_a_study_can_have_a_file_for_each_cohort(results_of: Callable[..., Path]) -> None:
    out = results_of(APART)

    assert {path.name for path in (out / "cohorts").iterdir()} == {"older.csv", "everyone.csv"}
    assert len((out / "cohorts/everyone.csv").read_text().splitlines()) == 4


def test_files_of_parts_that_are_gone_are_removed(results_of: Callable[..., Path]) -> None:
    results_of(APART)

    out = results_of()

    assert [path.name for path in (out / "cohorts").iterdir()] == ["older.csv"]


@pytest.mark.parametrize(
    "select",
    [
        "age == 70", "age in [34, 70]", 'sex == "F"', 'sex in ["F", "M"] and age > 40',
        'age == 34 and sex == "F"', 'start == "2024-01-31"', '"HCQ" in drugs', "34 == age",
        "not age == 70", 'age == 70 or sex == "M"', "score_baseline == 12.5 and known(age)",
        "known(age) == True", "drug_count == 2", "age == 70 and age == 34",
    ],
)  # fmt: skip
def test_whoever_a_condition_is_not_asked_of_is_one_for_whom_it_is_false(
    results_of: Callable[..., Path], make_study: Callable[..., Path], select: str
) -> None:
    roster = read_roster(results_of() / "patients.csv", load_study(make_study()).kinds)
    study = load_study(make_study(("age >= 65", f"'{select}'")))
    condition = study.cohorts["older"].condition

    found = {
        each.patient: each.member
        for each in find_memberships(study, roster)
        if each.cohort == "older"
    }

    held = dict(zip(roster.ids, roster.each(study.kinds, condition.holds), strict=True))
    assert found == {
        patient: MEMBER if answer else OPEN
        for patient, answer in held.items()
        if answer is not False
    }


def test_numbers_that_agree_as_far_as_their_digits_tell_are_the_same(
    make_study: Callable[..., Path],
) -> None:
    study = load_study(make_study(("age >= 65", "age == 41.6666666666667")))
    nothing: dict[str, list[Value]] = {name: [None, None] for name in study.kinds}
    ages: list[Value] = [41.66666666666666, 41.6667]

    found = find_memberships(study, Roster(["a", "b"], nothing | {"age": ages}))

    assert [each.patient for each in found if each.cohort == "older"] == ["a"]


def test_a_thousand_sites_ask_each_patient_of_one(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = "".join(f"  s{n}: {{ label: Site {n}, select: age == {n} }}\n" for n in range(100))
    study = load_study(make_study(("cohorts:\n", f"cohorts:\n{sites}")))
    asked: list[object] = []
    evaluated = Expression.holds
    monkeypatch.setattr(
        Expression, "holds", lambda own, values: (asked.append(values), evaluated(own, values))[1]
    )
    values: dict[str, list[Value]] = {name: [None] * 100 for name in study.kinds}
    ages: list[Value] = [float(n) for n in range(100)]

    found = list(
        find_memberships(study, Roster([str(n) for n in range(100)], values | {"age": ages}))
    )

    assert sum(each.cohort.startswith("s") for each in found) == 100
    # Each site asks of its one patient; "older" of each age, and "everyone" of all at once.
    assert len(asked) <= 100 + 100 + 1


def test_an_edit_of_one_patient_leaves_the_other_cohorts_as_they_were(
    results_of: Callable[..., Path],
) -> None:
    before = (results_of(APART) / "cohorts/older.csv").read_bytes()

    table = Path("study/table.csv").read_text().replace("tired,8,NA", "rested,7,NA")
    after = (results_of(APART, table=table) / "cohorts/older.csv").read_bytes()

    assert after == before


def test_a_change_of_the_study_alone_sorts_the_same_patients_anew(
    make_study: Callable[..., Path], results_of: Callable[..., Path]
) -> None:
    out = results_of()
    study = make_study(("age >= 65", "age < 65"))

    cohorts(study, out / "patients.csv", out / "cohorts", out / "membership.csv")

    assert (out / "cohorts/older.csv").read_text().splitlines()[1].startswith("c,older,34,")
