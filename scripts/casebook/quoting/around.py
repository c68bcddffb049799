"""A number in its sentence, and what is named around it: the ground on which readings are guessed.

What follows from it for the number is for `sentences`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.base.printed import read_printed
from casebook.quoting.context import Sentence, without_brackets
from casebook.quoting.guesses import Spot, everyone, number_columns
from casebook.quoting.languages import Language
from casebook.quoting.meanings import Meaning, Named, Sort
from casebook.quoting.numbers import Number
from casebook.quoting.respective import behind_the_last, given_to, in_a_pair
from casebook.study.model import Study

_UNIT_WITHIN = 40
"""How many characters behind a number its unit is looked for."""
_MOST_GRADES = 6
_NUMBER_WITHIN = 40
"""How many characters the number before one has at most."""


@dataclass(frozen=True)
class Around:
    """A number in its sentence: what is named there, and the text since the number before it."""

    sentence: Sentence
    number: Number
    left: str
    next_start: int | None

    @property
    def named(self) -> Sequence[Named]:
        """What the sentence names."""
        return self.sentence.named

    @property
    def study(self) -> Study:
        """The study that the number may be of."""
        return self.sentence.reader.study

    @property
    def is_part(self) -> bool:
        """Whether the number of all those whom it is a part of follows, as in 3 of 10 and 3/10."""
        return self.whole_start is not None

    @property
    def whole_start(self) -> int | None:
        """Where that number begins, if it follows."""
        text, found = self.sentence.text, None
        if not self.number.is_percentage:
            found = self.language.part_of.match(text, self.number.end)
        return found.end() if found and self.language.number.match(text, found.end()) else None

    @property
    def is_whole_of_part(self) -> bool:
        """Whether it is that number."""
        is_first = len(self.left) == self.number.start
        return (
            not (is_first or self.number.is_percentage)
            and self.language.part_of.fullmatch(self.left) is not None
        )

    @property
    def is_more_than_all(self) -> bool:
        """Whether it is a part of fewer, as in five of two, or their number."""
        if not (self.is_part or self.is_whole_of_part):
            return False
        text, start = self.sentence.text, self.number.start
        behind = start - len(self.left)
        near = text[max(0, behind - _NUMBER_WITHIN) : behind]
        numbers = (each[0] for each in self.language.number.finditer(near))
        before = [each for each in numbers if not each.endswith("%")][-1:]
        after = self.language.number.match(text, self.whole_start or len(text))
        part = self.number.printed if self.is_part else "".join(before)
        whole = (after[0] if after else "") if self.is_part else self.number.printed
        first, second = read_printed(part.strip()), read_printed(whole.strip())
        return bool(first and second and first.low > second.high)

    @property
    def is_denied(self) -> bool:
        """Whether it is by how much an outcome did not change: did not fall by 10%."""
        moved = self.language.by_how_much.search(self.left)
        denied = rf"\b(?:{self.language.denies})\s+$"
        return bool(moved and re.search(denied, self.left[: moved.start()], re.IGNORECASE))

    @property
    def is_a_grade(self) -> bool:
        """Whether it is the grade of an outcome that stands before it: IGA 0, an IGA of 3 and 4."""
        of = rf"\s*(?:=\s*|(?:{self.language.consists})\s+)?"
        listed = rf"(?:\d\s*(?:,|\b(?:{self.language.versus})\b)\s*)*"
        text, start = self.sentence.text, self.number.start
        return re.fullmatch(r"\d", self.number.printed) is not None and any(
            each.meaning.sort == Sort.OUTCOME
            and each.end <= start
            and self._is_graded(each.meaning.name)
            and re.fullmatch(of + listed, text[each.end : start], re.IGNORECASE)
            for each in self.named
        )

    def _is_graded(self, outcome: str) -> bool:
        """Whether an outcome has so few values, and no unit, that each is a grade."""
        of = self.study.outcomes[outcome]
        return not of.unit and of.range[1] - of.range[0] <= _MOST_GRADES

    @property
    def is_a_limit(self) -> bool:
        """Whether it is a limit of values: was 5 or less."""
        or_so = rf"\s+(?:{self.language.or_less}|{self.language.or_more})\b"
        return re.match(or_so, self.right, re.IGNORECASE) is not None

    @property
    def is_share(self) -> bool:
        """Whether it is a share of patients, as more than 80% of our patients is one too."""
        of_these, patients = self.language.of_these, self.language.patients
        whose = rf"\s*(?:{of_these})\s+(?:[^\W\d]+\s+){{0,2}}?(?:{patients})\b"
        is_of_them = re.match(whose, self.right, re.IGNORECASE)
        return self.number.is_share or (self.number.is_percentage and is_of_them is not None)

    @property
    def has_spread(self) -> bool:
        """Whether its spread follows: (IQR 20-60), ± 5."""
        text, end, language = self.sentence.text, self.number.end, self.language
        return bool(language.beside.match(text, end) or language.centre_before.match(text, end))

    @property
    def leaves_out(self) -> bool:
        """Whether it is the number of those of whom something is not so: all but two."""
        return self._exceptions_start is not None

    @property
    def of_whom_all_but(self) -> str:
        """The cohort of whom it leaves out some: all patients with long disease but one."""
        start = self._exceptions_start
        said = self.language.before_left_out.search(self.sentence.text, 0, start or 0)
        low, high = said.span("group") if said else (0, 0)
        cohorts = (e for e in self.named if e.meaning.sort == Sort.COHORT)
        return next((e.meaning.name for e in cohorts if low <= e.start and e.end <= high), "")

    @property
    def is_a_further_group(self) -> bool:
        """Whether it is that of a later group of those: all but three men and two women."""
        return self._exceptions_start not in (None, self.number.start)

    @cached_property
    def _exceptions_start(self) -> int | None:
        """Where the number begins of those who are left out first: all but three men and two."""
        if self.language.before_left_out.search(self.left):
            return self.number.start
        text, stop = self.sentence.text, self.number.start
        first = next(iter([*self.language.left_out.finditer(text, 0, stop)][-1:]), None)
        place = first.end() if first else stop
        while group := self.language.of_a_group.match(text, place, stop):
            if not self.is_a_name(*group.span("who")):
                return None
            place = group.end()
        return first.end() if first and place == stop else None

    def is_a_name(self, start: int, end: int) -> bool:
        """Whether what stands between two places is a name and nothing else but who has it."""
        text = self.sentence.text
        return any(
            start <= each.start
            and each.end == end
            and (each.start == start or self.language.who_have.fullmatch(text, start, each.start))
            for each in self.named
        )

    @property
    def has_exceptions(self) -> bool:
        """Whether it is said of everyone or nobody, and not so of some: none of them but two."""
        is_of_all = self.number.is_nobody or self.number.kind == "everyone"
        text = self.sentence.text
        return is_of_all and self.language.exceptions.match(text, self.number.end) is not None

    @property
    def before(self) -> str:
        """The text before the number, without brackets."""
        return without_brackets(self.sentence.text[: self.number.start])

    @property
    def goes_on(self) -> bool:
        """Whether a second number follows to which something went, as in: 65 (39-85) to 32."""
        rest = without_brackets(self.sentence.text[self.number.end :])
        rest = re.sub(r"^\s*(?:±|\+/[-\N{MINUS SIGN}])\s*[\d.,·]*\d", "", rest)
        to = rf"\s*(?:[^\W\d]+\s+)?(?:{self.language.goes_to})\b"
        return re.match(to, rest, re.IGNORECASE) is not None

    @property
    def right(self) -> str:
        """The text up to the next number."""
        return self.sentence.text[self.number.end : self.next_start]

    @property
    def words(self) -> str:
        """Some words on either side."""
        return self.spot.words_to(self.spot)

    @property
    def spot(self) -> Spot:
        """Where the number stands."""
        sentence, number = self.sentence, self.number
        return Spot(sentence.text, sentence.shown, number.start, number.end, self.language)

    @property
    def language(self) -> Language:
        """The language of the sentence."""
        return self.sentence.language

    def nearest(self, *sorts: Sort) -> list[Meaning]:
        """What is named nearest before the number, or else first after it, or is the topic."""
        of_sort = [each for each in self.named if each.meaning.sort in sorts]
        if not of_sort and self.sentence.goes_on_with_its_topic:
            return self.sentence.topics(*sorts)
        before = [each for each in of_sort if each.end <= self.number.start]
        place = before[-1] if before else of_sort[0] if of_sort else None
        return [each.meaning for each in of_sort if place and each.start == place.start]

    @property
    def cohort(self) -> str:
        """The cohort that is named last before the number, or one that the sentence is of.

        A cohort that is told by the names of two, as in classic and amyopathic, is of the sentence.
        """
        if respective := self.respective(Sort.COHORT):
            return respective
        together = self.sentence.together
        named = [each for each in self.named if each.meaning.sort == Sort.COHORT]
        # "Eleven patients (6 men) with a mean age" are not men.
        plain = self.before
        before = [
            each.meaning
            for each in named
            if each.end <= self.number.start and plain[each.start].strip()
        ]
        single = {each.meaning for each in named}
        whole = [meaning for meaning in together[:1] if meaning not in single]
        found = [*whole, *self.behind(Sort.COHORT), *reversed(before)]
        return found[0].name if found else everyone(self.study)

    def respective(self, sort: Sort) -> str:
        """The name that is the number's alone: 46 and 43 in men and women, respectively."""
        given = self.given_to(sort)
        if given is None and sort == Sort.COHORT:
            text, start, end = self.sentence.text, self.number.start, self.number.end
            given = in_a_pair(text, start, end, self.named, self.language)
        return given[0].name if given else ""

    @property
    def lacks_a_name(self) -> bool:
        """Whether "respectively" gives numbers to names of which there are not as many."""
        return any(self.given_to(sort) == [] for sort in (Sort.COHORT, Sort.VISIT))

    def given_to(self, *sorts: Sort) -> list[Meaning] | None:
        """What it is given to by "respectively"; see `respective.given_to`."""
        start = self.number.start
        return given_to(self.sentence.text, start, self.named, sorts, self.language)

    @property
    def conditions(self) -> list[str]:
        """What is true of those alone whom "respectively" gives it to, if these are no cohort."""
        if self.respective(Sort.COHORT) or self.respective(Sort.VISIT):
            return []
        return [each.name for each in self.given_to(Sort.LEVEL, Sort.CONDITION) or ()]

    @property
    def has_a_unit(self) -> bool:
        """Whether a unit follows the last of the numbers that "respectively" gives to names."""
        start, language = self.number.start, self.language
        rest = behind_the_last(self.sentence.text, start, self.named, language).lstrip()
        of_columns = {self.study.unit(name) for name in number_columns(self.study)}
        own = {*of_columns, *(outcome.unit for outcome in self.study.outcomes.values())}
        units = "|".join(sorted(language.unit(unit) for unit in own if unit))
        is_own = units and re.match(rf"(?:{units})(?!\w)", rest)
        is_share = rest.startswith("%") and not self.number.is_percentage
        return bool(is_own or is_share or language.joined.match(rest))

    def counted_behind(self) -> str:
        """The set whose members are counted by the number, as in: a mean of 2.6 prior drugs."""
        end = self.number.end
        return next(
            (
                each.meaning.name
                for each in self.named
                if each.meaning.sort == Sort.SET
                and each.start >= end
                and not self.sentence.text[end : each.start].strip()
            ),
            "",
        )

    def behind(self, sort: Sort) -> list[Meaning]:
        """What is named in the rest of its phrase: 32 (16-45) after 3 months; 54 in eczema."""
        start = self.number.end
        rest = without_brackets(self.sentence.text[start:])
        end = self.language.phrase_end.search(rest)
        stop = start + (end.start() if end else len(rest))
        found = [
            each
            for each in self.named
            if each.meaning.sort == sort and start <= each.start and each.end <= stop
        ]
        # In "after 3 months" the number of months tells more than the word before it.
        return [each.meaning for each in sorted(found, key=lambda each: -each.words)]

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

    def columns_beside(self) -> list[str]:
        """What it may be of by the name beside it or its unit, of an outcome at each visit.

        A name stands directly behind it or since the number before: in "14 stools per day, an
        mPDAI of 5" the stools are the 14, and not the 5.
        """
        start, end = self.number.start, self.number.end
        measured = [each for each in self.named if each.meaning.sort in (Sort.OUTCOME, Sort.COLUMN)]
        text, since = self.sentence.text, start - len(self.left)
        behind = [
            each for each in measured if each.start > end and text[end : each.start].isspace()
        ]
        before = [each for each in measured if since <= each.start and each.end <= start]
        named = [each.meaning for each in (*behind[:1], *before[-1:])][:1]
        of_outcome = [
            f"{each.name}_{visit}"
            for each in named
            if each.sort == Sort.OUTCOME
            for visit in self.study.visits_of(each.name)
        ]
        columns = [each.name for each in named if each.sort == Sort.COLUMN]
        return list(dict.fromkeys([*columns, *of_outcome, *self.by_unit()]))

    def by_unit(self) -> list[str]:
        """The columns in the unit that follows the number."""
        return self._in_unit({n: self.study.unit(n) or "" for n in number_columns(self.study)})

    def outcomes_by_unit(self) -> list[str]:
        """The outcomes in the unit that follows the number."""
        return self._in_unit({name: of.unit or "" for name, of in self.study.outcomes.items()})

    def _in_unit(self, units: Mapping[str, str]) -> list[str]:
        between = (
            rf"(?:{self.language.goes_to}|{self.language.against})(?=\s)|\N{{PLUS-MINUS SIGN}}"
        )
        second = rf"^(?:\s*(?:{between})\s*\d[\d.]*)+"
        rest = re.sub(second, "", self.sentence.text[self.number.end :][:_UNIT_WITHIN])
        return [
            name
            for name, unit in units.items()
            if unit and re.match(rf"\s*-?(?:{self.language.unit(unit)})\b", rest)
        ]

    def had_by(self) -> list[Meaning]:
        """What the number says of how many had or did it: acne in four, acne (n = 4)."""
        sorts = (Sort.LEVEL, Sort.CONDITION, Sort.COHORT, Sort.MOVE, Sort.SET)
        start = self.number.start if self._exceptions_start is None else self._exceptions_start
        before = [
            each
            for each in self.named
            if each.meaning.sort in sorts
            and each.end <= start
            # "Headache was the most common adverse event" is of headache.
            and not (each.meaning.sort == Sort.SET and self._is_of_the_most(each.start))
            # Everyone, as in "tous", is nothing that somebody had. Without a table, no cohort is.
            and (
                each.meaning.sort != Sort.COHORT
                or self.study.cohorts[each.meaning.name].select
                or not self.study.source.has_table
            )
        ]
        text, near = self.sentence.text, max((each.end for each in before), default=None)
        between = text[near:start]
        # "Dizziness (20%)": a share in brackets is of what stands directly before them.
        # So is one of "headache was the most common (25%)".
        most = rf"(?:\s+(?:{self.language.most_often})(?:\s+[^\W\d]+){{0,3}})?\s*\(\s*"
        is_share = self.number.is_percentage and re.fullmatch(most, between, re.IGNORECASE)
        if near is None or not (is_share or self.language.before_who.fullmatch(between)):
            return []
        return [each.meaning for each in before if each.end == near]

    def _is_of_the_most(self, place: int) -> bool:
        """Whether a name at a place is that of which something was the most common."""
        most = rf"\b(?:{self.language.most_often})\s+$"
        return re.search(most, self.sentence.text[:place], re.IGNORECASE) is not None
