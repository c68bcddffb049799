"""Counts of patients by a value: an itch of 0, a dose of 20 mg in four, below 250 in five.

What else patients are counted by is for `counting`.
"""

import re
from collections.abc import Iterator

from casebook.base.printed import read_printed
from casebook.data.harms import HARMS
from casebook.quoting.around import Around
from casebook.quoting.behind import in_clause
from casebook.quoting.guesses import everyone, number_columns
from casebook.quoting.known import Fits
from casebook.quoting.meanings import Meaning, Sort
from casebook.quoting.moves import contrasts_at
from casebook.quoting.numbers import claimed_number

DOSE = re.compile(r"(?:[mkµμ]?g|mcg|IU|U|units?)\b(?!\s*/\s*(?:d?l|ml)\b)", re.IGNORECASE)
"""The unit of a dose, and not of a concentration."""
_VALUE = r"(?P<value>\d+(?:\.\d+)?)(?![\d.,]*\d|\s*%)"
_CLAUSE = re.compile(r"[,;:()]")
_NEAR = 60
"""How many characters before a number of patients their value may stand."""


def stopped(at: Around) -> Iterator[str]:
    """The counts of those who stopped what is measured as a dose: three could stop prednisone."""
    for dose in in_clause(at, (Sort.OUTCOME,)):
        between = at.sentence.text[at.number.end : dose.start]
        is_dose = DOSE.match(at.study.outcomes[dose.meaning.name].unit or "")
        if is_dose and at.language.says(at.language.ceased, between):
            for contrast in contrasts_at(at.study, dose.meaning.name, ""):
                earlier, later = (f"{dose.meaning.name}_{visit}" for visit in contrast.visits)
                yield f"count({earlier} > 0 and {later} == 0) in {everyone(at.study)}"


def with_events(at: Around) -> Iterator[str]:
    """The counts of those with a number of events: one patient had two events, or more than one."""
    text, language = at.sentence.text, at.language
    who = rf"\s+(?:{language.patients}|{'|'.join(language.members)})\s+[^\W\d]+\s+"
    said = re.compile(who, re.IGNORECASE).match(text, at.number.end)
    number = language.number.match(text, said.end()) if said else None
    read = read_printed(claimed_number(number, language)) if number else None
    if number is None or read is None or read.relation not in ("=", ">", ">="):
        return
    behind = (each.meaning for each in at.named if each.start == number.end() + 1)
    sets = [each.name for each in behind if each.sort == Sort.SET]
    if not sets and re.compile(rf"\s+(?:{language.occurrences})\b").match(text, number.end()):
        called = at.sentence.reader.names.named_in(language.events[HARMS][0])
        sets = [each.meaning.name for each in called if each.meaning.sort == Sort.SET]
    many = f"{'==' if read.relation == '=' else read.relation} {read.low:f}"
    yield from (f"count(count({each}) {many}) in {_whole(at)}" for each in sets[:1])


def at_a_value(at: Around, fits: Fits) -> list[str]:
    """The counts of those with a value, or with one below or above a limit.

    It stands behind what is measured, as in "three had an itch of 2 or less", or before who has it:
    "the dose was 20 mg in four"; in "15 patients took 2.5 mg" only its unit tells of what it is.
    """
    return (
        [*_explained(at)]
        or [*_behind_an_outcome(at)]
        or [*_before_who(at, fits)]
        or [*_of_a_dose(at, fits)]
    )


def _explained(at: Around) -> Iterator[str]:
    """The counts of those of whom brackets tell the value: three were clear (IGA 0)."""
    who = re.compile(r"[^.;:,()\d]{1,40}\(").match(at.sentence.text, at.number.end)
    for outcome in at.named if who else ():
        if who and outcome.meaning.sort == Sort.OUTCOME and outcome.start == who.end():
            behind = re.compile(rf"\s*(?:=\s*)?{_VALUE}\s*\)")
            if found := behind.match(at.sentence.text, outcome.end):
                for column in _at_visits(at, outcome.meaning):
                    yield f"count({column} == {found['value']}) in {_whole(at)}"


def _behind_an_outcome(at: Around) -> Iterator[str]:
    of = rf"(?:\s+[^\W\d]+)?\s+(?:(?:{at.language.consists})\s+)?{_limit(at)}{_VALUE}{_or_so(at)}"
    for outcome in in_clause(at, (Sort.OUTCOME,)):
        between = at.sentence.text[at.number.end : outcome.start]
        if at.language.says(at.language.change, between) or at.language.statistic.search(between):
            continue
        found = re.match(of, at.sentence.text[outcome.end :], re.IGNORECASE)
        is_said = found and (found["limit"] or at.language.says(at.language.consists, found[0]))
        if found and is_said:
            for column in _at_visits(at, outcome.meaning):
                yield f"count({column} {_relation(found)} {found['value']}) in {_whole(at)}"


def _before_who(at: Around, fits: Fits) -> Iterator[str]:
    language = at.language
    unit = r"(?P<unit>\s?[^\W\d_][^\s,;:()]*)?"
    who = rf"{_limit(at)}{_VALUE}{_or_so(at)}{unit}\s+(?:{language.had_by})\s+$"
    before = at.sentence.text[max(0, at.number.start - _NEAR) : at.number.start]
    found = re.search(rf"(?<![\w.,]){who}", before, re.IGNORECASE)
    if found is None or language.statistic.search(_CLAUSE.split(before[: found.start()])[-1]):
        return
    relation, unit_said = _relation(found), (found["unit"] or "").strip()
    condition = f"{relation} {found['value']}"
    if unit_said:
        yield from _in_a_unit(at, unit_said, condition, fits)
    elif relation != "==":
        named = at.nearest(Sort.OUTCOME) or at.sentence.topics(Sort.OUTCOME)
        for column in (each for of in named[:1] for each in _at_visits(at, of)):
            yield f"count({column} {condition}) in {_whole(at)}"


def _of_a_dose(at: Around, fits: Fits) -> Iterator[str]:
    who = at.language.after_count.match(at.right)
    text = at.sentence.text[at.number.end :]
    took = rf"\s+[^\W\d]+\s+{_VALUE}\s?(?P<unit>{DOSE.pattern})"
    found = re.compile(took, re.IGNORECASE).match(text, who.end()) if who else None
    if found:
        yield from _in_a_unit(at, found["unit"], f"== {found['value']}", fits)


def _in_a_unit(at: Around, said: str, condition: str, fits: Fits) -> Iterator[str]:
    """The counts by columns in a unit: by one that the sentence names, or that gives the number."""
    units = {each: at.study.unit(each) for each in number_columns(at.study)}
    for name, outcome in at.study.outcomes.items():
        units |= {f"{name}_{visit}": outcome.unit for visit in at.study.visits_of(name)}
    columns = [
        each for each, unit in units.items() if unit and re.fullmatch(at.language.unit(unit), said)
    ]
    named = [e.meaning.name for e in at.named if e.meaning.sort in (Sort.COLUMN, Sort.OUTCOME)]
    own = [each for each in columns if each in named or each.rpartition("_")[0] in named]
    for column in own or columns:
        reading = f"count({column} {condition}) in {_whole(at)}"
        if len(own) == 1 or len(columns) == 1 or fits(reading):
            yield reading


def _at_visits(at: Around, outcome: Meaning) -> list[str]:
    """An outcome at the visit that is said, or at each one, rather a later one."""
    said = [each.name for each in at.behind(Sort.VISIT) or at.nearest(Sort.VISIT)][:1]
    of_it = at.study.visits_of(outcome.name)
    return [f"{outcome.name}_{each}" for each in said or reversed(of_it) if each in of_it]


def _limit(at: Around) -> str:
    below, above = at.language.below, at.language.above
    return rf"(?:(?P<limit>(?P<below>{below})|(?P<above>{above}))\s+)?"


def _or_so(at: Around) -> str:
    less, more = at.language.or_less, at.language.or_more
    return rf"(?:\s+(?:(?P<or_less>{less})|(?P<or_more>{more}))\b)?"


def _relation(found: re.Match[str]) -> str:
    """How values are to one that was found: below it, above, or the same."""
    signs = {"below": "<", "above": ">", "or_less": "<=", "or_more": ">="}
    return next((sign for name, sign in signs.items() if found[name]), "==")


def _whole(at: Around) -> str:
    return everyone(at.study)
