"""Sets whose members have a column each: the boxes of checkboxes, by headers or a data dictionary.

REDCap writes 0 for each box of a form that nobody has opened; whether that is so, the status of
the form and its other columns tell. How such sets are read is for `prepare/boxes`.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebook.base.texts import capital
from casebook.data.cells import folded
from casebook.drafting.columns import Column, Guess
from casebook.drafting.parts import Names, Variable
from casebook.drafting.rows import Visits
from casebook.drafting.words import NOT_KNOWN
from casebook.reading.redcap import NOT_BEGUN, Dictionary, is_its_own, is_status
from casebook.study.fields import name_for

_BY_NAME = re.compile(r"(.+?)___(.+)")
_BY_LABEL = re.compile(r"(.+) \(choice=(.+)\)")
_TICKED = ("1", "checked")
_TEXTS = {"0", "unchecked", *_TICKED}
_NONE = re.compile(r"(?:none|none of (?:these|those|them|the above|the following)|nothing)\W*")
"""A box for those who have no member: it says that they were asked."""
_UNTICKED = ("0", "Unchecked")
_LONGEST = 30


@dataclass(frozen=True)
class Boxes:
    """The columns of a checkbox.

    Attributes:
        label: What the checkbox is called.
        columns: Its columns by the labels of the boxes.
        by: What says that they belong together.
        status: The column with the status of the form, if there is one.
        beside: The other columns of the form.
    """

    label: str
    columns: Mapping[str, Column]
    by: str
    status: Column | None = None
    beside: Sequence[Column] = field(default_factory=list)

    def texts_in(self, row: int) -> list[str]:
        """The texts of its boxes in a row."""
        return [text for each in self.columns.values() if (text := each.texts[row])]

    def are_asked(self, row: int) -> bool:
        """Whether its form was begun in a row, as far as that can be told, or a box is ticked."""
        ticked = any(folded(text) in _TICKED for text in self.texts_in(row))
        return ticked or self.status is None or bool(self.status.texts[row])


def boxes_among(
    columns: Sequence[Column], dictionary: Dictionary | None, as_text: Collection[str]
) -> list[Boxes]:
    """The checkboxes of a table.

    Args:
        columns: The columns of the table.
        dictionary: Its data dictionary, if there is one.
        as_text: Headers of columns that are to be kept as texts.
    """
    found: dict[str, dict[str, Column]] = {}
    labels: dict[str, str] = {}
    for each in columns:
        box = dictionary.boxes.get(each.header) if dictionary else None
        named = _BY_NAME.fullmatch(each.header) or _BY_LABEL.fullmatch(each.header)
        if not ({*each.different} <= _TEXTS and (box or named)):
            continue
        if box:
            labels[box.field.name] = box.field.label or box.field.name
            found.setdefault(box.field.name, {})[box.field.choices[box.code]] = each
        elif named:
            labels[named[1]] = named[1].replace("_", " ")
            found.setdefault(named[1], {})[named[2]] = each
    whole = []
    for name, boxes in found.items():
        if {each.header for each in boxes.values()}.isdisjoint(as_text):
            by = "the data dictionary" if dictionary else "their headers"
            whole.append(Boxes(labels[name], boxes, by, *_form_of(boxes, columns)))
    return whole


def _form_of(
    boxes: Mapping[str, Column], columns: Sequence[Column]
) -> tuple[Column | None, list[Column]]:
    """The status of the form that boxes are on, and its other columns: each form ends with it."""
    form: list[Column] = []
    is_meant = False
    for each in columns:
        if is_status(each.header):
            if is_meant:
                return each, form
            form = []
        elif each in boxes.values():
            is_meant = True
        elif each is not columns[0] and not is_its_own(each.header):
            form.append(each)
    return None, []


def sets_of(boxes: Boxes, names: Names, visits: Visits) -> Iterator[Variable]:
    """The set of a checkbox; in a long table one for each visit at which its form was begun.

    Args:
        boxes: The checkbox.
        names: Where names are from.
        visits: The visits of a long table, and of which each row is.
    """
    label = capital(boxes.label)
    if visits.column is None:
        yield _set(boxes, names, label, range(len(next(iter(boxes.columns.values())).texts)))
        return
    rows = visits.rows
    there = [when for when in visits.visits if any(boxes.texts_in(row) for row in rows[when])]
    asked = [when for when in there if any(boxes.are_asked(row) for row in rows[when])] or there
    for when in asked:
        told = f"{label}, {when.label}" if asked[1:] else label
        yield _set(boxes, names, told, rows[when], when.name)


def _set(boxes: Boxes, names: Names, label: str, rows: Sequence[int], visit: str = "") -> Variable:
    unknown = [c.header for text, c in boxes.columns.items() if NOT_KNOWN.fullmatch(folded(text))]
    members = {t: column for t, column in boxes.columns.items() if column.header not in unknown}
    of_none = next((text for text in members if _NONE.fullmatch(folded(text))), "")
    none = members.pop(of_none, None) if len(members) > 1 else None
    levels = _levels(members)
    count = len(members)
    guess = Guess(
        "set",
        f"{count} columns of boxes belong together by {boxes.by}",
        levels={level: capital(text) for level, text in levels.items()},
        boxes={level: members[text].header for level, text in levels.items()},
        unknown=unknown,
        visit=visit,
    )
    first = min(each.number for each in boxes.columns.values())
    name = names.give(label, first)
    whole = _with_none(guess, none, boxes, rows) if none else _with_status(guess, boxes, rows)
    return Variable(name, label, "", whole)


def _with_none(guess: Guess, none: Column, boxes: Boxes, rows: Sequence[int]) -> Guess:
    """The guess with a box that says that someone was asked and has no member."""
    every = boxes.columns.values()
    ticked = [{c.header for c in every if folded(c.texts[i]) in _TICKED} for i in rows]
    both = sum(none.header in found and len(found) > 1 for found in ticked)
    without = sum(not found for found in ticked)
    told = "ticked, it says that there is no member"
    told += f"; {both} row{'s have' if both > 1 else ' has'} another box ticked too" if both else ""
    where = f"{without} row{'s have' if without != 1 else ' has'} no tick at all"
    return replace(
        guess,
        asked=none.header,
        asked_reason=told,
        not_asked=_UNTICKED,
        not_asked_reason=f"without another tick, nobody answered; {where}",
    )


def _levels(members: Mapping[str, Column]) -> dict[str, str]:
    """A short name for each box, with its label; a number is one where nothing tells its label."""
    found: dict[str, str] = {}
    for text in members:
        name = text if text.isdecimal() else name_for(text)[:_LONGEST].rstrip("_") or "box"
        found[f"{name}_{len(found) + 1}" if name in found else name] = text
    return found


def _with_status(guess: Guess, boxes: Boxes, rows: Sequence[int]) -> Guess:
    """The guess with what says that nobody was asked, as far as the rows tell."""
    status, every = boxes.status, boxes.columns.values()
    if status is None:
        without = sum(not any(folded(c.texts[i]) in _TICKED for c in every) for i in rows)
        told = f"; {without} rows have no tick, and no status of the form tells if anyone was asked"
        return replace(guess, reason=guess.reason + told) if without else guess
    asked = "where it is empty and no box is ticked, nobody was asked"
    guess = replace(guess, asked=status.header, asked_reason=asked)
    ticked = {i for i in rows for each in every if folded(each.texts[i]) in _TICKED}
    begun = {*map(folded, NOT_BEGUN)}
    doubted = [i for i in rows if i not in ticked and folded(status.texts[i]) in begun]
    if not doubted:
        return guess
    others = [i for i in doubted if any(each.texts[i] for each in boxes.beside)]
    count = f"{len(doubted)} row{'s have' if doubted[1:] else ' has'}"
    if not others:
        told = f"{count} it without a tick, and no other text of the form"
        return replace(guess, not_asked=NOT_BEGUN, not_asked_reason=told)
    which = f"{len(others)} of them have" if others[1:] else "1 of them has"
    told = f"{count} {status.texts[doubted[0]]!r} without a tick, and"
    told += f" {which if doubted[1:] else 'it has'} other texts of the form"
    return replace(guess, asked_reason=f"{asked}; {told}")
