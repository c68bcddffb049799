"""Lists in sentences."""

from casebook.wording.sentences import ending, with_places


def test_of_a_long_list_the_first_are_told_and_where_the_others_are() -> None:
    assert ending("abcdefg", "in the grid") == ": a; b; c; d; e; and 2 more, in the grid."
    assert ending("abc", "in the grid") == ": a; b; c."


def test_a_single_one_more_is_told_itself() -> None:
    assert ending("abcdef", "in the grid") == ": a; b; c; d; e; f."


def test_what_is_told_of_several_places_is_told_once_with_all_of_them() -> None:
    told = [("Not tested, no pairs", "A"), ("Exact", "B"), ("Not tested, no pairs", "C")]

    assert [*with_places(told)] == ["Not tested, no pairs: A; C.", "Exact: B."]
