from pathlib import Path

from casebook.data.patients import Kind, Patient, Roster
from casebook.data.slices import read_each_once, read_slice, read_slices, write_slices

KINDS: dict[str, Kind] = {"age": "number"}
EVERYONE = Roster(["p2", "p9", "p10"], {"age": [2.0, 9.0, None]})
TWO, NINE, TEN = (Patient(f"p{n}", {"age": age}) for n, age in ((2, 2.0), (9, 9.0), (10, None)))


def test_a_slice_has_the_patients_of_each_of_its_cohorts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    write_slices({path: {"young": [0], "all": [0, 1, 2]}}, KINDS, EVERYONE)

    assert read_slice(path, KINDS) == {"young": [TWO], "all": [TWO, NINE, TEN]}


def test_a_cohort_without_patients_is_known_to_be_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    write_slices({path: {"none": [], "old": [1], "nobody": []}}, KINDS, EVERYONE)

    assert read_slice(path, KINDS) == {"none": [], "old": [NINE], "nobody": []}


def test_a_variable_may_be_called_cohort(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    kinds: dict[str, Kind] = {"cohort": "category"}

    write_slices({path: {"all": [0]}}, kinds, Roster(["p1"], {"cohort": ["A"]}))

    assert read_slice(path, kinds) == {"all": [Patient("p1", {"cohort": "A"})]}


def test_who_is_in_several_cohorts_is_read_once_in_the_order_of_their_numbers(
    tmp_path: Path,
) -> None:
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"

    write_slices({one: {"a": [2, 0], "none": []}, other: {"b": [1, 2]}}, KINDS, EVERYONE)

    assert read_each_once([one, other], KINDS) == [TWO, NINE, TEN]
    assert list(read_slices([one, other], KINDS)) == ["a", "none", "b"]
