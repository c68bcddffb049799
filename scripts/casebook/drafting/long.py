"""A long table: a row for each patient and visit, and what of a patient is the same in all rows.

How casebook reads such a table is for `prepare/long_rows`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from casebook.base.numerals import Numerals
from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.described import variables_of
from casebook.drafting.grades import category_at_visits
from casebook.drafting.groups import cohorts
from casebook.drafting.headers import heading_of
from casebook.drafting.identifier import Identifier
from casebook.drafting.measured import better_way
from casebook.drafting.numbers import number
from casebook.drafting.parts import Grade, Names, Outcome, Sketch, Variable
from casebook.drafting.visits import When, time_in
from casebook.study.fields import name_for

_ARM = re.compile(r"_arm_\d+$| \(Arm \d+: [^()]*\)$")
"""How REDCap ends the names of events; in a project without arms they all are of the first."""


def of_long_table(
    columns: Sequence[Column],
    who: Identifier,
    numerals: Numerals,
    as_text: Collection[str],
    names: Names,
) -> Sketch:
    """What a long table seems to hold; how it writes numbers and missing values is for the caller.

    Args:
        columns: Its columns.
        who: What identifies the patients, and what tells the rows of each apart.
        numerals: How numbers are written.
        as_text: Headers of columns that are to be kept as texts.
        names: Where names are from.
    """
    by_header = {each.header: each for each in columns}
    patient, visit = by_header[who.column], by_header[who.of_visits]
    keys = [by_header[each] for each in (who.measure, who.value) if each]
    others = [e for e in columns if e not in (patient, visit, *keys) and e.filled]
    same = {each.header: once for each in others if (once := _of_patients(each, patient))}
    visits = list(_visits(visit))
    outcomes: list[Outcome] = []
    if keys:
        measure, value = keys
        outcomes += _of_measures(measure, value, numerals, visits, names)
    left: dict[str, str] = {}
    grades: list[Grade] = []
    at_visits: list[Variable] = []
    for each in others:
        if each.header in same:
            continue
        if keys:
            left[each.header] = "it differs between the rows of a patient"
            continue
        if each.header not in as_text and (found := _outcome(each, numerals, visits, names)):
            outcomes.append(found)
            continue
        grade, of_visits = category_at_visits(each, visit, visits, names)
        at_visits += of_visits
        grades += [grade] if grade else []
        if not of_visits:
            left[each.header] = "it differs between the visits of a patient, and is no number"
    variables = list(
        chain.from_iterable(
            variables_of(each, heading_of(each), numerals, names, as_text) for each in same.values()
        )
    )
    return Sketch(
        identifier=who,
        variables=[*variables, *at_visits],
        outcomes=outcomes,
        grades=grades,
        visits=visits,
        cohorts=list(cohorts(variables, same)),
        left=left,
    )


def _of_measures(
    measure: Column, value: Column, numerals: Numerals, visits: Sequence[When], names: Names
) -> Iterator[Outcome]:
    """An outcome for each measure whose values are numbers."""
    rows = list(zip(map(folded, measure.texts), value.texts, strict=True))
    for key, text in measure.different.items():
        own = tuple(each for name, each in rows if name == key)
        column = replace(value, header=text, texts=own)
        if found := _outcome(column, numerals, visits, names):
            reason = f"{value.header!r} has numbers in its rows"
            yield replace(found, reason=reason, column="", measure=text)


def _of_patients(column: Column, patient: Column) -> Column | None:
    """A column with a text for each patient, if no patient has two; None if some have."""
    texts: dict[str, str] = {}
    for who, text in zip(patient.texts, column.texts, strict=True):
        known = texts.get(who, "")
        if text and known and folded(text) != folded(known):
            return None
        texts[who] = known or text
    return replace(column, texts=tuple(texts.values()))


def _visits(column: Column) -> Iterator[When]:
    """The visits, in the order of their numbers or else in that of the table.

    REDCap has an event of its own for each arm; those of one name are one visit.
    """
    texts = list(column.different.values())
    numbered = all(text.isdecimal() for text in texts)
    events: dict[str, list[str]] = {}
    for text in sorted(texts, key=int) if numbered else texts:
        events.setdefault(_ARM.sub("", text), []).append(text)
    given: set[str] = set()
    for place, (text, values) in enumerate(events.items()):
        label = (f"{column.header} {text}" if numbered else text).replace("_", " ")
        label = label[:1].upper() + label[1:]
        name = name_for(label)[:40] or f"visit{place + 1}"
        name = f"{name}_{place + 1}" if name in given else name
        given.add(name)
        months = None if numbered else time_in(text)
        yield When(name, label, (1, place), months, tuple(values))


def _outcome(
    column: Column, numerals: Numerals, visits: Sequence[When], names: Names
) -> Outcome | None:
    told = heading_of(column)
    guess = number(column, told, numerals)
    if guess is None:
        return None
    better, why = better_way(told.label)
    reason = "its numbers differ between the rows of a patient"
    name = names.give(told.label, column.number, (each.name for each in visits))
    guess = guess.without_declared(column)
    return Outcome(name, told.label, reason, (), guess, better, why, column=column.header)
