"""What a sentence says in words alone: that something is significant, of all, or not there.

Words for numbers are for `numbers`; what the words found here are of is not asked.
"""

import re
from collections.abc import Iterator

from casebook.claims.printed_as import decision
from casebook.quoting.languages import Language
from casebook.quoting.numbers import Number

_LEGEND = re.compile(
    r"(?<![*†‡])(?P<mark>\*{1,4}|[†‡]{1,2})\s*:?=?\s*p(?:-?\w+)?\s*(?P<limit>[<≤]\s*0?\.\d+)",
    re.IGNORECASE,
)

_NOT_SIGNIFICANT = re.compile(r"(?:\bp\s*[=:]?\s*|\()(?P<said>NS|n\.\s?s\.)(?!\w)", re.IGNORECASE)


def legend_in(text: str) -> dict[str, str]:
    """What a text says that marks of p-values are: "*p < 0.05, **p < 0.01"."""
    return {found["mark"]: found["limit"] for found in _LEGEND.finditer(text)}


def words_in(text: str, language: Language) -> Iterator[Number]:
    """The words of a sentence that are claims, in no order."""
    for found in re.finditer(rf"\b(?:{language.significance})\b", text, re.IGNORECASE):
        is_significant = re.search(language.denied, found[0], re.IGNORECASE) is None
        said = "significant" if is_significant else "not significant"
        # As it is printed, where claims.tsv reads it so.
        printed = found[0] if decision(found[0]) == is_significant else said
        yield Number(printed, found[0], *found.span(), "decision")
    for found in _NOT_SIGNIFICANT.finditer(text):
        yield Number(found["said"], found["said"], *found.span("said"), "decision")
    for found in re.finditer(rf"\b(?:{language.everyone})", text, re.IGNORECASE):
        yield Number("all", found[0], *found.span(), "everyone")
    for found in re.finditer(rf"\b(?:{language.absence})\b", text, re.IGNORECASE):
        yield Number(found[0], found[0], *found.span(), "absence")
