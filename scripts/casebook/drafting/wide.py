"""A table with a row for each patient: outcomes and grades at several visits, and the rest.

Tables with several rows for each patient are for `long`.
"""

from collections.abc import Collection, Sequence
from itertools import chain

from casebook.base.numerals import Numerals
from casebook.drafting.columns import Column
from casebook.drafting.dates import counted_days
from casebook.drafting.described import variables_of
from casebook.drafting.grades import grades_among
from casebook.drafting.groups import cohorts
from casebook.drafting.headers import heading_of
from casebook.drafting.identified import Identifier
from casebook.drafting.measured import at_visits, in_cells
from casebook.drafting.parts import Names, Sketch
from casebook.drafting.placed import placed_columns
from casebook.drafting.visits import in_order


def of_wide_table(
    columns: Sequence[Column],
    who: Identifier,
    numerals: Numerals,
    as_text: Collection[str],
    names: Names,
    title: str,
) -> Sketch:
    """What such a table seems to hold; how it writes numbers and missing values is for the caller.

    Args:
        columns: Its columns.
        who: What identifies the patients.
        numerals: How numbers are written.
        as_text: Headers of columns that are to be kept as texts.
        names: Where names are from.
        title: What a measurement is called whose columns name visits alone.
    """
    others = [each for each in columns if each.header != who.column]
    left = {each.header: "all cells are empty" for each in others if not each.filled}
    others = [each for each in others if each.filled]
    headings = {each.header: heading_of(each) for each in others}
    measured = [each for each in others if each.header not in as_text and not counted_days(each)]
    placed = [*placed_columns(measured, headings)]
    outcomes = [
        *at_visits(placed, headings, numerals, title, names),
        *in_cells(measured, headings, numerals, names),
    ]
    used = {at.column for each in outcomes for at in each.columns}
    graded = [*grades_among(placed, title, names)]
    of_grades = [each for _, variables in graded for each in variables]
    used |= {each.column for each in of_grades}
    rest = {each.header: each for each in others if each.header not in used}
    described = (
        variables_of(each, headings[each.header], numerals, names, as_text)
        for each in rest.values()
    )
    variables = [*chain.from_iterable(described)]
    when = [at.when for each in outcomes for at in each.columns]
    return Sketch(
        identifier=who,
        variables=[*variables, *of_grades],
        outcomes=outcomes,
        grades=[grade for grade, _ in graded],
        visits=in_order([*when, *(each for grade, _ in graded for each in grade.at)]),
        cohorts=list(cohorts(variables, rest)),
        left=left,
    )
