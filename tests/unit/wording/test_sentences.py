"""Lists in sentences."""

import pytest

from casebook.wording.sentences import ending, in_brief, in_turn, of_each, with_places


def test_of_a_long_list_the_first_are_told_and_where_the_others_are() -> None:
    assert ending("abcdefg", "in the table") == ": a; b; c; d; e; and 2 more, in the table."
    assert ending("abc", "in the table") == ": a; b; c."


def test_a_single_one_more_makes_no_list_of_six() -> None:
    assert ending("abcde", "in the table") == ": a; b; c; d; e."
    assert ending("abcdef", "in the table") == ": a; b; c; d; and 2 more, in the table."


def test_a_list_within_a_sentence_is_as_short() -> None:
    assert in_brief("abc") == "a, b and c"
    assert in_brief("abcdefg", "or") == "a, b, c, d, e or 2 more"
    assert in_turn("abcdefg") == "a, then b, then c, then d, then e, then 2 more"


def test_several_lists_in_a_sentence_share_its_items() -> None:
    assert [of_each(several) for several in (1, 2, 3, 9)] == [5, 2, 1, 1]


def test_what_is_told_of_several_places_is_told_once_with_all_of_them() -> None:
    told = [("Not tested, no pairs", "A"), ("Exact", "B"), ("Not tested, no pairs", "C")]

    assert [*with_places(told, "ABC")] == ["Not tested, no pairs: A; C.", "Exact: B."]


@pytest.mark.parametrize("every", ["A", "ABCDEFG"])
def test_what_is_told_of_all_places_names_none(every: str) -> None:
    assert [*with_places((("Exact", place) for place in every), every)] == ["Exact."]


def test_of_many_places_those_are_named_that_it_is_not_told_of() -> None:
    """Of H something else is told, and of I nothing."""
    many, one = [("Exact", place) for place in "ABCDEFG"], ("Normal", "H")

    assert [*with_places([*many, one], "ABCDEFGHI")] == ["Exact: all but H; I.", "Normal: H."]


def test_of_many_places_among_many_others_it_is_told_where_they_are() -> None:
    told = [*(("Exact", place) for place in "ABCDEF"), *(("Normal", place) for place in "GHIJKL")]

    first, _ = with_places(told, "ABCDEFGHIJKL")

    assert first == "Exact: A; B; C; D; and 2 more, in results.csv."
