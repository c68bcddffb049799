"""Lists in messages and sentences, which stay short."""

from collections.abc import Sequence


def first_of(items: Sequence[str], most: int, more: str = "and {:,} more") -> list[str]:
    """The first items, and how many more there are; a single one more takes its own place.

    Args:
        items: All of them.
        most: How many are told.
        more: How the number of the others is told.
    """
    left = len(items) - most
    return [*items[:most], more.format(left)] if left > 1 else [*items]


def enumerated(items: Sequence[str]) -> str:
    """All of the items, as in a, b and c."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
