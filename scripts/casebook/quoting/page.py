"""Guesses as the lines of a claims.tsv that waits for review."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from casebook.base.printed import read_printed
from casebook.claims.listed import COLUMNS
from casebook.claims.reviewed import as_another, column_of, is_printed_alike
from casebook.quoting.guesses import Guess, Sure
from casebook.quoting.intervals import OF_A_LEVEL
from casebook.quoting.joined import Line

_FITS = ("words and value", "bound")
_REVIEW: dict[Sure, str] = {
    "words and value": "the words around it, and its value",
    "other way": "the words around it, and its value with the cohorts the other way round",
    "bound": "the words around it, and that its value is within this bound",
    "words": "the words around it, which give another value",
    "words alone": "the words around it",
    "value": "its value alone",
    "nothing": "nothing",
}


def page(lines: Sequence[Line]) -> str:
    """The text of a claims.tsv."""
    rows = [COLUMNS, *_rows(lines)]
    return "".join("\t".join(row) + "\n" for row in rows)


def repeats_in(lines: Sequence[Line]) -> dict[int, str]:
    """The places of lines that need no look beside an earlier one, each with the name of this."""
    found: dict[int, str] = {}
    # To hold each against all above it would take minutes for a long paper.
    alike = defaultdict[object, list[int]](list)
    for place, line in enumerate(lines):
        others = sorted({each for sign in _signs_asked(line) for each in alike[sign]})
        name = next((name for each in others if (name := _as_in(line, each, lines[each]))), "")
        if name:
            found[place] = name
        else:
            for sign in _signs_of(line):
                alike[sign].append(place)
    return found


def _signs_of(line: Line) -> Iterator[object]:
    """By what a line is found: what its numbers are taken for, and the table that it stands in."""
    yield from {_of(each) for each in line.numbers.values()}
    yield from _column_in_a_table(line.guess)


def _signs_asked(line: Line) -> Iterator[object]:
    """What at least one is of the signs of each line that this one repeats, or is beside."""
    for follows, each in ((False, line.guess), *((True, each) for each in line.numbers.values())):
        if _is_said(each, follows=follows):
            yield _of(each)
    yield from _column_in_a_table(line.guess)


def _as_in(line: Line, place: int, other: Line) -> str:
    """The name of the claim of another line with which a line is reviewed; nothing if of none."""
    if all(name in other.numbers for name in line.numbers):
        pairs = ((each, other.numbers[name], name) for name, each in line.numbers.items())
        if all(_repeats(one, another, follows=bool(name)) for one, another, name in pairs):
            return _name(place)
    column = [*_column_in_a_table(line.guess)]
    if column and column == [*_column_in_a_table(other.guess)]:
        return _name(place)
    if len(line.numbers) == 1:
        for name, each in other.numbers.items():
            if _repeats(line.guess, each, follows=False):
                return f"{_name(place)}{name}"
    return ""


def _column_in_a_table(guess: Guess) -> Iterator[tuple[str, ...]]:
    """The column of a table with a row for each patient that a guess has a value of, if any."""
    has_value = guess.rests_on in ("words and value", "value")
    if guess.spot is None and has_value and (column := column_of(guess.reading)):
        yield guess.place, guess.rests_on, *column


def _rows(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    repeats = repeats_in(lines)
    for place, line in enumerate(lines):
        guess, review = line.guess, _review_of(line)
        if place in repeats:
            review = "" if guess.rests_on == "nothing" else review
            review = as_another(repeats[place], review)
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


def _repeats(guess: Guess, other: Guess, *, follows: bool) -> bool:
    """Whether a guess prints what another one did, and its own words speak for the same reading.

    Of a bound, as p < 0.001, that says too little, as it fits many readings, unless what it is
    follows from a number before it.
    """
    is_alike = _of(guess) == _of(other) and is_printed_alike(guess.printed, other.printed)
    return _is_said(guess, follows=follows) and is_alike


def _is_said(guess: Guess, *, follows: bool) -> bool:
    is_said = guess.rests_on in ("words and value", *(("bound",) if follows else ()))
    return is_said or guess.reading == f'none("{OF_A_LEVEL}")'


def _of(guess: Guess) -> tuple[str, tuple[str, ...], str]:
    """What a guess takes its number for."""
    return guess.reading, tuple(guess.otherwise), guess.convention


def _review_of(line: Line) -> str:
    """What a line rests on, and those of its numbers that do not rest on the same."""
    first, *others = line.numbers.values()
    told = [
        f"{each.printed}: {review}"
        for each in others
        if each.rests_on not in _FITS and (review := _review(each)) != _review(first)
    ]
    return "; ".join([_review(first), *told, *_printed_as(line.guess)])


def _review(guess: Guess) -> str:
    """What a guess rests on, and what its reading gives if that is another number."""
    rests_on = _REVIEW[guess.rests_on]
    is_number = read_printed(guess.printed) is not None
    if guess.rests_on == "words" and guess.value is not None and is_number:
        rests_on = f"{rests_on}: {guess.value:.4g}"
    return rests_on


def _printed_as(guess: Guess) -> Iterator[str]:
    """What is printed where the line has it in another way."""
    if guess.shown and guess.shown != guess.printed and guess.printed not in guess.shown:
        yield f"printed as {guess.shown}"
