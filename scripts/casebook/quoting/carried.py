"""Guesses for a paragraph that does not name what it is of, as that of the paragraph before.

Under the heading "Exercise capacity" one may begin "The increase was 43.5 in severe disease". Only
the values can confirm that this goes on with what was spoken of before.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from casebook.quoting.guesses import UNKNOWN, Guess, nothing
from casebook.quoting.meanings import Meaning

_CONFIRMED = 2
"""How many values of a sentence confirm what it is of."""


def by_value_alone(guesses: Sequence[Guess], topic: Meaning) -> list[Guess]:
    """The guesses of a sentence that may be of this topic, as far as values speak for them.

    Others are left only where several values of the sentence fit, as one may be a misprint.
    """
    on_topic = re.compile(rf"\b{topic.name}(?:_|\b)")
    of_topic = [each for each in guesses if on_topic.search(each.reading)]
    is_confirmed = sum(map(_fits, of_topic)) >= _CONFIRMED

    def judged(guess: Guess) -> Guess:
        if not on_topic.search(guess.reading):
            return guess
        if _fits(guess):
            return replace(guess, rests_on="value")
        return guess if is_confirmed else _none(guess)

    return [judged(each) for each in guesses]


def _fits(guess: Guess) -> bool:
    """Whether its reading gives the number that is printed."""
    return guess.rests_on in ("words and value", "bound")


def _none(guess: Guess) -> Guess:
    """The number of a guess, of which nothing is known."""
    unplaced = nothing(guess.place, guess.words, guess.printed, UNKNOWN)
    return replace(unplaced, shown=guess.shown, spot=guess.spot)
