"""Levels of a category that are rather another one, misspelt, as Risankizumb beside Risankizumab.

How words differ that may be one is for `doubts/misspelt`.
"""

from collections.abc import Iterator, Mapping

from casebook.data.cells import folded
from casebook.doubts.misspelt import may_be, where_they_differ

_MOST_SLIPS = 2
"""What stands in more cells is no slip."""


def misspelt_levels(counts: Mapping[str, int]) -> dict[str, str]:
    """The rare levels that may be another one, misspelt, each with that one, which is commoner.

    Args:
        counts: In how many cells each level stands.
    """
    found = {}
    for text in sorted(counts):
        commoner = [each for each in counts if counts[each] > max(counts[text], _MOST_SLIPS)]
        close = may_be(text, sorted(commoner, key=lambda each: (-counts[each], each)))
        if counts[text] <= _MOST_SLIPS and close:
            found[text] = close
    return found


def with_one_label(labels: Mapping[str, str], misspelt: Mapping[str, str]) -> dict[str, str]:
    """The labels with that of another level for those that differ from it by a letter.

    A level is known by the first of the texts with its label, so that these come behind.
    """
    slips = {text: of for text, of in misspelt.items() if _differ_by_a_letter(text, of)}
    once = {text: label for text, label in labels.items() if text not in slips}
    return once | {text: labels[of] for text, of in slips.items()}


def told_of_misspelt(misspelt: Mapping[str, str]) -> Iterator[str]:
    """What is told of levels that may be others, misspelt."""
    for text, of in misspelt.items():
        if _differ_by_a_letter(text, of):
            yield f"{text!r} is taken for {of!r}, misspelt: if not, give it a label of its own"
        else:
            yield f"is {text!r} perhaps {of!r}, misspelt? if so, give them one label"


def _differ_by_a_letter(text: str, other: str) -> bool:
    """Whether two texts differ by one letter; prednisone and prednisolone differ by two."""
    return all(len(part) <= 1 for part in where_they_differ(folded(text), folded(other)))
