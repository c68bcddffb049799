"""Lists in sentences, which stay short: what is left out stands in a table that is named."""

from collections.abc import Iterable, Iterator, Sequence

MOST = 5
"""How many items a sentence lists."""


def listed(items: Iterable[str], where: str) -> str:
    """The end of a sentence: the first items after a colon, and where the others are."""
    every = list(items)
    more = f", {where}" if len(every) > MOST else ""
    return f": {first_of(every, '; ', MOST)}{more}." if every else "."


def first_of(items: Sequence[str], between: str, most: int) -> str:
    """The first items, and how many more there are."""
    left = [f"and {len(items) - most} more"] if len(items) > most else []
    return between.join([*items[:most], *left])


def enumerated(items: Sequence[str]) -> str:
    """All of the items, as in a, b and c."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def with_places(told: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A sentence for each text that is told of places, with those in their order."""
    found: dict[str, list[str]] = {}
    for text, place in told:
        found.setdefault(text, []).append(place)
    for text, places in found.items():
        yield f"{text}: {'; '.join(places)}."
