"""A number in its sentence, and what is named around it: the ground on which readings are guessed.

What follows from it for the number is for `sentences`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.quoting.guesses import ValueOf, everyone, number_columns
from casebook.quoting.languages import Language
from casebook.quoting.names import Meaning, Named, Names, Sort
from casebook.quoting.numbers import Number
from casebook.quoting.words import legend_in
from casebook.quoting.written import Written
from casebook.study.model import Study

_SHOWN = 6
"""How many words are told on either side of a number."""


@dataclass(frozen=True)
class Known:
    """What is known of a study and of a paper when its sentences are read."""

    study: Study
    names: Names
    written: Written
    value_of: ValueOf
    medians: bool = False
    """Whether the paper says that its numbers are medians with quartiles."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage, as it is shown."""

    reader: Known
    place: str
    shown: str

    @property
    def language(self) -> Language:
        """The language that it is in."""
        return self.reader.written.language

    @cached_property
    def text(self) -> str:
        """It with numbers as English prints them."""
        return self.reader.written.in_english(self.shown)

    @cached_property
    def together(self) -> list[Meaning]:
        """The cohorts that it has all words of."""
        return self.reader.names.together_in(self.text, Sort.COHORT)

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words as they are compared."""
        return self.reader.names.words_of(self.text)

    @cached_property
    def is_of_all(self) -> bool:
        """Whether it is of all who were studied."""
        return self.language.says(self.language.whole, self.text)

    @cached_property
    def sets_a_level(self) -> bool:
        """Whether a p-value in it is a level that the authors set, or what a mark stands for."""
        return bool(legend_in(self.text)) or self.language.says(self.language.level, self.text)


@dataclass(frozen=True)
class Around:
    """A number in its sentence: what is named there, and the text since the number before it."""

    sentence: Sentence
    named: Sequence[Named]
    number: Number
    left: str
    next_start: int | None

    @property
    def study(self) -> Study:
        """The study that the number may be of."""
        return self.sentence.reader.study

    @property
    def right(self) -> str:
        """The text up to the next number."""
        return self.sentence.text[self.number.end : self.next_start]

    @property
    def words(self) -> str:
        """Some words on either side."""
        shown, number = self.sentence.shown, self.number
        before = shown[: number.start].rsplit(" ", _SHOWN + 1)[-_SHOWN - 1 :]
        after = shown[number.end :].split(" ", _SHOWN + 1)[: _SHOWN + 1]
        return f"{' '.join(before)}{shown[number.start : number.end]}{' '.join(after)}"

    @property
    def language(self) -> Language:
        """The language of the sentence."""
        return self.sentence.language

    def nearest(self, *sorts: Sort) -> list[Meaning]:
        """What is named nearest before the number, or else first after it."""
        of_sort = [each for each in self.named if each.meaning.sort in sorts]
        before = [each for each in of_sort if each.end <= self.number.start]
        place = before[-1] if before else of_sort[0] if of_sort else None
        return [each.meaning for each in of_sort if place and each.start == place.start]

    @property
    def cohort(self) -> str:
        """The cohort that is named last before the number, or one that the sentence is of.

        A cohort that is told by the names of two, as in classic and amyopathic, is of the sentence.
        """
        together = self.sentence.together
        named = [each for each in self.named if each.meaning.sort == Sort.COHORT]
        before = [each.meaning for each in named if each.end <= self.number.start]
        single = {each.meaning for each in named}
        whole = [meaning for meaning in together[:1] if meaning not in single]
        found = [*whole, *reversed(before), *together]
        return found[0].name if found else everyone(self.study)

    def named_just_before(self) -> str:
        """The column that is named last since the number before; nothing of an outcome."""
        start = self.number.start - len(self.left)
        last = [
            each.meaning
            for each in self.named
            if each.meaning.sort in (Sort.OUTCOME, Sort.COLUMN)
            and start <= each.start
            and each.end <= self.number.start
        ][-1:]
        return last[0].name if last and last[0].sort == Sort.COLUMN else ""

    def by_unit(self) -> list[str]:
        """The columns in the unit that follows the number."""
        units = {name: self.study.unit(name) or "" for name in number_columns(self.study)}
        return [
            name
            for name, unit in units.items()
            for written in filter(None, (re.escape(unit), self.language.units.get(unit)))
            if re.match(rf"\s*(?:{written})\b", self.right)
        ]

    def had_by(self) -> str:
        """What the number says of how many had it, as in: acne in four."""
        text = self.sentence.text
        return next(
            (
                each.meaning.name
                for each in reversed(self.named)
                if each.meaning.sort in (Sort.LEVEL, Sort.CONDITION)
                and self.language.says_all(self.language.had_by, text[each.end : self.number.start])
            ),
            "",
        )
