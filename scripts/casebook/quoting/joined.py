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
from casebook.claims.together import printed_together
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
_LEVEL, _OPEN = f'none("{OF_A_LEVEL}")', f'none("{UNKNOWN}")'
_BEGINS_AS_PART = re.compile(r"\S+(?:\s+of\s+|\s*/\s*)(?:(?:the|all|our)\s+)?\S")
_BRACKET = re.compile(r"\S+(?:\s[^\W\d_]\S*)?\s*[(\[]")
"""A number, with a unit or without, and a bracket behind it."""
_PAIR = 2


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
        if not _is_of_one_text(run) or run[-1].reading == _LEVEL:
            return None
        numbers = [each for each in run if each.reading != _LEVEL]
        if all(each.reading == _OPEN or _is_whole_of(run, each) for each in numbers):
            return _open_line(run, numbers)
        if numbers[0] != run[0] or any(self._is_none(each) for each in numbers):
            return None
        names = ", ".join(name[1] for e in numbers if (name := _NAME.match(e.reading)))
        named = f"{names}({numbers[0].reading.partition('(')[2]}"
        convention = next((each.convention for each in numbers if each.convention), "")
        for reading in (numbers[0].reading, named):
            for printed in _as_printed(run):
                line = replace(_printed(run, printed), reading=reading, convention=convention)
                if claims := self._same(line, numbers):
                    return Line(line, claims, run)
        return None

    def _is_none(self, guess: Guess) -> bool:
        return isinstance(self.read(guess.reading), NotPublished)

    def _same(self, line: Guess, numbers: Sequence[Guess]) -> dict[str, Guess]:
        """The guesses that a line is read as, if these are all; else none."""
        cells = dict.fromkeys(COLUMNS, "") | {
            "printed": line.printed,
            "computed_as": line.reading,
            "otherwise": " ; ".join(line.otherwise),
            "convention": line.convention,
        }
        claims = list(each_claim(cells))
        pairs = _paired([each["printed"] for each in claims], numbers)
        for claim, (own, whole) in zip(claims, pairs, strict=False):
            if not self._is_read_alike(claim, own) or not (
                whole is None or self._is_whole(own, whole)
            ):
                return {}
        return {claim["claim"]: own for claim, (own, _) in zip(claims, pairs, strict=False)}

    def _is_whole(self, count: Guess, whole: Guess) -> bool:
        """Whether the audit finds a count to be of as many as the number behind it says."""
        number, share = read_printed(whole.printed), _SHARE.fullmatch(count.reading)
        if number is None or share is None:
            return False
        cohort = share["cohort"]
        sizes = [self.value_of(f"n(patient) in {cohort}")]
        if share["where"]:
            sizes.append(self.value_of(f"count({share['where']}) in {cohort}"))
        counted = self.value_of(count.reading)
        percent = self.value_of(count.reading.replace("count(", "percent(", 1))
        if counted and percent:
            sizes.append(round(100 * counted / percent))
        return number.low in sizes

    def _is_read_alike(self, claim: Cells, guess: Guess) -> bool:
        """Whether a claim has the reading of a guess, and no other one that this has not."""
        read, others = self.read(claim["computed_as"]), readings_in(claim["otherwise"])
        known = [self.read(each) for each in guess.otherwise]
        is_alike = read == self.read(guess.reading) and all(self.read(e) in known for e in others)
        return is_alike and claim["convention"] == guess.convention


def _is_of_one_text(run: Sequence[Guess]) -> bool:
    """Whether numbers stand in one text, one after the other and near each other."""
    spots = [each.spot for each in run if each.spot]
    return len(spots) == len(run) and all(starmap(_are_near, pairwise(spots)))


def _paired(printed: Sequence[str], numbers: Sequence[Guess]) -> list[tuple[Guess, Guess | None]]:
    """The guess of each printed text, and of a count that of the number which it is of.

    None if any of them prints another number, or if there are more of the ones or the others.
    """
    left, found = list(numbers), list[tuple[Guess, Guess | None]]()
    for text in printed:
        whole = count_of(text)
        if len(left) < 1 + (whole is not None):
            return []
        own, of = left.pop(0), left.pop(0) if whole else None
        texts = (f"{whole[0].low}", f"{whole[1]}") if whole else (text, "")
        if not is_printed_alike(texts[0], own.printed):
            return []
        if of and not is_printed_alike(texts[1], of.printed):
            return []
        found.append((own, of))
    return [] if left else found


def _is_whole_of(run: Sequence[Guess], guess: Guess) -> bool:
    """Whether a number is the second one of a run that begins as 11 of 19 does."""
    is_second = len(run) > 1 and guess is run[1]
    return is_second and any(_BEGINS_AS_PART.match(each) for each in _as_printed(run))


def _is_of_others(guess: Guess) -> bool:
    """Whether a number says of how many the one before it is: the 19 of two of 19 (11%)."""
    spot = guess.spot
    before = spot.text[: spot.start] if spot else ""
    words = spot.language.of_these if spot else ""
    return re.search(rf"(?:\b(?:of|{words})\s+(?:the\s+)?|/)$", before) is not None


def _open_line(run: Sequence[Guess], numbers: Sequence[Guess]) -> Line | None:
    """The line of numbers without a reading, which all follow once the first one has one.

    So do both ends of an interval, which is left over where results have none.
    """
    is_interval = run[0].reading == _LEVEL and len(numbers) == _PAIR
    if not is_interval and _is_of_others(run[0]):
        return None
    for printed in _as_printed(run):
        found = printed_together(printed)
        is_said = all(each.said for each in found[1:]) or _BRACKET.match(printed)
        is_all = bool(found and is_said and _paired([e.printed for e in found], numbers))
        if is_interval or is_all:
            line = replace(_printed(run, printed), reading=_OPEN, rests_on="nothing", value=None)
            return Line(replace(line, otherwise=(), convention=""), {"": line}, run)
    return None


def _printed(run: Sequence[Guess], printed: str) -> Guess:
    """The first guess of a run with what is printed of all."""
    first, spots = run[0], [each.spot for each in run if each.spot]
    shown = " ".join(_text(spots[0].shown, spots[0], spots[-1]).split())
    return replace(first, words=_words(first, spots[-1]), printed=printed, shown=shown)


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
    if one.text != other.text or one.start > other.start:
        return False
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
    return guess.reading not in (_OPEN, _LEVEL)


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
