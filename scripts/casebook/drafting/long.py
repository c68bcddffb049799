"""A long table: a row for each patient and visit, and what of a patient is the same in all rows.

Rows that are each of a measure are for `measures`. How casebook reads such a table is for
`prepare/long_rows`.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from casebook.base.numerals import Numerals
from casebook.doubts.direction import better_way
from casebook.drafting.bodyparts import drafted_parts, parts_of
from casebook.drafting.columns import Column
from casebook.drafting.constant import constant
from casebook.drafting.dates import days
from casebook.drafting.described import variables_behind_code, variables_of
from casebook.drafting.eventwords import events_at_visits
from casebook.drafting.grades import answers, category_at_visits
from casebook.drafting.groups import cohorts
from casebook.drafting.headers import Heading, heading_of
from casebook.drafting.identified import Identifier
from casebook.drafting.measures import of_measures
from casebook.drafting.numbers import number
from casebook.drafting.parts import Grade, Names, Outcome, Sketch, Variable
from casebook.drafting.rows import Visits


def of_long_table(
    columns: Sequence[Column],
    who: Identifier,
    visits: Visits,
    numerals: Numerals,
    as_text: Collection[str],
    names: Names,
) -> Sketch:
    """What a long table seems to hold; how it writes numbers and missing values is for the caller.

    Args:
        columns: Its columns.
        who: What identifies the patients, and what tells the rows of each apart.
        visits: The visits, and of which each row is.
        numerals: How numbers are written.
        as_text: Headers of columns that are to be kept as texts.
        names: Where names are from.
    """
    keys = {who.column, who.of_visits, who.measure}
    patient = next(each for each in columns if each.header == who.column)
    others = [each for each in columns if each.header not in keys and each.filled]
    same = {
        each.header: once
        for each in others
        if each.header != who.value and (once := constant(each, patient))
    }
    varying = [each for each in others if each.header not in same]
    if who.measure:
        measure = next(each for each in columns if each.header == who.measure)
        who = replace(who, parts=parts_of(measure))
        used = drafted_parts(measure, patient) if who.parts else [*measure.different.values()]
        found = of_measures(measure, used, varying, who.value, visits, numerals, as_text, names)
    else:
        found = _of_visits(varying, visits, numerals, as_text, names)
    variables = [
        replace(variable, guess=each.told(variable.guess))
        for each in same.values()
        for variable in variables_of(each.column, heading_of(each.column), numerals, names, as_text)
    ]
    return replace(
        found,
        identifier=who,
        variables=[
            *variables_behind_code(patient, numerals, names),
            *variables,
            *found.variables,
        ],
        visits=found.visits or visits.visits,
        cohorts=list(cohorts(variables, {header: each.column for header, each in same.items()})),
    )


def _of_visits(
    columns: Sequence[Column],
    visits: Visits,
    numerals: Numerals,
    as_text: Collection[str],
    names: Names,
) -> Sketch:
    """What differs between the visits of patients: numbers, grades, and other categories."""
    outcomes: list[Outcome] = []
    variables: list[Variable] = []
    grades: list[Grade] = []
    left: dict[str, str] = {}
    for each in columns:
        told = heading_of(each)
        if each.header not in as_text and (day := _first_day(each, told, visits, names)):
            variables.append(day)
            continue
        is_number = each.header not in as_text and not answers([each])
        if is_number and (found := _outcome(each, told, numerals, visits, names)):
            outcomes.append(found)
            continue
        if each.header not in as_text and (sets := [*events_at_visits(each, visits, names)]):
            variables += sets
            continue
        grade, of_visits = category_at_visits(each, visits, names)
        variables += of_visits
        grades += [grade] if grade else []
        if not of_visits:
            left[each.header] = "it differs between the visits of a patient, and is no number"
    return Sketch(Identifier("", ""), variables=variables, outcomes=outcomes, grades=grades,
                  left=left)  # fmt: skip


def _first_day(column: Column, told: Heading, visits: Visits, names: Names) -> Variable | None:
    """The date of the first visit, in a column with the dates of all; None if it has no dates."""
    guess = days(column)
    if guess is None or guess.type != "date" or not visits.visits:
        return None
    first = visits.visits[0]
    if not any(column.texts[at] for at in visits.rows[first]):
        return None
    reason = f"{guess.reason}, and they differ between the rows of a patient, as dates of visits do"
    return Variable(
        names.give(f"{told.label} {first.name}", column.number),
        f"{told.label}, {first.label}",
        column.header,
        replace(guess.without_declared(column), visit=first.name, reason=reason),
    )


def _outcome(
    column: Column, told: Heading, numerals: Numerals, visits: Visits, names: Names
) -> Outcome | None:
    guess = number(column, told, numerals)
    if guess is None:
        return None
    name = names.give(told.label, column.number, (each.name for each in visits.visits))
    reason = "its numbers differ between the rows of a patient"
    if column.labels.keys() >= {*column.different.values()}:
        text = next(iter(column.different.values()))
        labelled = f"the file has a label for each, as {column.labels[text]!r} for {text}"
        reason += f"; {labelled}: whether they are grades"
    return Outcome(
        name,
        told.label,
        reason,
        (),
        guess.without_declared(column),
        better_way(told.label),
        column=column.header,
    )
