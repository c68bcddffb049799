from hypothesis import given
from hypothesis import strategies as st

from casebook.base.lookup import KEPT, Lookup, Once, TextLookup, blocks

texts = st.text(alphabet="aB ,")


def test_what_comes_often_is_looked_at_once() -> None:
    asked: list[str] = []
    lookup = Lookup(lambda text: asked.append(text) or text.upper())

    assert lookup.each("abab" * 1000) == [*"ABAB" * 1000]
    assert asked == ["a", "b"]


@given(st.lists(texts))
def test_texts_become_what_the_function_makes_of_each(given_texts: list[str]) -> None:
    lookup = TextLookup(str.upper, lambda block: "".join(block).isupper())

    assert lookup.each(given_texts) == [text.upper() for text in given_texts]


def test_the_function_is_not_asked_for_texts_that_it_leaves_alone() -> None:
    asked: list[str] = []
    lookup = TextLookup(lambda text: asked.append(text) or text.upper(), lambda _: True)
    many = [f"P{number}" for number in range(3 * KEPT)]

    assert lookup.each(many) == many
    assert asked == []


def test_texts_that_come_often_are_one_object() -> None:
    given_texts = [text for _ in range(100) for text in ("".join(["1", ".5"]), "".join(["2", "0"]))]

    found = list(Once().each(given_texts))

    assert found == given_texts
    assert len({*map(id, given_texts)}) > len({*map(id, found)}) == 2


def test_texts_that_hardly_come_twice_stay_as_they_are() -> None:
    once, many = Once(), [f"P{number}" for number in range(1000)]

    assert list(once.each(many)) == many
    assert not once


def test_blocks_have_every_value_in_order() -> None:
    assert list(blocks(range(5), 2)) == [[0, 1], [2, 3], [4]]
