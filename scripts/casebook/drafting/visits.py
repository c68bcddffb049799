"""Which columns are one measurement at several visits, by their headers alone.

`CDASI pre` and `CDASI post`, `mmt_0` and `mmt_6`, `W0` and `W12`, `bdi.pre` and `bdi.2m`. What is
in the columns is not looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.data.cells import folded
from casebook.study.fields import name_for

_MONTHS = {"hour": 1 / 730.5, "day": 1 / 30.4375, "week": 7 / 30.4375, "month": 1.0, "year": 12.0}
_UNITS = {
    "hour": "hours?|hrs?|h|stunden?",
    "day": "days?|d|tage?",
    "week": "weeks?|wks?|wk|w|wochen?",
    "month": "months?|mos?|mths?|m|monate?|monat",
    "year": "years?|yrs?|y|jahre?",
}
_NUMBER = r"\d{1,4}(?:\.\d+)?"
_TIMED = {
    kind: re.compile(
        rf"(?<![^\W_])(?:(?:{unit})[ -]*(?P<after>{_NUMBER})"
        rf"|(?P<before>{_NUMBER})[ -]*(?:{unit}))(?!\w)"
    )
    for kind, unit in _UNITS.items()
}
_COUNTED = re.compile(
    rf"(?<![^\W_])(?P<kind>visit|visite|time ?point|time|t|v)[ -]?(?P<number>{_NUMBER})(?!\w)"
)
_BASELINE = (
    r"pre-\w+|pre(?: ?op\w*| treatment| therapy| test)?|before(?: \w+)?|baseline|bl|initial"
    r"|at admission|vorher|vor|avant|prior|start"
)
_AFTER = r"post-\w+|post(?: ?op\w*| treatment| therapy| test)?|after(?: \w+)?|nachher|nach|apr[eè]s"
_FOLLOW = r"(?:last |latest )?(?:follow[ -]?up|f/?u|fup)(?: ?(?P<number>\d{1,2}))?"
_LATER = r"current|now|final|last|end(?: of (?:study|treatment))?|discharge|exit|aktuell|ende"
_WORDS = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for kind, words in {
        "follow": _FOLLOW, "baseline": _BASELINE, "after": _AFTER, "later": _LATER,
    }.items()
}  # fmt: skip
_GLUED = re.compile(r"(?P<word>pre|post)(?P<stem>[a-z]{2,}.*)")
_BARE = re.compile(r"(?P<stem>.*[^\W\d_].*?)[ -]?(?P<number>\d{1,3})")
_CHANGE = re.compile(r"δ|(?<![^\W_])(?:delta|changes?|diff(?:erences?)?|differenz)(?![^\W_])")
_CHECKBOX = "___"
_FOLLOWUP = "followup"
_MOST_ITEMS = 4
"""More numbers than these that count from 1 are rather items of a questionnaire."""
_BOTH = re.compile(
    r"(?<!\w)(before|pre|baseline|vorher) ?(?:/|→|->|-|–|,|and)"
    r" ?(after|post|follow[ -]?up|nachher)(?!\w)"
)


@dataclass(frozen=True)
class When:
    """A visit, as a header names it.

    Attributes:
        name: Its name in study.yaml.
        label: What it is called.
        rank: What it is sorted by: visits before, timed ones, and those after without a time.
        months: When it was, if its name says so.
        values: What the column of visits of a long table has in its rows.
    """

    name: str
    label: str
    rank: tuple[int, float]
    months: float | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """Columns that are one measurement at several visits.

    Attributes:
        stem: What it is called; empty where the headers name visits alone.
        columns: The column of each visit, by its header.
    """

    stem: str
    columns: Mapping[str, When]

    @cached_property
    def visits(self) -> list[When]:
        """The visits, in order."""
        return in_order(self.columns.values())


@dataclass(frozen=True)
class _Candidate:
    header: str
    stem: str
    when: When
    bare: bool = False


def in_order(visits: Iterable[When]) -> list[When]:
    """Visits once each, from the first to the last."""
    once: dict[str, When] = {}
    for each in visits:
        once.setdefault(each.name, each)
    return sorted(once.values(), key=lambda each: each.rank)


def series_among(headers: Sequence[str]) -> list[Series]:
    """The measurements that have columns at several visits, none of which is in two of them.

    Args:
        headers: The headers, without units.
    """
    groups: defaultdict[str, list[_Candidate]] = defaultdict(list)
    for header in headers:
        for each in _candidates(header):
            groups[folded(each.stem)].append(each)
    whole = {stem: kept for stem, group in groups.items() if (kept := _together(group))}
    taken: set[str] = set()
    found = []
    for group in sorted(whole.values(), key=lambda each: -len(each)):
        if taken.isdisjoint(each.header for each in group):
            taken |= {each.header for each in group}
            found.append(Series(group[0].stem, {each.header: each.when for each in group}))
    return sorted(found, key=lambda each: headers.index(next(iter(each.columns))))


def both_visits(header: str) -> tuple[str, tuple[When, When]] | None:
    """What a header calls a measurement of which each cell has two visits, if it does."""
    found = _BOTH.search(_plain(header))
    if not found:
        return None
    whens = next(_by_words(found[1])), next(_by_words(found[2]))
    return _without(header, found.span()), (whens[0].when, whens[1].when)


def time_in(text: str) -> float | None:
    """The months since the beginning that a text names, as month_6_arm_1 does."""
    return next((each.when.months for each in _by_time(text) if each.when.months is not None), None)


def _together(group: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates of one stem, if they can be visits."""
    first: dict[str, _Candidate] = {}
    for each in group:
        first.setdefault(each.header, each)
    kept = list(first.values())
    names = [each.when.name for each in kept]
    if len(kept) < 2 or len({*names}) < len(names):
        return []
    if all(each.when.name.startswith(_FOLLOWUP) for each in kept):
        return []
    numbers = sorted(each.when.rank[1] for each in kept)
    items = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > _MOST_ITEMS
    return [] if items and all(each.bare for each in kept) else kept


def _plain(header: str) -> str:
    """A header in small letters, with spaces for underscores, and for points beside letters."""
    text = header.lower().replace("_", " ")
    return re.sub(r"(?<=[^\W\d])\.|\.(?=[^\W\d])", " ", text)


def _candidates(header: str) -> Iterator[_Candidate]:
    """The ways to read a header as a measurement at a visit, the most telling first."""
    if _CHECKBOX in header or _CHANGE.search(header.lower()):
        return
    yield from _by_time(header)
    yield from _by_words(header)
    yield from _by_number(header)


def _by_time(header: str) -> Iterator[_Candidate]:
    plain = _plain(header)
    for kind, form in _TIMED.items():
        if found := form.search(plain):
            number = float(found["after"] or found["before"])
            months = round(number * _MONTHS[kind], 2)
            when = When(_name(kind, number), f"{kind.capitalize()} {number:g}", (1, months), months)
            yield _Candidate(header, _without(header, found.span()), when)
    if found := _COUNTED.search(plain):
        kind, number = "visit" if found["kind"][0] == "v" else "time", float(found["number"])
        when = When(_name(kind, number), f"{kind.capitalize()} {number:g}", (1, number))
        yield _Candidate(header, _without(header, found.span()), when)


def _by_words(header: str) -> Iterator[_Candidate]:
    plain = _plain(header)
    for place, (kind, form) in enumerate(_WORDS.items()):
        if found := form.search(plain):
            word = header[slice(*found.span())].strip(" _.")
            number = float(found["number"] or 0) if kind == "follow" else 0.0
            when = _worded(kind, word, number, place)
            yield _Candidate(header, _without(header, found.span()), when)
            if number:
                # In FU 1 and FU 2 the number may also be that of what was measured, as in PRE 1.
                begin, end = found.start(), found.start("number")
                without = _worded(kind, header[begin:end].strip(" _."), 0.0, place)
                yield _Candidate(header, _without(header, (begin, end)), without)
    if found := _GLUED.fullmatch(plain):
        kind = "baseline" if found["word"] == "pre" else "after"
        stem = header[len(found["word"]) :]
        yield _Candidate(header, stem, _worded(kind, found["word"], 0, 0))


def _worded(kind: str, word: str, number: float, place: int) -> When:
    label = word[:1].upper() + word[1:]
    if kind == "baseline":
        return When("baseline", label, (0, 0))
    if kind == "after":
        return When("after", label, (2, 0))
    if kind == "follow":
        return When(_name(_FOLLOWUP, number) if number else _FOLLOWUP, label, (3, number))
    return When(name_for(word), label, (4, place))


def _by_number(header: str) -> Iterator[_Candidate]:
    found = _BARE.fullmatch(_plain(header))
    if found and not found["stem"].endswith((" type", " class")):
        number = float(found["number"])
        when = When(_name("visit", number), found["number"], (1, number))
        yield _Candidate(header, header[: found.end("stem")].strip(" _.-,"), when, bare=True)


def _name(kind: str, number: float) -> str:
    return f"{kind}{number:g}".replace(".", "_")


def _without(header: str, span: tuple[int, int]) -> str:
    """A header without the visit, and without what stood between."""
    left, right = header[: span[0]].rstrip(" _.-,:–"), header[span[1] :].lstrip(" _.-,:–")
    left = re.sub(r"[ _](?:at|on|in|bei|zu)$", "", left)
    whole = " ".join(filter(None, [left, right]))
    return re.sub(r"\s*(?:\( *\)|\[ *\])", "", whole).strip()
