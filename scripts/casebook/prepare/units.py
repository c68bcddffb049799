"""What stands beside the number in a cell and is left out in reading: its unit, and marks.

What is told of a unit or a mark that a study does not name is for `number_hints`.
"""

from collections.abc import Sequence


def split_unit(text: str, units: Sequence[str]) -> tuple[str, str]:
    """What a text writes before a unit at its end, and the unit; the text itself without one."""
    # The sign for micro and the Greek letter look alike.
    alike = text.replace("\u00b5", "\u03bc")
    for unit in sorted(units, key=len, reverse=True):
        before = text[: -len(unit)]
        # The g of kg is no unit of its own, and the case of letters tells mM from mm.
        is_part = before[-1:].isalpha() and unit[0].isalpha()
        if before and not is_part and alike.endswith(unit.replace("\u00b5", "\u03bc")):
            return before.rstrip(), unit
    return text, ""


def without_marks(text: str, marks: Sequence[str]) -> str:
    """What a text writes between marks at its beginning and end; itself if it has nothing else."""
    found = text
    while mark := next((each for each in marks if found.endswith(each)), ""):
        found = found.removesuffix(mark).rstrip()
    while mark := next((each for each in marks if found.startswith(each)), ""):
        found = found.removeprefix(mark).lstrip()
    return found or text
