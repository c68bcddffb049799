"""What the formats of dates in a study and the century of their years must agree on."""

from collections.abc import Iterator

from casebook.base.days import USUAL_FIRST_YEAR, DayForms, has_short_years
from casebook.base.modelfile import Place, Problem
from casebook.study.model import Study
from casebook.study.variables import DateVariable


def day_problems(study: Study) -> Iterator[Problem]:
    """Years of two digits without their century, and a century without such years."""
    for name, variable in study.variables.items():
        if isinstance(variable, DateVariable):
            yield from _of(("variables", name), "format", variable.forms)
    for name, form in study.source.tables.items():
        place: Place = ("source", "joined", name) if name else ("source",)
        yield from _of(place, "date_format", form.day_forms)
    if study.harms and (table := study.harms.table):
        yield from _of(("harms", "table"), "format", table.day_forms)


def _of(place: Place, key: str, forms: DayForms) -> Iterator[Problem]:
    short = next(filter(has_short_years, forms.formats), "")
    if short and forms.first_year is None:
        told = f"{short!r} has years of two digits, which do not say their century: add"
        told += " two_digit_years_from beside it, the first of the hundred years that are meant; by"
        told += f" two_digit_years_from: {USUAL_FIRST_YEAR}, 5.3.43 is in 1943 and 5.3.23 in 2023"
        yield Problem((*place, key), told)
    if forms.first_year is not None and not short:
        told = f"this is for years of two digits, and no {key} has %y, their letter"
        yield Problem((*place, "two_digit_years_from"), told)
