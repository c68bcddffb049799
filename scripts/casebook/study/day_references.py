"""What the formats of dates in a study must agree on with the century of their years."""

from collections.abc import Iterator, Sequence

from casebook.base.days import USUAL_FIRST_YEAR, has_short_years
from casebook.base.modelfile import Place, Problem
from casebook.study.model import Study
from casebook.study.variables import DateVariable


def day_problems(study: Study) -> Iterator[Problem]:
    """Years of two digits without their century, and a century without such years."""
    for name, variable in study.variables.items():
        if isinstance(variable, DateVariable):
            told = (variable.format, variable.two_digit_years_from)
            yield from _of(("variables", name), "format", *told)
    for name, form in study.source.tables.items():
        place: Place = ("source", "joined", name) if name else ("source",)
        yield from _of(place, "date_format", form.date_format, form.two_digit_years_from)
    if study.harms and (table := study.harms.table):
        yield from _of(("harms", "table"), "format", table.format, table.two_digit_years_from)


def _of(
    place: Place, key: str, formats: Sequence[str], first_year: int | None
) -> Iterator[Problem]:
    short = next(filter(has_short_years, formats), "")
    if short and first_year is None:
        told = f"{short!r} has years of two digits, which do not say their century: add"
        told += " two_digit_years_from beside it, the first of the hundred years that are meant; by"
        told += f" two_digit_years_from: {USUAL_FIRST_YEAR}, 5.3.43 is in 1943 and 5.3.23 in 2023"
        yield Problem((*place, key), told)
    if first_year is not None and not short:
        told = f"this is for years of two digits, and no {key} has %y, their letter"
        yield Problem((*place, "two_digit_years_from"), told)
