"""REDCap's data dictionary: which fields a project has, with their labels, choices and limits.

The dictionary is a CSV file with 18 columns, as REDCap's page "Data Dictionary" gives it; that of
its API has the same under other names. What its fields say of a table is for those who ask.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from casebook.data.cells import MOST_COLUMNS, TableError, folded, normalised
from casebook.data.findings import DataError, Finding, stop_at_errors, unreadable
from casebook.reading.textrows import read_rows

EVENT, FORM, INSTANCE = "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"
"""The columns by which an export tells the rows of a patient apart."""
IN_WORDS = {"Event Name": EVENT, "Repeat Instrument": FORM, "Repeat Instance": INSTANCE}
"""What these are called in an export with labels for headers."""
_STATUS = re.compile(r".+_complete|Complete\?(?: \d+)?")
"""The column with the status of a form: it has the form's name, or in words the same in each form,
so that they are told apart by numbers."""
NOT_BEGUN = ("0", "Incomplete")
"""The status of a form that nobody has opened, as of one that is not complete."""

_ITS_OWN = {EVENT, FORM, INSTANCE, *IN_WORDS, "redcap_survey_identifier"}
_COLUMNS = {
    "name": ("Variable / Field Name", "field_name"),
    "form": ("Form Name", "form_name"),
    "type": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
    "note": ("Field Note", "field_note"),
    "validation": (
        "Text Validation Type OR Show Slider Number",
        "text_validation_type_or_show_slider_number",
    ),
    "low": ("Text Validation Min", "text_validation_min"),
    "high": ("Text Validation Max", "text_validation_max"),
    "identifier": ("Identifier?", "identifier"),
}
_NEEDED = ("name", "form", "type", "label")
_OF_CHOICES = ("radio", "dropdown", "checkbox")
_ANSWERS = {"yesno": {"1": "Yes", "0": "No"}, "truefalse": {"1": "True", "0": "False"}}
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class DataField:
    """A field of a project.

    Attributes:
        name: Its name, which is the header of its column, but for checkboxes.
        form: The form that it is on.
        type: text, notes, radio, dropdown, checkbox, yesno, calc, ...
        label: What it is called on the form.
        choices: The label of each code.
        note: What stands below it on the form, such as a unit.
        validation: What its text must be: number, integer, date_dmy, ...
        low: The least value that the form takes without a warning.
        high: The largest.
        identifier: Whether it tells who a patient is.
    """

    name: str
    form: str = ""
    type: str = ""
    label: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    validation: str = ""
    low: str = ""
    high: str = ""
    identifier: bool = False


@dataclass(frozen=True)
class Box:
    """A column of a checkbox: its field, and the code of the choice that it stands for."""

    field: DataField
    code: str


@dataclass(frozen=True)
class Dictionary:
    """The fields of a project by their names, in order."""

    fields: Mapping[str, DataField]

    @cached_property
    def of_headers(self) -> dict[str, DataField]:
        """The fields by the headers of their columns, which may be names or labels."""
        others = [each for each in self.fields.values() if each.type != "checkbox"]
        labels = [each.label for each in others]
        found = {each.label: each for each in others if labels.count(each.label) == 1}
        return found | {each.name: each for each in others}

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """The boxes of checkboxes by the headers of their columns, which may be labels."""
        found = {}
        for each in self.fields.values():
            if each.type == "checkbox":
                for code, label in each.choices.items():
                    found[f"{each.label} (choice={label})"] = Box(each, code)
                    found[f"{each.name}___{code.lower().replace('-', '_')}"] = Box(each, code)
        return found


def is_status(header: str) -> bool:
    """Whether a column has the status of a form, with which its columns end."""
    return _STATUS.fullmatch(header) is not None


def is_its_own(header: str) -> bool:
    """Whether a column is one that REDCap adds to those of a project's fields."""
    return header in _ITS_OWN or is_status(header)


def is_dictionary(path: Path) -> bool:
    """Whether a file has the header of a data dictionary."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        return _columns(next(read_rows(path), [])) is not None
    except (TableError, OSError):
        return False


def dictionary_beside(table: Path, headers: Collection[str]) -> Path | None:
    """The one data dictionary in the folder of a table that has fields of it.

    Args:
        table: The table.
        headers: The headers of its columns.
    """
    found = []
    for path in sorted(table.parent.glob("*.csv")):
        if path.name != table.name and is_dictionary(path):
            with suppress(DataError):
                read = read_dictionary(path)
                if not (read.of_headers.keys() | read.boxes.keys()).isdisjoint(headers):
                    found.append(path)
    return found[0] if len(found) == 1 else None


def read_dictionary(path: Path) -> Dictionary:
    """The fields of a data dictionary.

    Raises:
        DataError: it is none, or has a field twice, or choices that cannot be read.
    """
    try:
        header, *rows = read_rows(path)
    except TableError as error:
        raise DataError(unreadable(str(path), error)) from None
    except ValueError:
        header, rows = [], []
    if len(rows) > MOST_COLUMNS:
        allowed = f"a data dictionary of up to {MOST_COLUMNS:,} fields"
        raise DataError([Finding("error", str(path), 0, "", "", allowed, "is it the right file?")])
    columns = _columns(header)
    if columns is None:
        needed = ", ".join(_COLUMNS[each][0] for each in _NEEDED)
        hint = "download it anew on REDCap's page 'Data Dictionary'"
        raise DataError([Finding("error", str(path), 1, "", "", f"the columns {needed}", hint)])
    found: dict[str, DataField] = {}
    wrong: list[Finding] = []
    for number, cells in enumerate(rows, start=2):
        told = {k: cells[n].strip() for k, n in columns.items() if n < len(cells)}
        if not told.get("name"):
            continue
        if told["name"] in found:
            allowed = "each field once"
            wrong.append(Finding("error", str(path), number, header[0], told["name"], allowed))
        choices, problems = _choices(told)
        at = (str(path), number, header[columns.get("choices", 0)])
        wrong += [Finding("error", *at, *problem) for problem in problems]
        found[told["name"]] = _field(told, choices)
    stop_at_errors(wrong)
    return Dictionary(found)


def _columns(header: Sequence[str]) -> dict[str, int] | None:
    """The places of the columns; None if it is not the header of a dictionary."""
    there = {folded(text): number for number, text in enumerate(header)}
    found = {
        key: there[folded(name)]
        for key, names in _COLUMNS.items()
        for name in names
        if folded(name) in there
    }
    return found if found.keys() >= {*_NEEDED} else None


def _field(told: Mapping[str, str], choices: Mapping[str, str]) -> DataField:
    texts = {
        key: told.get(key, "") for key in ("name", "form", "type", "validation", "low", "high")
    }
    return DataField(
        **texts,
        label=_plain(told.get("label", "")),
        choices=choices,
        note=_plain(told.get("note", "")),
        identifier=folded(told.get("identifier", "")) in ("y", "yes", "1"),
    )


def _plain(text: str) -> str:
    """A label without the HTML in it."""
    return normalised(_TAG.sub(" ", text))


def _choices(told: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The label of each code, and what is wrong: the text, what is allowed, and a hint."""
    kind, text = told.get("type", ""), told.get("choices", "")
    if kind in _ANSWERS:
        return _ANSWERS[kind], []
    if kind not in _OF_CHOICES:
        return {}, []
    found: dict[str, str] = {}
    wrong = []
    for part in _parts(text):
        code, comma, label = (each.strip() for each in part.partition(","))
        allowed = "choices as in '1, Yes | 0, No', each with a code and a label"
        if not comma or not code:
            hint = "correct it in REDCap, or in a copy of the dictionary"
            wrong.append((part or text, allowed, hint))
        elif code in found:
            wrong.append((part, "each code once", f"{code} is {found[code]!r} already"))
        else:
            found[code] = _plain(label)
    return found, wrong


def _parts(text: str) -> Iterator[str]:
    """The choices of a text; one that a bar ends has none behind it."""
    parts = [part.strip() for part in text.split("|")]
    yield from parts[:-1] if len(parts) > 1 and not parts[-1] else parts
