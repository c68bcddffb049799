"""A guess of what a printed number corresponds to, as a line of claims.tsv that waits for review.

What is guessed from a sentence is for `sentences`, and from a table for `tables`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from casebook.base.printed import read_printed, whole
from casebook.claims.printed_as import decision
from casebook.claims.readings import NOT_YET_SAID, UNIVERSAL
from casebook.quoting.languages import Language
from casebook.study.model import Study

Sure = Literal["words and value", "other way", "bound", "words", "words alone", "value", "nothing"]
ValueOf = Callable[[str], float | None]
"""What a reading gives; None if that is not known, or the reading points to nothing."""
_DIGITS_THAT_TELL = 2
_WORDS = 6
"""How many words on either side of a number are shown."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands in the text of a sentence or of a cell.

    Attributes:
        text: The text with numbers as English prints them.
        shown: The text as printed, of the same length.
        start: Where the number begins.
        end: Where it ends.
        language: The language of the text.
    """

    text: str
    shown: str
    start: int
    end: int
    language: Language

    def words_to(self, other: "Spot") -> str:
        """What is printed up to another number, with some words on either side."""
        before = self.shown[: self.start].rsplit(" ", _WORDS + 1)[-_WORDS - 1 :]
        after = self.shown[other.end :].split(" ", _WORDS + 1)[: _WORDS + 1]
        return f"{' '.join(before)}{self.shown[self.start : other.end]}{' '.join(after)}"


@dataclass(frozen=True, slots=True)
class Guess:
    """What a number may correspond to.

    Attributes:
        place: Where it stands in the paper.
        words: The words around it.
        printed: The number as claims.tsv has it.
        reading: What it seems to be, as claims.tsv writes it.
        rests_on: What speaks for that.
        otherwise: Other readings for which the words speak as much.
        convention: What the paper says how it was computed.
        shown: The number as printed, where `printed` may be another way to write it.
        value: What the reading gives; None if that is not known.
        spot: Where the number stands; None where it is no part of a text that is read as one.
    """

    place: str
    words: str
    printed: str
    reading: str
    rests_on: Sure
    otherwise: Sequence[str] = ()
    convention: str = ""
    shown: str = ""
    value: float | None = None
    spot: Spot | None = None


def nothing(place: str, words: str, printed: str, why: str) -> Guess:
    """A number of which nothing is known."""
    return Guess(place, words, printed, f'none("{why}")', "nothing")


UNKNOWN = NOT_YET_SAID


def chosen(
    place: str, words: str, printed: str, readings: Sequence[str], value_of: ValueOf
) -> Guess:
    """The guess among readings for which the words speak alike: the one whose value is printed.

    Others are kept if they give the number too. Where none does the first stands, and all others
    are kept, as the number may be a misprint.
    """
    readings = list(dict.fromkeys(readings))
    if not readings:
        return nothing(place, words, printed, UNKNOWN)
    fitting = [reading for reading in readings if _fits(reading, value_of(reading), printed)]
    first = (fitting or readings)[0]
    others = [reading for reading in fitting or readings if reading != first]
    known = any(value_of(reading) is not None for reading in readings)
    rests_on: Sure = "words" if known else "words alone"
    if fitting:
        rests_on = "bound" if is_bound(printed) else "words and value"
    return Guess(place, words, printed, first, rests_on, others, value=value_of(first))


def _fits(reading: str, value: float | None, printed: str) -> bool:
    """Whether a reading is as printed; what is said of everyone or nobody is true or it is not."""
    is_universal = reading.startswith(tuple(f"{name}(" for name in UNIVERSAL))
    return value == 1 if is_universal else gives(value, printed)


def is_bound(printed: str) -> bool:
    """Whether it prints no more than where a value lies, as < .001 and significant do."""
    number = read_printed(printed)
    is_one_sided = number is not None and number.relation in ("<", "<=", ">", ">=")
    return is_one_sided or decision(printed) is not None


def has_telling_digits(printed: str) -> bool:
    """Whether a number has two digits or more: one of a single digit is given by too much."""
    return sum(map(str.isdigit, printed)) >= _DIGITS_THAT_TELL


def gives(value: float | None, printed: str) -> bool:
    """Whether a value is what is printed; of a decision, 1 is significant and 0 not."""
    said = decision(printed)
    number = read_printed(printed) if said is None else whole(said)
    return value is not None and number is not None and number.gives(value)


def everyone(study: Study) -> str:
    """The cohort of all patients, or the first one where none has all."""
    whole = (name for name, cohort in study.cohorts.items() if not cohort.select)
    return next(whole, next(iter(study.cohorts)))


def number_columns(study: Study) -> list[str]:
    """The variables and derived values that are numbers."""
    names = [*study.variables, *study.derived]
    return [name for name in names if study.kinds.get(name) == "number"]
