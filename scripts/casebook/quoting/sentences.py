"""What the numbers of a sentence correspond to, by the words around each.

A number is a p-value, a statistic of a column, or a count of patients. Sentences are read from the
left: "from a median of 10.5 to 2.5" names the statistic once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from casebook.quoting.around import Around, Known, Sentence
from casebook.quoting.clauses import clause, joined, sentences_in
from casebook.quoting.counting import count_of_all, counts_by, shares_of
from casebook.quoting.guesses import (
    UNKNOWN,
    Guess,
    chosen,
    everyone,
    gives,
    nothing,
    number_columns,
)
from casebook.quoting.medians import has_a_pair, is_such_a_pair
from casebook.quoting.names import Meaning, Sort
from casebook.quoting.numbers import numbers_in
from casebook.quoting.paired import coefficient_before, correlation_of, test_of
from casebook.quoting.reasons import reason
from casebook.quoting.words import words_in
from casebook.reading.papers import Passage
from casebook.study.model import Study

_ENDS = {"p25": "p75", "min": "max"}
_BESIDE_A_CENTRE = ("sd", *_ENDS, *_ENDS.values())
_SPREAD = re.compile(r"\s*(?:\(\s*SD\s*=?|\N{PLUS-MINUS SIGN})\s*(\d+(?:\.\d+)?)", re.I)
_AT_LEAST = ("over", "Over", "at least", "more than", ">", "≥")
_DIGITS_THAT_TELL = 2
_PLAIN = r"\d+(?:\.\d+)?"
_PAIR = 2
_NEAR = 50
"""How many characters on either side of a number are looked at."""


@dataclass(frozen=True)
class _Frame:
    """What the sentence has said so far: the statistic, and of what."""

    statistic: str = ""
    column: str = ""
    centre: str = ""
    counts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader(Known):
    """Guesses what the numbers of a paper's text are, for a study."""

    def of_passage(self, passage: Passage) -> Iterator[Guess]:
        """A guess for each number of a passage, and for what it says in some words."""
        for sentence in sentences_in(passage.text, self.written.language):
            yield from _guesses(Sentence(self, passage.place, sentence))


def _guesses(sentence: Sentence) -> list[Guess]:
    """What the numbers of a sentence and some of its words may be, in its order."""
    named = sentence.reader.names.named_in(sentence.text)
    visits = [each for each in named if each.meaning.sort == Sort.VISIT]
    numbers = [
        number
        for number in numbers_in(sentence.shown, sentence.reader.written)
        if not any(each.start <= number.start < each.end for each in visits)
    ]
    found: list[tuple[int, list[Guess]]] = []
    frame, before = _Frame(), 0
    for place, number in enumerate(numbers):
        after = numbers[place + 1].start if place + 1 < len(numbers) else None
        at = _At(sentence, named, number, sentence.text[before : number.start], after, frame)
        frame, guesses = at.guess()
        found.append((number.start, guesses))
        before = number.end
    for words in words_in(sentence.text, sentence.language):
        at = _At(sentence, named, words, "", None, _Frame())
        found.append((words.start, at.of_words()))
    return [guess for _, guesses in sorted(found, key=itemgetter(0)) for guess in guesses]


@dataclass(frozen=True)
class _At(Around):
    """A number with what was said so far."""

    frame: _Frame

    def guess(self) -> tuple[_Frame, list[Guess]]:
        number, is_p_value = self.number, self.language.before_p_value.search
        why = reason(number, self.sentence.text[max(0, number.start - _NEAR) : number.start])
        if why != UNKNOWN:
            return self.frame, [self._nothing(why)]
        if is_p_value(self.left) or is_p_value(self.left + number.printed[:1]):
            if self.sentence.sets_a_level:
                return self.frame, [self._nothing("a level that the authors set")]
            return self.frame, [self._of_p_value()]
        frame = self._with_statistic()
        if frame.statistic and not (
            number.is_percentage or self.language.after_count.match(self.right)
        ):
            return frame, self._statistics(frame)
        if (of_one := self._of_one_patient()) is not None:
            return self.frame, [self._chosen([of_one])]
        if number.kind == "share":
            return self.frame, [self._chosen(shares_of(self.study, self._counts()))]
        if number.is_percentage and self.frame.counts:
            return self.frame, [self._chosen(shares_of(self.study, self.frame.counts))]
        if number.is_whole:
            counts = self._counts()
            return replace(self.frame, counts=tuple(counts)), [self._chosen(counts)]
        if number.printed.startswith(_AT_LEAST) and (columns := self.by_unit()):
            whole = everyone(self.study)
            return self.frame, [self._chosen([f"min({each}) in {whole}" for each in columns])]
        return self.frame, [self._nothing(UNKNOWN)]

    def _of_one_patient(self) -> str | None:
        """A single value of an outcome: from 27 to 5, one of both by the other."""
        outcomes = self.nearest(Sort.OUTCOME)
        text, visits = self.sentence.text, list(self.study.visits)
        to, start, end = self.language.goes_to, self.number.start, self.number.end
        after = re.match(rf"\s+(?:{to})\s+({_PLAIN})\b", text[end : end + _NEAR])
        before = re.search(rf"\b({_PLAIN})\s+(?:{to})\s+$", text[max(0, start - _NEAR) : start])
        near = after or before
        if not outcomes or near is None or len(visits) < _PAIR:
            return None
        pair = [self.number.printed, near[1]] if after else [near[1], self.number.printed]
        name, whole = outcomes[0].name, everyone(self.study)
        if pair == [f"{end:g}" for end in self.study.outcomes[name].range]:
            return None
        first, last = (f"{name}_{visit}" for visit in (visits[0], visits[-1]))
        asked, given = (first, last) if after else (last, first)
        return f"value({asked}, {given} == {near[1]}) in {whole}"

    def of_words(self) -> list[Guess]:
        """What words may be that say something without a number."""
        match self.number.kind:
            case "decision" if self.sentence.sets_a_level:
                return []
            case "decision":
                test = self._of_test("significant")
                named = self.nearest(Sort.OUTCOME) or test.rests_on == "words and value"
                return [test if named else self._nothing(UNKNOWN)]
            case "everyone":
                return [self._chosen(shares_of(self.study, self._counts()))]
        return [self._nothing(UNKNOWN)]

    def _nothing(self, why: str) -> Guess:
        guess = nothing(self.sentence.place, self.words, self.number.printed, why)
        return replace(guess, shown=self.number.shown)

    def _chosen(self, readings: Sequence[str], printed: str = "") -> Guess:
        claimed = printed or self.number.printed
        guess = chosen(self.sentence.place, self.words, claimed, readings, self._value_of)
        return replace(guess, shown=self.number.shown)

    def _value_of(self, reading: str) -> float | None:
        return self.sentence.reader.value_of(reading)

    def _of_p_value(self) -> Guess:
        sign = coefficient_before(self.sentence.text[: self.number.start])
        if not sign:
            return self._of_test("p_value")
        columns = [each.meaning.name for each in self.named if each.meaning.sort == Sort.COLUMN]
        of = correlation_of(sign, columns)
        return self._chosen([f"p_value({of}) in {self.cohort}"] if of else [])

    def _of_test(self, name: str) -> Guess:
        outcomes = self.nearest(Sort.OUTCOME) or [
            Meaning(Sort.OUTCOME, name) for name in self.study.outcomes
        ]
        readings = [
            test_of(self.study, name, each.name, self.cohort, self.left) for each in outcomes
        ]
        return self._chosen(readings)

    def _with_statistic(self) -> _Frame:
        """What is said when this number is reached."""
        found = list(self.language.statistic.finditer(self.left))
        said = str(found[-1].lastgroup) if found else ""
        said = said or self._said_by_the_paper()
        beside = self.language.beside.match(self.sentence.text, self.number.end)
        follows = self.language.second.search(self.left) or (
            beside and self.language.before_second.search(self.left)
        )
        if not said and follows and self.frame.statistic in _ENDS and ")" not in self.left:
            said = _ENDS[self.frame.statistic]
        elif not said and not follows:
            return replace(self.frame, statistic="")
        statistic = said or self.frame.centre or self.frame.statistic
        # "10.5 (IQR 7.8-12.2)" is of the column and the visit of the number before.
        if statistic in _BESIDE_A_CENTRE and self.frame.column:
            return replace(self.frame, statistic=statistic)
        named = self._column()
        column = _column_at(
            self.study,
            named,
            self._visit(named, follows=not said),
            is_change=self.language.says(self.language.change, self.left),
        )
        return _Frame(statistic, column, centre=statistic)

    def _said_by_the_paper(self) -> str:
        """The statistic that a number is by what the paper says of all."""
        after = self.sentence.text[self.number.end :]
        if not self.sentence.reader.medians:
            return ""
        if is_such_a_pair(self.left, self.number.printed) and self.frame.centre == "median":
            return "p25"
        follows = self.language.second.search(self.left)
        return "median" if not follows and has_a_pair(after, self.language) else ""

    def _column(self) -> str:
        """The column that a statistic is of; nothing if none is named."""
        found = self.nearest(Sort.OUTCOME, Sort.COLUMN)
        by_unit = self.by_unit()
        just_before = self.named_just_before()
        if just_before and not self.study.unit(just_before):
            return just_before
        named = [each.name for each in found if not by_unit or each.name in by_unit]
        return next(iter([*named, *(by_unit if len(by_unit) == 1 else ())]), "")

    def _visit(self, column: str, *, follows: bool) -> str:
        """The visit that an outcome is of; of the second of two numbers its last one."""
        outcome = self.study.outcomes.get(column)
        visits = [each for each in self.study.visits if not outcome or each in outcome.visits]
        if follows and len(visits) > 1:
            return visits[-1]
        if self.language.says(self.language.starts, self.left):
            return visits[0]
        near = self.nearest(Sort.VISIT)
        return near[0].name if near else visits[0]

    def _statistics(self, frame: _Frame) -> list[Guess]:
        """The guess of a statistic, or of both ends of a range."""
        ends = re.split(r"(?<=\d)\s?[\N{EN DASH}-]\s?(?=\d)", self.number.printed)
        if len(ends) > 1 and frame.statistic in _ENDS:
            names = (frame.statistic, _ENDS[frame.statistic])
            pairs = zip(names, ends, strict=False)
            return [self._statistic(replace(frame, statistic=n), end) for n, end in pairs]
        return [self._statistic(frame, self.number.printed)]

    def _statistic(self, frame: _Frame, printed: str) -> Guess:
        cohort = self.cohort
        if frame.column:
            return self._chosen([f"{frame.statistic}({frame.column}) in {cohort}"], printed)
        spread = _SPREAD.match(self.sentence.text[self.number.end :])
        fitting = [
            each
            for each in number_columns(self.study)
            if self._fits(f"{frame.statistic}({each}) in {cohort}", printed)
            and (spread is None or self._fits(f"sd({each}) in {cohort}", spread[1]))
        ]
        # A number of one digit fits too much to say anything.
        if len(fitting) != 1 or sum(map(str.isdigit, printed)) < _DIGITS_THAT_TELL:
            return self._nothing(UNKNOWN)
        reading = f"{frame.statistic}({fitting[0]}) in {cohort}"
        shown = self.number.shown
        return Guess(self.sentence.place, self.words, printed, reading, "value", shown=shown)

    def _fits(self, reading: str, printed: str) -> bool:
        return gives(self._value_of(reading), printed)

    def _counts(self) -> list[str]:
        """What patients are counted by."""
        whole = f"n(patient) in {everyone(self.study)}"
        if self.sentence.is_of_all and self._fits(whole, self.number.printed):
            return [whole]
        of_clause = clause(self.sentence.text[self.number.end :], self.language)
        end = self.number.end + len(of_clause)
        sorts = (Sort.COHORT, Sort.LEVEL, Sort.CONDITION)
        after = [
            each
            for each in self.named
            if each.meaning.sort in sorts and self.number.end <= each.start and each.end <= end
        ]
        before = [
            each.meaning
            for each in self.named
            if each.meaning.sort == Sort.COHORT and each.end <= self.number.start
        ]
        if before and self.language.before_size.search(self.left):
            return [f"n(patient) in {before[-1].name}"]
        if not after and (had := self.had_by()):
            return [f"count({had}) in {everyone(self.study)}"]
        if not after:
            is_whole = self.language.after_count.match(self.right) and self._fits(
                whole, self.number.printed
            )
            return [whole] if is_whole else []
        places = list(joined(self.sentence.text, after))
        options = [self._ordered(m.meaning for m in after if m.start == at) for at in places]
        between = self.sentence.text[self.number.end : places[0]]
        ceased = self.language.says(self.language.ceased, between)
        if ceased and self.language.says(self.language.cause, between):
            return []
        if len(options) == 1:
            return counts_by(self.study, options[0], ceased=ceased)
        return [count_of_all(self.study, [meanings[0] for meanings in options])]

    def _ordered(self, meanings: Iterable[Meaning]) -> list[Meaning]:
        """Those first for which the words of the sentence speak."""
        said = self.sentence.said
        visits = {meaning.name for meaning in self.nearest(Sort.VISIT)}

        def speaks(meaning: Meaning) -> tuple[bool, int, bool]:
            of = self.study.variables.get(meaning.of)
            label = self.sentence.reader.names.words_of(of.label) if of else frozenset()
            is_cohort = meaning.sort == Sort.COHORT
            return not is_cohort, -len(label & said), meaning.of not in visits

        return sorted(meanings, key=speaks)


def _column_at(study: Study, column: str, visit: str, *, is_change: bool) -> str:
    """A column, of an outcome at the visit or as its change."""
    if column not in study.outcomes:
        return column
    return f"{column}_change" if is_change else f"{column}_{visit}"
