"""Whether the headers of numbers name another unit than the study, or one another.

Nothing is converted in reading: of a column in mg/dl that a study has in mg/l each number is wrong.
Which units stand behind numbers in cells is for `prepare/mixed_units`.
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from casebook.base.lists import first_of
from casebook.base.quantities import unit_in, units_in_header
from casebook.data.findings import Finding
from casebook.doubts.read_columns import ReadColumns
from casebook.study.inexact import NumberInCell
from casebook.study.model import Study
from casebook.study.variables import NumberVariable

_SHOWN = 5
_MEND = (
    "nothing is converted in reading: if the numbers are in {}, write that as the unit and look at"
    " the range, or convert them in a copy of the table; if the header is wrong, correct it there"
)
_ONE_IS_WRONG = (
    "nothing is converted in reading, so the numbers of one of them are wrong unless its header is:"
    " convert them, or correct the header, in a copy of the table"
)


class _Header(NamedTuple):
    """A header, what its column is called in messages, and the unit that it names, if any."""

    text: str
    column: str
    unit: str


_Told = tuple[_Header, str, str]
"""At which header a warning is, with the headers that it shows, and the hint."""


def other_units(study: Study, columns: ReadColumns) -> Iterator[Finding]:
    """A warning for each header whose unit is another one than the study's, or another header's.

    A unit that `strip_unit` leaves out is held against the study's in the same way.
    """
    for key, number, headers in _numbers(study, columns.names):
        unit = getattr(number, "unit", None) or ""
        told = [*_than_the_study(key, unit, headers)] or [*_than_one_another(key, headers)]
        unit = unit or next((each.unit for each in headers if each.unit), "")
        told += _left_out(key, number, unit, headers)
        for header, value, hint in told:
            yield columns.warning(header.column, value, hint)


def _than_the_study(key: str, unit: str, headers: Sequence[_Header]) -> Iterator[_Told]:
    """Headers with another unit than the study's."""
    others = [each for each in headers if _is_other(each.unit, unit)]
    for named in dict.fromkeys(each.unit for each in others):
        alike = [each for each in others if each.unit == named]
        value = ", ".join(first_of([each.text for each in alike], _SHOWN, "{:,} more"))
        says = "the header has" if len(alike) == 1 else f"{len(alike):,} headers have"
        told = f"{says} the unit {named}, and {key}.unit of study.yaml is {unit}"
        yield alike[0], value, f"{told}; {_MEND.format(named)}"


def _than_one_another(key: str, headers: Sequence[_Header]) -> Iterator[_Told]:
    """The first header with another unit than an earlier one; a time may be that of a visit."""
    known = [(each, unit) for each in headers if (unit := unit_in(each.unit))]
    known = [each for each in known if not each[1].is_of_time]
    for other, unit in known[1:]:
        one, first = known[0]
        if not unit.is_same(first):
            told = f"the header has the unit {other.unit}, and {one.text!r}, which {key} also reads"
            yield other, other.text, f"{told}, has {one.unit}: {_ONE_IS_WRONG}"
            return


def _left_out(
    key: str, number: NumberInCell, unit: str, headers: Sequence[_Header]
) -> Iterator[_Told]:
    """Units that are left out in reading, though they are no spelling of the unit."""
    for behind in number.strip_unit if headers else ():
        if _is_other(behind, unit):
            hint = (
                f"{key}.strip_unit of study.yaml leaves out {behind!r}, which is another unit than"
                f" {unit}, and converts nothing: take it out of strip_unit, and convert these cells"
                " in corrections.tsv"
            )
            yield headers[0], "", hint


def _numbers(
    study: Study, columns: Container[str]
) -> Iterator[tuple[str, NumberInCell, Sequence[_Header]]]:
    """Each variable and outcome that is a number: its key, itself and its different headers.

    Of a cell with more than a number in it, which a pattern takes apart, the unit may be another's.
    """
    for name, variable in study.variables.items():
        if isinstance(variable, NumberVariable) and not variable.pattern:
            yield f"variables.{name}", variable, _headers(study, [name], columns)
    for name, outcome in study.outcomes.items():
        own = [
            each
            for each, (of, visit) in study.measured.items()
            if of == name and visit in outcome.columns and not outcome.columns[visit].pattern
        ]
        if not outcome.pattern:
            yield f"outcomes.{name}", outcome, _headers(study, own, columns)


def _headers(study: Study, names: Sequence[str], columns: Container[str]) -> list[_Header]:
    headings = (study.headings[name] for name in names if name in study.headings)
    found = {
        each.header: _Header(each.header, each.name, _unit_of(each.measure or each.header))
        for each in reversed([*headings])
        if each.name in columns
    }
    return [*found.values()][::-1]


def _unit_of(header: str) -> str:
    """The one unit that a header names; empty if it names none, or several."""
    units = units_in_header(header)
    return units[0] if len(units) == 1 else ""


def _is_other(one: str, other: str) -> bool:
    units = unit_in(one), unit_in(other)
    return bool(units[0] and units[1] and units[0].is_other_of_one_kind(units[1]))
