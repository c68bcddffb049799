"""The text of a file's bytes: UTF-8, what a mark at its beginning says, or the encoding it is told.

No encoding is guessed, as a wrong guess changes names without a word. For bytes that are not UTF-8
the readings are given that make words of them; a reader knows which one is right. What has been
read wrongly before it came here is for `mojibake`.
"""

import codecs
import re
import unicodedata
from itertools import islice

# UTF-32 before UTF-16, whose mark is the beginning of its own.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OF_ONE_BYTE = ("cp1252", "mac-roman", "cp437")
"""What programs on Windows, on old Macs and on DOS write in Western languages; Latin-1 is cp1252
without its dashes and curly quotation marks."""
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MOST_WORDS = 10_000
_SIGNS = "°µ±²³½¼×·–—‘’“”„…€£§≤≥«»\u00a0"
_WITHIN = {ord(sign): None for sign in "–’"}


def marked(data: bytes) -> str:
    """The encoding that the first bytes announce, or nothing."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def of_pairs(data: bytes) -> str:
    """UTF-16 without its mark, by where the zeros are in what would be ASCII, or nothing."""
    odd, even = data[1:1000:2].count(0), data[0:1000:2].count(0)
    if max(odd, even) > len(data[:1000]) / 5 and min(odd, even) * 10 < max(odd, even):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""


def likely(data: bytes) -> list[str]:
    """The encodings of `OF_ONE_BYTE` that make words of bytes that are not UTF-8, best first."""
    words = {match[0] for match in islice(_WORD.finditer(data), _MOST_WORDS)}
    score = {each: sum(_is_word(word, each) for word in words) for each in OF_ONE_BYTE}
    return sorted((each for each in OF_ONE_BYTE if score[each]), key=lambda each: -score[each])


def only_likely(data: bytes) -> str | None:
    """The one encoding that makes words of bytes that are not UTF-8; None if none does, or two."""
    if marked(data) or of_pairs(data) or reading(data, "utf-8") is not None:
        return None
    found = likely(data)
    return found[0] if len(found) == 1 else None


def reading(data: bytes, encoding: str) -> str | None:
    """The text of bytes in an encoding; None where it has none."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _is_word(data: bytes, encoding: str) -> bool:
    """Whether bytes are a word as it is written, or a sign beside letters as in µg."""
    letters = (reading(data, encoding) or "0").strip(_SIGNS).translate(_WITHIN)
    # Wrong readings often have capital letters in the middle of a word.
    cased = letters in (letters.lower(), letters.upper(), letters.capitalize())
    return cased and all(map(_is_latin, letters))


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
