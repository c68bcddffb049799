"""Lists in sentences, which stay short: what is left out stands in a table that is named."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from casebook.base.lists import Item, enumerated, first_of

Sentence = tuple[str, tuple[str, ...]]
"""A sentence of the methods without its full stop, and the references that it cites."""
IN_A_SENTENCE = 5
"""How many items a sentence lists."""


def listed(
    items: Sequence[Item], tell: Callable[[Item], str] = str, more: str = "and {:,} more"
) -> list[str]:
    """The texts of the items that a sentence lists, and how many more there are."""
    # A single one more would be told itself, as one item too many.
    one_more = len(items) == IN_A_SENTENCE + 1
    return first_of(items, IN_A_SENTENCE - one_more, more, tell)


def in_brief(items: Sequence[str], word: str = "and", more: str = "{:,} more") -> str:
    """The same within a sentence, as in a, b and c; or a, b, c, d, e and 4 more."""
    return enumerated(listed(items, more=more), word)


def in_turn(items: Sequence[str]) -> str:
    """The same of what follows one another, as in a, then b, then c."""
    return ", then ".join(listed(items, more="{:,} more"))


def of_each(several: int) -> int:
    """How many items each of several lists has that stand in one sentence."""
    return max(1, IN_A_SENTENCE // several)


def ending(
    items: Iterable[Item], where: str, tell: Callable[[Item], str] = str, between: str = "; "
) -> str:
    """The end of a sentence: the first items after a colon, and where the others are.

    Args:
        items: All of them, of which there may be a million.
        where: Where the others are.
        tell: The text of an item; it is asked of those that are told.
        between: What stands between two items.
    """
    every = list(items)
    shown = listed(every, tell)
    others = f", {where}" if len(shown) < len(every) else ""
    return f": {between.join(shown)}{others}." if every else "."


def with_places(told: Iterable[tuple[str, str]], every: Iterable[str]) -> Iterator[str]:
    """A sentence for each text that is told of places, with those in their order.

    What is told of all places names none. Of more places than a sentence lists it names those that
    it is not told of, if they are fewer; otherwise it says where the others are.

    Args:
        told: Each text with a place that it is told of.
        every: All places that there are, those of which nothing is told among them.
    """
    found: dict[str, list[str]] = {}
    for text, place in told:
        found.setdefault(text, []).append(place)
    known = [*dict.fromkeys(every)]
    for text, places in found.items():
        others = [place for place in known if place not in places]
        if not others:
            yield f"{text}."
        elif len(places) > IN_A_SENTENCE >= len(others):
            yield f"{text}: all but {'; '.join(others)}."
        else:
            yield f"{text}{ending(places, 'in results.csv')}"
