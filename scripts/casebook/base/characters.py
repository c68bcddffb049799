"""Which characters a text may hold that comes from a user: a table, a study, corrections, claims.

What XML, HTML, CSV and a terminal cannot hold or show as it is, is found here once, so that
whoever reads a text can refuse it at its place. What a text means is not asked.
"""

import unicodedata

PRINTABLE = "text that can be printed"
"""What is allowed, for the message about a text that is refused."""

_WHITE_SPACE = "\t\n\v\f\r\x85"
_REORDERING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_NONCHARACTERS = range(0xFDD0, 0xFDF0)


def unprintable(text: str) -> str:
    """The first character that a text must not hold, as `U+0000, a control character`, or nothing.

    Tabs and line breaks may be there, as `normalised` makes single spaces of all white space.
    Letters of every script, accents, joiners and marks of direction may be there; embeddings and
    overrides of direction may not, as they show what follows them in another order than it has.
    """
    for character in "" if text.isprintable() else text:
        kind = _fault(character)
        if kind:
            return f"U+{ord(character):04X}, {kind}"
    return ""


def printable(text: str) -> str:
    """A text of the same length, with a space for each character that a text must not hold."""
    return text if text.isprintable() else "".join(" " if _fault(c) else c for c in text)


def _fault(character: str) -> str:
    if character.isprintable() or character in _WHITE_SPACE:
        return ""
    if unicodedata.category(character) == "Cc":
        return "a control character"
    if unicodedata.category(character) == "Cs":
        return "half a character"
    if unicodedata.bidirectional(character) in _REORDERING:
        return "which changes the direction of writing"
    if ord(character) & 0xFFFE == 0xFFFE or ord(character) in _NONCHARACTERS:
        return "which is not a character"
    return ""
