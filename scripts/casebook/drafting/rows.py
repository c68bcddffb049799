"""At which visit each row of a long table is: by its text, or by its date and windows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casebook.base.texts import capital
from casebook.data.cells import folded
from casebook.drafting.columns import Column
from casebook.drafting.identified import Identifier
from casebook.drafting.visitnames import When, time_in
from casebook.drafting.windows import dated_visits
from casebook.study.fields import name_for

_ARM = re.compile(r"_arm_\d+$| \(Arm \d+: [^()]*\)$")
"""How REDCap ends the names of events; in a project without arms they all are of the first."""


@dataclass(frozen=True)
class Visits:
    """The visits of a long table, in order, and a column with a text of one in each row.

    There is no column where no row tells of which visit it is.
    """

    visits: Sequence[When] = ()
    column: Column | None = None

    @cached_property
    def rows(self) -> dict[When, list[int]]:
        """The places of the rows of each visit."""
        texts = [*map(folded, self.column.texts)] if self.column else []
        return {
            when: [place for place, text in enumerate(texts) if text in map(folded, when.texts)]
            for when in self.visits
        }


def visits_of_rows(columns: Sequence[Column], who: Identifier) -> Visits:
    """The visits of a table.

    Args:
        columns: Its columns.
        who: What identifies the patients, and what tells the rows of each apart.
    """
    by_header = {each.header: each for each in columns}
    if not who.of_visits:
        return Visits()
    column = by_header[who.of_visits]
    if not who.start:
        return Visits([*_named(column)], column)
    found = dated_visits(by_header[who.column], column, by_header[who.start], who)
    return Visits(found.visits, replace(column, texts=found.of_rows))


def _named(column: Column) -> Iterator[When]:
    """The visits, in the order of their numbers or else in that of the table, by their labels.

    REDCap has an event of its own for each arm; those of one name are one visit.
    """
    texts = list(column.different.values())
    numbered = all(text.isdecimal() for text in texts)
    labels = _labels(column)
    events: dict[str, list[str]] = {}
    for text in sorted(texts, key=int) if numbered else texts:
        events.setdefault(_ARM.sub("", text), []).append(text)
    given: set[str] = set()
    for place, (text, values) in enumerate(events.items()):
        told = labels.get(text) or (f"{column.header} {text}" if numbered else text)
        label = capital(told.replace("_", " "))
        name = name_for(label)[:40] or f"visit{place + 1}"
        name = f"{name}_{place + 1}" if name in given else name
        given.add(name)
        months = None if numbered and text not in labels else time_in(told)
        yield When(name, label, (1, place), months, tuple(values))


def _labels(column: Column) -> Mapping[str, str]:
    """The labels that a file has for visits; none where several have one."""
    once = {*map(folded, column.labels.values())}
    return column.labels if len(once) == len(column.labels) else {}
