"""Which mistakes in a study.yaml may follow from others, so that one fault is told once.

It is a part of `drafts`, which knows what is wrong and what had to be mended.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebook.base.errors import nearest
from casebook.base.modelfile import Place, Problem
from casebook.data.patients import measurement
from casebook.study.fields import name_for
from casebook.study.model import Study
from casebook.study.source import Source
from casebook.study.visits import FIRST

RENAMED: tuple[Place, ...] = (("variables",), ("outcomes",), ("visits",))
"""Parts whose entries are read under the name that is advised, where theirs is refused."""
_OF_LONG_TABLES = frozenset({"visit", "start", "measure", "value", "joined"})
"""What of a source says which visit, or which measure, a row is of."""


@dataclass(frozen=True)
class Consequences:
    """Which mistakes may follow from those that are told already."""

    content: Mapping[str, Any]
    study: Study
    touched: set[Place]
    unclear: frozenset[str]

    def include(self, problem: Problem) -> bool:
        """Whether a mistake may be one of them."""
        part, *_ = place = problem.place
        if part == "source":
            return ("source",) in self._touched_within
        if part == "variables" and place[:2] in self._touched_within:
            return True
        if self._rests_on_source(place) or place in self._touched_within:
            return True
        entries = self.content.get(str(part))
        if (part,) in RENAMED and entries and place[1:] and not _is_in(entries, place[1]):
            return True
        if not self.unclear.isdisjoint(map(str, place[2:])):
            return True
        written: Any = self.content
        for key in place:
            written = written[key] if _is_in(written, key) else None
        names = self.unclear
        if part == "doses":
            # The units of two doses are compared.
            written = " ".join(map(str, self.content["doses"][place[1]].values()))
            names = self.unclear | names_at(self.touched, self.study)
        return isinstance(written, str) and mentions(written, names)

    @cached_property
    def _touched_within(self) -> set[Place]:
        """All places at or within which something had to be mended."""
        return {each[: end + 1] for each in self.touched for end in range(len(each))}

    @cached_property
    def _touched_of_source(self) -> set[str]:
        return {str(each[1]) for each in self.touched if each[0] == "source" and each[1:]}

    def _rests_on_source(self, place: Place) -> bool:
        """Whether a mistake at a place may be due to one in what source says of long tables."""
        keys = self._touched_of_source
        if not keys & _OF_LONG_TABLES and keys <= Source.model_fields.keys():
            return False
        match place:
            case ("visits", *_) | ("outcomes", _) | (_, _, "visit" | "measure", *_):
                return True
            case ("outcomes", _, "columns", *_):
                return True
        return False


def mentions(text: str, names: Collection[str]) -> bool:
    """Whether a text has one of these names in it, or one like it where that could be no name."""
    if any(re.search(rf"\b{re.escape(name)}\b", text) for name in names):
        return True
    refused = [name for name in names if name_for(name) != name.replace("-", "_")]
    return any(nearest(word, refused) for word in set(re.findall(r"[\w-]+", text)))


def _is_in(written: Any, key: str | int) -> bool:
    if isinstance(written, list):
        return isinstance(key, int) and key < len(written)
    return isinstance(written, dict) and key in written


def names_at(touched: Iterable[Place], study: Study) -> set[str]:
    """The names of values whose descriptions had to be mended."""
    names = {str(p[1]) for p in touched if len(p) > 1 and p[0] in ("variables", "derived")}
    outcomes = {str(p[1]) for p in touched if len(p) > 1 and p[0] == "outcomes"}
    return names.union(*(values_of(outcome, study) for outcome in outcomes))


def values_of(outcome: str, study: Study) -> set[str]:
    """The names that the values and changes of an outcome may have."""
    return {measurement(outcome, each) for each in (*study.visits, FIRST, *study.contrasts)}
