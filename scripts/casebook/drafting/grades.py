"""Grades at several visits, such as mild and severe, where it is known which of them is worse."""

from collections.abc import Iterator, Mapping, Sequence

from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import Heading
from casebook.drafting.parts import Grade, Names, Variable
from casebook.drafting.visits import Series, series_among

_FROM_BEST = (
    *("clear", "none", "absent", "no", "normal", "almost clear", "trace", "minimal", "slight"),
    *("mild", "moderate", "marked", "severe", "very severe", "critical"),
)
"""Words for how bad something is, the best first."""


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


def _grade(
    series: Series, columns: Mapping[str, Column], names: Names
) -> tuple[Grade, list[Variable]]:
    spelled: dict[str, str] = {}
    for each in columns.values():
        spelled |= each.different
    levels = {spelled[word]: spelled[word].capitalize() for word in _FROM_BEST if word in spelled}
    variables = {}
    for label, when in series.columns.items():
        column = columns[label]
        told = f"{series.stem}, {when.label}"
        guess = Guess("category", "all cells are grades", levels=levels,
                      levels_reason="in this order, the best first")  # fmt: skip
        name = names.give(f"{series.stem} {when.name}", column.number)
        variables[when.name] = Variable(name, told, column.header, guess)
    name = names.give(series.stem, next(iter(columns.values())).number)
    at = {when: variables[when.name].name for when in series.visits}
    headers = ", ".join(repr(each.header) for each in columns.values())
    grade = Grade(name, series.stem, f"headers name visits: {headers}", at)
    return grade, list(variables.values())
