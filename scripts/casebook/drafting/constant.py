"""Columns of a long table that say one thing of each patient, in all rows or but for slips.

Where nearly all patients have one text in all of their rows, and not all the same one, a few who
have two are rather mistyped than measured again: nobody's sex or age at the start changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from casebook.data.cells import folded
from casebook.doubts.direction import better_way
from casebook.drafting.columns import Column, Guess
from casebook.drafting.headers import heading_of
from casebook.drafting.identifier import may_be_quoted

_FEWEST = 5
"""Of fewer patients with several texts, one who has two different ones may not be the exception."""
_SHARE = 10
"""At most one in so many of them, or one of all, is mistyped."""
_LEAST_APART = 2
"""So many patients have another text than most have; if fewer, it may be an event that is rare."""
_MOST_TOLD = 3


@dataclass(frozen=True)
class Constant:
    """A column with one text for each patient.

    Attributes:
        column: The column, with the text of each patient that most of their rows have.
        differing: The different texts of each patient who has several.
        may_name: Whether the identifiers of patients may be quoted.
    """

    column: Column
    differing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    may_name: bool = True

    def told(self, guess: Guess) -> Guess:
        """The guess with what contradicts it; the texts that differ are to be corrected."""
        if not self.differing:
            return guess
        is_shown = self.may_name and not guess.private and guess.type != "text"
        shown = [*islice(self.differing.items(), _MOST_TOLD if is_shown else 0)]
        told = [f"patient {who!r} has {' and then '.join(map(repr, e))}" for who, e in shown]
        if more := len(self.differing) - len(shown):
            others = "more " * bool(shown)
            told += [f"{more} {others}patient{'s differ' if more > 1 else ' differs'}"]
        same = "it is the same in all rows of nearly every patient, but"
        reason = f"{guess.reason}; {same} {'; '.join(told)}"
        slips = [text for texts in self.differing.values() for text in texts]
        return replace(guess, reason=reason, slips=[*dict.fromkeys([*guess.slips, *slips])])


def constant(column: Column, patient: Column) -> Constant | None:
    """A column as one with a text for each patient; None if it seems to differ between visits.

    Args:
        column: The column, of a long table.
        patient: The column of the patients.
    """
    of_patient: dict[str, list[str]] = {who: [] for who in patient.texts}
    for who, text in zip(patient.texts, column.texts, strict=True):
        of_patient[who] += [text] if text and folded(text) not in column.missing else []
    differing = {who: several for who, texts in of_patient.items() if (several := _once(texts))[1:]}
    if differing and not _are_slips(column, [*of_patient.values()], len(differing)):
        return None
    texts = (_commonest(each) for each in of_patient.values())
    return Constant(replace(column, texts=tuple(texts)), differing, may_be_quoted(patient))


def _once(texts: Iterable[str]) -> list[str]:
    """The different ones of some texts, each as it is written first."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(folded(text), text)
    return [*found.values()]


def _commonest(texts: Sequence[str]) -> str:
    counts = Counter(map(folded, texts))
    return max(texts, key=lambda text: counts[folded(text)], default="")


def _are_slips(column: Column, of_patient: Sequence[Sequence[str]], differing: int) -> bool:
    """Whether the patients who have several texts are so few that these are rather mistyped.

    What is known to become better or worse, or has the limits of a scale, is measured again.
    """
    told = heading_of(column)
    if better_way(told.label).is_known or told.limits:
        return False
    several = [texts for texts in of_patient if len(texts) > 1]
    if len(several) < _FEWEST or differing > max(1, len(several) // _SHARE):
        return False
    same = Counter(folded(texts[0]) for texts in several if not _once(texts)[1:])
    return same.total() - max(same.values()) >= _LEAST_APART
