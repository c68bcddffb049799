"""Matches a study's regular expressions with cells, and gives up on one that would take for ever.

Python's engine tries one way to fit after the other, and a pattern such as `((a+)+)b` has more of
them than there is time, on a cell of forty letters. What counts is how long the processor worked at
a match, and not a clock, so that it does not hang on what else a machine does.
"""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 0.5
"""A hundred thousand times what a match takes that tries each way once. A pattern has half as long
as the last one that was given up, so that a few of them take no more than a second."""


class EndlessMatchError(ValueError):
    """A cell that a pattern could not be matched with in the time that there is."""


class CellPattern:
    """A pattern that a whole cell must match; its first group is what is read of the cell.

    Attributes:
        source: The pattern as it is written.
        given_up: The text that took too long, if there was one: no other needs to be tried.
    """

    _all_given_up = 0

    def __init__(self, source: str) -> None:
        self.source = source
        self.given_up: str | None = None
        self._compiled = re.compile(source)

    def part(self, text: str) -> str | None:
        """The first group of the pattern in a cell's text; None if the cell does not fit.

        Raises:
            EndlessMatchError: it takes too long to say.
        """
        if text == self.given_up:
            raise EndlessMatchError
        try:
            with _limited_time(_SECONDS / 2 ** min(CellPattern._all_given_up, 6)):
                match = self._compiled.fullmatch(text)
        except EndlessMatchError:
            self.given_up = text
            CellPattern._all_given_up += 1
            raise
        return match[1] if match else None


@contextmanager
def _limited_time(seconds: float) -> Iterator[None]:
    """Stop the block when the processor has worked at it for too long."""

    def stop(*_: object) -> None:
        raise EndlessMatchError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
