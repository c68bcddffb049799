"""How the numbers of a table are written: the sign before decimals, and between thousands.

The cells of all columns of numbers are asked. "12,5" and "1,250,000" can be read in one way only;
"1,250" in two, of which one may leave the numbers of a column much nearer to one another. What the
numbers are of is for `numbers`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from casebook.base.numerals import DECIMALS, THOUSANDS, Numerals, limit_in, readings
from casebook.data.cells import Grid
from casebook.drafting.columns import Column

_PLAIN = Numerals()
_BY_COMMAS = Numerals(".", ",")
_MOST = 0.5
"""What share of a column's texts are numbers, in one way or another, if its numbers tell."""
_NEARER = 10
"""So many times wider is the span of a column's numbers that are read in the wrong way."""
_PLAINLY = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_WITHOUT_ZERO = re.compile(r"[-+−]?[.,]\d+")
_WITH_ZERO = re.compile(r"[-+−]?0[.,]\d+")
_SEVERAL = 2
"""So many numbers without a 0 before their decimals are no slip of a single one."""
_COMMA = re.compile(r"[-+−<>≤≥ ]*\d+,\d+\W*[^\W\d]*")
_TWO = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}")
"""What can be one number or a thousand times as much."""
_BEHIND = re.compile(r"(?<=\d)\s*(?:[%*†‡§#]+|[^\W\d_][^\d]*)$")


@dataclass(frozen=True)
class Written:
    """How numbers are written, and what that rests on where study.yaml is to say it.

    Attributes:
        numerals: The way to write them.
        reason: What it rests on; empty where nothing is to be said.
        zero_reason: What it rests on that numbers below one have no 0, where they have none.
        contrary: Columns whose numbers seem to be written in another way, each with the reason.
        unread: How many cells seem to be numbers, and are none in this way.
    """

    numerals: Numerals = _PLAIN
    reason: str = ""
    zero_reason: str = ""
    contrary: Mapping[str, str] = field(default_factory=dict)
    unread: int = 0

    @property
    def is_told(self) -> bool:
        """Whether study.yaml is to say it."""
        return bool(self.reason or self.zero_reason)

    def of(self, column: Column) -> Column:
        """A column with what keeps it from being read as numbers, if anything does."""
        return replace(column, doubt=self.contrary.get(column.header, ""))


Numbers = Mapping[str, Counter[str]]
"""The texts of columns that are numbers in one way or another, counted, by the headers."""


def written(columns: Iterable[Column]) -> Written:
    """How numbers are written in a table, as all cells of its columns of numbers tell."""
    numbers = {each.header: found for each in columns if (found := _numbers(each))}
    counts: Counter[str] = Counter()
    for texts in numbers.values():
        counts.update(texts)
    told = _without_zero(counts)
    ways = _ways(counts, leading_zero=not told)
    return replace(_in_one_of(ways, numbers, counts), zero_reason=told)


def reason_by_texts(with_points: Grid, with_commas: Grid) -> str:
    """Which texts have a comma before decimals, if numbers that are no texts have one beside them.

    Args:
        with_points: The table with its numbers that are no texts written with points.
        with_commas: The same with commas.
    """
    columns = with_points.columns
    both = [*zip(chain(*columns.values()), chain(*with_commas.columns.values()), strict=True)]
    texts = [text for text, other in both if text == other and _COMMA.fullmatch(text)]
    if not texts or all(text == other for text, other in both):
        return ""
    cells = f"{len(texts)} cells that are texts are" if texts[1:] else "a cell that is a text is"
    return f"{cells} written as {texts[0]!r}; the others are numbers"


def _in_one_of(ways: Iterable[Numerals], numbers: Numbers, counts: Counter[str]) -> Written:
    """In which of some ways the numbers are written."""
    wrong = {way: sum(n for text, n in counts.items() if way.number(text) is None)
             for way in ways}  # fmt: skip
    least = min(wrong.values())
    if least:
        # To read more cells of several ways is no reason to take 1,250 for 1.25.
        wrong = {way: n for way, n in wrong.items() if not _has_only_groups(way, counts)}
        least = min(wrong.values())
    fitting: dict[tuple[float | None, ...], Numerals] = {}
    for way in (each for each, count in wrong.items() if count == least):
        fitting.setdefault(tuple(map(way.number, counts)), way)
    best = [*fitting.values()]
    if best[1:]:
        return replace(_doubtful(best, numbers, counts), unread=least)
    contrary = dict(_contrary(best[0], numbers))
    return Written(best[0], _proof(best[0], counts), contrary=contrary, unread=least)


def _has_only_groups(way: Numerals, texts: Iterable[str]) -> bool:
    """Whether all commas that a way takes for those before decimals may stand between thousands."""
    own = [text for text in texts if "," in text and way.number(text) is not None]
    return way.decimal == "," and bool(own) and all(map(_TWO.fullmatch, own))


def _numbers(column: Column) -> Counter[str]:
    """The texts of a column of numbers, each with how often it stands there; else none."""
    found: Counter[str] = Counter()
    counts = Counter(column.filled)
    for text, count in counts.items():
        bare = text if _PLAINLY.fullmatch(text) else _bare(text)
        if _PLAINLY.fullmatch(bare) or readings(bare):
            found[bare] += count
    return found if found.total() >= _MOST * counts.total() else Counter()


def _bare(text: str) -> str:
    """A text without the sign of a limit before it, and without what stands behind it."""
    plain = _BEHIND.sub("", text)
    return limit_in(plain)[1].strip() or plain


def _without_zero(texts: Mapping[str, int]) -> str:
    """Which cells tell that numbers below one have no 0 before their decimals, if several do.

    A single one may be a slip, as .42 for 42, and so may those of a table that has more with a 0.
    """
    bare, zeros = (
        [(text, n) for text, n in texts.items() if form.fullmatch(text)]
        for form in (_WITHOUT_ZERO, _WITH_ZERO)
    )
    count, others = sum(n for _, n in bare), sum(n for _, n in zeros)
    if count < _SEVERAL or count <= others:
        return ""
    told = f"{count} cells are written as {bare[0][0]!r}"
    return f"{told}, and {others} as {zeros[0][0]!r}" if others else f"{told}, none with a 0 before"


def _ways(texts: Iterable[str], *, leading_zero: bool) -> Iterator[Numerals]:
    """The ways to write numbers, of which those with a sign between thousands are in use."""
    signs = [sign for sign in THOUSANDS if any(sign in text for text in texts)]
    for decimal in DECIMALS:
        yield Numerals(decimal, leading_zero=leading_zero)
    for decimal in DECIMALS:
        yield from (Numerals(decimal, s, leading_zero) for s in signs if s != decimal)


def _proof(way: Numerals, texts: Mapping[str, int]) -> str:
    """What tells that numbers are written in a way, unless it is that of study.yaml anyway."""
    own = [text for text in texts if way.number(text) is not None]
    grouped = [text for text in own if way.thousands and way.thousands in text]
    decimals = [text for text in own if way.decimal in text and text not in grouped]
    if grouped:
        told = f"cells are written as {' and '.join(map(repr, [*grouped[:1], *decimals[:1]]))}"
        return told + _not_otherwise(grouped, way)
    if way.decimal == _PLAIN.decimal:
        return ""
    count = sum(texts[text] for text in decimals)
    return f"{count} cell{'s are' if count > 1 else ' is'} written as {decimals[0]!r}"


def _not_otherwise(texts: Sequence[str], way: Numerals) -> str:
    """Which of two numbers the first of these texts is that can be two."""
    for text in texts:
        number = way.number(text)
        others = [each for each in readings(text) if each != number]
        if number is not None and others:
            return f", so that {text!r} is {number:.15g}, not {others[0]:.15g}"
    return ""


def _doubtful(ways: Sequence[Numerals], numbers: Numbers, counts: Collection[str]) -> Written:
    """One of several ways that read as many texts: by what the numbers of columns are then like."""
    leaning = {h: way for h, texts in numbers.items() if (way := _nearer(ways, texts))}
    votes = Counter(leaning.values()).most_common(1)
    usual = [replace(way, leading_zero=ways[0].leading_zero) for way in (_BY_COMMAS, _PLAIN)]
    chosen = votes[0][0] if votes else next(filter(ways.__contains__, usual), ways[0])
    header = next((h for h, way in leaning.items() if way == chosen), "")
    texts = [*numbers[header]] if header else [text for own in numbers.values() for text in own]
    told = _both_told(chosen, ways, texts)
    if odd := next((text for text in counts if chosen.number(text) is None), ""):
        own = next((t for t in counts if chosen.number(t) is not None and chosen.decimal in t), "")
        as_in = f", as {own!r} and {odd!r}" if own else f", as {odd!r}"
        reason = f"cells are written in several ways{as_in}; more are numbers in no other one"
    elif header:
        seen = [each for text in texts if (each := chosen.number(text)) is not None]
        span = f"from {min(seen):.15g} to {max(seen):.15g}"
        reason = f"{told}: the numbers in {header!r} are then {span}"
    else:
        reason = f"{told}: no cell tells which of both it is"
    return Written(chosen, reason, contrary=dict(_contrary(chosen, numbers)))


def _both_told(chosen: Numerals, ways: Sequence[Numerals], texts: Sequence[str]) -> str:
    """A text that is another number in another of some ways, with both; empty if there is none."""
    for text in texts:
        numbers = dict.fromkeys(way.number(text) for way in ways)
        number = chosen.number(text)
        others = [each for each in numbers if each not in (number, None)]
        if number is not None and others:
            return f"{text!r} is taken for {number:.15g}, not {others[0]:.15g}"
    return ""


def _nearer(ways: Sequence[Numerals], texts: Collection[str]) -> Numerals | None:
    """The way by which numbers are much nearer to one another than by all other ways."""
    spans = sorted(((_span(way, texts), place) for place, way in enumerate(ways)))
    return ways[spans[0][1]] if spans[0][0] * _NEARER <= spans[1][0] else None


def _span(way: Numerals, texts: Iterable[str]) -> float:
    """How many times the largest number is the smallest one, leaving zeros and signs."""
    sizes = [abs(number) for text in texts if (number := way.number(text))]
    return max(sizes) / min(sizes) if sizes else 1.0


def _contrary(way: Numerals, numbers: Numbers) -> Iterator[tuple[str, str]]:
    """The columns in which the numbers would be much nearer to one another in another way."""
    for header, texts in numbers.items():
        two = next(filter(_TWO.fullmatch, texts), "")
        others = [*readings(two).values()]
        others = [each for each in others if all(each.number(text) is not None for text in texts)]
        nearer = _nearer([way, *others], texts) if {*others} - {way} else None
        if nearer and nearer.number(two) != way.number(two):
            told = f"{two!r} seems to be {nearer.number(two):.15g} here"
            yield header, f"{told}, but the numbers of the table are written with {way}"
