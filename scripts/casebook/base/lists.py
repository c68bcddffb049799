"""Lists in messages and sentences, which stay short."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def first_of(
    items: Sequence[Item],
    most: int,
    more: str = "and {:,} more",
    tell: Callable[[Item], str] = str,
) -> list[str]:
    """The first items, and how many more there are; a single one more takes its own place.

    Args:
        items: All of them.
        most: How many are told.
        more: How the number of the others is told.
        tell: The text of an item; it is asked of those that are told.
    """
    left = len(items) - most
    if left <= 1:
        return list(map(tell, items))
    return [*map(tell, items[:most]), more.format(left)]


def enumerated(items: Sequence[str], word: str = "and") -> str:
    """All of the items, as in a, b and c; another word may stand before the last."""
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def spans(numbers: Sequence[int], to: str = "–") -> list[str]:
    """Numbers with those that follow each other as one: 2–6 and 9 of 2, 3, 4, 5, 6 and 9.

    Args:
        numbers: The numbers, in order.
        to: What stands between the first and the last of a span.
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [f"{first}{to}{last}" if first < last else f"{first}" for first, last in runs]
