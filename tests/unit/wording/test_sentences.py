"""Lists in sentences."""

from casebook.wording.sentences import ending, with_places


def test_of_a_long_list_the_first_are_told_and_where_the_others_are() -> None:
    assert ending("abcdefg", "in the table") == ": a; b; c; d; e; and 2 more, in the table."
    assert ending("abc", "in the table") == ": a; b; c."


def test_a_single_one_more_makes_no_list_of_six() -> None:
    assert ending("abcde", "in the table") == ": a; b; c; d; e."
    assert ending("abcdef", "in the table") == ": a; b; c; d; and 2 more, in the table."


def test_what_is_told_of_several_places_is_told_once_with_all_of_them() -> None:
    told = [("Not tested, no pairs", "A"), ("Exact", "B"), ("Not tested, no pairs", "C")]

    assert [*with_places(told)] == ["Not tested, no pairs: A; C.", "Exact: B."]


def test_of_many_places_those_are_named_that_something_else_is_told_of() -> None:
    many, one = [("Exact", place) for place in "ABCDEFG"], ("Normal", "H")

    assert [*with_places(many)] == ["Exact: all."]
    assert [*with_places([*many, one])] == ["Exact: all but H.", "Normal: H."]


def test_of_many_places_among_many_others_it_is_told_where_they_are() -> None:
    told = [*(("Exact", place) for place in "ABCDEF"), *(("Normal", place) for place in "GHIJKL")]

    first, _ = with_places(told)

    assert first == "Exact: A; B; C; D; and 2 more, in results.csv."
