"""What a header says beside the name of its column: a unit, the limits of a scale.

`Age (years)`, `CK [U/l]`, `CRP level, mg/L`, `mRSS (0–51)`. Visits are for `visits`.
"""

import re
from dataclasses import dataclass, replace

from casebook.data.cells import Grid, normalised
from casebook.drafting.columns import Column
from casebook.drafting.visits import visits_in_cells

_TIME = (
    "years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h|min(?:utes?)?|sec(?:onds?)?|ms"
    "|jahren?|monaten?|wochen?|tagen?|stunden?|ans?|mois|semaines?|jours?|a[ñn]os|meses"
)
_AMOUNT = (
    "kg|mg|g|[µμu]g|mcg|ng|pg|k?lbs?|[mµμn]?mol|[mk]?i?u|i\\.?e\\.?|[mdµμ]?l|cm|mm|[µμu]m|nm|m|kpa"
    "|mm ?hg|bpm|beats|°? ?c|%|cells|copies|points?|punkte|mval|meq"
)
_PART = rf"(?:{_TIME}|{_AMOUNT})[²2³3]?"
_SPAN = re.compile(_TIME, re.IGNORECASE)
_UNIT = re.compile(
    rf"(?:[x×]? ?10[\^]?[0-9⁰-⁹]{{1,2}} ?/ ?)?/?{_PART}(?:(?: ?[/·*] ?| per ){_PART})*"
    r"(?: (?:predicted|pred\.?|daily|of predicted))?",
    re.IGNORECASE,
)
_CLEAR = re.compile(
    r"(?:years|yrs|months|weeks|wks|kg|mg|[µμ]g|cm|mm ?hg|bpm|%|[a-zµμ]{1,4}/[a-zµμ0-9]{1,5})",
    re.IGNORECASE,
)
"""Units that need no sign before them to be told from a word."""
_COUNTED = re.compile(r"(days|weeks|months|years|hours)\b.+", re.IGNORECASE)
_LIMITS = re.compile(r"(-?\d+(?:[.,]\d+)?) ?(?:-|–|to|bis) ?(-?\d+(?:[.,]\d+)?)")
_BRACKETS = re.compile(r"(.*?)[\s_]*[(\[]([^()\[\]]*)[)\]]([^()\[\]]*)")


@dataclass(frozen=True)
class Heading:
    """A header without what it says of unit and limits.

    Attributes:
        label: The name of what is in the column.
        unit: The unit, if the header has one.
        limits: The limits of the scale, if the header has them.
        told_in: Where unit and limits are from.
    """

    label: str
    unit: str = ""
    limits: tuple[float, float] | None = None
    told_in: str = "the header"


def is_unit(text: str) -> bool:
    """Whether a text can be a unit."""
    return _UNIT.fullmatch(text) is not None


def row_of_units(grid: Grid) -> int:
    """The number of the row below the header if it has nothing but units; 0 if it has not."""
    row = grid.body[0] if len(grid.body) > 1 else 0
    cells = [normalised(texts[1]) for texts in grid.columns.values()] if row else []
    units = [text.strip("()[]") for text in cells if text]
    return row if len(units) > 1 and all(map(is_unit, units)) else 0


def heading_of(column: Column) -> Heading:
    """What a column's label says, if it has one, or else its header."""
    told = heading(column.label or column.header)
    told = told if told.unit else replace(told, unit=heading(column.header).unit)
    if not (column.limits or column.unit):
        return told
    limits, unit = column.limits or told.limits, column.unit or told.unit
    return Heading(told.label, unit, limits, "the data dictionary")


def heading(header: str) -> Heading:
    """What a header says."""
    if found := _BRACKETS.fullmatch(header):
        before, within, after = (part.strip() for part in found.groups())
        label = " ".join(filter(None, [before, after]))
        if before and after.isdecimal() and _SPAN.fullmatch(within):
            return Heading(f"{before} {within} {after}")
        if label and _UNIT.fullmatch(within):
            return Heading(label, within)
        if label and (scale := _LIMITS.fullmatch(within)):
            low, high = (float(each.replace(",", ".")) for each in scale.groups())
            return Heading(label, limits=(low, high)) if low < high else Heading(label)
    label, comma, last = header.rpartition(",")
    if comma and label.strip() and _UNIT.fullmatch(last.strip()):
        return Heading(label.strip(), last.strip())
    label, _, last = header.rpartition(" ")
    is_when = label[-1:].isdecimal() and _SPAN.fullmatch(last) is not None
    is_when = is_when or visits_in_cells(last) is not None
    if label and _CLEAR.fullmatch(last) and not is_when:
        return Heading(label, last)
    if counted := _COUNTED.fullmatch(header):
        return Heading(header, counted[1].lower())
    return Heading(header)
