"""What a value of a patient is read from: a column, and in a long table the visit and the measure.

Where in a file that stands is for `prepare/laid_out`.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import Field

from casebook.data.cells import folded
from casebook.study.fields import CellText, Text
from casebook.study.shorthand import ONE_OR_MORE

TWO_VISITS = ("baseline", "followup")
"""The visits of a study that names none."""


Rule = Literal["first_of", "last_of", "best_of", "mean_of"]
"""How the values at a visit follow from those at others, by the key that names these."""


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_MINUS = re.compile(r"(?:^|(?<=\s))[-\u2010-\u2015\u2212](?=\d)")


class Heading(NamedTuple):
    """The column of a value of each patient, and which rows of a long table have it.

    Attributes:
        header: The header of the column.
        visit: The visit of the rows; none if the value is the same at each, or no row tells.
        measure: What the rows are a measurement of, likewise.
        of_value: Whether the column is that of values of many measures.
    """

    header: str
    visit: str = ""
    measure: str = ""
    of_value: bool = False

    @property
    def name(self) -> str:
        """What the column is called once there is a row for each patient."""
        return self.at_all_visits + (f" at {self.visit}" if self.visit else "")

    @property
    def at_all_visits(self) -> str:
        """The same without the visit."""
        parts = [self.measure, "" if self.of_value else self.header]
        return ", ".join(filter(None, parts))


RowsWith = Annotated[
    dict[Text, Annotated[tuple[CellText, ...], ONE_OR_MORE, Field(min_length=1)]],
    Field(examples=[{"redcap_repeat_instrument": ""}]),
]
"""Texts that rows have in columns."""


def without_signs(text: str) -> str:
    """A text by which a visit is found that names no other: Week 4 and week_4 are week4.

    What makes another number of it stays: Day -7 is not day7, and Week 1.5 is not week15.
    """
    told_apart = _BETWEEN_DIGITS.sub("\0", _MINUS.sub("minus", folded(text)))
    return re.sub(r"(?:[^\w\0]|_)+", "", told_apart)


def with_columns_at_visits(written: Any) -> Any:
    """A study as it is written, where each outcome with one column has it at each of its visits.

    What is not written as it must be is left for others to tell.
    """
    if not isinstance(written, Mapping):
        return written
    visits, value = written.get("visits") or TWO_VISITS, _value(written.get("source"))
    outcomes = written.get("outcomes")
    if not isinstance(outcomes, Mapping):
        return written
    filled = {name: _filled(outcome, value, visits) for name, outcome in outcomes.items()}
    return {**written, "outcomes": filled}


def _value(source: object) -> object:
    """The column of the values of all measures, if one table alone has such a column."""
    if not isinstance(source, Mapping):
        return None
    joined = source.get("joined")
    further = joined.values() if isinstance(joined, Mapping) else ()
    tables = [source, *(each for each in further if isinstance(each, Mapping))]
    values = [each["value"] for each in tables if each.get("value")]
    return values[0] if len(values) == 1 else None


def _filled(outcome: Any, value: object, visits: Any) -> Any:
    """An outcome with a column at each visit; that of all values where only a measure is named."""
    if not isinstance(outcome, Mapping):
        return outcome
    column = outcome.get("column")
    if "measure" in outcome and not {"column", "columns"} & outcome.keys():
        column = value
    own, at = outcome.get("columns", {}), outcome.get("at", {})
    if not (isinstance(own, Mapping) and isinstance(at, Mapping) and isinstance(column, str)):
        return outcome
    measured = [v for v in visits if v not in at and not _follows(visits, v)]
    return {**outcome, "columns": dict.fromkeys(measured, column) | {**own}}


def _follows(visits: Any, name: Any) -> bool:
    """Whether the values at a visit follow from those at others, so that no column has them."""
    visit = visits[name] if isinstance(visits, Mapping) else None
    return isinstance(visit, Mapping) and not visit.keys().isdisjoint(get_args(Rule))
