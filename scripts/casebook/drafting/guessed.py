"""What is guessed of the cells of a column, as lines of study.yaml in the order of docs/study.md.

How such lines are written is for `yamltext`; nothing is guessed here.
"""

from collections.abc import Iterator, Mapping, Sequence

from casebook.base.days import ISO
from casebook.base.inexact import Form
from casebook.base.lists import enumerated
from casebook.base.texts import quoted
from casebook.drafting.centuries import Century
from casebook.drafting.columns import Guess
from casebook.drafting.yamltext import below, inner, line, listed, one_or_more, pairs, plain
from casebook.study.unreviewed import REVIEW

_SIDES: Sequence[Form] = ("below", "above")
"""The forms of values of which only a limit is known."""
_WITH_MORE: Mapping[Form, tuple[str, str, str]] = {
    "from_to": ("midpoint", "range", "an end of it, or nothing"),
    "plus_minus": ("value", "number with its spread", "nothing"),
}
"""What is used for values of the other forms, what these are, and what else can be used."""
_OF_WORDS = (
    "there was none of it; where the value is not known instead, list the text under missing"
)


def lines_of(guess: Guess) -> Iterator[str]:
    """What a guess says of cells, but for its type."""
    yield from _boxes(guess)
    yield from _of_texts(guess)
    yield from _of_values(guess)
    yield from _of_members(guess)
    yield from pairs("levels", guess.levels, guess.levels_reason)


def _boxes(guess: Guess) -> Iterator[str]:
    """The boxes of a set, and the visit."""
    yield from line("visit", guess.visit, "its rows have texts in these columns")
    boxes = (f"{plain(level)}: {plain(header)}" for level, header in guess.boxes.items())
    yield from below(f"columns: {REVIEW} each stands for one member", boxes)
    yield from line("unknown", listed(guess.unknown), "if ticked, the members are not known")
    yield from line("asked", plain(guess.asked) if guess.asked else "", guess.asked_reason)
    texts = ", ".join(map(quoted, guess.not_asked))
    yield from line("not_asked", f"[{texts}]" if texts else "", guess.not_asked_reason)


def _of_texts(guess: Guess) -> Iterator[str]:
    """How a value is found in the text of a cell, and which texts are none."""
    pattern = quoted(guess.pattern) if guess.pattern else ""
    yield from line("pattern", pattern, "the part in parentheses is read")
    yield from line("strip_unit", one_or_more(guess.strip_unit), guess.strip_reason)
    marks = ", ".join(map(quoted, guess.marks))
    yield from line("marks", f"[{marks}]" if guess.marks[1:] else marks, _of_marks(guess))
    of_words = ", ".join(f"{inner(word)}: {n:.15g}" for word, n in guess.values.items())
    yield from line("values", f"{{ {of_words} }}" if of_words else "", _OF_WORDS)
    yield from _of_inexact(guess.inexact)
    yield from line("missing", listed(guess.missing), guess.missing_reason)


def _of_marks(guess: Guess) -> str:
    """Which cells have marks, an example of each, and what is lost with them."""
    of_each = {mark: next((t for t in guess.marked if mark in t), "") for mark in guess.marks}
    examples = enumerated([*dict.fromkeys(repr(text) for text in of_each.values() if text)])
    cells = f"{len(guess.marked)} cell{'s have' if guess.marked[1:] else ' has'} such a sign"
    return f"{cells}, as {examples}; what it says of a patient needs a column of its own"


def _of_inexact(texts: Mapping[Form, Sequence[str]]) -> Iterator[str]:
    """What is used for texts that hold more or less than a number, by their form."""
    sides = [side for side in _SIDES if side in texts]
    if sides:
        rule = ", ".join(f"{side}: limit" for side in sides)
        examples = " and ".join(repr(texts[side][0]) for side in sides)
        count = sum(len(texts[side]) for side in sides)
        cells = f"{count} cell{'s are' if count > 1 else ' is'} beyond a limit, as {examples}"
        other = "the limit is used for them, or half of it or nothing: see docs/study.md"
        yield from line("censored", f"{{ {rule} }}", f"{cells}; {other}")
    for form, (rule, what, other) in _WITH_MORE.items():
        if found := texts.get(form):
            cells = f"{len(found)} cell{'s hold' if found[1:] else ' holds'} a {what}"
            told = f"{cells}, as {found[0]!r}; what else can be used is {other}: see docs/study.md"
            yield from line(form, rule, told)


def _of_values(guess: Guess) -> Iterator[str]:
    """What a value is of, and what it can be."""
    if guess.private:
        yield from line("private", "true", f"{guess.private}; it is kept out of the report")
    yield from line("unit", plain(guess.unit) if guess.unit else "", guess.unit_reason)
    if guess.range:
        low, high = guess.range
        yield from line("range", f"[{low:.15g}, {high:.15g}]", guess.range_reason)
    which = "most" if guess.slips else "all"
    yield from line("format", formats_of(guess.formats), f"{which} cells can be read so")
    yield from years_of(guess.century)


def years_of(century: Century) -> Iterator[str]:
    """Of which hundred years years of two digits are, if there are some."""
    yield from line("two_digit_years_from", f"{century.first_year or ''}", century.reason)


def formats_of(formats: Sequence[str]) -> str:
    """The ways in which dates are written, beside that which is always read."""
    told = [quoted(each) for each in formats if each != ISO]
    return f"[{', '.join(told)}]" if told[1:] else "".join(told)


def _of_members(guess: Guess) -> Iterator[str]:
    """How the members of a set are told apart."""
    if guess.separator and guess.separator != ",":
        yield from line("separator", quoted(guess.separator))
    if guess.mark:
        told = "it follows some members; say under mark_label why"
        yield from line("mark", f'"{guess.mark}"', told)
    yield from line("none", listed(guess.none), "taken for having none of them")
