"""Lists in sentences, which stay short: what is left out stands in a table that is named."""

from collections.abc import Iterable, Iterator

from casebook.base.lists import first_of

IN_A_SENTENCE = 5
"""How many items a sentence lists."""


def ending(items: Iterable[str], where: str) -> str:
    """The end of a sentence: the first items after a colon, and where the others are."""
    every = list(items)
    shown = first_of(every, IN_A_SENTENCE)
    others = f", {where}" if shown != every else ""
    return f": {'; '.join(shown)}{others}." if every else "."


def with_places(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A sentence for each text that is told of places, with those in their order."""
    found: dict[str, list[str]] = {}
    for text, place in told:
        found.setdefault(text, []).append(place)
    for text, places in found.items():
        yield f"{text}: {'; '.join(places)}."
