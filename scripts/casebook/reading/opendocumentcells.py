"""A cell of an .ods workbook: its value, as it is stored, and what is shown of it.

Which elements of the file are cells is for `opendocument`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from openpyxl.utils.datetime import from_ISO8601

from casebook.reading.numberformats import number_text, shown_instead, shown_unit, stored_number
from casebook.reading.sheetremarks import is_formula_error
from casebook.reading.sheets import date_text

_VALUES = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "boolean": "boolean-value",
    "string": "string-value",
    "date": "date-value",
    "time": "time-value",
}
"""Which attribute holds the value of a kind."""
_NUMBERS = ("float", "currency", "percentage")
_TRUTHS = {"1": "TRUE", "0": "FALSE"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as its element says it.

    Attributes:
        kind: The kind of its value; empty if it has none.
        stored: Its value; None if the file does not hold it.
        shown: What is shown of it; None if the file does not say.
        formula: Its formula, if it has one.
        number_format: Its number format, in Excel's letters.
        computed: Whether the formulas of the workbook were computed, as far as is known.
    """

    kind: str
    stored: str | None
    shown: str | None
    formula: str
    number_format: str
    computed: bool

    def text(self, decimal: str) -> str:
        """Its value as a text; its formula if that was never computed."""
        shown = self.shown or ""
        if self.formula and is_formula_error(shown):
            return shown
        if self.formula and not self._has_value():
            return self.formula
        if self.stored is None:
            return shown
        if self._is_truth():
            return _TRUTHS[self.stored]
        match self.kind:
            case "boolean":
                return self.stored.upper()
            case "date":
                return date_text(datetime.fromisoformat(self.stored.removesuffix("Z")))
            case "time":
                return date_text(from_ISO8601(self.stored))
            case "string":
                return self.stored
        return number_text(stored_number(self.stored), self._number_format(), decimal)

    def shown_instead(self, text: str, *, hides_zeros: bool) -> str | None:
        """What is shown where a reader would take it for another value, or for none.

        Args:
            text: Its value as a text.
            hides_zeros: Whether zeros are not shown.
        """
        if self.stored is None or self._is_truth() or is_formula_error(text):
            return None
        if text and self.shown is not None and not self.shown.strip():
            return ""
        if self.kind == "string":
            same = self.shown is None or self.shown.split() == text.split()
            return None if same else self.shown
        if self.kind not in _NUMBERS:
            return None
        if self.shown is not None and not _has_digits(self.shown):
            return self.shown.strip()
        number = stored_number(self.stored)
        if number == 0 and hides_zeros:
            return ""
        same = text == self.shown
        return None if same else shown_instead(number, self._number_format())

    def unit(self) -> str:
        """The unit that is shown behind it, if it is a number."""
        if self.stored is None or self.kind not in _NUMBERS or self._is_truth():
            return ""
        return shown_unit(stored_number(self.stored), self.number_format)

    def _has_value(self) -> bool:
        """Whether its formula has a value, if only an empty text."""
        if self.stored == "" and (self.shown or "").strip():
            # What is shown is an error, in the words of a language.
            return False
        return self.computed and (self.stored is not None or self.kind == "string")

    def _is_truth(self) -> bool:
        """Whether a formula has given what is true or false, which is stored as a number."""
        plain = self.kind == "float" and self.number_format == "General"
        word = self.shown is not None and self.shown.strip() and not _has_digits(self.shown)
        return plain and bool(self.formula and word) and self.stored in _TRUTHS

    def _number_format(self) -> str:
        percent = self.kind == "percentage" and "%" not in self.number_format
        return "0%" if percent else self.number_format


def _has_digits(text: str) -> bool:
    return any(map(str.isnumeric, text))


def stored_in(kind: str, attributes: Mapping[str, str]) -> str | None:
    """The value of a cell of a kind, which one of these attributes holds; None if none does."""
    return attributes.get(_VALUES.get(kind, ""))
