"""Who is meant by an identifier that no patient has.

Another digit makes another patient: that one is meant whose number differs is never said.
"""

import re
from collections.abc import Collection, Mapping

from casebook.base.errors import nearest
from casebook.doubts.identifiers import looks_of

NO_ROW = "no row of the table has it"
_MOST_COMPARED = 1000
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def who_is_meant(text: str, identifiers: Collection[str]) -> str:
    """The patient who is probably meant by an identifier that is nobody's; empty if none is.

    Either looks the same, as PsA-8 does beside PsA-08; or the numbers are the same, of one patient
    alone, and the letters are alike, as in PaS-08. Among thousands none is looked for.
    """
    if len(identifiers) > _MOST_COMPARED:
        return ""
    looks, *others = looks_of([text, *identifiers])
    same = [each for each, look in zip(identifiers, others, strict=True) if look == looks]
    if same:
        return same[0] if len(same) == 1 else ""
    numbers = _numbers(text)
    with_them = [each for each in identifiers if numbers and _numbers(each) == numbers]
    letters = {_letters(each): each for each in with_them}
    close = nearest(_letters(text), [*letters]) if len(with_them) == 1 else ""
    return letters.get(close, "")


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", _LEADING_ZEROS.sub("", text))


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)


def told_of_stranger(text: str, identifiers: Collection[str], unused: Mapping[str, str]) -> str:
    """What to know of an identifier that is nobody's.

    Args:
        text: The identifier.
        identifiers: Those of the patients.
        unused: Which row has an identifier that is no patient's, in words, by the identifier.
    """
    if meant := who_is_meant(text, identifiers):
        return f"did you mean {meant!r}?"
    return unused.get(text) or NO_ROW
