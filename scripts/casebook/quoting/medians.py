"""What a paper says once of all its numbers: that they are medians with quartiles.

Such a sentence, as "Values are medians with interquartile ranges", has no number of its own. What
the numbers are of is not asked here.
"""

import re

from casebook.quoting.clauses import sentences_in
from casebook.quoting.languages import Language

_PAIR = r"\d+(?:\.\d+)?\s?[\N{EN DASH}-]\s?\d+(?:\.\d+)?"
_UNIT = r"(?:\s[^\W\d_]+(?:/[^\W\d_]+)?|\s?%)?"


def are_medians(text: str, language: Language) -> bool:
    """Whether a paper says of its numbers as a whole that they are medians with quartiles."""
    median, quartiles = (language.statistics[each] for each in ("median", "p25"))
    return any(
        language.says(median, each) and language.says(quartiles, each)
        for each in sentences_in(text, language)
        if not re.search(r"\d", each)
    )


def has_a_pair(after: str, language: Language) -> bool:
    """Whether a bracket with two numbers and no other name follows, as in 7 years (3.5-10.5)."""
    quartiles = language.statistics["p25"]
    named = rf"(?:(?:{quartiles})\b[\s:=,]*)?"
    return re.match(rf"{_UNIT}\s*[(\[]{named}{_PAIR}\s*[)\];,]", after, re.IGNORECASE) is not None


def is_such_a_pair(before: str, printed: str) -> bool:
    """Whether a number is such a pair, in a bracket that begins before it."""
    opened = re.fullmatch(rf"{_UNIT}\s*[(\[]", before)
    return opened is not None and re.fullmatch(_PAIR, printed) is not None
