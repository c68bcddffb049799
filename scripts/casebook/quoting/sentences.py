"""What the numbers of a sentence correspond to, by the words around each.

A number is a p-value, a statistic of a column, or a count of patients. Sentences are read from the
left: "from a median of 10.5 to 2.5" names the statistic once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from casebook.claims.intervals import ends_of
from casebook.quoting.attributed import is_of_an_unknown, is_of_others
from casebook.quoting.carried import by_value_alone
from casebook.quoting.clauses import sentences_in
from casebook.quoting.context import Known, Sentence
from casebook.quoting.counting import counts_of, counts_of_all, shares_of, universal
from casebook.quoting.goingon import Frame
from casebook.quoting.grouped import all_of_a_group, in_a_group, of_a_group, of_those_told
from casebook.quoting.guesses import (
    UNKNOWN,
    Guess,
    chosen,
    everyone,
    has_telling_digits,
    nothing,
    number_columns,
)
from casebook.quoting.individual import Individual
from casebook.quoting.intervals import OF_A_LEVEL, Interval, intervals_in
from casebook.quoting.meanings import Meaning, Sort
from casebook.quoting.measured import ENDS
from casebook.quoting.moves import changes_in_percent, mean_moved
from casebook.quoting.numbers import ends_of_range, numbers_in
from casebook.quoting.reasons import (
    IN_A_NAME,
    OF_ANOTHER_STUDY,
    is_of_another_study,
    likely_reason,
    reason,
    tells_no_results,
)
from casebook.quoting.single import names_patient
from casebook.quoting.turned import as_taken
from casebook.quoting.words import words_in
from casebook.reading.papers import Passage

_SPREAD = re.compile(r"\s*(?:\(\s*SD\s*=?|\N{PLUS-MINUS SIGN})\s*(\d+(?:\.\d+)?)", re.I)
_SPREADS = ("sd(", "iqr(", "p25(", "p75(", "min(", "max(")
"""How a reading begins that is of no estimate of which an interval is printed."""
_AT_LEAST = ("over", "Over", "at least", "more than", ">", "≥")
_PLAIN = r"\d+(?:\.\d+)?"
_NEAR = 50
"""How many characters on either side of a number are looked at."""


@dataclass(frozen=True)
class Reader(Known):
    """Guesses what the numbers of a paper's text are, for a study."""

    def of_passage(self, passage: Passage, topic: Meaning | None = None) -> Iterator[Sentence]:
        """The sentences of a passage.

        Args:
            passage: The passage.
            topic: What the passage before it was of, if both are under one heading.
        """
        is_carried, patient, cohort = topic is not None, "", ""
        groups: Sequence[Meaning] = ()
        for text in sentences_in(passage.text, self.written.language):
            sentence = Sentence(
                self, passage.place, text, topic, is_carried, patient, groups, cohort
            )
            yield sentence
            is_carried = is_carried and sentence.own_topic is None
            topic, patient = sentence.next_topic, sentence.patient
            groups, cohort = sentence.groups, sentence.cohort


def guesses_in(sentence: Sentence) -> list[Guess]:
    """A guess for each number of a sentence, and for what it says in some words, in its order."""
    found = _guesses(sentence)
    if not sentence.is_carried or sentence.topic is None or sentence.own_topic:
        return found
    return by_value_alone(found, sentence.topic)


def _guesses(sentence: Sentence) -> list[Guess]:
    """What the numbers of a sentence and some of its words may be."""
    visits = [each for each in sentence.named if each.meaning.sort == Sort.VISIT]
    numbers = [
        number
        for number in numbers_in(sentence.shown, sentence.reader.written)
        if not any(each.start <= number.start < each.end for each in visits)
    ]
    found: list[tuple[int, list[Guess]]] = []
    intervals = intervals_in(sentence.text, sentence.language)
    frame, before, estimate = Frame(), 0, None
    for place, number in enumerate(numbers):
        after = numbers[place + 1].start if place + 1 < len(numbers) else None
        at = _At(sentence, number, sentence.text[before : number.start], after, frame)
        within = next((each for each in intervals if each.holds(number.start)), None)
        # A row of a table without words says nothing of its numbers.
        if not sentence.has_words:
            guesses = [at.unplaced()]
        elif within:
            guesses = at.of_interval(within, estimate)
        else:
            frame, guesses = at.guess()
            is_beside = at.is_beside_an_estimate or guesses[-1].reading.startswith(_SPREADS)
            estimate = estimate if is_beside else guesses[-1]
        found.append((number.start, [replace(each, spot=at.spot) for each in guesses]))
        before = number.end
    for words in words_in(sentence.text, sentence.language):
        at = _At(sentence, words, "", None, Frame())
        found.append((words.start, at.of_words()))
    return [guess for _, guesses in sorted(found, key=itemgetter(0)) for guess in guesses]


class _At(Individual):
    """A number with what was said so far."""

    def guess(self) -> tuple[Frame, list[Guess]]:
        """What the number is, and what the sentence has said with it."""
        if why := self._why_none():
            return self.frame, [self._nothing(why)]
        if self.is_p_value:
            return replace(self.frame, told=()), [self._chosen(self.of_p_value())]
        if self.number.is_coefficient and (method := self.method):
            return self.frame, [self._chosen(self.correlations("{}", method))]
        if (
            found := self.of_one_patient()
            or self.pairs_correlated()
            or self.apart()
            or self.of_those_told()
        ):
            return self.frame, [self._chosen(found)]
        if self.lacks_a_name or self.is_more_than_all:
            return self.frame, [self.unplaced()]
        frame = self.of_fitting_column(self.with_statistic())
        is_share = self.number.is_percentage and not frame.is_in_percent
        is_counted = is_share or self.language.after_count.match(self.right)
        if frame.statistic and not (is_counted or self.is_mean_of_percentages):
            return frame, self._statistics(frame)
        if moved := self.moved_by():
            return self.frame, [self._chosen(moved)]
        if self.is_mean_of_percentages or self.is_mean_change_in_percent:
            return self._change_in_percent()
        if pair := self.one_of_a_pair():
            return self.frame, [self._chosen(pair)]
        if compared := self.of_compared():
            guess = self._chosen(compared)
            column = guess.reading.partition("(")[2].rpartition(") in ")[0]
            return replace(self.frame, column=column), [guess]
        if self.number.is_whole or self.is_share:
            return self._counted()
        if self.number.printed.startswith(_AT_LEAST):
            least = (f"min({each}) in {everyone(self.study)}" for each in self.by_unit())
            return self.frame, [self._chosen(list(filter(self.fits_here, least)))]
        return replace(self.frame, spread=""), [self._nothing(UNKNOWN)]

    @property
    def is_beside_an_estimate(self) -> bool:
        """Whether it is none of which an interval is printed: a p-value, or of how many it is."""
        return self.is_p_value or self.is_whole_of_part

    def of_interval(self, interval: Interval, estimate: Guess | None) -> list[Guess]:
        """What a number of a confidence interval is, by the estimate that stands before it."""
        ends = interval.ends_from(self.number.start, self.number.end)
        if not ends:
            return [self._nothing(OF_A_LEVEL)]
        printed = ends_of_range(self.number.printed)
        if len(printed) != len(ends):
            return [self.unplaced()]
        return [
            self._chosen(self._ends_of(estimate, end) if estimate else [], each)
            for each, end in zip(printed, ends, strict=True)
        ]

    def _ends_of(self, estimate: Guess, end: str) -> list[str]:
        """The readings of an end, which is called as it is printed, whatever is subtracted."""
        value = self.value_of(estimate.reading)
        readings = (estimate.reading, *estimate.otherwise)
        found = [each for reading in readings for each in ends_of(self.study, reading, end)]
        return [each for each in found if value is None or self.value_of(each) is not None]

    def _why_none(self) -> str:
        """Why the number is no result; nothing if it may be one."""
        start = self.number.start
        before = self.sentence.text[max(0, start - _NEAR) : start]
        why = reason(self.number, before, self.right, self.language)
        if why != UNKNOWN:
            return why
        sentence = self.sentence
        if is_of_another_study(sentence.place, sentence.text, self.number, self.language):
            return OF_ANOTHER_STUDY
        if names_patient(self.sentence.text, start, self.number.end, self.language):
            return "the name of a patient"
        if self.is_denied:
            return "a change that was not seen"
        moves = (each for each in self.named if each.meaning.sort == Sort.MOVE)
        if any(each.start <= start < each.end for each in moves):
            return "a threshold"
        if within := [each for each in self.named if each.start < start < each.end]:
            return "the limit of a group" if within[0].meaning.sort == Sort.COHORT else IN_A_NAME
        is_level = self.is_p_value and self.sentence.sets_a_level
        return "a level that the authors set" if is_level else ""

    def _change_in_percent(self) -> tuple[Frame, list[Guess]]:
        """The mean or median of the patients' changes in percent, or its own.

        It is first its own where this is said to have moved, but has no spread.
        """
        statistic = str([*self.language.statistic.finditer(self.left)][-1].lastgroup)
        visits = self.behind(Sort.VISIT) or self.nearest(Sort.VISIT)
        visit = visits[0].name if visits else ""
        ways = [
            (f"{statistic}({of_each}) in {self.cohort}", form.format(statistic, self.cohort))
            for each in self.nearest(Sort.OUTCOME)[:1]
            for of_each, form in changes_in_percent(
                self.study, each.name, visit, self.before, self.language
            )
        ]
        if self.has_spread:
            guess = self._chosen([of_each for of_each, _ in ways])
            column = guess.reading.removeprefix(f"{statistic}(").rpartition(") in ")[0]
            return Frame(statistic, column if ways else "", statistic), [guess]
        order = -1 if mean_moved(self.left, self.language) else 1
        guess = self._chosen([each for way in ways for each in way[::order]])
        if self.goes_on:
            return Frame(statistic, "", statistic), [guess]
        of_each = [each for each, _ in ways if guess.reading == each] or [each for each, _ in ways][
            :1
        ]
        column = of_each[0].removeprefix(f"{statistic}(").rpartition(") in ")[0] if of_each else ""
        return Frame(statistic, column, statistic), [guess]

    def _counted(self) -> tuple[Frame, list[Guess]]:
        """A count or a share of patients; in brackets that of what was counted before them."""
        is_within = "(" in self.left.rpartition(")")[2] or not re.search(r"\w", self.left)
        is_share = self.is_share
        said = self.frame.counts if is_within and (is_share or self.is_part) else ()
        group = of_a_group(self, self.frame.told) or of_those_told(self, self.frame.told)
        counts = list(said) or group or all_of_a_group(self, self.frame.told) or self._every_count()
        if is_of_an_unknown(self, self.frame.told):
            counts = []
        if is_share:
            counts = counts or list(self.frame.counts)
            # A share in brackets is that of what was counted before it, and of nothing behind it.
            told = self.frame.told if is_within else tuple(counts)
            frame = replace(self.frame, counts=() if is_within else tuple(counts), told=told)
            return frame, [self._chosen(shares_of(self.study, counts))]
        guess = self._chosen(counts)
        # What the number gives is what its share is of, though this be a misprint.
        counts.sort(key=lambda each: each != guess.reading)
        if self.is_whole_of_part:
            frame = self.frame
        else:
            within = in_a_group(self, self.frame.told)
            of_all = self.frame.told if group else (*counts, *within)
            frame = replace(self.frame, counts=tuple(counts), told=of_all)
        if self.number.is_nobody:
            return frame, [self._chosen(self._of_nobody(counts))]
        # Who "the other three" are is not said by the words around them.
        is_by_value = is_of_others(self) and guess.rests_on == "words and value"
        return frame, [replace(guess, rests_on="value") if is_by_value else guess]

    def _of_nobody(self, counts: Sequence[str]) -> list[str]:
        """That something is so of nobody; where that is not known of all, that it is of none."""
        never = universal(self.study, "never", counts)
        is_known = any(self.value_of(each) is not None for each in never)
        return never if is_known or not any(map(self.fits_here, counts)) else list(counts)

    def _every_count(self) -> list[str]:
        """Each count that it may be: within a group that is named where no other gives it."""
        counts = counts_of(self, self.fits_here)
        if not counts or any(map(self.fits_here, counts)):
            return counts
        return [*counts, *in_a_group(self, self.frame.told)]

    def of_words(self) -> list[Guess]:
        """What words may be that say something without a number."""
        match self.number.kind:
            case "decision" if self.sentence.sets_a_level:
                return []
            case "decision":
                return [self._chosen(self.of_test("significant"))]
            case "everyone":
                return [self._chosen(universal(self.study, "always", counts_of_all(self)))]
        return [self._nothing(UNKNOWN)]

    def unplaced(self) -> Guess:
        """The number, of which nothing is known."""
        return self._nothing(UNKNOWN)

    def _nothing(self, why: str) -> Guess:
        if why == UNKNOWN and self.number.kind == "number":
            sentence = self.sentence
            why = likely_reason(sentence.place, sentence.text, self.number, self.language)
            if why == UNKNOWN and (self.is_a_grade or self.is_a_limit):
                why = IN_A_NAME if self.is_a_grade else "a threshold"
        guess = nothing(self.sentence.place, self.words, self.number.printed, why)
        return replace(guess, shown=self.number.shown)

    def _chosen(self, readings: Sequence[str], printed: str = "") -> Guess:
        if not readings:
            return self.unplaced()
        claimed = printed or self.number.printed
        guess = chosen(self.sentence.place, self.words, claimed, readings, self.value_of)
        guess = as_taken(self.study, guess, self.value_of)
        # An introduction tells of others, and methods of limits, unless the study gives a number.
        if guess.rests_on == "words" and tells_no_results(self.sentence.place, guess.reading):
            return self.unplaced()
        return replace(guess, shown=self.number.shown)

    def _statistics(self, frame: Frame) -> list[Guess]:
        """The guess of a statistic, or of both ends of a range."""
        ends = ends_of_range(self.number.printed)
        if len(ends) == 1 and frame.statistic == "p25" and self._is_width():
            return [self._statistic(replace(frame, statistic="iqr"), self.number.printed)]
        if len(ends) > 1 and frame.statistic in ENDS:
            names = (frame.statistic, ENDS[frame.statistic])
            pairs = zip(names, ends, strict=False)
            return [self._statistic(replace(frame, statistic=n), end) for n, end in pairs]
        return [self._statistic(frame, self.number.printed)]

    def _is_width(self) -> bool:
        """Whether one number stands for both quartiles, as their distance: (IQR 4.5)."""
        named = self.language.statistic.search(self.left)
        closed = re.match(r"\s*[^\W\d_]*\s*[)\]]", self.sentence.text[self.number.end :])
        return bool(named and closed)

    def _statistic(self, frame: Frame, printed: str) -> Guess:
        cohort = self.cohort
        cohorts = (
            [self.sentence.cohort or cohort, cohort] if cohort == everyone(self.study) else [cohort]
        )
        if frame.column:
            columns = [f"{frame.column}, {each}" for each in self.conditions]
            columns = columns or [frame.column, *self.of_those_with_both(frame.column)]
            readings = [f"{frame.statistic}({c}) in {of}" for of in cohorts for c in columns]
            guess = self._chosen(readings, printed)
            return replace(guess, rests_on="value") if frame.is_by_value else guess
        spread = _SPREAD.match(self.sentence.text[self.number.end :])
        fitting = [
            each
            for each in number_columns(self.study)
            if self.fits(f"{frame.statistic}({each}) in {cohort}", printed)
            and (spread is None or self.fits(f"sd({each}) in {cohort}", spread[1]))
        ]
        # A number of one digit fits too much to say anything.
        if len(fitting) != 1 or not has_telling_digits(printed):
            return self._nothing(UNKNOWN)
        reading = f"{frame.statistic}({fitting[0]}) in {cohort}"
        shown = self.number.shown
        return Guess(self.sentence.place, self.words, printed, reading, "value", shown=shown)
