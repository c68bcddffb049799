"""Which cohorts are analysed by one job."""

from itertools import chain

import pytest

from casebook.prepare.parts import cohorts_per_job, parts

SITES = [f"site{number}" for number in range(1000)]


@pytest.mark.parametrize("per_job", [1, 2, 7, 64, 999, 1000, 10**6])
def test_parts_hold_all_cohorts_in_the_order_of_the_study(per_job: int) -> None:
    found = parts(SITES, per_job)

    assert list(chain(*found.values())) == SITES
    assert all(first == together[0] for first, together in found.items())


def test_one_cohort_a_job_is_a_part_for_each() -> None:
    assert parts(SITES[:200], 1) == {site: [site] for site in SITES[:200]}


def test_with_no_more_cohorts_than_a_job_takes_there_is_one_part() -> None:
    assert list(parts(SITES, len(SITES))) == [SITES[0]]


@pytest.mark.parametrize("per_job", [8, 32])
def test_parts_are_about_as_large_as_wished(per_job: int) -> None:
    *sizes, _ = map(len, parts(SITES, per_job).values())

    assert min(sizes) > per_job / 2
    assert max(sizes) <= 4 * per_job
    assert per_job / 1.5 < sum(sizes) / len(sizes) < 1.5 * per_job


@pytest.mark.parametrize("place", [0, 1, 333, 999])
def test_a_cohort_that_comes_or_goes_moves_only_those_beside_it(place: int) -> None:
    before = set(map(tuple, parts(SITES, 16).values()))

    added = set(map(tuple, parts([*SITES[:place], "new", *SITES[place:]], 16).values()))
    removed = set(map(tuple, parts(SITES[:place] + SITES[place + 1 :], 16).values()))

    assert len(before - added) <= 3
    assert len(before - removed) <= 3


def test_all_parts_can_be_named_on_one_command_line() -> None:
    names = [f"{number:064}" for number in range(20_000)]

    first = parts(names, 1)

    # A study's name and a cohort's are 64 characters at the most; Linux takes 131,072.
    files = [
        f"results/{'s' * 64}/{kind}/{name}.csv"
        for kind in ("cohorts", "summaries")
        for name in first
    ]
    assert len(" ".join(files)) < 120_000


@pytest.mark.parametrize(
    ("sizes", "outcomes", "together"),
    [
        pytest.param([5, 1, 6, 4, 10], 2, True, id="the-bundled-study-is-one-job"),
        pytest.param([250_000] * 4, 2, False, id="large-cohorts-are-a-job-each"),
    ],
)
def test_small_cohorts_are_one_job_and_large_ones_a_job_each(
    sizes: list[int], outcomes: int, together: bool
) -> None:
    per_job = cohorts_per_job(sizes, outcomes)

    assert (per_job >= len(sizes)) == together
    assert (per_job == 1) == (not together)


def test_a_patient_more_or_less_leaves_the_number_as_it_is() -> None:
    sizes = [50] * 1000

    assert {cohorts_per_job([*sizes[1:], size], 20) for size in (49, 50, 51)} == {16}


@pytest.mark.parametrize("cohorts", [100, 1000, 10_000])
def test_parts_do_not_become_more_with_ever_more_cohorts(cohorts: int) -> None:
    names = [f"c{number}" for number in range(cohorts)]

    few = parts(names, cohorts_per_job([10] * cohorts, 2))
    many = parts(names, cohorts_per_job([50] * cohorts, 20))

    assert len(few) <= 8
    assert len(many) <= 80
