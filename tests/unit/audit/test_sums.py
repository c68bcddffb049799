"""Parts of a whole are added without being asked for."""

from claimlines import Audited, claim


def _sex(name: str, printed: str, statistic: str, level: str, place: str = "Table 1") -> str:
    return claim(name, printed, f'{statistic}(sex == "{level}") in everyone', place=place)


def test_counts_of_all_levels_are_held_against_the_size_of_the_cohort(audited: Audited) -> None:
    right = audited(_sex("C1", "3", "count", "F"), _sex("C2", "two", "count", "M"))
    wrong = audited(_sex("C1", "3", "count", "F"), _sex("C2", "3", "count", "M"))

    assert right["C1"].checks == right["C2"].checks == ("Sum passes: 3 + 2 = 5",)
    assert wrong["C1"].failed_checks == ("Sum fails: 3 + 3 = 6, and not 5",)
    assert wrong["C1"].verdict == "reproduced"


def test_percentages_come_to_a_hundred_as_they_are_rounded(audited: Audited) -> None:
    def sums(*printed: str) -> list[str]:
        found = audited(
            *(_sex(f"C{n}", text, "percent", "FM"[n]) for n, text in enumerate(printed))
        )
        checks = [*found["C1"].checks, *found["C1"].failed_checks]
        return [check for check in checks if check.startswith("Sum")]

    assert sums("60%", "41%") == ["Sum passes: 60 + 41 = 101"]
    assert sums("60.0%", "41.0%") == ["Sum fails: 60.0 + 41.0 = 101.0, and not 100"]


def test_levels_of_several_places_or_not_all_levels_are_not_added(audited: Audited) -> None:
    places = audited(_sex("C1", "3", "count", "F"), _sex("C2", "3", "count", "M", place="Text"))
    one = audited(_sex("C1", "3", "count", "F"))

    assert places["C1"].failed_checks == one["C1"].failed_checks == ()
    assert one["C1"].checks == ()


def test_cohorts_that_are_parts_of_another_one_are_as_large_as_it(audited: Audited) -> None:
    whole = claim("C1", "5", "n(patient) in everyone")
    both = "  {}: {{ label: {}, select: sex == '{}' }}\n"
    cohorts = both.format("women", "Women", "F") + both.format("men", "Men", "M")

    verdicts = audited(
        whole,
        claim("C2", "3", "n(patient) in women"),
        claim("C3", "3", "n(patient) in men"),
        edits=[("  older:", f"{cohorts}  older:")],
    )

    assert verdicts["C3"].failed_checks == ("Sum fails: 3 + 3 = 6, and not 5",)
    assert verdicts["C1"].failed_checks == ()
