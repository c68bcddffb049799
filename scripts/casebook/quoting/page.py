"""Guesses as the lines of a claims.tsv that waits for review."""

from collections.abc import Iterable, Iterator

from casebook.base.printed import read_printed
from casebook.claims.listed import COLUMNS
from casebook.quoting.guesses import Guess, Sure

_REVIEW: dict[Sure, str] = {
    "words and value": "the words around it, and its value",
    "bound": "the words around it, and that its value is within this bound",
    "words": "the words around it, which give another value",
    "words alone": "the words around it",
    "value": "its value alone",
    "nothing": "nothing",
}


def page(guesses: Iterable[Guess]) -> str:
    """The text of a claims.tsv."""
    lines = [COLUMNS, *_lines(guesses)]
    return "".join("\t".join(line) + "\n" for line in lines)


def _lines(guesses: Iterable[Guess]) -> Iterator[tuple[str, ...]]:
    for number, guess in enumerate(guesses, start=1):
        cells = {
            "claim": f"C{number:03d}",
            "place": guess.place,
            "words": guess.words,
            "printed": guess.printed,
            "computed_as": guess.reading,
            "otherwise": " ; ".join(guess.otherwise),
            "convention": guess.convention,
            "review": _review(guess),
        }
        yield tuple(" ".join(cells.get(column, "").split()) for column in COLUMNS)


def _review(guess: Guess) -> str:
    """What a guess rests on, and what is printed where the line has it in another way."""
    rests_on = _REVIEW[guess.rests_on]
    is_number = read_printed(guess.printed) is not None
    if guess.rests_on == "words" and guess.value is not None and is_number:
        rests_on = f"{rests_on}: {guess.value:.4g}"
    changed = guess.shown and guess.shown != guess.printed and guess.printed not in guess.shown
    return f"{rests_on}; printed as {guess.shown}" if changed else rests_on
