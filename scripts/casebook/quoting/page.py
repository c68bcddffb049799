"""Guesses as the lines of a claims.tsv that waits for review."""

from collections.abc import Iterable, Iterator, Sequence

from casebook.base.printed import read_printed
from casebook.claims.listed import COLUMNS
from casebook.claims.reviewed import as_another, is_printed_alike
from casebook.quoting.guesses import Guess, Sure
from casebook.quoting.intervals import OF_A_LEVEL

_REVIEW: dict[Sure, str] = {
    "words and value": "the words around it, and its value",
    "other way": "the words around it, and its value with the cohorts the other way round",
    "bound": "the words around it, and that its value is within this bound",
    "words": "the words around it, which give another value",
    "words alone": "the words around it",
    "value": "its value alone",
    "nothing": "nothing",
}


def page(guesses: Iterable[Guess]) -> str:
    """The text of a claims.tsv."""
    lines = [COLUMNS, *_lines(list(guesses))]
    return "".join("\t".join(line) + "\n" for line in lines)


def repeats_in(guesses: Sequence[Guess]) -> dict[int, int]:
    """The places of guesses that print again what an earlier one does, each with that of this."""
    found: dict[int, int] = {}
    for place, guess in enumerate(guesses):
        others = (each for each in range(place) if each not in found)
        first = next((each for each in others if _repeats(guess, guesses[each])), None)
        found |= {} if first is None else {place: first}
    return found


def _lines(guesses: Sequence[Guess]) -> Iterator[tuple[str, ...]]:
    first = repeats_in(guesses)
    for place, guess in enumerate(guesses):
        review = _review(guess)
        if place in first:
            review = "" if guess.rests_on == "nothing" else review
            review = as_another(_name(first[place]), review)
        cells = {
            "claim": _name(place),
            "place": guess.place,
            "words": guess.words,
            "printed": guess.printed,
            "computed_as": guess.reading,
            "otherwise": " ; ".join(guess.otherwise),
            "convention": guess.convention,
            "review": review,
        }
        yield tuple(" ".join(cells.get(column, "").split()) for column in COLUMNS)


def _name(place: int) -> str:
    return f"C{place + 1:03d}"


def _repeats(guess: Guess, other: Guess) -> bool:
    """Whether a guess prints what another one did, and its own words speak for the same reading.

    Of a bound, as p < 0.001, that says too little: it fits many readings.
    """
    is_said = guess.rests_on == "words and value"
    is_a_level = guess.reading == f'none("{OF_A_LEVEL}")'
    is_alike = _of(guess) == _of(other) and is_printed_alike(guess.printed, other.printed)
    return (is_said or is_a_level) and is_alike


def _of(guess: Guess) -> tuple[str, tuple[str, ...], str]:
    """What a guess takes its number for."""
    return guess.reading, tuple(guess.otherwise), guess.convention


def _review(guess: Guess) -> str:
    """What a guess rests on, and what is printed where the line has it in another way."""
    rests_on = _REVIEW[guess.rests_on]
    is_number = read_printed(guess.printed) is not None
    if guess.rests_on == "words" and guess.value is not None and is_number:
        rests_on = f"{rests_on}: {guess.value:.4g}"
    changed = guess.shown and guess.shown != guess.printed and guess.printed not in guess.shown
    return f"{rests_on}; printed as {guess.shown}" if changed else rests_on
