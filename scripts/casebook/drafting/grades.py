"""Grades at several visits, such as mild and severe, where it is known which of them is worse."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading, heading_of
from casebook.drafting.parts import Grade, Names, Variable
from casebook.drafting.visits import Series, When, series_among
from casebook.drafting.words import words

_FROM_BEST = (
    *("clear", "none", "absent", "no", "normal", "almost clear", "trace", "minimal", "slight"),
    *("mild", "moderate", "marked", "severe", "very severe", "critical"),
)
"""Words for how bad something is, the best first."""
_MOST_VISITS = 12


def grades_among(
    columns: Sequence[Column], headings: Mapping[str, Heading], names: Names
) -> Iterator[tuple[Grade, list[Variable]]]:
    """The grades that have a column for each of several visits, with a variable for each column."""
    by_label = {headings[each.header].label: each for each in columns}
    for series in series_among(list(by_label)):
        there = {label: by_label[label] for label in series.columns}
        words = {text for each in there.values() for text in each.different}
        if len(words) > 1 and words <= {*_FROM_BEST} and series.stem:
            yield _grade(series, there, names)


def category_at_visits(
    column: Column, visit: Column, visits: Sequence[When], names: Names
) -> tuple[Grade | None, list[Variable]]:
    """A category that differs between the rows of a patient: a variable for each visit that has it.

    Where it is known which of its words is worse, there is a grade of these; without several words
    that come again, there is nothing.

    Args:
        column: The column, of a long table.
        visit: The column that tells the visit of each row.
        visits: The visits.
        names: Where names are from.
    """
    guess = words(column)
    there = {at for at, text in zip(visit.texts, column.texts, strict=True) if at and text}
    wanted = [when for when in visits if not there.isdisjoint(when.values)]
    if guess.type != "category" or not 1 < len(wanted) <= _MOST_VISITS:
        return None, []
    known = {*column.different} <= {*_FROM_BEST} and len(column.different) > 1
    guess = _of_grades(column.different) if known else guess
    stem = heading_of(column).label
    variables = {
        when: Variable(
            names.give(f"{stem} {when.name}", column.number),
            f"{stem}, {when.label}",
            column.header,
            replace(guess, visit=when.name),
        )
        for when in wanted
    }
    if not known:
        return None, [*variables.values()]
    at = {when: each.name for when, each in variables.items()}
    reason = "it differs between the rows of a patient, and all cells are grades"
    grade = Grade(names.give(stem, column.number), stem, reason, at)
    return grade, [*variables.values()]


def _of_grades(spelled: Mapping[str, str]) -> Guess:
    """The guess that texts, as they are spelled, are grades."""
    levels = {spelled[word]: spelled[word].capitalize() for word in _FROM_BEST if word in spelled}
    reason = "in this order, the best first"
    return Guess("category", "all cells are grades", levels=levels, levels_reason=reason)


def _grade(
    series: Series, columns: Mapping[str, Column], names: Names
) -> tuple[Grade, list[Variable]]:
    spelled: dict[str, str] = {}
    for each in columns.values():
        spelled |= each.different
    guess = _of_grades(spelled)
    variables = {}
    for label, when in series.columns.items():
        column = columns[label]
        told = f"{series.stem}, {when.label}"
        name = names.give(f"{series.stem} {when.name}", column.number)
        variables[when.name] = Variable(name, told, column.header, guess)
    name = names.give(series.stem, next(iter(columns.values())).number)
    at = {when: variables[when.name].name for when in series.visits}
    headers = ", ".join(repr(each.header) for each in columns.values())
    grade = Grade(name, series.stem, f"headers name visits: {headers}", at)
    return grade, list(variables.values())
