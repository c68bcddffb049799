"""What the abbreviations of a paper stand for, as it explains or lists them itself."""

import re
from collections.abc import Sequence

_EXPLAINED = re.compile(r"(?<![\w-])((?:[\w-]+\s+){1,7}?[\w-]+)\s+\(([A-Z][\w-]*[A-Z0-9])s?\)")
_LISTED = re.compile(r"(?:^|[;.]\s)\s*([A-Z][\w-]*[A-Z0-9]),\s([^;.]+)")
_LONGEST_NAME = 12
"""Of how many words a name has an abbreviation at most."""
_LIST = 3
"""How many abbreviations are a list."""


def abbreviations_in(text: str) -> dict[str, list[str]]:
    """What a text says its abbreviations are: "amyopathic DM (ADM)", "ADM, amyopathic DM"."""
    found: dict[str, list[str]] = {}
    for written, words in [
        *((short, long) for long, short in _EXPLAINED.findall(text)),
        *_LISTED.findall(text),
    ]:
        short = written.upper()
        initials = [letter for letter in short.lower() if letter.isalpha()]
        tail = _with_initials(words.split(), initials)
        if tail and short not in found:
            found[short] = [each for word in tail for each in found.get(word.upper(), [word])]
    return found


def explained_in(text: str) -> list[str]:
    """The abbreviations that a text explains, as it writes them."""
    known = abbreviations_in(text)
    written = [*(short for _, short in _EXPLAINED.findall(text))]
    written += [short for short, _ in _LISTED.findall(text)]
    return list(dict.fromkeys(each for each in written if each.upper() in known))


def lists_abbreviations(text: str) -> bool:
    """Whether a text is a list of abbreviations, such as stands below a table."""
    return len(_LISTED.findall(text)) >= _LIST


def _with_initials(words: Sequence[str], letters: Sequence[str]) -> Sequence[str]:
    """The fewest last words that hold the letters of an abbreviation in their order."""
    for count in range(1, min(len(words), _LONGEST_NAME) + 1):
        tail = words[-count:]
        joined = iter("".join(tail).lower())
        if tail[0][:1].lower() == letters[0] and all(letter in joined for letter in letters):
            return tail
    return ()
