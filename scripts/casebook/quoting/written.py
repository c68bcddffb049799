"""How a paper is written: in which language, and with which signs its numbers are set.

Both are found from the paper as a whole, as "1,250" alone may be a thousand or a decimal. Numbers
are then looked for in a copy of each text that has them as English prints them. It has the same
length, so that places in it are places in the paper.
"""

import re
from dataclasses import dataclass
from typing import Literal

from casebook.quoting.english import ENGLISH
from casebook.quoting.french import FRENCH
from casebook.quoting.german import GERMAN
from casebook.quoting.languages import Language

LANGUAGES = {language.code: language for language in (ENGLISH, GERMAN, FRENCH)}
DecimalSign = Literal[".", ","]
DECIMAL_SIGNS: tuple[DecimalSign, ...] = (".", ",")

# What is a decimal whatever follows: one or two places, or more than three, or behind a zero.
_COMMAS = re.compile(r"(?<![\w.,)\]])(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+)(?![\d,]|\.\d)")
# What may be references to two works, and tells nothing: [1,2], (1,2), and behind a word.
_WORKS = re.compile(r"[\[(]\d+(?:,\d+)+[\])]")
_POINTS = re.compile(r"(?<![\d.,])(?:\d+[.·∙⋅](?:\d{1,2}|\d{4,})|0[.·∙⋅]\d+)(?![\d.]|,\d)")
# References to other works keep their commas; thousands and decimals exchange their signs.
_BY_COMMA = re.compile(
    r"(?P<reference>\[\d+(?:,\s?\d+)*\])"
    r"|(?P<thousands>(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.]))"
    r"|(?<=\d),(?=\d)"
)
_SPACED = (
    "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}'\N{RIGHT SINGLE QUOTATION MARK}"
)
# A space that breaks lines may part two numbers, of which 000 is none.
_THOUSANDS_BY_SPACE = re.compile(
    rf"(?<![\d.,])[1-9]\d{{0,2}}(?:(?:[{_SPACED}]\d{{3}})+|(?: 000)+)(?!\d)"
)
_PERCENT = re.compile(r"(?<=\d)\s+(?:per\s?cent|Prozent|pour\s?cent)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Written:
    """How a paper is written."""

    language: Language
    decimal: DecimalSign

    def in_english(self, text: str) -> str:
        """A text of the same length, with numbers set as in English: 1,250.5, 40 %."""
        if self.decimal == ",":
            text = _BY_COMMA.sub(_exchanged, text)
        text = _PERCENT.sub(lambda each: "%".rjust(len(each[0])), text)
        return _THOUSANDS_BY_SPACE.sub(lambda each: re.sub(rf"[ {_SPACED}]", ",", each[0]), text)


def _exchanged(found: re.Match[str]) -> str:
    if found["reference"]:
        return found[0]
    return found[0].replace(".", ",") if found["thousands"] else "."


IN_ENGLISH = Written(ENGLISH, ".")


@dataclass(frozen=True, slots=True)
class Hints:
    """What whoever has the paper tells of it; nothing of what is found from its text.

    Attributes:
        language: The code of its language.
        decimal: Its decimal sign.
    """

    language: str = ""
    decimal: DecimalSign | None = None


FOUND = Hints()


def written_as(text: str, hints: Hints = FOUND) -> Written:
    """How a paper is written whose text this is, with the cells of its tables."""
    language = LANGUAGES.get(hints.language) or _language_of(text)
    return Written(language, hints.decimal or _decimal_of(text))


def _language_of(text: str) -> Language:
    """The language of most frequent words; English where none has more."""
    words = [word.lower() for word in _WORD.findall(text)]
    return max(
        LANGUAGES.values(), key=lambda language: sum(word in language.common for word in words)
    )


def _decimal_of(text: str) -> DecimalSign:
    """The sign that most numbers have which can only be decimals."""
    commas = _COMMAS.findall(_WORKS.sub("", text))
    return "," if len(commas) > len(_POINTS.findall(text)) else "."
