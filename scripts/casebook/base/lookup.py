"""What a function makes of texts by the thousand: of each different one once, of most not at all.

Columns of a large table repeat themselves, or hold texts in which nothing is to be changed. To look
at thousands of texts that are joined into one costs a small part of a call for each.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

Given = TypeVar("Given")
Found = TypeVar("Found")

BLOCK = 4096
"""How many rows, or texts, are taken at a time."""
KEPT = 100_000
"""How many texts are kept, where each may be found only once."""


class Lookup(dict[Given, Found]):
    """What a function makes of each value, which it is asked once for those that come often."""

    def __init__(self, find: Callable[[Given], Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Given) -> Found:
        """Ask the function for a value that is not among those kept."""
        found = self._find(value)
        if len(self) >= KEPT:
            self.clear()
        self[value] = found
        return found

    def each(self, values: Iterable[Given]) -> list[Found]:
        """What it makes of each of several values."""
        return list(map(self.__getitem__, values))


class TextLookup(Lookup[str, str]):
    """What a function makes of texts, most of which it leaves as they are.

    Attributes:
        leaves: Says of many texts at once whether the function changes none of them; False if that
            would have to be looked at one by one.
    """

    def __init__(self, find: Callable[[str], str], leaves: Callable[[list[str]], bool]) -> None:
        super().__init__(find)
        self.leaves = leaves

    def each(self, values: Iterable[str]) -> list[str]:
        """What it makes of each of several texts."""
        found: list[str] = []
        for block in blocks(values):
            if block.count(block[0]) == len(block):
                found += [self[block[0]]] * len(block)
                continue
            # Texts that come often are known sooner than they are joined.
            new = {*block}.difference(self)
            left = len(new) * 4 > len(block) and self.leaves(block)
            found += block if left else super().each(block)
        return found


class Once(dict[str, str]):
    """Has texts that come often as one object each, so that a large table takes little memory."""

    def each(self, texts: Sequence[str]) -> Iterable[str]:
        """The same texts; those of which nearly all differ as they are."""
        return texts if len({*texts}) * 2 > len(texts) else self.each_of_few(texts)

    def each_of_few(self, texts: Sequence[str]) -> list[str]:
        """The same texts, of which it cannot be said whether they differ."""
        if len(self) > KEPT:
            self.clear()
        return list(map(self.setdefault, texts, texts))


def blocks(values: Iterable[Given], size: int = BLOCK) -> Iterator[list[Given]]:
    """The values in lists of at most so many."""
    rest = iter(values)
    while block := list(islice(rest, size)):
        yield block
