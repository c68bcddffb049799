"""Compare the drafts of `casebook new` with what was written down by hand of the same tables.

Prints a page in Markdown, the same one every time. Run from the repository's root:

    PYTHONPATH=scripts python benchmarks/drafts.py > docs/drafts.md
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from casebook.base.numerals import Numerals
from casebook.base.yamlfile import read_yaml
from casebook.cli.given import GivenTable, NotBegunError, Told
from casebook.cli.given_events import with_events, without_events
from casebook.cli.given_tables import given_tables
from casebook.doubts.direction import Better
from casebook.drafting.far import far
from casebook.drafting.identified import Identifier
from casebook.drafting.parts import Outcome, Sketch
from casebook.drafting.together import together

EXPECTED = Path("tests/unit/drafting/expected.yaml")
Pair = tuple[str, str]
_OPEN = "unknown"
_FIRST = "?"
"""Written down as the start of visits that count from the first date of each patient."""

INTRODUCTION = """\
# How often the drafts of `casebook new` are right

The draft of each table below was compared with what was written down of it by hand, in
`tests/unit/drafting/expected.yaml`. All guesses are marked for review in a draft, right or wrong.
The rules were written with most of these tables at hand; those that are called unseen were drafted
for the first time after the rules had been written, and are nearer to what to expect of yours; the
invented ones among them were made up by those who wrote the rules, if before the rules.
`make drafts` writes this page again, and a test holds it.

- **types**: columns whose type is right, of all but those of patients and visits: number, category,
  set, text or date. A column that is not described is wrong.
- **visit pairs**: neighbouring visits of one measurement that are recognised as such, of all that
  there are or that are taken for some; a cell that holds two visits counts as a pair.
  The visits of a table with dates are right if there are as many as were written down.
- **directions**: measurements of which the draft says rightly which way is better, or rightly that
  this is not known. It is written down of some tables only; one that is left open is not right.
- **patients**: whether the column that identifies patients is right, or that there is none; in a
  long table also the columns of visits, of measures, and of the date from which visits count; and
  which rows are the header, which are left out, and whether patients stand in columns.

| table | types | visit pairs | directions | patients | what is wrong |
|---|--:|--:|--:|:--|---|
"""
FIRST_DRAFTS = """\
Of some tables rules were mended once they had been drafted, so that what the table above has of
them is no measure of tables that were never seen. Two of these are from R, and two were printed in
papers; the others were made up in the way in which clinicians type them, with their habits, and
what is in them was written down before any was drafted. Their first drafts are:

| table | types | visit pairs | directions | patients |
|---|--:|--:|--:|:--|"""
_COUNTED = ("types", "pairs", "directions")


@dataclass(frozen=True)
class Compared:
    """A draft and what was expected of it.

    Attributes:
        name: The name of the table.
        source: Where it is from.
        is_unseen: Whether the guesses were made without knowing it.
        right: The columns whose type is right.
        wrong: The others, each with what is wrong.
        pairs: Pairs of visits that are right.
        missed: Pairs of visits that there are, and that the draft does not tell.
        made_up: Pairs of visits that the draft tells, and that there are not.
        patients: Whether what identifies the patients and the visits is right.
        directions: The measurements of which it is rightly told which way is better.
        astray: The others, each with what is wrong.
        is_read: Whether it is rightly told how numbers are written.
        numbers: How many variables and outcomes have a range.
        far: Those of which a number is told as far from all others.
        events: Whether it is rightly told what a sheet of adverse events has; None without one.
        first: What was right when it was drafted for the first time, if rules were mended then.
    """

    name: str
    source: str
    is_unseen: bool
    right: list[str]
    wrong: dict[str, str]
    pairs: set[Pair]
    missed: set[Pair]
    made_up: set[Pair]
    patients: bool
    directions: list[str]
    astray: dict[str, str]
    is_read: bool
    numbers: int
    far: list[str]
    events: bool | None
    first: Mapping[str, str] | None


def compare() -> list[Compared]:
    """The drafts of all tables, compared with what is expected."""
    return [_compared(name, each) for name, each in read_yaml(EXPECTED).items()]


def given(expected: Mapping[str, Any]) -> GivenTable | None:
    """A table as `casebook new` reads it; None if it is refused."""
    beside = expected.get("dictionary")
    told = Told(dictionary=Path(beside) if beside else None)
    try:
        (table,) = given_tables([Path(expected["table"])], told, [])
    except NotBegunError:
        return None
    return table


def drafted(expected: Mapping[str, Any]) -> tuple[GivenTable | None, Sketch]:
    """The same, and what it seems to hold."""
    table = given(expected)
    if table is None:
        return None, Sketch(Identifier("", ""))
    tables, events = without_events([table])
    return table, with_events(
        together([table.cells], table.path.stem, (), {}), tables, events
    ).whole


def _compared(name: str, expected: Mapping[str, Any]) -> Compared:
    table, found = drafted(expected)
    types = types_in(found)
    wanted = {header: [kind] if isinstance(kind, str) else list(kind)
              for header, kind in expected["types"].items()}  # fmt: skip
    right = [header for header, kinds in wanted.items() if types.get(header) == kinds]
    wrong = {
        header: f"{header}: {' and '.join(types.get(header, ['not described']))}"
        for header in wanted
        if header not in right
    }
    visits = expected.get("visits", [])
    if "count" in expected:
        visits = [_numbered(int(expected["count"]))]
    there = {pair for each in visits for pair in _pairs(each)}
    told = {pair for each in series_in(found) for pair in _pairs(each)}
    better = _directions(found)
    ways = {header: (better.get(header, "not described"), way)
            for header, way in expected.get("better", {}).items()}  # fmt: skip
    seen = {each.name: [number for _, number in each.guess.seen]
            for each in (*found.variables, *found.outcomes) if each.guess.range}  # fmt: skip
    return Compared(
        name=name,
        source=expected["source"],
        is_unseen="unseen" in expected,
        right=right,
        wrong=wrong,
        pairs=there & told,
        missed=there - told,
        made_up=told - there,
        patients=_has_patients_of(expected, table, found),
        directions=[header for header, (told, way) in ways.items() if told == way],
        astray={h: f"{h}: {_told(told)}" for h, (told, way) in ways.items() if told != way},
        is_read=_is_read(expected, found.written.numerals),
        numbers=len(seen),
        far=[header for header, numbers in seen.items() if far(numbers)],
        events=_events(expected, found),
        first=expected.get("first"),
    )


def _has_patients_of(expected: Mapping[str, Any], table: GivenTable | None, found: Sketch) -> bool:
    """Whether rows are taken for those patients, visits and measures that they are of."""
    who = found.identifier
    start = _FIRST if who.start and who.start == who.of_visits else who.start
    keys = {"patient": who.column, "visit": who.of_visits, "measure": who.measure, "start": start}
    if any(expected.get(key, "") != told for key, told in keys.items()):
        return False
    if ("transpose" in expected) != bool(table and table.told.transpose):
        return False
    rows = [[*map(str, each)] for each in (table.told.header, table.left_out)] if table else []
    return rows == [expected.get("header", []), expected.get("leave_out", [])]


def _directions(found: Sketch) -> dict[str, str]:
    """Which way is better of each outcome and grade, by the header of its first column."""
    better = {_header_of(each): _direction(each.better) for each in found.outcomes}
    column = {each.name: each.column for each in found.variables}
    return better | {column[next(iter(each.at.values()))]: _direction(each.better)
                     for each in found.grades}  # fmt: skip


def _is_read(expected: Mapping[str, Any], numerals: Numerals) -> bool:
    """Whether numbers are read in the way in which the table writes them."""
    return numerals == Numerals(
        expected.get("decimal", numerals.decimal),
        expected.get("thousands", ""),
        expected.get("leading_zero", True),
    )


def _events(expected: Mapping[str, Any], found: Sketch) -> bool | None:
    """Whether adverse events are found where they stand; None of a table without any."""
    wanted = expected.get("events")
    if not wanted:
        return None
    sheet, columns = (found.harms.read.sheet, found.harms.columns) if found.harms else ("", {})
    return bool({"sheet": sheet, **columns} == wanted)


def _direction(better: Better) -> str:
    return better.way if better.is_known else _OPEN


def _told(direction: str) -> str:
    return "direction left open" if direction == _OPEN else direction


def _header_of(outcome: Outcome) -> str:
    """What an outcome is called by in the expected: its measure or its first column."""
    return outcome.measure or outcome.column or outcome.columns[0].column


def _numbered(count: int) -> list[str]:
    return [f"visit {place}" for place in range(1, count + 1)]


def types_in(found: Sketch) -> dict[str, list[str]]:
    """The types of the variables of each column, and of the outcomes, which are numbers."""
    types: defaultdict[str, list[str]] = defaultdict(list)
    for each in found.variables:
        for header in [each.measure] if each.measure else each.headers:
            # In a long table a category has a variable for each visit.
            if not (each.guess.visit and types[header]):
                types[header].append(each.guess.type)
    for outcome in found.outcomes:
        columns = {at.column for at in outcome.columns} | {outcome.column} - {""}
        for header in {outcome.measure} if outcome.measure else columns:
            types[header].append("number")
    return dict(types)


def series_in(found: Sketch) -> list[list[str]]:
    """The columns of each measurement with several visits, in order; none of a long table.

    Visits that have dates are numbered.
    """
    column = {each.name: each.column for each in found.variables}
    graded = [[column[name] for name in grade.at.values()] for grade in found.grades]
    if found.identifier.start:
        return [_numbered(len(found.visits))]
    if found.identifier.of_visits:
        return []
    return [*([at.column for at in each.columns] for each in found.outcomes), *graded]


def _pairs(visits: Iterable[str]) -> list[Pair]:
    columns = list(visits)
    return list(pairwise(columns)) or [(each, each) for each in columns]


def page(drafts: Iterable[Compared]) -> str:
    """All of it as a page."""
    drafts = list(drafts)
    rows = [_row(each) for each in drafts]
    unseen = [each for each in drafts if each.is_unseen]
    rows += [_total(f"all {len(drafts)}", drafts), _total(f"the {len(unseen)} unseen ones", unseen)]
    read = sum(each.is_read for each in drafts)
    known = f"How numbers are written is right in {read} of {len(drafts)} tables."
    events = [each.events for each in drafts if each.events is not None]
    known += f" A sheet of adverse events is read rightly in {sum(events)} of {len(events)}."
    far_from_others = sum(len(each.far) for each in drafts)
    known += f" A number is told as far from all others in {far_from_others} of"
    known += f" {sum(each.numbers for each in drafts)} variables and measurements; no such slip"
    known += " was written down of these tables."
    sources = [f"- {each.name}{', unseen' * each.is_unseen}: {each.source}" for each in drafts]
    parts = [*rows, "", known, "", *_first_drafts(drafts), "", "The tables:", "", *sources]
    return INTRODUCTION + "\n".join(parts) + "\n"


def _first_drafts(drafts: Collection[Compared]) -> Iterator[str]:
    """The tables for which rules were mended, with what was right before."""
    tables = {each.name: each.first for each in drafts if each.first}
    yield FIRST_DRAFTS
    for name, first in tables.items():
        yield f"| {name} | {' | '.join(first.get(each, '') for each in (*_COUNTED, 'patients'))} |"
    own = [_first_shares(tables.values(), place) for place in range(len(_COUNTED) + 1)]
    yield f"| all {len(tables)} | {' | '.join(_share(*each) for each in own)} |"
    unseen = shares([each for each in drafts if each.is_unseen])
    both = [(a + c, b + d) for (a, b), (c, d) in zip(own, unseen, strict=True)]
    yield f"| these and the unseen ones | {' | '.join(_share(*each) for each in both)} |"


def _first_shares(drafts: Collection[Mapping[str, str]], place: int) -> tuple[int, int]:
    """How much was right in first drafts, of how many, of what is counted at a place."""
    if place == len(_COUNTED):
        return sum(each["patients"] == "right" for each in drafts), len(drafts)
    told = (each[_COUNTED[place]] for each in drafts if _COUNTED[place] in each)
    right, of = zip(*(map(int, each.split(" of ")) for each in told), strict=True)
    return sum(right), sum(of)


def shares(drafts: Sequence[Compared]) -> tuple[tuple[int, int], ...]:
    """How many types, pairs, directions and identifiers are right, each with how many there are."""
    right = sum(len(each.right) for each in drafts)
    types = right + sum(len(each.wrong) for each in drafts)
    pairs = sum(len(each.pairs) for each in drafts)
    patients = sum(each.patients for each in drafts)
    ways = sum(len(each.directions) for each in drafts)
    of_ways = ways + sum(len(each.astray) for each in drafts)
    counted = (right, types), (pairs, sum(map(_count, drafts))), (ways, of_ways)
    return *counted, (patients, len(drafts))


def _total(name: str, drafts: Sequence[Compared]) -> str:
    return f"| {name} | {' | '.join(_share(*each) for each in shares(drafts))} | |"


def _row(each: Compared) -> str:
    missed = [f"not recognised: {one} and {other}" for one, other in sorted(each.missed)]
    made_up = [f"no visits: {one} and {other}" for one, other in sorted(each.made_up)]
    count = _count(each)
    pairs = f"{len(each.pairs)} of {count}" if count else ""
    unread = [] if each.is_read else ["how numbers are written"]
    told = "; ".join([*each.wrong.values(), *missed, *made_up, *each.astray.values(), *unread])
    types = f"{len(each.right)} of {len(each.right) + len(each.wrong)}"
    of_ways = len(each.directions) + len(each.astray)
    ways = f"{len(each.directions)} of {of_ways}" if of_ways else ""
    patients = "right" if each.patients else "wrong"
    return f"| {each.name} | {types} | {pairs} | {ways} | {patients} | {told} |"


def _count(each: Compared) -> int:
    return len(each.pairs | each.missed | each.made_up)


def _share(right: int, of: int) -> str:
    return f"{right} of {of} ({right / of:.0%})" if of else ""


if __name__ == "__main__":
    print(page(compare()), end="")
