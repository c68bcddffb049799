"""What REDCap's data dictionary adds to a table: labels of codes, and texts that are no choices.

As beside the codes of a data file of SPSS, a column with their labels follows behind all others. A
table can have labels already, which then are the same. What a study makes of it is not known here.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from casebook.data.cells import Grid, folded, normalised
from casebook.data.findings import DataError, Finding
from casebook.data.remarks import A_CHOICE, Remark
from casebook.reading.redcap import IN_WORDS, DataField, Dictionary, read_dictionary

LABELS = "{} (label)"
_SHOWN = 8


def with_dictionary(
    grid: Grid, file: str, path: Path, missing: Collection[str]
) -> tuple[Grid, list[Remark]]:
    """The table with the labels of its codes, and remarks on texts that are none of the choices.

    Args:
        grid: The table.
        file: Its file.
        path: The data dictionary.
        missing: Texts that mean "not available".

    Raises:
        DataError: the dictionary cannot be read, or is that of another table.
    """
    dictionary = read_dictionary(path)
    headers = {number: normalised(text) for number, text in grid.headers.items()}
    _refuse_of_another(dictionary, file, path, headers)
    columns = dict(grid.columns)
    remarks: list[Remark] = []
    for number, header in headers.items():
        field = dictionary.of_headers.get(header)
        if field is None or not field.choices or LABELS.format(header) in headers.values():
            continue
        texts = [*map(normalised, grid.columns[number][1:])]
        labelled = max(columns) + 1
        columns[labelled] = [LABELS.format(header), *_labels(field, texts)]
        remarks.append(_told(field, header, grid.header_row, number))
        rows = dict(zip(grid.body, texts, strict=True))
        for each in _other_texts(field, rows, number, {"", *map(folded, missing)}):
            remarks += [each, replace(each, column=labelled)]
    return Grid(grid.numbers, columns), remarks


def is_of_labels(header: str) -> bool:
    """Whether a column is one of labels by its header."""
    return header.endswith(LABELS.format(""))


def _refuse_of_another(
    dictionary: Dictionary, file: str, path: Path, headers: Mapping[int, str]
) -> None:
    known = dictionary.of_headers.keys() | dictionary.boxes.keys()
    if known.isdisjoint(headers.values()):
        fields = ", ".join([*dictionary.fields][:_SHOWN])
        allowed = f"the dictionary of {file}"
        hint = f"none of its fields ({fields}, ...) is a column there: is it of another project?"
        raise DataError([Finding("error", str(path), 0, "", "", allowed, hint)])


def _labels(field: DataField, texts: Collection[str]) -> Iterator[str]:
    yield from (field.choices.get(text, text) for text in texts)


def _told(field: DataField, header: str, row: int, number: int) -> Remark:
    listed = [f"{code} is {label!r}" for code, label in field.choices.items()]
    more = ["..."] * (len(listed) > _SHOWN)
    hint = f"the dictionary has labels of its codes ({', '.join([*listed[:_SHOWN], *more])}); the"
    hint += f" column {LABELS.format(header)!r} has these"
    return Remark("note", row, number, header, "", hint)


def _other_texts(
    field: DataField, rows: Mapping[int, str], number: int, missing: Collection[str]
) -> Iterator[Remark]:
    """A warning at the first cell of each text that is neither a code nor a label."""
    known = {folded(text) for text in (*field.choices, *field.choices.values())} | {*missing}
    counts = Counter(text for text in rows.values() if folded(text) not in known)
    listed = ", ".join(field.choices)
    for text, count in counts.items():
        row = next(row for row, each in rows.items() if each == text)
        cells = "" if count == 1 else f"; {count - 1} more have it"
        hint = f"its codes are {listed}{cells}; if it is a code for missing data, list it under"
        hint += " missing in study.yaml"
        yield Remark("warning", row, number, text, A_CHOICE, hint)


def repeated(grid: Grid) -> Iterator[Remark]:
    """Rows of an export with the record, event, form and instance of an earlier row."""
    names = {normalised(text): number for number, text in grid.headers.items()}
    keys = [
        next((names[each] for each in both if each in names), 0)
        for both in ((word, name) for word, name in IN_WORDS.items())
    ]
    first_column = min(grid.columns)
    if not (keys[1] and keys[2]):
        return
    used = [grid.columns[number] for number in (first_column, *filter(None, keys))]
    seen: dict[tuple[str, ...], int] = {}
    for row, *texts in zip(grid.body, *(column[1:] for column in used), strict=True):
        key = tuple(map(normalised, texts))
        earlier = seen.setdefault(key, row)
        if earlier != row and any(key[1:]):
            hint = f"it has the record, event, form and instance of row {earlier}, which an export"
            hint += " of REDCap has once: are two exports put together, or was a row copied?"
            yield Remark("warning", row, 0, "", "", hint)
