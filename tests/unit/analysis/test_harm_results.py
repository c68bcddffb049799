"""Who had which adverse event, how often, and what no event can exclude."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from casebook.analysis.harms import AllHarms, analyse_harms
from casebook.data.harms import Harm
from casebook.data.patients import Patient
from casebook.data.results import BOUND, HARM, RATE, Result, Results
from casebook.study.load import load_study
from casebook.study.model import Study

HARMS = (
    "cohorts:",
    "treatment: { label: T, duration: age }\n"
    "harms:\n  sets: [drugs]\n  terms:\n    old: { label: Old, condition: age > 60, grade: age,"
    ' serious: sex == "F", related: age > 1 }\ncohorts:',
)


@pytest.fixture
def study(make_study: Callable[..., Path]) -> Study:
    return load_study(make_study(HARMS))


def analysed(
    study: Study, harms: Sequence[Harm], times: Sequence[float | None] = (10.0,) * 9
) -> Results:
    patients = [Patient(f"p{i}", {"age": time}) for i, time in enumerate(times, start=1)]
    return Results(analyse_harms(study, "everyone", patients, AllHarms(study, harms)))


def row(results: Results, name: str, stat: str, level: str = "", method: str = "") -> Result:
    return results.get("everyone", name, HARM, stat, level=level, method=method)


def numbers(results: Results, name: str, *stats: str, level: str = "") -> list[float]:
    return [row(results, name, stat, level).number for stat in stats]


def test_a_patient_with_several_events_counts_once(study: Study) -> None:
    rash = Harm("p1", "HCQ", grade="2", serious="no", related="no")
    worse = Harm("p1", "HCQ", grade="3", serious="yes", related="no")

    results = analysed(study, [rash, worse, Harm("p2", "MTX", grade="1", serious="no")])

    assert numbers(results, "harms", "count", "n") == [2, 9]
    assert numbers(results, "harms_serious", "count", "n") == [1, 9]
    assert numbers(results, "harms_grade", "count", "n") == [1, 9]
    assert numbers(results, "harms", "count", level="HCQ") == [1]
    assert numbers(results, "harms", "count_grade_2", "count_grade_3", level="HCQ") == [0, 1]
    assert numbers(results, "harms", "count_grade_1", "count_grade_3") == [1, 1]


def test_no_serious_event_in_nine_patients_is_compatible_with_a_third(study: Study) -> None:
    results = analysed(study, [])

    high = row(results, "harms_serious", "conf_high", method="Clopper-Pearson").number
    bound = row(results, "harms_serious", "conf_high", method=BOUND).number

    assert (round(high), round(bound)) == (34, 28)


def test_what_is_not_known_is_neither_yes_nor_no(study: Study) -> None:
    open_event = Harm("p1", "HCQ", happened="")
    ungraded = Harm("p2", "MTX", serious="no", related="yes")

    results = analysed(study, [open_event, ungraded, Harm("p1", "MTX", grade="4")])

    assert numbers(results, "harms", "count", "n", "n_missing") == [2, 9, 0]
    assert numbers(results, "harms", "count", "n", "n_missing", level="HCQ") == [0, 8, 1]
    assert numbers(results, "harms_grade", "count", "n", "n_missing") == [1, 8, 1]
    assert numbers(results, "harms_serious", "n", "n_missing") == [8, 1]
    assert numbers(results, "harms", "count_grade_4", "count_no_grade") == [1, 1]


def test_the_rate_is_of_patients_with_a_known_time(study: Study) -> None:
    harms = [Harm("p1", "HCQ"), Harm("p1", "HCQ"), Harm("p2", "HCQ"), Harm("p3", "MTX")]

    results = analysed(study, harms, times=(10.0, None, 0.0, 30.0))

    assert numbers(results, "harms", "n_exposed", "n_events", "exposure") == [3, 3, 40]
    assert row(results, "harms", "rate", method=RATE).number == pytest.approx(7.5)
    assert numbers(results, "harms", "n_events", level="HCQ") == [2]


@pytest.mark.parametrize("times", [(), (0.0,), (None, None)])
def test_without_any_time_there_is_a_reason_and_no_rate(
    study: Study, times: Sequence[float | None]
) -> None:
    rate = row(analysed(study, [], times), "harms", "rate", method=RATE)

    assert (rate.stat, rate.error) == ("", "no time under observation")


def test_a_cohort_of_none_has_a_reason_for_each_share(study: Study) -> None:
    results = analysed(study, [Harm("other", "HCQ")], times=())

    assert numbers(results, "harms", "count", "n") == [0, 0]
    assert row(results, "harms", "conf_high", method=BOUND).error == "no evaluable patients"


def test_the_order_of_events_does_not_matter(study: Study) -> None:
    harms = [Harm("p1", "X", grade="2"), Harm("p1", "HCQ", grade="1"), Harm("p2", "A", happened="")]
    times = (0.1, 0.2, 0.3)

    def rows(given: Sequence[Harm]) -> list[Result]:
        patients = [Patient(f"p{i}", {"age": time}) for i, time in enumerate(times, start=1)]
        return list(analyse_harms(study, "everyone", patients, AllHarms(study, given)))

    assert rows(harms) == rows(harms[::-1])


def test_without_a_treatment_nothing_is_said_per_time(make_study: Callable[..., Path]) -> None:
    study = load_study(make_study(("cohorts:", "harms: { sets: [drugs] }\ncohorts:")))

    rows = list(analyse_harms(study, "everyone", [Patient("p1", {})], AllHarms(study, [])))

    names = {each.variable for each in rows}
    assert names == {"harms"}
    assert not {each.stat_name for each in rows} & {"rate", "exposure", "count_grade_1"}


def test_an_event_that_may_not_have_happened_is_not_counted(study: Study) -> None:
    sure = Harm("p1", "HCQ", serious="yes")
    perhaps = Harm("p1", "old", happened="", serious="yes")

    results = analysed(study, [sure, perhaps, Harm("p2", "old", happened="", serious="yes")])

    assert numbers(results, "harms_serious", "count", "n", "n_events") == [1, 8, 1]
    (warning,) = row(results, "harms_serious", "rate", method=RATE).warning
    assert warning == "perhaps too low: 1 of the patients may have had more events"
    assert not row(results, "harms", "rate", level="HCQ", method=RATE).warning


def test_no_grade_is_worse_than_the_highest_whatever_the_others_are(study: Study) -> None:
    death = Harm("p1", "HCQ", grade="5")

    results = analysed(study, [death, Harm("p1", "MTX"), Harm("p2", "MTX"), Harm("p2", "HCQ")])

    assert numbers(results, "harms", "count_grade_5", "count_no_grade") == [1, 1]


def test_an_event_after_the_treatment_harms_a_patient_and_is_in_no_rate(study: Study) -> None:
    harms = [Harm("p1", "HCQ", on_treatment="no"), Harm("p2", "HCQ", on_treatment="yes")]

    results = analysed(study, [*harms, Harm("p3", "HCQ")])

    assert numbers(results, "harms", "count", "n_events", "exposure") == [3, 2, 90]
