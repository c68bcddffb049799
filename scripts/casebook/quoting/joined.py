"""Guesses of numbers that are printed together, as one line of a draft: 13 (65%).

They are joined where the line that claims.tsv then has is read as the same claims, and as no other
ones: see `claims/parts`. What is no result of the study is joined within its sentence, with the
reasons.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import pairwise, starmap

from casebook.base.printed import read_printed
from casebook.claims.language import read_reading
from casebook.claims.listed import COLUMNS
from casebook.claims.parts import Cells, each_claim
from casebook.claims.printed_as import count_of
from casebook.claims.readings import NotPublished, Reading, ReadingError
from casebook.claims.reviewed import is_printed_alike
from casebook.claims.written import readings_in
from casebook.quoting.guesses import UNKNOWN, Guess, Spot, ValueOf
from casebook.quoting.intervals import OF_A_LEVEL
from casebook.study.model import Study

_MOST, _WORDS_BETWEEN = 9, 3
"""So many numbers may be printed together, with so many words between two of them."""
_GOES_ON = re.compile(r"[)\]].*[^\W\d_]{2}", re.DOTALL)
"""A bracket that is closed, and words behind it."""
_NAME = re.compile(r"(?:result\(.*\bstatistic=)?(\w+)")
_SHARE = re.compile(r"count\((?P<of>.*?)(?:, (?P<where>.*))?\) in (?P<cohort>\w+)")
_CLOSED = re.compile(r"[^()\[\]\d;,]{0,20}[)\]]")
_LEVEL = f'none("{OF_A_LEVEL}")'


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a draft: what it has in the cells of claims.tsv, and the guesses behind it.

    `numbers` has the guess of each claim that it is read as, by what the name of this one has
    behind that of the line, as in _sd; `all` those of every number.
    """

    guess: Guess
    numbers: Mapping[str, Guess]
    all: Sequence[Guess]


def lines_of(guesses: Sequence[Guess], study: Study, value_of: ValueOf) -> list[Line]:
    """The lines of a draft with these guesses, in their order.

    Args:
        guesses: The guesses, in the order of the paper.
        study: The study that its table is described by.
        value_of: What a reading gives, where there are results.
    """
    joiner = _Joiner(value_of, cache(partial(_read, study)))
    found, place = list[Line](), 0
    while place < len(guesses):
        line = joiner.longest(guesses[place : place + _MOST])
        found.append(line)
        place += len(line.all)
    return list(_without_results(found))


def _read(study: Study, source: str) -> Reading | None:
    with suppress(ReadingError):
        return read_reading(source, study, ())
    return None


@dataclass(frozen=True)
class _Joiner:
    """Joins guesses where that changes no claim."""

    value_of: ValueOf
    read: Callable[[str], Reading | None]

    def longest(self, guesses: Sequence[Guess]) -> Line:
        """The line of the first guess, with as many of those behind it as can be joined."""
        for count in range(len(guesses), 1, -1):
            if joined := self._joined(guesses[:count]):
                return joined
        return Line(guesses[0], {"": guesses[0]}, guesses[:1])

    def _joined(self, run: Sequence[Guess]) -> Line | None:
        numbers = [each for each in run if each.reading != _LEVEL]
        spots = [each.spot for each in run if each.spot]
        is_one_text = len(spots) == len(run) and len({each.text for each in spots}) == 1
        starts = [each.start for each in spots]
        is_open = any(isinstance(self.read(each.reading), NotPublished) for each in numbers)
        if not is_one_text or not all(starmap(_are_near, pairwise(spots))):
            return None
        if (
            starts != sorted(starts)
            or is_open
            or numbers[:1] != list(run[:1])
            or numbers[-1] != run[-1]
        ):
            return None
        names = ", ".join(name[1] for e in numbers if (name := _NAME.match(e.reading)))
        named = f"{names}({numbers[0].reading.partition('(')[2]}"
        texts = [*_as_printed(run)]
        for reading in (numbers[0].reading, named):
            for printed in texts:
                line = replace(
                    numbers[0],
                    words=_words(numbers[0], spots[-1]),
                    printed=printed,
                    reading=reading,
                    convention=next((e.convention for e in numbers if e.convention), ""),
                    shown=" ".join(_text(spots[0].shown, spots[0], spots[-1]).split()),
                )
                if claims := self._same(line, numbers):
                    return Line(line, claims, run)
        return None

    def _same(self, line: Guess, numbers: Sequence[Guess]) -> dict[str, Guess]:
        """The guesses that a line is read as, if these are all; else none."""
        cells = dict.fromkeys(COLUMNS, "") | {
            "printed": line.printed,
            "computed_as": line.reading,
            "otherwise": " ; ".join(line.otherwise),
            "convention": line.convention,
        }
        left, found = list(numbers), dict[str, Guess]()
        for claim in each_claim(cells):
            if not left:
                return {}
            own = left.pop(0)
            if whole := count_of(claim["printed"]):
                if not left or not self._is_whole(own, left.pop(0), whole[1]):
                    return {}
            elif not is_printed_alike(claim["printed"], own.printed):
                return {}
            if not self._is_read_alike(claim, own):
                return {}
            found[claim["claim"]] = own
        return {} if left else found

    def _is_whole(self, count: Guess, whole: Guess, of: int) -> bool:
        """Whether the audit finds a count to be of as many as the number behind it says."""
        number, share = read_printed(whole.printed), _SHARE.fullmatch(count.reading)
        if number is None or number.low != of or share is None:
            return False
        cohort = share["cohort"]
        sizes = [self.value_of(f"n(patient) in {cohort}")]
        if share["where"]:
            sizes.append(self.value_of(f"count({share['where']}) in {cohort}"))
        counted = self.value_of(count.reading)
        percent = self.value_of(count.reading.replace("count(", "percent(", 1))
        if counted and percent:
            sizes.append(round(100 * counted / percent))
        return of in sizes

    def _is_read_alike(self, claim: Cells, guess: Guess) -> bool:
        """Whether a claim has the reading of a guess, and no other one that this has not."""
        read, others = self.read(claim["computed_as"]), readings_in(claim["otherwise"])
        known = [self.read(each) for each in guess.otherwise]
        is_alike = read == self.read(guess.reading) and all(self.read(e) in known for e in others)
        return is_alike and claim["convention"] == guess.convention


def _as_printed(run: Sequence[Guess]) -> Iterator[str]:
    """What is printed from one number to another, as it is, and with the words of claims.tsv."""
    spots = [each.spot for each in run if each.spot]
    start, end = spots[0], spots[-1]
    text = _text(start.text, start, end)
    for each in reversed(run):
        # Both ends of a range stand at one place, with a sign between them.
        if each.spot and spots.count(each.spot) == 1:
            place = each.spot.start - start.start
            text = text[:place] + each.printed + text[each.spot.end - start.start :]
    yield " ".join(text.split())
    language = start.language
    names = {"CI": language.interval, "SD": language.statistics["sd"]}
    names |= {"IQR": language.statistics["p25"], "range": language.statistics["min"]}
    for english, words in names.items():
        text = re.sub(rf"\b(?:{words})\b", english, text, flags=re.IGNORECASE)
    text = re.sub(rf"(?<=\w)\s+(?:{language.of_these})\s+(?=\w)", " of ", text, count=1)
    yield " ".join(text.split())


def _words(first: Guess, last: Spot | None) -> str:
    """The words around several numbers; those of a cell are all of its row."""
    if first.spot is None or last is None or first.words != first.spot.words_to(first.spot):
        return first.words
    return first.spot.words_to(last)


def _are_near(one: Spot, other: Spot) -> bool:
    between = one.text[one.end : other.start]
    return len(between.split()) <= _WORDS_BETWEEN and _GOES_ON.search(between) is None


def _text(text: str, start: Spot, end: Spot) -> str:
    """The text between two numbers, both included, up to the end of a bracket."""
    found = text[start.start : end.end]
    for opened, closing in ("()", "[]"):
        if found.count(opened) > found.count(closing):
            rest = _CLOSED.match(text, end.end)
            found += rest[0] if rest else closing
    return found


def _without_results(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, with all numbers of a sentence in one that are no results for a known reason."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if line.guess.rests_on == "nothing" and line.guess.spot and _is_known(line.guess):
            groups.setdefault(line.guess.spot.text, []).append(line)
    for line in lines:
        group = groups.get(line.guess.spot.text, []) if line.guess.spot else []
        if line not in group or len(group) == 1:
            yield line
        elif line is group[0]:
            yield _together(group)


def _is_known(guess: Guess) -> bool:
    return guess.reading not in (f'none("{UNKNOWN}")', _LEVEL)


def _together(group: Sequence[Line]) -> Line:
    guesses = [each for line in group for each in line.all]
    reasons = dict.fromkeys(each.reading[len('none("') : -len('")')] for each in guesses)
    first, last = guesses[0], guesses[-1]
    line = replace(
        first,
        words=_words(first, last.spot),
        printed="; ".join(each.printed for each in guesses),
        reading=f'none("{"; ".join(reasons)}")',
        shown="",
    )
    return Line(line, {"": line}, guesses)
