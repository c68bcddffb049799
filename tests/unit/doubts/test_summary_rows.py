"""Where rows of means and the like begin to be told by their numbers, and where that ends."""

from statistics import fmean, median, stdev

import pytest

from casebook.doubts.summary_rows import Numbers, summaries

COLUMNS = ("age", "ferritin", "before", "after")
PATIENTS: list[Numbers] = [
    dict(zip(COLUMNS, row, strict=True))
    for row in [
        (12.3, 451.1, 7.7, 101.2),
        (15.8, 394.3, 9.1, 98.7),
        (11.1, 526.9, 6.2, 110.3),
        (18.4, 419.5, 8.8, 95.4),
        (13.7, 472.6, 7.2, 104.9),
        (16.6, 433.8, 5.9, 99.1),
    ]
]
STATISTICS = {
    "means": fmean,
    "sums": sum,
    "standard deviations": stdev,
    "counts": len,
    "medians": median,
}


def summed_up(kind: str, patients: list[Numbers]) -> Numbers:
    return {n: round(STATISTICS[kind]([each[n] for each in patients]), 2) for n in COLUMNS}


def told(*rows: Numbers, strange: frozenset[int] = frozenset()) -> dict[int, str]:
    names = {name: None for row in rows for name in row}
    columns = {name: [row.get(name) for row in rows] for name in names}
    found = summaries(len(rows), columns, {row - 2 for row in strange})
    return {place + 2: what for place, what in found.items()}


@pytest.mark.parametrize(("count", "found"), [(2, {}), (3, {5: "means"}), (4, {6: "means"})])
def test_the_means_of_three_patients_are_told_and_those_of_two_are_not(
    count: int, found: dict[int, str]
) -> None:
    patients = PATIENTS[:count]

    assert told(*patients, summed_up("means", patients)) == found


@pytest.mark.parametrize(("below", "found"), [(0, {5: "means"}), (4, {5: "means"}), (5, {})])
def test_means_are_told_among_the_last_five_rows(below: int, found: dict[int, str]) -> None:
    patients = PATIENTS[:3]
    others = [{name: 2.5 * number for name, number in each.items()} for each in PATIENTS]

    assert told(*patients, summed_up("means", patients), *others[:below]) == found


@pytest.mark.parametrize(
    ("kinds", "count"),
    [
        (["means"], 1),
        (["means", "counts"], 2),
        (["means", "standard deviations", "counts"], 3),
        (["means", "standard deviations", "counts", "medians"], 0),
    ],
)
def test_up_to_three_rows_at_the_top_are_told_together(kinds: list[str], count: int) -> None:
    rows = [summed_up(kind, PATIENTS) for kind in kinds]

    assert list(told(*rows, *PATIENTS).values()) == kinds[:count]


def test_a_row_that_is_known_to_be_no_patient_is_in_no_mean() -> None:
    legend = dict.fromkeys(COLUMNS, 0.5)
    rows = [*PATIENTS, legend, summed_up("means", PATIENTS)]

    assert told(*rows, strange=frozenset({8})) == {9: "means"}
    assert told(*rows) == {}


def test_no_patient_is_told_where_no_row_sums_up_the_others() -> None:
    assert told(*PATIENTS) == {}
    assert told(PATIENTS[0]) == {}
    assert told() == {}


def test_means_are_told_where_one_column_has_one_number_alone() -> None:
    alike = [{**each, "dose": 15.0} for each in PATIENTS]
    means = {**summed_up("means", PATIENTS), "dose": 30.0}

    assert told(*alike, means) == {8: "means"}


@pytest.mark.parametrize("beside", [(), ("age",), ("age", "ferritin")])
def test_sums_are_told_also_where_means_stand_beside_them(beside: tuple[str, ...]) -> None:
    sums, means = summed_up("sums", PATIENTS), summed_up("means", PATIENTS)

    assert told(*PATIENTS, {**sums, **{name: means[name] for name in beside}}) == {8: "sums"}


def test_a_row_of_medians_and_means_is_neither() -> None:
    medians, means = summed_up("medians", PATIENTS), summed_up("means", PATIENTS)

    assert told(*PATIENTS, medians) == {8: "medians"}
    assert told(*PATIENTS, {**medians, "age": means["age"], "before": means["before"]}) == {}


@pytest.mark.parametrize("number", [1e154, 1e200, -1e308, 1.7976931348623157e308])
def test_a_number_that_no_column_holds_hides_no_means(number: float) -> None:
    patients = [{**PATIENTS[0], "age": number}, *PATIENTS[1:]]
    age = summed_up("means", PATIENTS[1:])["age"]
    means = {**summed_up("means", PATIENTS), "age": age}

    assert told(*patients, means) == {8: "means"}


@pytest.mark.parametrize(
    "doses", [(1e200, 2e200, 4e200, 7e200), (1.7e308, -1.7e308, 1.7e308, -1.7e308, 2.0)]
)
def test_numbers_that_no_column_holds_are_summed_up_by_none(doses: tuple[float, ...]) -> None:
    assert told(*({"dose": dose} for dose in doses)) == {}


def test_sums_of_very_small_numbers_are_told() -> None:
    rows = [*PATIENTS, summed_up("sums", PATIENTS)]

    small = [{name: float(f"{number}e-200") for name, number in row.items()} for row in rows]

    assert told(*small) == {8: "sums"}
