from pathlib import Path

from casebook.data.memberships import MEMBER, OPEN, Membership, read_memberships, write_memberships


def test_memberships_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "membership.csv"
    memberships = [Membership("older", "a", MEMBER), Membership("older", "b", OPEN)]

    write_memberships(path, memberships)

    assert path.read_bytes() == b"cohort,patient,member\nolder,a,yes\nolder,b,not known\n"
    assert read_memberships(path) == memberships
