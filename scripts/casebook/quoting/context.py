"""A sentence with what is known when it is read: the study, how the paper is written, its topic.

A number in it, and what is named around that, is for `around`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.quoting.guesses import ValueOf
from casebook.quoting.languages import Language
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.moves import moves_in
from casebook.quoting.names import Names
from casebook.quoting.single import patient_in
from casebook.quoting.words import legend_in
from casebook.quoting.written import Written
from casebook.study.model import Study

_PAIR = 2
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|^[^()]*\)|^[^\[\]]*\]")


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
    topic: Meaning | None = None
    """The outcome or column that was named last in the sentences before."""
    is_carried: bool = False
    """Whether that was in another paragraph, and in no sentence since."""
    patient_before: str = ""
    """The patient whom the sentence before was of; "" if it was of none."""
    groups_before: Sequence[Meaning] = ()
    """The cohorts that the sentence before named, if they were two."""
    cohort_before: str = ""
    """The cohort that the sentences before were of, as one began with it; "" if of all."""

    @cached_property
    def named(self) -> list[Named]:
        """What it names, and what it says that outcomes did, in order."""
        names = self.reader.names.named_in(self.text)
        followed = (Sort.OUTCOME, Sort.GRADE)
        outcomes = [each for each in names if each.meaning.sort in followed]
        topics = [each.name for each in self.topics(Sort.OUTCOME)]

        def outcome_at(place: int) -> str:
            near = [each for each in outcomes if each.end <= place][-1:] or outcomes[:1]
            return next(iter([*(each.meaning.name for each in near), *topics]), "")

        moves = moves_in(self.text, self.language, self.reader.study, outcome_at)
        within = [range(each.start, each.end) for each in moves]
        others = (
            each
            for each in names
            if each.meaning.sort != Sort.MOVE or not any(each.start in span for span in within)
        )
        by_turn = self._by_turn(names)
        return sorted([*others, *moves, *by_turn], key=lambda each: each.start)

    def _by_turn(self, names: Sequence[Named]) -> Iterator[Named]:
        """The places that stand for one of two cohorts named before: the former, the latter."""
        for words, place in ((self.language.former, 0), (self.language.latter, -1)):
            for found in re.finditer(rf"\b(?:{words})\b", self.text, re.IGNORECASE):
                own = _cohorts(each for each in names if each.end <= found.start())
                groups = own if len(own) == _PAIR else self.groups_before
                yield from (Named(each, *found.span(), 1) for each in [*groups][place:][:1])
        yield from self._others(names)

    def _others(self, names: Sequence[Named]) -> Iterator[Named]:
        """Where the others stand for the second of two cohorts of which the first was named."""
        comparisons = self.reader.study.comparisons.values()
        pairs = [each.cohorts for each in comparisons if len(each.cohorts) == _PAIR]
        for found in re.finditer(self.language.the_others, self.text, re.IGNORECASE):
            before = [each.meaning.name for each in names if each.end <= found.start()]
            own = next((name for name in reversed(before) if any(name in p for p in pairs)), "")
            others = {each for pair in pairs if own in pair for each in pair if each != own}
            if len(others) == 1:
                yield Named(Meaning(Sort.COHORT, *others), *found.span(), 1)

    @property
    def groups(self) -> list[Meaning]:
        """The cohorts that it names, if they are two."""
        own = _cohorts(self.named)
        return own if len(own) == _PAIR else []

    @property
    def cohort(self) -> str:
        """The cohort that it begins with, as in "Among men, the", or that those before were of."""
        begins = rf"(?:{self.language.among}|{self.language.not_counted})\s+(?:\w+\s+)??"
        own = [each for each in self.named if each.meaning.sort == Sort.COHORT]
        first = next(
            (
                each.meaning.name
                for each in own
                if re.fullmatch(begins, self.text[: each.start], re.IGNORECASE)
                and self.text[each.end :].startswith(",")
            ),
            "",
        )
        return first or ("" if own else self.cohort_before)

    @cached_property
    def has_words(self) -> bool:
        """Whether it has any word."""
        return re.search(r"[^\W\d_]", self.text) is not None

    def topics(self, *sorts: Sort) -> list[Meaning]:
        """The topic, if it is of one of these sorts."""
        return [self.topic] if self.topic and self.topic.sort in sorts else []

    @cached_property
    def goes_on_with_its_topic(self) -> bool:
        """Whether it speaks of its topic: by a pronoun, or of a change of something."""
        words = "|".join([self.language.pronouns, self.language.change])
        return self.language.says("|".join([words, *self.language.moves.values()]), self.text)

    @cached_property
    def own_topic(self) -> Meaning | None:
        """The outcome or column that it names last, if any."""
        sorts = (Sort.OUTCOME, Sort.COLUMN)
        named = [each.meaning for each in self.named if each.meaning.sort in sorts]
        return named[-1] if named else None

    @property
    def next_topic(self) -> Meaning | None:
        """The topic of the sentence behind it."""
        return self.own_topic or self.topic

    @cached_property
    def patient(self) -> str:
        """The patient whom it is of at its end; "" if it is of none."""
        return self.patient_at(len(self.text))

    def patient_at(self, place: int) -> str:
        """The patient whom it is of up to a place: one that it names, or speaks of as he or she."""
        is_of_one = self.patient_before and self.language.says(self.language.of_one, self.text)
        named = patient_in(self.text[:place], self.language)
        return named or (self.patient_before if is_of_one else "")

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
        """The cohorts of several words that it has all of, outside of brackets.

        Those who are said to be not something are such only where these words stand together.
        """
        names, cohorts = self.reader.names, self.reader.study.cohorts
        found = names.together_in(without_brackets(self.text), Sort.COHORT)
        labels = {each.name: cohorts[each.name].label for each in found}
        return [
            each
            for each in found
            if len(names.words_of(labels[each.name])) > 1
            and not self.language.says(self.language.denies, labels[each.name])
        ]

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words as they are compared."""
        return self.reader.names.words_of(self.text)

    @cached_property
    def is_of_all(self) -> bool:
        """Whether it is of all who were studied."""
        return self.language.says(self.language.whole, self.text)

    @cached_property
    def is_of_pairs(self) -> bool:
        """Whether it is of those alone of whom both values are known."""
        return self.language.says(self.language.with_both, self.text)

    @cached_property
    def sets_a_level(self) -> bool:
        """Whether a p-value in it is a level that the authors set, or what a mark stands for."""
        return bool(legend_in(self.text)) or self.language.says(self.language.level, self.text)


def _cohorts(named: Iterable[Named]) -> list[Meaning]:
    """The cohorts among names, each once."""
    return list(dict.fromkeys(each.meaning for each in named if each.meaning.sort == Sort.COHORT))


def without_brackets(text: str) -> str:
    """A text of the same length without what stands in brackets."""
    return _BRACKETS.sub(lambda each: " " * len(each[0]), text)
