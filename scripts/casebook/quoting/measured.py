"""The statistic that a number is, and the column and visit that it is of.

What is said before stays said: "from a median of 10.5 (IQR 7.8-12.2) to 2.5" names the statistic
once. How a reading is made of it is for `sentences`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebook.quoting.goingon import Frame, GoingOn
from casebook.quoting.guesses import gives, has_telling_digits, is_bound, number_columns
from casebook.quoting.meanings import Sort
from casebook.quoting.medians import has_a_pair, is_such_a_pair

ENDS = {"p25": "p75", "min": "max"}
"""The statistic of the upper end of a range, by that of its lower end."""
_BESIDE_A_CENTRE = ("sd", *ENDS, *ENDS.values())
_CENTRES = ("median", "mean")
_PLAIN = re.compile(r"\d+(?:[.·]\d+)?")
_WORDS = re.compile(r"(?:[^\W\d_]{3,}\s+){2}")
_CENTRE_AND_ENDS = 3
_DIGITS = r"\d+(?:\.\d+)?"
_PAIR_WITHIN = 50
"""How many characters on either side of a number the other one of a pair is looked for."""
_BARE_SPREAD = re.compile(r"\s*\(\d*[.·]\d+\)")
_IN_BRACKETS = re.compile(r"\s*(?:[^\W\d]+\s*)?[(\[]([^()\[\]]*)[)\]]")


@dataclass(frozen=True)
class Measured(GoingOn):
    """A number that may be a statistic, with what was said so far."""

    def with_statistic(self) -> Frame:
        """What is said when this number is reached."""
        if self.frame.spread and re.fullmatch(r"\s*[^\s\d(\[]*\s*[(\[]\s*", self.left):
            return replace(self.frame, statistic=self.frame.spread)
        if frame := self.of_another_outcome() or self.elsewhere():
            return frame
        found = list(self.language.statistic.finditer(self.left))
        said = str(found[-1].lastgroup) if found else ""
        promised = [*self.language.with_spread.finditer(self.left)][-1:]
        spread = self.frame.spread
        if promised and promised[0].end() >= found[-1].end():
            said, spread = self._centre_and_spread(promised[0])
        elif said:
            spread = ""
        follows = self._follows()
        said = said or ("" if follows else self._said_behind()) or self._said_by_the_paper()
        is_open = re.search(r"[)\]]", self.left) is None
        if not said and follows and self.frame.statistic in ENDS and is_open:
            said = ENDS[self.frame.statistic]
        elif not said and not follows:
            said = self._said_by_its_spread()
            if said == self.frame.centre and self.goes_on_with_a_change():
                return replace(self.frame, statistic=said)
            if not said and self._is_first_with_spread():
                said, spread = "mean", "sd"
        if not said and not follows:
            return replace(self.frame, statistic="", spread="")
        statistic = said or self.frame.centre or self.frame.statistic
        # "10.5 (IQR 7.8-12.2)" is of the column and the visit of the number before.
        if statistic in _BESIDE_A_CENTRE and self.frame.column:
            # A second bracket, as in 62 (IQR 45-81) to 30 (20-50), need not name it again.
            named = statistic if statistic in ("sd", *ENDS) else spread
            return replace(self.frame, statistic=statistic, spread=spread or named)
        if not said and self.frame.column in self.study.changes:
            return replace(self.frame, statistic=statistic)
        column = self.column_at(self._column(), is_change=self._is_change(), follows=not said)
        is_beside = statistic in _BESIDE_A_CENTRE and bool(self.frame.centre)
        centre = self.frame.centre if is_beside else statistic
        return Frame(statistic, column, centre, (), spread, self.frame.told)

    def _follows(self) -> bool:
        """Whether it is a further number of the statistic that was said last: from 9 to 5."""
        beside = self.language.beside.match(self.sentence.text, self.number.end)
        return bool(self.frame.statistic) and bool(
            self.language.second.search(self.left)
            or (beside and self.language.before_second.search(self.left))
            or self.language.onwards.search(self.left)
        )

    def of_fitting_column(self, frame: Frame) -> Frame:
        """What is said, of another column if all numbers are of that, and none of the named one.

        "Had begun at a median age of 3.1 (1.8-6.1)" is of no age, but of the age at onset. It is
        one in the unit that is printed, or with a label of which the words before have a part.
        """
        columns = number_columns(self.study)
        numbers = self._with_spread(frame)
        if frame.statistic == frame.centre and self._may_be_of_another_outcome(frame):
            return self._of_fitting_outcome(frame, numbers)
        if frame.statistic != frame.centre or frame.column not in columns or len(numbers) == 1:
            return frame
        fits = {
            name: [self.fits(f"{each}({name}) in {self.cohort}", n) for each, n in numbers]
            for name in columns
        }
        words_of = self.sentence.reader.names.words_of
        said, units = words_of(self.left), self.by_unit()
        others = [
            name
            for name in columns
            if all(fits[name])
            and (name in units or words_of(self.study.variable(name).label) & said)
        ]
        if any(fits[frame.column]) or len(others) != 1:
            return frame
        return replace(frame, column=others[0], is_by_value=True)

    def _may_be_of_another_outcome(self, frame: Frame) -> bool:
        """Whether words since the number before, which name nothing measured, may name another."""
        start = self.number.start - len(self.left)
        of_outcome = frame.column.rpartition("_")[0] in self.study.outcomes
        is_named = any(
            each.meaning.sort in (Sort.OUTCOME, Sort.COLUMN) and start <= each.start
            for each in self.named
            if each.end <= self.number.start
        )
        goes_on = self.frame.is_by_value or _WORDS.search(self.left) is not None
        return of_outcome and not is_named and goes_on

    def _of_fitting_outcome(self, frame: Frame, numbers: Sequence[tuple[str, str]]) -> Frame:
        """What is said, of another outcome if a centre and both ends are of that alone.

        In "the score fell from 9 (8-10) to 4.5 (3-6), and bowel movements from 12 (10-14)" it may
        be the stools whose label the paper does not use.
        """
        if len(numbers) != _CENTRE_AND_ENDS:
            return frame
        fitting = [
            column
            for of in self.study.outcomes
            for column in (f"{of}_{at}" for at in self.study.visits_of(of))
            if all(self.fits(f"{each}({column}) in {self.cohort}", n) for each, n in numbers)
        ]
        own = [self.fits(f"{each}({frame.column}) in {self.cohort}", n) for each, n in numbers]
        if any(own) or len(fitting) != 1:
            return frame
        return replace(frame, column=fitting[0], is_by_value=True)

    def _with_spread(self, frame: Frame) -> list[tuple[str, str]]:
        """The number and those in brackets behind it, each with its statistic."""
        found = [(frame.statistic, self.number.printed)]
        inside = _IN_BRACKETS.match(self.sentence.text, self.number.end)
        if inside is None:
            return found
        named = self.language.statistic.search(inside[1])
        spread = str(named.lastgroup) if named else frame.spread
        statistics = (spread, ENDS[spread]) if spread in ENDS else (spread,)
        numbers = _PLAIN.findall(re.split(r"[;,]\s*p\b", inside[1], flags=re.IGNORECASE)[0])
        if len(numbers) == len(statistics) and spread in _BESIDE_A_CENTRE:
            found += zip(statistics, numbers, strict=True)
        return found

    def fits(self, reading: str, printed: str) -> bool:
        """Whether a reading gives a number."""
        return gives(self.sentence.reader.value_of(reading), printed)

    @staticmethod
    def _centre_and_spread(named: re.Match[str]) -> tuple[str, str]:
        """Both statistics that stand for the two numbers of 8.9 (3.4)."""
        centre, spread = (name for name, said in named.groupdict().items() if said)
        return centre, spread

    def _is_change(self) -> bool:
        """Whether the words before say by how much an outcome changed."""
        if self.language.says(self.language.starts, self.left) and self.goes_on:
            return False
        by_unit = rf"\b(?:{self.language.gained}|{self.language.lost})\s+$"
        said = self.language.says(self.language.change, self.left)
        said = said or re.search(by_unit, self.left, re.IGNORECASE) is not None
        said = said or self.is_of_fewer is not None
        return said or self.language.by_how_much.search(self.before) is not None

    @property
    def is_of_fewer(self) -> re.Match[str] | None:
        """What says that it is a difference: 4.1 (SD 1.9) fewer stools, 17 m less."""
        unit = r"(?:\s*\([^()]*\))?(?:\s+(?!or\b)[^\W\d]+)?"
        fewer = rf"{unit}\s+(?:{self.language.fewer})\b(?!\s+than\s+\d)"
        return re.compile(fewer, re.IGNORECASE).match(self.sentence.text, self.number.end)

    def moved_by(self) -> list[str]:
        """The mean or median changes by which an outcome fell or rose, whatever their sign.

        Of one digit too many are so by chance, and other words than these do not say which it is.
        """
        printed = self.number.printed
        is_moved = self.language.by_how_much.search(self.left) is not None
        is_exact = has_telling_digits(printed) and not is_bound(printed)
        if self.number.is_percentage or not (is_moved and is_exact):
            return []
        readings = (
            f"{name}({self.column_at(each.name, is_change=True)}) in {self.cohort}"
            for each in self.nearest(Sort.OUTCOME)
            for name in ("mean", "median")
        )
        values = {each: self.sentence.reader.value_of(each) for each in readings}
        return [
            reading
            for reading, value in values.items()
            if value is not None and (gives(value, printed) or gives(-value, printed))
        ]

    @property
    def pair(self) -> tuple[tuple[str, str], bool] | None:
        """Both numbers of "from 27 to 5", and whether it is the first of them."""
        text, to = self.sentence.text, self.language.goes_to
        start, end = self.number.start, self.number.end
        # "By 45% to 3" is no pair.
        sign = r"\s*%" if self.number.is_percentage else ""
        after = re.match(rf"\s+(?:{to})\s+({_DIGITS})\b{sign}", text[end : end + _PAIR_WITHIN])
        before = re.search(
            rf"\b({_DIGITS})\s+(?:{to})\s+$", text[max(0, start - _PAIR_WITHIN) : start]
        )
        if after:
            return (self.number.printed, after[1]), True
        return ((before[1], self.number.printed), False) if before else None

    @property
    def is_mean_change_in_percent(self) -> bool:
        """Whether it is one as in "a mean reduction of 80%", or "the mean fell by 80%"."""
        left, language = self.left, self.language
        change = language.by_how_much.search(left) or language.says(language.change, left)
        # "From 45% to 30%" says of neither by how much.
        if self.pair and language.says(language.starts, left):
            return False
        return self.number.is_percentage and bool(change and language.statistic.search(left))

    @property
    def is_mean_of_percentages(self) -> bool:
        """Whether it is one whose sign stands behind its SD: fell by a mean of 34 ± 18%."""
        language, rest = self.language, self.sentence.text[self.number.end :]
        if re.match(r"\s*\N{PLUS-MINUS SIGN}\s*[\d.]+\s*%", rest) is None:
            return False
        moved = any(language.says(words, self.before) for words in language.moves.values())
        is_by = moved and language.says(language.moved_by, self.left)
        return is_by and language.statistic.search(self.left) is not None

    def _said_behind(self) -> str:
        """The statistic that follows: 22 mois en médiane, 9 to 5 in median."""
        to = rf"(?:\s+(?:{self.language.goes_to})\s+{_DIGITS})?"
        rest = self.sentence.text[self.number.end :]
        words = re.match(rf"{to}(?:\s+[^\W\d]\S*)?\s+(?:en|im|in|on)\s+", rest)
        found = self.language.statistic.match(rest, words.end()) if words else None
        return str(found.lastgroup) if found and found.lastgroup in _CENTRES else ""

    def _said_by_its_spread(self) -> str:
        """A median if quartiles follow the number, a mean if its SD does."""
        spread = self.language.centre_before.match(self.sentence.text, self.number.end)
        return ("median" if spread["quartiles"] else "mean") if spread else ""

    def _is_first_with_spread(self) -> bool:
        """Whether it is the first of two numbers with a spread that nothing names: 1.4 (0.6) to."""
        rest = self.sentence.text[self.number.end :]
        is_first = self.goes_on and self.language.says(self.language.starts, self.left)
        return is_first and "." in self.number.printed and _BARE_SPREAD.match(rest) is not None

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
        if counted := self.counted_behind():
            return f"count({counted})"
        if fewer := self.is_of_fewer:
            of_these = (
                e for e in self.named if e.meaning.sort == Sort.OUTCOME and e.start >= fewer.end()
            )
            close = [e for e in of_these if self.sentence.text[fewer.end() : e.start].isspace()]
            if close:
                return close[0].meaning.name
        found = self.nearest(Sort.OUTCOME, Sort.COLUMN)
        by_unit = self.by_unit()
        in_unit = self.outcomes_by_unit()
        is_outcome = any(each.sort == Sort.OUTCOME or each.name in by_unit for each in found)
        if len(in_unit) == 1 and not is_outcome:
            return in_unit[0]
        just_before = self.named_just_before()
        if just_before and not self.study.unit(just_before):
            return just_before
        named = [each.name for each in found if not by_unit or each.name in by_unit]
        return next(iter([*named, *(by_unit if len(by_unit) == 1 else ())]), "")
