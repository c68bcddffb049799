"""What a reading gives under each convention, where patients or values stand at a boundary."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from casebook.audit.data import Data
from casebook.audit.variant import Variant
from casebook.audit.variants import variants
from casebook.claims.language import read_reading
from casebook.data.patients import read_rows
from casebook.data.results import read_results
from casebook.data.slices import read_slices
from casebook.data.vocabulary import Change
from casebook.study.load import load_study

Tried = Callable[..., list[Variant]]
EXACT = ("cohorts:", "analysis: { alpha: 0.0625, signed_rank: exact }\ncohorts:")
FIVE = [{"Before": "20", "After": f"{19 - i}"} for i in range(5)]


@pytest.fixture
def tried(results_of: Callable[..., Path], table_of: Callable[..., str]) -> Tried:
    """The variants of a reading of a small study with these patients."""

    def run(
        source: str, *patients: Mapping[str, str], edits: tuple[tuple[str, str], ...] = ()
    ) -> list[Variant]:
        out = results_of(*edits, table=table_of(*patients))
        study = load_study(Path("study/study.yaml"))
        cohorts = read_slices((out / "cohorts").glob("*.csv"), study.kinds)
        rows = read_results(out / "results.csv")
        data = Data(study, cohorts, rows, read_rows(out / "patients.csv"))
        return list(variants(data, read_reading(source, study, [])))

    return run


def named(found: list[Variant], change: str) -> list[str]:
    return [each.convention for each in found if each.change == change]


def test_an_exact_p_value_of_exactly_the_level_is_not_significant(tried: Tried) -> None:
    """Five changes in one direction: 2 / 2^5."""
    p_values = tried("p_value(score) in everyone", *FIVE, edits=(EXACT,))
    decisions = tried("significant(score) in everyone", *FIVE, edits=(EXACT,))

    assert p_values[0].value == 0.0625
    assert decisions[0].value == 0


@pytest.mark.parametrize(
    ("after", "signs"), [("12", []), ("11", ["size without its sign"]), ("13", [])]
)
def test_only_a_value_below_0_has_a_size_without_its_sign(
    tried: Tried, after: str, signs: list[str]
) -> None:
    found = tried("mean(score_change) in everyone", {"After": after}, {"After": after})

    assert named(found, "sign") == signs


def test_a_percentage_is_of_those_known_and_a_count_is_a_number(tried: Tried) -> None:
    patients = ({"Sex": "F"}, {"Sex": "M"}, {"Sex": "NA"})

    (share, *others) = tried('percent(sex == "F") in everyone', *patients)
    (count, *rest) = tried('count(sex == "F") in everyone', *patients)

    assert (share.convention, share.value) == ("of those known", 50)
    assert (count.convention, count.value) == ("number", 1)
    assert "of all in Everyone" in named(others, "everyone as the denominator")
    assert named(rest, "denominator") == []


def test_a_percentage_of_a_part_is_tried_of_the_part_and_of_the_whole(tried: Tried) -> None:
    """Of three women one is 65 or older, one is younger and one's age is not known."""
    ages = {"F": ("70", "30", "NA"), "M": ("80",)}
    patients = [{"Sex": sex, "Age": age} for sex, known in ages.items() for age in known]
    percent = "percent(age >= 65, sex == 'F') in everyone"

    own, *others = tried(percent, *patients)
    count, *_ = tried(percent.replace("percent", "count"), *patients)

    assert (own.value, count.value) == (50, 1)
    found = {each.convention: (each.change, each.value) for each in others}
    assert found["of all in Everyone with sex == 'F'"] == (Change.ALL, pytest.approx(100 / 3))
    assert found["of all in Everyone"] == (Change.DENOMINATOR, 25)


def test_odds_are_those_with_for_each_one_without(tried: Tried) -> None:
    patients = [{"Age": age} for age in ("70", "71", "72", "30", "NA")]

    own, share, *_ = tried("odds(age >= 65) in everyone", *patients)

    assert (own.value, share.value) == (3, 0.75)
    assert tried("odds(age >= 65) in older", *patients) == []


@pytest.mark.parametrize(
    ("women", "older", "share"), [(2, 2, 100), (3, 2, None), (0, 2, 0), (0, 0, None)]
)
def test_a_denominator_is_a_cohort_that_is_large_enough(
    tried: Tried, women: int, older: int, share: float | None
) -> None:
    patients = [
        {"Sex": "F" if i < women else "M", "Age": "70" if i < older else "30"} for i in range(4)
    ]

    found = tried('percent(sex == "F") in everyone', *patients)

    of_older = [v.value for v in found if v.convention == "of all in 65 or older"]
    assert of_older == ([] if share is None else [share])


def test_a_share_of_no_known_answer_has_no_value(tried: Tried) -> None:
    assert tried('percent(sex == "F") in everyone', {"Sex": "NA"}) == []
    assert tried('count(sex == "F") in everyone', {"Sex": "NA"}) == []


@pytest.mark.parametrize(("count", "left_out"), [(100, 100), (101, 0)])
def test_each_of_up_to_100_patients_is_left_out_in_turn(
    tried: Tried, count: int, left_out: int
) -> None:
    found = tried("mean(age) in everyone", *({"Age": f"{20 + i % 80}"} for i in range(count)))

    assert len(named(found, "patients")) == left_out


def test_a_value_is_that_of_the_only_patient_for_whom_the_condition_holds(tried: Tried) -> None:
    patients = ({"Age": "70"}, {"Age": "70"}, {"Age": "30"})

    (one, *_) = tried("value(age, age < 65) in everyone", *patients)

    assert one.value == 30
    assert tried("value(age, age >= 65) in everyone", *patients) == []
    assert tried("value(age, age > 99) in everyone", *patients) == []


def test_in_a_cohort_of_no_one_a_count_is_0_and_a_percentage_has_no_value(tried: Tried) -> None:
    (count, *_) = tried('count(sex == "F") in older', {"Age": "30"})

    assert count.value == 0
    assert tried('percent(sex == "F") in older', {"Age": "30"}) == []


ROW = "result(cohort=everyone, variable=score, context=outcome, visit=baseline, statistic={})"


@pytest.mark.parametrize(("older", "cohorts"), [(2, ["in 65 or older"]), (1, []), (0, [])])
def test_a_row_is_tried_with_one_key_changed_where_that_row_has_a_number(
    tried: Tried, older: int, cohorts: list[str]
) -> None:
    """One patient has no SD, and neither has none."""
    patients = [
        {"Age": "70" if i < older else "30", "Before": f"{10 + i * i}", "After": f"{9 - i}"}
        for i in range(4)
    ]

    found = tried(ROW.format("sd"), *patients)

    assert named(found, "cohort") == cohorts
    assert named(found, "visit") == ["followup", "change", "percent change"]


@pytest.mark.parametrize(("after", "signs"), [("12", []), ("11", ["size without its sign"])])
def test_only_a_row_below_0_has_a_size_without_its_sign(
    tried: Tried, after: str, signs: list[str]
) -> None:
    row = ROW.format("mean").replace("baseline", "change")

    found = tried(row, {"After": after}, {"After": after})

    assert named(found, "sign") == signs
